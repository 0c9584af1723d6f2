package autogen

import (
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Hooks let an environment decide what is compared, how, and what becomes of
// what was found. The zero Hooks leave all of it to gomig. A hook may be called
// more than once about the same object, and answers the same each time.
type Hooks struct {
	// IncludeName reports whether something that is in the database takes part, by
	// its name alone (include_name). What it leaves out is not read, or counts as
	// not there: something declared under that name is found to be added. To leave
	// out what is declared as well, use IncludeObject.
	IncludeName func(kind Kind, name string, parents Parents) bool
	// IncludeObject reports whether an object takes part (include_object). It is
	// asked about everything that is declared, and about what is in the database
	// and not declared; of views and sequences only about what is declared, if only
	// to be dropped, since others are left alone. What it leaves out is neither
	// added, changed nor dropped.
	IncludeObject func(o Object) bool
	// CompareType decides whether the type of a column is the same on both sides
	// (compare_type); [dialect.Undecided] leaves it to gomig.
	CompareType func(p ColumnPair) dialect.Verdict
	// CompareDefault decides whether the server default of a column is the same on
	// both sides (compare_server_default); [dialect.Undecided] leaves it to gomig.
	CompareDefault func(p ColumnPair) dialect.Verdict
	// Comparators are comparisons of one's own, called in order when gomig has made
	// its own (comparators.dispatch_for, autogenerate_plugins).
	Comparators []Comparator
	// Process looks at what is to become revisions before it is rendered, and gives
	// what shall become revisions instead (process_revision_directives). See [Rewriter].
	Process Process
	// RenderItem spells values in another way, the first one that knows how
	// (render_item, renderers.dispatch_for). See [RenderAs].
	RenderItem []RenderItem
	// ImportNames are the names by which revisions import packages, by import path
	// (user_module_prefix). A package that is not among them is imported by its own.
	ImportNames map[string]string
}

// Kind is a kind of object that hooks are asked about.
type Kind uint8

// The kinds.
const (
	SchemaKind           Kind = iota + 1 // "schema"; IncludeName only
	TableKind                            // "table"
	ColumnKind                           // "column"
	IndexKind                            // "index", of a table or a materialized view
	UniqueKind                           // "unique_constraint"
	ForeignKeyKind                       // "foreign_key_constraint"
	CheckKind                            // "check_constraint"
	ExcludeKind                          // an exclusion constraint (PostgreSQL)
	EnumKind                             // an enumeration type (PostgreSQL)
	ViewKind                             // a view
	MaterializedViewKind                 // a materialized view (PostgreSQL)
	SequenceKind                         // a sequence (PostgreSQL, MariaDB)
)

// String is Alembic's name of the kind.
func (k Kind) String() string {
	switch k {
	case SchemaKind:
		return "schema"
	case TableKind:
		return "table"
	case ColumnKind:
		return "column"
	case IndexKind:
		return "index"
	case UniqueKind:
		return "unique_constraint"
	case ForeignKeyKind:
		return "foreign_key_constraint"
	case CheckKind:
		return "check_constraint"
	case ExcludeKind:
		return "exclude_constraint"
	case EnumKind:
		return "enum"
	case ViewKind:
		return "view"
	case MaterializedViewKind:
		return "materialized_view"
	case SequenceKind:
		return "sequence"
	}
	return "object"
}

// Parents are what an object is in (parent_names).
type Parents struct {
	Schema string // empty for the connection's default schema, and for a schema itself
	Table  string // empty for what is in no table
}

// Qualified is the table with its schema (schema_qualified_table_name).
func (p Parents) Qualified() schema.Name { return schema.Name{Schema: p.Schema, Name: p.Table} }

// Object is an object on one side of a comparison, with its counterpart on the other.
type Object struct {
	Kind       Kind
	Name       string            // empty for a constraint without one
	Table      *schema.Table     // the table, or the one that it is in, be it a view by its name; nil for what is in none
	Column     *schema.ColumnDef // of a column, else nil
	Index      *schema.IndexDef  // of an index, else nil
	Constraint schema.Constraint // of a constraint, else nil
	Enum       *dialect.Enum     // of an enumeration type, else nil
	View       *schema.View      // of a view or materialized view, and of an index of one, else nil
	Sequence   *schema.Sequence  // of a sequence, else nil
	Reflected  bool              // it is in the database; else it is declared
	CompareTo  *Object           // what in the database a declared object is compared with; nil for nothing
}

// ColumnPair is a column on both sides, in canonical form.
type ColumnPair struct {
	Table     schema.Name
	Reflected *schema.ColumnDef // as the database has it
	Declared  *schema.ColumnDef // as it is declared
	Dialect   dialect.Dialect
}

// RenderItem spells a value that stands in an operation, or an operation, in Go.
// ok is false where it leaves that to gomig; a zero Call with ok leaves the value out.
type RenderItem func(v any) (c schema.Call, ok bool)

// RenderAs spells the values of one Go type: a column, a constraint, an operation,
// the definition of a column's type, where it has no variants.
func RenderAs[T any](spell func(v T) schema.Call) RenderItem {
	return func(v any) (schema.Call, bool) {
		t, ok := v.(T)
		if typ, isType := v.(schema.Type); !ok && isType && typ.Equal(schema.TypeOf(typ.Def())) {
			t, ok = typ.Def().(T)
		}
		if !ok {
			return schema.Call{}, false
		}
		return spell(t), true
	}
}

// Render is RenderItem as one function: the first that knows how.
func (h Hooks) Render() RenderItem {
	if len(h.RenderItem) == 0 {
		return nil
	}
	return func(v any) (schema.Call, bool) {
		for _, f := range h.RenderItem {
			if c, ok := f(v); ok {
				return c, true
			}
		}
		return schema.Call{}, false
	}
}

// sameType reports whether a column has one type on both sides.
func (c *comparer) sameType(table schema.Name, a, b *schema.ColumnDef) bool {
	if c.options.IgnoreTypes {
		return true
	}
	if v := c.asked(c.options.CompareType, table, a, b); v != dialect.Undecided {
		return v == dialect.Same
	}
	return a.Type.Equal(b.Type) || c.enumValuesOnly(a.Type, b.Type) || c.foundAlike(a.Type, b.Type)
}

// foundAlike reports whether two types that are spelled differently are one and the
// same in this database: a named type with its schema and without it.
func (c *comparer) foundAlike(a, b schema.Type) bool {
	d, ok := c.dialect.(dialect.TypeFinder)
	return ok && c.found != nil && d.SameType(c.found, a, b)
}

// sameServerDefault reports whether a column has one server default on both sides.
func (c *comparer) sameServerDefault(table schema.Name, a, b *schema.ColumnDef) bool {
	if c.options.IgnoreDefaults {
		return true
	}
	if v := c.asked(c.options.CompareDefault, table, a, b); v != dialect.Undecided {
		return v == dialect.Same
	}
	return c.sameDefault(table, a.Default, b.Default)
}

// asked is what a hook says of two columns, undecided without one. It sees the
// database's column and the declared one, whichever way the comparison goes.
func (c *comparer) asked(hook func(ColumnPair) dialect.Verdict, table schema.Name, from, to *schema.ColumnDef) dialect.Verdict {
	if hook == nil {
		return dialect.Undecided
	}
	if c.down {
		from, to = to, from
	}
	return hook(ColumnPair{Table: table, Reflected: from.Clone(), Declared: to.Clone(), Dialect: c.dialect})
}
