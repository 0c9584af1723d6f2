package build_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/internal/build"
)

// shop is a module with a migration environment whose program prints what Run returns and what Scripts hold.
var shop = map[string]string{
	"go.mod":                         "module example.com/shop\n\ngo 1.26\n",
	"internal/secret/secret.go":      "package secret\n\nconst Word = \"secret\"\n",
	"migrations/env.go":              "package migrations\n\nimport \"example.com/shop/internal/secret\"\n\nfunc Run() string { return secret.Word }\n",
	"migrations/versions/all.go":     "package versions\n\nvar Scripts []string\n\nfunc add(s string) bool { Scripts = append(Scripts, s); return true }\n",
	"migrations/versions/1_first.go": "package versions\n\nvar _ = add(\"first\")\n",
}

// A project is a user's module in a temporary directory, with a builder of its own.
type project struct {
	t    *testing.T
	root string
	b    build.Builder
	env  build.Environment

	mu       sync.Mutex
	messages []string
	now      time.Time
}

func newProject(t *testing.T, files ...map[string]string) *project {
	t.Helper()
	p := &project{t: t, root: filepath.Join(tempDir(t), "the shop")}
	for _, set := range files {
		for name, text := range set {
			p.write(name, text)
		}
	}
	p.b = build.Builder{
		Cache: filepath.Join(tempDir(t), "the cache"),
		Env:   append(os.Environ(), "GOFLAGS=", "GOWORK=", "GOPROXY=off", "GOTOOLCHAIN=local", "GOSUMDB=off"),
		Dir:   p.root,
		Log:   slog.New(slog.NewTextHandler(p, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Clock: p.clock,
	}
	p.env = build.Environment{
		Dir:      p.path("migrations"),
		Versions: []string{p.path("migrations/versions")},
		Main:     mainSource,
	}
	return p
}

// tempDir is t.TempDir without symbolic links, as the go command names files.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// mainSource renders a program that prints one line.
func mainSource(p build.Packages) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "package main\n\nimport (\n\t\"os\"\n\t\"strings\"\n\n\tenvironment %q\n", p.Env.Path)
	for i, v := range p.Versions {
		fmt.Fprintf(&b, "\tversions%d %q\n", i, v.Path)
	}
	b.WriteString(")\n\nfunc main() {\n\tvar all []string\n")
	for i := range p.Versions {
		fmt.Fprintf(&b, "\tall = append(all, versions%d.Scripts...)\n", i)
	}
	b.WriteString("\tos.Stdout.WriteString(environment.Run() + \": \" + strings.Join(all, \" \") + \"\\n\")\n}\n")
	return b.Bytes(), nil
}

// Write takes log lines.
func (p *project) Write(line []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.messages = append(p.messages, string(line))
	return len(line), nil
}

// clock is the time plus what later adds, so that files age without waiting.
func (p *project) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now.IsZero() {
		return time.Now()
	}
	return p.now
}

func (p *project) later(d time.Duration) {
	now := p.clock().Add(d)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = now
}

// work returns what was done since it was last called.
func (p *project) work() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var done []string
	for _, m := range p.messages {
		switch {
		case strings.Contains(m, "level=INFO") && strings.Contains(m, "compiling the migration environment"):
			done = append(done, "compile")
		case strings.Contains(m, "listing what"):
			done = append(done, "list")
		}
	}
	p.messages = nil
	return strings.Join(done, " ")
}

// failures are the errors of compilations that were repeated in another way.
func (p *project) failures() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []string
	for _, m := range p.messages {
		if strings.Contains(m, "in parts") {
			found = append(found, m)
		}
	}
	return strings.Join(found, "")
}

func (p *project) path(name string) string { return filepath.Join(p.root, filepath.FromSlash(name)) }

