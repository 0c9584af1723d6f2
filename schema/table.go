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

// InSchema puts the table into a schema.
func InSchema(name string) TableItem { return TableFunc(func(t *Table) { t.Name.Schema = name }) }

// NewTable is a table outside any [Metadata], as a revision creates one. What
// columns say of constraints and indexes is moved into the table; unnamed ones
// stay unnamed but for indexes, which must have a name (ix_table_column).
func NewTable(name string, items ...TableItem) *Table {
	return newTable(name, NamingConvention{}, items)
}

func newTable(name string, naming NamingConvention, items []TableItem) *Table {
	t := &Table{Name: Name{Name: name}}
	for _, it := range items {
		if it != nil {
			it.AddToTable(t)
		}
	}
	t.lift()
	naming.apply(t)
	t.check()
	return t
}

// lift moves what columns say of constraints and indexes into the table.
func (t *Table) lift() {
	var key []string
	for i, c := range t.Columns {
		c = c.Clone()
		t.Columns[i] = c
		if c.PrimaryKey {
			key = append(key, c.Name)
		}
		if c.Unique {
			t.Uniques = append(t.Uniques, UniqueConstraint("", c.Name))
		}
		if c.Indexed {
			t.Indexes = append(t.Indexes, Index("", c.Name))
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

// check records what no database could take.
func (t *Table) check() {
	if t.Name.Name == "" {
		t.fail("the table has no name")
	}
	seen := make(map[string]bool, len(t.Columns))
	for _, c := range t.Columns {
		if c.Name == "" {
			t.fail("a column has no name")
		}
		if seen[c.Name] {
			t.fail("two columns are named %q", c.Name)
		}
		seen[c.Name] = true
	}
	need := func(what string, cols []string) {
		if len(cols) == 0 {
			t.fail("%s has no columns", what)
		}
		for _, c := range cols {
			if !seen[c] {
				t.fail("%s names the column %q, which the table does not have", what, c)
			}
		}
	}
	for _, c := range t.Constraints() {
		what := c.Kind().String()
		if n := c.ConstraintName(); n != "" {
			what = fmt.Sprintf("%s %q", what, n)
		}
		switch c := c.(type) {
		case *PrimaryKeyDef:
			need(what, c.Columns)
		case *UniqueDef:
			need(what, c.Columns)
		case *ForeignKeyDef:
			need(what, c.Columns)
			if len(c.Columns) != len(c.RefColumns) {
				t.fail("%s has %d columns but points at %d", what, len(c.Columns), len(c.RefColumns))
			}
		case *CheckDef:
			if c.Expr == "" {
				t.fail("%s has no condition", what)
			}
		case *ExcludeDef:
			if len(c.Elements) == 0 {
				t.fail("%s has no elements", what)
			}
		}
	}
	for _, i := range t.Indexes {
		if len(i.Parts) == 0 {
			t.fail("index %q has no columns", i.Name)
		}
		for _, p := range i.Parts {
			if p.Expr == "" {
				need(fmt.Sprintf("index %q", i.Name), []string{p.Column})
			}
		}
	}
}

func (t *Table) fail(format string, args ...any) {
	t.errs = append(t.errs, fmt.Errorf(format, args...))
}

// Err is what is wrong with the declaration, nil if nothing is.
func (t *Table) Err() error {
	if len(t.errs) == 0 {
		return nil
	}
	return fmt.Errorf("declaring table %q: %w", t.Name, errors.Join(t.errs...))
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
	d.Options = slices.Clone(t.Options)
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
