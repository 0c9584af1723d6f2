package dialect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// finder finds constraints of a reflected table by what they say.
type finder struct {
	grammar Grammar
	table   *schema.Table
	taken   map[string]bool // names found already: of two that say the same each is found once
}

// canonicalizer is the part of a [Dialect] that brings a declaration to the server's form.
type canonicalizer interface {
	Canonical(t *schema.Table) *schema.Table
	EqualExpr(a, b string) Verdict
}

// Namer is a [Grammar] whose server makes up names for constraints that are declared
// without one. If several constraints say the same, one with such a name is taken
// for the one without.
type Namer interface {
	// MadeUp reports whether name looks like one that the server gives to c.
	MadeUp(c schema.Constraint, name string) bool
}

// find is the name of the constraint that says what c says. It is empty with ok where
// the server keeps no name: the grammar then finds the constraint by what it says.
func (f *finder) find(c schema.Constraint) (name string, ok bool) {
	switch c := f.canonical(c).(type) {
	case *schema.UniqueDef:
		return pick(f, f.uniques(), c, sameUnique)
	case *schema.ForeignKeyDef:
		return pick(f, f.table.ForeignKeys, c, sameReference)
	case *schema.CheckDef:
		return pick(f, f.table.Checks, c, f.sameCheck)
	case *schema.ExcludeDef:
		return pick(f, f.table.Excludes, c, f.sameExclusion)
	case *schema.PrimaryKeyDef:
	}
	return "", false
}

// pick is the name of the constraint in list that is surely the same as c; else of
// one that may be the same, if all that may be say the same.
func pick[C schema.Constraint](f *finder, list []C, c C, same func(have, want C) Verdict) (string, bool) {
	var sure, maybe []C
	for _, o := range list {
		if name := o.ConstraintName(); name != "" && f.taken[name] {
			continue
		}
		switch same(o, c) {
		case Same:
			sure = append(sure, o)
		case Undecided:
			maybe = append(maybe, o)
		case Different:
		}
	}
	if len(sure) == 0 {
		sure = maybe
		for _, o := range maybe {
			if same(o, maybe[0]) != Same {
				return "", false
			}
		}
	}
	if len(sure) == 0 {
		return "", false
	}
	name := slices.MaxFunc(sure, func(a, b C) int { return f.newer(a, b) }).ConstraintName()
	f.taken[name] = true
	return name, true
}

// newer compares constraints that say the same by how likely each is the one that was
// added last without a name, which is the one to drop: one without a name, or with a
// made-up one, more than others; of two made-up names the one with the higher number.
func (f *finder) newer(a, b schema.Constraint) int {
	x, y := a.ConstraintName(), b.ConstraintName()
	return cmp.Or(f.nameless(a)-f.nameless(b), len(x)-len(y), strings.Compare(x, y))
}

// nameless grades how likely a constraint was added without a name: 2 is certain.
func (f *finder) nameless(c schema.Constraint) int {
	switch n, ok := f.grammar.(Namer); {
	case c.ConstraintName() == "":
		return 2
	case ok && n.MadeUp(c, c.ConstraintName()):
		return 1
	}
	return 0
}

// uniques are the unique constraints, and the unique indexes which some servers
// make of them.
func (f *finder) uniques() []*schema.UniqueDef {
	list := slices.Clone(f.table.Uniques)
	for _, i := range f.table.Indexes {
		if cols, plain := i.PlainColumns(); i.Unique && plain && i.Where == "" {
			list = append(list, schema.UniqueConstraint(i.Name, cols...))
		}
	}
	return list
}

// sameUnique compares two constraints, whatever the order of their columns.
func sameUnique(have, want *schema.UniqueDef) Verdict {
	switch {
	case !sameSet(have.Columns, want.Columns):
		return Different
	case have.Deferral == want.Deferral && have.NullsNotDistinct == want.NullsNotDistinct && slices.Equal(have.Columns, want.Columns):
		return Same
	}
	return Undecided
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// sameReference compares the columns and tables of two foreign keys, then their
// actions. A reflected table without a schema may be in the one that want names, for
// the default schema is left out of reflected names.
func sameReference(have, want *schema.ForeignKeyDef) Verdict {
	switch {
	case !slices.Equal(have.Columns, want.Columns),
		have.RefTable.Name != want.RefTable.Name,
		have.RefTable.Schema != want.RefTable.Schema && have.RefTable.Schema != "",
		len(have.RefColumns) > 0 && len(want.RefColumns) > 0 && !slices.Equal(have.RefColumns, want.RefColumns):
		return Different
	case have.OnDelete == want.OnDelete && have.OnUpdate == want.OnUpdate && have.Match == want.Match && have.Deferral == want.Deferral:
		return Same
	}
	return Undecided
}

// sameCheck compares what is checked, and then whether it is enforced.
func (f *finder) sameCheck(have, want *schema.CheckDef) Verdict {
	v := f.equal(have.Expr, want.Expr)
	if v == Same && have.NotEnforced != want.NotEnforced {
		return Undecided
	}
	return v
}

func (f *finder) sameExclusion(a, b *schema.ExcludeDef) Verdict {
	if len(a.Elements) != len(b.Elements) || a.Using != b.Using {
		return Different
	}
	all := f.equal(a.Where, b.Where)
	for i, e := range a.Elements {
		if all == Different || e.Operator != b.Elements[i].Operator {
			return Different
		}
		if v := f.equal(e.Expr, b.Elements[i].Expr); v != Same {
			all = v
		}
	}
	return all
}

func (f *finder) equal(a, b string) Verdict {
	switch c, ok := f.grammar.(canonicalizer); {
	case a == b:
		return Same
	case a == "" || b == "" || !ok:
		return Different
	default:
		return c.EqualExpr(a, b)
	}
}

// canonical is a constraint in the server's form, as far as rules tell.
func (f *finder) canonical(c schema.Constraint) schema.Constraint {
	d, ok := f.grammar.(canonicalizer)
	if !ok {
		return c
	}
	t := &schema.Table{Name: f.table.Name, Columns: f.table.Columns}
	schema.CloneConstraint(c).AddToTable(t)
	for _, o := range d.Canonical(t).Constraints() {
		if o.Kind() == c.Kind() {
			return o
		}
	}
	return c // a unique constraint that the server makes an index of
}
