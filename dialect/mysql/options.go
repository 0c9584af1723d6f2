package mysql

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// The properties that only this family has. Each is a [schema.Option] and stands
// where its methods say: in a table, a column, an index or a statement.
type (
	// EngineOption is a table's storage engine.
	EngineOption string
	// CharsetOption is the character set of a table or column.
	CharsetOption string
	// CollateOption is the collation of a table.
	CollateOption string
	// RowFormatOption is how rows are laid out.
	RowFormatOption string
	// AutoIncrementStartOption is the first number that AUTO_INCREMENT gives.
	AutoIncrementStartOption uint64
	// TableOptionValue is any other option of a table, by its name.
	TableOptionValue struct{ Name, Value string }
	// PartitionOption is the PARTITION BY clause of a table.
	PartitionOption string
	// SystemVersionedOption keeps the history of rows (MariaDB).
	SystemVersionedOption struct{}
	// TemporaryOption makes a table of the session's own.
	TemporaryOption struct{}
	// OnUpdateOption sets a column to the current time when its row changes.
	OnUpdateOption struct{}
	// InvisibleOption hides a column from SELECT *, or an index from the optimizer.
	InvisibleOption struct{}
	// CompressedOption compresses a column's values (MariaDB).
	CompressedOption struct{}
	// ParserOption is the plugin that splits a FULLTEXT index's text into words.
	ParserOption string
	// AlgorithmOption is how a statement changes a table.
	AlgorithmOption string
	// LockOption is what others may do to a table while a statement changes it.
	LockOption string
)

// Algorithm is how an ALTER TABLE, CREATE INDEX or DROP INDEX works.
type Algorithm string

// The algorithms. A statement that cannot be done so is refused by the server.
const (
	Instant Algorithm = "INSTANT"
	NoCopy  Algorithm = "NOCOPY" // MariaDB
	InPlace Algorithm = "INPLACE"
	Copy    Algorithm = "COPY"
)

// LockMode is what others may do while a statement changes a table.
type LockMode string

// The modes.
const (
	LockNone      LockMode = "NONE"      // read and write
	LockShared    LockMode = "SHARED"    // read
	LockExclusive LockMode = "EXCLUSIVE" // nothing
)

// Engine is the table's storage engine (mysql_engine).
func Engine(name string) EngineOption { return EngineOption(name) }

// Charset is the character set of a table or column (mysql_charset).
func Charset(name string) CharsetOption { return CharsetOption(name) }

// Collate is the collation of a table (mysql_collate); a column's is [schema.Collate].
func Collate(name string) CollateOption { return CollateOption(name) }

// RowFormat is how rows are laid out: DYNAMIC, COMPRESSED … (mysql_row_format).
func RowFormat(name string) RowFormatOption { return RowFormatOption(name) }

// AutoIncrementStart is the first number that AUTO_INCREMENT gives
// (mysql_auto_increment). It moves with the data and is not compared.
func AutoIncrementStart(n uint64) AutoIncrementStartOption { return AutoIncrementStartOption(n) }

// TableOption is any other option of a table: TableOption("STATS_PERSISTENT", "1").
// The value is SQL, written as it is.
func TableOption(name, value string) TableOptionValue {
	return TableOptionValue{strings.ToUpper(name), value}
}

// PartitionBy partitions a table; the clause is SQL, without PARTITION BY
// (mysql_partition_by): PartitionBy("HASH (`id`) PARTITIONS 4").
func PartitionBy(clause string) PartitionOption { return PartitionOption(clause) }

// SystemVersioned keeps the history of rows (MariaDB's WITH SYSTEM VERSIONING).
func SystemVersioned() SystemVersionedOption { return SystemVersionedOption{} }

// Temporary makes a table of the session's own.
func Temporary() TemporaryOption { return TemporaryOption{} }

// OnUpdateNow sets the column to the current time when its row changes
// (ON UPDATE CURRENT_TIMESTAMP).
func OnUpdateNow() OnUpdateOption { return OnUpdateOption{} }

// Invisible hides a column from SELECT *, or an index from the optimizer
// (MariaDB calls such an index IGNORED).
func Invisible() InvisibleOption { return InvisibleOption{} }

// Compressed compresses the column's values (MariaDB's COMPRESSED).
func Compressed() CompressedOption { return CompressedOption{} }

// Parser names the plugin that splits the text of a FULLTEXT index (mysql_with_parser).
func Parser(name string) ParserOption { return ParserOption(name) }

// WithAlgorithm asks for an algorithm of a statement (ALGORITHM=).
func WithAlgorithm(a Algorithm) AlgorithmOption { return AlgorithmOption(a) }

// WithLock asks for a lock of a statement (LOCK=).
func WithLock(m LockMode) LockOption { return LockOption(m) }

// TablePrefix stands before the word TABLE.
func (TemporaryOption) TablePrefix() string { return "TEMPORARY" }

