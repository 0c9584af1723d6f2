package build_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/internal/build"
)

func TestSeveralVersionPackages(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop, map[string]string{
		"billing/internal/versions/b.go":   "package versions\n\nvar Scripts = []string{\"billing\"}\n",
		"migrations/versions/2026/2026.go": "package v2026\n\nvar Scripts = []string{\"2026\"}\n",
	})
	p.env.Versions = append(p.env.Versions, p.path("migrations/versions/2026"), p.path("billing/internal/versions"))
	before := snapshot(t, p.root)
	equal(t, "output", "secret: first 2026 billing", p.output())
	equal(t, "tree", before, snapshot(t, p.root))

	p.work()
	p.env.Versions = p.env.Versions[:2]
	equal(t, "output with one less", "secret: first 2026", p.output())
}

func TestEnvironmentPackageAtTheRootAndInAnInternalFolder(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{".", "internal/migrations"} {
		p := newProject(t, shop)
		p.write(dir+"/env.go", "package environment\n\nfunc Run() string { return \"here\" }\n")
		p.env.Dir = p.path(dir)
		equal(t, "output of "+dir, "here: first", p.output())
	}
}

// A folder of the user's that has the name of the generated one is theirs.
func TestFolderOfTheSameNameAsTheGenerated(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop, map[string]string{"migrations/gomigmain/main.go": "package gomigmain\n\nfunc f() { undefined() }\n"})
	equal(t, "output", "secret: first", p.output())
}

func TestWorkspaceAndReplacedModules(t *testing.T) {
	t.Parallel()
	lib := map[string]string{
		"../lib/go.mod":   "module example.com/lib\n\ngo 1.26\n",
		"../lib/w/w.go":   "package w\n\nconst Word = \"lib\"\n",
		"../other/go.mod": "module example.com/other\n\ngo 1.26\n",
	}
	uses := map[string]string{
		"migrations/env.go": "package migrations\n\nimport \"example.com/lib/w\"\n\nfunc Run() string { return w.Word }\n",
	}
	for name, files := range map[string]map[string]string{
		"replace": {
			"go.mod": shop["go.mod"] + "\nrequire example.com/lib v1.0.0\n\nreplace (\n\texample.com/lib => ../lib\n\texample.com/other => ../other\n)\n",
		},
		"workspace": {"../go.work": "go 1.26\n\nuse (\n\t\"./the shop\"\n\t./lib\n\t./other\n)\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t, shop, lib)
			for _, set := range []map[string]string{uses, files} {
				for name, text := range set {
					p.write(name, text)
				}
			}
			equal(t, "output", "lib: first", p.output())
			p.later(time.Minute)
			p.work()
			p.write("../lib/w/w.go", "package w\n\nconst Word = \"changed\"\n")
			equal(t, "output after a change", "changed: first", p.output())
			equal(t, "work", "compile", p.work())
			p.write("../other/go.mod", "module example.com/other\n\ngo 1.26\n\n// remark\n")
			p.ensure()
			equal(t, "work after a change of a module that is not imported", "list compile", p.work())
		})
	}
}

// Versions may lie in another module of the workspace.
func TestVersionsInAnotherModule(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop, map[string]string{
		"../lib/go.mod":             "module example.com/lib\n\ngo 1.26\n",
		"../lib/versions/all.go":    "package versions\n\nvar Scripts = []string{\"lib\"}\n",
		"../go.work":                "go 1.26\n\nuse (\n\t\"./the shop\"\n\t./lib\n)\n",
		"migrations/versions/no.go": "package versions\n",
	})
	p.env.Versions = append(p.env.Versions, p.path("../lib/versions"))
	equal(t, "output", "secret: first lib", p.output())
}

func TestVendoredModules(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop, map[string]string{
		"../lib/go.mod": "module example.com/lib\n\ngo 1.26\n",
		"../lib/w/w.go": "package w\n\nconst Word = \"lib\"\n",
	})
	p.write("go.mod", shop["go.mod"]+"\nrequire example.com/lib v1.0.0\n\nreplace example.com/lib => ../lib\n")
	p.write("migrations/env.go", "package migrations\n\nimport \"example.com/lib/w\"\n\nfunc Run() string { return w.Word }\n")
	p.ensure()
	p.later(time.Minute)
	p.work()
	p.goRun("mod", "vendor")
	p.write("../lib/w/w.go", "package w\n\nconst Word = \"not what is vendored\"\n")
	equal(t, "output", "lib: first", p.output())
	equal(t, "work once there is a vendor directory", "list compile", p.work())
	p.write("vendor/example.com/lib/w/w.go", "package w\n\nconst Word = \"vendored\"\n")
	equal(t, "output after a change", "vendored: first", p.output())
	p.work()
	p.ensure()
	equal(t, "work without a change", "", p.work())
}

