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
		Tables:    ownTables(),
		Types: []schema.Type{
			sqlite.Int(), sqlite.Real(), sqlite.Any(), schema.NoType(), schema.RawSQL("DECIMAL(10, 5)"), schema.RawSQL("double precision"),
			schema.RawSQL(`"my type"`), schema.RawSQL("nvarchar(20)"), schema.RawSQL("int8"),
		},
	})
}

// ownTables are tables with what only SQLite has.
func ownTables() []dialecttest.TableCase {
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())
	a, b := schema.Column("a", schema.Text(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull())
	one := func(name string, items ...schema.TableItem) dialecttest.TableCase {
		return dialecttest.TableCase{Name: "sqlite " + name, Tables: []*schema.Table{schema.NewTable("t", items...)}}
	}
	pk := func(cols ...string) *schema.PrimaryKeyDef { return schema.PrimaryKeyConstraint("", cols...) }
	return []dialecttest.TableCase{
		one("autoincrement", schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), sqlite.AutoIncrement())),
		one("named key of the row's number", schema.Column("id", schema.Integer()), schema.PrimaryKeyConstraint("pk", "id").With(sqlite.OnConflict(sqlite.Replace))),
		one("INT is not the row's number", schema.Column("id", sqlite.Int()), pk("id")),
		one("small key", schema.Column("id", schema.SmallInteger()), pk("id")),
		one("a key that sorts downwards", schema.Column("id", schema.Integer()), schema.PrimaryKeyConstraint("pk", "id").With(sqlite.KeyTerms(`"id" DESC`), sqlite.OnConflict(sqlite.Fail))),
		one("terms of a key", a, b, pk("b", "a").With(sqlite.KeyTerms(`"b" DESC, "a" COLLATE NOCASE`))),
		one("terms of a unique", id, a, b, schema.UniqueConstraint("uq", "a", "b").With(sqlite.KeyTerms(`"a" COLLATE RTRIM DESC, "b"`), sqlite.OnConflict(sqlite.Ignore))),
		one("without rowid", a, b, pk("a"), sqlite.WithoutRowid()),
		one("without rowid by an integer", b, pk("b"), sqlite.WithoutRowid()),
		one("without rowid downwards", b, pk("b").With(sqlite.KeyTerms(`"b" DESC`)), sqlite.WithoutRowid()),
		one("strict", id, a, schema.Column("n", schema.Numeric(10, 2)), schema.Column("t", schema.DateTime()), schema.Column("x", sqlite.Any(), schema.ServerDefault(schema.Literal("1"))),
			schema.Column("i", sqlite.Int()), schema.Column("r", sqlite.Real()), schema.Column("o", schema.Boolean(), schema.ServerDefault(schema.Literal(true))), sqlite.Strict()),
		one("strict without rowid", a, pk("a"), sqlite.Strict(), sqlite.WithoutRowid()),
		one("not null on conflict", id, schema.Column("a", schema.Text(), schema.NotNull(), sqlite.OnConflict(sqlite.Replace), schema.ServerDefault(schema.Literal("x")))),
		one("check on conflict", id, schema.CheckConstraint("ck", "id > 0").With(sqlite.OnConflict(sqlite.Ignore))),
		one("abort is the default", id, schema.Column("a", schema.Text(), schema.NotNull(), sqlite.OnConflict(sqlite.Abort))),
		one("match", id, schema.ForeignKeyConstraint("fk", []string{"id"}, "t", []string{"id"}, schema.Match("FULL"))),
		one("collated index", id, schema.Column("a", schema.Text(), schema.Collate("nocase")),
			schema.IndexOn("i1", schema.Key("a").Collate("NOCASE")), schema.IndexOn("i2", schema.Key("a").Collate("BINARY").Desc()), schema.IndexOn("i3", schema.KeyExpr("lower(a)").Collate("RTRIM"))),
		one("computed with a default storage", id, schema.Column("g", schema.NoType(), schema.ComputedAs("( id + 1 )", schema.StorageDefault))),
		one("blob default", id, schema.Column("b", schema.Blob(), schema.ServerDefault(schema.Literal([]byte{0, 255})))),
		one("exists twice", id, a, schema.UniqueConstraint("", "a"), schema.UniqueConstraint("", "a")),
	}
}
