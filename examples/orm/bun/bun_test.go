package bun_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // the driver of the tests' databases

	"github.com/gomig-dev/gomig/examples/orm/bun/migrations/versions"
	"github.com/gomig-dev/gomig/examples/orm/bun/models"
	"github.com/gomig-dev/gomig/migratetest"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var suite = migratetest.Suite{
	Scripts:  []*script.Set{&versions.Scripts},
	Metadata: []*schema.Metadata{models.Metadata},
}

func TestMigrations(t *testing.T) { migratetest.Run(t, suite) }

// TestRows stores and finds a purchase by bun in the schema of the revisions.
func TestRows(t *testing.T) {
	ctx := context.WithoutCancel(t.Context())
	db := bun.NewDB(migratetest.At(t, suite, "head").DB, sqlitedialect.New())
	made := &models.Customer{Email: "ada@example.com", Name: "Ada"}
	if _, err := db.NewInsert().Model(made).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := db.NewInsert().Model(&models.Purchase{CustomerID: made.ID, Status: "paid", Total: 3}).Exec(ctx); err != nil {
		t.Fatal(err)
	}
	found := new(models.Customer)
	err := db.NewSelect().Model(found).Relation("Purchases").Where("? = ?", bun.Ident(models.CustomerTable.Email.Name()), made.Email).Scan(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Purchases) != 1 || found.Purchases[0].Total != 3 {
		t.Errorf("found is %+v", found)
	}
}
