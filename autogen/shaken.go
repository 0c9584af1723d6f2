package autogen

import (
	"reflect"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// shaken are the tables that change. By it a foreign key is dropped and added again if
// what it points at does not stay as it is all the while. It is nil where the
// database does not mind (SQLite).
type shaken map[schema.Name]*tableChange

func (c *comparer) shaken(changes []*tableChange) shaken {
	if c.forward() {
		return nil
	}
	out := make(shaken, len(changes))
	for _, t := range changes {
		out[t.from.canonical.Name] = t
	}
	return out
}

// disturbs reports whether the table that a foreign key points at loses, if only for a
// while, the unique key that the foreign key needs there, or changes a column of it.
func (s shaken) disturbs(c *comparer, fk *schema.ForeignKeyDef) bool {
	t, ok := s[fk.RefTable]
	if !ok {
		return false
	}
	from, to := t.from.canonical, t.to.canonical
	columns := fk.RefColumns
	if len(columns) == 0 && from.PrimaryKey != nil {
		columns = from.PrimaryKey.Columns
	}
	if slices.ContainsFunc(columns, func(n string) bool { return c.retyped(t, n) }) {
		return true
	}
	// A key that is on neither side is none that a change could take away: InnoDB
	// lets foreign keys point at columns that only an ordinary index covers.
	return (hasKey(from, columns) || hasKey(to, columns)) && !keyStays(from, to, columns)
}

// retyped reports whether a column gets another type, collation or numbering, is made
// anew, or is there on one side only.
func (c *comparer) retyped(t *tableChange, column string) bool {
	a, b := t.from.canonical.Column(column), t.to.canonical.Column(column)
	switch {
	case a == nil || b == nil:
		return a != b
	case t.remade[column], t.rebuilt[column], a.AutoIncrement != b.AutoIncrement && dialect.TraitsOf(c.dialect).IndexedKeys:
		return true
	}
	return a.Collation != b.Collation && !c.options.IgnoreTypes || !c.sameType(t.name(), a, b)
}

// hasKey reports whether a table has a key on just these columns.
func hasKey(t *schema.Table, columns []string) bool { return keyStays(t, t, columns) }

// keyStays reports whether a unique key on just these columns is on both sides, so that
// it is there at any time.
func keyStays(from, to *schema.Table, columns []string) bool {
	if k := from.PrimaryKey; k != nil && sameSet(k.Columns, columns) && samePrimaryKey(k, to.PrimaryKey) {
		return true
	}
	for _, a := range from.Uniques {
		if sameSet(a.Columns, columns) && slices.ContainsFunc(to.Uniques, func(b *schema.UniqueDef) bool {
			return sameUnique(a, b) && (a.Name == b.Name || a.Name == "" || b.Name == "")
		}) {
			return true
		}
	}
	for _, a := range from.Indexes {
		cols, plain := a.PlainColumns()
		if a.Unique && plain && sameSet(cols, columns) && slices.ContainsFunc(to.Indexes, func(b *schema.IndexDef) bool {
			other, plain := b.PlainColumns()
			return b.Unique && plain && slices.Equal(cols, other) && (a.Name == b.Name || a.Name == "" || b.Name == "")
		}) {
			return true
		}
	}
	return false
}

// losesIndex reports whether every index of a table that a foreign key of it can rest on
// is dropped, if only for a while: MySQL refuses to drop the last one (error 1553).
// The index that MySQL makes itself, where there is no other, is on neither side.
func (t *tableChange) losesIndex(fk *schema.ForeignKeyDef) bool {
	from, to := t.from.canonical, t.to.canonical
	lost := false
	for _, i := range from.Indexes {
		if !leads(i, fk.Columns) {
			continue
		}
		stays := func(j *schema.IndexDef) bool { // a unique constraint may be declared without the name that the server gave it
			return (j.Name == i.Name || j.Name == "") && reflect.DeepEqual(i.Parts, j.Parts) && i.Unique == j.Unique
		}
		if slices.ContainsFunc(to.Indexes, stays) {
			return false
		}
		lost = true
	}
	if k := from.PrimaryKey; k != nil && len(k.Columns) >= len(fk.Columns) && slices.Equal(k.Columns[:len(fk.Columns)], fk.Columns) {
		if samePrimaryKey(k, to.PrimaryKey) {
			return false
		}
		lost = true
	}
	return lost
}

// leads reports whether an index begins with just these columns.
func leads(i *schema.IndexDef, columns []string) bool {
	if len(i.Parts) < len(columns) || i.Using != "" {
		return false
	}
	for n, name := range columns {
		if p := i.Parts[n]; p.Column != name || p.Length > 0 {
			return false
		}
	}
	return true
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
