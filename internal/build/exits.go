package build

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
)

// exiting are the packages of the standard library that have a function Exit. It ends the process as it stands: no deferred
// function runs, so nobody is left to say which revision that was, and Exit(0) passes for a run that succeeded.
var exiting = []string{"os", "syscall"}

// exits refuses packages with revisions that call such a function, in what is compiled into the executable to be. Only calls
// in these packages themselves are found; what they call elsewhere is not looked at. A manifest, if there is one, tells which
// packages need not be read.
func (s *session) exits(m *manifest) error {
	var problems []Problem
	for _, p := range s.packages.Versions {
		if m != nil && !m.importsAny(p.Dir, exiting) {
			continue
		}
		entries, err := os.ReadDir(p.Dir)
		if err != nil {
			continue // the go command says so
		}
		for _, name := range sourceNames(entries) {
			if filepath.Ext(name) == ".go" {
				problems = append(problems, s.exitsIn(filepath.Join(p.Dir, name))...)
			}
		}
	}
	if len(problems) > 0 {
		return &CompileError{Problems: problems}
	}
	return nil
}

// importsAny reports whether the package in a directory imports one of these.
func (m *manifest) importsAny(dir string, paths []string) bool {
	return slices.ContainsFunc(m.folders, func(f folder) bool {
		return f.path == dir && slices.ContainsFunc(paths, func(p string) bool { return slices.Contains(f.imports, p) })
	})
}

func (s *session) exitsIn(file string) (problems []Problem) {
	src, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(src, []byte("Exit")) {
		return nil
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, src, 0)
	if err != nil {
		return nil // the compiler says so
	}
	imported := exitImports(f)
	ast.Inspect(f, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Exit" {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && slices.Contains(f.Unresolved, x) && imported[x.Name] != "" {
			at := fset.Position(x.Pos())
			problems = append(problems, Problem{
				File: s.shown(file), Line: at.Line, Col: at.Column,
				Text: imported[x.Name] + ".Exit in a revision ends the run half-way, and nobody could tell; return an error instead",
			})
		}
		return true
	})
	return problems
}

// exitImports maps the names that a file gives the packages with Exit to their paths.
func exitImports(f *ast.File) map[string]string {
	names := map[string]string{}
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !slices.Contains(exiting, imported) {
			continue
		}
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = imported
	}
	return names
}
