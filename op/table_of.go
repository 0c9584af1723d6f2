package op

import "github.com/gomig-dev/gomig/schema"

// TableOf is the table that an operation is about; false if it is about none, or
// about more than one. Of a table that is renamed it is the name before. An
// operation of a user's own may say it by a method OfTable.
func TableOf(o Operation) (schema.Name, bool) {
	switch o := o.(type) {
	case interface{ OfTable() schema.Name }:
		return o.OfTable(), true
	case *CreateTable:
		return o.Table.Name, true
	case *DropTable:
		return o.Table, true
	case *RenameTable:
		return o.Table, true
	case *AlterTable:
		return o.Table, true
	case *BulkInsert:
		return o.Table, true
	case Grouped:
		return o.table(), true
	}
	return schema.Name{}, false
}
