package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// createTables makes added tables, each behind those its foreign keys point at.
// Where tables point at each other in a circle, the keys that close it come
// behind all tables.
func (c *comparer) createTables(added []*pair) (creates, lateKeys []op.Operation) {
	order, cut := sortByForeignKeys(added)
	forward := dialect.TraitsOf(c.dialect).ForwardReferences
	for _, p := range order {
		name := p.canonical.Name
		c.detect("added table %s", quoted(name.String()))
		t := p.original.Clone()
		t.Name = name
		t.Indexes = nil
		if keys := cut[name]; len(keys) > 0 && !forward {
			t.ForeignKeys = slices.DeleteFunc(t.ForeignKeys, func(fk *schema.ForeignKeyDef) bool {
				late := slices.Contains(keys, fk.RefTable)
				if late {
					lateKeys = append(lateKeys, &op.AddConstraint{Table: name, Constraint: fk})
				}
				return late
			})
		}
		creates = append(creates, &op.CreateTable{Table: t})
		for _, i := range p.original.Indexes {
			c.detect("added index %s on '(%s)'", quoted(i.Name), keyText(i))
			creates = append(creates, &op.CreateIndex{Table: name, Index: i})
		}
	}
	return creates, lateKeys
}

// dropTables drops removed tables, each before those its foreign keys point at.
// A circle of foreign keys is opened first.
func (c *comparer) dropTables(removed []*pair) []op.Operation {
	order, cut := sortByForeignKeys(removed)
	slices.Reverse(order)
	forward := dialect.TraitsOf(c.dialect).ForwardReferences
	var opens, drops []op.Operation
	for _, p := range order {
		name := p.canonical.Name
		was := p.original.Clone()
		was.Indexes = nil
		if keys := cut[name]; len(keys) > 0 && !forward {
			was.ForeignKeys = slices.DeleteFunc(was.ForeignKeys, func(fk *schema.ForeignKeyDef) bool {
				open := slices.Contains(keys, fk.RefTable) && fk.Name != ""
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
			drops = append(drops, &op.DropIndex{Table: name, Name: i.Name, Was: i})
		}
		c.detect("removed table %s", quoted(name.String()))
		drops = append(drops, &op.DropTable{Table: name, Was: was})
	}
	return append(opens, drops...)
}

// droppable are the indexes that are dropped before their table. An index that a
// foreign key of the table rests on goes with the table: MySQL refuses to drop it alone (error 1553).
func (c *comparer) droppable(p *pair) []*schema.IndexDef {
	var out []*schema.IndexDef
	for _, i := range p.original.Indexes {
		cols, _ := i.PlainColumns()
		rests := slices.ContainsFunc(p.original.ForeignKeys, func(fk *schema.ForeignKeyDef) bool {
			return len(cols) >= len(fk.Columns) && slices.Equal(cols[:len(fk.Columns)], fk.Columns)
		})
		if !rests {
			out = append(out, i)
		}
	}
	return out
}

// sortByForeignKeys orders tables so that each stands behind those it points
// at, by name where that leaves a choice. cut holds, for a table in a circle,
// the tables it points at that stand behind it all the same.
func sortByForeignKeys(tables []*pair) (order []*pair, cut map[schema.Name][]schema.Name) {
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
		for _, target := range targets(p.canonical) {
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
