package arbitrary

import (
	"strconv"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/schema"
)

// Type is any generic type. Enumerations take their names from name.
func Type(name func(*rapid.T) string) *rapid.Generator[schema.Type] {
	return rapid.Custom(func(t *rapid.T) schema.Type {
		if rapid.IntRange(0, 3).Draw(t, "type class") < 3 {
			return KeyType().Draw(t, "type")
		}
		return rapid.OneOf(
			rapid.SampledFrom([]schema.Type{
				schema.Text(), schema.UnicodeText(), schema.Double(), schema.Float(0), schema.Float(20), schema.Float(40),
				schema.Blob(), schema.JSON(), schema.UUID(), schema.Interval(), schema.Numeric(0, 0),
			}),
			rapid.Map(rapid.IntRange(1, 200), schema.Binary),
			rapid.Map(rapid.IntRange(0, 6), func(n int) schema.Type { return schema.DateTime(schema.Precision(n)) }),
			rapid.Map(rapid.IntRange(0, 6), func(n int) schema.Type { return schema.Time(schema.Precision(n), schema.WithTimeZone()) }),
			rapid.Custom(func(t *rapid.T) schema.Type {
				values := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "x y", "it's", "q\"q", "back\\slash", "é"}), 1, 4, rapid.ID).Draw(t, "values")
				return schema.Enum(name(t), values...)
			}),
		).Draw(t, "type")
	})
}

// KeyType is a type that every database takes in a key.
func KeyType() *rapid.Generator[schema.Type] {
	return rapid.OneOf(
		rapid.SampledFrom([]schema.Type{
			schema.Integer(), schema.SmallInteger(), schema.BigInteger(), schema.Boolean(), schema.Date(),
			schema.DateTime(), schema.DateTime(schema.WithTimeZone()), schema.Time(),
		}),
		rapid.Map(rapid.IntRange(1, 60), schema.String),
		rapid.Map(rapid.IntRange(1, 60), schema.Unicode),
		rapid.Custom(func(t *rapid.T) schema.Type {
			p := rapid.IntRange(1, 30).Draw(t, "precision")
			return schema.Numeric(p, rapid.IntRange(0, p).Draw(t, "scale"))
		}),
	)
}

// literal is a default that a column of type def takes, the zero Expr if none is known.
func literal(t *rapid.T, def schema.TypeDef, lacks Feature) schema.Expr {
	switch def := def.(type) {
	case schema.IntegerType:
		return schema.Literal(rapid.IntRange(-30000, 30000).Draw(t, "default"))
	case schema.BooleanType:
		return schema.Literal(rapid.Bool().Draw(t, "default"))
	case schema.StringType:
		s := []rune(kept().Draw(t, "default"))
		return schema.Literal(string(s[:min(len(s), def.Length)]))
	case schema.TextType:
		if lacks.Has(TextDefaults) {
			return schema.NoExpr()
		}
		return schema.Literal(kept().Draw(t, "default"))
	case schema.NumericType:
		if def.Precision-def.Scale < 2 {
			return schema.Literal(0)
		}
		return schema.Number(strconv.Itoa(rapid.IntRange(-9, 99).Draw(t, "default")))
	case schema.DoubleType, schema.FloatType:
		return schema.Number(rapid.SampledFrom([]string{"0", "1.5", "-2.25", "100"}).Draw(t, "default"))
	case schema.DateType:
		return schema.Literal("2026-01-02")
	case schema.DateTimeType:
		if rapid.Bool().Draw(t, "default now") {
			return schema.Now()
		}
		return schema.Literal("2026-01-02 03:04:05")
	case schema.EnumType:
		return schema.Literal(rapid.SampledFrom(def.EnumValues()).Draw(t, "default"))
	}
	return schema.NoExpr()
}
