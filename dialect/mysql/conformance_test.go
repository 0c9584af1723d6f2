package mysql_test

import (
	"database/sql"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// lacks is what no server of the family has.
const lacks = arbitrary.IdentityColumns | arbitrary.PartialIndexes | arbitrary.NullsOrder | arbitrary.IncludeColumns |
	arbitrary.DeferrableKeys | arbitrary.DeferrableUniques | arbitrary.NullsNotDistinct | arbitrary.MatchFull | arbitrary.SetDefaultAction

// detect asks a test database what it is.
func detect(t *testing.T, db *testdb.DB) *mysql.Dialect {
	t.Helper()
	conn, err := db.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	d, err := mysql.System().Detect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	return d.(*mysql.Dialect)
}

// ownTypes are the family's types that both servers have.
func ownTypes() []schema.Type {
	return []schema.Type{
		mysql.TinyInteger(), mysql.MediumInteger(), mysql.Unsigned(schema.Integer()), mysql.Unsigned(schema.BigInteger()),
		mysql.Unsigned(mysql.TinyInteger()), mysql.Unsigned(schema.Numeric(8, 3)), mysql.Unsigned(schema.Double()),
		mysql.ZeroFill(schema.Integer(), 5), mysql.ZeroFill(schema.SmallInteger(), 0), mysql.FloatDigits(7, 3), mysql.DoubleDigits(9, 2),
		mysql.Bit(0), mysql.Bit(8), mysql.Bit(64), mysql.Year(), mysql.Char(1), mysql.Char(36), mysql.FixedBinary(16),
		mysql.TinyText(), mysql.MediumText(), mysql.LongText(), mysql.TinyBlob(), mysql.MediumBlob(), mysql.LongBlob(),
		mysql.Set("x", "y'z", `back\slash`), mysql.Timestamp(0), mysql.Timestamp(6),
		mysql.Geometry(mysql.AnyGeometry), mysql.Geometry(mysql.Point), mysql.Geometry(mysql.LineString), mysql.Geometry(mysql.Polygon),
		mysql.Geometry(mysql.MultiPoint), mysql.Geometry(mysql.MultiLineString), mysql.Geometry(mysql.MultiPolygon),
		mysql.Geometry(mysql.GeometryCollection), mysql.GeometryIn(mysql.Point, 4326),
		schema.RawSQL("int(11)"), schema.RawSQL("double precision"), schema.RawSQL("dec(5,1)"), schema.RawSQL("nvarchar(5)"),
		schema.RawSQL("national character(5)"), schema.RawSQL("varchar(9) character set latin1 collate latin1_bin"), schema.RawSQL("text collate utf8mb4_bin"),
	}
}

func TestConformanceMySQL(t *testing.T) {
	dialecttest.Run(t, dialecttest.Config{
		Open: func(t *testing.T) (dialect.Dialect, *sql.DB) {
			db := testdb.MySQL(t)
			return detect(t, db), db.DB
		},
		Lacks:     lacks,
		Collation: "utf8mb4_bin",
		// MariaDB (10.11) makes no table that ends in CHAR(0) behind a virtual column: error 1033.
		Types:  append(ownTypes(), mysql.Vector(3), mysql.Vector(0), mysql.Char(0)),
		Alters: alterCases(),
		Tables: append(
			ownCases(),
			tableCase("parser", schema.Column("s", schema.Text()), schema.Index("ix", "s").With(schema.Using("FULLTEXT"), mysql.Parser("ngram"))),
			tableCase("not enforced", schema.Column("c", schema.Integer()), schema.CheckConstraint("ck", "c > 0").With(schema.NotEnforced())),
			tableCase("not null generated", schema.Column("c", schema.Integer(), schema.NotNull(), schema.ComputedAs("n", schema.Virtual)), schema.Column("n", schema.Integer(), schema.NotNull())),
			tableCase("array index", schema.Column("j", schema.JSON()), schema.IndexOn("ix", schema.KeyExpr("CAST(j AS UNSIGNED ARRAY)"))),
			tableCase("spatial with a reference system", schema.Column("p", mysql.GeometryIn(mysql.Point, 4326), schema.NotNull()), schema.Index("ix", "p").With(schema.Using("SPATIAL"))),
			tableCase("bytes beyond ASCII", schema.Column("c", schema.Binary(4), schema.ServerDefault(schema.Literal([]byte{0, 255, 92})))),
			tableCase("emoji in expressions", schema.Column("s", schema.String(9), schema.ServerDefault(schema.SQL("concat('é😀', '\\\\')"))), schema.CheckConstraint("ck", "s <> '😀é'")),
		),
	})
}

func TestConformanceMariaDB(t *testing.T) {
	dialecttest.Run(t, dialecttest.Config{
		Open: func(t *testing.T) (dialect.Dialect, *sql.DB) {
			db := testdb.MariaDB(t)
			return detect(t, db), db.DB
		},
		Lacks:     lacks | arbitrary.ExpressionIndexes,
		Collation: "utf8mb4_bin",
		Types:     append(ownTypes(), mysql.Inet4(), mysql.Inet6()),
		Alters:    alterCases(),
		Tables: append(
			ownCases(),
			tableCase("system versioned", schema.Column("s", schema.Text()), mysql.SystemVersioned()),
			columnCase("compressed", schema.String(20), mysql.Compressed(), schema.NotNull()),
			columnCase("compressed with collation", schema.Text(), mysql.Compressed(), schema.Collate("latin1_bin")),
			tableCase("emoji in expressions", schema.Column("s", schema.String(9), schema.ServerDefault(schema.SQL("concat('é😀', '\\\\')"))), schema.CheckConstraint("ck", "s <> '😀é'")),
		),
	})
}
