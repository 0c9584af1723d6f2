package ormtest

import (
	"database/sql"
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/gomig-dev/gomig/gormschema"
	"github.com/gomig-dev/gomig/internal/ormtest/gormmodels"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// openGORM is GORM on a database that is open.
func openGORM(t *testing.T, kind testdb.Kind, db *sql.DB) *gorm.DB {
	t.Helper()
	d := mysql.New(mysql.Config{Conn: db})
	if kind == testdb.KindPostgres {
		d = postgres.New(postgres.Config{Conn: db})
	}
	g, err := gorm.Open(d, &gorm.Config{Logger: logger.Default.LogMode(logger.Silent)})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGORM(t *testing.T) {
	onEach(t, func(t *testing.T, kind testdb.Kind, db *sql.DB) {
		models, other := append(gormmodels.Models(), &gormmodels.Article{}), gormmodels.OnPostgres
		if kind == testdb.KindPostgres {
			models, other = append(gormmodels.Models(), &gormmodels.Event{}), gormmodels.OnMySQL
		}
		if err := openGORM(t, kind, db).AutoMigrate(models...); err != nil {
			t.Fatal(err)
		}
		noDifference(t, kind, db, gormmodels.Metadata, other)
	})
}

// TestGORMAtRunTime asks GORM itself what it makes of the models.
func TestGORMAtRunTime(t *testing.T) {
	onEach(t, func(t *testing.T, kind testdb.Kind, db *sql.DB) {
		models := append(gormmodels.Models(), &gormmodels.Article{})
		if kind == testdb.KindPostgres {
			models = append(gormmodels.Models(), &gormmodels.Event{})
		}
		g := openGORM(t, kind, db)
		if err := g.AutoMigrate(models...); err != nil {
			t.Fatal(err)
		}
		m, err := gormschema.Metadata(openGORM(t, kind, db), models...)
		if err != nil {
			t.Fatal(err)
		}
		noDifference(t, kind, db, m, "")
	})
}
