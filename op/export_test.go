package op

// ChangesOf are the changes queued in a table.
func ChangesOf(t *Table) []Operation { return t.changes }
