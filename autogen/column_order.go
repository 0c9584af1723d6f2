package autogen

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
)

// diffColumnOrder moves as few columns as puts them into the order that is asked
// for, where that counts (Options.CompareColumnOrder). It comes when all columns
// are there; those that are still to go are no matter.
func (c *comparer) diffColumnOrder(t *tableChange, added []op.Operation) (moves []op.Operation) {
	if !c.options.CompareColumnOrder {
		return nil
	}
	want := columnNamesOf(t.to)
	now := placed(t, added)
	stay := staying(now, want)
	if len(stay) == len(now) {
		return nil
	}
	if !dialect.TraitsOf(c.dialect).MovesColumns {
		if !c.down {
			c.warn("the columns of table %s stand as %s and are declared as %s: the database cannot move columns",
				quoted(t.name().String()), strings.Join(now, ", "), strings.Join(want, ", "))
		}
		return nil
	}
	for i, name := range want {
		if stay[name] {
			continue
		}
		c.detect("moved column %s", quoted(t.name().String(), name))
		place := ddl.Place{First: true}
		if i > 0 {
			place = ddl.Place{After: want[i-1]}
		}
		column := t.to.original.Column(name)
		moves = append(moves, &op.AlterColumn{
			Table: t.name(), Name: name, Change: ddl.PlaceAspect, Place: place,
			New: *column.Clone(), Existing: column.Clone(),
		})
	}
	return moves
}

func columnNamesOf(p *pair) []string {
	names := make([]string, len(p.canonical.Columns))
	for i, col := range p.canonical.Columns {
		names[i] = col.Name
	}
	return names
}

// placed is the order of the columns of a table behind its other changes, without
// those that go.
func placed(t *tableChange, added []op.Operation) []string {
	now := slices.DeleteFunc(columnNamesOf(t.from), func(name string) bool {
		return t.remade[name] || t.to.canonical.Column(name) == nil
	})
	for _, o := range added {
		a, ok := o.(*op.AddColumn)
		if !ok {
			continue
		}
		at := len(now)
		switch i := slices.Index(now, a.Place.After); {
		case a.Place.First:
			at = 0
		case a.Place.After != "" && i >= 0:
			at = i + 1
		}
		now = slices.Insert(now, at, a.Column.Name)
	}
	return now
}

// staying are the most of the names that stand as want has them.
func staying(now, want []string) map[string]bool {
	rank := make(map[string]int, len(want))
	for i, name := range want {
		rank[name] = i
	}
	length, before := make([]int, len(now)), make([]int, len(now)) // of the longest run that ends at a name
	last := -1
	for i, name := range now {
		length[i], before[i] = 1, -1
		for j, other := range now[:i] {
			if rank[other] < rank[name] && length[j] >= length[i] {
				length[i], before[i] = length[j]+1, j
			}
		}
		if last < 0 || length[i] > length[last] {
			last = i
		}
	}
	stay := make(map[string]bool, len(now))
	for ; last >= 0; last = before[last] {
		stay[now[last]] = true
	}
	return stay
}
