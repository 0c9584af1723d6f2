package gen_test

import (
	"testing"
	"time"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// The types and options of the dialects spell themselves: gen knows none of them.
func TestDialectsSpellThemselves(t *testing.T) {
	t.Parallel()
	up := body(
		t,
		&op.CreateTable{Table: schema.NewTable("mine",
			schema.Column("id", mysql.Unsigned(schema.BigInteger()), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("tiny", mysql.TinyInteger(), schema.NotNull()),
			schema.Column("flags", mysql.Set("a", "b")),
			schema.Column("seen", mysql.Timestamp(6), schema.NotNull(), schema.ServerDefault(schema.SQL("CURRENT_TIMESTAMP(6)")), mysql.OnUpdateNow()),
			schema.Column("doc", schema.JSON().WithVariant("postgresql", postgres.JSONB())),
			mysql.Engine("InnoDB"), mysql.Charset("utf8mb4"),
		)},
		&op.CreateTable{Table: schema.NewTable("theirs",
			schema.Column("tags", postgres.Array(schema.Text()), schema.NotNull()),
			schema.Column("address", postgres.INET()),
		)},
	)
	src, err := gen.File(template(t), gen.Data{
		Message: "speak dialects", UpRevision: "d1a1ec7", Upgrades: up, CreateDate: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	check := newChecker(t)
	if _, err := check.check(src, versionsFile); err != nil {
		t.Error(err)
	}
	compare(t, "dialects", src)
}
