package build

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
)

// A world is a module proxy in a directory, a module cache of its own, a checkout that calls itself gomig, and a user's module.
type world struct {
	t    *testing.T
	root string
	env  []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, root: root}
	w.env = append(os.Environ(), "GOFLAGS=-modcacherw", "GOWORK=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOENV=off",
		"GOMODCACHE="+w.path("cache"), "GOPROXY=file://"+filepath.ToSlash(w.path("proxy")))
	w.publish("example.org/cli", "v1.0.0", map[string]string{"cli.go": "package cli\n"}, "")
	w.publish("example.org/driver", "v1.2.0", map[string]string{"sql/sql.go": "package sql\n"}, "")
	w.publish("example.org/driver", "v1.2.3", map[string]string{"sql/sql.go": "package sql\n\nimport _ \"example.org/wire\"\n"}, "require example.org/wire v0.1.0\n")
	w.publish("example.org/wire", "v0.1.0", map[string]string{"wire.go": "package wire\n"}, "")
	gomig := map[string]string{
		"cmd/gomig/main.go":    "package main\n\nimport \"github.com/gomig-dev/gomig/cmd/gomig/cmd\"\n\nfunc main() { cmd.Main() }\n",
		"cmd/gomig/cmd/cmd.go": "package cmd\n\nimport _ \"example.org/cli\"\n\nfunc Main() {}\n",
		"env/env.go":           "package env\n\nconst Word = \"gomig\"\n",
		"env/env_test.go":      "package env\n\nimport _ \"example.org/driver/sql\"\n",
	}
	requires := "require (\n\texample.org/cli v1.0.0\n\texample.org/driver v1.2.3\n)\n"
	w.publish(gomigModule, "v1.4.0", gomig, requires)
	for name, text := range gomig {
		w.write("checkout/"+name, text)
	}
	w.write("checkout/go.mod", "module "+gomigModule+"\n\ngo 1.26\n\n"+requires)
	w.goRun("checkout", "mod", "tidy")
	w.write("shop/go.mod", "module example.com/shop\n\ngo 1.24\n")
	return w
}

// publish puts a version of a module into the proxy.
func (w *world) publish(module, version string, files map[string]string, requires string) {
	w.t.Helper()
	mod := "module " + module + "\n\ngo 1.26\n\n" + requires
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name, text string) {
		f, err := z.Create(module + "@" + version + "/" + name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	add("go.mod", mod)
	for name, text := range files {
		add(name, text)
	}
	if err := z.Close(); err != nil {
		w.t.Fatal(err)
	}
	base := "proxy/" + module + "/@v/" + version
	w.write(base+".mod", mod)
	w.write(base+".zip", buf.String())
	w.write(base+".info", `{"Version":"`+version+`","Time":"2026-11-20T10:00:00Z"}`)
	list, _ := os.ReadFile(w.path("proxy/" + module + "/@v/list"))
	w.write("proxy/"+module+"/@v/list", string(list)+version+"\n")
}

func (w *world) path(name string) string { return filepath.Join(w.root, filepath.FromSlash(name)) }

func (w *world) write(name, text string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(name string) string {
	data, err := os.ReadFile(w.path(name))
	if err != nil {
		return err.Error()
	}
	return strings.ReplaceAll(string(data), w.root, "ROOT")
}

func (w *world) goRun(dir string, args ...string) {
	w.t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Env = w.path(dir), append(w.env, "PWD="+w.path(dir))
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("go %v: %v\n%s", args, err, out)
	}
}

func (w *world) checkout(packages ...string) *requirement {
	return &requirement{packages: packages, env: append(w.env, "GOPROXY=off"), source: w.path("checkout")}
}

func (w *world) add(r *requirement) string {
	w.t.Helper()
	c, err := r.add(context.Background(), w.path("shop"))
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.ReplaceAll(strings.Join(c.Did, "\n"), w.root, "ROOT")
}

func same(t *testing.T, what, want, got string) {
	t.Helper()
	if want != got {
		t.Errorf("%s:\nwant %s\ngot  %s", what, want, got)
	}
}

const requiredMod = `module example.com/shop

go 1.26

require (
	example.org/driver v1.2.3
	github.com/gomig-dev/gomig v0.0.0-00010101000000-000000000000
)

require (
	example.org/cli v1.0.0 // indirect
	example.org/wire v0.1.0 // indirect
)

replace github.com/gomig-dev/gomig => ROOT/checkout

tool github.com/gomig-dev/gomig/cmd/gomig
`

// A gomig that was built from its checkout is required without a network, and then an environment compiles, before and after
// the user tidies and vendors.
func TestRequireFromACheckout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	same(t, "did", `go.mod says go 1.26, which gomig needs
go.mod requires github.com/gomig-dev/gomig, replaced by the checkout that this gomig was built from: ROOT/checkout
go.mod names github.com/gomig-dev/gomig/cmd/gomig as a tool: "go tool gomig" runs it, and "go mod tidy" keeps what it needs
go.mod requires example.org/driver v1.2.3`, w.add(w.checkout("example.org/driver/sql")))
	same(t, "go.mod", requiredMod, w.read("shop/go.mod"))
	same(t, "did the second time", "", w.add(w.checkout("example.org/driver/sql")))

	w.write("shop/migrations/env.go", "package migrations\n\nimport (\n\t_ \"example.org/driver/sql\"\n\t_ \"github.com/gomig-dev/gomig/env\"\n)\n")
	w.write("shop/versions/versions.go", "package versions\n")
	b := Builder{Cache: w.path("build"), Env: append(w.env, "GOPROXY=off")}
	ensure := func(when string) {
		t.Helper()
		_, err := b.Ensure(context.Background(), Environment{
			Dir: w.path("shop/migrations"), Versions: []string{w.path("shop/versions")},
			Main: func(p Packages) ([]byte, error) {
				return []byte("package main\n\nimport (\n\t\"github.com/gomig-dev/gomig/cmd/gomig/cmd\"\n\t_ \"" + p.Env.Path + "\"\n\t_ \"" +
					p.Versions[0].Path + "\"\n)\n\nfunc main() { cmd.Main() }\n"), nil
			},
		})
		if err != nil {
			t.Errorf("compiling %s: %v", when, err)
		}
	}
	ensure("at once")
	w.goRun("shop", "mod", "tidy")
	same(t, "tidied go.mod", requiredMod, w.read("shop/go.mod"))
	ensure("tidied")
	w.goRun("shop", "mod", "vendor")
	ensure("vendored")
	w.env = append(w.env, "GOFLAGS=-modcacherw -mod=mod")
	b.Env = w.env
	ensure("with -mod=mod")
}

