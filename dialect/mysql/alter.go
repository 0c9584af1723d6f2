package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Alter spells the changes of a table, as many in one ALTER as the server takes.
func (d *Dialect) Alter(ctx context.Context, cat dialect.Catalog, s ddl.AlterTable) ([]dialect.SQL, error) {
	a, err := d.newAlteration(ctx, cat, s)
	if err != nil {
		return nil, fmt.Errorf("altering table %q: %w", s.Table, err)
	}
	if err := a.all(s); err != nil {
		return nil, fmt.Errorf("altering table %q: %w", s.Table, err)
	}
	a.flush()
	return a.out, nil
}

// all adds the changes, with the indexes that go and come beside them.
func (a *alteration) all(s ddl.AlterTable) error {
	for _, i := range s.DropIndexes {
		name, err := a.d.Quote(i.Name)
		if err != nil {
			return err
		}
		if err := a.dropIndexes([]string{i.Name}, "DROP INDEX "+name); err != nil {
			return fmt.Errorf("dropping index %q: %w", i.Name, err)
		}
	}
	for _, action := range s.Actions {
		if err := a.add(action); err != nil {
			return err
		}
	}
	for _, i := range s.AddIndexes {
		text, err := a.d.EmbedIndex(i.Index)
		if err != nil {
			return fmt.Errorf("creating index %q: %w", i.Index.Name, err)
		}
		a.clause("ADD " + text)
	}
	return nil
}

// alteration gathers clauses into as few statements as work. The names in one
// ALTER mean the table as it was before it, so an action that builds on another
// begins a new statement.
type alteration struct {
	d       *Dialect
	ctx     context.Context
	cat     dialect.Catalog // nil offline
	name    schema.Name
	table   string // quoted
	options string // ALGORITHM and LOCK
	rest    []ddl.Action

	made    map[string]*schema.ColumnDef // columns as earlier changes left them, by lower-case name
	renames map[string]string            // lower-case new name → the name in the table as it was
	values  map[string]schema.Expr       // defaults that were set alone, by lower-case name
	was     *schema.Table                // the table before the changes, once it was read
	keys    *tableKeys                   // its indexes and foreign keys, once they were read

	clauses []string
	touched map[string]bool // columns renamed, added, dropped or altered by the clauses
	leaned  map[string]bool // columns that the clauses put others behind
	dropped map[string]bool // foreign keys dropped by the clauses
	out     []dialect.SQL
}

func (d *Dialect) newAlteration(ctx context.Context, cat dialect.Catalog, s ddl.AlterTable) (*alteration, error) {
	table, err := dialect.QuoteName(d, s.Table)
	if err != nil {
		return nil, err
	}
	options, err := statementOptions(s.Options, ", ")
	if err != nil {
		return nil, err
	}
	a := &alteration{
		d: d, ctx: ctx, cat: cat, name: s.Table, table: table, options: options, rest: s.Actions,
		made: map[string]*schema.ColumnDef{}, renames: map[string]string{}, values: map[string]schema.Expr{},
	}
	a.reset()
	return a, nil
}

func (a *alteration) reset() {
	a.clauses, a.touched, a.leaned, a.dropped = nil, map[string]bool{}, map[string]bool{}, map[string]bool{}
}

// online reports whether there is a server to ask.
func (a *alteration) online() bool { return a.cat != nil && a.cat.Conn() != nil }

// reflected is the table before the changes. It is read by the connection
// itself, which opens no other table, and once only.
func (a *alteration) reflected() (*schema.Table, error) {
	if a.was == nil {
		t, err := a.d.ReflectTable(a.ctx, a.cat.Conn(), a.name)
		if err != nil {
			return nil, err
		}
		a.was = t
	}
	return a.was, nil
}

// readKeys reads the table's indexes and foreign keys, once.
func (a *alteration) readKeys() (tableKeys, error) {
	if a.keys == nil {
		keys, err := a.d.readKeys(a.ctx, a.cat.Conn(), a.name)
		if err != nil {
			return keys, err
		}
		a.keys = &keys
	}
	return *a.keys, nil
}

// flush ends a statement.
func (a *alteration) flush() {
	if len(a.clauses) > 0 {
		a.out = append(a.out, dialect.SQL{Text: "ALTER TABLE " + a.table + " " + strings.Join(a.clauses, ", ") + a.options})
	}
	a.reset()
}

// clause adds one change to the statement.
func (a *alteration) clause(text string) {
	a.clauses = append(a.clauses, text)
	if a.d.caps.oneChange {
		a.flush()
	}
}

// touch marks a column as changed, in a statement of its own if it was already.
func (a *alteration) touch(columns ...string) {
	if slices.ContainsFunc(columns, func(c string) bool { return a.touched[strings.ToLower(c)] }) {
		a.flush()
	}
	for _, c := range columns {
		a.touched[strings.ToLower(c)] = true
	}
}

// lean marks a column as one that another is put behind.
func (a *alteration) lean(p ddl.Place) {
	if p.After != "" {
		a.leaned[strings.ToLower(p.After)] = true
	}
}

// leave ends the statement where it puts a column behind one that now goes or gets
// another name: the server looks for that among those that are left.
func (a *alteration) leave(column string) {
	if a.leaned[strings.ToLower(column)] {
		a.flush()
	}
}

