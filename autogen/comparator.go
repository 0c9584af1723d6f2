package autogen

import (
	"context"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// Comparator is a comparison that an environment adds (comparators.dispatch_for): it
// looks at both sides and appends operations, which may be types of its own. An
// error ends the comparison.
type Comparator func(ctx context.Context, c *Comparison) error

// Comparison is what a [Comparator] is given.
type Comparison struct {
	Dialect    dialect.Dialect
	Conn       dialect.Conn        // the connection that is compared, for what was not read
	Reflection *dialect.Reflection // all that was read of the database
	Metadata   []*schema.Metadata  // what is declared

	have, want *side
	result     *Result
}

// TablePair is a table on both sides, as the database has it and as it is declared.
type TablePair struct {
	Name      schema.Name
	Reflected *schema.Table // nil if it is not in the database
	Declared  *schema.Table // nil if it is not declared
}

// Tables are the tables that take part, by name, with the default schema left
// out. They are not to be changed.
func (c *Comparison) Tables() []TablePair {
	byName := map[schema.Name]*TablePair{}
	var list []*TablePair
	at := func(n schema.Name) *TablePair {
		if byName[n] == nil {
			byName[n] = &TablePair{Name: n}
			list = append(list, byName[n])
		}
		return byName[n]
	}
	for _, p := range c.have.tables {
		at(p.canonical.Name).Reflected = p.original
	}
	for _, p := range c.want.tables {
		at(p.canonical.Name).Declared = p.original
	}
	slices.SortFunc(list, func(a, b *TablePair) int { return a.Name.Compare(b.Name) })
	out := make([]TablePair, len(list))
	for i, p := range list {
		out[i] = *p
	}
	return out
}

// Append puts operations at the end of the upgrade, and their reverses at the
// beginning of the downgrade; the reverse of one that has none is an
// [op.Irreversible], which fails when it runs. The operation's String becomes the
// line on what was detected.
func (c *Comparison) Append(ops ...op.Operation) {
	for _, o := range ops {
		c.result.Upgrade = append(c.result.Upgrade, o)
		c.result.Downgrade = slices.Insert(c.result.Downgrade, 0, op.Undo(o))
		c.result.Detected = append(c.result.Detected, o.String())
	}
}

// Prepend is Append for operations that others rest on: it puts them at the beginning
// of the upgrade, and their reverses at the end of the downgrade.
func (c *Comparison) Prepend(ops ...op.Operation) {
	for _, o := range slices.Backward(ops) {
		c.result.Upgrade = slices.Insert(c.result.Upgrade, 0, o)
		c.result.Downgrade = append(c.result.Downgrade, op.Undo(o))
	}
	for _, o := range ops {
		c.result.Detected = append(c.result.Detected, o.String())
	}
}

// Warn tells of what could not be compared.
func (c *Comparison) Warn(text string) { c.result.Warnings = append(c.result.Warnings, text) }

// compareOwn calls the environment's own comparisons.
func (c *comparer) compareOwn(ctx context.Context, conn dialect.Conn, have, want *side, r *Result) error {
	for _, f := range c.options.Comparators {
		err := f(ctx, &Comparison{
			Dialect: c.dialect, Conn: conn, Reflection: c.found, Metadata: c.options.Metadata, have: have, want: want, result: r,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
