package autogen

import (
	"reflect"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// diffColumns compares columns by name.
func (c *comparer) diffColumns(t *tableChange) (added, altered, dropped []op.Operation) {
	from, to := t.from.canonical, t.to.canonical
	for i, col := range to.Columns {
		old := from.Column(col.Name)
		if old == nil {
			c.detect("added column %s", quoted(t.name().String(), col.Name))
			added = append(added, &op.AddColumn{Table: t.name(), Column: t.to.original.Column(col.Name).Clone(), Place: c.place(from, to, i)})
			continue
		}
		if change := c.changed(t, old, col); change != ddl.NoAspect {
			alter := &op.AlterColumn{
				Table: t.name(), Name: col.Name, Change: change,
				New: *t.to.original.Column(col.Name).Clone(), Existing: t.from.original.Column(col.Name).Clone(),
			}
			if c.numbersInItsWay(alter, col) {
				alter.Change |= ddl.OptionsAspect
			}
			if change.Has(ddl.TypeAspect) && old.Computed == nil {
				alter.Using, _ = c.conversion(old, col)
			}
			altered = append(altered, alter)
		}
	}
	for i, col := range from.Columns {
		if to.Column(col.Name) == nil {
			c.detect("removed column %s", quoted(t.name().String(), col.Name))
			dropped = append(dropped, &op.DropColumn{Table: t.name(), Name: col.Name, Was: t.from.original.Column(col.Name).Clone(), Place: c.placeBack(to, from, i)})
		}
	}
	return c.plainFirst(added), altered, computedFirst(dropped)
}

// numbersInItsWay reports whether a column that begins to number its rows has an
// option which says how and is not compared, such as postgres.Serial: the operation
// must carry it although it counts as no difference.
func (c *comparer) numbersInItsWay(alter *op.AlterColumn, canonical *schema.ColumnDef) bool {
	return alter.Change.Has(ddl.AutoIncrementAspect) && alter.New.AutoIncrement &&
		slices.ContainsFunc(ownOptions(c.dialect.Names(), alter.New.Options), func(o schema.Option) bool {
			return !slices.ContainsFunc(canonical.Options, func(k schema.Option) bool { return k.OptionKey() == o.OptionKey() })
		})
}

// plainFirst puts generated columns behind the plain ones that they may be made
// of, where the order of the operations does not decide the order of the columns.
func (c *comparer) plainFirst(added []op.Operation) []op.Operation {
	if !dialect.TraitsOf(c.dialect).PlacesColumns {
		slices.SortStableFunc(added, func(a, b op.Operation) int {
			return rank(a.(*op.AddColumn).Column) - rank(b.(*op.AddColumn).Column)
		})
	}
	return added
}

// computedFirst puts generated columns before those they may be made of.
func computedFirst(dropped []op.Operation) []op.Operation {
	slices.SortStableFunc(dropped, func(a, b op.Operation) int {
		return rank(b.(*op.DropColumn).Was) - rank(a.(*op.DropColumn).Was)
	})
	return dropped
}

func rank(c *schema.ColumnDef) int {
	if c.Computed != nil {
		return 1
	}
	return 0
}

// place says where the column i of to goes among those of from, if the database
// can say it and the end is not the place.
func (c *comparer) place(from, to *schema.Table, i int) ddl.Place {
	if !dialect.TraitsOf(c.dialect).PlacesColumns {
		return ddl.Place{}
	}
	later := slices.ContainsFunc(to.Columns[i+1:], func(d *schema.ColumnDef) bool { return from.Column(d.Name) != nil })
	switch {
	case !later:
		return ddl.Place{}
	case i == 0:
		return ddl.Place{First: true}
	default:
		return ddl.Place{After: to.Columns[i-1].Name}
	}
}

// placeBack says where the dropped column i of from stood, for the reverse of the
// drop. Columns that are dropped together come back in the opposite order, so each
// goes behind the nearest column before it that stays.
func (c *comparer) placeBack(to, from *schema.Table, i int) ddl.Place {
	if !dialect.TraitsOf(c.dialect).PlacesColumns || i == len(from.Columns)-1 {
		return ddl.Place{}
	}
	for _, d := range slices.Backward(from.Columns[:i]) {
		if to.Column(d.Name) != nil {
			return ddl.Place{After: d.Name}
		}
	}
	return ddl.Place{First: true}
}

// columnName is a column in the quotes of Alembic's messages, which are made only
// where something differs.
type columnName struct {
	table schema.Name
	name  string
}

func (c columnName) String() string { return quoted(c.table.String(), c.name) }

// changed is what differs between two columns.
func (c *comparer) changed(t *tableChange, a, b *schema.ColumnDef) (change ddl.Aspect) {
	where := columnName{t.name(), b.Name}
	if !c.sameType(t.name(), a, b) {
		change |= ddl.TypeAspect
		lost := ""
		if _, ok := c.conversion(a, b); !ok && a.Computed == nil {
			lost = " (nothing converts the values: the column is dropped and added again, and they are lost)"
		}
		c.detect("type change from %s to %s on %s%s", c.typeText(a.Type), c.typeText(b.Type), where, lost)
	}
	if a.Nullable != b.Nullable {
		change |= ddl.NullableAspect
		if b.Nullable {
			c.detect("NULL on column %s", where)
		} else {
			c.detect("NOT NULL on column %s", where)
		}
	}
	if !c.sameServerDefault(t.name(), a, b) {
		change |= ddl.DefaultAspect
		c.detect("server default on column %s", where)
	}
	if a.Comment != b.Comment {
		change |= ddl.CommentAspect
		c.detect("column comment %s", where)
	}
	if a.AutoIncrement != b.AutoIncrement {
		switch {
		case !dialect.TraitsOf(c.dialect).NumbersKeys:
			change |= ddl.AutoIncrementAspect
			c.detect("autoincrement change on column %s", where)
		case change.Has(ddl.TypeAspect): // its numbering follows from its type, and the change of that was told
			change |= ddl.AutoIncrementAspect
		}
	}
	if !c.sameComputed(t.name(), a.Computed, b.Computed) {
		change |= ddl.ComputedAspect
		c.detect("computed change on column %s", where)
	}
	if a.Identity != b.Identity && !reflect.DeepEqual(a.Identity, b.Identity) {
		change |= ddl.IdentityAspect
		c.detect("identity change on column %s", where)
	}
	if a.Collation != b.Collation {
		change |= ddl.CollationAspect
		c.detect("collation change on column %s", where)
	}
	switch from, to := standingOf(a), standingOf(b); {
	case !sameOptions(a.Options, b.Options):
		change |= ddl.OptionsAspect
		c.detect("option change on column %s", where)
		if from != to {
			change |= ddl.AutoIncrementAspect // the rows are numbered otherwise, if by the same words
		}
	case to != nil && change.Has(ddl.TypeAspect):
		change |= ddl.OptionsAspect // what is said of the sequence holds behind the change of type too
	}
	return change
}

func sameOptions(a, b []schema.Option) bool {
	return len(a) == len(b) && (len(a) == 0 || reflect.DeepEqual(a, b))
}

// enumValuesOnly reports whether two types are one enumeration with other values,
// where that is an object of its own: then the object changes, not the columns.
func (c *comparer) enumValuesOnly(a, b schema.Type) bool {
	x, xArray, ok := schema.EnumOf(a)
	y, yArray, ok2 := schema.EnumOf(b)
	return ok && ok2 && enumName(x) == enumName(y) && xArray == yArray && dialect.TraitsOf(c.dialect).EnumTypes
}

func (c *comparer) typeText(t schema.Type) string { return typeText(c.dialect, t) }

func (c *comparer) sameDefault(table schema.Name, a, b schema.Expr) bool {
	if a.Equal(b) {
		return true
	}
	if a.IsZero() || b.IsZero() {
		return false
	}
	if a.Kind != schema.ExprSQL && b.Kind != schema.ExprSQL {
		return false
	}
	x, err := c.dialect.Expr(a)
	if err != nil {
		return false
	}
	y, err := c.dialect.Expr(b)
	return err == nil && c.sameExpr(table, x, y)
}

func (c *comparer) sameComputed(table schema.Name, a, b *schema.Computed) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Storage == b.Storage && c.sameExpr(table, a.Expr, b.Expr)
}
