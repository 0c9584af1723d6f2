package op_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// After the first error nothing runs any more, raw access included.
func TestFirstErrorSticks(t *testing.T) {
	c := &conn{}
	r := &recorder{fails: 2, conn: c}
	o := op.New(t.Context(), r)
	in := o.Schema("s")
	o.DropTable("one")
	in.DropTable("two")
	first := o.Err()
	var failed *op.Error
	if !errors.As(first, &failed) || !errors.Is(first, errRun) || failed.Operation != `drop table "s.two"` || first.Error() != `drop table "s.two": the server said no` {
		t.Fatalf("got %v", first)
	}
	o.DropTable("three")
	in.Exec("DROP TABLE four")
	o.Invoke(&op.DropTable{Table: t1})
	o.Query(func(func(...any) error) error { t.Error("a query ran"); return nil }, "SELECT 1")
	o.AlterTable("t", func(*op.Table) { t.Error("the function of AlterTable ran") })
	o.CreateTableOf(nil)
	o.Fail(errors.New("another"))
	if conn, err := o.Conn(); conn != nil || !errors.Is(err, first) {
		t.Errorf("the connection is given: %v", err)
	}
	if len(r.ran) != 2 || len(c.queries) > 0 {
		t.Errorf("ran %v, %v", r.ran, c.queries)
	}
	if !errors.Is(o.Err(), first) || !errors.Is(in.Err(), first) {
		t.Errorf("the first error was replaced: %v", o.Err())
	}
}

func TestFail(t *testing.T) {
	o, r := start(t)
	o.Fail(nil)
	o.DropTable("t")
	o.Fail(errRun)
	o.DropTable("t")
	if !errors.Is(o.Err(), errRun) || len(r.ran) != 1 {
		t.Errorf("got %v, ran %v", o.Err(), r.ran)
	}
	o, r = start(t)
	o.AlterTable("t", func(table *op.Table) {
		table.DropColumn("a")
		o.Fail(errRun)
	})
	if !errors.Is(o.Err(), errRun) || len(r.ran) != 0 {
		t.Errorf("got %v, ran %v", o.Err(), r.ran)
	}
}

