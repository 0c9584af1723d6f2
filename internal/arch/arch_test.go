package arch_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// The module is read in process and not by "go list": so the go command sees
// which files the tests depend on, and does not answer from its cache when they change.

func TestImportTable(t *testing.T) {
	t.Parallel()
	root, module := moduleRoot(t)
	packages := readPackages(t, root)
	if len(packages) == 0 {
		t.Fatal("no package was found, so nothing was checked")
	}
	for _, p := range packages {
		for _, complaint := range check(p, module) {
			t.Error(complaint)
		}
	}
}

// check returns what is wrong with a package's imports and name.
func check(p pkg, module string) []string {
	var out []string
	if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc", "base", "manager", "impl"}, p.name) {
		out = append(out, fmt.Sprintf("%s: package %s is named for nothing in particular; name it for what it holds", p.path, p.name))
	}
	r, ok := rowOf(p.path)
	if !ok {
		return append(out, fmt.Sprintf("%s is not in the table of imports: say in internal/arch/table_test.go and .golangci.yml where it stands", p.path))
	}
	for _, i := range p.imports {
		inner, own := strings.CutPrefix(i.path, module)
		if own && (inner == "" || inner[0] == '/') {
			inner = strings.TrimPrefix(inner, "/")
			if inner == "" {
				inner = "."
			}
			if !slices.ContainsFunc(r.module, func(pattern string) bool { return matches(pattern, inner) }) {
				out = append(out, fmt.Sprintf("%s: %s may not import %s: it stands no lower", i.file, p.path, inner))
			}
			continue
		}
		if first, _, _ := strings.Cut(i.path, "/"); !strings.Contains(first, ".") {
			continue // the standard library
		}
		if !slices.ContainsFunc(r.foreign, func(prefix string) bool {
			return prefix == "**" || i.path == prefix || strings.HasPrefix(i.path, prefix+"/")
		}) {
			out = append(out, fmt.Sprintf("%s: %s may not import %s: a new dependency needs a line in the table", i.file, p.path, i.path))
		}
	}
	return out
}

// rowOf returns the row of a package: its own, else the one with a wildcard.
func rowOf(name string) (row, bool) {
	if i := slices.IndexFunc(table, func(r row) bool { return r.path == name }); i >= 0 {
		return table[i], true
	}
	if i := slices.IndexFunc(table, func(r row) bool { return matches(r.path, name) }); i >= 0 {
		return table[i], true
	}
	return row{}, false
}

