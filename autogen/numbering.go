package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// indexesInside are the indexes that come to be with their table, and not behind it.
func (c *comparer) indexesInside(t *schema.Table) []*schema.IndexDef {
	if dialect.TraitsOf(c.dialect).KeysNumbers {
		return t.EarlyIndexes()
	}
	return nil
}

// joinNumbering puts the change of a table into one operation where the keys of a
// numbered column change and its primary key is not one of them all the time:
// between two statements the column would be in none.
func (c *comparer) joinNumbering(t *tableChange) {
	if !dialect.TraitsOf(c.dialect).KeysNumbers || c.batches() {
		return
	}
	var numbered []string
	for _, s := range []*schema.Table{t.from.canonical, t.to.canonical} {
		for _, col := range s.Columns {
			if col.AutoIncrement {
				numbered = append(numbered, col.Name)
			}
		}
	}
	numbered = slices.DeleteFunc(numbered, func(n string) bool {
		return begins(t.from.canonical.PrimaryKey, n) && begins(t.to.canonical.PrimaryKey, n)
	})
	if !slices.ContainsFunc(t.changes, func(o op.Operation) bool { return keysAny(o, numbered) }) {
		return
	}
	var ops []op.Operation
	for _, o := range t.changes {
		if g, ok := o.(*op.AlterTable); ok {
			ops = append(ops, g.Changes...)
		} else {
			ops = append(ops, o)
		}
	}
	t.changes = []op.Operation{&op.AlterTable{
		Table: t.name(), Changes: append(ops, t.dropColumns...), Batch: op.Batch{Together: true},
	}}
	t.dropColumns = nil
}

func begins(k *schema.PrimaryKeyDef, column string) bool {
	return k != nil && len(k.Columns) > 0 && k.Columns[0] == column
}

// keysAny reports whether an operation makes or drops an index, or a constraint
// that is one, with one of the columns.
func keysAny(o op.Operation, columns []string) bool {
	has := func(i *schema.IndexDef) bool {
		return i != nil && slices.ContainsFunc(i.Parts, func(p schema.IndexPart) bool { return slices.Contains(columns, p.Column) })
	}
	list := func(c schema.Constraint) bool {
		u, ok := c.(*schema.UniqueDef)
		return ok && slices.ContainsFunc(u.Columns, func(n string) bool { return slices.Contains(columns, n) })
	}
	switch o := o.(type) {
	case *op.CreateIndex:
		return has(o.Index)
	case *op.DropIndex:
		return has(o.Was)
	case *op.AddConstraint:
		return list(o.Constraint)
	case *op.DropConstraint:
		return list(o.Was)
	case *op.AlterTable:
		return slices.ContainsFunc(o.Changes, func(p op.Operation) bool { return keysAny(p, columns) })
	}
	return false
}
