package mysql

import (
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// What no ALTER TABLE of TiDB does is refused here, before anything runs, with
// the way out. Seen on TiDB 8.5.4.

// refusesNew refuses a column that only CREATE TABLE makes (errors 3106 and 8200):
// https://docs.pingcap.com/tidb/stable/generated-columns/#restrictions
// https://docs.pingcap.com/tidb/stable/auto-increment/#restrictions
func (d *Dialect) refusesNew(c *schema.ColumnDef) error {
	switch {
	case !d.is(TiDB):
	case c.Computed != nil && c.Computed.Storage == schema.Stored:
		return errors.New("TiDB adds no stored generated column to a table that is there: make it virtual, or create the table with it")
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
	case s.Change.Has(ddl.ComputedAspect) && s.New.Computed != nil && s.New.Computed.Storage == schema.Stored:
		return errors.New("TiDB changes the expression of no stored generated column, and makes none of a plain one: create the table anew with it")
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
		return errors.New("TiDB keeps the rows by this key (it is clustered), so that it can be neither dropped nor changed: create the table anew with the key you want, and copy the rows")
	}
	return nil
}