func (p *project) write(name, text string) {
	p.t.Helper()
	file := p.path(name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func (p *project) do(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// ensure compiles if need be, and returns the executable.
func (p *project) ensure() string {
	p.t.Helper()
	bin, err := p.b.Ensure(context.Background(), p.env)
	if err != nil {
		p.t.Fatal(err)
	}
	return bin
}

// output compiles if need be, and returns what the program prints.
func (p *project) output() string {
	p.t.Helper()
	return run(p.t, p.ensure())
}

func (p *project) fails() error {
	p.t.Helper()
	bin, err := p.b.Ensure(context.Background(), p.env)
	if err == nil {
		p.t.Fatalf("compiled %s, want an error", bin)
	}
	return err
}

// goRun runs the go command in the module.
func (p *project) goRun(args ...string) {
	p.t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Env = p.root, append(p.b.Env, "PWD="+p.root)
	if out, err := cmd.CombinedOutput(); err != nil {
		p.t.Fatalf("go %v: %v\n%s", args, err, out)
	}
}

// snapshot lists the files of a tree with their contents.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			fmt.Fprintln(&b, name)
			return err
		}
		data, err := os.ReadFile(name)
		fmt.Fprintf(&b, "%s %q\n", name, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func run(t *testing.T, bin string) string {
	t.Helper()
	out, err := exec.Command(bin).CombinedOutput()
	if err != nil {
		t.Fatalf("running %s: %v\n%s", bin, err, out)
	}
	return strings.TrimSuffix(string(out), "\n")
}

func equal(t *testing.T, what, want, got string) {
	t.Helper()
	if want != got {
		t.Errorf("%s:\nwant %s\ngot  %s", what, want, got)
	}
}

func TestEnsureCompilesOnceAndLeavesTheTreeAlone(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	before := snapshot(t, p.root)
	equal(t, "output", "secret: first", p.output())
	equal(t, "output of the second run", "secret: first", p.output())
	if got := strings.Count(p.work(), "compile"); got != 1 {
		t.Errorf("compiled %d times, want once", got)
	}
	equal(t, "tree", before, snapshot(t, p.root))
}

func TestBuildIsStaticAndReplacesAtOnce(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	out := filepath.Join(tempDir(t), "migrate")
	ctx := context.Background()
	if err := p.b.Build(ctx, p.env, out, build.BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	equal(t, "output", "secret: first", run(t, out))
	first, err := os.ReadFile(out)
	p.do(err)
	if bytes.Contains(first, []byte(p.root)) {
		t.Error("the executable names a directory of this machine")
	}
	version, err := exec.Command("go", "version", "-m", out).Output()
	p.do(err)
	cgo := "CGO_ENABLED=" + cmp.Or(os.Getenv("CGO_ENABLED"), "0") // the race detector's tests set it
	if !strings.Contains(string(version), cgo) || !strings.Contains(string(version), "-trimpath=true") {
		t.Errorf("built with:\n%s", version)
	}

	p.write("migrations/env.go", "package migrations\n\nfunc Run() string { return 1 }\n")
	if err := p.b.Build(ctx, p.env, out, build.BuildOptions{}); err == nil {
		t.Error("compiled a wrong program")
	}
	second, err := os.ReadFile(out)
	p.do(err)
	if !bytes.Equal(first, second) {
		t.Error("a failed compilation changed the executable")
	}
	entries, err := os.ReadDir(filepath.Dir(out))
	p.do(err)
	if len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	err = p.b.Build(ctx, p.env, p.path("migrations"), build.BuildOptions{})
	equal(t, "error", "writing migrations: it is a directory; name a file", fmt.Sprint(err))
	err = p.b.Build(ctx, p.env, p.path("none/migrate"), build.BuildOptions{})
	equal(t, "error", "writing none/migrate: its directory does not exist", filepath.ToSlash(fmt.Sprint(err)))
	err = p.b.Build(ctx, p.env, p.path(strings.Repeat("x", 250)), build.BuildOptions{}) // too long for what stands there until it is whole
	if err == nil || !strings.Contains(err.Error(), ": no file can be made in its directory: ") {
		t.Errorf("got %v", err)
	}
}

func TestBuildForAnotherSystem(t *testing.T) {
	t.Parallel()
	other := "windows"
	if runtime.GOOS == other {
		other = "linux"
	}
	p := newProject(t, shop)
	p.b.Env = append(p.b.Env, "GOOS="+other, "GOARCH=amd64")
	equal(t, "output of what runs here", "secret: first", p.output())
	if testing.Short() {
		t.Skip("compiles the standard library for another system")
	}
	out := filepath.Join(tempDir(t), "migrate")
	p.do(p.b.Build(context.Background(), p.env, out, build.BuildOptions{}))
	version, err := exec.Command("go", "version", "-m", out).Output()
	p.do(err)
	if !strings.Contains(string(version), "GOOS="+other) {
		t.Errorf("built with:\n%s", version)
	}
}
