package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// includeReflected is the filter of the tables that are read: by IncludeTable
// and by IncludeName.
func (o Options) includeReflected() func(schema.Name) bool {
	include := o.include()
	if o.IncludeName == nil {
		return include
	}
	return func(n schema.Name) bool {
		return include(n) && o.IncludeName(SchemaKind, n.Schema, Parents{}) && o.IncludeName(TableKind, n.Name, Parents{Schema: n.Schema})
	}
}

// filterNames takes from the database's side what IncludeName leaves out.
func (c *comparer) filterNames(have, want *side) {
	include := c.options.IncludeName
	if include == nil {
		return
	}
	have.enums = slices.DeleteFunc(have.enums, func(e dialect.Enum) bool {
		return !include(EnumKind, e.Name.Name, Parents{Schema: e.Name.Schema})
	})
	before := enumUses(have)
	for _, p := range have.tables {
		in := Parents{Schema: p.canonical.Name.Schema, Table: p.canonical.Name.Name}
		seen := func(t *schema.Table) *schema.Table {
			t = t.Clone()
			t.Columns = slices.DeleteFunc(t.Columns, func(k *schema.ColumnDef) bool { return !include(ColumnKind, k.Name, in) })
			t.Indexes = slices.DeleteFunc(t.Indexes, func(k *schema.IndexDef) bool { return !include(IndexKind, k.Name, in) })
			t.Uniques = slices.DeleteFunc(t.Uniques, func(k *schema.UniqueDef) bool { return !include(UniqueKind, k.Name, in) })
			t.Checks = slices.DeleteFunc(t.Checks, func(k *schema.CheckDef) bool { return !include(CheckKind, k.Name, in) })
			t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(k *schema.ForeignKeyDef) bool { return !include(ForeignKeyKind, k.Name, in) })
			t.Excludes = slices.DeleteFunc(t.Excludes, func(k *schema.ExcludeDef) bool { return !include(ExcludeKind, k.Name, in) })
			return t
		}
		if own := p.original; own != p.canonical { // what the database has beside: serial and inherited columns
			p.canonical, p.original = seen(p.canonical), seen(own)
		} else {
			p.canonical = seen(p.canonical)
			p.original = p.canonical
		}
	}
	have.enums = unheld(have.enums, before, have, want)
}

// filterObjects takes from both sides what IncludeObject leaves out. What is on
// both is made the same on both, so that nothing is found to do about it.
func (c *comparer) filterObjects(have, want *side) {
	include := c.options.IncludeObject
	if include == nil {
		return
	}
	before := enumUses(have)
	for _, p := range slices.Clone(want.tables) {
		o := Object{Kind: TableKind, Name: p.canonical.Name.Name, Table: p.original}
		if old, ok := have.byName[p.canonical.Name]; ok {
			o.CompareTo = &Object{Kind: TableKind, Name: o.Name, Table: old.original, Reflected: true}
		}
		if !include(o) {
			have.drop(p.canonical.Name)
			want.drop(p.canonical.Name)
		}
	}
	for _, p := range slices.Clone(have.tables) {
		_, declared := want.byName[p.canonical.Name]
		if !declared && !include(Object{Kind: TableKind, Name: p.canonical.Name.Name, Table: p.original, Reflected: true}) {
			have.drop(p.canonical.Name)
		}
	}
	c.filterEnums(have, want)
	for _, p := range want.tables {
		p.original = p.original.Clone() // the declaration is the user's
		if old, ok := have.byName[p.canonical.Name]; ok {
			c.filterTable(old, p)
		} else {
			c.filterAdded(p)
		}
	}
	used := enumUses(want)
	want.enums = slices.DeleteFunc(want.enums, func(e dialect.Enum) bool {
		return !slices.ContainsFunc(used, func(u enumUse) bool { return u.enum == e.Name })
	})
	have.enums = unheld(have.enums, before, have, want)
}

func (c *comparer) filterEnums(have, want *side) {
	named := func(n schema.Name) func(dialect.Enum) bool { return func(e dialect.Enum) bool { return e.Name == n } }
	object := func(e dialect.Enum, reflected bool) *Object {
		return &Object{Kind: EnumKind, Name: e.Name.Name, Enum: &dialect.Enum{Name: e.Name, Values: slices.Clone(e.Values)}, Reflected: reflected}
	}
	for _, e := range slices.Clone(want.enums) {
		o := object(e, false)
		if i := slices.IndexFunc(have.enums, named(e.Name)); i >= 0 {
			o.CompareTo = object(have.enums[i], true)
		}
		if !c.options.IncludeObject(*o) {
			want.enums = slices.DeleteFunc(want.enums, named(e.Name))
			have.enums = slices.DeleteFunc(have.enums, named(e.Name))
		}
	}
	have.enums = slices.DeleteFunc(have.enums, func(e dialect.Enum) bool {
		return !slices.ContainsFunc(want.enums, named(e.Name)) && !c.options.IncludeObject(*object(e, true))
	})
}

// filterAdded leaves out indexes of a table that is added; the rest of it comes as a whole.
func (c *comparer) filterAdded(p *pair) {
	out := func(i *schema.IndexDef) bool {
		return !c.options.IncludeObject(Object{Kind: IndexKind, Name: i.Name, Table: p.original, Index: i})
	}
	p.canonical = p.canonical.Clone()
	p.original.Indexes = slices.DeleteFunc(p.original.Indexes, out)
	p.canonical.Indexes = slices.DeleteFunc(p.canonical.Indexes, func(i *schema.IndexDef) bool {
		return p.original.Index(i.Name) == nil && uniqueOf(p.original, i) == nil
	})
}

