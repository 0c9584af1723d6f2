package build_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/build"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(p *project)
		want   string
	}{
		{"type error and undefined name", func(p *project) {
			p.write("migrations/versions/1_first.go", "package versions\n\nvar _ = add(1)\n\nvar _ = sub(\"x\")\n")
		}, `the migration environment does not compile:
migrations/versions/1_first.go:3:13: cannot use 1 (untyped int constant) as string value in argument to add
migrations/versions/1_first.go:5:9: undefined: sub`},
		{"errors in two packages", func(p *project) {
			p.write("migrations/versions/1_first.go", "package versions\n\nvar _ = sub(\"x\")\n")
			p.write("migrations/env.go", "package migrations\n\nfunc Run() string { return 1 }\n")
		}, `the migration environment does not compile:
migrations/env.go:3:28: cannot use 1 (untyped int constant) as string value in return statement
migrations/versions/1_first.go:3:9: undefined: sub`},
		{"error with a second line", func(p *project) {
			p.write("migrations/versions/1_first.go", "package versions\n\nvar _ error = x{}\n\ntype x struct{}\n")
		}, `the migration environment does not compile:
migrations/versions/1_first.go:3:15: cannot use x{} (value of struct type x) as error value in variable declaration: x does not implement error (missing method Error)`},
		{"many errors", func(p *project) {
			p.write("migrations/versions/1_first.go", "package versions\n"+strings.Repeat("\nvar _ = x", 12))
		}, "the migration environment does not compile:\n" + manyErrors() + "too many errors"},
		{"twice the same name", func(p *project) {
			p.write("migrations/versions/2.go", "package versions\n\nfunc add() {}\n")
		}, `the migration environment does not compile:
migrations/versions/1_first.go:3:9: add("first") (no value) used as value
migrations/versions/1_first.go:3:13: too many arguments in call to add
	have (string)
	want ()
migrations/versions/all.go:5:6: add redeclared in this block
	migrations/versions/2.go:3:6: other declaration of add`},
		{"syntax error", func(p *project) {
			p.write("migrations/versions/1_first.go", "package versions\n\nvar _ = add(\"first\"\n")
		}, `the migration environment does not compile:
migrations/versions/1_first.go:3:20: syntax error: unexpected newline in argument list; possibly missing comma or )`},
		{"empty file", func(p *project) {
			p.write("migrations/versions/1_first.go", "")
		}, `the migration environment does not compile:
migrations/versions/1_first.go:1:1: expected 'package', found 'EOF'`},
		{"two packages in a directory", func(p *project) {
			p.write("migrations/versions/1_first.go", "package other\n")
		}, `the migration environment does not compile:
migrations/versions: found packages other (1_first.go) and versions (all.go)`},
		{"no Go files", func(p *project) {
			p.do(os.RemoveAll(p.path("migrations/versions")))
			p.do(os.Mkdir(p.path("migrations/versions"), 0o755))
		}, `the migration environment does not compile:
migrations/versions: no Go files`},
		{"only excluded files", func(p *project) {
			p.do(os.Remove(p.path("migrations/versions/1_first.go")))
			p.write("migrations/versions/all.go", "//go:build never\n\npackage versions\n")
		}, `the migration environment does not compile:
migrations/versions: build constraints exclude all Go files`},
		{"import of nothing", func(p *project) {
			p.write("migrations/env.go", "package migrations\n\nimport _ \"example.com/shop/nowhere\"\n")
		}, `the migration environment does not compile:
migrations/env.go:3:8: the module has no package example.com/shop/nowhere`},
		{"import of nothing in the standard library", func(p *project) {
			p.write("migrations/env.go", "package migrations\n\nimport _ \"nowhere\"\n")
		}, `the migration environment does not compile:
migrations/env.go:3:8: the standard library has no package nowhere`},
		{"import cycle", func(p *project) {
			p.write("internal/secret/secret.go", "package secret\n\nimport _ \"example.com/shop/migrations\"\n")
		}, `the migration environment does not compile:
internal/secret/secret.go: import cycle: example.com/shop/migrations imports example.com/shop/internal/secret imports example.com/shop/migrations`},
		{"embedding nothing", func(p *project) {
			p.write("migrations/env.go", "package migrations\n\nimport _ \"embed\"\n\n//go:embed none.sql\nvar s string\n")
		}, `the migration environment does not compile:
migrations/env.go:5:12: pattern none.sql: no matching files found`},
		{"no Run", func(p *project) {
			p.write("migrations/env.go", "package migrations\n")
		}, `the migration environment does not compile:
migrations: the package has to declare: func Run(ctx context.Context, e *env.Context) error`},
		{"no Scripts", func(p *project) {
			p.write("migrations/versions/all.go", "package versions\n\nfunc add(string) bool { return true }\n")
		}, `the migration environment does not compile:
migrations/versions: the package has to declare: var Scripts script.Set`},
		{"another Scripts", func(p *project) {
			p.write("migrations/versions/all.go", "package versions\n\nvar Scripts int\n\nfunc add(string) bool { return true }\n")
		}, `the migration environment does not compile:
migrations/versions: the package has to declare: var Scripts script.Set
	cannot use versions0.Scripts (variable of type int) as []string value in argument to append`},
		{"package main", func(p *project) {
			p.write("migrations/env.go", "package main\n\nfunc main() {}\n")
		}, `the migration environment does not compile:
migrations: it is package main, which cannot be imported; give it another name`},
		{"module that is not required", func(p *project) {
			p.write("migrations/env.go", "package migrations\n\nimport _ \"example.org/driver/sql\"\n")
		}, `no module in go.mod provides the package example.org/driver/sql; run: go get example.org/driver/sql`},
		{"gomig that is not required", func(p *project) {
			p.write("migrations/env.go", "package migrations\n\nimport _ \"github.com/gomig-dev/gomig/env\"\n")
		}, `the module does not require gomig; run: go get -tool github.com/gomig-dev/gomig/cmd/gomig@latest`},
		{"go.mod that names no module", func(p *project) {
			p.write("go.mod", "go 1.26\n")
		}, `reading go.mod: it has no module line`},
		{"go.mod that does not parse", func(p *project) {
			p.write("go.mod", "module example.com/shop\n\ngo 1.26\n\nrequire x\n")
		}, `the migration environment does not compile:
go.mod:5: usage: require module/path v1.2.3`},
		{"newer Go needed", func(p *project) {
			p.write("go.mod", "module example.com/shop\n\ngo 1.999\n")
		}, `compiling the migration environment: go.mod requires go >= 1.999 (running go VERSION; GOTOOLCHAIN=local)`},
		{"not in go.work", func(p *project) {
			p.write("go.work", "go 1.26\n\nuse ./other\n")
			p.write("other/go.mod", "module example.com/other\n\ngo 1.26\n")
		}, `the module is not listed in go.work; run: go work use .`},
		{"vendor directory without the package", func(p *project) {
			p.write("vendor/modules.txt", "")
			p.write("migrations/env.go", "package migrations\n\nimport _ \"example.org/driver/sql\"\n")
		}, `the vendor directory does not hold example.org/driver/sql; run: go mod vendor`},
		{"vendor directory that is old", func(p *project) {
			p.write("vendor/modules.txt", "# example.org/driver v1.0.0\n## explicit\nexample.org/driver/sql\n")
		}, `the vendor directory does not agree with go.mod; run: go mod vendor`},
		{"no directory", func(p *project) {
			p.env.Versions = append(p.env.Versions, p.path("nowhere"))
		}, `compiling the migration environment: no directory nowhere`},
		{"directory of no module", func(p *project) {
			p.do(os.Remove(p.path("go.mod")))
		}, `migrations is not in a Go module, and a migration environment is a package of one; make a module first: go mod init example.com/yourproject`},
		{"no go command", func(p *project) {
			p.b.Env = append(p.b.Env, "PATH="+p.path("migrations"))
		}, `the migration environment is compiled by the go command, which is not on the PATH; install Go (https://go.dev/dl), or use an executable made by "gomig build" where there is Go`},
		{"cache that cannot be written", func(p *project) {
			p.write("file", "")
			p.b.Cache = p.path("file/cache")
		}, `using the cache for compiled environments: mkdir file: not a directory (GOMIG_CACHE can name another place)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t, shop)
			c.change(p)
			before := snapshot(t, p.root)
			equal(t, "error", c.want, p.text(p.fails()))
			equal(t, "tree", before, snapshot(t, p.root))
			found, err := filepath.Glob(filepath.Join(p.b.Cache, "env", "*", "[mnb]*"))
			p.do(err)
			if len(found) > 0 {
				t.Errorf("left behind: %v", found)
			}
		})
	}
}

func manyErrors() string {
	var b strings.Builder
	for line := 3; line <= 12; line++ {
		fmt.Fprintf(&b, "migrations/versions/1_first.go:%d:9: undefined: x\n", line)
	}
	return b.String()
}

// text is an error without what differs from machine to machine.
func (p *project) text(err error) string {
	s := strings.ReplaceAll(filepath.ToSlash(err.Error()), filepath.ToSlash(p.root)+"/", "")
	if i := strings.Index(s, "running go 1."); i >= 0 {
		if j := strings.Index(s[i:], ";"); j >= 0 {
			s = s[:i] + "running go VERSION" + s[i+j:]
		}
	}
	return s
}

// The same mistake reads the same when the file was known and compiled before, and its package is not listed again.
func TestErrorsAfterAnEdit(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	p.ensure()
	p.work()
	p.write("migrations/versions/1_first.go", "package versions\n\nvar _ = sub(\"x\")\n")
	err := p.fails()
	equal(t, "work", "compile", p.work())
	equal(t, "error", "the migration environment does not compile:\nmigrations/versions/1_first.go:3:9: undefined: sub", p.text(err))

	var compile *build.CompileError
	if !errors.As(err, &compile) {
		t.Fatalf("error of type %T", err)
	}
	want := build.Problem{File: filepath.FromSlash("migrations/versions/1_first.go"), Line: 3, Col: 9, Text: "undefined: sub"}
	if len(compile.Problems) != 1 || compile.Problems[0] != want {
		t.Errorf("problems %+v, want %+v", compile.Problems, want)
	}

	p.b.Dir = p.path("migrations/versions")
	equal(t, "error from another directory", "the migration environment does not compile:\n1_first.go:3:9: undefined: sub", p.text(p.fails()))
}

func TestErrorTypes(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop)
	p.write("migrations/env.go", "package migrations\n\nimport _ \"example.org/driver/sql\"\n")
	var requirement *build.RequirementError
	if err := p.fails(); !errors.As(err, &requirement) || requirement.Command != "go get example.org/driver/sql" {
		t.Errorf("error %#v", err)
	}
	p.b.Dir = filepath.Dir(p.root)
	equal(t, "error from above", "no module in go.mod provides the package example.org/driver/sql; run in the shop: go get example.org/driver/sql",
		fmt.Sprint(p.fails()))

	var noModule *build.NoModuleError
	if _, err := build.FindModule(p.path("..")); !errors.As(err, &noModule) {
		t.Skipf("the temporary directory is in a module: %v", err)
	}
	p.b.Env = []string{"PATH="}
	var noGo *build.NoGoError
	if err := p.fails(); !errors.As(err, &noGo) {
		t.Errorf("error %#v", err)
	}

	p = newProject(t, shop)
	p.env.Main = func(build.Packages) ([]byte, error) { return nil, errors.New("no ink") }
	equal(t, "error", "rendering the main package of the migration environment: no ink", fmt.Sprint(p.fails()))
	p.env.Main = nil
	if _, err := p.b.Ensure(context.Background(), p.env); err == nil || !strings.HasSuffix(err.Error(), "no main is given") {
		t.Errorf("error %v", err)
	}
}
