package ddl

import "github.com/gomig-dev/gomig/schema"

// Action is one change of an [AlterTable]. The set is closed.
//
//sumtype:decl
type Action interface{ action() }

type (
	// AddColumn adds a column, and nothing else: constraints and indexes said at
	// the column are lowered to actions and statements of their own.
	AddColumn struct {
		Column *schema.ColumnDef
		Place  Place
		Guard  Guard
	}

	// DropColumn drops a column.
	DropColumn struct {
		Name  string
		Guard Guard
	}

	// RenameColumn renames a column. A database that can only say so by repeating
	// the definition finds it in Existing; nil means not known.
	RenameColumn struct {
		Name, To string
		Existing *schema.ColumnDef
	}

	// AlterColumn changes what Change names of a column to what New holds.
	// Existing is the column as it is, as far as Known says; a database that can
	// only repeat the whole definition reads the rest from its catalogue.
	AlterColumn struct {
		Name     string
		Change   Aspect
		New      *schema.ColumnDef
		Existing *schema.ColumnDef // nil for not known
		Known    Aspect            // what of Existing is known
		Using    string            // converts the old values, SQL (PostgreSQL)
		Place    Place
	}

	// AddConstraint adds a constraint.
	AddConstraint struct {
		Constraint schema.Constraint
	}

	// DropConstraint drops a constraint. Kind may be 0 where the database does not ask for it.
	DropConstraint struct {
		Name  string
		Kind  schema.ConstraintKind
		Was   schema.Constraint // what it says; nil for not known. Finds one that has no name (SQLite).
		Guard Guard
	}

	// RenameConstraint renames a constraint. A database that can only drop and add
	// it finds what it says in Was; nil means not known.
	RenameConstraint struct {
		Name, To string
		Kind     schema.ConstraintKind // 0 for not known
		Was      schema.Constraint
	}

	// ValidateConstraint has the rows that exist checked against a constraint that
	// was added as not valid.
	ValidateConstraint struct {
		Name string
	}

	// SetOption sets one of the table's options.
	SetOption struct {
		Option schema.Option
	}

	// ResetOption takes one of the table's options away, for what holds without it.
	ResetOption struct {
		Option schema.Option
	}
)

// Place is where in the table a column goes; zero means last for a new
// column and unmoved for an old one.
type Place struct {
	First         bool
	After, Before string // a column; Before only in a rebuild
}

// Aspect is a set of properties of a column.
type Aspect uint16

// The properties of a column.
const (
	TypeAspect Aspect = 1 << iota
	NullableAspect
	DefaultAspect
	CommentAspect
	AutoIncrementAspect
	ComputedAspect
	IdentityAspect
	CollationAspect
	OptionsAspect
	NameAspect
	PlaceAspect

	NoAspect  Aspect = 0
	AllAspect        = TypeAspect | NullableAspect | DefaultAspect | CommentAspect | AutoIncrementAspect |
		ComputedAspect | IdentityAspect | CollationAspect | OptionsAspect
)

// Has reports whether a holds all of b.
func (a Aspect) Has(b Aspect) bool { return a&b == b }

// Any reports whether a holds any of b.
func (a Aspect) Any(b Aspect) bool { return a&b != 0 }

// Copy sets in dst what a names of src.
func (a Aspect) Copy(dst, src *schema.ColumnDef) {
	src = src.Clone()
	if a.Has(TypeAspect) {
		dst.Type = src.Type
	}
	if a.Has(NullableAspect) {
		dst.Nullable = src.Nullable
	}
	if a.Has(DefaultAspect) {
		dst.Default = src.Default
	}
	if a.Has(CommentAspect) {
		dst.Comment = src.Comment
	}
	if a.Has(CollationAspect) {
		dst.Collation = src.Collation
	}
	if a.Has(AutoIncrementAspect) {
		dst.AutoIncrement = src.AutoIncrement
	}
	if a.Has(ComputedAspect) {
		dst.Computed = src.Computed
	}
	if a.Has(IdentityAspect) {
		dst.Identity = src.Identity
	}
	if a.Has(OptionsAspect) {
		dst.Options = src.Options
	}
	if a.Has(NameAspect) {
		dst.Name = src.Name
	}
}

func (AddColumn) action()          {}
func (DropColumn) action()         {}
func (RenameColumn) action()       {}
func (AlterColumn) action()        {}
func (AddConstraint) action()      {}
func (DropConstraint) action()     {}
func (RenameConstraint) action()   {}
func (ValidateConstraint) action() {}
func (SetOption) action()          {}
func (ResetOption) action()        {}