// filterTable filters what is in a table that both sides have.
func (c *comparer) filterTable(old, p *pair) {
	reflected := old.canonical.Clone()
	if old.original == old.canonical {
		old.original = reflected
	}
	old.canonical = reflected
	p.canonical = p.canonical.Clone()
	t := &tableFilter{c: c, old: old, new: p}
	t.columns()
	a, b := reflected, p.canonical
	sameName := func(x, y *schema.IndexDef) bool { return x.Name != "" && x.Name == y.Name }
	sameUnnamed := func(x, y *schema.IndexDef) bool {
		return (x.Name == "" || y.Name == "") && c.sameIndex(b.Name, x, y)
	}
	sameCheck := func(x, y *schema.CheckDef) bool { return c.sameExpr(b.Name, x.Expr, y.Expr) }
	sameExclude := func(x, y *schema.ExcludeDef) bool { return excludeText(x) == excludeText(y) }
	checks, excludes := checksOf(b), excludesOf(b)
	a.Indexes, b.Indexes = filterKind(t, a.Indexes, b.Indexes, indexObject, sameName, sameUnnamed)
	a.Uniques, b.Uniques = filterKind(t, a.Uniques, b.Uniques, constraintObject[*schema.UniqueDef](UniqueKind), byName, unnamedAnd(sameUnique))
	a.Checks, b.Checks = filterKind(t, a.Checks, b.Checks, constraintObject[*schema.CheckDef](CheckKind), byName, unnamedAnd(sameCheck))
	a.ForeignKeys, b.ForeignKeys = filterKind(t, a.ForeignKeys, b.ForeignKeys, constraintObject[*schema.ForeignKeyDef](ForeignKeyKind), sameForeignKey, byName)
	a.Excludes, b.Excludes = filterKind(t, a.Excludes, b.Excludes, constraintObject[*schema.ExcludeDef](ExcludeKind), byName, unnamedAnd(sameExclude))
	p.checks, p.excludes = left(p.checks, checks, checksOf(b)), left(p.excludes, excludes, excludesOf(b))
}

// tableFilter filters one table on both sides.
type tableFilter struct {
	c        *comparer
	old, new *pair
}

// included asks the hook about one object: declared, in the database, or both.
func (t *tableFilter) included(declared, reflected *Object) bool {
	if reflected != nil {
		reflected.Table, reflected.Reflected = t.old.original, true
	}
	if declared == nil {
		return t.c.options.IncludeObject(*reflected)
	}
	declared.Table, declared.CompareTo = t.new.original, reflected
	return t.c.options.IncludeObject(*declared)
}

func (t *tableFilter) columns() {
	var a, b []*schema.ColumnDef
	object := func(k *schema.ColumnDef) *Object {
		if k == nil {
			return nil
		}
		return &Object{Kind: ColumnKind, Name: k.Name, Column: k}
	}
	for _, k := range t.new.canonical.Columns {
		old := t.old.canonical.Column(k.Name)
		original := t.new.original.Column(k.Name)
		switch in := t.included(object(original), object(old)); {
		case in:
			b = append(b, k)
		case old != nil:
			b = append(b, old)
			*original = *old.Clone()
		}
	}
	for _, k := range t.old.canonical.Columns {
		if t.new.canonical.Column(k.Name) != nil || t.included(nil, object(k)) {
			a = append(a, k)
		}
	}
	t.old.canonical.Columns, t.new.canonical.Columns = a, b
}

// filterKind filters objects of one kind: those left out are on neither side any
// more. The original tables keep them, where nothing asks for them.
func filterKind[T comparable](t *tableFilter, from, to []T, object func(p *pair, v T) *Object, criteria ...func(a, b T) bool) (a, b []T) {
	pairs, gone, fresh := match(from, to, criteria...)
	keep := map[T]bool{}
	for _, p := range pairs {
		in := t.included(object(t.new, p[1]), object(t.old, p[0]))
		keep[p[0]], keep[p[1]] = in, in
	}
	for _, v := range gone {
		keep[v] = t.included(nil, object(t.old, v))
	}
	for _, v := range fresh {
		keep[v] = t.included(object(t.new, v), nil)
	}
	out := func(v T) bool { return !keep[v] }
	return slices.DeleteFunc(slices.Clone(from), out), slices.DeleteFunc(slices.Clone(to), out)
}

func indexObject(p *pair, i *schema.IndexDef) *Object {
	if u := uniqueOf(p.original, i); u != nil {
		return &Object{Kind: UniqueKind, Name: i.Name, Constraint: u}
	}
	return &Object{Kind: IndexKind, Name: i.Name, Index: i}
}

func constraintObject[C schema.Constraint](kind Kind) func(*pair, C) *Object {
	return func(_ *pair, k C) *Object { return &Object{Kind: kind, Name: k.ConstraintName(), Constraint: k} }
}

// left are the places of those of a list that are in the part of it that is left.
func left[T comparable](places []int, list, part []T) []int {
	var out []int
	for i, p := range places {
		if i < len(list) && slices.Contains(part, list[i]) {
			out = append(out, p)
		}
	}
	return out
}
