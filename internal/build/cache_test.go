package build_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/internal/build"
)

// assets are added to the shop so that there is something to embed and something that is not compiled here.
var assets = map[string]string{
	"migrations/env.go": `package migrations

import (
	"embed"
	"strings"

	"example.com/shop/internal/secret"
)

//go:embed sql/*.sql all:more
var files embed.FS

func Run() string {
	var all []string
	for _, dir := range []string{"sql", "more"} {
		entries, _ := files.ReadDir(dir)
		for _, e := range entries {
			data, _ := files.ReadFile(dir + "/" + e.Name())
			all = append(all, e.Name()+"="+string(data))
		}
	}
	return secret.Word + " " + strings.Join(all, ",")
}
`,
	"migrations/sql/a.sql":        "A",
	"migrations/more/.x":          "X",
	"migrations/versions/away.go": "//go:build never\n\npackage versions\n\nvar _ = add(\"away\")\n",
}

// changes are what can happen between two runs, what the second then has to do, and what its program prints. What is not
// said is not done: neither listing nor compiling.
var changes = []struct {
	name   string
	change func(p *project)
	work   string
	output string // if empty, that of before
}{
	{name: "nothing", change: func(*project) {}},
	{name: "touched", change: func(p *project) {
		later := time.Now().Add(-time.Hour)
		p.do(os.Chtimes(p.path("migrations/versions/1_first.go"), later, later))
	}},
	{name: "written with the same contents", change: func(p *project) {
		p.write("go.mod", shop["go.mod"])
		p.write("migrations/versions/1_first.go", shop["migrations/versions/1_first.go"])
	}},
	{
		name: "edited",
		change: func(p *project) {
			p.write("migrations/versions/1_first.go", "package versions\n\nvar _ = add(\"eins\")\n")
		},
		work: "compile", output: "secret a.sql=A,.x=X: eins",
	},
	{
		name: "edited to the same size with the same modification time",
		change: func(p *project) {
			if runtime.GOOS == "windows" {
				p.t.Skip("the system tells no change time")
			}
			file := p.path("migrations/versions/1_first.go")
			info, err := os.Stat(file)
			p.do(err)
			p.write("migrations/versions/1_first.go", "package versions\n\nvar _ = add(\"erste\")\n")
			p.do(os.Chtimes(file, info.ModTime(), info.ModTime()))
		},
		work: "compile", output: "secret a.sql=A,.x=X: erste",
	},
	{
		name: "another package edited",
		change: func(p *project) {
			p.write("internal/secret/secret.go", "package secret\n\nconst Word = \"changed\"\n")
		},
		work: "compile", output: "changed a.sql=A,.x=X: first",
	},
	{
		name: "revision added",
		change: func(p *project) {
			p.write("migrations/versions/2_second.go", "package versions\n\nvar _ = add(\"second\")\n")
		},
		work: "compile", output: "secret a.sql=A,.x=X: first second",
	},
	{
		name: "revision with a new import added",
		change: func(p *project) {
			p.write("migrations/versions/2_second.go", "package versions\n\nimport \"strings\"\n\nvar _ = add(strings.ToUpper(\"second\"))\n")
		},
		work: "list compile", output: "secret a.sql=A,.x=X: first SECOND",
	},
	{
		name: "import of a new package",
		change: func(p *project) {
			p.write("internal/fresh/fresh.go", "package fresh\n\nconst Word = \"fresh\"\n")
			p.write("migrations/versions/1_first.go", "package versions\n\nimport \"example.com/shop/internal/fresh\"\n\nvar _ = add(fresh.Word)\n")
			p.ensure()
			p.later(time.Minute)
			p.ensure()
			p.work()
			p.write("internal/fresh/fresh.go", "package fresh\n\nconst Word = \"other\"\n")
		},
		work: "compile", output: "secret a.sql=A,.x=X: other",
	},
	{name: "revision deleted", change: func(p *project) {
		p.do(os.Remove(p.path("migrations/versions/1_first.go")))
	}, work: "compile", output: "secret a.sql=A,.x=X: "},
	{name: "revision renamed", change: func(p *project) {
		p.do(os.Rename(p.path("migrations/versions/1_first.go"), p.path("migrations/versions/1.go")))
	}, work: "compile"},
	{name: "test and documentation added", change: func(p *project) {
		p.write("migrations/versions/1_test.go", "package versions\n")
		p.write("migrations/versions/README", "nothing to compile")
		p.write("migrations/versions/_draft.go", "package nothing")
		p.write("migrations/versions/.#1_first.go", "an editor's")
	}},
	{name: "directory added", change: func(p *project) {
		p.do(os.Mkdir(p.path("migrations/versions/old.go"), 0o755))
	}},
	{name: "excluded file edited", change: func(p *project) {
		p.write("migrations/versions/away.go", "//go:build never\n\npackage versions\n\nimport _ \"example.com/nowhere\"\n")
	}, work: "list compile"},
	{
		name: "excluded file included",
		change: func(p *project) {
			p.write("migrations/versions/away.go", "package versions\n\nvar _ = add(\"here\")\n")
		},
		work: "list compile", output: "secret a.sql=A,.x=X: first here",
	},
	{
		name:   "embedded file edited",
		change: func(p *project) { p.write("migrations/sql/a.sql", "B") },
		work:   "compile", output: "secret a.sql=B,.x=X: first",
	},
	{
		name:   "embedded file added to a pattern",
		change: func(p *project) { p.write("migrations/sql/b.sql", "B") },
		work:   "list compile", output: "secret a.sql=A,b.sql=B,.x=X: first",
	},
	{
		name:   "embedded file added to a directory",
		change: func(p *project) { p.write("migrations/more/y", "Y") },
		work:   "list compile", output: "secret a.sql=A,.x=X,y=Y: first",
	},
	{name: "go.mod edited", change: func(p *project) {
		p.write("go.mod", shop["go.mod"]+"\n// remark\n")
	}, work: "list compile"},
	{name: "go.sum added", change: func(p *project) { p.write("go.sum", "") }, work: "list compile"},
	{name: "go.work added", change: func(p *project) { p.write("go.work", "go 1.26\n\nuse .\n") }, work: "list compile"},
	{name: "go.work added above", change: func(p *project) {
		p.do(os.WriteFile(filepath.Join(filepath.Dir(p.root), "go.work"), []byte("go 1.26\n\nuse \"./the shop\"\n"), 0o644))
	}, work: "list compile"},
	{name: "another main", change: func(p *project) {
		p.env.Main = func(pkgs build.Packages) ([]byte, error) {
			src, err := mainSource(pkgs)
			return append(src, "\n// another\n"...), err
		}
	}, work: "list compile"},
	{
		name:   "a build tag",
		change: func(p *project) { p.env.Tags = []string{"never"} },
		work:   "list compile", output: "secret a.sql=A,.x=X: first away",
	},
	{
		name:   "a build tag by GOFLAGS",
		change: func(p *project) { p.b.Env = append(p.b.Env, "GOFLAGS=-tags=never") },
		work:   "list compile", output: "secret a.sql=A,.x=X: first away",
	},
	{
		name:   "a build tag by go env -w",
		change: func(p *project) { p.write("../goenv", "GOEXPERIMENT=\n") },
		work:   "list compile",
	},
	{name: "a variable that decides nothing", change: func(p *project) { p.b.Env = append(p.b.Env, "GOPROXY=direct", "GOMAXPROCS=1") }},
	{name: "executable lost", change: func(p *project) { p.do(os.Remove(p.ensure())) }, work: "compile"},
	{name: "executable empty", change: func(p *project) { p.do(os.Truncate(p.ensure(), 0)) }, work: "compile"},
	{name: "manifest lost", change: func(p *project) { p.do(os.Remove(p.manifest())) }, work: "list"},
	{name: "manifest cut", change: func(p *project) {
		info, err := os.Stat(p.manifest())
		p.do(err)
		p.do(os.Truncate(p.manifest(), info.Size()-1))
	}, work: "list"},
	{name: "there and back", change: func(p *project) {
		p.write("internal/secret/secret.go", "package secret\n\nconst Word = \"other\"\n")
		equal(p.t, "output there", "other a.sql=A,.x=X: first", p.output())
		p.work()
		p.write("internal/secret/secret.go", shop["internal/secret/secret.go"])
	}},
}

