package autogen

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// match pairs the constraints (or indexes) of two tables: by name where both
// have one, else by what they say. What is left over on either side is returned.
func match[T any](from, to []T, name func(T) string, same func(a, b T) bool) (pairs [][2]T, gone, fresh []T) {
	taken := make([]bool, len(from))
	find := func(ok func(T) bool) int {
		for i, f := range from {
			if !taken[i] && ok(f) {
				return i
			}
		}
		return -1
	}
	partner := make([]int, len(to))
	for j, b := range to {
		partner[j] = -1
		if name(b) != "" {
			partner[j] = find(func(a T) bool { return name(a) == name(b) })
		}
		if i := partner[j]; i >= 0 {
			taken[i] = true
		}
	}
	for j, b := range to {
		if partner[j] < 0 {
			partner[j] = find(func(a T) bool { return (name(a) == "" || name(b) == "") && same(a, b) })
			if i := partner[j]; i >= 0 {
				taken[i] = true
			}
		}
		if i := partner[j]; i >= 0 {
			pairs = append(pairs, [2]T{from[i], b})
		} else {
			fresh = append(fresh, b)
		}
	}
	for i, a := range from {
		if !taken[i] {
			gone = append(gone, a)
		}
	}
	return pairs, gone, fresh
}

// originalOf is the constraint of the table as it was declared or reflected
// that the canonical one was made of: the one of its name, or else of its columns.
func originalOf(p *pair, c schema.Constraint) schema.Constraint {
	all := p.original.Constraints()
	for _, o := range all {
		if o.Kind() == c.Kind() && o.ConstraintName() == c.ConstraintName() && (c.ConstraintName() != "" || sameColumns(o, c)) {
			return o
		}
	}
	for _, o := range all {
		if o.Kind() == c.Kind() && sameColumns(o, c) {
			return o
		}
	}
	return c
}

func sameColumns(a, b schema.Constraint) bool {
	return slices.Equal(columnsOf(a), columnsOf(b)) && referent(a) == referent(b)
}

func referent(c schema.Constraint) string {
	if fk, ok := c.(*schema.ForeignKeyDef); ok {
		return fk.RefTable.Name + "(" + strings.Join(fk.RefColumns, ",") + ")"
	}
	return ""
}

func columnsOf(c schema.Constraint) []string {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		return c.Columns
	case *schema.UniqueDef:
		return c.Columns
	case *schema.ForeignKeyDef:
		return c.Columns
	case *schema.CheckDef, *schema.ExcludeDef:
	}
	return nil
}

func dropConstraint(table schema.Name, c schema.Constraint) op.Operation {
	return &op.DropConstraint{Table: table, Name: c.ConstraintName(), Kind: c.Kind(), Was: c}
}

// drop drops a constraint as the side it comes from has it.
func (t *tableChange) drop(c schema.Constraint) op.Operation {
	return dropConstraint(t.name(), originalOf(t.from, c))
}

// add adds a constraint as the side it comes from has it.
func (t *tableChange) add(c schema.Constraint) op.Operation {
	return &op.AddConstraint{Table: t.name(), Constraint: schema.CloneConstraint(originalOf(t.to, c))}
}

// diffKeys compares the primary key, the unique and the exclusion constraints.
func (c *comparer) diffKeys(t *tableChange) (drops, adds []op.Operation) {
	a, b := t.from.canonical, t.to.canonical
	where := quoted(t.name().String())
	if !samePrimaryKey(a.PrimaryKey, b.PrimaryKey) {
		c.detect("primary key change on %s", where)
		if a.PrimaryKey != nil {
			drops = append(drops, t.drop(a.PrimaryKey))
		}
		if b.PrimaryKey != nil {
			adds = append(adds, t.add(b.PrimaryKey))
		}
	}
	pairs, gone, fresh := match(a.Uniques, b.Uniques,
		func(u *schema.UniqueDef) string { return u.Name }, sameUnique)
	for _, p := range pairs {
		if !sameUnique(p[0], p[1]) {
			gone, fresh = append(gone, p[0]), append(fresh, p[1])
		}
	}
	for _, u := range gone {
		c.detect("removed unique constraint %s on %s", quoted(u.Name), where)
		drops = append(drops, t.drop(u))
	}
	for _, u := range fresh {
		c.detect("added unique constraint %s on '(%s)'", quoted(u.Name), strings.Join(u.Columns, ", "))
		adds = append(adds, t.add(u))
	}
	exDrops, exAdds := c.diffExcludes(t)
	return append(drops, exDrops...), append(adds, exAdds...)
}

func samePrimaryKey(a, b *schema.PrimaryKeyDef) bool {
	if a == nil || b == nil {
		return a == b
	}
	return slices.Equal(a.Columns, b.Columns) && (a.Name == b.Name || a.Name == "" || b.Name == "")
}

// sameUnique compares what two constraints say, not their names. The order of
// columns does not matter to what a unique constraint means.
func sameUnique(a, b *schema.UniqueDef) bool {
	x, y := slices.Sorted(slices.Values(a.Columns)), slices.Sorted(slices.Values(b.Columns))
	return slices.Equal(x, y) && a.Deferral == b.Deferral && a.NullsNotDistinct == b.NullsNotDistinct
}

