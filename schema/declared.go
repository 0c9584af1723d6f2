package schema

// Declared is a table in a [Metadata] as generated code declares it: embedded in
// a struct with a [ColumnName] for each column, so that the compiler knows the
// names of table and columns. The zero Declared is no table.
type Declared struct {
	table *Table
}

// Declare declares a table as [Metadata.Table] does.
func (m *Metadata) Declare(name string, items ...TableItem) Declared {
	t := newTable(name, m.options, items)
	m.add(t, caller())
	return Declared{table: t}
}

// Table is the table; nil for the zero Declared.
func (d Declared) Table() *Table { return d.table }

// TableName is the table's name as people write it: schema.name or name.
func (d Declared) TableName() string {
	if d.table == nil {
		return ""
	}
	return d.table.Name.String()
}

// ColumnName is the name of a column, said once by generated code.
type ColumnName string

// Name is the name, unquoted.
func (n ColumnName) Name() string { return string(n) }
