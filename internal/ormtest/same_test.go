package ormtest

import (
	"testing"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/gormschema"
	"github.com/gomig-dev/gomig/internal/ormtest/gormmodels"
)

// TestGORMAtRunTimeIsTheSame: GORM keeps relations in maps, and what is declared
// of them is the same each time.
func TestGORMAtRunTimeIsTheSame(t *testing.T) {
	t.Parallel()
	first := ""
	for range 30 {
		d := mysql.New(mysql.Config{DSN: "nobody@tcp(127.0.0.1:1)/none", SkipInitializeWithVersion: true})
		db, err := gorm.Open(d, &gorm.Config{Logger: logger.Discard, DryRun: true, DisableAutomaticPing: true})
		if err != nil {
			t.Fatal(err)
		}
		m, err := gormschema.Metadata(db, append(gormmodels.Models(), &gormmodels.Twins{})...)
		if err != nil {
			t.Fatal(err)
		}
		files, err := gen.Metadata(gen.MetadataData{Tables: m.Tables()})
		if err != nil {
			t.Fatal(err)
		}
		switch got := string(files[0].Content); {
		case first == "":
			first = got
		case got != first:
			t.Fatalf("once it is\n%s\nand once\n%s", first, got)
		}
	}
}
