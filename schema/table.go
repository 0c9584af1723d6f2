package schema

import (
	"errors"
	"fmt"
	"slices"
)

// Table is a table, declared or reflected (sqlalchemy.Table).
type Table struct {
	Name        Name
	Columns     []*ColumnDef
	PrimaryKey  *PrimaryKeyDef // nil for none
	Uniques     []*UniqueDef
	Checks      []*CheckDef
	ForeignKeys []*ForeignKeyDef
	Excludes    []*ExcludeDef
	Indexes     []*IndexDef
	Comment     string
	Options     []Option // one database's own properties, sorted by key
	RenamedFrom []string // former names; see the function [RenamedFrom]

	errs []error
}

// TableItem is what may stand in a table: a column, a constraint, an index, a property.
type TableItem interface {
	AddToTable(*Table)
}

// TableFunc is a [TableItem] made of a function.
type TableFunc func(*Table)

// AddToTable calls f.
func (f TableFunc) AddToTable(t *Table) { f(t) }

// SchemaItem is the property [InSchema].
type SchemaItem string

// InSchema puts a table, view or sequence into a schema.
func InSchema(name string) SchemaItem { return SchemaItem(name) }

// AddToTable puts the table into the schema.
func (s SchemaItem) AddToTable(t *Table) { t.Name.Schema = string(s) }

// AddToView puts the view into the schema.
func (s SchemaItem) AddToView(v *View) { v.Name.Schema = string(s) }

// AddToSequence puts the sequence into the schema.
func (s SchemaItem) AddToSequence(q *Sequence) { q.Name.Schema = string(s) }

// NewTable is a table outside any [Metadata], as a revision creates one. Constraints
// and indexes that are said at columns are moved into the table. Constraints without a
// name stay without; indexes must have one and get ix_table_column. What is wrong
// with the declaration is kept until [Table.Err] is asked.
func NewTable(name string, items ...TableItem) *Table {
	return newTable(name, Options{}, items)
}

func newTable(name string, o Options, items []TableItem) *Table {
	t := &Table{Name: Name{Name: name}}
	for _, it := range items {
		if it != nil {
			it.AddToTable(t)
		}
	}
	t.own()
	t.lift()
	t.inSchema(o.Schema)
	o.NamingConvention.apply(t)
	t.check()
	return t
}

// own makes copies of the parts, which the declaration may share between
// tables, and leaves out those that are nil.
func (t *Table) own() {
	t.Columns = ownAll(t, "column", t.Columns)
	if t.PrimaryKey != nil {
		t.PrimaryKey = t.PrimaryKey.Clone()
	}
	t.Uniques = ownAll(t, "unique constraint", t.Uniques)
	t.Checks = ownAll(t, "check constraint", t.Checks)
	t.ForeignKeys = ownAll(t, "foreign key", t.ForeignKeys)
	t.Excludes = ownAll(t, "exclude constraint", t.Excludes)
	t.Indexes = ownAll(t, "index", t.Indexes)
}

func ownAll[T any, P interface {
	*T
	Clone() P
}](t *Table, what string, list []P) []P {
	out := list[:0:0]
	for _, v := range list {
		if v == nil {
			t.fail("one %s is nil", what)
			continue
		}
		out = append(out, v.Clone())
	}
	return out
}

// inSchema puts the table, and those it points at, into a schema where they name none.
func (t *Table) inSchema(name string) {
	if t.Name.Schema == "" {
		t.Name.Schema = name
	}
	for _, fk := range t.ForeignKeys {
		if fk.RefTable.Schema == "" {
			fk.RefTable.Schema = name
		}
	}
}

// lift moves what columns say of constraints and indexes into the table.
func (t *Table) lift() {
	var key []string
	for _, c := range t.Columns {
		if c.PrimaryKey {
			key = append(key, c.Name)
		}
		switch {
		case c.Indexed && c.Unique: // one unique index, as in SQLAlchemy
			t.Indexes = append(t.Indexes, Index("", c.Name).With(UniqueIndex()))
		case c.Indexed:
			t.Indexes = append(t.Indexes, Index("", c.Name))
		case c.Unique:
			t.Uniques = append(t.Uniques, UniqueConstraint("", c.Name))
		}
		if c.References != nil {
			t.ForeignKeys = append(t.ForeignKeys, c.References)
		}
		t.Checks = append(t.Checks, c.Checks...)
		c.PrimaryKey, c.Unique, c.Indexed, c.References, c.Checks = false, false, false, nil, nil
	}
	switch {
	case t.PrimaryKey == nil && len(key) > 0:
		t.PrimaryKey = PrimaryKeyConstraint("", key...)
	case len(key) > 0:
		t.fail("columns say PrimaryKey() beside a PrimaryKeyConstraint; say one of them")
	}
	if t.PrimaryKey != nil {
		for _, name := range t.PrimaryKey.Columns {
			if c := t.Column(name); c != nil {
				c.Nullable = false
			}
		}
	}
}

