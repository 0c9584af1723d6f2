package ormtest

import (
	"context"
	"database/sql"
	"testing"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/mysql"
	"ariga.io/atlas/sql/postgres"

	"github.com/gomig-dev/gomig/internal/ormtest/gormmodels"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema/atlasschema"
)

// TestAtlasInspected declares what Atlas itself sees in a database.
func TestAtlasInspected(t *testing.T) {
	onEach(t, func(t *testing.T, kind testdb.Kind, db *sql.DB) {
		ctx := context.WithoutCancel(t.Context())
		models := append(gormmodels.Models(), &gormmodels.Article{})
		open := func() (migrate.Driver, error) { return mysql.Open(db) }
		if kind == testdb.KindPostgres {
			models = append(gormmodels.Models(), &gormmodels.Event{})
			open = func() (migrate.Driver, error) { return postgres.Open(db) }
		}
		if err := openGORM(t, kind, db).AutoMigrate(models...); err != nil {
			t.Fatal(err)
		}
		driver, err := open()
		if err != nil {
			t.Fatal(err)
		}
		s, err := driver.InspectSchema(ctx, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		m, err := atlasschema.Metadata(s.Realm, atlasschema.Options{Schema: s.Name})
		if err != nil {
			t.Fatal(err)
		}
		noDifference(t, kind, db, m, "")
	})
}
