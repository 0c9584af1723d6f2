package postgres_test

import (
	"fmt"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// TestConversions asks the server about every pair of types: where a conversion
// is given the server takes it, where none is needed it does without, and where
// there is said to be none it has none of its own.
func TestConversions(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	exec(t, conn, "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TYPE size AS ENUM ('s', 'l'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0)")
	types := []schema.Type{
		schema.SmallInteger(), schema.Integer(), schema.BigInteger(), schema.Boolean(), schema.Numeric(10, 2), schema.Float(20), schema.Double(),
		schema.String(20), schema.Text(), schema.Date(), schema.Time(), schema.Time(schema.WithTimeZone()), schema.DateTime(), schema.DateTime(schema.WithTimeZone()),
		schema.Interval(), schema.Blob(), schema.JSON(), schema.UUID(), schema.Enum("mood", "a", "b"), schema.Enum("size", "s", "l"), postgres.Named("positive"),
	}
	for _, own := range ownTypes(d) {
		if _, raw := own.Def().(schema.RawType); !raw {
			types = append(types, own)
		}
	}
	converter := d.(dialect.Converter)
	count := map[string]int{}
	for _, from := range types {
		column := schema.Column("c", from)
		spelled := spell(t, d, from)
		exec(t, conn, "CREATE TABLE t (c "+spelled+")")
		for _, to := range types {
			using, ok := converter.Conversion(column, to)
			sql := "ALTER TABLE t ALTER COLUMN c TYPE " + spell(t, d, to)
			what := "by itself"
			switch {
			case !ok:
				what = "not at all"
			case using != "":
				what = "when told"
				sql += " USING " + using
			}
			exec(t, conn, "BEGIN")
			_, err := conn.ExecContext(t.Context(), sql)
			exec(t, conn, "ROLLBACK")
			if count[what]++; (err == nil) != ok {
				t.Errorf("%s, which should convert %s: %v", sql, what, err)
			}
		}
		exec(t, conn, "DROP TABLE t")
	}
	t.Log(fmt.Sprint(count))
}

func spell(t *testing.T, d dialect.Dialect, typ schema.Type) string {
	t.Helper()
	s, err := d.Type(typ)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestConversionsKeepValues looks at what becomes of values on the way, and on the way back.
func TestConversionsKeepValues(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	exec(t, conn, "CREATE TYPE mood AS ENUM ('sad', 'ok'); SET TIME ZONE 'UTC'")
	converter := d.(dialect.Converter)
	for _, c := range []struct {
		from, to    schema.Type
		value, want string
	}{
		{schema.Text(), schema.Integer(), "42", "42"},
		{schema.String(20), schema.Boolean(), "true", "true"},
		{schema.Text(), schema.Enum("mood", "sad", "ok"), "ok", "ok"},
		{schema.Text(), schema.DateTime(schema.Precision(0)), "2026-01-02 03:04:05", "2026-01-02 03:04:05"},
		{schema.Text(), schema.JSON(), `{"a": 1}`, `{"a": 1}`},
		{schema.Text(), schema.UUID(), "0b1d7e0a-3c5e-4f0a-9b1d-7e0a3c5e4f0a", "0b1d7e0a-3c5e-4f0a-9b1d-7e0a3c5e4f0a"},
		{schema.Integer(), schema.Boolean(), "1", "true"},
		{schema.SmallInteger(), schema.Boolean(), "1", "true"},
		{schema.Numeric(3, 1), schema.Boolean(), "1.0", "true"},
		{schema.Boolean(), schema.BigInteger(), "true", "1"},
		{schema.Boolean(), schema.Numeric(5, 0), "false", "0"},
		{schema.Time(), schema.DateTime(schema.WithTimeZone()), "10:11:12", "1970-01-01 10:11:12+00"},
		{schema.Time(), schema.DateTime(), "10:11:12", "1970-01-01 10:11:12"},
		{schema.Integer(), postgres.JSONB(), "7", "7"},
		{schema.Boolean(), schema.JSON(), "true", "true"},
		{schema.Date(), postgres.JSONB(), "2026-01-02", `"2026-01-02"`},
		{schema.UUID(), schema.Blob(), "0b1d7e0a-3c5e-4f0a-9b1d-7e0a3c5e4f0a", `\x0b1d7e0a3c5e4f0a9b1d7e0a3c5e4f0a`},
		{schema.Integer(), postgres.Array(schema.Integer()), "7", "{7}"},
		{postgres.Array(schema.Text()), postgres.Array(schema.Integer()), "{7,8}", "{7,8}"},
	} {
		exec(t, conn, "CREATE TABLE t (c "+spell(t, d, c.from)+")")
		if _, err := conn.ExecContext(t.Context(), "INSERT INTO t VALUES ('"+c.value+"')"); err != nil {
			t.Fatal(err)
		}
		convert := func(from, to schema.Type) string {
			using, ok := converter.Conversion(schema.Column("c", from), to)
			if !ok {
				return "no conversion"
			}
			sql := "ALTER TABLE t ALTER COLUMN c TYPE " + spell(t, d, to)
			if using != "" {
				sql += " USING " + using
			}
			exec(t, conn, sql)
			var got string
			if err := conn.QueryRowContext(t.Context(), "SELECT c::text FROM t").Scan(&got); err != nil {
				return err.Error()
			}
			return got
		}
		if got := convert(c.from, c.to); got != c.want {
			t.Errorf("%s as %s: got %s, want %s", c.value, spell(t, d, c.to), got, c.want)
		} else if _, isArray := c.to.Def().(postgres.ArrayType); !isArray || spell(t, d, c.from) == "TEXT[]" {
			if back := convert(c.to, c.from); back != c.value {
				t.Errorf("%s as %s and back: got %s", c.value, spell(t, d, c.to), back)
			}
		}
		exec(t, conn, "DROP TABLE t")
	}
}