// manifest is the file that says what the executable was made from.
func (p *project) manifest() string {
	found, err := filepath.Glob(filepath.Join(p.b.Cache, "env", "*", "manifest"))
	p.do(err)
	if len(found) != 1 {
		p.t.Fatalf("manifests: %v", found)
	}
	return found[0]
}

func TestEveryChangeIsSeenAndNoneIsImagined(t *testing.T) {
	t.Parallel()
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t, shop, assets)
			p.b.Env = append(p.b.Env, "GOENV="+p.path("../goenv"))
			p.ensure()
			p.later(time.Minute) // the files are old enough to be compared by their attributes alone
			p.ensure()
			p.work()

			c.change(p)
			bin := p.ensure()
			equal(t, "work", c.work, p.work())
			want := c.output
			if want == "" {
				want = "secret a.sql=A,.x=X: first"
			}
			equal(t, "output", want, run(t, bin))
			equal(t, "executable of the next run", bin, p.ensure())
			equal(t, "work of the next run", "", p.work())
		})
	}
}

func TestAnotherToolchainCompilesAnew(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the shims are shell scripts")
	}
	goPath, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	p := newProject(t, shop)
	shims := filepath.Join(tempDir(t), "shims")
	choice := filepath.Join(shims, "choice")
	p.do(os.MkdirAll(shims, 0o755))
	// A version manager's shim: which toolchain it runs is written in a file that nobody but it knows.
	script := fmt.Sprintf("#!/bin/sh\nif [ \"$1 $2\" = 'env GOVERSION' ]; then cat '%s'; else exec '%s' \"$@\"; fi\n", choice, goPath)
	p.do(os.WriteFile(filepath.Join(shims, "go"), []byte(script), 0o755))
	p.do(os.WriteFile(choice, []byte("go1.26.1"), 0o644))

	p.ensure()
	p.work()
	p.b.Env = append(p.b.Env, "PATH="+shims+":"+os.Getenv("PATH"))
	p.ensure()
	equal(t, "work with another go command", "list compile", p.work())
	p.ensure()
	equal(t, "work with the same go command", "", p.work())
	p.do(os.WriteFile(choice, []byte("go1.26.2"), 0o644))
	p.ensure()
	equal(t, "work with another choice", "list compile", p.work())
}

