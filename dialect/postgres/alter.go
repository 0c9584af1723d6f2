package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Alter spells the change of a table. Changes that the server takes in one
// ALTER TABLE, and carries out in the order in which they are given, are put
// into one, so that a table is rewritten once.
func (s server) Alter(ctx context.Context, cat dialect.Catalog, stmt ddl.AlterTable) ([]dialect.SQL, error) {
	table, err := dialect.QuoteName(s, stmt.Table)
	if err != nil {
		return nil, err
	}
	a := &alteration{server: s, ctx: ctx, cat: cat, name: stmt.Table, table: table}
	for _, action := range stmt.Actions {
		if err := a.action(action); err != nil {
			return nil, fmt.Errorf("table %q: %w", stmt.Table, err)
		}
	}
	a.flush()
	return a.done, nil
}

// alteration collects the change of one table.
type alteration struct {
	server
	ctx     context.Context
	cat     dialect.Catalog
	name    schema.Name
	table   string // quoted
	pending []sub
	done    []dialect.SQL
}

// sub is one part of an ALTER TABLE.
type sub struct {
	pass   pass
	column string // of ALTER COLUMN; else empty
	text   string
}

// pass is when, within one ALTER TABLE, the server carries a part out.
// https://git.postgresql.org/gitweb/?p=postgresql.git;f=src/backend/commands/tablecmds.c (AlterTablePass)
type pass uint8

const (
	passDrop pass = iota
	passType
	passExpression
	passAddColumn
	passNotNull
	passIndexed // constraints with an index
	passOther   // other constraints, defaults, identities
	passMisc
)

// add puts a part into the statement that is being collected, or begins another
// where the server would change the order. Changes of different columns may
// change places.
func (a *alteration) add(p sub) {
	for _, before := range a.pending {
		swapped := before.pass > p.pass
		twice := before.pass == passType && p.pass == passType && before.column == p.column
		free := before.column != "" && p.column != "" && before.column != p.column
		if swapped && !free || twice {
			a.flush()
			break
		}
	}
	a.pending = append(a.pending, p)
}

func (a *alteration) flush() {
	if len(a.pending) == 0 {
		return
	}
	texts := make([]string, len(a.pending))
	for i, p := range a.pending {
		texts[i] = p.text
	}
	a.pending = nil
	a.done = append(a.done, dialect.SQL{Text: "ALTER TABLE " + a.table + " " + strings.Join(texts, ",\n    ")})
}

// statement adds one that stands by itself.
func (a *alteration) statement(list ...dialect.SQL) {
	if len(list) > 0 {
		a.flush()
		a.done = append(a.done, list...)
	}
}

func (a *alteration) action(action ddl.Action) error {
	switch action := action.(type) {
	case ddl.AddColumn:
		return inColumn(action.Column.Name, a.addColumn(action))
	case ddl.DropColumn:
		return a.drop("COLUMN", action.Name, action.Guard)
	case ddl.RenameColumn:
		return a.renameColumn(action)
	case ddl.AlterColumn:
		return inColumn(action.Name, a.alterColumn(action))
	case ddl.AddConstraint:
		return a.addConstraint(action.Constraint)
	case ddl.DropConstraint:
		return a.dropConstraint(action)
	case ddl.RenameConstraint:
		return a.renameConstraint(action)
	case ddl.ValidateConstraint:
		return a.validateConstraint(action)
	case ddl.SetOption:
		return a.setOption(action.Option)
	case ddl.ResetOption:
		return a.resetOption(action.Option)
	}
	return fmt.Errorf("PostgreSQL has no change %T", action)
}

func inColumn(name string, err error) error {
	if err != nil {
		return fmt.Errorf("column %q: %w", name, err)
	}
	return nil
}

func (a *alteration) addColumn(action ddl.AddColumn) error {
	if action.Place != (ddl.Place{}) {
		return errPlace
	}
	guard := ifNotExists(action.Guard)
	q, err := a.namedSequence(a.name, action.Column)
	if err != nil {
		return err
	}
	column := action.Column
	if q.name != "" { // the rows that are there take their numbers from it
		a.statement(dialect.SQL{Text: "CREATE SEQUENCE " + guard + q.name + q.as})
		column = q.plain(column)
	}
	def, err := a.Column(column, nil)
	if err != nil {
		return err
	}
	a.add(sub{passAddColumn, "", "ADD COLUMN " + guard + def})
	if q.name != "" {
		a.statement(dialect.SQL{Text: "ALTER SEQUENCE " + q.name + " OWNED BY " + q.owner})
	}
	settings, err := a.columnSettings(action.Column, nil)
	if err != nil {
		return err
	}
	for _, p := range settings {
		a.add(p)
	}
	if action.Column.Comment != "" {
		return a.comment(action.Column.Name, action.Column.Comment)
	}
	return nil
}

