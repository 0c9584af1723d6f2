package templates_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/templates"
)

// exports are the compiled packages that an environment imports, by path.
func exports(t *testing.T) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}",
		"github.com/gomig-dev/gomig/env", "github.com/gomig-dev/gomig/script", "modernc.org/sqlite",
		"github.com/jackc/pgx/v5/pgxpool", "github.com/jackc/pgx/v5/stdlib")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if p, file, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			found[p] = file
		}
	}
	return found
}

// Every template compiles as it is: `gomig init` leaves something that runs.
func TestEveryTemplateTypeChecks(t *testing.T) {
	t.Parallel()
	compiled := exports(t)
	fset := token.NewFileSet()
	imp := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		file, ok := compiled[path]
		if !ok {
			return nil, fmt.Errorf("%s is not among the compiled packages", path)
		}
		return os.Open(file)
	})
	for _, tmpl := range templates.List("") {
		for name, d := range map[string]templates.Data{"SQLite": {}, "pgx": {Driver: "github.com/jackc/pgx/v5/stdlib"}} {
			packages := map[string][]*ast.File{}
			for file, src := range render(t, tmpl.Name, d) {
				if path.Ext(file) != ".go" {
					continue
				}
				f, err := parser.ParseFile(fset, file, src, 0)
				if err != nil {
					t.Fatal(err)
				}
				packages[path.Dir(file)] = append(packages[path.Dir(file)], f)
			}
			for dir, files := range packages {
				conf := types.Config{Importer: imp, GoVersion: "go1.26"}
				pkg, err := conf.Check(path.Join("example.com/shop/migrations", dir), fset, files, nil)
				if err != nil {
					t.Errorf("%s, %s, %s: %v", tmpl.Name, name, dir, err)
					continue
				}
				if want := map[string]string{".": "Run", "versions": "Scripts"}[dir]; want != "" && pkg.Scope().Lookup(want) == nil {
					t.Errorf("%s, %s: package %s declares no %s", tmpl.Name, name, dir, want)
				}
			}
		}
	}
}
