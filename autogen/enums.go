package autogen

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func enumName(e schema.EnumType) schema.Name { return schema.Name{Schema: e.Schema, Name: e.Name} }

// enumsOf are the enumeration types that columns use, sorted by name.
func enumsOf(tables []*pair) []dialect.Enum {
	var out []dialect.Enum
	seen := map[schema.Name]bool{}
	for _, p := range tables {
		for _, c := range p.canonical.Columns {
			e, _, ok := schema.EnumOf(c.Type)
			if n := enumName(e); ok && !seen[n] {
				seen[n] = true
				out = append(out, dialect.Enum{Name: n, Values: e.EnumValues()})
			}
		}
	}
	slices.SortFunc(out, func(a, b dialect.Enum) int { return a.Name.Compare(b.Name) })
	return out
}

// enumChanges are the operations on enumeration types, by the time at which they may run.
type enumChanges struct {
	before   []op.Operation                 // types made and values added, before tables change
	rebuilds []op.Operation                 // types that get other values, behind the drops of what is made of their columns
	after    []op.Operation                 // types dropped, when no column is of them any more
	rebuilt  map[schema.Name][]dialect.Enum // those of rebuilds: as they are, and as they will be
}

// diffEnums compares enumeration types. Values that are only added are added in
// place; a type that loses values, changes their order, or whose new values are used
// at once is rebuilt.
func (c *comparer) diffEnums(from, to *side) enumChanges {
	out := enumChanges{rebuilt: map[schema.Name][]dialect.Enum{}}
	if !dialect.TraitsOf(c.dialect).EnumTypes {
		return out
	}
	find := func(list []dialect.Enum, n schema.Name) (dialect.Enum, bool) {
		i := slices.IndexFunc(list, func(e dialect.Enum) bool { return e.Name == n })
		if i < 0 {
			return dialect.Enum{}, false
		}
		return list[i], true
	}
	for _, e := range to.enums {
		old, ok := find(from.enums, e.Name)
		switch {
		case !ok:
			c.detect("added enum %s", quoted(e.Name.String()))
			out.before = append(out.before, &op.CreateEnum{Name: e.Name, Values: e.Values})
		case slices.Equal(old.Values, e.Values):
		case within(old.Values, e.Values) && !usesNewValue(to, old, e):
			out.before = append(out.before, c.addedValues(old, e)...)
		default:
			c.detectValues(old, e)
			out.rebuilt[e.Name] = []dialect.Enum{old, e}
			out.rebuilds = append(out.rebuilds, &op.RebuildEnum{Name: e.Name, Values: e.Values, Was: old.Values, Columns: enumColumns(from, to, old, e)})
		}
	}
	for _, e := range from.enums {
		if _, ok := find(to.enums, e.Name); !ok {
			c.detect("removed enum %s", quoted(e.Name.String()))
			out.after = append(out.after, &op.DropEnum{Name: e.Name, Was: e.Values})
		}
	}
	return out
}

// within reports whether all of few stand in many in the same order.
func within(few, many []string) bool {
	for _, v := range many {
		if len(few) > 0 && few[0] == v {
			few = few[1:]
		}
	}
	return len(few) == 0
}

// usesNewValue reports whether a table says a value that the type lacks, as a
// default or in an expression. PostgreSQL refuses to use a value in the
// transaction that added it (55P04), unless the type was made in it as well.
// https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES
func usesNewValue(to *side, old, e dialect.Enum) bool {
	for _, v := range e.Values {
		if !slices.Contains(old.Values, v) && slices.ContainsFunc(to.tables, func(p *pair) bool { return says(p.canonical, e.Name, v) }) {
			return true
		}
	}
	return false
}

