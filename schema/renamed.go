package schema

import "slices"

// RenamedItem is the property [RenamedFrom].
type RenamedItem []string

// RenamedFrom says by which names a table or a column went before. Where the
// database has it under such a name and not under the new one, autogenerate
// renames it instead of dropping and adding; where the old name is gone this says
// nothing any more. Of several names the first that is there counts. A table is
// looked for in its own schema.
func RenamedFrom(names ...string) RenamedItem { return names }

// AddToTable sets the table's names of before.
func (r RenamedItem) AddToTable(t *Table) { t.RenamedFrom = slices.Clone(r) }

// AddToColumn sets the column's names of before.
func (r RenamedItem) AddToColumn(c *ColumnDef) { c.RenamedFrom = slices.Clone(r) }
