package dialect

import (
	"context"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// Grammar spells statements. [Compile] asks it.
type Grammar interface {
	// Quote quotes an identifier. A name that the database cannot hold (empty, a
	// NUL, too long) is an error.
	Quote(name string) (string, error)
	// Expr spells an expression or literal; its variants are chosen by Names.
	Expr(e schema.Expr) (string, error)
	// Type spells a type, as it stands in a column definition.
	Type(t schema.Type) (string, error)
	// Column spells a column definition as it stands in CREATE TABLE of t (nil
	// outside one) and in ADD COLUMN.
	Column(c *schema.ColumnDef, t *schema.Table) (string, error)
	// Constraint spells a table constraint as it stands in CREATE TABLE and behind
	// ADD. An empty string means that it stands elsewhere, as SQLite's INTEGER PRIMARY KEY does.
	Constraint(c schema.Constraint, t *schema.Table) (string, error)
	// TableOptions spells what follows the closing bracket of CREATE TABLE.
	TableOptions(t *schema.Table) (string, error)
	// CreateIndex spells an index.
	CreateIndex(s ddl.CreateIndex) (SQL, error)
	// DropIndex spells the removal of an index.
	DropIndex(s ddl.DropIndex) (SQL, error)
	// Alter spells the change of a table, in as few statements as the database
	// takes. cat answers what a definition must repeat; offline it is nil.
	Alter(ctx context.Context, cat Catalog, s ddl.AlterTable) ([]SQL, error)
	// Other spells the statements that databases share no algorithm for: comments,
	// renaming a table, enumeration types. No SQL and no error mean that the database
	// has no such thing and can do without.
	Other(s ddl.Statement) ([]SQL, error)
}

// Catalog answers questions about a table as it is now.
type Catalog interface {
	// Table reflects one table. A table that is not there is an error.
	Table(ctx context.Context, name schema.Name) (*schema.Table, error)
	// Conn is the connection, for what a model of tables does not hold.
	Conn() Conn
}

// SQL is a statement in a database's own words.
type SQL struct {
	Text string
	Args []any // bound by the connection; refused offline
	// Autocommit marks a statement that must run outside a transaction.
	Autocommit bool
	// OneRow marks a statement that must change exactly one row.
	OneRow bool
	// Copy is the new table that the statement fills with the rows of Table, where a
	// table is changed by copying it; empty elsewhere. An error that names Copy is
	// reported as one of Table.
	Copy, Table string
}
