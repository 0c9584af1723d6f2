package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// alteration is one change of one table on its way to SQL.
type alteration struct {
	d       database
	table   schema.Name
	batch   ddl.Batch
	actions []ddl.Action
	src     *source // nil offline without CopyFrom
}

// Alter spells the change of a table: by ALTER TABLE if SQLite can do all of
// it, else by one copy of the table that does all of it.
func (d database) Alter(ctx context.Context, cat dialect.Catalog, s ddl.AlterTable) ([]dialect.SQL, error) {
	out, err := d.alter(ctx, cat, s)
	if err != nil {
		return nil, fmt.Errorf("altering table %q: %w", s.Table, err)
	}
	return out, nil
}

func (d database) alter(ctx context.Context, cat dialect.Catalog, s ddl.AlterTable) ([]dialect.SQL, error) {
	a := &alteration{d: d, table: s.Table}
	if s.Batch != nil {
		a.batch = *s.Batch
	}
	actions := append(plain(s.Actions), batchItems(a.batch.Items)...)
	if len(actions) == 0 && a.batch.Recreate != ddl.RecreateAlways && len(a.batch.Order) == 0 {
		return nil, nil
	}
	var err error
	if a.src, err = d.source(ctx, cat, s); err != nil {
		return nil, err
	}
	if a.actions, err = a.guarded(actions); err != nil {
		return nil, err
	}
	why := "put columns into an order"
	if a.batch.Recreate != ddl.RecreateAlways && len(a.batch.Order) == 0 {
		var out []dialect.SQL
		if out, why, err = a.native(); err != nil || why == "" {
			return out, err
		}
	}
	switch {
	case a.batch.Recreate == ddl.RecreateNever:
		return nil, fmt.Errorf("SQLite cannot %s with ALTER TABLE, and Recreate says never to copy the table", why)
	case a.src == nil:
		return nil, fmt.Errorf("SQLite cannot %s with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online", why)
	case a.src.online:
		if err := refuseForeignKeys(ctx, cat.Conn()); err != nil {
			return nil, err
		}
	}
	return a.rebuild()
}

// errForeignKeys refuses to drop a table while that would touch other tables' rows.
var errForeignKeys = errors.New("it must be copied, but PRAGMA foreign_keys is on, and dropping the old table would delete or change the rows that refer to it: " +
	"switch foreign keys off on this connection before its transaction begins (a run of gomig does so; a transaction of your own must do it itself)")

func refuseForeignKeys(ctx context.Context, conn dialect.Conn) error {
	var on bool
	if err := conn.QueryRowContext(ctx, "PRAGMA foreign_keys").Scan(&on); err != nil {
		return fmt.Errorf("reading PRAGMA foreign_keys: %w", err)
	}
	if on {
		return errForeignKeys
	}
	return nil
}

// plain brings actions to the few forms that are handled: a change of name is a
// renaming, a change of what SQLite does not have is nothing.
func plain(actions []ddl.Action) (out []ddl.Action) {
	for _, act := range actions {
		switch act := act.(type) {
		case ddl.AlterColumn:
			rename := act.Change.Has(ddl.NameAspect) && act.New != nil && act.New.Name != act.Name
			act.Change &^= ddl.NameAspect | ddl.CommentAspect | ddl.PlaceAspect
			if act.Change != ddl.NoAspect || act.Place != (ddl.Place{}) {
				out = append(out, act)
			}
			if rename {
				out = append(out, ddl.RenameColumn{Name: act.Name, To: act.New.Name})
			}
		case ddl.SetOption:
			if len(own([]schema.Option{act.Option})) > 0 {
				out = append(out, act)
			}
		case ddl.ResetOption:
			if len(own([]schema.Option{act.Option})) > 0 {
				out = append(out, act)
			}
		case ddl.RenameColumn:
			if act.Name != act.To {
				out = append(out, act)
			}
		case ddl.AddColumn, ddl.DropColumn, ddl.AddConstraint, ddl.DropConstraint, ddl.RenameConstraint, ddl.ValidateConstraint:
			out = append(out, act)
		}
	}
	return out
}

// batchItems are further items of the new table as actions (table_args).
func batchItems(items []schema.TableItem) (out []ddl.Action) {
	t := &schema.Table{}
	for _, it := range items {
		if it != nil {
			it.AddToTable(t)
		}
	}
	for _, c := range t.Columns {
		out = append(out, ddl.AddColumn{Column: c})
	}
	for _, c := range t.Constraints() {
		out = append(out, ddl.AddConstraint{Constraint: c})
	}
	for _, o := range own(t.Options) {
		out = append(out, ddl.SetOption{Option: o})
	}
	return out
}