func TestOldExecutablesGo(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	unused := filepath.Join(p.b.Cache, "env", "0123456789")
	for _, name := range []string{"lock", "manifest"} {
		p.do(os.MkdirAll(unused, 0o755))
		p.do(os.WriteFile(filepath.Join(unused, name), nil, 0o644))
		old := time.Now().Add(-31 * 24 * time.Hour)
		p.do(os.Chtimes(filepath.Join(unused, name), old, old))
	}
	var first, last string
	for i := range 6 {
		p.write("internal/secret/secret.go", fmt.Sprintf("package secret\n\nconst Word = \"%d\"\n", i))
		last = p.ensure()
		if first == "" {
			first = last
		}
		p.later(time.Second)
	}
	entries, err := os.ReadDir(filepath.Dir(last))
	p.do(err)
	if len(entries) != 4 {
		t.Errorf("%d executables are kept, want 4", len(entries))
	}
	if _, err := os.Stat(first); err == nil {
		t.Error("the oldest executable was kept")
	}
	if _, err := os.Stat(unused); err == nil {
		t.Error("an environment unused for a month was kept")
	}
	rest, err := os.ReadDir(filepath.Dir(filepath.Dir(last)))
	p.do(err)
	var names []string
	for _, e := range rest {
		names = append(names, e.Name())
	}
	equal(t, "left in the cache", "bin lock manifest", strings.Join(names, " "))
}

// What a killed compilation leaves must not be taken for an executable, and goes with the next.
func TestLeftoversOfAKilledCompilationGo(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	p.ensure()
	dir := filepath.Dir(p.manifest())
	for _, name := range []string{"new-1", "manifest.1.tmp", "new-main-2/main.go"} {
		p.do(os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		p.do(os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o755))
	}
	p.write("internal/secret/secret.go", "package secret\n\nconst Word = \"new\"\n")
	equal(t, "output", "new: first", p.output())
	left, err := filepath.Glob(filepath.Join(dir, "*[0-9]*"))
	p.do(err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestACancelledCompilationLeavesNothing(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	ctx, cancel := context.WithCancel(context.Background())
	p.env.Main = func(pkgs build.Packages) ([]byte, error) {
		cancel()
		return mainSource(pkgs)
	}
	_, err := p.b.Ensure(ctx, p.env)
	if err == nil || !strings.HasSuffix(err.Error(), "context canceled") {
		t.Errorf("error %v", err)
	}
	found, err := filepath.Glob(filepath.Join(p.b.Cache, "env", "*", "[mnb]*"))
	p.do(err)
	if len(found) > 0 {
		t.Errorf("left behind: %v", found)
	}
}
