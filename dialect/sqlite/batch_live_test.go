package sqlite_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// liveCase is one of Alembic's batch operations, recorded on SQLite: what was
// there, what was asked for, and the schema and rows that came of it.
type liveCase struct {
	ID    string
	Setup []struct {
		SQL    string
		Params [][]any
	}
	Steps []struct {
		Direct string
		Params [][]any
		Table  string
		Kwargs struct {
			Recreate         string
			NamingConvention struct{ FK string } `json:"naming_convention"`
		}
		Calls []liveCall
	}
	Master []string
	Rows   map[string][][]any
}

type liveCall struct {
	Call   string
	Args   []json.RawMessage
	Kwargs map[string]json.RawMessage
}

// deliberate are the cases in which gomig means to differ.
var deliberate = map[string]string{
	"test_change_type_boolean_to_int":     noTypeCheck,
	"test_change_type_int_to_boolean":     noTypeCheck,
	"test_add_constraint_type":            noTypeCheck,
	"test_rename_column_boolean":          keepsCheck,
	"test_rename_column_boolean_named_ck": keepsCheck,

	"test_add_column_insert_before_raise_on_alter": "Alembic places a column only with recreate='always'; gomig copies the table when a place is asked for",
}

const (
	noTypeCheck = "SQLAlchemy's Boolean(create_constraint=True) makes a CHECK of its own; a type of gomig is no more than a type"
	keepsCheck  = "Alembic loses a CHECK over a renamed column; gomig renames the column in it"
)

func TestRecordedBatches(t *testing.T) {
	data, err := os.ReadFile("testdata/batch_live.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []liveCase
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) { c.run(t) })
	}
}

