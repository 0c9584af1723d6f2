package postgres

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// prefix begins the keys of all options here.
const prefix = Name + "."

// The options of tables. Each is made by the function of its plain name.
type (
	// UnloggedOption is the option [Unlogged].
	UnloggedOption struct{}
	// LoggedOption is the option [Logged].
	LoggedOption struct{}
	// PartitionByOption is the option [PartitionBy].
	PartitionByOption struct{ By string }
	// InheritsOption is the option [Inherits].
	InheritsOption struct{ Parents string } // joined by NUL, so that it stays comparable
	// AccessMethodOption is the option [AccessMethod].
	AccessMethodOption struct{ Name string }
	// RowSecurityOption is the option [RowSecurity].
	RowSecurityOption struct{ For SecurityScope }
	// TablespaceOption is the option [Tablespace].
	TablespaceOption struct{ Name string }
	// StorageOption is the option [With].
	StorageOption struct{ Name, Value string }
)

// Unlogged keeps the table out of the write-ahead log: faster, and empty after a crash.
func Unlogged() UnloggedOption { return UnloggedOption{} }

// Logged is the opposite of [Unlogged], to set a table back. A table is logged unless it says otherwise.
func Logged() LoggedOption { return LoggedOption{} }

// PartitionBy makes the table the parent of partitions; by is SQL: "RANGE (created_at)".
func PartitionBy(by string) PartitionByOption { return PartitionByOption{by} }

// Inherits lets the table inherit from parents, each "table" or "schema.table"; names
// that hold points stand in quotes, as in SQL. The columns of the parents are declared
// here as well; the server merges them, or takes those of the parents that are [Inherited].
// A check of a parent may be left out here: it comes and goes with that of the parent.
func Inherits(parents ...string) InheritsOption {
	return InheritsOption{strings.Join(parents, "\x00")}
}

// AccessMethod is the table access method (USING); a table that names none is kept by heap.
func AccessMethod(name string) AccessMethodOption { return AccessMethodOption{name} }

// SecurityScope says for whom row security holds.
type SecurityScope uint8

// For whom row security holds.
const (
	NoOne         SecurityScope = iota // row security is off: of use to set a table back
	Others                             // all but the table's owner
	OwnerIncluded                      // all, the table's owner included (FORCE)
)

// RowSecurity turns row security on. Policies are not part of a table's model.
func RowSecurity(scope SecurityScope) RowSecurityOption { return RowSecurityOption{scope} }

// Tablespace puts a table, an index or a constraint's index into a tablespace.
func Tablespace(name string) TablespaceOption { return TablespaceOption{name} }

// With sets a storage parameter of a table, an index or a constraint's index:
// With("fillfactor", "70"), With("toast.autovacuum_enabled", "false"). An
// empty value resets it.
func With(name, value string) StorageOption { return StorageOption{name, value} }

// The options of columns.
type (
	// SerialOption is the option [Serial], or [SerialBy].
	SerialOption struct {
		Sequence string // its name; empty for the one that the server would give it
		Type     string // of the sequence: smallint, integer or bigint; empty for the column's
	}
	// ColumnStorageOption is the option [Storage].
	ColumnStorageOption struct{ Strategy string }
	// CompressionOption is the option [Compression].
	CompressionOption struct{ Method string }
	// StatisticsOption is the option [Statistics].
	StatisticsOption struct{ Target int }
	// InheritedOption is the option [Inherited].
	InheritedOption struct{}
)

// Serial makes the column a SERIAL of the old kind: numbered by a sequence that
// is its default, instead of by identity. It is compared as AutoIncrement, so a
// column changes from one kind to the other only when a revision says so.
func Serial() SerialOption { return SerialOption{} }

// SerialBy is [Serial] by a sequence of this name, which belongs to the column and is in
// the schema of its table. It is of the column's type, or of the one said: "integer" where
// the column has become a bigint and the sequence has not. A sequence that is said so is
// compared; where a declaration leaves it open, it stays as it is.
func SerialBy(sequence string, as ...string) SerialOption {
	o := SerialOption{Sequence: sequence}
	if len(as) > 0 {
		o.Type = as[0]
	}
	return o
}

// Storage is how the column's large values are kept: PLAIN, EXTERNAL, EXTENDED or MAIN.
func Storage(strategy string) ColumnStorageOption {
	return ColumnStorageOption{strings.ToUpper(strategy)}
}

// Compression is how the column's large values are compressed: pglz or lz4 (PostgreSQL 14).
func Compression(method string) CompressionOption { return CompressionOption{method} }

// Statistics is how many values ANALYZE keeps of the column.
func Statistics(target int) StatisticsOption { return StatisticsOption{target} }

// Inherited leaves a column or check of a new table to the parents that have it and
// that [Inherits] names: it is not the table's own, and goes when theirs goes. A
// default that it says is the table's. It is not compared.
func Inherited() InheritedOption { return InheritedOption{} }

// The options of constraints.
type (
	// IncludingOption is the option [Including].
	IncludingOption struct{ Columns string } // joined by NUL
	// CommentOption is the option [ConstraintComment].
	CommentOption struct{ Text string }
	// NoInheritOption is the option [NoInherit].
	NoInheritOption struct{}
	// SetColumnsOption is the option [SetColumns].
	SetColumnsOption struct{ Columns string } // joined by NUL
	// NotEnforcedOption is the option [NotEnforced].
	NotEnforcedOption struct{}
	// PeriodOption is the option [WithPeriod].
	PeriodOption struct{}
	// DeferralOption is the option [DeferKey].
	DeferralOption struct{ When schema.Deferral }
)

// Including keeps columns in the index of a primary key, unique or exclusion constraint beside its key.
func Including(columns ...string) IncludingOption {
	return IncludingOption{strings.Join(columns, "\x00")}
}

// ConstraintComment is the comment on a constraint.
func ConstraintComment(text string) CommentOption { return CommentOption{text} }

// NoInherit keeps a check from tables that inherit.
func NoInherit() NoInheritOption { return NoInheritOption{} }

// SetColumns restricts ON DELETE SET NULL or SET DEFAULT to some columns of a foreign key (PostgreSQL 15).
func SetColumns(columns ...string) SetColumnsOption {
	return SetColumnsOption{strings.Join(columns, "\x00")}
}

// NotEnforced keeps a foreign key without enforcing it (PostgreSQL 18). A check says schema.NotEnforced.
func NotEnforced() NotEnforcedOption { return NotEnforcedOption{} }

// WithPeriod makes the last column of a key a period: WITHOUT OVERLAPS of a
// primary key or unique constraint, PERIOD of a foreign key (PostgreSQL 18).
func WithPeriod() PeriodOption { return PeriodOption{} }

// DeferKey says when a primary key is checked. Other constraints say schema.WithDeferral.
func DeferKey(when schema.Deferral) DeferralOption { return DeferralOption{when} }

// ConcurrentlyOption is the option [Concurrently].
type ConcurrentlyOption struct{}

// Concurrently makes or drops an index without locking out writers. Such a
// statement runs outside a transaction; when it fails it leaves an invalid index
// behind, which is to be dropped.
func Concurrently() ConcurrentlyOption { return ConcurrentlyOption{} }
