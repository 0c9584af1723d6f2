package gomig

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Target is a declared schema in the user's module, for the environment to compare with.
type Target struct {
	ImportPath string // of its package
	Package    string // the package's name
	Variable   string // the exported variable that holds the *schema.Metadata
}

// schemaPath is the package whose NewMetadata declares a schema.
const schemaPath = "github.com/gomig-dev/gomig/schema"

// ParseTarget reads a target as it is written on the command line: example.com/shop/models.Metadata.
func ParseTarget(s string) (Target, error) {
	dot := strings.LastIndexByte(s, '.')
	if dot <= strings.LastIndexByte(s, '/') || !token.IsIdentifier(s[dot+1:]) || !token.IsExported(s[dot+1:]) {
		return Target{}, errors.New("it must be an import path and an exported variable, as example.com/shop/models.Metadata")
	}
	return Target{ImportPath: s[:dot], Package: path.Base(s[:dot]), Variable: s[dot+1:]}, nil
}

// findTargets looks through a module for package variables that hold a declared
// schema. It reads no file that cannot be imported: no tests, no commands.
func findTargets(moduleDir, modulePath string) ([]Target, error) {
	var found []Target
	err := filepath.WalkDir(moduleDir, func(file string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir():
			skip := name == "vendor" || name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
			if skip && file != moduleDir {
				return filepath.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(moduleDir, filepath.Dir(file))
		if err != nil {
			return err
		}
		found = append(found, metadataIn(file, path.Join(modulePath, filepath.ToSlash(rel)))...)
		return nil
	})
	slices.SortFunc(found, func(a, b Target) int {
		return strings.Compare(a.ImportPath+"."+a.Variable, b.ImportPath+"."+b.Variable)
	})
	return found, err
}

// metadataIn finds `var X = schema.NewMetadata(…)` in a file. A file that does
// not parse holds none.
func metadataIn(file, importPath string) (found []Target) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil || f.Name.Name == "main" {
		return nil
	}
	local := ""
	for _, imp := range f.Imports {
		if p, _ := strconv.Unquote(imp.Path.Value); p == schemaPath {
			local = "schema"
			if imp.Name != nil {
				local = imp.Name.Name
			}
		}
	}
	if local == "" {
		return nil
	}
	for _, decl := range f.Decls {
		g, ok := decl.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			v, ok := s.(*ast.ValueSpec)
			if !ok || len(v.Values) != len(v.Names) {
				continue
			}
			for i, name := range v.Names {
				if name.IsExported() && callsNewMetadata(v.Values[i], local) {
					found = append(found, Target{ImportPath: importPath, Package: f.Name.Name, Variable: name.Name})
				}
			}
		}
	}
	return found
}

func callsNewMetadata(e ast.Expr, local string) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "NewMetadata" {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == local
}