func TestModuleBehindASymbolicLink(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	link := filepath.Join(tempDir(t), "link")
	if err := os.Symlink(p.root, link); err != nil {
		t.Skip(err)
	}
	p.env.Dir, p.env.Versions = filepath.Join(link, "migrations"), []string{filepath.Join(link, "migrations", "versions")}
	equal(t, "output", "secret: first", p.output())
	p.write("internal/secret/secret.go", "package secret\n\nconst Word = \"changed\"\n")
	equal(t, "output after a change", "changed: first", p.output())
	p.b.Dir = link
	p.write("internal/secret/secret.go", "package secret\n\nconst Word = nothing\n")
	equal(t, "error", "the migration environment does not compile:\ninternal/secret/secret.go:3:14: undefined: nothing", p.text(p.fails()))
}

func TestSourceBehindASymbolicLink(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	for _, name := range []string{"a", "b"} {
		p.write("shared/"+name, "package versions\n\nvar _ = add(\""+name+"\")\n")
	}
	link := p.path("migrations/versions/2_link.go")
	if err := os.Symlink(p.path("shared/a"), link); err != nil {
		t.Skip(err)
	}
	equal(t, "output", "secret: first a", p.output())
	p.write("shared/a", "package versions\n\nvar _ = add(\"A\")\n")
	equal(t, "output after a change behind the link", "secret: first A", p.output())
	p.do(os.Remove(link))
	p.do(os.Symlink(p.path("shared/b"), link))
	equal(t, "output after a change of the link", "secret: first b", p.output())
}

// What is in the cache says nothing of another module at another place.
func TestEnvironmentsDoNotShareExecutables(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	q := newProject(t, shop)
	q.b.Cache = p.b.Cache
	if a, b := p.ensure(), q.ensure(); a == b {
		t.Error("two modules share an executable")
	}
}

func TestFindModuleAndImportPath(t *testing.T) {
	t.Parallel()
	for mod, want := range map[string]string{
		"module example.com/shop\n":                       "example.com/shop",
		"// a comment\nmodule example.com/shop // this\n": "example.com/shop",
		"module \"example.com/shop\"\r\ngo 1.26\r\n":      "example.com/shop",
		"module `example.com/shop`":                       "example.com/shop",
		"module (\n\t// here\n\texample.com/shop\n)\n":    "example.com/shop",
		"modules example.com/no\nmodule\texample.com/a":   "example.com/a",
		"module a b\n": "",
		"module\n":     "",
		"go 1.26\n":    "",
		"":             "",
	} {
		root := tempDir(t)
		if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte(mod), 0o644); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(root, "a", "b c")
		m, err := build.FindModule(dir)
		if want == "" {
			if err == nil {
				t.Errorf("%q: module %q, want an error", mod, m.Path)
			}
			continue
		}
		if err != nil || m.Path != want || m.Dir != root {
			t.Errorf("%q: %+v, %v, want %s", mod, m, err, want)
		}
		got, err := m.ImportPath(dir)
		if err != nil || got != want+"/a/b c" {
			t.Errorf("%q: import path %q, %v", mod, got, err)
		}
		if got, err := m.ImportPath(filepath.Dir(root)); err == nil {
			t.Errorf("import path %q outside of the module", got)
		}
	}
}

func TestGomigCacheNamesThePlace(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	cache := filepath.Join(tempDir(t), "here")
	p.b.Cache = ""
	p.b.Env = append(p.b.Env, "GOMIG_CACHE="+cache)
	bin, err := p.b.Ensure(context.Background(), p.env)
	p.do(err)
	if rel, err := filepath.Rel(cache, bin); err != nil || !filepath.IsLocal(rel) {
		t.Errorf("%s is not in %s", bin, cache)
	}
	if info, err := os.Stat(bin); err != nil || runtime.GOOS != "windows" && info.Mode()&0o100 == 0 {
		t.Errorf("%v, %v: not a program", info, err)
	}
}
