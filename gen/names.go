package gen

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/module"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// Import is one import of a Go file.
type Import struct {
	Name string // the name in the file; empty for the package's own
	Path string
}

// String is the import as it stands in an import declaration.
func (i Import) String() string {
	if i.Name == "" {
		return strconv.Quote(i.Path)
	}
	return i.Name + " " + strconv.Quote(i.Path)
}

// Imports are the imports of a Go file: the standard library first, then the
// others, each sorted by path.
type Imports []Import

// String is the inside of an import declaration, the two groups apart.
func (l Imports) String() string {
	var b strings.Builder
	for i, imp := range l {
		if i > 0 && standard(l[i-1].Path) && !standard(imp.Path) {
			b.WriteByte('\n')
		}
		b.WriteString("\t" + imp.String() + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (l Imports) sort() {
	slices.SortFunc(l, func(a, b Import) int {
		if s, t := standard(a.Path), standard(b.Path); s != t {
			if s {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Name, b.Name))
	})
}

// home is the import path of this module's packages, whose names are their last elements.
var home = strings.TrimSuffix(schema.Path, "schema")

// scriptPath is the package that a revision registers with.
var scriptPath = reflect.TypeFor[script.Revision]().PkgPath()

// standard reports whether a path is of the standard library. A user's module
// may have a path without a dot, so the roots are listed.
func standard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return slices.Contains(standardRoots, first)
}

var standardRoots = strings.Fields(`
	archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt
	go hash html image index io iter log maps math mime net os path plugin reflect regexp runtime slices sort
	strconv strings structs sync syscall testing text time unicode unique unsafe weak`)

// importPath checks a path that a value names.
func importPath(p string) (string, error) {
	if i := strings.LastIndex(p, "/vendor/"); i >= 0 {
		p = p[i+len("/vendor/"):]
	}
	if p == "main" || p == "command-line-arguments" {
		return "", fmt.Errorf("package main cannot be imported; move it into a package of its own")
	}
	if err := module.CheckImportPath(p); err != nil {
		return "", fmt.Errorf("%q is no import path: %w", p, err)
	}
	return p, nil
}

var (
	majorVersion = pattern.Lazy(`^v[0-9]+$`)
	dotVersion   = pattern.Lazy(`\.v[0-9]+$`)
	notInName    = pattern.Lazy(`[^A-Za-z0-9_]`)
)

// packageName guesses the name of a package by its import path.
func packageName(importPath string) string {
	dir, base := path.Split(importPath)
	if majorVersion().MatchString(base) && dir != "" {
		base = path.Base(dir)
	}
	base = dotVersion().ReplaceAllString(base, "")
	base = strings.TrimSuffix(strings.TrimPrefix(base, "go-"), "-go")
	base = notInName().ReplaceAllString(base, "")
	if !token.IsIdentifier(base) {
		base = "pkg" + base
	}
	return base
}

// taken reports names that no import may have: what Go itself declares, and what a revision's frame does.
func taken(name string) bool {
	switch name {
	case "_", "init", "main", "err", receiver, "ctx", "Scripts":
		return true
	}
	return !token.IsIdentifier(name) || types.Universe.Lookup(name) != nil ||
		strings.HasPrefix(name, "upgrade") || strings.HasPrefix(name, "downgrade")
}

// scope is the names of the imports in one file, by path.
type scope map[string]binding

// binding is what a package is called in a file.
type binding struct {
	name  string
	own   string // the package's own name, or the guess at it
	alias bool   // the import has to say the name
}

// newScope names the packages in use so that no two share a name. Packages of
// the standard library and of gomig come first and keep theirs; the others
// follow by path and get a number where the name is gone. A package whose name
// is only guessed is imported under the guess.
func newScope(used map[string]bool, known map[string]string, reserved map[string]bool) scope {
	paths := make([]string, 0, len(used))
	for p := range used {
		paths = append(paths, p)
	}
	rank := func(p string) int {
		switch {
		case p == op.Path, p == schema.Path, p == scriptPath:
			return 0
		case standard(p):
			return 1
		case strings.HasPrefix(p, home):
			return 2
		}
		return 3
	}
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
	})
	s := make(scope, len(paths))
	gone := map[string]bool{}
	for _, p := range paths {
		own, certain := known[p]
		if !certain {
			own = packageName(p)
			certain = rank(p) < 3
		}
		name := own
		for n := 2; gone[name] || reserved[name] || taken(name); n++ {
			name = own + strconv.Itoa(n)
		}
		gone[name] = true
		s[p] = binding{name: name, own: own, alias: !certain || name != own}
	}
	return s
}

func (s scope) imports() Imports {
	out := make(Imports, 0, len(s))
	for p := range s {
		out = append(out, s.spec(p))
	}
	out.sort()
	return out
}

// spec is the import of a path.
func (s scope) spec(p string) Import {
	b := s[p]
	if !b.alias {
		return Import{Path: p}
	}
	return Import{Path: p, Name: b.name}
}
