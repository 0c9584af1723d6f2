package gorm_test

import (
	"testing"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"

	"github.com/gomig-dev/gomig/examples/orm/gorm/migrations/versions"
	"github.com/gomig-dev/gomig/examples/orm/gorm/models"
	"github.com/gomig-dev/gomig/migratetest"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var suite = migratetest.Suite{
	Scripts:  []*script.Set{&versions.Scripts},
	Metadata: []*schema.Metadata{models.Metadata},
}

func TestMigrations(t *testing.T) { migratetest.Run(t, suite) }

// TestRows stores and finds a purchase by GORM in the schema of the revisions.
func TestRows(t *testing.T) {
	d := migratetest.At(t, suite, "head")
	db, err := gorm.Open(sqlite.Dialector{Conn: d.DB}, &gorm.Config{})
	if err != nil {
		t.Fatal(err)
	}
	made := models.Customer{Email: "ada@example.com", Name: "Ada", Purchases: []models.Purchase{{Total: 3, Tags: []models.Tag{{Name: "gift"}}}}}
	if err := db.Create(&made).Error; err != nil {
		t.Fatal(err)
	}
	var found models.Customer
	err = db.Preload("Purchases.Tags").First(&found, models.CustomerTable.Email.Name()+" = ?", made.Email).Error
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Purchases) != 1 || found.Purchases[0].Status != "open" || len(found.Purchases[0].Tags) != 1 {
		t.Errorf("found is %+v", found)
	}
}