func (c liveCase) run(t *testing.T) {
	d, db := open(t)
	s := newRun(t, d, db)
	for _, q := range c.Setup {
		s.direct(q.SQL, q.Params)
	}
	for _, step := range c.Steps {
		if step.Direct != "" {
			s.direct(step.Direct, step.Params)
			continue
		}
		batch := ddl.Batch{Naming: schema.NamingConvention{ForeignKey: step.Kwargs.NamingConvention.FK}}
		if step.Kwargs.Recreate == "always" {
			batch.Recreate = ddl.RecreateAlways
		}
		alter := ddl.AlterTable{Table: schema.Name{Name: step.Table}, Batch: &batch}
		stmts := []ddl.Statement{nil}
		for _, call := range step.Calls {
			acts, extra := call.lower(t, step.Table)
			alter.Actions = append(alter.Actions, acts...)
			stmts = append(stmts, extra...)
		}
		stmts[0] = alter
		if err := s.migrate(stmts...); err != nil {
			t.Fatal(err)
		}
	}
	c.compareRows(t, db)
	want := testdb.SQLite(t)
	for _, q := range c.Master {
		if _, err := want.DB.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	diff := dialecttest.Diff(reflected(t, d, want.DB), reflected(t, d, db))
	if why := deliberate[c.ID]; (diff == "") != (why == "") {
		t.Errorf("schema (-Alembic +gomig), meant to differ for %q:\n%s", why, diff)
	}
}

func (c liveCase) compareRows(t *testing.T, db *sql.DB) {
	for table, want := range c.Rows {
		if g, w := spelled(rowsOf(t, db, table)), spelled(want); !reflect.DeepEqual(g, w) {
			t.Errorf("rows of %s are %v, want %v", table, g, w)
		}
	}
}

func rowsOf(t *testing.T, db *sql.DB, table string) (list [][]any) {
	t.Helper()
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cols, _ := rows.Columns()
	for rows.Next() {
		row, dest := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		list = append(list, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// spelled spells rows so that drivers' types do not matter, in any order.
func spelled(rows [][]any) []string {
	out := make([]string, len(rows))
	for i, r := range rows {
		for _, v := range r {
			switch x := v.(type) {
			case bool:
				v = map[bool]int{true: 1}[x]
			case time.Time:
				v = x.Format("2006-01-02 15:04:05.000000")
			}
			out[i] += fmt.Sprintf("%v|", v)
		}
	}
	slices.Sort(out)
	return out
}

// lower turns a recorded call into actions, and statements beside them.
func (c liveCall) lower(t *testing.T, table string) (acts []ddl.Action, extra []ddl.Statement) {
	str := func(i int) string { return decode[string](t, c.Args[i]) }
	add := func(c schema.Constraint) []ddl.Action { return []ddl.Action{ddl.AddConstraint{Constraint: c}} }
	switch c.Call {
	case "add_constraint":
		acts = add(decode[recorded](t, c.Args[0]).item().(schema.Constraint))
	case "add_column":
		col := decode[liveColumn](t, c.Args[0])
		place := ddl.Place{After: optional[string](t, c.Kwargs["insert_after"]), Before: optional[string](t, c.Kwargs["insert_before"])}
		acts = append(acts, ddl.AddColumn{Column: col.column(), Place: place})
		if col.PrimaryKey {
			acts = append(acts, add(schema.PrimaryKeyConstraint("", col.Name))...)
		}
	case "drop_column":
		name, ok := maybe[string](c.Args[0])
		if !ok {
			name = decode[struct{ SQL string }](t, c.Args[0]).SQL
		}
		acts = append(acts, ddl.DropColumn{Name: name})
	case "alter_column":
		if len(c.Args) == 0 {
			c.Args = append(c.Args, c.Kwargs["column_name"])
		}
		acts = append(acts, c.alter(t, str(0)))
	case "create_check_constraint":
		acts = add(schema.CheckConstraint(str(0), decode[struct{ SQL string }](t, c.Args[1]).SQL))
	case "create_unique_constraint":
		acts = add(schema.UniqueConstraint(str(0), decode[[]string](t, c.Args[1])...))
	case "create_primary_key":
		acts = add(schema.PrimaryKeyConstraint(str(0), decode[[]string](t, c.Args[1])...))
	case "drop_constraint":
		if k, ok := maybe[recorded](c.Args[0]); ok {
			was := k.item().(schema.Constraint)
			return []ddl.Action{ddl.DropConstraint{Name: k.Name, Kind: was.Kind(), Was: was}}, nil
		}
		kind := optional[string](t, c.Kwargs["type_"])
		if len(c.Args) > 1 {
			kind = str(1)
		}
		acts = append(acts, ddl.DropConstraint{Name: str(0), Kind: map[string]schema.ConstraintKind{"check": schema.CheckKind, "foreignkey": schema.ForeignKeyKind}[kind]})
	case "create_index":
		if k, ok := maybe[recorded](c.Args[0]); ok {
			return nil, []ddl.Statement{ddl.CreateIndex{Table: schema.Name{Name: table}, Index: k.index()}}
		}
		ix := schema.Index(str(0), decode[[]string](t, c.Args[1])...)
		ix.Unique = optional[bool](t, c.Kwargs["unique"])
		extra = append(extra, ddl.CreateIndex{Table: schema.Name{Name: table}, Index: ix})
	case "drop_index":
		if k, ok := maybe[recorded](c.Args[0]); ok {
			return nil, []ddl.Statement{ddl.DropIndex{Table: schema.Name{Name: table}, Name: k.Name}}
		}
		extra = append(extra, ddl.DropIndex{Table: schema.Name{Name: table}, Name: str(0)})
	default:
		t.Fatalf("unknown call %s", c.Call)
	}
	return acts, extra
}

func (c liveCall) alter(t *testing.T, name string) ddl.Action {
	a := ddl.AlterColumn{Name: name, New: &schema.ColumnDef{Name: name, Nullable: true}}
	if raw, ok := c.Kwargs["type_"]; ok {
		a.Change |= ddl.TypeAspect
		a.New.Type = decode[liveType](t, raw).typ()
	}
	if raw, ok := c.Kwargs["nullable"]; ok {
		a.Change |= ddl.NullableAspect
		a.New.Nullable = decode[bool](t, raw)
	}
	if raw, ok := c.Kwargs["server_default"]; ok {
		a.Change |= ddl.DefaultAspect
		a.New.Default = serverDefault(raw)
	}
	if raw, ok := c.Kwargs["name"]; ok {
		c.Kwargs["new_column_name"] = raw
	}
	if raw, ok := c.Kwargs["new_column_name"]; ok {
		a.Change |= ddl.NameAspect
		a.New.Name = decode[string](t, raw)
	}
	return a
}

type liveType struct{ SQL string }

func (l liveType) typ() schema.Type {
	switch l.SQL {
	case "INTEGER":
		return schema.Integer()
	case "BOOLEAN":
		return schema.Boolean()
	case "DATETIME":
		return schema.DateTime()
	}
	return schema.RawSQL(l.SQL)
}

type liveColumn struct {
	Name          string
	Type          liveType
	Nullable      bool
	PrimaryKey    bool `json:"primary_key"`
	ServerDefault *struct {
		Dollar    string `json:"$"`
		String    string
		SQLText   string
		Persisted bool
		Expr      struct{ SQL string }
	} `json:"server_default"`
}

func (l liveColumn) column() *schema.ColumnDef {
	c := &schema.ColumnDef{Name: l.Name, Type: l.Type.typ(), Nullable: l.Nullable}
	switch d := l.ServerDefault; {
	case d == nil:
	case d.Dollar == "Computed":
		c.Computed = &schema.Computed{Expr: d.SQLText, Storage: schema.Virtual}
		if d.Persisted {
			c.Computed.Storage = schema.Stored
		}
	case d.Expr.SQL != "":
		c.Default = schema.SQL(d.Expr.SQL)
	default:
		c.Default = schema.Literal(d.String)
	}
	return c
}

// serverDefault is null, a string, or an expression.
func serverDefault(raw json.RawMessage) schema.Expr {
	if text, ok := maybe[string](raw); ok && string(raw) != "null" {
		return schema.Literal(text)
	}
	if e, ok := maybe[struct{ SQL string }](raw); ok && e.SQL != "" {
		return schema.SQL(e.SQL)
	}
	return schema.NoExpr()
}

// maybe decodes what may be something else.
func maybe[T any](raw json.RawMessage) (v T, ok bool) {
	return v, json.Unmarshal(raw, &v) == nil
}

func decode[T any](t *testing.T, raw json.RawMessage) (v T) {
	t.Helper()
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return v
}

func optional[T any](t *testing.T, raw json.RawMessage) (v T) {
	if raw == nil {
		return v
	}
	return decode[T](t, raw)
}

func reflected(t *testing.T, d dialect.Dialect, db *sql.DB) []*schema.Table {
	t.Helper()
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	r, err := d.Reflect(t.Context(), conn, dialect.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Fatalf("reflecting %v: %v", p.Object, p.Err)
	}
	return r.Tables
}
