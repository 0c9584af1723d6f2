package schema

import "slices"

// RenamedItem is the property [RenamedFrom].
type RenamedItem []string

// RenamedFrom says the former names of a table or a column. Where the database has
// such a name and not the new one, autogenerate renames it instead of dropping and
// adding; where it does not, this says nothing, and may stay in the model. Of several
// names the first that the database has counts. A table is looked for in its own
// schema. (Alembic does not find renames.)
func RenamedFrom(names ...string) RenamedItem { return names }

// AddToTable sets the table's former names.
func (r RenamedItem) AddToTable(t *Table) { t.RenamedFrom = slices.Clone(r) }

// AddToColumn sets the column's former names.
func (r RenamedItem) AddToColumn(c *ColumnDef) { c.RenamedFrom = slices.Clone(r) }