// An operation of several statements ends with the first that fails, and before
// the next one when its context does.
func TestStatementsAfterAnErrorDoNotRun(t *testing.T) {
	r := &recorder{fails: 1}
	o := op.New(t.Context(), r)
	o.CreateTable("t", a, schema.Index("ix", "a"))
	if !errors.Is(o.Err(), errRun) || len(r.ran) != 1 {
		t.Errorf("got %v, ran %v", o.Err(), r.ran)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r = &recorder{}
	o = op.New(ctx, r)
	o.DropTable("t")
	if !errors.Is(o.Err(), context.Canceled) || len(r.ran) != 0 {
		t.Errorf("got %v, ran %v", o.Err(), r.ran)
	}
}

func TestRawAccess(t *testing.T) {
	o, _ := start(t)
	if o.Dialect() != "fake" {
		t.Error(o.Dialect())
	}
	if _, err := o.Conn(); !errors.Is(err, errOffline) || o.Err() != nil {
		t.Errorf("got %v, %v", err, o.Err())
	}
	o.Query(nil, "SELECT 1\nFROM t")
	if err := o.Err(); !errors.Is(err, errOffline) || err.Error() != "query SELECT 1 …: there is no connection" {
		t.Errorf("got %v", err)
	}
	c := &conn{}
	o = op.New(t.Context(), &recorder{conn: c})
	if got, err := o.Conn(); err != nil || got != op.Conn(c) {
		t.Errorf("got %v, %v", got, err)
	}
	o.Query(nil, strings.Repeat("é", 61))
	if err := o.Err(); !errors.Is(err, errRun) || err.Error() != "query "+strings.Repeat("é", 60)+"…: the server said no" {
		t.Errorf("got %v", err)
	}
}

// A guard that means the opposite of what is done is refused, as is what says nothing.
func TestRefusals(t *testing.T) {
	const made, dropped = `: op.IfExists does not guard what is made; say op.IfNotExists`, `: op.IfNotExists does not guard what is dropped; say op.IfExists`
	for want, do := range map[string]func(o *op.Operations){
		`create table "t"` + made: func(o *op.Operations) { o.CreateTable("t", a, op.IfExists) },
		`create table ""` + `: declaring table "": the table has no name`: func(o *op.Operations) { o.CreateTableOf(nil) },
		`create table "t": declaring table "t": two columns are named "a"`: func(o *op.Operations) {
			o.CreateTable("t", a, a)
		},
		`drop table "t"` + dropped:                                   func(o *op.Operations) { o.DropTable("t", op.IfNotExists) },
		`add column "a" to table "t"` + made:                         func(o *op.Operations) { o.AddColumn("t", a, op.IfExists) },
		`add column "" to table "t": the column has no name`:         func(o *op.Operations) { o.AddColumn("t", nil) },
		`drop column "a" of table "t"` + dropped:                     func(o *op.Operations) { o.DropColumn("t", "a", op.IfNotExists) },
		`create index "ix" on table "t"` + made:                      func(o *op.Operations) { o.AddIndex("t", index, op.IfExists) },
		`create index "" on table "t": the index has no name`:        func(o *op.Operations) { o.AddIndex("t", nil) },
		`create index "ix" on table "t": the index has no columns`:   func(o *op.Operations) { o.CreateIndex("ix", "t") },
		`drop index "ix" of table "t"` + dropped:                     func(o *op.Operations) { o.DropIndex("ix", "t", op.IfNotExists) },
		`drop index "" of table "t": the index has no name`:          func(o *op.Operations) { o.DropIndex("", "t") },
		`add constraint to table "t": there is no constraint to add`: func(o *op.Operations) { o.AddConstraint("t", nil) },
		`drop unique constraint "x" of table "t"` + dropped: func(o *op.Operations) {
			o.DropConstraint("x", "t", schema.UniqueKind, op.IfNotExists)
		},
		`drop check constraint of table "t": the constraint has no name; say what it is by op.ExistingConstraint`: func(o *op.Operations) {
			o.DropConstraint("", "t", schema.CheckKind)
		},
		`drop check constraint "x" of table "t": op.ExistingConstraint is a unique constraint`: func(o *op.Operations) {
			o.DropConstraint("x", "t", schema.CheckKind, op.ExistingConstraint(unique))
		},
		`set an option of table "t": there is no option`:   func(o *op.Operations) { o.SetTableOption("t", nil) },
		`reset an option of table "t": there is no option`: func(o *op.Operations) { o.ResetTableOption("t", nil) },
		`add value "v" to enum "t": op.First does not say which value comes behind; say op.Before`: func(o *op.Operations) {
			o.AddEnumValue("t", "v", op.First())
		},
		`execute : there is no SQL`:        func(o *op.Operations) { o.Exec(" \n") },
		`invoking an operation: it is nil`: func(o *op.Operations) { o.Invoke(nil) },
	} {
		o, r := start(t)
		do(o)
		if err := o.Err(); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		if len(r.ran) > 0 {
			t.Errorf("%s: ran %v", want, r.ran)
		}
	}
}

type money int64

func (m money) Value() (driver.Value, error) {
	if m < 0 {
		return nil, errors.New("in debt")
	}
	return "¤" + strings.Repeat("1", int(m)), nil
}

type level int

func TestBulkInsertValues(t *testing.T) {
	text, number := "x", 5
	for _, c := range []struct {
		value any
		want  schema.Expr
	}{
		{nil, schema.Null()},
		{schema.SQL("now()"), schema.SQL("now()")},
		{"it's", schema.Literal("it's")},
		{true, schema.Literal(true)},
		{int8(-1), schema.Literal(-1)},
		{uint64(1 << 63), schema.Number("9223372036854775808")},
		{uint(7), schema.Literal(7)},
		{float32(0.1), schema.Number("0.1")},
		{0.5, schema.Number("0.5")},
		{[]byte{1}, schema.Literal([]byte{1})},
		{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), schema.Literal("2026-01-02 03:04:05").WithVariant("postgresql", schema.Literal("2026-01-02 03:04:05+00"))},
		{&text, schema.Literal("x")},
		{(*string)(nil), schema.Null()},
		{&number, schema.Literal(5)},
		{level(3), schema.Literal(3)},
		{money(2), schema.Literal("¤11")},
		{sql.NullString{}, schema.Null()},
		{sql.NullInt64{Int64: 4, Valid: true}, schema.Literal(4)},
	} {
		p := &op.BulkInsert{Table: t1, Rows: []op.Row{{"a": c.value}}}
		want := []ddl.Statement{ddl.InsertRows{Table: t1, Columns: []string{"a"}, Rows: [][]schema.Expr{{c.want}}}}
		if diff := cmp.Diff(want, lower(t, p), exact); diff != "" {
			t.Errorf("%#v (-want +got):\n%s", c.value, diff)
		}
	}
}

func TestBulkInsertErrors(t *testing.T) {
	for want, rows := range map[string][]op.Row{
		`insert 1 rows into table "t": row 1 has no columns`:                                                  {{}},
		`insert 2 rows into table "t": row 2 has 2 columns, row 1 has 1; all rows need the same`:              {{"a": 1}, {"a": 1, "b": 2}},
		`insert 2 rows into table "t": row 2 has no value for the column "a"; all rows need the same columns`: {{"a": 1}, {"b": 1}},
		`insert 1 rows into table "t": row 1, column "a": there is no value; say schema.Null() for NULL`:      {{"a": schema.NoExpr()}},
		`insert 1 rows into table "t": row 1, column "a": unsupported type []int, a slice of int`:             {{"a": []int{1}}},
		`insert 1 rows into table "t": row 1, column "a": in debt`:                                            {{"a": money(-1)}},
	} {
		o, r := start(t)
		o.BulkInsert("t", rows...)
		if err := o.Err(); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		if len(r.ran) > 0 {
			t.Errorf("ran %v", r.ran)
		}
	}
}