// Err is what is wrong with the declaration, nil if nothing is; one line for each mistake.
func (t *Table) Err() error {
	var errs []error
	for _, err := range t.errs {
		errs = append(errs, fmt.Errorf("declaring table %q: %w", t.Name, err))
	}
	return errors.Join(errs...)
}

func (t *Table) fail(format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf(format, args...))
}

// Column is the column of that name, nil if there is none.
func (t *Table) Column(name string) *ColumnDef {
	for _, c := range t.Columns {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Index is the index of that name, nil if there is none.
func (t *Table) Index(name string) *IndexDef {
	for _, i := range t.Indexes {
		if i.Name == name {
			return i
		}
	}
	return nil
}

// Constraints are all constraints: primary key, uniques, checks, foreign keys, exclusions.
func (t *Table) Constraints() []Constraint {
	var all []Constraint
	if t.PrimaryKey != nil {
		all = append(all, t.PrimaryKey)
	}
	for _, c := range t.Uniques {
		all = append(all, c)
	}
	for _, c := range t.Checks {
		all = append(all, c)
	}
	for _, c := range t.ForeignKeys {
		all = append(all, c)
	}
	for _, c := range t.Excludes {
		all = append(all, c)
	}
	return all
}

// InPrimaryKey reports whether the column is in the primary key.
func (t *Table) InPrimaryKey(column string) bool {
	return t.PrimaryKey != nil && slices.Contains(t.PrimaryKey.Columns, column)
}

// EarlyIndexes are the indexes that must be made in the statement that makes the table,
// on databases where that matters: the index of a numbered column that is in no other
// key, without which MySQL refuses the table (error 1075), and those of which an
// option of the table says so by a method OnlyWithTable.
func (t *Table) EarlyIndexes() (early []*IndexDef) {
	only := func(i *IndexDef) bool {
		return slices.ContainsFunc(t.Options, func(o Option) bool {
			w, ok := o.(interface{ OnlyWithTable(*IndexDef) bool })
			return ok && w.OnlyWithTable(i)
		})
	}
	numbering := t.numberingIndex()
	for _, i := range t.Indexes {
		if i == numbering || only(i) {
			early = append(early, i)
		}
	}
	return early
}

// numberingIndex is the index that serves as the key of a numbered column; nil if a
// constraint does already, or if no index can.
func (t *Table) numberingIndex() *IndexDef {
	begins := func(columns []string, name string) bool { return len(columns) > 0 && columns[0] == name }
	for _, c := range t.Columns {
		keyed := t.PrimaryKey != nil && begins(t.PrimaryKey.Columns, c.Name) ||
			slices.ContainsFunc(t.Uniques, func(u *UniqueDef) bool { return begins(u.Columns, c.Name) })
		if !c.AutoIncrement && c.Identity == nil || c.PrimaryKey || c.Unique || keyed {
			continue
		}
		for _, at := range []func([]IndexPart) bool{
			func(parts []IndexPart) bool { return len(parts) > 0 && parts[0].Column == c.Name },
			func(parts []IndexPart) bool { // MyISAM numbers anew for each beginning of the key
				return slices.ContainsFunc(parts, func(p IndexPart) bool { return p.Column == c.Name })
			},
		} {
			for _, i := range t.Indexes {
				if at(i.Parts) {
					return i
				}
			}
		}
	}
	return nil
}

// Clone is a copy that shares nothing that can be changed.
func (t *Table) Clone() *Table {
	d := *t
	d.Columns = cloneAll(t.Columns)
	if t.PrimaryKey != nil {
		d.PrimaryKey = t.PrimaryKey.Clone()
	}
	d.Uniques = cloneAll(t.Uniques)
	d.Checks = cloneAll(t.Checks)
	d.ForeignKeys = cloneAll(t.ForeignKeys)
	d.Excludes = cloneAll(t.Excludes)
	d.Indexes = cloneAll(t.Indexes)
	d.Options, d.RenamedFrom = slices.Clone(t.Options), slices.Clone(t.RenamedFrom)
	d.errs = slices.Clone(t.errs)
	return &d
}

func cloneAll[T interface{ Clone() T }](list []T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = v.Clone()
	}
	return out
}
