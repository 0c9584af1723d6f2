package build

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Go compiles a package as a whole, so with a thousand revisions in one, a single change costs the compiler two seconds, and
// with five thousand ten. But revisions hardly ever refer to each other: they register with Scripts, and that is all. So a
// large package with revisions is compiled as several: the files that stand for themselves go to packages that exist in the
// overlay only, some hundred files each, and what they refer to, the rest of the package, stays where it is:
//
//	versions/versions.go           var Scripts script.Set
//	versions/gomigsplit/p31/…      the files whose names begin with 1, where they lie, and
//	                               var Scripts = &versions.Scripts
//
// A file moves only if it declares nothing that another file of the package names or that is exported, and names nothing of
// another file but Scripts, of which it only calls methods; see movable. If the parts do not compile, the package is compiled
// as it is, and what the compiler says then is what counts. So is what "gomig build" makes.

// splitMin is the number of files from which a package is split.
const splitMin = 200

// partMax is how many files a part of n may have: about a tenth, but not so many that compiling one takes a second. It is a
// power of two, so that it seldom changes.
func partMax(n int) int { return min(1<<bits.Len(uint(n/10)), 512) }

// partsFlags are the compiler's flags for the parts, besides those for all packages with revisions. The go command tells the
// compiler by -trimpath to replace the names of files by those they have in the overlay; without, panics and registrations name
// the files where they lie.
const partsFlags = "-trimpath="

// A split says how the packages with revisions are compiled in parts.
type split struct {
	replace  map[string]string // files of the overlay: where the go command sees them, and where they are; empty if it should not see them
	sources  map[string]string // files of the overlay that are generated
	imports  []string          // import paths of the parts
	patterns []string          // that match them
}

// split plans the parts of all large packages with revisions. It is nil if there is nothing to split.
func (s *session) split(m *manifest) *split {
	sp := &split{replace: map[string]string{}, sources: map[string]string{}}
	for _, p := range s.packages.Versions {
		i := slices.IndexFunc(m.folders, func(f folder) bool { return f.path == p.Dir && !f.listed })
		if i < 0 || len(m.folders[i].files) < splitMin {
			continue
		}
		sp.add(p, m.folders[i].files)
	}
	if len(sp.imports) == 0 {
		return nil
	}
	sp.sources[filepath.Join(s.mainDir, "parts.go")] = importsSource("main", sp.imports)
	return sp
}

// importsSource is a Go file that imports packages for their effects.
func importsSource(pkg string, imports []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n", pkg)
	for _, p := range imports {
		fmt.Fprintf(&b, "\nimport _ %q\n", p)
	}
	return b.String()
}

// add plans the parts of one package.
func (sp *split) add(p Package, files []file) {
	name, move := movable(p.Dir, files)
	if len(move) < splitMin/2 {
		return
	}
	root := freeDir(filepath.Join(p.Dir, "gomigsplit"))
	for _, part := range parts(move, 0, partMax(len(move))) {
		dir := "p" + hex.EncodeToString([]byte(part.prefix))
		for _, f := range part.files {
			sp.replace[filepath.Join(p.Dir, f)] = ""
			sp.replace[filepath.Join(root, dir, f)] = filepath.Join(p.Dir, f)
		}
		sp.sources[filepath.Join(root, dir, "gomigsplit.go")] = fmt.Sprintf(
			"package %s\n\nimport whole %q\n\nvar Scripts = &whole.Scripts\n", name, p.Path)
		sp.imports = append(sp.imports, p.Path+"/"+filepath.Base(root)+"/"+dir)
	}
	sp.patterns = append(sp.patterns, p.Path+"/"+filepath.Base(root)+"/...")
}

// A part is the files of a package whose names begin alike.
type part struct {
	prefix string
	files  []string
}

