package structs

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
)

// valueKind is what the method Value of a type gives the database, by the types
// of what it returns. It is sure if they all are of one kind.
func (w *world) valueKind(t goType) (k kind, sure bool) {
	f := lookup(t.named, "Value")
	if f == nil {
		return t.kind, true
	}
	decl, info := w.funcs[f.Pos()], w.infos[f.Pkg()]
	if decl == nil || info == nil {
		return t.kind, t.kind == text || t.kind == boolean || t.kind == integer || t.kind == floating
	}
	found := map[kind]bool{}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			w.returned(n, info, found)
		}
		return true
	})
	if len(found) != 1 {
		return t.kind, false
	}
	for k = range found {
	}
	return k, k != unknown
}

func (w *world) returned(n *ast.ReturnStmt, info *types.Info, found map[kind]bool) {
	if len(n.Results) == 0 {
		found[unknown] = true
		return
	}
	tv := info.Types[n.Results[0]]
	switch {
	case tv.IsNil():
	case tv.Type == nil:
		found[unknown] = true
	case len(n.Results) == 1: // a call that returns both
		found[unknown] = true
	default:
		found[classify(tv.Type).kind] = true
	}
}

// enumOf are the values of the constants of a string type, in the order of the
// source; none if it has no constants.
func (w *world) enumOf(n *types.Named) (values []string) {
	if n == nil || n.Obj().Pkg() == nil {
		return nil
	}
	if b, ok := n.Underlying().(*types.Basic); !ok || b.Info()&types.IsString == 0 {
		return nil
	}
	scope := n.Obj().Pkg().Scope()
	var consts []*types.Const
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), n) && c.Val().Kind() == constant.String {
			consts = append(consts, c)
		}
	}
	slices.SortFunc(consts, func(a, b *types.Const) int { return int(a.Pos() - b.Pos()) })
	for _, c := range consts {
		if v := constant.StringVal(c.Val()); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}
