package schema

import (
	"reflect"
	"slices"
	"strings"
)

// Type is the type of a column: a definition and, where databases need
// different ones, a variant for each (sqlalchemy.types.TypeEngine).
//
// The zero Type means no type at all, which only SQLite allows.
type Type struct {
	def      TypeDef
	variants []variant
}

type variant struct {
	dialect string
	def     TypeDef
}

// TypeDef is one definition of a type. The generic ones are in this package and
// compile on every database; a dialect's package adds its own. A definition is
// a plain comparable-by-value struct without pointers.
type TypeDef interface {
	Caller
}

// TypeOf makes a Type of a definition. Dialect packages use it.
func TypeOf(def TypeDef) Type { return Type{def: def} }

// Def is the definition that holds where no variant does; nil for no type.
func (t Type) Def() TypeDef { return t.def }

// IsZero reports whether there is no type.
func (t Type) IsZero() bool { return t.def == nil && len(t.variants) == 0 }

// WithVariant returns t with another type in the named dialect
// (TypeEngine.with_variant). A dialect named twice takes the later type.
func (t Type) WithVariant(dialect string, other Type) Type {
	vs := make([]variant, 0, len(t.variants)+1)
	for _, v := range t.variants {
		if v.dialect != dialect {
			vs = append(vs, v)
		}
	}
	vs = append(vs, variant{dialect, other.def})
	slices.SortFunc(vs, func(a, b variant) int { return strings.Compare(a.dialect, b.dialect) })
	t.variants = vs
	return t
}

// For is the type in one dialect, without variants. Names are tried in order,
// so a dialect may ask for its flavour first ("mariadb", "mysql").
func (t Type) For(names ...string) Type {
	for _, n := range names {
		for _, v := range t.variants {
			if v.dialect == n {
				return Type{def: v.def}
			}
		}
	}
	return Type{def: t.def}
}

// Equal reports whether both are the same definition with the same variants.
func (t Type) Equal(u Type) bool {
	return reflect.DeepEqual(t.def, u.def) && slices.EqualFunc(t.variants, u.variants, func(a, b variant) bool {
		return a.dialect == b.dialect && reflect.DeepEqual(a.def, b.def)
	})
}

// Call spells the type in Go.
func (t Type) Call() Call {
	c := call("NoType")
	if t.def != nil {
		c = t.def.Call()
		c.Chain = slices.Clone(c.Chain)
	}
	for _, v := range t.variants {
		c.Chain = append(c.Chain, Call{Func: "WithVariant", Args: []any{v.dialect, Type{def: v.def}}})
	}
	return c
}

// NoType is the absence of a type (sqlalchemy.types.NullType); only SQLite has such columns.
func NoType() Type { return Type{} }
