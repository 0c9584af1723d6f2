package ddl

import "github.com/gomig-dev/gomig/schema"

// ObjectStatement is a statement about an object beside tables: a schema, a
// sequence, a view, a trigger, a routine, an extension, the name of an index,
// the values of an enumeration. The set is closed.
//
//sumtype:decl
type ObjectStatement interface {
	Statement
	object()
}

// ObjectKind is a kind of object that is defined by text of the user's own.
type ObjectKind uint8

// The kinds of object.
const (
	ViewKind ObjectKind = iota + 1
	MaterializedViewKind
	TriggerKind
	FunctionKind
	ProcedureKind
	EventKind // MySQL and MariaDB
)

// String is the kind as messages have it.
func (k ObjectKind) String() string {
	switch k {
	case ViewKind:
		return "view"
	case MaterializedViewKind:
		return "materialized view"
	case TriggerKind:
		return "trigger"
	case FunctionKind:
		return "function"
	case ProcedureKind:
		return "procedure"
	case EventKind:
		return "event"
	}
	return "object"
}

// Object is an object that is defined by text of the user's own.
type Object struct {
	Kind  ObjectKind
	Name  schema.Name
	Table schema.Name // of a trigger; PostgreSQL drops one by it
	// Definition is a view's query, and of other objects what stands behind the
	// name: "BEFORE INSERT ON account FOR EACH ROW …", "() RETURNS integer …".
	Definition string
	Options    []schema.Option // of a view, of one database's own, by key
}

type (
	// CreateSchema makes a schema, which MySQL calls a database.
	CreateSchema struct {
		Name  string
		Guard Guard
	}

	// DropSchema drops a schema: an empty one, unless Cascade says with all that is in it.
	DropSchema struct {
		Name    string
		Guard   Guard
		Cascade bool
	}

	// RenameSchema renames a schema.
	RenameSchema struct{ Name, To string }

	// CreateSequence makes a sequence.
	CreateSequence struct {
		Name    schema.Name
		Clauses []SequenceClause
		Guard   Guard
	}

	// AlterSequence changes what the clauses name.
	AlterSequence struct {
		Name    schema.Name
		Clauses []SequenceClause
		Guard   Guard
	}

	// RenameSequence renames a sequence; To has no schema of its own.
	RenameSequence struct {
		Name schema.Name
		To   string
	}

	// DropSequence drops a sequence.
	DropSequence struct {
		Name    schema.Name
		Guard   Guard
		Cascade bool
	}

	// CreateObject makes an object. With Replace it takes the place of one of that
	// name; Was is then the definition of that one, empty for not known. With Anew
	// the one before is dropped first, even where it could be replaced in place.
	// What the options leave open stays as it is, where the database would lose it;
	// Whole says that they are all that the one before had.
	CreateObject struct {
		Object        Object
		Guard         Guard
		Replace, Anew bool
		Was           string
		Whole         bool
	}

	// DropObject drops an object. Its definition may be empty.
	DropObject struct {
		Object  Object
		Guard   Guard
		Cascade bool
	}

	// RefreshView fills a materialized view anew. Concurrently lets it be read
	// meanwhile; Empty leaves it without rows and unreadable.
	RefreshView struct {
		Name                schema.Name
		Concurrently, Empty bool
	}

	// CreateExtension installs an extension. Schema and Version may be empty;
	// Cascade installs what it needs as well.
	CreateExtension struct {
		Name, Schema, Version string
		Guard                 Guard
		Cascade               bool
	}

	// DropExtension removes an extension.
	DropExtension struct {
		Name    string
		Guard   Guard
		Cascade bool
	}

	// RenameIndex renames an index. A database that can only make it again finds
	// its definition in Was; nil means not known.
	RenameIndex struct {
		Table    schema.Name
		Name, To string
		Was      *schema.IndexDef
	}

	// RenameEnum renames an enumeration type; To has no schema of its own.
	RenameEnum struct {
		Name schema.Name
		To   string
	}

	// RenameEnumValue renames a value of an enumeration type, in all rows that hold it.
	RenameEnumValue struct {
		Name      schema.Name
		Value, To string
	}

	// RebuildEnum gives an enumeration type other values: it makes a new type and
	// moves every column over to it.
	RebuildEnum struct {
		Name    schema.Name
		Values  []string
		Renamed []Renaming   // values that become others in the rows, sorted
		Columns []EnumColumn // the columns of the type; none means all that the database has
	}
)

// Renaming is a value of an enumeration that becomes another.
type Renaming struct{ From, To string }

// EnumColumn is a column of an enumeration type.
type EnumColumn struct {
	Table   schema.Name
	Column  string
	Default schema.Expr // zero for none
	Array   bool        // its type is an array of the enumeration
}

// SequenceKind tells the clauses of a sequence apart.
type SequenceKind uint8

// The clauses of a sequence.
const (
	SequenceType      SequenceKind = iota + 1 // Text is SMALLINT, INTEGER or BIGINT
	SequenceStart                             // Number
	SequenceIncrement                         // Number
	SequenceMin                               // Number
	SequenceNoMin
	SequenceMax // Number
	SequenceNoMax
	SequenceCache // Number
	SequenceCycle
	SequenceNoCycle
	SequenceOwner // Table and Text, a column; neither for no owner
	SequenceRestart
	SequenceRestartWith // Number
)

// SequenceClause is one property of a sequence.
type SequenceClause struct {
	Kind   SequenceKind
	Number int64
	Text   string
	Table  schema.Name
}

// Parameter is a value for :name in SQL of the user's own.
type Parameter struct {
	Name  string
	Value schema.Expr
}

func (CreateSchema) statement()    {}
func (DropSchema) statement()      {}
func (RenameSchema) statement()    {}
func (CreateSequence) statement()  {}
func (AlterSequence) statement()   {}
func (RenameSequence) statement()  {}
func (DropSequence) statement()    {}
func (CreateObject) statement()    {}
func (DropObject) statement()      {}
func (RefreshView) statement()     {}
func (CreateExtension) statement() {}
func (DropExtension) statement()   {}
func (RenameIndex) statement()     {}
func (RenameEnum) statement()      {}
func (RenameEnumValue) statement() {}
func (RebuildEnum) statement()     {}

func (CreateSchema) object()    {}
func (DropSchema) object()      {}
func (RenameSchema) object()    {}
func (CreateSequence) object()  {}
func (AlterSequence) object()   {}
func (RenameSequence) object()  {}
func (DropSequence) object()    {}
func (CreateObject) object()    {}
func (DropObject) object()      {}
func (RefreshView) object()     {}
func (CreateExtension) object() {}
func (DropExtension) object()   {}
func (RenameIndex) object()     {}
func (RenameEnum) object()      {}
func (RenameEnumValue) object() {}
func (RebuildEnum) object()     {}
