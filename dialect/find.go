package dialect

import (
	"slices"

	"github.com/gomig-dev/gomig/schema"
)

// finder finds constraints of a reflected table by what they say.
type finder struct {
	grammar Grammar
	table   *schema.Table
	taken   map[string]bool // names given away: of two that say the same each is found once
}

// canonicalizer is the part of a [Dialect] that brings a declaration to the server's form.
type canonicalizer interface {
	Canonical(t *schema.Table) *schema.Table
	EqualExpr(a, b string) Verdict
}

// find is the name of the constraint that says what c does; empty where the
// server keeps none, which the grammar then finds by itself.
func (f *finder) find(c schema.Constraint) (name string, ok bool) {
	switch c := f.canonical(c).(type) {
	case *schema.UniqueDef:
		return f.unique(c)
	case *schema.ForeignKeyDef:
		return pick(f, f.table.ForeignKeys, func(o *schema.ForeignKeyDef) Verdict { return sameReference(o, c) })
	case *schema.CheckDef:
		return pick(f, f.table.Checks, func(o *schema.CheckDef) Verdict { return f.equal(o.Expr, c.Expr) })
	case *schema.ExcludeDef:
		return pick(f, f.table.Excludes, func(o *schema.ExcludeDef) Verdict { return f.sameExclusion(o, c) })
	case *schema.PrimaryKeyDef:
	}
	return "", false
}

// pick is the name of the first of list that is certainly the same, else of the
// only one that may be.
func pick[C schema.Constraint](f *finder, list []C, same func(C) Verdict) (string, bool) {
	var maybe []string
	for _, o := range list {
		name := o.ConstraintName()
		if name != "" && f.taken[name] {
			continue
		}
		switch same(o) {
		case Same:
			f.taken[name] = true
			return name, true
		case Undecided:
			maybe = append(maybe, name)
		case Different:
		}
	}
	if len(maybe) != 1 {
		return "", false
	}
	f.taken[maybe[0]] = true
	return maybe[0], true
}

// unique also looks among the unique indexes, which some servers make of the constraint.
func (f *finder) unique(c *schema.UniqueDef) (string, bool) {
	for _, o := range f.table.Uniques {
		if (o.Name == "" || !f.taken[o.Name]) && sameSet(o.Columns, c.Columns) {
			f.taken[o.Name] = true
			return o.Name, true
		}
	}
	for _, i := range f.table.Indexes {
		cols, plain := i.PlainColumns()
		if i.Unique && plain && i.Where == "" && !f.taken[i.Name] && sameSet(cols, c.Columns) {
			f.taken[i.Name] = true
			return i.Name, true
		}
	}
	return "", false
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// sameReference compares where two keys point from and to. Tables of the default
// schema are reflected without it.
func sameReference(have, want *schema.ForeignKeyDef) Verdict {
	if slices.Equal(have.Columns, want.Columns) &&
		have.RefTable.Name == want.RefTable.Name &&
		(have.RefTable.Schema == want.RefTable.Schema || have.RefTable.Schema == "") &&
		(len(have.RefColumns) == 0 || len(want.RefColumns) == 0 || slices.Equal(have.RefColumns, want.RefColumns)) {
		return Same
	}
	return Different
}

func (f *finder) sameExclusion(a, b *schema.ExcludeDef) Verdict {
	if len(a.Elements) != len(b.Elements) || a.Using != b.Using {
		return Different
	}
	all := f.equal(a.Where, b.Where)
	for i, e := range a.Elements {
		switch {
		case e.Operator != b.Elements[i].Operator:
			return Different
		case all == Different:
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
