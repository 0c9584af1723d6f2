// Package ddl is the closed vocabulary of statements that a database can be
// told. It is data only: operations lower to it, dialects compile it, and
// nothing else is ever sent.
package ddl

import "github.com/gomig-dev/gomig/schema"

// Statement is one thing a database can be told. The set is closed: a dialect
// that compiles each of these is complete.
//
//sumtype:decl
type Statement interface{ statement() }

// Guard makes a statement a no-op where the object is (or is not) there already.
type Guard uint8

// The guards.
const (
	Unguarded   Guard = iota
	IfExists          // of a DROP or ALTER
	IfNotExists       // of a CREATE or ADD
)

type (
	// CreateTable makes a table with its columns, constraints, options and
	// comments. Indexes of the table are statements of their own, but for Inside: a
	// database that wants a key for its numbered column makes those with the table,
	// another one right behind it.
	CreateTable struct {
		Table  *schema.Table
		Guard  Guard
		Inside []*schema.IndexDef
	}

	// DropTable drops a table.
	DropTable struct {
		Table schema.Name
		Guard Guard
	}

	// RenameTable renames a table; To has no schema of its own.
	RenameTable struct {
		Table schema.Name
		To    string
	}

	// AlterTable changes a table by one or more actions, which a database that can
	// takes in one statement. It is the unit that SQLite's rebuild works on.
	AlterTable struct {
		Table   schema.Name
		Actions []Action
		Batch   *Batch          // how to rebuild where ALTER does not do; nil for the default
		Options []schema.Option // of the statement, such as MySQL's ALGORITHM and LOCK

		// Indexes that go and come with the actions, in one statement where the
		// database can: MySQL wants a numbered column to be in a key at any time.
		DropIndexes []DropIndex
		AddIndexes  []CreateIndex
	}

	// CreateIndex makes an index.
	CreateIndex struct {
		Table   schema.Name
		Index   *schema.IndexDef
		Guard   Guard
		Options []schema.Option // of the statement, such as PostgreSQL's CONCURRENTLY
	}

	// DropIndex drops an index. Table may be empty where index names are unique in a schema.
	DropIndex struct {
		Table   schema.Name
		Name    string
		Guard   Guard
		Options []schema.Option
	}

	// SetTableComment sets a table's comment; an empty Comment drops it.
	SetTableComment struct {
		Table   schema.Name
		Comment string
	}

	// CreateEnum makes an enumeration type, where types are objects.
	CreateEnum struct {
		Name   schema.Name
		Values []string
		Guard  Guard
	}

	// DropEnum drops an enumeration type.
	DropEnum struct {
		Name  schema.Name
		Guard Guard
	}

	// AddEnumValue adds a value, behind After or before Before if one is given, else last.
	AddEnumValue struct {
		Name          schema.Name
		Value         string
		Before, After string
	}

	// InsertRows inserts rows; every row has a value for each column.
	InsertRows struct {
		Table   schema.Name
		Columns []string
		Rows    [][]schema.Expr
	}

	// UpdateRows sets columns in the rows that Where matches.
	UpdateRows struct {
		Table schema.Name
		Set   []Assignment
		Where []Assignment // all must hold; none means every row
	}

	// DeleteRows deletes the rows that Where matches.
	DeleteRows struct {
		Table schema.Name
		Where []Assignment // all must hold; none means every row
	}

	// Raw is SQL of the user's own. Args are bound, which only a connection can
	// do; Named are written into the SQL in place of :name, as literals.
	Raw struct {
		SQL   string
		Args  []any
		Named []Parameter
	}
)

// Assignment is a column with a value.
type Assignment struct {
	Column string
	Value  schema.Expr
}

// Recreate says when a batch copies a table instead of altering it.
type Recreate uint8

// When to copy a table.
const (
	RecreateAuto   Recreate = iota // where the database cannot alter it
	RecreateAlways                 // always
	RecreateNever                  // never: what cannot be altered is an error
)

// Batch says how a table is copied, where that is needed (batch_alter_table).
type Batch struct {
	Recreate Recreate
	CopyFrom *schema.Table           // the table as it is; nil reads it from the database
	Columns  []*schema.ColumnDef     // columns as they are taken to be, whatever the database says (reflect_args)
	Naming   schema.NamingConvention // names for constraints that have none in the database
	Order    [][]string              // columns that follow one another (partial_reordering)
	Items    []schema.TableItem      // further items of the new table (table_args)
}

func (CreateTable) statement()     {}
func (DropTable) statement()       {}
func (RenameTable) statement()     {}
func (AlterTable) statement()      {}
func (CreateIndex) statement()     {}
func (DropIndex) statement()       {}
func (SetTableComment) statement() {}
func (CreateEnum) statement()      {}
func (DropEnum) statement()        {}
func (AddEnumValue) statement()    {}
func (InsertRows) statement()      {}
func (UpdateRows) statement()      {}
func (DeleteRows) statement()      {}
func (Raw) statement()             {}
