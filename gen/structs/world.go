package structs

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/packages"
)

// world is what is known of all packages that were loaded.
type world struct {
	fset  *token.FileSet
	docs  map[token.Pos]string     // comments of types and fields, by the position of their names
	marks map[token.Pos]directives // directives in the comments of types
	funcs map[token.Pos]*ast.FuncDecl
	infos map[*types.Package]*types.Info

	inside map[*types.TypeName]int // how many structs embed one, in all packages that are read
}

// directives are the //gomig: lines in a type's comment.
type directives struct {
	table  bool // it is a table
	ignore bool // it is none
}

func newWorld(roots []*packages.Package) *world {
	w := &world{
		fset: roots[0].Fset, docs: map[token.Pos]string{}, marks: map[token.Pos]directives{},
		funcs: map[token.Pos]*ast.FuncDecl{}, infos: map[*types.Package]*types.Info{},
	}
	packages.Visit(roots, nil, func(p *packages.Package) {
		if p.Types == nil || p.TypesInfo == nil {
			return
		}
		w.infos[p.Types] = p.TypesInfo
		for _, f := range p.Syntax {
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if d.Recv != nil && d.Body != nil {
						w.funcs[d.Name.Pos()] = d
					}
				case *ast.GenDecl:
					w.types(d)
				}
			}
		}
	})
	var all []*model
	for _, p := range roots {
		all = append(all, w.structsOf(p)...)
	}
	w.inside, _ = uses(all)
	return w
}

// order compares two places in the source: by the name of the file, then by the
// place in it. Positions themselves say nothing across files, for these are
// parsed at once and stand in the set as they came.
func (w *world) order(a, b token.Pos) int {
	x, y := w.fset.PositionFor(a, false), w.fset.PositionFor(b, false)
	return cmp.Or(strings.Compare(x.Filename, y.Filename), cmp.Compare(x.Offset, y.Offset))
}

// types keeps the comments of a declaration of types.
func (w *world) types(d *ast.GenDecl) {
	for _, s := range d.Specs {
		spec, ok := s.(*ast.TypeSpec)
		if !ok {
			continue
		}
		doc := spec.Doc
		if doc == nil && len(d.Specs) == 1 {
			doc = d.Doc
		}
		if doc != nil {
			w.docs[spec.Name.Pos()] = strings.TrimSpace(doc.Text())
			w.marks[spec.Name.Pos()] = directivesOf(doc)
		}
		ast.Inspect(spec.Type, func(n ast.Node) bool {
			f, ok := n.(*ast.Field)
			if !ok {
				return true
			}
			text := strings.TrimSpace(cmp.Or(f.Doc.Text(), f.Comment.Text()))
			for _, name := range f.Names {
				w.docs[name.Pos()] = text
			}
			return true
		})
	}
}

// unnamed reports whether a comment of the package says //gomig:naming none:
// names that no tag says are left to the database.
func unnamed(files []*ast.File) bool {
	for _, f := range files {
		for _, g := range f.Comments {
			for _, c := range g.List {
				if strings.TrimSpace(c.Text) == "//gomig:naming none" {
					return true
				}
			}
		}
	}
	return false
}

func directivesOf(doc *ast.CommentGroup) (d directives) {
	for _, c := range doc.List {
		switch strings.TrimSpace(c.Text) {
		case "//gomig:table":
			d.table = true
		case "//gomig:ignore":
			d.ignore = true
		}
	}
	return d
}

// returns is the constant string that a method of T or *T returns, if its body
// is that and nothing else. There is false if there is no such method.
func (w *world) returns(n *types.Named, method string) (value string, constantly, there bool) {
	f := lookup(n, method)
	if f == nil {
		return "", false, false
	}
	decl := w.funcs[f.Pos()]
	if decl == nil || len(decl.Body.List) != 1 {
		return "", false, true
	}
	ret, ok := decl.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return "", false, true
	}
	info := w.infos[f.Pkg()]
	if info == nil {
		return "", false, true
	}
	v := info.Types[ret.Results[0]].Value
	if v == nil || v.Kind() != constant.String {
		return "", false, true
	}
	return constant.StringVal(v), true, true
}

// lookup is the method of T or *T, nil if there is none.
func lookup(n *types.Named, method string) *types.Func {
	if n == nil {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(n), true, n.Obj().Pkg(), method)
	f, _ := obj.(*types.Func)
	if f != nil {
		f = f.Origin()
	}
	return f
}
