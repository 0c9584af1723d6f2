package autogen

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func dropConstraint(table schema.Name, c schema.Constraint) op.Operation {
	return &op.DropConstraint{Table: table, Name: c.ConstraintName(), Kind: c.Kind(), Was: c}
}

// drop drops a constraint as the side it comes from has it.
func (t *tableChange) drop(c schema.Constraint) op.Operation {
	return dropConstraint(t.name(), schema.CloneConstraint(t.from.source(c)))
}

// add adds a constraint as the side it comes from has it.
func (t *tableChange) add(c schema.Constraint) op.Operation {
	return &op.AddConstraint{Table: t.name(), Constraint: schema.CloneConstraint(t.to.source(c))}
}

// again adds a constraint that is dropped only while something else changes. If it is
// declared without a name it gets the name back that the server had made up, and it is
// no more valid than it was: rows that break it are no matter of the change.
func (t *tableChange) again(had, c schema.Constraint) op.Operation {
	add := t.add(c).(*op.AddConstraint)
	before := t.from.source(had)
	if name := before.ConstraintName(); add.Constraint.ConstraintName() == "" && name != "" {
		nameConstraint(add.Constraint, name)
	}
	if schema.IsNotValid(before) {
		schema.NotValid().AddToConstraint(add.Constraint)
	}
	return add
}

func nameConstraint(c schema.Constraint, name string) {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		c.Name = name
	case *schema.UniqueDef:
		c.Name = name
	case *schema.CheckDef:
		c.Name = name
	case *schema.ForeignKeyDef:
		c.Name = name
	case *schema.ExcludeDef:
		c.Name = name
	}
}

// diffKind compares the constraints of one kind. One that differs is dropped and
// added anew; added spells what was added, for the message.
func diffKind[C schema.Constraint](c *comparer, t *tableChange, from, to []C, same func(a, b C) bool, added func(C) string) (drops, adds []op.Operation) {
	pairs, gone, fresh := match(from, to, byName, unnamedAnd(same))
	if c.down {
		fresh = slices.DeleteFunc(fresh, func(k C) bool { return c.inheritedCheck(t.to, k) })
	} else {
		gone = slices.DeleteFunc(gone, func(k C) bool { return c.inheritedCheck(t.from, k) })
	}
	table := quoted(t.name().String())
	for _, k := range gone {
		c.detect("removed %s on %s", constraintText(k), table)
		drops = append(drops, t.drop(k))
	}
	for _, p := range pairs {
		differs := !same(p[0], p[1])
		if differs {
			c.detect("changed %s on %s", constraintText(p[1]), table)
		}
		switch {
		case differs:
			drops, adds = append(drops, t.drop(p[0])), append(adds, t.add(p[1]))
		case t.moves(constraintUses(p[1])):
			drops, adds = append(drops, t.drop(p[0])), append(adds, t.again(p[0], p[1]))
		}
	}
	for _, k := range fresh {
		c.detect("added %s on %s", constraintText(k), added(k))
		adds = append(adds, t.add(k))
	}
	// What has no name is found by what it says: after a named one that says the same is gone.
	slices.SortStableFunc(drops, func(a, b op.Operation) int { return nameless(a) - nameless(b) })
	return drops, adds
}

func constraintText(c schema.Constraint) string {
	if c.ConstraintName() == "" {
		return "unnamed " + c.Kind().String()
	}
	return c.Kind().String() + " " + quoted(c.ConstraintName())
}

func nameless(o op.Operation) int {
	if d, ok := o.(*op.DropConstraint); ok && d.Name == "" {
		return 1
	}
	return 0
}

// diffKeys compares the primary key, the unique and the exclusion constraints.
func (c *comparer) diffKeys(t *tableChange) (drops, adds []op.Operation) {
	a, b := t.from.canonical, t.to.canonical
	differs := !samePrimaryKey(a.PrimaryKey, b.PrimaryKey)
	if differs {
		c.detect("primary key change on %s", quoted(t.name().String()))
	}
	if differs || b.PrimaryKey != nil && (t.moves(constraintUses(b.PrimaryKey)) || t.carriesAnew(a.PrimaryKey.Options)) {
		if a.PrimaryKey != nil {
			drops = append(drops, t.drop(a.PrimaryKey))
		}
		if b.PrimaryKey != nil {
			adds = append(adds, t.add(b.PrimaryKey))
		}
	}
	drop, add := diffKind(c, t, a.Uniques, b.Uniques, sameUnique, func(u *schema.UniqueDef) string { return tuple(u.Columns) })
	drops, adds = append(drops, drop...), append(adds, add...)
	drop, add = diffKind(c, t, a.Excludes, b.Excludes, func(x, y *schema.ExcludeDef) bool { return c.sameExclude(t, x, y) },
		func(*schema.ExcludeDef) string { return quoted(t.name().String()) })
	return append(drops, drop...), append(adds, add...)
}