// matches reports whether a pattern of the table covers a package.
func matches(pattern, name string) bool {
	if pattern == "**" {
		return true
	}
	if dir, ok := strings.CutSuffix(pattern, "/**"); ok {
		return strings.HasPrefix(name, dir+"/")
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

func TestTableRefuses(t *testing.T) {
	t.Parallel()
	const m = "example.com/m"
	file := func(to string) []imported { return []imported{{"f.go", to}} }
	for _, c := range []struct {
		name string
		p    pkg
		want int
	}{
		{"std", pkg{"schema", "schema", file("go/ast")}, 0},
		{"upwards", pkg{"schema", "schema", file(m + "/ddl")}, 1},
		{"downwards", pkg{"ddl", "ddl", file(m + "/schema")}, 0},
		{"sideways", pkg{"dialect/mysql", "mysql", file(m + "/dialect/sqlite")}, 1},
		{"a dialect", pkg{"dialect/oracle", "oracle", file(m + "/dialect")}, 0},
		{"a driver in a dialect", pkg{"dialect/sqlite", "sqlite", file("modernc.org/sqlite")}, 1},
		{"a driver in main", pkg{"cmd/gomig", "main", file("modernc.org/sqlite")}, 0},
		{"a module with a like name", pkg{"gen", "gen", file("github.com/dave/jenniferous")}, 1},
		{"the root from below", pkg{"env", "env", file(m)}, 1},
		{"the root from above", pkg{"cmd/gomig/gomigcli", "gomigcli", file(m)}, 0},
		{"a package nobody knows", pkg{"drawer", "drawer", nil}, 1},
		{"a drawer", pkg{"schema", "util", nil}, 1},
	} {
		if got := check(c.p, m); len(got) != c.want {
			t.Errorf("%s: got %q, want %d complaints", c.name, got, c.want)
		}
	}
}

func TestModuleHasNoReplace(t *testing.T) {
	t.Parallel()
	root, _ := moduleRoot(t)
	file := parseModule(t, root)
	for _, r := range file.Replace {
		t.Errorf("go.mod replaces %s: then `go install` of a version fails, and users get something else than the tests do", r.Old.Path)
	}
	if len(file.Tool) > 0 {
		t.Error("go.mod has tools: they belong into tools/go.mod, away from users' builds")
	}
}

// elsewhere is a path that exists on one machine only: somebody's home.
var elsewhere = regexp.MustCompile("(?m)(^|[\\s\"'`(=:])/(root|home/[a-z]\\w*|Users/[A-Za-z]\\w*)/\\S")

func TestNoPathsOfOneMachine(t *testing.T) {
	t.Parallel()
	root, _ := moduleRoot(t)
	// The checkout's own place, unless it is so short that it may be a word.
	here := []byte(filepath.ToSlash(root) + "/")
	if bytes.Count(here, []byte("/")) < 3 {
		here = nil
	}
	walk(t, root, func(name string, _ fs.DirEntry) {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
			return
		}
		if bytes.IndexByte(data, 0) >= 0 {
			return // not text
		}
		at := elsewhere.FindIndex(data)
		if i := bytes.Index(data, here); here != nil && i >= 0 && at == nil {
			at = []int{i, i + len(here)}
		}
		if at != nil {
			t.Errorf("%s:%d names a path of one machine: %q", name, 1+bytes.Count(data[:at[0]], []byte("\n")), data[at[0]:at[1]])
		}
	})
}

// pkg is a package of the module as its files, tests apart, say.
type pkg struct {
	path    string // below the module, "." for the root
	name    string
	imports []imported
}

type imported struct{ file, path string }

// readPackages reads every package whatever the system it is built for.
func readPackages(t *testing.T, root string) []pkg {
	t.Helper()
	found := map[string]*pkg{}
	var packages []*pkg
	walk(t, root, func(name string, _ fs.DirEntry) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains("/"+name, "/testdata/") {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(name)), nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			return
		}
		dir := path.Dir(name)
		if found[dir] == nil {
			found[dir] = &pkg{path: dir, name: file.Name.Name}
			packages = append(packages, found[dir])
		}
		for _, spec := range file.Imports {
			if to, err := strconv.Unquote(spec.Path.Value); err == nil {
				found[dir].imports = append(found[dir].imports, imported{name, to})
			}
		}
	})
	out := make([]pkg, len(packages))
	for i, p := range packages {
		out[i] = *p
	}
	return out
}

// walk calls visit for the files of the module, with slashes and sorted. It
// leaves out nested modules and what make builds.
func walk(t *testing.T, root string, visit func(name string, d fs.DirEntry)) {
	t.Helper()
	err := filepath.WalkDir(root, func(full string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // other tests make and remove files meanwhile
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, full)
		if err != nil || rel == "." {
			return err
		}
		if !d.IsDir() {
			if d.Type().IsRegular() {
				visit(filepath.ToSlash(rel), d)
			}
			return nil
		}
		if base := d.Name(); base == ".git" || rel == "bin" || rel == "dist" {
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(full, "go.mod")); err == nil {
			return filepath.SkipDir
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// moduleRoot returns the folder and the path of the module.
func moduleRoot(t *testing.T) (dir, module string) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir, parseModule(t, dir).Module.Mod.Path
}

func parseModule(t *testing.T, dir string) *modfile.File {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
