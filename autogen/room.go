package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// early parts the drops of removed tables into those that must come before new tables
// are made, to free names, and those that come last. With forward references (SQLite)
// only indexes are dropped early: foreign keys go later, with the copies of their
// tables, and a table that is dropped before could take the rows that point at it along.
func (c *comparer) early(drops []op.Operation) (early, late []op.Operation) {
	if c.forward() {
		return splitIndexDrops(drops)
	}
	return drops, nil
}

// clash reports whether a constraint, index or sequence of a removed table has the name of one
// that the other side has too, as when a table is dropped and made under another
// name: in most databases two tables cannot both have it.
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
	for _, c := range t.Columns {
		if o := standingOf(c); o != nil && o.Takes() != "" {
			names = append(names, o.Takes())
		}
	}
	return names
}

// names are the names of new constraints and indexes, with the tables that get them.
type names map[string][]schema.Name

// takenNames are the names of constraints and indexes that tables have in to and not
// in from.
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

// makeRoom moves what frees names that another table takes from drops to early.
func (t *tableChange) makeRoom(taken names, drops []op.Operation) (rest []op.Operation) {
	for _, o := range drops {
		if name := freedName(o); name != "" && slices.ContainsFunc(taken[name], func(n schema.Name) bool { return n != t.name() }) {
			t.early = append(t.early, o)
		} else {
			rest = append(rest, o)
		}
	}
	return rest
}

// freedName is the name that an operation frees, empty for none. A column whose sequence
// gets another name frees that of the old one, if nothing else changes that must wait.
func freedName(o op.Operation) string {
	switch o := o.(type) {
	case *op.DropConstraint:
		return o.Name
	case *op.DropIndex:
		return o.Name
	case *op.AlterColumn:
		if o.Existing == nil || o.Change.Any(^(ddl.OptionsAspect | ddl.AutoIncrementAspect)) {
			return ""
		}
		from, to := standingOf(o.Existing), standingOf(&o.New)
		if from != nil && (to == nil || to.Takes() != from.Takes()) {
			return from.Takes()
		}
	}
	return ""
}
