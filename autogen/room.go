package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// early takes from the removal of tables what must come before others are made.
// With forward references that is the indexes: a table that is dropped while
// keys that go later still point at it could take rows with it.
func (c *comparer) early(drops []op.Operation) (early, late []op.Operation) {
	if c.forward() {
		return splitIndexDrops(drops)
	}
	return drops, nil
}

// clash reports whether a removed table has the name of a constraint or index
// that stands on the other side as well, as when a table was renamed: in most
// databases two tables cannot both have it.
func clash(removed []*pair, to *side) bool {
	names := map[string]bool{}
	for _, p := range removed {
		for _, n := range namesIn(p.original) {
			names[n] = true
		}
	}
	return len(names) > 0 && slices.ContainsFunc(to.tables, func(p *pair) bool {
		return slices.ContainsFunc(namesIn(p.original), func(n string) bool { return names[n] })
	})
}

func namesIn(t *schema.Table) (names []string) {
	for _, c := range t.Constraints() {
		if n := c.ConstraintName(); n != "" {
			names = append(names, n)
		}
	}
	for _, i := range t.Indexes {
		names = append(names, i.Name)
	}
	return names
}

// names are those of constraints and indexes that come to be, with the tables
// that they come to.
type names map[string][]schema.Name

// takenNames are the names that a table has on the other side and not on this one.
func (c *comparer) takenNames(from, to *side) names {
	out := names{}
	for _, p := range to.tables {
		var had []string
		if old, ok := from.byName[p.canonical.Name]; ok {
			had = c.sharedNames(old.original)
		}
		for _, n := range c.sharedNames(p.original) {
			if !slices.Contains(had, n) {
				out[n] = append(out[n], p.canonical.Name)
			}
		}
	}
	return out
}

// sharedNames are the names that no other table of the schema may have.
func (c *comparer) sharedNames(t *schema.Table) []string {
	if dialect.TraitsOf(c.dialect).OwnIndexNames {
		t = &schema.Table{Name: t.Name, Checks: t.Checks, ForeignKeys: t.ForeignKeys}
	}
	return namesIn(t)
}

// makeRoom takes from the drops of a table those of a name that another table takes.
func (t *tableChange) makeRoom(taken names, drops []op.Operation) (rest []op.Operation) {
	for _, o := range drops {
		if slices.ContainsFunc(taken[droppedName(o)], func(n schema.Name) bool { return n != t.name() }) {
			t.early = append(t.early, o)
		} else {
			rest = append(rest, o)
		}
	}
	return rest
}

func droppedName(o op.Operation) string {
	switch o := o.(type) {
	case *op.DropConstraint:
		return o.Name
	case *op.DropIndex:
		return o.Name
	}
	return ""
}
