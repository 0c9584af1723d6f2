package arch_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	codeSpan = regexp.MustCompile("`([^`]+)`")
	// goName is a name in a package of this module, perhaps with a method or field.
	goName = regexp.MustCompile(`^(\w+)\.([A-Z]\w*)(?:\.([A-Z]\w*))?$`)
)

// packagesOf are the folders of the packages that the table of names speaks of.
var packagesOf = map[string]string{"gomig": ".", "revision": "script/revision"}

// TestNames holds the table of names to what there is: every name in its right
// column is one of this module, and none of its code spans is left unread.
func TestNames(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "names.md"))
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]map[string]bool{}
	words := literals(t, "cmd/gomig/gomigcli", "config", "env", "internal/ini")
	checked := 0
	for n, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), " | ")
		if !strings.HasPrefix(line, "|") || len(cells) != 2 || strings.TrimSpace(cells[0]) == "Alembic" {
			continue
		}
		right := strings.TrimSpace(cells[1])
		spans := codeSpan.FindAllStringSubmatch(right, -1)
		if len(spans) == 0 && !strings.HasPrefix(right, "none: ") {
			t.Errorf("line %d: neither a name nor the reason for none: %s", n+1, line)
		}
		for _, s := range spans {
			checked++
			name := s[1]
			switch m := goName.FindStringSubmatch(name); {
			case m != nil:
				if declared[m[1]] == nil {
					declared[m[1]] = declarations(t, m[1])
				}
				if !declared[m[1]][strings.TrimPrefix(name, m[1]+".")] {
					t.Errorf("line %d: there is no %s", n+1, name)
				}
			case strings.HasPrefix(name, "templates/"):
				if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(name))); err != nil {
					t.Errorf("line %d: %v", n+1, err)
				}
			default: // a command, a flag, a key of the configuration: somewhere it is a word of the program
				word := strings.TrimLeft(strings.TrimPrefix(name, "gomig "), "-")
				if !words[word] {
					t.Errorf("line %d: no part of the program knows %q", n+1, name)
				}
			}
		}
	}
	if checked < 200 {
		t.Errorf("only %d names were checked", checked)
	}
}

// parsed are the files of a package, without its tests.
func parsed(t *testing.T, folder string) []*ast.File {
	t.Helper()
	dir := filepath.Join("..", "..", filepath.FromSlash(folder))
	names, err := fs.Glob(os.DirFS(dir), "*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("there is no package in %s (%v)", folder, err)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return strings.HasSuffix(n, "_test.go") })
	var files []*ast.File
	for _, n := range names {
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, n), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// declarations are the names that a package declares, methods and fields as Type.Name.
func declarations(t *testing.T, pkg string) map[string]bool {
	t.Helper()
	folder := packagesOf[pkg]
	if folder == "" {
		folder = pkg
	}
	found := map[string]bool{}
	for _, f := range parsed(t, folder) {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				name := d.Name.Name
				if d.Recv != nil {
					name = receiver(d.Recv.List[0].Type) + "." + name
				}
				found[name] = true
			case *ast.GenDecl:
				for _, s := range d.Specs {
					declare(found, s)
				}
			}
		}
	}
	return found
}

func declare(found map[string]bool, s ast.Spec) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for _, n := range s.Names {
			found[n.Name] = true
		}
	case *ast.TypeSpec:
		found[s.Name.Name] = true
		var fields *ast.FieldList
		switch typ := s.Type.(type) {
		case *ast.StructType:
			fields = typ.Fields
		case *ast.InterfaceType:
			fields = typ.Methods
		default:
			return
		}
		for _, f := range fields.List {
			for _, n := range f.Names {
				found[s.Name.Name+"."+n.Name] = true
			}
		}
	}
}

// receiver is the name of a method's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// literals are the string literals of packages, whole and by what their dots part.
func literals(t *testing.T, folders ...string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, folder := range folders {
		for _, f := range parsed(t, folder) {
			ast.Inspect(f, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					text := strings.Trim(l.Value, "\"`")
					found[text] = true
					found[strings.Trim(text, ".")] = true
				}
				return true
			})
		}
	}
	return found
}
