package ormtest

import (
	"context"
	"database/sql"
	"testing"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	entschema "entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/entc/gen"
	"entgo.io/ent/entc/load"

	"github.com/gomig-dev/gomig/internal/ormtest/entmodels"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema/atlasschema"
)

// entTables are the tables of the schemas, as ent generates them.
func entTables(t *testing.T) []*entschema.Table {
	t.Helper()
	var schemas []*load.Schema
	for _, s := range entmodels.Schemas() {
		text, err := load.MarshalSchema(s)
		if err != nil {
			t.Fatal(err)
		}
		loaded, err := load.UnmarshalSchema(text)
		if err != nil {
			t.Fatal(err)
		}
		schemas = append(schemas, loaded)
	}
	graph, err := gen.NewGraph(&gen.Config{Package: "example.com/ent", Storage: &gen.Storage{}}, schemas...)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := graph.Tables()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestEnt(t *testing.T) {
	onEach(t, func(t *testing.T, kind testdb.Kind, db *sql.DB) {
		ctx := context.WithoutCancel(t.Context())
		name := dialect.MySQL
		if kind == testdb.KindPostgres {
			name = dialect.Postgres
		}
		migrate, err := entschema.NewMigrate(entsql.OpenDB(name, db))
		if err != nil {
			t.Fatal(err)
		}
		if err := migrate.Create(ctx, entTables(t)...); err != nil {
			t.Fatal(err)
		}
		realm, err := migrate.StateReader(entTables(t)...)(ctx)
		if err != nil {
			t.Fatal(err)
		}
		m, err := atlasschema.Metadata(realm, atlasschema.Options{})
		if err != nil {
			t.Fatal(err)
		}
		noDifference(t, kind, db, m, "")
	})
}
