package gen

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// imported is the path and the name of an import specification. The name of one
// without is guessed, and not certain.
func imported(spec *ast.ImportSpec) (path, name string) {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		path = spec.Path.Value
	}
	if spec.Name != nil {
		return path, spec.Name.Name
	}
	return path, packageName(path)
}

// names are what the template itself declares or imports, apart from the
// imports that were offered to it.
func (f *source) names(offered scope) map[string]bool {
	own := map[string]bool{}
	for _, spec := range f.ast.Imports {
		path, name := imported(spec)
		if _, ok := offered[path]; !ok && name != "_" && name != "." {
			own[name] = true
		}
	}
	for _, d := range f.ast.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				own[d.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						own[n.Name] = true
					}
				case *ast.TypeSpec:
					own[s.Name.Name] = true
				}
			}
		}
	}
	return own
}

func (s scope) collides(own map[string]bool) bool {
	for _, b := range s {
		if own[b.name] {
			return true
		}
	}
	return false
}

// used are the names of packages that the file selects from: what stands before
// a dot and is declared nowhere in the file.
func (f *source) used() map[string]bool {
	free := map[*ast.Ident]bool{}
	for _, id := range f.ast.Unresolved {
		free[id] = true
	}
	used := map[string]bool{}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && free[id] {
				used[id.Name] = true
			}
		}
		return true
	})
	return used
}

// edit replaces a part of the text.
type edit struct {
	from, to int
	with     string
}

// settleImports drops imports that were offered and are not used, and doubles
// of them, and adds those that are used and missing. All other imports are the
// template's own and stay.
func (f *source) settleImports(offered scope) string {
	used := f.used()
	have := map[Import]bool{}
	var edits []edit
	for _, d := range f.ast.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT {
			continue
		}
		var drop []*ast.ImportSpec
		for _, s := range decl.Specs {
			spec := s.(*ast.ImportSpec)
			path, name := imported(spec)
			offer, ours := offered[path]
			if ours && spec.Name == nil {
				name = offer.own
			}
			ours = ours && name != "_" && name != "."
			at := Import{Name: name, Path: path}
			if ours && (have[at] || !used[name]) {
				drop = append(drop, spec)
				continue
			}
			have[at] = true
		}
		edits = append(edits, f.dropSpecs(decl, drop)...)
	}
	var missing Imports
	for path, b := range offered {
		if used[b.name] && !have[Import{Name: b.name, Path: path}] && !f.renamed(b.name) {
			missing = append(missing, offered.spec(path))
		}
	}
	missing.sort()
	return apply(f.text, append(edits, f.addSpecs(missing, edits)...))
}

// renamed reports whether the template imports some package under the name.
func (f *source) renamed(name string) bool {
	return slices.ContainsFunc(f.ast.Imports, func(spec *ast.ImportSpec) bool {
		return spec.Name != nil && spec.Name.Name == name
	})
}

// addSpecs adds imports to the first import declaration in brackets that stays,
// or makes one; gofumpt puts the groups in order.
func (f *source) addSpecs(missing Imports, dropped []edit) []edit {
	if len(missing) == 0 {
		return nil
	}
	for _, d := range f.ast.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT || !decl.Lparen.IsValid() {
			continue
		}
		from, to := f.offset(decl.Pos()), f.offset(decl.Rparen)
		if slices.ContainsFunc(dropped, func(e edit) bool { return e.from == from }) {
			continue
		}
		return []edit{{to, to, "\n" + missing.String() + "\n"}}
	}
	at := f.offset(f.ast.Name.End())
	return []edit{{at, at, ";import (\n" + missing.String() + "\n)"}}
}

func (f *source) offset(p token.Pos) int { return f.fset.PositionFor(p, false).Offset }

// dropSpecs removes specifications of an import declaration, with their lines
// and comments, or the whole declaration if nothing is left of it.
func (f *source) dropSpecs(decl *ast.GenDecl, drop []*ast.ImportSpec) []edit {
	if len(drop) == len(decl.Specs) && (len(drop) > 0 || decl.Lparen.IsValid()) {
		return []edit{{from: f.offset(decl.Pos()), to: f.offset(decl.End())}}
	}
	var edits []edit
	for _, spec := range drop {
		e := edit{from: f.offset(spec.Pos()), to: f.offset(spec.End())}
		if spec.Doc != nil {
			e.from = f.offset(spec.Doc.Pos())
		}
		if spec.Comment != nil {
			e.to = f.offset(spec.Comment.End())
		}
		if rest := strings.TrimLeft(f.text[e.to:], " \t"); strings.HasPrefix(rest, ";") {
			e.to = len(f.text) - len(rest) + 1
		} else if strings.HasPrefix(rest, "\n") && strings.HasSuffix(strings.TrimRight(f.text[:e.from], " \t"), "\n") {
			e.to = len(f.text) - len(rest) + 1
		}
		edits = append(edits, e)
	}
	return edits
}

// apply makes edits that do not overlap.
func apply(text string, edits []edit) string {
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.from])
		b.WriteString(e.with)
		at = e.to
	}
	b.WriteString(text[at:])
	return b.String()
}
