package sqlite_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/schema"
)

// sqlCase is a table, a batch of Alembic's on it, and the statements that Alembic makes of it.
type sqlCase struct {
	ID    string
	Table struct {
		Name        string
		Columns     []liveColumn
		Constraints []recorded
		Indexes     []recorded
	}
	Recreate string
	Order    [][]string
	Items    []recorded
	Calls    []liveCall
	SQL      []string
}

// recorded is a constraint or index.
type recorded struct {
	Kind        string `json:"$"`
	Name        string
	Columns     []string
	RefColumns  []string
	SQLText     string
	Unique      bool
	Expressions []string
	TypeBound   bool `json:"type_bound"`
}

func (k recorded) item() schema.TableItem {
	switch k.Kind {
	case "PrimaryKeyConstraint":
		return schema.PrimaryKeyConstraint(k.Name, k.Columns...)
	case "UniqueConstraint":
		return schema.UniqueConstraint(k.Name, k.Columns...)
	case "CheckConstraint":
		return schema.CheckConstraint(k.Name, k.SQLText)
	case "Index":
		return k.index()
	case "ForeignKeyConstraint":
		fk := &schema.ForeignKeyDef{Name: k.Name, Columns: k.Columns}
		for _, to := range k.RefColumns {
			n := schema.SplitName(to)
			fk.RefTable.Name, fk.RefColumns = n.Schema, append(fk.RefColumns, n.Name)
		}
		return fk
	}
	return nil
}

func (k recorded) index() *schema.IndexDef {
	ix := schema.Index(k.Name, k.Expressions...)
	ix.Unique = k.Unique
	return ix
}

// deliberateSQL are the cases in which gomig means to differ.
var deliberateSQL = map[string]string{
	"test_change_type_schematype_to_non": noTypeCheck,
	"test_change_type_from_schematype":   noTypeCheck,
	"test_change_type_to_schematype":     noTypeCheck,
}

// notHere are the cases whose recorded statements SQLite cannot run.
var notHere = map[string]string{
	"test_add_table_opts":            "they are MySQL's",
	"test_regen_multi_fk_schema":     "they name a database file that is not attached",
	"test_rename_col_literal_ck":     "Alembic keeps the old name in a CHECK, which SQLite refuses; gomig renames it there",
	"test_drop_ck_col":               "the check at the column was not recorded",
	"test_change_type_to_schematype": noTypeCheck + ", which the rows of this test violate",
}

func TestRecordedStatements(t *testing.T) {
	data, err := os.ReadFile("testdata/batch_sql.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []sqlCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if notHere[c.ID] == "" {
			t.Run(c.ID, func(t *testing.T) { c.run(t) })
		}
	}
}

func (c sqlCase) table() *schema.Table {
	var items []schema.TableItem
	for _, col := range c.Table.Columns {
		items = append(items, col.column())
	}
	for _, k := range append(c.Table.Constraints, c.Table.Indexes...) {
		items = append(items, k.item())
	}
	return schema.NewTable(c.Table.Name, items...)
}

// run makes the table twice, with rows, runs Alembic's statements on one and
// gomig's, made offline from the same description, on the other.
func (c sqlCase) run(t *testing.T) {
	table := c.table()
	if err := table.Err(); err != nil {
		t.Fatal(err)
	}
	batch := &ddl.Batch{CopyFrom: table, Order: c.Order}
	if c.Recreate == "always" {
		batch.Recreate = ddl.RecreateAlways
	}
	for _, k := range c.Items {
		batch.Items = append(batch.Items, k.item())
	}
	alter := ddl.AlterTable{Table: table.Name, Batch: batch}
	stmts := []ddl.Statement{nil}
	for _, call := range c.Calls {
		acts, extra := call.lower(t, table.Name.Name)
		alter.Actions = append(alter.Actions, acts...)
		stmts = append(stmts, extra...)
	}
	stmts[0] = alter
	var mine []string
	for _, s := range stmts {
		texts, err := script(s)
		if err != nil {
			t.Fatal(err)
		}
		mine = append(mine, texts...)
	}
	wantTables, wantRows := c.effect(t, table, c.SQL)
	gotTables, gotRows := c.effect(t, table, mine)
	if wantRows != gotRows {
		t.Errorf("rows are %s, want %s\n%s", gotRows, wantRows, strings.Join(mine, "\n"))
	}
	diff := dialecttest.Diff(wantTables, gotTables)
	if why := deliberateSQL[c.ID]; (diff == "") != (why == "") {
		t.Errorf("schema (-Alembic +gomig), meant to differ for %q:\n%s\n%s", why, diff, strings.Join(mine, "\n"))
	}
}

// effect is the schema and rows that the statements leave.
func (c sqlCase) effect(t *testing.T, table *schema.Table, statements []string) ([]*schema.Table, string) {
	t.Helper()
	r := start(t)
	stmts := []ddl.Statement{ddl.CreateTable{Table: table}}
	for _, i := range table.Indexes {
		stmts = append(stmts, ddl.CreateIndex{Table: table.Name, Index: i})
	}
	for _, s := range stmts {
		text, err := offline(s)
		if err != nil {
			t.Fatal(err)
		}
		r.exec(text)
	}
	for i := 1; i <= 2; i++ {
		var values []string
		for range table.Columns {
			values = append(values, fmt.Sprintf("'%d@'", i))
		}
		values[0] = fmt.Sprint(i)
		r.direct("INSERT OR IGNORE INTO "+quote(table.Name.Name)+" VALUES ("+strings.Join(values, ", ")+")", nil)
	}
	r.exec(statements...)
	got := r.reflect(dialect.Scope{})
	rows := ""
	for _, tab := range got.Tables {
		rows += fmt.Sprint(tab.Name.Name, r.rows("SELECT * FROM "+quote(tab.Name.Name)))
	}
	return got.Tables, rows
}
