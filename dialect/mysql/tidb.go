package mysql

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// What no ALTER TABLE of TiDB does is refused here, before anything runs, with
// the way out. Seen on TiDB 8.5.4.

// Refuses refuses a change that TiDB makes of no table.
func (d *Dialect) Refuses(a ddl.Action) error {
	switch a := a.(type) {
	case ddl.AddColumn:
		return d.refusesNew(a.Column)
	case ddl.AlterColumn:
		return d.refusesChange(a)
	case ddl.DropConstraint:
		return d.refusesDrop(a)
	case ddl.SetOption:
		return d.refusesOption(a.Option)
	case ddl.ResetOption:
		return d.refusesOption(a.Option)
	}
	return nil
}

// refusesNew refuses a column that only CREATE TABLE makes (errors 3106 and 8200):
// https://docs.pingcap.com/tidb/stable/generated-columns/#restrictions
// https://docs.pingcap.com/tidb/stable/auto-increment/#restrictions
func (d *Dialect) refusesNew(c *schema.ColumnDef) error {
	switch {
	case !d.is(TiDB):
	case c.Computed != nil && c.Computed.Storage == schema.Stored:
		return errors.New("TiDB adds no stored generated column to a table that is there: make it virtual, or create the table with it")
	case has[AutoRandomOption](c.Options):
		return errors.New("TiDB adds no AUTO_RANDOM column to a table that is there: create the table with it")
	case c.AutoIncrement || c.Identity != nil:
		return errors.New("TiDB adds no AUTO_INCREMENT column to a table that is there: create the table with it")
	}
	return nil
}

// refusesChange refuses a change of a column.
func (d *Dialect) refusesChange(s ddl.AlterColumn) error {
	switch {
	case !d.is(TiDB):
	case s.Change.Has(ddl.AutoIncrementAspect) && s.New.AutoIncrement:
		return errors.New("TiDB gives AUTO_INCREMENT to no column that is there: create the table with it")
	case s.Change.Has(ddl.OptionsAspect) && s.Existing != nil && s.Known.Has(ddl.OptionsAspect) && has[AutoRandomOption](s.New.Options) != has[AutoRandomOption](s.Existing.Options):
		return errors.New("TiDB gives AUTO_RANDOM to no column that is there, and takes it from none: create the table anew as you want it")
	case s.Change.Has(ddl.ComputedAspect) && s.New.Computed != nil && s.New.Computed.Storage == schema.Stored:
		return errors.New("TiDB changes the expression of no stored generated column, and makes none of a plain one: create the table anew with it")
	}
	return nil
}

// errClustered says that a primary key stays (error 8200).
var errClustered = errors.New("TiDB keeps the rows by this key (it is clustered), so that it can be neither dropped nor changed: create the table anew with the key you want, and copy the rows")

// refusesDrop refuses to drop a primary key of a table that is there, as far as
// is known without asking the server.
func (d *Dialect) refusesDrop(s ddl.DropConstraint) error {
	k, ok := s.Was.(*schema.PrimaryKeyDef)
	if !d.is(TiDB) || !ok {
		return nil
	}
	if o, said := schema.Find[ClusteredOption](k.Options); said && bool(o) || !said && d.set.clustered {
		return errClustered
	}
	return nil
}

// clustered refuses to drop a primary key of TiDB by which the rows are kept, as
// is the rule for one that CREATE TABLE makes (error 8200):
// https://docs.pingcap.com/tidb/stable/clustered-indexes/#limitations
func (a *alteration) clustered() error {
	if !a.d.is(TiDB) || !a.online() {
		return nil
	}
	kind := ""
	err := query(a.ctx, a.cat.Conn(), "SELECT TIDB_PK_TYPE FROM information_schema.TABLES WHERE "+
		a.d.whereTable(a.name, "TABLE_SCHEMA", "TABLE_NAME"), func(r *row) { kind = r.text(0) })
	if err != nil {
		return fmt.Errorf("asking for the kind of the primary key: %w", err)
	}
	if kind == "CLUSTERED" {
		return errClustered
	}
	return nil
}

// renameMade gives the index that TiDB made for a foreign key the key's new name:
// it stays where the key goes, and the one that is added then rests on it. Other
// servers make theirs anew.
func (a *alteration) renameMade(s ddl.RenameConstraint) error {
	if !a.d.is(TiDB) || !a.online() {
		return nil
	}
	keys, err := a.readKeys()
	if err != nil {
		return err
	}
	_, heir, dropped := keys.madeFor(s.Name, a.droppedLater())
	index, _, ok := keys.madeFor(s.Name, map[string]bool{strings.ToLower(s.Name): true})
	if dropped && heir == nil || !ok || !strings.EqualFold(index.name, s.Name) || keys.has(s.To) {
		return nil
	}
	return a.renameUnique(ddl.RenameConstraint{Name: index.name, To: s.To})
}

// readTiDB reads what TiDB's catalogue tells of its own tables: what keeps their
// rows, and which columns get random numbers.
func (r *reader) readTiDB() error {
	if !r.d.is(TiDB) {
		return nil
	}
	text := "SELECT TABLE_NAME, TIDB_PK_TYPE, TIDB_ROW_ID_SHARDING_INFO FROM information_schema.TABLES WHERE " + r.where("TABLE_SCHEMA", "TABLE_NAME")
	err := r.get(text, func(w *row) {
		f := r.tables[w.text(0)]
		if f == nil || f.table.PrimaryKey == nil {
			return
		}
		if clustered := w.text(1) == "CLUSTERED"; clustered != r.d.set.clustered {
			f.clustering = new(ClusteredOption(clustered))
		}
		if o, ok := parseSharding(w.text(2)); ok {
			if c := f.table.Column(f.table.PrimaryKey.Columns[0]); c != nil {
				o.AddToColumn(c)
			}
		}
	})
	if err != nil {
		return fmt.Errorf("reading what keeps the rows of tables: %w", err)
	}
	return nil
}

// readZeroFill reads from SHOW CREATE TABLE which numbers show leading zeros: the
// catalogue of TiDB leaves the word out (8.5.4), and keeps the width of just those.
func (f *found) readZeroFill(d *Dialect, text createText) {
	for name, typ := range f.widths {
		if c := f.table.Column(name); c != nil && text.columns[strings.ToLower(name)].zeroFill {
			c.Type = d.parseType(typ + " zerofill")
		}
	}
}

func has[T schema.Option](opts []schema.Option) bool {
	_, ok := schema.Find[T](opts)
	return ok
}