func (a *alteration) add(action ddl.Action) error {
	switch action := action.(type) {
	case ddl.AddColumn:
		return a.addColumn(action)
	case ddl.DropColumn:
		return a.dropColumn(action)
	case ddl.RenameColumn:
		return a.renameColumn(action)
	case ddl.AlterColumn:
		return a.alterColumn(action)
	case ddl.AddConstraint:
		return a.addConstraint(action)
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
	return fmt.Errorf("unknown change %T", action)
}

func (a *alteration) addColumn(s ddl.AddColumn) error {
	wrap := func(err error) error { return fmt.Errorf("adding column %q: %w", s.Column.Name, err) }
	if err := a.d.refusesNew(s.Column); err != nil {
		return wrap(err)
	}
	text, err := a.d.column(s.Column, definition{})
	if err != nil {
		return wrap(err)
	}
	guard := ""
	if s.Guard == ddl.IfNotExists {
		if !a.d.caps.columnGuards {
			return wrap(fmt.Errorf("%s has no ADD COLUMN IF NOT EXISTS: leave the guard out", a.d.product()))
		}
		guard = "IF NOT EXISTS "
	}
	place, err := a.d.place(s.Place)
	if err != nil {
		return wrap(err)
	}
	// A column may be dropped and added in one statement, but not the other way round.
	if a.touched[strings.ToLower(s.Place.After)] && a.d.caps.oneChange {
		a.flush()
	}
	a.touch(s.Column.Name)
	a.lean(s.Place)
	a.made[strings.ToLower(s.Column.Name)] = s.Column.Clone()
	a.clause("ADD COLUMN " + guard + text + place)
	return nil
}

// place spells where a column goes, with a leading blank.
func (d *Dialect) place(p ddl.Place) (string, error) {
	switch {
	case p.First:
		return " FIRST", nil
	case p.After != "":
		q, err := d.Quote(p.After)
		return " AFTER " + q, err
	case p.Before != "":
		return "", fmt.Errorf("%s places a column FIRST or AFTER another: say so instead of before %q", d.product(), p.Before)
	}
	return "", nil
}

func (a *alteration) dropColumn(s ddl.DropColumn) error {
	name, err := a.d.Quote(s.Name)
	if err != nil {
		return fmt.Errorf("dropping column: %w", err)
	}
	guard := ""
	if s.Guard == ddl.IfExists {
		if !a.d.caps.columnGuards {
			return fmt.Errorf("dropping column %q: %s has no DROP COLUMN IF EXISTS: leave the guard out", s.Name, a.d.product())
		}
		guard = "IF EXISTS "
	}
	a.leave(s.Name)
	a.touch(s.Name)
	a.clause("DROP COLUMN " + guard + name)
	return nil
}

func (a *alteration) renameColumn(s ddl.RenameColumn) error {
	wrap := func(err error) error { return fmt.Errorf("renaming column %q: %w", s.Name, err) }
	from, err := a.d.Quote(s.Name)
	if err != nil {
		return wrap(err)
	}
	to, err := a.d.Quote(s.To)
	if err != nil {
		return wrap(err)
	}
	a.leave(s.Name)
	a.touch(s.Name, s.To)
	// What differs in case alone stays as it was with TiDB's RENAME COLUMN (8.5.4).
	if a.d.caps.renameColumn && (!a.d.is(TiDB) || !strings.EqualFold(s.Name, s.To)) {
		a.clause("RENAME COLUMN " + from + " TO " + to)
		a.rename(s.Name, s.To)
		return nil
	}
	known := ddl.NoAspect
	if s.Existing != nil {
		known = ddl.AllAspect
	}
	text, err := a.restate(ddl.AlterColumn{Name: s.Name, Existing: s.Existing, Known: known}, s.To, restating{})
	if err != nil {
		return wrap(err)
	}
	a.clause("CHANGE " + from + " " + text)
	a.rename(s.Name, s.To)
	return nil
}

func (a *alteration) addConstraint(s ddl.AddConstraint) error {
	text, err := a.d.Constraint(s.Constraint, nil)
	if err != nil {
		return fmt.Errorf("adding %s: %w", dialect.Spoken(s.Constraint), err)
	}
	// Seen on MySQL 9.7 and MariaDB 10.11: a foreign key cannot be dropped and
	// added under one name in one statement.
	if s.Constraint.Kind() == schema.ForeignKeyKind && len(a.dropped) > 0 {
		a.flush()
	}
	if a.d.caps.oneChange || a.renamed(s.Constraint) {
		a.flush()
	}
	a.clause("ADD " + text)
	return nil
}

// renamed reports whether a constraint may name, in its text, a column that the
// statement renames.
func (a *alteration) renamed(c schema.Constraint) bool {
	if c.Kind() != schema.CheckKind {
		return false
	}
	return slices.ContainsFunc(a.clauses, func(s string) bool { return strings.HasPrefix(s, "RENAME") || strings.HasPrefix(s, "CHANGE") })
}

func (a *alteration) setOption(o schema.Option) error {
	switch o.(type) {
	case nil:
		return errors.New("there is no option to set")
	case PeriodOption, SystemPeriodOption:
		return a.setPeriod(o)
	case TTLOption, ShardRowIDBitsOption, PreSplitRegionsOption, AutoIDCacheOption, PlacementPolicyOption:
		if err := a.d.refusesOption(o); err != nil {
			return err
		}
		if a.d.canonicalTiDB(o, &schema.Table{}) == nil {
			return a.resetTiDB(o)
		}
	}
	text, err := a.d.tableOption(o)
	if err != nil || text == "" {
		return err
	}
	switch o.(type) {
	case PartitionOption:
		// It is no part of the list of changes.
		a.flush()
		a.out = append(a.out, dialect.SQL{Text: "ALTER TABLE " + a.table + " " + text})
		return nil
	case SystemVersionedOption:
		text = "ADD SYSTEM VERSIONING"
	}
	a.clause(text)
	return nil
}
