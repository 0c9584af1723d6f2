// Package dialect is the seam between gomig and the databases: what varies is
// asked of a [Dialect] in narrow questions; what does not vary stands here once.
//
// A dialect does not inherit. [Compile] holds the algorithm and asks the
// [Grammar]; rarer powers are optional interfaces of one or two methods
// ([Normalizer], [Preparer], [CommitChecker]), each saying what its absence means.
package dialect

import (
	"context"
	"database/sql"
	"time"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// System is a family of databases, as a program lists it: MySQL with MariaDB
// and TiDB, PostgreSQL, SQLite. It holds no state and imports no driver.
type System interface {
	// Name is the name of the family: "mysql", "postgresql", "sqlite".
	Name() string
	// Flavors are the dialect names that the family answers to, the plain one first.
	Flavors() []string
	// Offline is the dialect of a flavour where no connection says more.
	Offline(flavor string) Dialect
	// Detect asks a connection for its flavour and version.
	Detect(ctx context.Context, conn Conn) (Dialect, error)
}

// Dialect is one database at one version. It is a value: it keeps nothing of a
// connection beyond what [System.Detect] learned.
type Dialect interface {
	Grammar
	// Name is the flavour: "mysql", "mariadb", "tidb", "postgresql", "sqlite".
	Name() string
	// Names are the names under which variants of types and expressions are
	// looked for, most particular first: mariadb, mysql.
	Names() []string
	// TransactionalDDL reports whether a failed transaction undoes schema changes.
	TransactionalDDL() bool
	// Reflect reads what the database holds, in canonical form, by a number of
	// queries that does not depend on the number of tables. Constraints and indexes
	// carry the names that the server has for them, also those it invented itself
	// (account_pkey, account_ibfk_1): dropping one needs its name. A name is left
	// out only where the server has none (MySQL's PRIMARY, SQLite's unnamed ones).
	Reflect(ctx context.Context, conn Conn, scope Scope) (*Reflection, error)
	// HasTable asks the catalogue for one table; an empty schema is the default one.
	HasTable(ctx context.Context, conn Conn, name schema.Name) (bool, error)
	// Canonical is the table as the server would report it, as far as rules tell.
	// It changes nothing in t and is idempotent. A constraint declared without a
	// name stays without one, and names given are kept (autogen matches an unnamed
	// constraint by what it says): names are folded only where the server keeps none.
	Canonical(t *schema.Table) *schema.Table
	// EqualExpr decides whether two SQL expressions in canonical form say the same.
	EqualExpr(a, b string) Verdict
	// Lock takes the lock of a migration run, waiting at most wait; zero waits as
	// long as ctx. The error of a lock that is held is a *LockedError.
	Lock(ctx context.Context, conn Conn, name string, wait time.Duration) (unlock func(context.Context) error, err error)
}

// Verdict is the answer of a rule that may not know.
type Verdict uint8

// The verdicts.
const (
	Undecided Verdict = iota // rules do not tell: ask the server
	Same
	Different
)

// Conn is one database connection (or a transaction on it): *sql.Conn and
// *sql.Tx are such. A pool is not: session state would go astray.
type Conn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Scope says what of a database to reflect.
type Scope struct {
	Schemas    []string               // schemas beside the default one; "" need not be listed
	AllSchemas bool                   // every schema but the system's own (include_schemas)
	Include    func(schema.Name) bool // tables to read; nil for all
	// Verbatim also tells apart what compares as the same, so that it can be made
	// again as it is: PostgreSQL's SERIAL and its identity columns, now() and
	// CURRENT_TIMESTAMP; MySQL's RESTRICT and NO ACTION, and the names of the
	// indexes that it made for foreign keys.
	Verbatim bool
	// Dependents also reads the views of other schemas that rest on what these hold, where
	// the server refuses changes below a view; see [View.Outside].
	Dependents bool
}

// Reflection is what a database holds.
type Reflection struct {
	DefaultSchema string                        // the connection's default schema; its tables carry no schema in their names
	Tables        []*schema.Table               // sorted by schema and name, in canonical form
	Enums         []Enum                        // enumeration types, where they are objects, sorted
	Own           map[schema.Name]*schema.Table // tables that the server spells in another way than canonical form does, in its own spelling
	ByPath        map[schema.Name]bool          // named types of columns, with their schemas, that the search path finds without a schema (PostgreSQL)
	Views         []View                        // sorted by schema and name; [ReadObjects] fills them in
	Sequences     []*schema.Sequence
	Others        []Object  // what is there but not managed; never dropped
	Problems      []Problem // what could not be read; the rest was
}

// Enum is an enumeration type.
type Enum struct {
	Name   schema.Name
	Values []string
	Held   bool // something beside the tables that were read uses it too, such as a function: it cannot be dropped with them
}

// Object is something in a database that gomig names but does not manage.
type Object struct {
	Kind string // "view", "trigger", "sequence", "virtual table" …
	Name schema.Name
}

// Problem is an object that could not be read.
type Problem struct {
	Object Object
	Err    error
}

// Normalizer lets the server itself bring declared tables to canonical form, in
// a scratch place that is gone afterwards. Without it rules alone decide.
type Normalizer interface {
	// Normalize creates the tables, reflects them and removes them. tables are
	// given in an order in which they can be created; what they refer to outside
	// the list is in around. A table the server refuses is in the map of errors.
	Normalize(ctx context.Context, conn Conn, tables, around []*schema.Table) ([]*schema.Table, map[schema.Name]error, error)
}

// Preparer sets a connection up for a run before its transaction begins, and
// gives what undoes that. Without it a connection is used as it is.
type Preparer interface {
	Prepare(ctx context.Context, conn Conn) (restore func(context.Context) error, err error)
}

// ScriptPreparer is a [Preparer] that can say in a script what it does to a
// connection, and what a [CommitChecker] looks for. Without it a script begins
// with its first transaction.
type ScriptPreparer interface {
	PrepareScript() ScriptFrame
}

// ScriptFrame is what stands around the transactions of a script that runs revisions.
type ScriptFrame struct {
	Before []SQL // the first transaction
	Commit []SQL // before each COMMIT
	After  []SQL // the last transaction
}

// CommitChecker is a dialect that must look at a transaction before it is committed,
// for what the server does not check itself: SQLite's foreign keys, which are off
// while tables are copied. An error rolls the transaction back. Without it nothing is checked.
type CommitChecker interface {
	CheckCommit(ctx context.Context, conn Conn) error
}

// Traits are the abilities and limits of a database by which autogenerate chooses
// its operations and their order. The zero Traits hold for a database that alters
// tables in place, appends new columns and refuses a foreign key to a table that
// does not exist yet.
type Traits struct {
	// Columns.

	// PlacesColumns: ADD COLUMN takes FIRST and AFTER (MySQL, MariaDB).
	PlacesColumns bool
	// MovesColumns: an existing column can be put elsewhere (ddl.PlaceAspect): MySQL
	// by MODIFY, SQLite by a copy of the table.
	MovesColumns bool
	// FoldsColumns: the names of two columns of a table must differ in more than case,
	// so that userName and username are one column (MySQL, MariaDB, SQLite).
	FoldsColumns bool
	// NamingDefaults: a default may name other columns of its table (MySQL, MariaDB).
	NamingDefaults bool
	// PinsGenerated: the type of a column cannot change while a generated column is
	// computed from it (PostgreSQL, 0A000).
	PinsGenerated bool
	// PinsNames: a column cannot be renamed while a check, a generated column or an
	// expression of an index names it (MySQL; MariaDB can).
	PinsNames bool
	// ShortText: TEXT holds less than JSON does, so that a document may not fit (MySQL,
	// MariaDB).
	ShortText bool
	// NumbersKeys: a column numbers its rows exactly when it is the whole primary key
	// and an integer, whatever is declared (SQLite's rowid).
	NumbersKeys bool
	// KeysNumbers: a numbered column must be in a key of its table after every single
	// statement (MySQL and MariaDB, error 1075).
	KeysNumbers bool

	// KeepsKeyIndexes: the index that the database makes for a foreign key, where it
	// finds none, stays when another is made that serves the key as well (TiDB).
	KeepsKeyIndexes bool

	// Tables, and their names and options.

	// BatchesChanges: the changes of one table are grouped unless the user says
	// otherwise, since each alone could cost a copy of the table (SQLite).
	BatchesChanges bool
	// FoldsTables: the names of two tables must differ in more than case (SQLite, TiDB).
	FoldsTables bool
	// FollowsTableName: renaming a table also renames the constraints that the server
	// named after it, such as account_ibfk_1 (MySQL, MariaDB).
	FollowsTableName bool
	// ResetsOptions: an option can be taken from a table again (ddl.ResetOption).
	ResetsOptions bool
	// OwnsOptions: a table has no options but those that its declaration says, so that
	// one it does not say is one to take away (SQLite). Elsewhere it is left alone.
	OwnsOptions bool

	// Keys and indexes.

	// ForwardReferences: a foreign key may point at a table that is not there yet, and
	// does not mind when what it points at changes (SQLite).
	ForwardReferences bool
	// IndexedKeys: a foreign key needs an index of its own columns, which cannot be
	// dropped meanwhile, and the numbering of the column that it points at cannot
	// change (MySQL and MariaDB, errors 1553 and 1833).
	IndexedKeys bool
	// OwnIndexNames: names of indexes are unique in their table only, so that two
	// tables may each have an index of one name (MySQL, MariaDB).
	OwnIndexNames bool
	// MergesKeys: CREATE TABLE makes one constraint of two unique ones that say the
	// same, whatever their names (PostgreSQL).
	MergesKeys bool

	// Other objects.

	// EnumTypes: an enumeration is an object that must exist before a column uses it
	// (PostgreSQL); elsewhere its values are part of the column's type.
	EnumTypes bool
	// Replaces says how a view can take the place of another.
	Replaces Replacing
	// MaterializedViews: there are views that keep their rows (PostgreSQL).
	MaterializedViews bool
	// MovesUnderViews: what a view rests on may change or go; the view fails only when
	// it is next used (MySQL, MariaDB).
	MovesUnderViews bool
}

// ColumnRemaker is a dialect that cannot turn every generated column into another,
// or into a plain one, in place. Such a column is dropped and added again, with
// what rests on it. Without it any change can be made in place.
type ColumnRemaker interface {
	// RemakesColumn reports whether a column that is computed otherwise, or no
	// longer, or not yet, must be dropped and added to become so.
	RemakesColumn(from, to *schema.ColumnDef) bool
}

// Converter is a dialect that must be told how the values of a column become
// those of another type. Without it the database converts whatever it is asked to.
type Converter interface {
	// Conversion is the SQL expression (op.Using) that does it for a column as it
	// is; empty where the database needs none. Not ok are types between which there
	// is no conversion: the column must be dropped and added, and its values are lost.
	Conversion(from *schema.ColumnDef, to schema.Type) (using string, ok bool)
}

// Recaster is a dialect whose server keeps checks, predicates and index expressions
// with the casts that it added for the types of their columns. When the type of a
// column changes, those casts stay, and the expression differs from one that is
// written anew. Without it expressions are kept as they were written.
type Recaster interface {
	// Recasts reports whether an expression that names a column must be made anew when
	// the column goes from one type to the other.
	Recasts(from, to schema.Type) bool
}

// Keeper is a dialect whose columns may hold more than their type says, as SQLite's
// do: a VARCHAR(5) there holds text of any length. Without it a column holds what
// its type says, and no more.
type Keeper interface {
	// Keeps reports whether every value that a column of one type may hold stays as
	// it is when the column is given another.
	Keeps(from, to schema.Type) bool
}

// Inheritor is a dialect whose tables may inherit columns from others. Without it none does.
type Inheritor interface {
	// ParentTables are the tables that a table in canonical form inherits from.
	ParentTables(t *schema.Table) []schema.Name

	// RenameParent gives a table that a table inherits from another name in its options.
	RenameParent(t *schema.Table, from, to schema.Name)

	// OnlyInherited reports whether a table, as it was read, has a column or a check with
	// these options by its parents alone.
	OnlyInherited(opts []schema.Option) bool

	// CarriesOption reports whether an option of a column is set in the tables below as
	// well where it is set, or, if added, where the column is added with it.
	CarriesOption(o schema.Option, added bool) bool
}

// Cautioner is a dialect whose server refuses to change the columns and keys of some
// tables, or harms them, unless the session is set up for it: MariaDB's tables that
// keep the history of their rows. Without it any table can be changed as it is.
type Cautioner interface {
	// Caution is the warning about a table, as it goes on from "table 'a' "; empty for none.
	Caution(t *schema.Table) string
}

// Refuser is a dialect of a database that refuses some changes of a table for good,
// whatever its rows are (TiDB). Without it the database makes every change.
type Refuser interface {
	// Refuses says why the database does not make a change, and the way out; nil if it does.
	Refuses(a ddl.Action) error
}

// Versioner is a dialect that was told by its server which version it is.
// Without it the version is not known.
type Versioner interface {
	// ServerVersion is the version in the server's own words; offline it is what
	// [VersionedOffline] was given, else empty.
	ServerVersion() string
}

// VersionedOffline is a [System] that knows what its versions can do, for scripts
// that are for an older server. Without it [System.Offline] is all there is.
type VersionedOffline interface {
	// OfflineVersion is [System.Offline] at a version, in the server's own words or
	// in those of people: "8.0.36", "10.11.4-MariaDB", "13". A part that is left out
	// is 0. What is no version, or one that gomig is not for, is an error.
	OfflineVersion(flavor, version string) (Dialect, error)
}

// VersionOf is the name of a dialect with the version of its server.
func VersionOf(d Dialect) string {
	version := "of unknown version"
	if v, ok := d.(Versioner); ok && v.ServerVersion() != "" {
		version = v.ServerVersion()
	}
	return d.Name() + " " + version
}

// Traiter is a dialect with traits. Without it the zero Traits hold.
type Traiter interface {
	Traits() Traits
}

// TraitsOf are the traits of a dialect.
func TraitsOf(d Dialect) Traits {
	if t, ok := d.(Traiter); ok {
		return t.Traits()
	}
	return Traits{}
}

// LockTransaction is a dialect whose lock is a transaction: [Dialect.Lock] begins
// one that is the run's own, committing it gives the lock back, and unlocking
// rolls back what was not committed. Without it the lock is the session's.
type LockTransaction interface {
	LockBeginsTransaction() bool
}

// SelfCommitter is a dialect some of whose statements end the transaction that
// they stand in: MySQL commits before and after CREATE, ALTER and DROP. A run
// then switches the connection's autocommit off, so that what follows such a
// statement is in a transaction again. Without it only COMMIT ends a transaction.
type SelfCommitter interface {
	// SetAutocommit switches the mode of a connection and gives what it was.
	SetAutocommit(ctx context.Context, conn Conn, on bool) (was bool, err error)
	// CommitsItself reports whether a statement that gave err, or nil, has ended
	// the transaction it stood in: one that fails does so too, unless it was not understood.
	CommitsItself(sql string, err error) bool
}

// SchemaSwitcher is a [System] that can give a connection another default
// schema. Without it names without a schema always mean the same.
type SchemaSwitcher interface {
	// SwitchSchema makes schema the default one, which must be there; local says
	// that conn is a transaction, with which the change is to end.
	SwitchSchema(ctx context.Context, conn Conn, schema string, local bool) (restore func(context.Context) error, err error)
	// SwitchSchemaScript says the same in a script.
	SwitchSchemaScript(schema string) ([]SQL, error)
}

// SchemaSharer is a dialect whose locks are the whole database's, while a version
// table named without a schema may lie in any of its schemas (PostgreSQL): two such
// tables need two locks. Without it a name without a schema means one table only.
type SchemaSharer interface {
	// InSchema is a name with the default schema of the connection, or as it is where
	// that is the usual one.
	InSchema(name schema.Name) schema.Name
}

// Killer is a dialect whose server goes on with a statement when its client is
// gone: MySQL works an ALTER to its end, and holds the session's locks so long.
// Without it a server notices by itself.
type Killer interface {
	// SessionID names the session of a connection.
	SessionID(ctx context.Context, conn Conn) (string, error)
	// Kill ends a session by another connection. One that is gone is no error.
	Kill(ctx context.Context, other Conn, session string) error
}

// TransactionLocker is a dialect with a lock that ends with the transaction of
// the connection, for a run in a transaction whose end it does not see. Without
// it such a run takes the lock of [Dialect.Lock] and gives it back before that end.
type TransactionLocker interface {
	LockTransaction(ctx context.Context, conn Conn, name string, wait time.Duration) error
}

// LockedError says that another run holds the lock.
type LockedError struct {
	Name   string        // of the lock
	Holder string        // who holds it, in the server's words; empty if not known
	Waited time.Duration // how long was waited
}

// Error says who holds the lock.
func (e *LockedError) Error() string {
	s := "another migration run holds the lock " + e.Name
	if e.Holder != "" {
		s += " (" + e.Holder + ")"
	}
	return s + "; waited " + e.Waited.String() + ": wait for it to end, or raise lock_timeout"
}