var errPlace = errors.New("PostgreSQL cannot put a column FIRST or AFTER another: new columns are last; leave the place out")

func (a *alteration) comment(column, comment string) error {
	q, err := a.Quote(column)
	if err != nil {
		return err
	}
	list, err := one(commentOn("COLUMN "+a.table+"."+q, comment))
	a.statement(list...)
	return err
}

func (a *alteration) drop(what, name string, g ddl.Guard) error {
	q, err := a.Quote(name)
	if err != nil {
		return err
	}
	guard := ""
	if g == ddl.IfExists {
		guard = "IF EXISTS "
	}
	a.add(sub{passDrop, "", "DROP " + what + " " + guard + q})
	return nil
}

func (a *alteration) renameColumn(action ddl.RenameColumn) error {
	cols, err := dialect.QuoteList(a, []string{action.Name})
	if err != nil {
		return err
	}
	to, err := a.Quote(action.To)
	if err != nil {
		return err
	}
	a.statement(dialect.SQL{Text: "ALTER TABLE " + a.table + " RENAME COLUMN " + cols + " TO " + to})
	return nil
}

func (a *alteration) addConstraint(c schema.Constraint) error {
	def, err := a.addedConstraint(c)
	if err != nil {
		return fmt.Errorf("%s %q: %w", c.Kind(), c.ConstraintName(), err)
	}
	when := passOther
	switch c.Kind() {
	case schema.PrimaryKeyKind, schema.UniqueKind, schema.ExcludeKind:
		when = passIndexed
	case schema.CheckKind, schema.ForeignKeyKind:
	}
	a.add(sub{when, "", "ADD " + def})
	comments, err := a.commentOnConstraint(c, a.table)
	a.statement(comments...)
	return err
}

func (a *alteration) setOption(o schema.Option) error {
	text, err := a.optionText(o)
	if err == nil {
		a.add(sub{passMisc, "", text})
	}
	return err
}

// resetOption sets what holds without the option.
func (a *alteration) resetOption(o schema.Option) error {
	switch v := o.(type) {
	case StorageOption:
		o = With(v.Name, "")
	case UnloggedOption:
		o = Logged()
	case TablespaceOption:
		o = Tablespace("")
	case AccessMethodOption:
		o = AccessMethod("")
	case RowSecurityOption:
		o = RowSecurity(NoOne)
	}
	return a.setOption(o)
}

func (a *alteration) optionText(o schema.Option) (string, error) {
	switch o := o.(type) {
	case StorageOption:
		name, err := parameter(o.Name)
		if err != nil || o.Value == "" {
			return "RESET (" + name + ")", err
		}
		value, err := literal(o.Value)
		return "SET (" + name + " = " + value + ")", err
	case UnloggedOption:
		return "SET UNLOGGED", nil
	case LoggedOption:
		return "SET LOGGED", nil
	case TablespaceOption:
		if o.Name == "" {
			o.Name = "pg_default"
		}
		q, err := a.Quote(o.Name)
		return "SET TABLESPACE " + q, err
	case AccessMethodOption:
		if err := a.need(setAccessMethod, "SET ACCESS METHOD", "15"); err != nil {
			return "", err
		}
		if o.Name == "" {
			o.Name = "heap"
		}
		q, err := a.Quote(o.Name)
		return "SET ACCESS METHOD " + q, err
	case RowSecurityOption:
		return rowSecurity(o.For), nil
	case PartitionByOption, InheritsOption:
		return "", fmt.Errorf("the option %s of a table that is there cannot be changed; make a new table", o.OptionKey())
	}
	return "", fmt.Errorf("PostgreSQL has no table option %s", o.OptionKey())
}

func rowSecurity(scope SecurityScope) string {
	switch scope {
	case Others:
		return "ENABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY"
	case OwnerIncluded:
		return "ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
	default:
		return "DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY"
	}
}
