package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// RebuildEnum makes a new type and moves the columns over to it. Whatever holds values
// of the old type must be dropped before: defaults that are a value which goes, and
// checks, indexes and generated columns whose expressions name columns of the type.

// isRebuilt reports whether the type of a column is rebuilt.
func (c *comparer) isRebuilt(col *schema.ColumnDef) bool {
	e, _, ok := schema.EnumOf(col.Type)
	return ok && len(c.rebuilt[enumName(e)]) > 0
}

func (c *comparer) holdsRebuilt(t *schema.Table) bool {
	return slices.ContainsFunc(t.Columns, c.isRebuilt)
}

// loosen drops the defaults that are values which a rebuilt enumeration loses, and
// notes the columns of the type. The comparison goes on from the table without them.
func (c *comparer) loosen(t *tableChange) {
	if len(c.rebuilt) == 0 {
		return
	}
	t.rebuilt = map[string]bool{}
	from := t.from
	for _, col := range t.from.canonical.Columns {
		if !c.isRebuilt(col) {
			continue
		}
		t.rebuilt[col.Name] = true
		e, _, _ := schema.EnumOf(col.Type)
		to := t.to.canonical.Column(col.Name)
		if values := c.rebuilt[enumName(e)]; !lostDefault(col, values[0], values[1]) {
			continue
		}
		without := col.Clone()
		without.Default = schema.NoExpr()
		t.early = append(t.early, &op.AlterColumn{
			Table: t.name(), Name: col.Name, Change: ddl.DefaultAspect,
			New: *without.Clone(), Existing: t.from.original.Column(col.Name).Clone(),
		})
		if to != nil && to.Default.IsZero() {
			c.detect("server default on column %s", quoted(t.name().String(), col.Name))
		}
		if from == t.from {
			from = &pair{canonical: t.from.canonical.Clone(), original: t.from.original.Clone(), checks: t.from.checks, excludes: t.from.excludes}
		}
		from.canonical.Column(col.Name).Default = schema.NoExpr()
		from.original.Column(col.Name).Default = schema.NoExpr()
	}
	t.from = from
}

// clearWay moves to early, from drops and from the changes of columns, what names a
// column of an enumeration that is rebuilt. If that is a generated column, all drops
// are moved, for indexes and keys may rest on it.
func (t *tableChange) clearWay(drops, altered []op.Operation) (laterDrops, laterAltered []op.Operation) {
	if len(t.rebuilt) == 0 {
		return drops, altered
	}
	inTheWay := func(o op.Operation) bool {
		if d, ok := o.(*op.DropColumn); ok {
			return d.Was.Computed != nil && about(t.rebuilt, []string{d.Was.Computed.Expr})
		}
		expressions, adds := madeOf(o)
		return !adds && about(t.rebuilt, expressions)
	}
	all := slices.ContainsFunc(slices.Concat(drops, altered), func(o op.Operation) bool {
		_, column := o.(*op.DropColumn)
		return column && inTheWay(o)
	})
	for _, o := range drops {
		if all || inTheWay(o) {
			t.early = append(t.early, o)
		} else {
			laterDrops = append(laterDrops, o)
		}
	}
	for _, o := range altered {
		if inTheWay(o) {
			t.early = append(t.early, o)
		} else {
			laterAltered = append(laterAltered, o)
		}
	}
	return laterDrops, laterAltered
}
