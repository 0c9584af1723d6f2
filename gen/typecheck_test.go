package gen_test

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
	"strings"
	"sync"
)

// exports are the compiled packages that generated code may import, by path.
var exports = sync.OnceValues(func() (map[string]string, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}",
		"github.com/gomig-dev/gomig/script", "github.com/gomig-dev/gomig/dialect/mysql", "github.com/gomig-dev/gomig/dialect/postgres", "database/sql", "encoding/json", "math", "net/netip", "strings")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.String())
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if path, file, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			found[path] = file
		}
	}
	return found, nil
})

// versionsFile is what a revision stands beside.
const versionsFile = "package versions\nimport \"github.com/gomig-dev/gomig/script\"\nvar Scripts script.Set\n"

// checker type-checks files against compiled packages, which it reads once.
type checker struct {
	fset *token.FileSet
	imp  types.Importer
}

func newChecker(t interface {
	Helper()
	Fatal(...any)
},
) *checker {
	t.Helper()
	files, err := exports()
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	return &checker{fset: fset, imp: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		file, ok := files[path]
		if !ok {
			return nil, fmt.Errorf("%s is not among the compiled packages", path)
		}
		return os.Open(file)
	})}
}

// check type-checks a revision file and gives what it declares.
func (c *checker) check(src []byte, beside ...string) ([]string, error) {
	files := make([]*ast.File, 0, len(beside)+1)
	for i, s := range append([]string{string(src)}, beside...) {
		f, err := parser.ParseFile(c.fset, fmt.Sprintf("file%d.go", i), s, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: c.imp, GoVersion: "go1.26"}
	if _, err := conf.Check("example.com/shop/versions", c.fset, files, nil); err != nil {
		return nil, err
	}
	return declared(files[0]), nil
}

// declared are the names that a file declares, in order.
func declared(f *ast.File) (names []string) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			names = append(names, "func "+d.Name.Name)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						names = append(names, "var "+n.Name)
					}
				case *ast.TypeSpec:
					names = append(names, "type "+s.Name.Name)
				}
			}
		}
	}
	return names
}

func template(t interface {
	Helper()
	Fatal(...any)
},
) string {
	t.Helper()
	b, err := os.ReadFile("../templates/common/script.go.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
