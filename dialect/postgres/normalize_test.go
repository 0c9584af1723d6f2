package postgres_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// TestNormalizeAlongThePath: an enumeration of a schema that the search path names
// is found in the scratch place with and without its schema.
func TestNormalizeAlongThePath(t *testing.T) {
	t.Parallel()
	_, conn := session(t)
	exec(t, conn, `CREATE SCHEMA app; CREATE SCHEMA "sh ared"; CREATE TYPE "sh ared".mood AS ENUM ('a', 'b'); SET search_path = app, "sh ared", public;
		CREATE TABLE t (m mood, CHECK (m <> 'b'), CHECK (m < 'a'))`)
	d, err := postgres.System().Detect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	table := schema.NewTable("t", schema.Column("m", schema.EnumIn("sh ared", "mood", "a", "b")),
		schema.CheckConstraint("t_m_check", "m <> 'b'::mood"), schema.CheckConstraint("t_m_check1", `m < 'a'::"sh ared".mood`))
	n, _ := d.(dialect.Normalizer)
	got, refused, err := n.Normalize(t.Context(), conn, []*schema.Table{table}, nil)
	if err != nil || len(refused) > 0 {
		t.Fatal(err, refused)
	}
	if diff := cmp.Diff(reflect(t, d, conn, dialect.Scope{}).Tables, got, exact); diff != "" {
		t.Errorf("normalized (-reflected +got):\n%s", diff)
	}
}

func TestNormalizeWithin(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	exec(t, conn, `CREATE SCHEMA other; CREATE TYPE mood AS ENUM ('old')`)
	mood, away := schema.Enum("mood", "old", "new"), schema.EnumIn("other", "mood", "x")
	table := schema.NewTable("t", id(), schema.InSchema("other"),
		schema.Column("m", mood, schema.ServerDefault(schema.Literal("new"))), schema.Column("o", away, schema.ServerDefault(schema.SQL("'x'::other.mood"))),
		schema.Column("s", schema.String(5)), schema.Column("g", schema.Text(), schema.ComputedAs("upper(s) || '!'", schema.Stored)),
		schema.CheckConstraint("", "m IN ('old', 'new')"), schema.CheckConstraint("b", "s between 'a' and 'b'"),
		schema.IndexOn("ix", schema.KeyExpr("substring(s from 1 for 2)")).With(schema.Where("o = 'x' and m <> 'new'")),
		schema.ForeignKeyConstraint("", []string{"id"}, "t", []string{"id"}))
	n, _ := d.(dialect.Normalizer)
	normalize := func(conn dialect.Conn) *schema.Table {
		t.Helper()
		got, refused, err := n.Normalize(t.Context(), conn, []*schema.Table{table}, nil)
		if err != nil || len(refused) > 0 || len(got) != 1 {
			t.Fatalf("normalizing: %v, refused %v, err %v", got, refused, err)
		}
		return got[0]
	}
	tx, err := conn.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	exec(t, tx, "CREATE TABLE kept (a integer)")
	inside := normalize(tx)
	if r := reflect(t, d, tx, dialect.Scope{}); len(r.Tables) != 1 {
		t.Errorf("the transaction lost its own changes: %v", r.Tables)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	outside := normalize(conn)
	if diff := cmp.Diff(inside, outside, exact); diff != "" {
		t.Errorf("within a transaction and without (-in +out):\n%s", diff)
	}
	want := d.Canonical(table)
	want.Checks[0].Expr = "m = ANY (ARRAY['old'::mood, 'new'::mood])"
	want.Checks[1].Expr = "s >= 'a'::text AND s <= 'b'::text"
	want.Column("g").Computed.Expr = "upper(s) || '!'::text"
	want.Indexes[0].Where = "o = 'x'::other.mood AND m <> 'new'::mood"
	want.Indexes[0].Parts[0].Expr = outside.Indexes[0].Parts[0].Expr
	if diff := cmp.Diff(want, outside, exact); diff != "" {
		t.Errorf("normalized (-want +got):\n%s", diff)
	}
	if expr := outside.Indexes[0].Parts[0].Expr; !strings.Contains(strings.ToLower(expr), "substring") {
		t.Errorf("the index is on %s", expr)
	}
	r := reflect(t, d, conn, dialect.Scope{AllSchemas: true})
	if len(r.Tables) != 0 || len(r.Enums) != 1 {
		t.Errorf("normalizing left %v, %v", r.Tables, r.Enums)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := n.Normalize(cancelled, conn, []*schema.Table{table}, nil); err == nil {
		t.Error("a cancelled context normalized")
	}
}

// TestNormalizeElsewhere: what a scratch server does not have and no expression minds is
// no reason to refuse a table there.
func TestNormalizeElsewhere(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	f, _ := d.(dialect.ScratchFor)
	n, _ := f.ScratchFor(d).(dialect.Normalizer)
	table := schema.NewTable("t", schema.Column("a", schema.Integer()), schema.Column("n", schema.Integer(), schema.ServerDefault(schema.SQL("nextval('\"My\" ' :: regclass)"))),
		postgres.Tablespace("fast"), postgres.AccessMethod("columnar"),
		schema.PrimaryKeyConstraint("pk", "a").With(postgres.Tablespace("fast")), schema.IndexOn("ix", schema.KeyExpr("a+1")).With(postgres.Tablespace("fast")))
	got, refused, err := n.Normalize(t.Context(), conn, []*schema.Table{table}, nil)
	if err != nil || len(refused) > 0 || len(got) != 1 || got[0].Indexes[0].Parts[0].Expr != "a + 1" ||
		got[0].Column("n").Default.Text != `nextval('"My"'::regclass)` {
		t.Errorf("normalized %v, refused %v, err %v", got, refused, err)
	}
}