func samePrimaryKey(a, b *schema.PrimaryKeyDef) bool {
	if a == nil || b == nil {
		return a == b
	}
	return slices.Equal(a.Columns, b.Columns) && (a.Name == b.Name || a.Name == "" || b.Name == "") && sameOptions(a.Options, b.Options)
}

// sameUnique compares what two constraints say, not their names. The order of
// columns does not matter to what a unique constraint means.
func sameUnique(a, b *schema.UniqueDef) bool {
	return sameSet(a.Columns, b.Columns) && a.Deferral == b.Deferral && a.NullsNotDistinct == b.NullsNotDistinct && sameOptions(a.Options, b.Options)
}

func (c *comparer) sameExclude(t *tableChange, a, b *schema.ExcludeDef) bool {
	return a.Using == b.Using && a.Deferral == b.Deferral && sameOptions(a.Options, b.Options) &&
		slices.EqualFunc(a.Elements, b.Elements, func(x, y schema.ExcludeElement) bool {
			return x.Operator == y.Operator && c.sameExpr(t.name(), x.Expr, y.Expr)
		}) && c.sameExpr(t.name(), a.Where, b.Where)
}

// diffChecks compares check constraints: by name, or by condition where one has none.
func (c *comparer) diffChecks(t *tableChange) (drops, adds []op.Operation) {
	same := func(a, b *schema.CheckDef) bool {
		return a.NotEnforced == b.NotEnforced && sameOptions(a.Options, b.Options) && c.sameExpr(t.name(), a.Expr, b.Expr)
	}
	from, to := t.from.canonical.Checks, t.to.canonical.Checks
	if c.down {
		to = c.ownFirst(t.to, to)
	} else {
		from = c.ownFirst(t.from, from)
	}
	return diffKind(c, t, from, to, same,
		func(*schema.CheckDef) string { return quoted(t.name().String()) })
}

// diffForeignKeys compares foreign keys by what they say. As in Alembic their
// names do not count: two that say the same under other names are the same.
func (c *comparer) diffForeignKeys(t *tableChange, shaken shaken) {
	a, b := t.from.canonical, t.to.canonical
	pairs, gone, fresh := match(a.ForeignKeys, b.ForeignKeys,
		func(a, b *schema.ForeignKeyDef) bool { return byName(a, b) && sameForeignKey(a, b) }, sameForeignKey, byName)
	text := func(what string, fk *schema.ForeignKeyDef) {
		c.detect("%s foreign key (%s)(%s) on table %s", what, strings.Join(fk.Columns, ", "), strings.Join(fk.RefColumns, ", "), t.name())
	}
	for _, fk := range gone {
		text("removed", fk)
		t.dropKeys = append(t.dropKeys, t.drop(fk))
	}
	for _, p := range pairs {
		same := sameForeignKey(p[0], p[1])
		if !same {
			text("removed", p[0])
			text("added", p[1])
		}
		switch {
		case !same:
			t.dropKeys = append(t.dropKeys, t.drop(p[0]))
			t.addKeys = append(t.addKeys, t.add(p[1]))
		case shaken != nil && c.disturbed(t, p[1], shaken):
			t.dropKeys = append(t.dropKeys, t.drop(p[0]))
			t.addKeys = append(t.addKeys, t.again(p[0], p[1]))
		}
	}
	for _, fk := range fresh {
		text("added", fk)
		t.addKeys = append(t.addKeys, t.add(fk))
	}
}

// disturbed reports whether what a foreign key rests on changes, on its own side
// or where it points: a database refuses that while the key stands (MySQL 1832
// and 1833, PostgreSQL 2BP01), so the key is made anew.
func (c *comparer) disturbed(t *tableChange, fk *schema.ForeignKeyDef, shaken shaken) bool {
	return slices.ContainsFunc(fk.Columns, func(n string) bool { return c.retyped(t, n) }) || shaken.disturbs(c, fk) ||
		dialect.TraitsOf(c.dialect).IndexedKeys && t.losesIndex(fk)
}

// sameForeignKey compares what two keys say, not their names.
func sameForeignKey(a, b *schema.ForeignKeyDef) bool {
	return slices.Equal(a.Columns, b.Columns) && a.RefTable == b.RefTable && sameReferents(a.RefColumns, b.RefColumns) &&
		a.OnDelete == b.OnDelete && a.OnUpdate == b.OnUpdate && a.Deferral == b.Deferral && a.Match == b.Match &&
		sameOptions(a.Options, b.Options)
}

// sameReferents compares the columns pointed at; none at all means the primary key.
func sameReferents(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.Equal(a, b)
}
