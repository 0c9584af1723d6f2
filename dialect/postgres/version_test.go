package postgres_test

import (
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// TestOfflineVersion holds what scripts for older servers say, or refuse.
func TestOfflineVersion(t *testing.T) {
	system := postgres.System().(dialect.VersionedOffline)
	add := func(c *schema.ColumnDef) ddl.Statement {
		return ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: []ddl.Action{ddl.AddColumn{Column: c}}}
	}
	compressed := add(schema.Column("a", schema.Text(), postgres.Compression("lz4")))
	virtual := add(schema.Column("a", schema.Integer(), schema.ComputedAs("1", schema.Virtual)))
	index := ddl.CreateIndex{Table: schema.Name{Name: "t"}, Index: schema.Index("ix", "a").With(schema.UniqueIndex(), schema.NullsNotDistinct())}
	view := ddl.CreateObject{Replace: true, Object: ddl.Object{
		Kind: ddl.ViewKind, Name: schema.Name{Name: "v"}, Definition: "SELECT 1", Options: []schema.Option{postgres.SecurityBarrier(true), postgres.SecurityInvoker(true)},
	}}
	for _, c := range []struct {
		version string
		stmt    ddl.Statement
		want    string
	}{
		{"14", view, `error: creating view "v": postgres.SecurityInvoker needs PostgreSQL 15; the server is 14`},
		{"15", view, "CREATE OR REPLACE VIEW \"v\" WITH (security_barrier = true, security_invoker = true) AS\nSELECT 1"},
		{"13.11 (Debian 13.11-1)", compressed, `error: table "t": column "a": COMPRESSION of a column needs PostgreSQL 14; the server is 13.11`},
		{"14", compressed, `ALTER TABLE "t" ADD COLUMN "a" TEXT COMPRESSION lz4`},
		{"14", index, `error: index "ix": NULLS NOT DISTINCT needs PostgreSQL 15; the server is 14`},
		{"15.4", index, `CREATE UNIQUE INDEX "ix" ON "t" ("a") NULLS NOT DISTINCT`},
		{"17", virtual, `error: table "t": column "a": a generated column that is computed when read (schema.Virtual) needs PostgreSQL 18; the server is 17; say schema.Stored`},
		{"18beta1", virtual, `ALTER TABLE "t" ADD COLUMN "a" INTEGER GENERATED ALWAYS AS (1) VIRTUAL`},
	} {
		d, err := system.OfflineVersion(postgres.Name, c.version)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := compile(d, c.stmt); got != c.want {
			t.Errorf("%s gives %s\nwant %s", c.version, got, c.want)
		}
	}
	stored := schema.Column("a", schema.Integer(), schema.ComputedAs("1", schema.Stored))
	for version, want := range map[string]bool{"16": true, "17": false} { // which has SET EXPRESSION
		d, err := system.OfflineVersion(postgres.Name, version)
		other := schema.Column("a", schema.Integer(), schema.ComputedAs("2", schema.Stored))
		if err != nil || d.(dialect.ColumnRemaker).RemakesColumn(stored, other) != want {
			t.Errorf("%s: %v; remaking a generated column is not %v", version, err, want)
		}
	}
	for version, want := range map[string]string{
		"newest": `"newest" is no version of PostgreSQL, such as 16 or 15.4`,
		"12.22":  "the server is PostgreSQL 12.22; version 13 or later is needed",
		"-13":    "the server is PostgreSQL -13; version 13 or later is needed",
	} {
		if _, err := system.OfflineVersion(postgres.Name, version); err == nil || err.Error() != want {
			t.Errorf("%s gives %v, want %s", version, err, want)
		}
	}
}
