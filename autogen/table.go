package autogen

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// tableChange is what changes in one table, by the time at which it may.
type tableChange struct {
	from, to    *pair
	dropKeys    []op.Operation // foreign keys dropped, before all else
	changes     []op.Operation // columns, keys, checks, indexes, comment, options
	addKeys     []op.Operation // foreign keys added, when every table is there
	dropColumns []op.Operation // at the end
}

// diffTable compares one table, aspect by aspect. What rests on columns is
// dropped before they change, and made when they have.
func (c *comparer) diffTable(t *tableChange) {
	drops, adds := c.diffKeys(t)
	added, altered, dropped := c.diffColumns(t)
	checkDrops, checkAdds := c.diffChecks(t)
	indexDrops, indexAdds := c.diffIndexes(t)
	t.changes = slices.Concat(indexDrops, checkDrops, drops, added, altered, adds, checkAdds, indexAdds,
		c.diffComment(t), c.diffOptions(t))
	t.dropColumns = dropped
	c.diffForeignKeys(t)
	t.changes = c.joinPrimaryKey(t)
}

func (t *tableChange) name() schema.Name { return t.to.canonical.Name }

// joinPrimaryKey puts the change of a primary key into one operation with the
// columns that change beside it: MySQL refuses a numbered column without a key
// even between two statements.
func (c *comparer) joinPrimaryKey(t *tableChange) []op.Operation {
	isKey := func(o op.Operation) bool {
		switch o := o.(type) {
		case *op.AddConstraint:
			return o.Constraint.Kind() == schema.PrimaryKeyKind
		case *op.DropConstraint:
			return o.Kind == schema.PrimaryKeyKind
		}
		return false
	}
	first := slices.IndexFunc(t.changes, isKey)
	if first < 0 || c.batches() {
		return t.changes
	}
	last := first
	for i, o := range t.changes {
		if isKey(o) {
			last = i
		}
		if a, ok := o.(*op.AlterColumn); ok && t.to.canonical.InPrimaryKey(a.Name) {
			first, last = min(first, i), max(last, i)
		}
		if a, ok := o.(*op.AddColumn); ok && t.to.canonical.InPrimaryKey(a.Column.Name) {
			first, last = min(first, i), max(last, i)
		}
	}
	joined := group(t.name(), t.changes[first:last+1])
	return slices.Concat(t.changes[:first], joined, t.changes[last+1:])
}

func (c *comparer) diffComment(t *tableChange) []op.Operation {
	a, b := t.from.canonical.Comment, t.to.canonical.Comment
	if a == b {
		return nil
	}
	switch {
	case b == "":
		c.detect("removed table comment on %s", quoted(t.name().String()))
	default:
		c.detect("changed table comment on %s", quoted(t.name().String()))
	}
	return []op.Operation{&op.TableComment{Table: t.name(), Comment: b, Was: &a}}
}

// diffOptions compares the options that the declaration names; of others the
// database is left to its own.
func (c *comparer) diffOptions(t *tableChange) []op.Operation {
	var out []op.Operation
	for _, o := range t.to.canonical.Options {
		i := slices.IndexFunc(t.from.canonical.Options, func(p schema.Option) bool { return p.OptionKey() == o.OptionKey() })
		if i >= 0 && reflect.DeepEqual(t.from.canonical.Options[i], o) {
			continue
		}
		set := &op.TableOption{Table: t.name(), Option: o}
		if i >= 0 {
			set.Was = t.from.canonical.Options[i]
		}
		c.detect("changed option %s of table %s", quoted(o.OptionKey()), quoted(t.name().String()))
		out = append(out, set)
	}
	return out
}

// keyText is the key of an index, in Alembic's way: quoted and separated by commas.
func keyText(i *schema.IndexDef) string {
	parts := make([]string, len(i.Parts))
	for n, p := range i.Parts {
		parts[n] = quoted(p.Column + p.Expr)
	}
	return strings.Join(parts, ", ")
}
