package postgres_test

import (
	"database/sql"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// detect asks the server for its dialect.
func detect(t testing.TB, db *sql.DB) dialect.Dialect {
	t.Helper()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	d, err := postgres.System().Detect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// lacks is what the server is too old for.
func lacks(t testing.TB, d dialect.Dialect) (f arbitrary.Feature) {
	t.Helper()
	f = arbitrary.PrefixIndexes | arbitrary.ColumnOrder | arbitrary.VirtualIndexes
	virtual := schema.Column("c", schema.Integer(), schema.ComputedAs("1", schema.Virtual))
	if _, err := d.Column(virtual, nil); err != nil {
		f |= arbitrary.VirtualColumns
	}
	distinct := schema.UniqueConstraint("u", "c").With(schema.NullsNotDistinct())
	if _, err := d.Constraint(distinct, nil); err != nil {
		f |= arbitrary.NullsNotDistinct
	}
	return f
}

// ownTypes are the types of this package that the server has.
func ownTypes(d dialect.Dialect) []schema.Type {
	types := []schema.Type{
		postgres.Char(1), postgres.Char(10), postgres.Bit(1), postgres.Bit(8), postgres.VarBit(0), postgres.VarBit(5),
		postgres.Interval("year to month"), postgres.Interval("DAY TO SECOND"), postgres.IntervalDigits("", 3), postgres.IntervalDigits("SECOND", 0),
		postgres.Array(schema.Integer()), postgres.Array(schema.String(20)), postgres.Array(postgres.Array(schema.DateTime(schema.Precision(2)))),
		postgres.Array(postgres.Char(3)),
		postgres.JSONB(), postgres.JSONPath(), postgres.XML(), postgres.INET(), postgres.CIDR(), postgres.MACADDR(), postgres.MACADDR8(),
		postgres.Money(), postgres.TSVector(), postgres.TSQuery(), postgres.OID(), postgres.RegClass(), postgres.PGLSN(),
		postgres.Point(), postgres.Line(), postgres.LSeg(), postgres.Box(), postgres.GeometricPath(), postgres.Polygon(), postgres.Circle(),
		postgres.Int4Range(), postgres.Int8Range(), postgres.NumRange(), postgres.TSRange(), postgres.TSTZRange(), postgres.DateRange(),
		schema.RawSQL("int"), schema.RawSQL("Double  Precision"), schema.RawSQL("timestamptz(3)"), schema.RawSQL("bpchar"), schema.RawSQL(`"char"`),
		schema.RawSQL("name"), schema.RawSQL("regtype[]"), schema.RawSQL("varchar(3) array"), schema.RawSQL("float(24)"), schema.RawSQL("decimal(4)"),
	}
	if takes(d, schema.UniqueConstraint("u", "a").With(schema.NullsNotDistinct())) { // of the same version
		types = append(types, schema.Numeric(5, -2), schema.Numeric(2, 5), postgres.Array(schema.Numeric(5, -2)),
			postgres.Int4MultiRange(), postgres.Int8MultiRange(), postgres.NumMultiRange(),
			postgres.TSMultiRange(), postgres.TSTZMultiRange(), postgres.DateMultiRange())
	}
	return types
}

func TestConformance(t *testing.T) {
	t.Parallel()
	d := detect(t, testdb.Postgres(t).DB)
	dialecttest.Run(t, dialecttest.Config{
		Open: func(t *testing.T) (dialect.Dialect, *sql.DB) {
			t.Helper()
			db := testdb.Postgres(t)
			return detect(t, db.DB), db.DB
		},
		Lacks:     lacks(t, d),
		Types:     ownTypes(d),
		Collation: "C",
		Tables:    tableCases(d),
		Alters:    alterCases(d),
	})
}
