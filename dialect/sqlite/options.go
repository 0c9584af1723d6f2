package sqlite

import (
	"github.com/gomig-dev/gomig/schema"
)

// Path is the import path of this package, for values that spell themselves.
const Path = "github.com/gomig-dev/gomig/dialect/sqlite"

func call(fn string, args ...any) schema.Call { return schema.Call{Path: Path, Func: fn, Args: args} }

// StrictOption is the option [Strict].
type StrictOption struct{}

// Strict makes a table hold only values of its columns' types (SQLite 3.37).
// Generic types are spelled by the few types that such a table knows.
func Strict() StrictOption { return StrictOption{} }

// OptionKey names the option.
func (StrictOption) OptionKey() string { return "sqlite.strict" }

// Call spells the option in Go.
func (StrictOption) Call() schema.Call { return call("Strict") }

// AddToTable sets the option.
func (o StrictOption) AddToTable(t *schema.Table) { t.Options = schema.SetOption(t.Options, o) }

// WithoutRowidOption is the option [WithoutRowid].
type WithoutRowidOption struct{}

// WithoutRowid keeps a table by its primary key alone (sqlite_with_rowid=False).
// Such a table numbers no rows.
func WithoutRowid() WithoutRowidOption { return WithoutRowidOption{} }

// OptionKey names the option.
func (WithoutRowidOption) OptionKey() string { return "sqlite.without_rowid" }

// Call spells the option in Go.
func (WithoutRowidOption) Call() schema.Call { return call("WithoutRowid") }

// AddToTable sets the option.
func (o WithoutRowidOption) AddToTable(t *schema.Table) { t.Options = schema.SetOption(t.Options, o) }

// AutoIncrementOption is the option [AutoIncrement].
type AutoIncrementOption struct{}

// AutoIncrement numbers rows, and never gives a number twice, not even that of
// a deleted row: the keyword AUTOINCREMENT (sqlite_autoincrement=True).
// [schema.AutoIncrement] alone numbers by the highest number in the table.
func AutoIncrement() AutoIncrementOption { return AutoIncrementOption{} }

// OptionKey names the option.
func (AutoIncrementOption) OptionKey() string { return "sqlite.autoincrement" }

// Call spells the option in Go.
func (AutoIncrementOption) Call() schema.Call { return call("AutoIncrement") }

// AddToColumn sets the option, and lets the column be numbered.
func (o AutoIncrementOption) AddToColumn(c *schema.ColumnDef) {
	c.AutoIncrement = true
	c.Options = schema.SetOption(c.Options, o)
}

// Resolution is what SQLite does with a row that violates a constraint.
type Resolution string

// The resolutions; SQLite's default is Abort.
const (
	Rollback Resolution = "ROLLBACK"
	Abort    Resolution = "ABORT"
	Fail     Resolution = "FAIL"
	Ignore   Resolution = "IGNORE"
	Replace  Resolution = "REPLACE"
)

// Call spells the resolution in Go.
func (r Resolution) Call() schema.Call {
	name, ok := map[Resolution]string{Rollback: "Rollback", Abort: "Abort", Fail: "Fail", Ignore: "Ignore", Replace: "Replace"}[r]
	if !ok {
		return call("Resolution", string(r))
	}
	return schema.Call{Path: Path, Func: name, Const: true}
}

// OnConflictOption is the option [OnConflict].
type OnConflictOption struct{ Resolution Resolution }

// OnConflict says what happens to a row that violates a primary key, unique or
// check constraint, or, at a column, NOT NULL (sqlite_on_conflict).
func OnConflict(r Resolution) OnConflictOption { return OnConflictOption{r} }

// OptionKey names the option.
func (OnConflictOption) OptionKey() string { return "sqlite.on_conflict" }

// Call spells the option in Go.
func (o OnConflictOption) Call() schema.Call { return call("OnConflict", o.Resolution) }

// AddToColumn sets the option for the column's NOT NULL.
func (o OnConflictOption) AddToColumn(c *schema.ColumnDef) {
	c.Options = schema.SetOption(c.Options, o)
}

// AddToConstraint sets the option.
func (o OnConflictOption) AddToConstraint(c schema.Constraint) { addOption(c, o) }

// KeyTermsOption is the option [KeyTerms].
type KeyTermsOption struct{ SQL string }

// KeyTerms gives the columns of a primary key or unique constraint with
// collations and directions: `"a" COLLATE NOCASE, "b" DESC`. It names the same
// columns in the same order as the constraint.
func KeyTerms(sql string) KeyTermsOption { return KeyTermsOption{sql} }

// OptionKey names the option.
func (KeyTermsOption) OptionKey() string { return "sqlite.key_terms" }

// Call spells the option in Go.
func (o KeyTermsOption) Call() schema.Call { return call("KeyTerms", o.SQL) }

// AddToConstraint sets the option.
func (o KeyTermsOption) AddToConstraint(c schema.Constraint) { addOption(c, o) }

// RenameColumn is the option once a column has another name.
func (o KeyTermsOption) RenameColumn(from, to string) schema.Option {
	o.SQL = withTermNames(o.SQL, func(name string) string {
		if fold(name) == fold(from) {
			return to
		}
		return name
	})
	return o
}

func addOption(c schema.Constraint, o schema.Option) {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		c.Options = schema.SetOption(c.Options, o)
	case *schema.UniqueDef:
		c.Options = schema.SetOption(c.Options, o)
	case *schema.CheckDef:
		c.Options = schema.SetOption(c.Options, o)
	case *schema.ForeignKeyDef, *schema.ExcludeDef:
	}
}

// own are the options of this dialect among opts.
func own(opts []schema.Option) (out []schema.Option) {
	for _, o := range opts {
		switch o.(type) {
		case StrictOption, WithoutRowidOption, AutoIncrementOption, OnConflictOption, KeyTermsOption:
			out = schema.SetOption(out, o)
		}
	}
	return out
}

func has[T schema.Option](opts []schema.Option) bool {
	_, ok := schema.Find[T](opts)
	return ok
}
