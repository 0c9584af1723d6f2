package dialecttest

import (
	"reflect"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

type reflectType = reflect.Type

// verdicts compares expressions as the dialect does, and remembers whether it left one open.
type verdicts struct {
	d         dialect.Dialect
	undecided bool
}

func (v *verdicts) equal(a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	switch v.d.EqualExpr(a, b) {
	case dialect.Same:
		return true
	case dialect.Undecided:
		v.undecided = true
		return true
	case dialect.Different:
	}
	return false
}

// option makes cmp ask the dialect about each piece of SQL text in a table.
func (v *verdicts) option() cmp.Option {
	return cmp.Options{
		cmp.FilterPath(isExpression, cmp.Comparer(v.equal)),
		cmp.Comparer(func(a, b schema.Expr) bool {
			if a.Kind == schema.ExprSQL && b.Kind == schema.ExprSQL {
				return v.equal(a.Text, b.Text)
			}
			return a.Equal(b)
		}),
	}
}

// isExpression finds the fields that hold SQL.
func isExpression(p cmp.Path) bool {
	f, ok := p.Last().(cmp.StructField)
	if !ok {
		return false
	}
	switch p.Index(-2).Type() {
	case reflect.TypeFor[schema.CheckDef](), reflect.TypeFor[schema.Computed](), reflect.TypeFor[schema.IndexPart](), reflect.TypeFor[schema.ExcludeElement]():
		return f.Name() == "Expr"
	case reflect.TypeFor[schema.IndexDef](), reflect.TypeFor[schema.ExcludeDef]():
		return f.Name() == "Where"
	}
	return false
}