// parts divides names in order. A part is told by the beginning of its names and not by their number, so that a new file
// changes one part and not the borders of all; the order of the parts is that of the names, and with it the order in which
// revisions are registered.
func parts(names []string, length, most int) []part {
	if len(names) <= most {
		return []part{{names[0][:min(length, len(names[0]))], names}}
	}
	var all []part
	for len(names) > 0 {
		prefix := names[0][:min(length+1, len(names[0]))]
		n := 1
		for n < len(names) && len(names[n]) > length && names[n][:min(length+1, len(names[n]))] == prefix {
			n++
		}
		all = append(all, parts(names[:n], length+1, most)...)
		names = names[n:]
	}
	return all
}

// movable returns the name of a package, and the files that can be compiled apart from it, in order. It returns none if the
// package has something that only the compiler should judge.
func movable(dir string, files []file) (name string, move []string) {
	units := make([]*unit, 0, len(files))
	for _, f := range files {
		if f.shape != plain {
			continue // not compiled
		}
		u, err := readUnit(dir, f.name)
		if err != nil || name != "" && u.pkg != name {
			return "", nil
		}
		name = u.pkg
		units = append(units, u)
	}
	declared := map[string]*unit{}
	for _, u := range units {
		for _, d := range u.declares {
			if declared[d] != nil || types.Universe.Lookup(d) != nil {
				return "", nil // twice is an error, to be told by the compiler; and names of the language may mean something else
			}
			declared[d] = u
		}
	}
	for _, u := range units {
		for _, n := range u.names {
			if other := declared[n]; other != nil && other != u {
				other.stays = true
				u.stays = u.stays || n != "Scripts" || !u.callsScripts
			}
		}
	}
	if declared["Scripts"] == nil {
		return "", nil
	}
	for _, u := range units {
		if !u.stays {
			move = append(move, u.file)
		}
	}
	return name, move
}

// A unit is what a file has to do with the other files of its package.
type unit struct {
	file         string
	pkg          string
	declares     []string // package-level names
	names        []string // names that are declared neither in the file nor in the language; of imports and of other files
	callsScripts bool     // Scripts, if named, is only ever followed by a dot
	stays        bool     // it cannot be moved
}

func readUnit(dir, name string) (*unit, error) {
	src, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
	if err != nil {
		return nil, err
	}
	u := &unit{file: name, pkg: f.Name.Name, stays: hasDirective(src)}
	for _, imp := range f.Imports {
		if imp.Path.Value == `"C"` || imp.Name != nil && imp.Name.Name == "." {
			u.stays = true
		}
	}
	for _, d := range f.Decls {
		u.declare(d)
	}
	for _, id := range f.Unresolved {
		u.names = append(u.names, id.Name)
	}
	u.callsScripts = callsScripts(f)
	return u, nil
}

// hasDirective reports whether a file talks to the compiler in comments, but for what concerns "go generate".
func hasDirective(src []byte) bool {
	return bytes.Count(src, []byte("//go:")) > bytes.Count(src, []byte("//go:generate ")) ||
		bytes.Contains(src, []byte("//line ")) || bytes.Contains(src, []byte("/*line ")) || bytes.Contains(src, []byte("//export "))
}

// declare notes what a declaration adds to the package.
func (u *unit) declare(d ast.Decl) {
	var ids []*ast.Ident
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			return // a method goes with its type, which is named if it is declared elsewhere
		}
		if d.Name.Name == "init" {
			return
		}
		ids = append(ids, d.Name)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				ids = append(ids, spec.Names...)
			case *ast.TypeSpec:
				ids = append(ids, spec.Name)
			}
		}
	}
	for _, id := range ids {
		if id.Name == "_" {
			continue
		}
		u.declares = append(u.declares, id.Name)
		u.stays = u.stays || id.IsExported() // it may be named by other packages
	}
}

// callsScripts reports whether Scripts, wherever it is named, has a method called or a field named.
func callsScripts(f *ast.File) bool {
	all, selected := 0, 0
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && id.Name == "Scripts" {
				selected++
			}
		case *ast.Ident:
			if n.Name == "Scripts" {
				all++
			}
		}
		return true
	})
	return all == selected
}
