package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// createTables makes added tables, each behind those its foreign keys point at.
// Keys that must wait come behind all tables: those that close a circle, and
// those that point at what changes on the way.
func (c *comparer) createTables(to *side, added []*pair, shaken shaken) (creates, lateKeys []op.Operation) {
	order, cut := c.sortTables(added)
	for _, p := range order {
		name := p.canonical.Name
		c.detect("added table %s", quoted(name.String()))
		t := p.original.Clone()
		t.Indexes = c.indexesInside(t)
		if !c.forward() {
			t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(fk *schema.ForeignKeyDef) bool {
				late := slices.Contains(cut[name], fk.RefTable) || shaken.disturbs(c, fk) || c.indexedLater(p, fk)
				if late {
					lateKeys = append(lateKeys, &op.AddConstraint{Table: name, Constraint: fk})
				}
				return late
			})
		}
		creates = append(creates, &op.CreateTable{Table: t})
		creates = append(creates, c.createdUnder(to, p)...)
		for _, i := range p.original.Indexes {
			c.detect("added index %s on %s", quoted(i.Name), keyText(i))
			if t.Index(i.Name) != nil {
				continue
			}
			creates = append(creates, &op.CreateIndex{Table: name, Index: i.Clone()})
		}
	}
	return creates, lateKeys
}

// indexedLater reports whether a foreign key had better wait for an index of its new
// table that serves it: the database would keep a second one.
func (c *comparer) indexedLater(p *pair, fk *schema.ForeignKeyDef) bool {
	return dialect.TraitsOf(c.dialect).KeepsKeyIndexes &&
		slices.ContainsFunc(p.original.Indexes, func(i *schema.IndexDef) bool { return leads(i, fk.Columns) })
}

// dropTables drops removed tables, each before those its foreign keys point at.
// Keys that stand in the way are dropped first: those that close a circle, and
// those that point at what changes on the way.
func (c *comparer) dropTables(removed []*pair, shaken shaken) (opens, drops []op.Operation) {
	order, cut := c.sortTables(removed)
	for _, p := range slices.Backward(order) {
		name := p.canonical.Name
		was := p.original.Clone()
		was.Indexes = c.indexesInside(was)
		if !c.forward() {
			was.ForeignKeys = slices.DeleteFunc(was.ForeignKeys, func(fk *schema.ForeignKeyDef) bool {
				open := slices.Contains(cut[name], fk.RefTable) || shaken.disturbs(c, fk)
				if open {
					opens = append(opens, dropConstraint(name, fk))
				}
				return open
			})
		}
		for _, i := range p.original.Indexes {
			c.detect("removed index %s on %s", quoted(i.Name), quoted(name.String()))
		}
		for _, i := range c.droppable(p) {
			drops = append(drops, &op.DropIndex{Table: name, Name: i.Name, Was: i.Clone()})
		}
		c.detect("removed table %s", quoted(name.String()))
		drops = append(drops, &op.DropTable{Table: name, Was: was})
	}
	return opens, drops
}

// droppable are the indexes that are dropped before their table. As a rule they
// go with it: MySQL refuses to drop one alone that a foreign key, its own or
// another table's, rests on (error 1553). Where tables are dropped behind the
// creation of others their names must be free before.
func (c *comparer) droppable(p *pair) []*schema.IndexDef {
	if c.forward() {
		return p.original.Indexes
	}
	return nil
}

// sortTables orders tables so that each stands behind those it points at and
// those it inherits from, by name where that leaves a choice. cut holds, for a table in a circle,
// the tables it points at that stand behind it all the same.
func (c *comparer) sortTables(tables []*pair) (order []*pair, cut map[schema.Name][]schema.Name) {
	byName := make(map[schema.Name]*pair, len(tables))
	for _, p := range tables {
		byName[p.canonical.Name] = p
	}
	sorted := slices.SortedFunc(slices.Values(tables), func(a, b *pair) int {
		return a.canonical.Name.Compare(b.canonical.Name)
	})
	const visiting, done = 1, 2
	state := make(map[schema.Name]int, len(tables))
	cut = map[schema.Name][]schema.Name{}
	var visit func(p *pair)
	visit = func(p *pair) {
		name := p.canonical.Name
		state[name] = visiting
		for _, target := range append(c.parents(p.canonical), targets(p.canonical)...) {
			next, ok := byName[target]
			switch {
			case !ok || target == name:
			case state[target] == visiting:
				cut[name] = append(cut[name], target)
			case state[target] != done:
				visit(next)
			}
		}
		state[name] = done
		order = append(order, p)
	}
	for _, p := range sorted {
		if state[p.canonical.Name] == 0 {
			visit(p)
		}
	}
	return order, cut
}

// targets are the tables a table points at, sorted.
func targets(t *schema.Table) []schema.Name {
	var out []schema.Name
	for _, fk := range t.ForeignKeys {
		out = append(out, fk.RefTable)
	}
	slices.SortFunc(out, schema.Name.Compare)
	return slices.Compact(out)
}