// says reports whether a table with a column of the enumeration says a value of it.
func says(t *schema.Table, enum schema.Name, value string) bool {
	if !slices.ContainsFunc(t.Columns, func(c *schema.ColumnDef) bool { return isOf(c, enum) }) {
		return false
	}
	var texts []string
	for _, c := range t.Columns {
		if isOf(c, enum) && defaultSays(c, value) {
			return true
		}
		if c.Default.Kind == schema.ExprSQL {
			texts = append(texts, c.Default.Text)
		}
		if c.Computed != nil {
			texts = append(texts, c.Computed.Expr)
		}
	}
	for _, k := range t.Constraints() {
		texts = append(texts, constraintUses(k).expressions...)
	}
	for _, i := range t.Indexes {
		texts = append(texts, indexUses(i).expressions...)
	}
	literal := strings.ReplaceAll(value, "'", "''")
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, literal) })
}

func isOf(c *schema.ColumnDef, enum schema.Name) bool {
	e, _, ok := schema.EnumOf(c.Type)
	return ok && enumName(e) == enum
}

// enumColumns are the columns of a type before it is rebuilt, with the defaults
// that they have then, for scripts, which cannot ask the database for them.
func enumColumns(from, to *side, old, e dialect.Enum) (list []ddl.EnumColumn) {
	for _, p := range from.tables {
		if to.byName[p.canonical.Name] == nil {
			continue // dropped before
		}
		for _, c := range p.canonical.Columns {
			if !isOf(c, e.Name) {
				continue
			}
			_, array, _ := schema.EnumOf(c.Type)
			column := ddl.EnumColumn{Table: p.canonical.Name, Column: c.Name, Array: array}
			if !lostDefault(c, old, e) {
				column.Default = c.Default
			}
			list = append(list, column)
		}
	}
	return list
}

// lostDefault reports whether a column's default says a value that the type has no longer.
func lostDefault(c *schema.ColumnDef, old, e dialect.Enum) bool {
	return slices.ContainsFunc(old.Values, func(v string) bool { return !slices.Contains(e.Values, v) && defaultSays(c, v) })
}

// defaultSays reports whether the default of a column of an enumeration, or of an
// array of one, may say a value: 'new', or '{new,old}', or SQL.
func defaultSays(c *schema.ColumnDef, value string) bool {
	_, array, _ := schema.EnumOf(c.Type)
	if c.Default.Kind == schema.ExprSQL || array && c.Default.Kind == schema.ExprString {
		return mentions(c.Default.Text, value)
	}
	return c.Default.Kind == schema.ExprString && c.Default.Text == value
}

// addedValues are the values that the type lacks, each beside its neighbour.
func (c *comparer) addedValues(old, e dialect.Enum) []op.Operation {
	var out []op.Operation
	have := slices.Clone(old.Values)
	for i, v := range e.Values {
		if slices.Contains(have, v) {
			continue
		}
		c.detect("added value %s to enum %s", quoted(v), quoted(e.Name.String()))
		add := &op.AddEnumValue{Name: e.Name, Value: v}
		switch {
		case i > 0:
			add.After = e.Values[i-1]
			have = slices.Insert(have, slices.Index(have, add.After)+1, v)
		case len(have) > 0:
			add.Before = have[0]
			have = slices.Insert(have, 0, v)
		default:
			have = append(have, v)
		}
		out = append(out, add)
	}
	return out
}

// detectValues tells what becomes of the values of a type that is rebuilt.
func (c *comparer) detectValues(old, e dialect.Enum) {
	name := quoted(e.Name.String())
	var stay, were []string
	for _, v := range e.Values {
		if slices.Contains(old.Values, v) {
			stay = append(stay, v)
		} else {
			c.detect("added value %s to enum %s", quoted(v), name)
		}
	}
	for _, v := range old.Values {
		if slices.Contains(e.Values, v) {
			were = append(were, v)
		} else {
			c.detect("removed value %s from enum %s", quoted(v), name)
		}
	}
	if !slices.Equal(stay, were) {
		c.detect("changed order of the values of enum %s", name)
	}
}
