package structs

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
)

// valuer is the method by which a type is a driver.Valuer; nil if it is none. A
// method of that name that takes arguments is another one, such as that of
// GORM's serializers.
func valuer(n *types.Named) *types.Func {
	f := lookup(n, "Value")
	if f == nil || f.Signature().Params().Len() != 0 || f.Signature().Results().Len() != 2 {
		return nil
	}
	return f
}

// given is what the method Value of a type gives the database, by the types of
// what it returns: a kind, and the widest number of it. It is sure if all are of
// one kind.
func (w *world) given(t goType) (got goType, sure bool) {
	f := valuer(t.named)
	if f == nil {
		return t, true
	}
	decl, info := w.funcs[f.Pos()], w.infos[f.Pkg()]
	if decl == nil || info == nil {
		return t, t.kind == text || t.kind == boolean || t.kind == integer || t.kind == floating
	}
	found := map[kind]goType{}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if g, ok := returned(n, info); ok && (found[g.kind].typ == nil || g.bits > found[g.kind].bits) {
				found[g.kind] = g
			}
		}
		return true
	})
	if len(found) != 1 {
		return t, false
	}
	for _, got = range found {
	}
	return got, got.kind != unknown
}

// returned is the type of the value that a statement returns; there is none if
// that is nil.
func returned(n *ast.ReturnStmt, info *types.Info) (g goType, ok bool) {
	nothing := goType{typ: types.Typ[types.Invalid]}
	if len(n.Results) == 0 {
		return nothing, true
	}
	tv := info.Types[n.Results[0]]
	t := tv.Type
	if both, ok := t.(*types.Tuple); ok && both.Len() == 2 { // a call that returns both
		t = both.At(0).Type()
	}
	switch {
	case tv.IsNil():
		return nothing, false
	case t == nil:
		return nothing, true
	case marshals(n.Results[0], info):
		return goType{kind: document, typ: t}, true
	}
	return classify(t), true
}

// marshals reports whether an expression is a call of json.Marshal.
func marshals(e ast.Expr, info *types.Info) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := info.Uses[s.Sel].(*types.Func)
	return ok && f.FullName() == "encoding/json.Marshal"
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
	slices.SortFunc(consts, func(a, b *types.Const) int { return w.order(a.Pos(), b.Pos()) })
	for _, c := range consts {
		if v := constant.StringVal(c.Val()); !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return values
}
