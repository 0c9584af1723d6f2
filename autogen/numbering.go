package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// indexesInside are the indexes that must be made in the statement that makes their table.
func (c *comparer) indexesInside(t *schema.Table) []*schema.IndexDef {
	if dialect.TraitsOf(c.dialect).KeysNumbers {
		return t.EarlyIndexes()
	}
	return nil
}

// joinNumbering groups the changes of a numbered column with those of its keys in one
// statement, where the primary key does not begin with the column on both sides:
// between two statements the column would be in no key (MySQL, error 1075).
func (c *comparer) joinNumbering(t *tableChange) {
	if !dialect.TraitsOf(c.dialect).KeysNumbers || c.batches() {
		return
	}
	columns := keyedApart(t.from.canonical, t.to.canonical)
	rekeys := func(o op.Operation) bool { return keysAny(o, columns) }
	if !slices.ContainsFunc(t.changes, rekeys) {
		return
	}
	joins := func(o op.Operation) bool { return rekeys(o) || changesAny(o, columns) }
	first := slices.IndexFunc(t.changes, joins)
	last := len(t.changes) - 1
	for !joins(t.changes[last]) {
		last--
	}
	var joined, gone []op.Operation
	for _, o := range t.changes[first : last+1] {
		if g, ok := o.(*op.AlterTable); ok {
			joined = append(joined, g.Changes...)
		} else {
			joined = append(joined, o)
		}
	}
	t.dropColumns = slices.DeleteFunc(t.dropColumns, func(o op.Operation) bool {
		if changesAny(o, columns) {
			gone = append(gone, o)
			return true
		}
		return false
	})
	joined, before, behind := t.partRemade(append(joined, gone...))
	together := &op.AlterTable{Table: t.name(), Changes: joined, Batch: op.Batch{Together: true}}
	t.changes = slices.Concat(t.changes[:first], before, []op.Operation{together}, behind, t.changes[last+1:])
}

// keyedApart are the columns that are numbered on a side where the primary key
// does not begin with them, or that it ceases to begin with.
func keyedApart(from, to *schema.Table) (columns []string) {
	numbered := func(t *schema.Table, name string) bool {
		c := t.Column(name)
		return c != nil && c.AutoIncrement
	}
	for _, pair := range [][2]*schema.Table{{from, to}, {to, from}} {
		for _, c := range pair[0].Columns {
			if !c.AutoIncrement {
				continue
			}
			if !begins(pair[0].PrimaryKey, c.Name) || numbered(pair[1], c.Name) && !begins(pair[1].PrimaryKey, c.Name) {
				columns = append(columns, c.Name)
			}
		}
	}
	return columns
}

// changesAny reports whether an operation adds, alters or drops one of the columns.
func changesAny(o op.Operation, columns []string) bool {
	switch o := o.(type) {
	case *op.AddColumn:
		return slices.Contains(columns, o.Column.Name)
	case *op.AlterColumn:
		return slices.Contains(columns, o.Name)
	case *op.DropColumn:
		return slices.Contains(columns, o.Name)
	case *op.AlterTable:
		return slices.ContainsFunc(o.Changes, func(p op.Operation) bool { return changesAny(p, columns) })
	}
	return false
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
		var own []string
		switch c := c.(type) {
		case *schema.UniqueDef:
			own = c.Columns
		case *schema.PrimaryKeyDef:
			own = c.Columns
		case *schema.CheckDef, *schema.ForeignKeyDef, *schema.ExcludeDef:
		}
		return slices.ContainsFunc(own, func(n string) bool { return slices.Contains(columns, n) })
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
