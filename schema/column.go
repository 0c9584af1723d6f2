package schema

import "slices"

// ColumnDef defines a column (sqlalchemy.Column).
type ColumnDef struct {
	Name          string
	Type          Type
	Nullable      bool      // may hold NULL; [Column] makes it true unless NotNull or PrimaryKey is given
	AutoIncrement bool      // the database numbers new rows: MySQL's AUTO_INCREMENT, PostgreSQL's identity or serial, SQLite's rowid
	Default       Expr      // the server default; zero for none
	Computed      *Computed // generated from other columns; nil for none
	Identity      *Identity // identity with options of its own; nil for none
	Collation     string    // collation other than the table's or type's; empty for none
	Comment       string
	Options       []Option // one database's own properties, sorted by key
	RenamedFrom   []string // former names; see the function [RenamedFrom]

	// The following are constraints and indexes that are said at the column
	// ([PrimaryKey], [Unique], [Indexed], [References], [Check]). [NewTable] and
	// [Metadata.Table] move them into the table and clear them here; a column that is
	// added to an existing table brings them along.
	PrimaryKey bool
	Unique     bool
	Indexed    bool
	References *ForeignKeyDef
	Checks     []*CheckDef
}

// Storage says whether a generated column is kept or computed when read.
type Storage uint8

// The ways to keep a generated column.
const (
	StorageDefault Storage = iota // the database's default: virtual, or stored where that is all it has
	Stored
	Virtual
)

// Computed is the expression of a generated column (sqlalchemy.Computed).
type Computed struct {
	Expr    string // SQL, without outer brackets
	Storage Storage
}

// Identity is a column numbered by a sequence of its own (sqlalchemy.Identity).
// Zero fields leave the choice to the database.
type Identity struct {
	Always    bool   // GENERATED ALWAYS rather than BY DEFAULT
	Start     int64  // the first number
	Increment int64  // the step; negative counts down
	Min, Max  *int64 // see [Bound]
	Cache     int64  // how many numbers a session takes at once
	Cycle     bool   // begins again at the end
}

// ColumnItem is what may stand in a [Column]: a property of it.
type ColumnItem interface {
	AddToColumn(*ColumnDef)
}

// ColumnFunc is a [ColumnItem] made of a function.
type ColumnFunc func(*ColumnDef)

// AddToColumn calls f.
func (f ColumnFunc) AddToColumn(c *ColumnDef) { f(c) }

// Column defines a column, nullable unless an item says otherwise.
func Column(name string, t Type, items ...ColumnItem) *ColumnDef {
	c := &ColumnDef{Name: name, Type: t, Nullable: true}
	for _, it := range items {
		if it != nil {
			it.AddToColumn(c)
		}
	}
	return c
}

// AddToTable makes a column an item of a table.
func (c *ColumnDef) AddToTable(t *Table) { t.Columns = append(t.Columns, c) }

// NotNull forbids NULL (nullable=False).
func NotNull() ColumnItem { return ColumnFunc(func(c *ColumnDef) { c.Nullable = false }) }

// PrimaryKey puts the column into the table's primary key and forbids NULL.
func PrimaryKey() ColumnItem {
	return ColumnFunc(func(c *ColumnDef) { c.PrimaryKey, c.Nullable = true, false })
}

// AutoIncrement lets the database number new rows (autoincrement=True): AUTO_INCREMENT
// on MySQL, an identity on PostgreSQL, the rowid on SQLite.
func AutoIncrement() ColumnItem { return ColumnFunc(func(c *ColumnDef) { c.AutoIncrement = true }) }

// ServerDefault is the value that the database gives a new row where none is said
// (server_default). Rows that exist get it only when a column is added with it.
func ServerDefault(e Expr) ColumnItem { return ColumnFunc(func(c *ColumnDef) { c.Default = e }) }

// Unique gives the column a unique constraint of its own, named by the naming convention.
func Unique() ColumnItem { return ColumnFunc(func(c *ColumnDef) { c.Unique = true }) }

// Indexed gives the column an index of its own (index=True), named by the naming
// convention. Together with [Unique] it is one unique index.
func Indexed() ColumnItem { return ColumnFunc(func(c *ColumnDef) { c.Indexed = true }) }

// Collate sets the column's collation, by the database's name of it (Type.collation).
func Collate(name string) ColumnItem { return ColumnFunc(func(c *ColumnDef) { c.Collation = name }) }

// ComputedAs makes the column a generated one (sqlalchemy.Computed); expr is SQL
// without outer brackets.
func ComputedAs(expr string, storage Storage) ColumnItem {
	return ColumnFunc(func(c *ColumnDef) { c.Computed = &Computed{Expr: expr, Storage: storage} })
}

