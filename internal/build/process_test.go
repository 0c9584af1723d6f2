package build_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gomig-dev/gomig/internal/build"
)

// TestMain lets the test executable stand for gomig in a process of its own.
func TestMain(m *testing.M) {
	switch os.Getenv("GOMIG_BUILD_TEST") {
	case "exec":
		os.Exit(replace(os.Args[1], os.Args[1:]))
	case "ensure":
		b := build.Builder{Cache: os.Args[1]}
		bin, err := b.Ensure(context.Background(), build.Environment{
			Dir: "migrations", Versions: []string{"migrations/versions"}, Main: mainSource,
		})
		if err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(3)
		}
		os.Exit(replace(bin, []string{"gomig"}))
	}
	os.Exit(m.Run())
}

func replace(bin string, args []string) int {
	os.Unsetenv("GOMIG_BUILD_TEST")
	code, err := build.Exec(bin, args, nil)
	if err != nil {
		os.Stderr.WriteString(err.Error())
		return 3
	}
	return code
}

func (p *project) gomig(t *testing.T, mode string, args ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Dir, cmd.Env = p.root, slices.Concat(p.b.Env, []string{"GOMIG_BUILD_TEST=" + mode})
	return cmd
}

// Several processes that need the same executable at once compile it once, and all run it.
func TestProcessesAtOnce(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("counts by a shell script")
	}
	p := newProject(t, shop)
	goPath, err := exec.LookPath("go")
	p.do(err)
	log := filepath.Join(p.root, "..", "go.log")
	p.write("../bin/go", "#!/bin/sh\necho \"$1\" >>'"+log+"'\nexec '"+goPath+"' \"$@\"\n")
	p.do(os.Chmod(p.path("../bin/go"), 0o755))
	p.b.Env = append(p.b.Env, "PATH="+p.path("../bin")+":"+os.Getenv("PATH"))

	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			out, err := p.gomig(t, "ensure", p.b.Cache).CombinedOutput()
			if err != nil || string(out) != "secret: first\n" {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	calls, err := os.ReadFile(log)
	p.do(err)
	if got := strings.Count(string(calls), "build\n"); got != 1 {
		t.Errorf("compiled %d times, want once", got)
	}
}

// A compilation that is killed leaves neither half an executable nor a lock.
func TestKilledWhileCompiling(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("interrupts by a shell script")
	}
	p := newProject(t, shop)
	goPath, err := exec.LookPath("go")
	p.do(err)
	// The go command writes half of the executable, then its parent is killed.
	p.write("../bin/go", "#!/bin/sh\nif [ \"$1\" = build ]; then echo half >\"$3\"; kill -9 $PPID; exit 1; fi\nexec '"+goPath+"' \"$@\"\n")
	p.do(os.Chmod(p.path("../bin/go"), 0o755))
	cmd := p.gomig(t, "ensure", p.b.Cache)
	cmd.Env = append(cmd.Env, "PATH="+p.path("../bin")+":"+os.Getenv("PATH"))
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Fatalf("it was not killed: %s", out)
	}
	before, err := filepath.Glob(filepath.Join(p.b.Cache, "env", "*", "new-*"))
	p.do(err)
	if len(before) == 0 {
		t.Error("the killed process left nothing, so this test shows nothing")
	}
	equal(t, "output", "secret: first", p.output())
	after, err := filepath.Glob(filepath.Join(p.b.Cache, "env", "*", "new-*"))
	p.do(err)
	if len(after) > 0 {
		t.Errorf("left behind: %v", after)
	}
}

func TestExecPassesStreamsArgumentsAndTheExitCode(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	p.write("migrations/env.go", `package migrations

import (
	"io"
	"os"
	"strings"
)

func Run() string {
	in, _ := io.ReadAll(os.Stdin)
	os.Stdout.WriteString(strings.Join(os.Args[1:], "|") + "|" + string(in))
	os.Stderr.WriteString("to stderr")
	os.Exit(42)
	return ""
}
`)
	cmd := p.gomig(t, "exec", p.ensure(), "a b", "", "-x")
	cmd.Stdin = strings.NewReader("input")
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 42 {
		t.Errorf("ended with %v, want exit code 42", err)
	}
	equal(t, "stdout", "a b||-x|input", stdout.String())
	equal(t, "stderr", "to stderr", stderr.String())
}

func TestExecOfWhatCannotBeRun(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	none := filepath.Join(p.root, "none")
	if _, err := build.Exec(none, []string{none}, nil); err == nil || !strings.HasPrefix(err.Error(), "starting the compiled environment "+none+": ") {
		t.Errorf("error %v", err)
	}
	if _, err := build.Exec(p.path("go.mod"), []string{"x"}, nil); err == nil || !strings.Contains(err.Error(), "GOMIG_CACHE can name another place") {
		t.Errorf("error %v", err)
	}
}
