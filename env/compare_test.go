package env_test

import (
	"context"
	stdreflect "reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// reflect reads the schema of a database.
func reflect(t testing.TB, d *testdb.DB) *dialect.Reflection {
	t.Helper()
	c, err := d.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, s := range systems {
		if s.Name() != family(d) {
			continue
		}
		dia, err := s.Detect(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		r, err := dia.Reflect(t.Context(), c, dialect.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	t.Fatal("no dialect")
	return nil
}

func family(d *testdb.DB) string {
	switch d.Kind {
	case testdb.KindPostgres:
		return "postgresql"
	case testdb.KindSQLite:
		return "sqlite"
	default:
		return "mysql"
	}
}

// compareDatabases holds two databases against each other: tables, version and rows of "one".
func compareDatabases(t testing.TB, got, want *testdb.DB) {
	t.Helper()
	a, b := reflect(t, got), reflect(t, want)
	a.DefaultSchema, b.DefaultSchema = "", ""
	if diff := cmp.Diff(b.Tables, a.Tables, cmp.Exporter(func(stdreflect.Type) bool { return true })); diff != "" {
		t.Errorf("schema (-run +script):\n%s", diff)
	}
	equal(t, "versions", rows(t, got.DB), rows(t, want.DB))
	equal(t, "ids", column(t, got.DB, "SELECT id FROM one ORDER BY id"), column(t, want.DB, "SELECT id FROM one ORDER BY id"))
	equal(t, "names", column(t, got.DB, "SELECT name FROM one ORDER BY id"), column(t, want.DB, "SELECT name FROM one ORDER BY id"))
}

// concurrently is a history whose second revision makes an index without a transaction.
func concurrently(t testing.TB) history {
	index := func(f func(o *op.Operations)) script.Func {
		return func(_ context.Context, o *op.Operations) error {
			f(o)
			return o.Err()
		}
	}
	return newHistory(t, table("a1", "", "one"), rev{script.Revision{
		ID: "b2", Down: script.Revises("a1"),
		Upgrade: index(func(o *op.Operations) {
			o.AddIndex("one", schema.Index("ix", "id"), op.With(postgres.Concurrently()))
		}),
		Downgrade: index(func(o *op.Operations) {
			o.DropIndex("ix", "one", op.With(postgres.Concurrently()))
		}),
	}, "add an index"})
}