// IdentityAs gives the column an identity with options of its own (sqlalchemy.Identity)
// and forbids NULL. For one without options [AutoIncrement] is enough.
func IdentityAs(id Identity) ColumnItem {
	return ColumnFunc(func(c *ColumnDef) { c.Identity, c.Nullable = &id, false })
}

// References gives the column a foreign key of its own to target, "table.column"
// or "schema.table.column" (sqlalchemy.ForeignKey).
func References(target string, items ...ForeignKeyItem) ColumnItem {
	return ColumnFunc(func(c *ColumnDef) {
		table, columns := splitTarget(target)
		fk := &ForeignKeyDef{Columns: []string{c.Name}, RefTable: table, RefColumns: columns}
		addToForeignKey(fk, items)
		c.References = fk
	})
}

// splitTarget reads "table.column" or "schema.table.column".
func splitTarget(s string) (table Name, columns []string) {
	n := SplitName(s)
	return SplitName(n.Schema), []string{n.Name}
}

// Check gives the column a check constraint of its own; an empty name leaves
// it to the naming convention or the database.
func Check(name, expr string, items ...ConstraintItem) ColumnItem {
	return ColumnFunc(func(c *ColumnDef) { c.Checks = append(c.Checks, CheckConstraint(name, expr).With(items...)) })
}

// CommentItem is a comment: on a table, a column or an index.
type CommentItem string

// Comment is the comment on a table, a column or an index, as the database keeps it.
func Comment(text string) CommentItem { return CommentItem(text) }

// AddToColumn sets the column's comment.
func (s CommentItem) AddToColumn(c *ColumnDef) { c.Comment = string(s) }

// AddToTable sets the table's comment.
func (s CommentItem) AddToTable(t *Table) { t.Comment = string(s) }

// AddToIndex sets the index' comment.
func (s CommentItem) AddToIndex(i *IndexDef) { i.Comment = string(s) }

// Clone is a copy that shares nothing that can be changed.
func (c *ColumnDef) Clone() *ColumnDef {
	d := *c
	if c.Computed != nil {
		v := *c.Computed
		d.Computed = &v
	}
	if c.Identity != nil {
		v := *c.Identity
		v.Min, v.Max = cloneBound(v.Min), cloneBound(v.Max)
		d.Identity = &v
	}
	if c.References != nil {
		d.References = c.References.Clone()
	}
	d.Options, d.RenamedFrom = slices.Clone(c.Options), slices.Clone(c.RenamedFrom)
	d.Checks = nil
	for _, k := range c.Checks {
		d.Checks = append(d.Checks, k.Clone())
	}
	return &d
}

// Call spells the column in Go.
func (c *ColumnDef) Call() Call {
	args := []any{c.Name, c.Type}
	add := func(fn string, a ...any) { args = append(args, call(fn, a...)) }
	switch {
	case c.PrimaryKey:
		add("PrimaryKey")
	case !c.Nullable && c.Identity == nil:
		add("NotNull")
	}
	if c.AutoIncrement {
		add("AutoIncrement")
	}
	if c.Identity != nil {
		add("IdentityAs", *c.Identity)
	}
	if !c.Default.IsZero() {
		add("ServerDefault", c.Default)
	}
	if c.Computed != nil {
		add("ComputedAs", c.Computed.Expr, c.Computed.Storage)
	}
	if c.Collation != "" {
		add("Collate", c.Collation)
	}
	if c.Unique {
		add("Unique")
	}
	if c.Indexed {
		add("Indexed")
	}
	if c.References != nil {
		args = append(args, c.References.reference())
	}
	for _, k := range c.Checks {
		add("Check", append([]any{k.Name, k.Expr}, k.items()...)...)
	}
	if c.Comment != "" {
		add("Comment", c.Comment)
	}
	for _, o := range c.Options {
		args = append(args, o)
	}
	return call("Column", args...)
}

// Call spells the storage in Go.
func (s Storage) Call() Call {
	name := "StorageDefault"
	switch s {
	case Stored:
		name = "Stored"
	case Virtual:
		name = "Virtual"
	case StorageDefault:
	}
	return Call{Path: Path, Func: name, Const: true}
}

func cloneBound(n *int64) *int64 {
	if n == nil {
		return nil
	}
	return new(*n)
}

// Bound is a limit of an [Identity], for its Min and Max.
func Bound(n int64) *int64 { return new(n) }

// Call spells the identity in Go, without the fields left to the database.
func (id Identity) Call() Call {
	f := fields{}
	f.add("Always", id.Always, id.Always)
	f.numbers(Numbers{Start: id.Start, Increment: id.Increment, Min: id.Min, Max: id.Max, Cache: id.Cache, Cycle: id.Cycle})
	return Call{Path: Path, Func: "Identity", Fields: f}
}
