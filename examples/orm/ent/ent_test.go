package ent_test

import (
	"context"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"

	"github.com/gomig-dev/gomig/examples/orm/ent/migrations/versions"
	"github.com/gomig-dev/gomig/examples/orm/ent/tables"
	"github.com/gomig-dev/gomig/migratetest"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

func suite(t *testing.T) migratetest.Suite {
	t.Helper()
	m, err := tables.Metadata(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	return migratetest.Suite{Scripts: []*script.Set{&versions.Scripts}, Metadata: []*schema.Metadata{m}}
}

func TestMigrations(t *testing.T) { migratetest.Run(t, suite(t)) }

// TestRows stores and finds a purchase by ent's SQL in the schema of the revisions.
func TestRows(t *testing.T) {
	ctx := context.WithoutCancel(t.Context())
	driver := entsql.OpenDB(dialect.SQLite, migratetest.At(t, suite(t), "head").DB)
	insert := func(table string, columns []string, values ...any) {
		query, args := entsql.Dialect(dialect.SQLite).Insert(table).Columns(columns...).Values(values...).Query()
		if err := driver.Exec(ctx, query, args, nil); err != nil {
			t.Fatal(err)
		}
	}
	insert("customers", []string{"email", "name", "created_at"}, "ada@example.com", "Ada", "2026-11-20 10:00:00")
	insert("purchases", []string{"customer_purchases"}, 1)
	var rows entsql.Rows
	query, args := entsql.Dialect(dialect.SQLite).Select("status").From(entsql.Table("purchases")).Query()
	if err := driver.Query(ctx, query, args, &rows); err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var states []string
	if err := entsql.ScanSlice(rows, &states); err != nil || len(states) != 1 || states[0] != "open" {
		t.Errorf("found is %q, error %v", states, err)
	}
}
