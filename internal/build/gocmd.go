package build

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A goCommand is the go command as found, without having run it, and the environment it runs in.
type goCommand struct {
	path   string // as found on PATH
	real   string // the file it leads to
	chosen string // the toolchain a shim has chosen; empty for the real go command, which is known by its file
	env    []string
}

// findGo looks for the go command. Version managers put a shim in its place, a script or a link to their own program,
// which chooses a toolchain by rules of its own (a file in the project, a variable); its choice is asked on every run.
func findGo(ctx context.Context, env []string, dir string) (goCommand, error) {
	for _, d := range filepath.SplitList(lookup(env, "PATH")) {
		if !filepath.IsAbs(d) {
			continue // as os/exec has it: a program in the current directory is not run by surprise
		}
		p, err := exec.LookPath(filepath.Join(d, "go"))
		if err != nil {
			continue
		}
		g := goCommand{path: p, real: p, env: env}
		if r, err := filepath.EvalSymlinks(p); err == nil {
			g.real = r
		}
		if isShim(g.real) {
			out, err := g.run(ctx, dir, "env", "GOVERSION", "GOROOT")
			if err != nil {
				return goCommand{}, err
			}
			g.chosen = string(out)
		}
		return g, nil
	}
	return goCommand{}, &NoGoError{}
}

func isShim(file string) bool {
	if name := filepath.Base(file); name != "go" && name != "go.exe" {
		return true
	}
	f, err := os.Open(file)
	if err != nil {
		return true
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 2)
	n, _ := f.Read(head)
	return string(head[:n]) == "#!"
}

// A runError is a go command that ended badly.
type runError struct {
	args   []string
	output string
	err    error
}

func (e *runError) Error() string {
	return fmt.Sprintf("running go %s: %v\n%s", e.args[0], e.err, strings.TrimSpace(e.output))
}

func (e *runError) Unwrap() error { return e.err }

// grace is how long an interrupted go command may take to stop its compilers and remove its temporary files.
const grace = 5 * time.Second

// run runs the go command in a directory of the user's module and returns what it wrote to stdout.
func (g goCommand) run(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, g.path, args...)
	cmd.Dir = dir
	cmd.Env = append(slices.Clone(g.env), "PWD="+dir) // files below dir are then named as dir is written, symbolic links included
	cmd.Cancel = func() error { return interrupt(cmd.Process) }
	cmd.WaitDelay = grace
	var out, diag bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &diag
	if err := cmd.Run(); err != nil {
		if cerr := context.Cause(ctx); cerr != nil {
			return nil, fmt.Errorf("running go %s: %w", args[0], cerr)
		}
		return nil, &runError{args: args, output: diag.String(), err: err}
	}
	return out.Bytes(), nil
}

// goEnv is the environment for the go command, with what the caller insists on.
//
// GOGC trades memory for time in the compiler and the linker: with 1,000 revisions in a package, a fifth of the processor
// time is garbage collection at the default of 100 (2.1 s against 1.7 s at 400). GOMEMLIMIT keeps that in bounds: 5,000
// revisions in one package take 1.3 GB at the defaults, 1.7 GB at GOGC=400 and 1.0 GB with both.
func (b *Builder) goEnv(insist ...string) []string {
	env := b.Env
	if env == nil {
		env = os.Environ()
	}
	env = slices.Clone(env)
	// Without C an executable is static, and starts in two thirds of the time. A driver that needs C is asked for by CGO_ENABLED=1.
	for _, kv := range [][2]string{{"GOGC", "400"}, {"GOMEMLIMIT", "1GiB"}, {"CGO_ENABLED", "0"}} {
		if lookup(env, kv[0]) == "" {
			env = append(env, kv[0]+"="+kv[1])
		}
	}
	return append(env, insist...)
}

func (b *Builder) getenv(name string) string {
	if b.Env == nil {
		return os.Getenv(name)
	}
	return lookup(b.Env, name)
}

func lookup(env []string, name string) string {
	for _, kv := range slices.Backward(env) { // the last one counts
		if k, v, ok := strings.Cut(kv, "="); ok && k == name {
			return v
		}
	}
	return ""
}

// settingNames are the variables that the go command compiles by. Those that tell where to download from or how much memory to
// use are not among them. HOME and its kin decide where `go env -w` is kept and where modules lie.
var settingNames = []string{
	"GO111MODULE", "GO386", "GOAMD64", "GOARCH", "GOARM", "GOARM64", "GOENV", "GOEXPERIMENT", "GOFIPS140", "GOFLAGS", "GOMIPS",
	"GOMIPS64", "GOMODCACHE", "GOOS", "GOPATH", "GOPPC64", "GORISCV64", "GOROOT", "GOTOOLCHAIN", "GOTOOLDIR", "GOWASM", "GOWORK",
	"GO_EXTLINK_ENABLED", "AR", "CC", "CXX", "FC", "PKG_CONFIG", "PKG_CONFIG_PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "APPDATA",
}

// setting is the value of a variable for the go command.
func (g goCommand) setting(name string) string { return lookup(g.env, name) }

// settings lists these variables with their values.
func (g goCommand) settings() []string {
	var found []string
	for _, kv := range g.env {
		k, _, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(k, "CGO_") || slices.Contains(settingNames, k) {
			found = append(found, k+"="+lookup(g.env, k))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