// prefix begins the keys of this package's options.
const prefix = "mysql."

// OptionKey is mysql.engine.
func (EngineOption) OptionKey() string { return prefix + "engine" }

// OptionKey is mysql.charset.
func (CharsetOption) OptionKey() string { return prefix + "charset" }

// CanonicalKey is that of the collation, which a table's character set is compared as.
func (CharsetOption) CanonicalKey() string { return CollateOption("").OptionKey() }

// OptionKey is mysql.collate.
func (CollateOption) OptionKey() string { return prefix + "collate" }

// OptionKey is mysql.row_format.
func (RowFormatOption) OptionKey() string { return prefix + "row_format" }

// OptionKey is mysql.auto_increment.
func (AutoIncrementStartOption) OptionKey() string { return prefix + "auto_increment" }

// OptionKey is mysql.option. and the name.
func (o TableOptionValue) OptionKey() string { return prefix + "option." + strings.ToLower(o.Name) }

// OptionKey is mysql.partition_by.
func (PartitionOption) OptionKey() string { return prefix + "partition_by" }

// OptionKey is mysql.system_versioned.
func (SystemVersionedOption) OptionKey() string { return prefix + "system_versioned" }

// OnlyWithTable reports whether the server adds an index to a table with a history
// only where that may be changed: a unique one, to which it adds the end of the row.
func (SystemVersionedOption) OnlyWithTable(i *schema.IndexDef) bool { return i.Unique }

// OptionKey is mysql.temporary.
func (TemporaryOption) OptionKey() string { return prefix + "temporary" }

// OptionKey is mysql.on_update.
func (OnUpdateOption) OptionKey() string { return prefix + "on_update" }

// OptionKey is mysql.invisible.
func (InvisibleOption) OptionKey() string { return prefix + "invisible" }

// OptionKey is mysql.compressed.
func (CompressedOption) OptionKey() string { return prefix + "compressed" }

// OptionKey is mysql.parser.
func (ParserOption) OptionKey() string { return prefix + "parser" }

// OptionKey is mysql.algorithm.
func (AlgorithmOption) OptionKey() string { return prefix + "algorithm" }

// OptionKey is mysql.lock.
func (LockOption) OptionKey() string { return prefix + "lock" }

// Call spells the option in Go.
func (o EngineOption) Call() schema.Call { return call("Engine", string(o)) }

// Call spells the option in Go.
func (o CharsetOption) Call() schema.Call { return call("Charset", string(o)) }

// Call spells the option in Go.
func (o CollateOption) Call() schema.Call { return call("Collate", string(o)) }

// Call spells the option in Go.
func (o RowFormatOption) Call() schema.Call { return call("RowFormat", string(o)) }

// Call spells the option in Go.
func (o AutoIncrementStartOption) Call() schema.Call { return call("AutoIncrementStart", uint64(o)) }

// Call spells the option in Go.
func (o TableOptionValue) Call() schema.Call { return call("TableOption", o.Name, o.Value) }

// Call spells the option in Go.
func (o PartitionOption) Call() schema.Call { return call("PartitionBy", string(o)) }

// Call spells the option in Go.
func (SystemVersionedOption) Call() schema.Call { return call("SystemVersioned") }

// Call spells the option in Go.
func (TemporaryOption) Call() schema.Call { return call("Temporary") }

// Call spells the option in Go.
func (OnUpdateOption) Call() schema.Call { return call("OnUpdateNow") }

// Call spells the option in Go.
func (InvisibleOption) Call() schema.Call { return call("Invisible") }

// Call spells the option in Go.
func (CompressedOption) Call() schema.Call { return call("Compressed") }

// Call spells the option in Go.
func (o ParserOption) Call() schema.Call { return call("Parser", string(o)) }

// Call spells the option in Go.
func (o AlgorithmOption) Call() schema.Call { return call("WithAlgorithm", Algorithm(o)) }

// Call spells the option in Go.
func (o LockOption) Call() schema.Call { return call("WithLock", LockMode(o)) }

// Call spells the algorithm in Go.
func (a Algorithm) Call() schema.Call {
	names := map[Algorithm]string{Instant: "Instant", NoCopy: "NoCopy", InPlace: "InPlace", Copy: "Copy"}
	return constant(names[a], "Algorithm", string(a))
}

// Call spells the mode in Go.
func (m LockMode) Call() schema.Call {
	names := map[LockMode]string{LockNone: "LockNone", LockShared: "LockShared", LockExclusive: "LockExclusive"}
	return constant(names[m], "LockMode", string(m))
}

// constant spells a constant, or the conversion of a value that has none.
func constant(name, conversion, value string) schema.Call {
	if name == "" {
		return call(conversion, value)
	}
	return schema.Call{Path: Path, Func: name, Const: true}
}