func TestRequireLeavesWhatIsRequired(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.write("shop/go.mod", "module example.com/shop\n\ngo 1.26\n\nrequire example.org/driver v1.2.0\n")
	w.write("shop/vendor/modules.txt", "")
	r := w.checkout("example.org/driver/sql", "github.com/gomig-dev/gomig/env", "example.com/shop/x")
	r.env = w.env
	same(t, "did", `go.mod requires github.com/gomig-dev/gomig, replaced by the checkout that this gomig was built from: ROOT/checkout
go.mod names github.com/gomig-dev/gomig/cmd/gomig as a tool: "go tool gomig" runs it, and "go mod tidy" keeps what it needs
go.mod requires example.org/driver v1.2.3 instead of v1.2.0, for gomig needs that
the vendor directory does not hold what was added; run: go mod vendor`, w.add(r))
}

func TestRequireByVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := &requirement{
		packages: []string{"example.org/driver/sql", "example.org/wire"}, env: w.env, version: "v1.4.0",
		known: []modVersion{{Path: "example.org/driver", Version: "v1.2.3"}},
	}
	same(t, "did", `go.mod requires github.com/gomig-dev/gomig v1.4.0
go.mod names github.com/gomig-dev/gomig/cmd/gomig as a tool: "go tool gomig" runs it, and "go mod tidy" keeps what it needs
go.mod requires what provides example.org/driver/sql@v1.2.3
go.mod requires what provides example.org/wire`, w.add(r))
	for _, line := range []string{"github.com/gomig-dev/gomig v1.4.0", "example.org/driver v1.2.3", "tool " + toolPackage} {
		if mod := w.read("shop/go.mod"); !strings.Contains(mod, line) {
			t.Errorf("go.mod does not say %q:\n%s", line, mod)
		}
	}
	same(t, "did the second time", "", w.add(r))
}

func TestRequireThatFailsChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.read("shop/go.mod")
	for name, c := range map[string]struct {
		r    *requirement
		want string
	}{
		"a package nobody has": {w.checkout("example.net/nothing"), "module lookup disabled by GOPROXY=off"},
		"neither version nor source": {&requirement{env: w.env}, "requiring gomig in ROOT/shop: this gomig knows neither its version nor its source " +
			"(it was built with -trimpath from a checkout); run \"go get -tool github.com/gomig-dev/gomig/cmd/gomig@latest\", then \"gomig init\" again"},
		"a version nobody has": {&requirement{env: w.env, version: "v9.0.0"}, "v9.0.0"},
		"a checkout that went": {&requirement{env: w.env, source: w.path("gone")}, "no such file or directory"},
	} {
		_, err := c.r.add(context.Background(), w.path("shop"))
		if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), w.root, "ROOT"), c.want) {
			t.Errorf("%s: error %v, want %s", name, err, c.want)
		}
		same(t, "go.mod after "+name, before, w.read("shop/go.mod"))
		if _, err := os.Stat(w.path("shop/go.sum")); err == nil {
			t.Errorf("%s: go.sum was left", name)
		}
	}
	c, err := w.checkout().add(context.Background(), w.path("checkout"))
	if err != nil || len(c.Did) > 0 {
		t.Errorf("gomig's own module: %v, %v", c, err)
	}
}

func TestMissingSumsNameTheCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.add(w.checkout("example.org/driver/sql"))
	w.write("shop/migrations/env.go", "package migrations\n\nimport _ \"example.org/driver/sql\"\n")
	b := Builder{Cache: w.path("build"), Env: append(w.env, "GOPROXY=off"), Dir: w.path("shop")}
	e := Environment{Dir: w.path("shop/migrations"), Main: func(p Packages) ([]byte, error) {
		return []byte("package main\n\nimport _ \"" + p.Env.Path + "\"\n\nfunc main() {}\n"), nil
	}}
	fails := func() string {
		_, err := b.Ensure(context.Background(), e)
		if err == nil {
			return "compiled"
		}
		return err.Error()
	}
	w.write("shop/go.sum", "")
	same(t, "without go.sum", "go.sum lacks checksums of modules that are needed; run: go mod tidy", fails())
	w.write("shop/go.mod", strings.ReplaceAll(strings.ReplaceAll(requiredMod, "\texample.org/wire v0.1.0 // indirect\n", ""), "ROOT", w.root))
	if err := mergeSums(w.path("shop/go.sum"), w.path("checkout/go.sum")); err != nil {
		t.Fatal(err)
	}
	same(t, "without an indirect module", "go.mod is not up to date with what is imported; run: go mod tidy", fails())
}

func TestSourceAndVersionOfGomig(t *testing.T) {
	t.Parallel()
	root, ok := SourceDir()
	if !ok {
		t.Fatal("this test was built from a checkout, but SourceDir does not know it")
	}
	file := filepath.Join(root, "internal", "build", "locate.go")
	if _, err := os.Stat(file); err != nil {
		t.Fatal(err)
	}
	gomig := func(version, sum string) debug.Module {
		return debug.Module{Path: gomigModule, Version: version, Sum: sum}
	}
	for name, c := range map[string]struct {
		info    debug.BuildInfo
		file    string
		source  bool
		version string
	}{
		"built in the checkout":          {debug.BuildInfo{Main: gomig("(devel)", "")}, file, true, ""},
		"built with version control":     {debug.BuildInfo{Main: gomig("v0.3.1-0.20261120100000-abcdefabcdef+dirty", "")}, file, true, ""},
		"built at a tag with -trimpath":  {debug.BuildInfo{Main: gomig("v0.3.0", "")}, gomigModule + "/internal/build/locate.go", false, "v0.3.0"},
		"installed by version":           {debug.BuildInfo{Main: gomig("v0.3.0", "h1:x")}, file, false, "v0.3.0"},
		"built elsewhere, checkout gone": {debug.BuildInfo{Main: gomig("(devel)", "")}, filepath.Join(t.TempDir(), "a", "b", "c.go"), false, ""},
		"as an environment of a checkout": {debug.BuildInfo{Main: debug.Module{Path: "example.com/shop"}, Deps: []*debug.Module{
			{Path: "example.org/x"}, {Path: gomigModule, Version: "v0.0.0", Replace: &debug.Module{Path: "../gomig"}},
		}}, file, true, ""},
		"as an environment of a version": {debug.BuildInfo{Main: debug.Module{Path: "example.com/shop"}, Deps: []*debug.Module{
			{Path: gomigModule, Version: "v0.3.0", Sum: "h1:x"},
		}}, file, false, "v0.3.0"},
		"as something else": {debug.BuildInfo{}, file, false, ""},
	} {
		dir, source := sourceDir(&c.info, c.file)
		if source != c.source || source && dir != root {
			t.Errorf("%s: source %q, %v, want %v", name, dir, source, c.source)
		}
		version, ok := ownVersion(&c.info)
		if version != c.version || ok != (c.version != "") {
			t.Errorf("%s: version %q, want %q", name, version, c.version)
		}
	}
}
