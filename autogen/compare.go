package autogen

import (
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// comparer compares two sides. It keeps what a comparison has found out.
type comparer struct {
	dialect    dialect.Dialect
	options    Options
	found      *dialect.Reflection
	down       bool                 // the comparison is the one for the downgrade: from the declaration to the database
	normalized map[schema.Name]bool // tables whose declared expressions are in the server's words
	undecided  map[schema.Name]bool // tables with expressions that rules could not compare
	detected   []string
	warnings   []string
	stays      []string                       // of warnings, those on the way back
	taken      names                          // names that tables take which they did not have
	rebuilt    map[schema.Name][]dialect.Enum // enumerations that are rebuilt: as they are, and as they will be
}

// detect keeps a line on a difference. The way back has the same differences.
func (c *comparer) detect(format string, args ...any) {
	if !c.down {
		c.detected = append(c.detected, fmt.Sprintf(format, args...))
	}
}

func (c *comparer) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(c.warnings, text) {
		c.warnings = append(c.warnings, text)
		if c.down {
			c.stays = append(c.stays, text)
		}
	}
}

// forward reports whether a foreign key may point at what is not there yet. Such a
// database (SQLite) also lets what a key points at change while the key stands.
func (c *comparer) forward() bool { return dialect.TraitsOf(c.dialect).ForwardReferences }

// diff gives the operations that lead from one side to the other, in an order
// in which they run: what others rest on is made first and dropped last.
func (c *comparer) diff(from, to *side) []op.Operation {
	enums := c.diffEnums(from, to)
	c.rebuilt = enums.rebuilt
	var added, removed []*pair
	var changes []*tableChange
	for _, p := range to.tables {
		if old, ok := from.byName[p.canonical.Name]; ok {
			changes = append(changes, &tableChange{from: old, to: p})
		} else {
			added = append(added, p)
		}
	}
	for _, p := range from.tables {
		if _, ok := to.byName[p.canonical.Name]; !ok {
			removed = append(removed, p)
		}
	}
	for _, t := range changes {
		c.loosen(t)
		t.remade, t.recast = c.remadeColumns(t), c.recastColumns(t)
	}
	c.taken = c.takenNames(from, to)
	shaken := c.shaken(changes)
	s := steps{rebuilds: enums.rebuilds}
	s.creates, s.lateKeys = c.createTables(to, added, shaken)
	s.opens, s.drops = c.dropTables(removed, shaken)
	for _, t := range changes {
		c.diffTable(t, shaken)
	}
	c.inherit(changes)
	if clash(removed, to) || slices.ContainsFunc(removed, func(p *pair) bool { return c.holdsRebuilt(p.canonical) }) || c.inheritFromChanged(from, removed, changes) {
		s.early, s.drops = c.early(s.drops)
	}
	if c.inheritFromChanged(to, added, changes) {
		s.creates, s.children = nil, s.creates
	}
	newSequences, oldSequences := c.diffSequences(from, to)
	tables := c.order(changes, s)
	freed, owned := sequenceOwners(from, to, tables)
	return slices.Concat(newSequences, enums.before, freed, tables, enums.after, owned, oldSequences)
}

// steps are the operations on whole tables, by the time at which they may run.
type steps struct {
	opens    []op.Operation // drops of foreign keys of removed tables that are in the way of other changes
	early    []op.Operation // the part of drops that frees names which new tables take
	rebuilds []op.Operation // enumerations that get other values
	creates  []op.Operation
	children []op.Operation // creates, where a new table inherits from one that changes
	lateKeys []op.Operation // foreign keys of added tables that must wait
	drops    []op.Operation
}

// order puts the changes of tables one behind the other. Foreign keys are
// dropped before anything they rest on changes, and added when all is there.
func (c *comparer) order(changes []*tableChange, s steps) []op.Operation {
	var dropKeys, early, middle, addKeys, dropColumns []op.Operation
	batches := c.batches()
	for _, t := range changes {
		early = append(early, t.early...)
		switch {
		case batches && c.forward(): // one group, so that the table is copied once
			indexes, rest := splitIndexDrops(t.changes)
			middle = append(middle, group(t.name(), slices.Concat(indexes, t.dropKeys, rest, t.addKeys, t.dropColumns))...)
		case batches:
			dropKeys = append(dropKeys, group(t.name(), t.dropKeys)...)
			middle = append(middle, group(t.name(), slices.Concat(t.changes, t.dropColumns))...)
			addKeys = append(addKeys, group(t.name(), t.addKeys)...)
		default:
			dropKeys = append(dropKeys, t.dropKeys...)
			middle = append(middle, t.changes...)
			addKeys = append(addKeys, t.addKeys...)
			dropColumns = append(dropColumns, t.dropColumns...)
		}
	}
	return slices.Concat(s.opens, dropKeys, early, s.early, s.rebuilds, s.creates, middle, s.children, s.lateKeys, addKeys, dropColumns, s.drops)
}

func splitIndexDrops(ops []op.Operation) (indexes, rest []op.Operation) {
	for _, o := range ops {
		if _, ok := o.(*op.DropIndex); ok {
			indexes = append(indexes, o)
		} else {
			rest = append(rest, o)
		}
	}
	return indexes, rest
}

func (c *comparer) batches() bool {
	switch c.options.Batch {
	case BatchAlways:
		return true
	case BatchNever:
		return false
	case BatchAuto:
	}
	return dialect.TraitsOf(c.dialect).BatchesChanges
}

// group puts several changes of a table into one operation; a single one stays as it
// is, and so does one of another table that stands among them.
func group(table schema.Name, changes []op.Operation) (out []op.Operation) {
	var run []op.Operation
	end := func() {
		if len(run) > 1 {
			run = []op.Operation{&op.AlterTable{Table: table, Changes: run}}
		}
		out, run = append(out, run...), nil
	}
	for _, o := range changes {
		if of, ok := op.TableOf(o); ok && of != table {
			end()
			out = append(out, o)
			continue
		}
		run = append(run, o)
	}
	end()
	return out
}

// mayMeanSame reports whether two options may say the same, of which only the
// server can tell and has not yet.
func (c *comparer) mayMeanSame(table schema.Name, a, b schema.Option) bool {
	m, ok := a.(interface{ MayMeanSame(schema.Option) bool })
	if !ok || b == nil || !m.MayMeanSame(b) || c.normalized[table] {
		return false
	}
	c.undecided[table] = true
	return true
}

// sameExpr reports whether two expressions of a table say the same.
func (c *comparer) sameExpr(table schema.Name, a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	switch c.dialect.EqualExpr(a, b) {
	case dialect.Same:
		return true
	case dialect.Different:
		return false
	case dialect.Undecided:
	}
	if c.normalized[table] {
		return false // both are in the server's words, and they are not the same words
	}
	c.undecided[table] = true
	return true
}
