package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// diffIndexes compares indexes by name. One that differs is dropped and made anew.
func (c *comparer) diffIndexes(t *tableChange) (drops, adds []op.Operation) {
	same := func(x, y *schema.IndexDef) bool { return c.sameIndex(t.name(), x, y) }
	pairs, gone, fresh := match(t.from.canonical.Indexes, t.to.canonical.Indexes,
		func(x, y *schema.IndexDef) bool { return x.Name != "" && x.Name == y.Name },
		func(x, y *schema.IndexDef) bool { return (x.Name == "" || y.Name == "") && same(x, y) })
	table := quoted(t.name().String())
	for _, i := range gone {
		c.detect("removed index %s on %s", quoted(i.Name), table)
		drops = append(drops, dropKey(t, i))
	}
	for _, p := range pairs {
		differs := !same(p[0], p[1])
		if differs {
			c.detect("changed index %s on %s", quoted(p[1].Name), table)
		}
		if differs || t.moves(indexUses(p[1])) || t.carriesAnew(p[0].Options) {
			drops, adds = append(drops, dropKey(t, p[0])), append(adds, addKey(t, p[1]))
		}
	}
	for _, i := range fresh {
		c.detect("added index %s on %s", quoted(i.Name), keyText(i))
		adds = append(adds, addKey(t, i))
	}
	return drops, adds
}

// dropKey drops an index, or the unique constraint that it is on the side it comes from.
func dropKey(t *tableChange, i *schema.IndexDef) op.Operation {
	if u := uniqueOf(t.from.original, i); u != nil {
		return dropConstraint(t.name(), namedAs(u, i.Name))
	}
	if o := t.from.original.Index(i.Name); o != nil {
		i = o
	}
	return &op.DropIndex{Table: t.name(), Name: i.Name, Was: i.Clone()}
}

// addKey adds an index, or the unique constraint that was declared for it.
func addKey(t *tableChange, i *schema.IndexDef) op.Operation {
	if u := uniqueOf(t.to.original, i); u != nil {
		return &op.AddConstraint{Table: t.name(), Constraint: u.Clone()}
	}
	if o := t.to.original.Index(i.Name); o != nil {
		i = o
	}
	return &op.CreateIndex{Table: t.name(), Index: i.Clone()}
}

// uniqueOf is the unique constraint that an index stands for, where the database
// makes no difference between the two (MySQL).
func uniqueOf(t *schema.Table, i *schema.IndexDef) *schema.UniqueDef {
	if !i.Unique || t.Index(i.Name) != nil {
		return nil
	}
	cols, _ := i.PlainColumns()
	named := func(u *schema.UniqueDef) bool { return u.Name == i.Name && u.Name != "" }
	unnamed := func(u *schema.UniqueDef) bool { return u.Name == "" && slices.Equal(u.Columns, cols) }
	for _, which := range []func(*schema.UniqueDef) bool{named, unnamed} {
		if at := slices.IndexFunc(t.Uniques, which); at >= 0 {
			return t.Uniques[at]
		}
	}
	return nil
}

func namedAs(u *schema.UniqueDef, name string) *schema.UniqueDef {
	u = u.Clone()
	if name != "" {
		u.Name = name
	}
	return u
}

// sameIndex compares what two indexes say, not their names.
func (c *comparer) sameIndex(table schema.Name, a, b *schema.IndexDef) bool {
	return a.Unique == b.Unique && a.Using == b.Using && a.Comment == b.Comment &&
		a.NullsNotDistinct == b.NullsNotDistinct && slices.Equal(a.Include, b.Include) &&
		c.sameExpr(table, a.Where, b.Where) && sameOptions(a.Options, b.Options) &&
		slices.EqualFunc(a.Parts, b.Parts, func(x, y schema.IndexPart) bool { return c.samePart(table, x, y) })
}

// samePart compares two keys. Which collation and which operator class an expression
// has by itself the server knows; where only one side says them, they may be those.
func (c *comparer) samePart(table schema.Name, x, y schema.IndexPart) bool {
	ex, ey := x.Expr, y.Expr
	if ex != "" && ey != "" && !c.normalized[table] {
		for _, k := range [][2]*string{{&x.Collation, &y.Collation}, {&x.OpClass, &y.OpClass}} {
			if *k[0] != *k[1] && (*k[0] == "" || *k[1] == "") {
				c.undecided[table] = true
				*k[0], *k[1] = "", ""
			}
		}
	}
	x.Expr, y.Expr = "", ""
	return x == y && c.sameExpr(table, ex, ey)
}

// keyText is the key of an index.
func keyText(i *schema.IndexDef) string {
	parts := make([]string, len(i.Parts))
	for n, p := range i.Parts {
		parts[n] = p.Column + p.Expr
	}
	return tuple(parts)
}