func (c *comparer) diffExcludes(t *tableChange) (drops, adds []op.Operation) {
	same := func(a, b *schema.ExcludeDef) bool {
		return a.Using == b.Using && a.Deferral == b.Deferral && c.sameExpr(t.name(), a.Where, b.Where) &&
			slices.EqualFunc(a.Elements, b.Elements, func(x, y schema.ExcludeElement) bool {
				return x.Operator == y.Operator && c.sameExpr(t.name(), x.Expr, y.Expr)
			})
	}
	pairs, gone, fresh := match(t.from.canonical.Excludes, t.to.canonical.Excludes,
		func(e *schema.ExcludeDef) string { return e.Name }, same)
	for _, p := range pairs {
		if !same(p[0], p[1]) {
			gone, fresh = append(gone, p[0]), append(fresh, p[1])
		}
	}
	for _, e := range gone {
		c.detect("removed exclude constraint %s on %s", quoted(e.Name), quoted(t.name().String()))
		drops = append(drops, t.drop(e))
	}
	for _, e := range fresh {
		c.detect("added exclude constraint %s on %s", quoted(e.Name), quoted(t.name().String()))
		adds = append(adds, t.add(e))
	}
	return drops, adds
}

// diffChecks compares check constraints: by name, or by condition where one has none.
func (c *comparer) diffChecks(t *tableChange) (drops, adds []op.Operation) {
	same := func(a, b *schema.CheckDef) bool { return c.sameExpr(t.name(), a.Expr, b.Expr) }
	pairs, gone, fresh := match(t.from.canonical.Checks, t.to.canonical.Checks,
		func(k *schema.CheckDef) string { return k.Name },
		func(a, b *schema.CheckDef) bool { return a.NotEnforced == b.NotEnforced && same(a, b) })
	for _, p := range pairs {
		if !same(p[0], p[1]) || p[0].NotEnforced != p[1].NotEnforced {
			gone, fresh = append(gone, p[0]), append(fresh, p[1])
		}
	}
	for _, k := range gone {
		c.detect("removed check constraint %s on %s", quoted(k.Name), quoted(t.name().String()))
		drops = append(drops, t.drop(namedCheck(t.from, k)))
	}
	for _, k := range fresh {
		c.detect("added check constraint %s on %s", quoted(k.Name), quoted(t.name().String()))
		adds = append(adds, &op.AddConstraint{Table: t.name(), Constraint: namedCheck(t.to, k).Clone()})
	}
	return drops, adds
}

// namedCheck is the original of a check. A check without a name is found by its place.
func namedCheck(p *pair, k *schema.CheckDef) *schema.CheckDef {
	for _, o := range p.original.Checks {
		if k.Name != "" && o.Name == k.Name {
			return o
		}
	}
	list := unnamedChecks(p.original)
	n := slices.Index(unnamedChecks(p.canonical), k)
	if n >= 0 && n < len(p.unnamed) {
		n = p.unnamed[n]
	}
	if n >= 0 && n < len(list) {
		return list[n]
	}
	return k
}

func unnamedChecks(t *schema.Table) (out []*schema.CheckDef) {
	for _, k := range t.Checks {
		if k.Name == "" {
			out = append(out, k)
		}
	}
	return out
}

// diffForeignKeys compares foreign keys by what they say, and by name where both have one.
func (c *comparer) diffForeignKeys(t *tableChange) {
	a, b := t.from.canonical, t.to.canonical
	pairs, gone, fresh := match(a.ForeignKeys, b.ForeignKeys,
		func(fk *schema.ForeignKeyDef) string { return fk.Name }, sameForeignKey)
	for _, p := range pairs {
		if !sameForeignKey(p[0], p[1]) || c.rests(t, p[1]) {
			gone, fresh = append(gone, p[0]), append(fresh, p[1])
		}
	}
	for _, fk := range gone {
		c.detect("removed foreign key (%s)(%s) on table %s", strings.Join(fk.Columns, ","), strings.Join(fk.RefColumns, ","), quoted(t.name().String()))
		t.dropKeys = append(t.dropKeys, t.drop(fk))
	}
	for _, fk := range fresh {
		c.detect("added foreign key (%s)(%s) on table %s", strings.Join(fk.Columns, ","), strings.Join(fk.RefColumns, ","), quoted(t.name().String()))
		t.addKeys = append(t.addKeys, t.add(fk))
	}
}

// rests reports whether a foreign key rests on a column whose type changes: a
// database refuses that change while the key stands, so the key is made anew.
func (c *comparer) rests(t *tableChange, fk *schema.ForeignKeyDef) bool {
	for _, name := range fk.Columns {
		a, b := t.from.canonical.Column(name), t.to.canonical.Column(name)
		if a != nil && b != nil && !c.options.IgnoreTypes && !a.Type.Equal(b.Type) {
			return true
		}
	}
	return false
}

// sameForeignKey compares what two keys say, not their names.
func sameForeignKey(a, b *schema.ForeignKeyDef) bool {
	return slices.Equal(a.Columns, b.Columns) && a.RefTable == b.RefTable && sameReferents(a.RefColumns, b.RefColumns) &&
		a.OnDelete == b.OnDelete && a.OnUpdate == b.OnUpdate && a.Deferral == b.Deferral && a.Match == b.Match
}

// sameReferents compares the columns pointed at; none at all means the primary key.
func sameReferents(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.Equal(a, b)
}
