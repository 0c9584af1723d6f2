package ormtest

import (
	"context"
	"database/sql"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/mysqldialect"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"

	"github.com/gomig-dev/gomig/internal/ormtest/bunmodels"
	"github.com/gomig-dev/gomig/internal/testdb"
)

func TestBun(t *testing.T) {
	onEach(t, func(t *testing.T, kind testdb.Kind, db *sql.DB) {
		var d schema.Dialect = mysqldialect.New()
		if kind == testdb.KindPostgres {
			d = pgdialect.New()
		}
		b := bun.NewDB(db, d)
		b.RegisterModel((*bunmodels.UserToTag)(nil))
		models, other := bunmodels.Models(), bunmodels.OnPostgres
		if kind == testdb.KindPostgres {
			models, other = append(models, (*bunmodels.Counter)(nil)), ""
		}
		for _, m := range models {
			if _, err := b.NewCreateTable().Model(m).WithForeignKeys().Exec(context.WithoutCancel(t.Context())); err != nil {
				t.Fatal(err)
			}
		}
		noDifference(t, kind, db, bunmodels.Metadata, other)
	})
}
