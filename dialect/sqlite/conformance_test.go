package sqlite_test

import (
	"database/sql"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

func open(t *testing.T) (dialect.Dialect, *sql.DB) {
	t.Helper()
	db := testdb.SQLite(t)
	conn, err := db.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	d, err := sqlite.System().Detect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	return d, db.DB
}

func TestConformance(t *testing.T) {
	dialecttest.Run(t, dialecttest.Config{
		Open: open,
		Lacks: arbitrary.Comments | arbitrary.IdentityColumns | arbitrary.NullsOrder | arbitrary.IncludeColumns |
			arbitrary.PrefixIndexes | arbitrary.DeferrableUniques | arbitrary.NullsNotDistinct,
		Collation: "NOCASE",
		Types: []schema.Type{
			sqlite.Int(), sqlite.Real(), sqlite.Any(), schema.NoType(), schema.RawSQL("DECIMAL(10, 5)"), schema.RawSQL("double precision"),
			schema.RawSQL(`"my type"`), schema.RawSQL("nvarchar(20)"), schema.RawSQL("int8"),
		},
	})
}
