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
	normalized map[schema.Name]bool // tables whose declared expressions are in the server's words
	undecided  map[schema.Name]bool // tables with expressions that rules could not compare
	detected   []string
	warnings   []string
}

func (c *comparer) detect(format string, args ...any) {
	c.detected = append(c.detected, fmt.Sprintf(format, args...))
}

func (c *comparer) warn(text string) {
	if !slices.Contains(c.warnings, text) {
		c.warnings = append(c.warnings, text)
	}
}

// diff gives the operations that lead from one side to the other, in an order
// in which they run: what others rest on is made first and dropped last.
func (c *comparer) diff(from, to *side) []op.Operation {
	newEnums, oldEnums := c.diffEnums(from, to)
	var added, removed []*pair
	var changes []tableChange
	for _, p := range to.tables {
		if old, ok := from.byName[p.canonical.Name]; ok {
			changes = append(changes, tableChange{from: old, to: p})
		} else {
			added = append(added, p)
		}
	}
	for _, p := range from.tables {
		if _, ok := to.byName[p.canonical.Name]; !ok {
			removed = append(removed, p)
		}
	}

	out := newEnums
	creates, lateKeys := c.createTables(added)
	out = append(out, creates...)
	drops := c.dropTables(removed)
	for i := range changes {
		c.diffTable(&changes[i])
	}
	out = append(out, c.order(changes, lateKeys)...)
	out = append(out, drops...)
	return append(out, oldEnums...)
}

// order puts the changes of tables one behind the other. Foreign keys are
// dropped before anything they rest on changes, and added when all is there.
func (c *comparer) order(changes []tableChange, lateKeys []op.Operation) []op.Operation {
	var out []op.Operation
	if c.batches() {
		for _, t := range changes {
			all := slices.Concat(t.dropKeys, t.changes, t.addKeys, t.dropColumns)
			out = append(out, group(t.to.canonical.Name, all)...)
		}
		return append(out, lateKeys...)
	}
	for _, t := range changes {
		out = append(out, t.dropKeys...)
	}
	for _, t := range changes {
		out = append(out, t.changes...)
	}
	out = append(out, lateKeys...)
	for _, t := range changes {
		out = append(out, t.addKeys...)
	}
	for _, t := range changes {
		out = append(out, t.dropColumns...)
	}
	return out
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

// group puts several changes of a table into one operation; a single one stays as it is.
func group(table schema.Name, changes []op.Operation) []op.Operation {
	if len(changes) < 2 {
		return changes
	}
	return []op.Operation{&op.AlterTable{Table: table, Changes: changes}}
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
