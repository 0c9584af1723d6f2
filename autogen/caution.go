package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// caution warns of a table whose columns and keys the database changes only in a
// session that is set up for it (see [dialect.Cautioner]).
func (c *comparer) caution(t *tableChange) {
	d, ok := c.dialect.(dialect.Cautioner)
	if !ok || !slices.ContainsFunc(slices.Concat(t.changes, t.dropColumns), reshapes) {
		return
	}
	if text := d.Caution(t.from.canonical); text != "" {
		c.warn("table %s %s", quoted(t.name().String()), text)
	}
}

// reshapes reports whether an operation, or one in its group, changes columns or
// unique keys.
func reshapes(o op.Operation) bool {
	switch o := o.(type) {
	case *op.AlterTable:
		return slices.ContainsFunc(o.Changes, reshapes)
	case *op.AddColumn, *op.DropColumn:
		return true
	case *op.AlterColumn:
		return o.Change.Any(ddl.AllAspect &^ ddl.DefaultAspect)
	case *op.AddConstraint:
		return o.Constraint.Kind() == schema.PrimaryKeyKind || o.Constraint.Kind() == schema.UniqueKind
	case *op.DropConstraint:
		return o.Kind == schema.PrimaryKeyKind
	case *op.CreateIndex:
		return o.Index.Unique
	}
	return false
}
