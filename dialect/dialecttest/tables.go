package dialecttest

import (
	"fmt"
	"testing"

	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

func testEmpty(t *testing.T, c Config) {
	if err := open(t, c).isEmpty(); err != nil {
		t.Error(err)
	}
}

// testTables goes through the catalogue of cases.
func testTables(t *testing.T, c Config) {
	s := open(t, c)
	for _, k := range append(cases(c), c.Tables...) {
		if c.Lacks.Any(k.Needs) {
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			if err := s.roundTrip(k.Tables); err != nil {
				t.Error(err)
			}
		})
	}
}

func testTypes(t *testing.T, c Config) {
	s := open(t, c)
	types := []schema.Type{
		schema.SmallInteger(), schema.Integer(), schema.BigInteger(), schema.Boolean(), schema.String(1), schema.String(255),
		schema.Unicode(20), schema.Text(), schema.UnicodeText(), schema.Date(), schema.Time(), schema.Time(schema.Precision(3)),
		schema.Time(schema.WithTimeZone()), schema.DateTime(), schema.DateTime(schema.Precision(0)), schema.DateTime(schema.Precision(6)),
		schema.DateTime(schema.WithTimeZone()), schema.DateTime(schema.Precision(3), schema.WithTimeZone()), schema.Interval(),
		schema.Numeric(0, 0), schema.Numeric(10, 0), schema.Numeric(10, 2), schema.Numeric(30, 30), schema.Float(0), schema.Float(10),
		schema.Float(24), schema.Float(25), schema.Float(53), schema.Double(), schema.Binary(16), schema.Blob(), schema.JSON(), schema.UUID(),
		schema.Enum("mood", "sad", "ok", "it's", `back\slash`, `"`),
	}
	types = append(types, c.Types...)
	for i, typ := range types {
		t.Run(fmt.Sprintf("%d", i), func(t *testing.T) {
			table := schema.NewTable("t", schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("c", typ))
			if err := s.roundTrip([]*schema.Table{table}); err != nil {
				t.Errorf("%+v: %v", typ.Call(), err)
			}
		})
	}
}

func testDefaults(t *testing.T, c Config) {
	s := open(t, c)
	cases := []struct {
		name  string
		needs arbitrary.Feature
		typ   schema.Type
		value schema.Expr
	}{
		{"integer", 0, schema.Integer(), schema.Literal(42)},
		{"negative", 0, schema.Integer(), schema.Literal(-1)},
		{"zero", 0, schema.BigInteger(), schema.Literal(0)},
		{"big", 0, schema.BigInteger(), schema.Literal(9223372036854775807)},
		{"true", 0, schema.Boolean(), schema.Literal(true)},
		{"false", 0, schema.Boolean(), schema.Literal(false)},
		{"string", 0, schema.String(20), schema.Literal("plain")},
		{"empty string", 0, schema.String(20), schema.Literal("")},
		{"digits in a string", 0, schema.String(20), schema.Literal("42")},
		{"word NULL", 0, schema.String(20), schema.Literal("NULL")},
		{"word CURRENT_TIMESTAMP", 0, schema.String(20), schema.Literal("CURRENT_TIMESTAMP")},
		{"quotes", 0, schema.String(20), schema.Literal(`it's "so"`)},
		{"outer quotes", 0, schema.String(20), schema.Literal(`'quoted'`)},
		{"backslash", 0, schema.String(20), schema.Literal(`a\b\\c\n`)},
		{"call", 0, schema.String(20), schema.Literal("now()")},
		{"cast", 0, schema.String(20), schema.Literal("'a'::text")},
		{"unicode", 0, schema.String(20), schema.Literal("é日本")},
		{"text", arbitrary.TextDefaults, schema.Text(), schema.Literal("plain")},
		{"numeric", 0, schema.Numeric(10, 2), schema.Number("1.50")},
		{"float", 0, schema.Double(), schema.Number("1.5")},
		{"now", 0, schema.DateTime(), schema.Now()},
		{"now with precision", 0, schema.DateTime(schema.Precision(3)), schema.Now()},
		{"date", 0, schema.Date(), schema.Literal("2026-01-02")},
		{"date and time", 0, schema.DateTime(), schema.Literal("2026-01-02 03:04:05")},
		{"null", 0, schema.Integer(), schema.Null()},
		{"enum", 0, schema.Enum("mood", "sad", "it's"), schema.Literal("it's")},
		{"expression", arbitrary.ExpressionDefaults, schema.Integer(), schema.SQL("(1 + 2)")},
		{"function", arbitrary.ExpressionDefaults, schema.String(20), schema.SQL("(lower('A'))")},
	}
	for _, k := range cases {
		if c.Lacks.Any(k.needs) {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			table := schema.NewTable("t", schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("c", k.typ, schema.ServerDefault(k.value)))
			if err := s.roundTrip([]*schema.Table{table}); err != nil {
				t.Error(err)
			}
		})
	}
}
