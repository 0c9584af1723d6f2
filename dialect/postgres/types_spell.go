package postgres

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Type spells a type, as it stands in a column definition.
func (s server) Type(t schema.Type) (string, error) {
	def := t.For(s.Names()...).Def()
	if def == nil {
		return "", errors.New("the column has no type, which PostgreSQL needs")
	}
	return s.typeDef(def)
}

// typeDef spells a definition. Whatever length or precision is out of bounds
// is left to the server to refuse: it says so clearly.
func (s server) typeDef(def schema.TypeDef) (string, error) {
	switch def := def.(type) {
	case schema.IntegerType:
		return integerName(def.Size), nil
	case schema.BooleanType:
		return "BOOLEAN", nil
	case schema.StringType:
		return "VARCHAR" + length(def.Length), nil
	case schema.TextType:
		return "TEXT", nil
	case schema.DateType:
		return "DATE", nil
	case schema.TimeType:
		return "TIME" + zoned(def.Fraction), nil
	case schema.DateTimeType:
		return "TIMESTAMP" + zoned(def.Fraction), nil
	case schema.IntervalType:
		return "INTERVAL", nil
	case schema.NumericType:
		return numericName(def)
	case schema.FloatType:
		if def.Precision > 0 && def.Precision <= realDigits {
			return "REAL", nil
		}
		return "DOUBLE PRECISION", nil
	case schema.DoubleType:
		return "DOUBLE PRECISION", nil
	case schema.BinaryType:
		return "BYTEA", nil
	case schema.JSONType:
		return "JSON", nil
	case schema.UUIDType:
		return "UUID", nil
	case schema.EnumType:
		if def.Name == "" {
			return "", errors.New(`an enumeration needs a name on PostgreSQL, where it is an object: schema.Enum("mood", …)`)
		}
		return dialect.QuoteName(s, schema.Name{Schema: def.Schema, Name: def.Name})
	case schema.RawType:
		return rawSQL(def.SQL)
	default:
		return s.ownType(def)
	}
}

// ownType spells the types of this package.
func (s server) ownType(def schema.TypeDef) (string, error) {
	switch def := def.(type) {
	case PlainType:
		if _, ok := plainFuncs[def.Name]; !ok {
			return "", fmt.Errorf("%q is not a plain type of PostgreSQL; say postgres.Named or schema.RawSQL", def.Name)
		}
		return strings.ToUpper(def.Name), nil
	case CharType:
		return "CHAR" + length(def.Length), nil
	case BitType:
		if def.Varying {
			return "BIT VARYING" + length(def.Length), nil
		}
		return "BIT" + length(def.Length), nil
	case IntervalType:
		return intervalName(def)
	case ArrayType:
		if def.Elem == nil {
			return "", errors.New("the elements of the array have no type")
		}
		elem, err := s.typeDef(def.Elem)
		return elem + "[]", err
	case NamedType:
		name, err := dialect.QuoteName(s, schema.Name{Schema: def.Schema, Name: def.Name})
		if err != nil || def.Args == "" {
			return name, err
		}
		return name + "(" + def.Args + ")", nil
	}
	return "", fmt.Errorf("PostgreSQL has no type %s; give it a variant: WithVariant(%q, …)", def.Call().Func, Name)
}

// realDigits is the greatest binary precision of a FLOAT that is a REAL.
// https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-FLOAT
const realDigits = 24

func integerName(size schema.IntegerSize) string {
	switch size {
	case schema.IntegerSmall:
		return "SMALLINT"
	case schema.IntegerBig:
		return "BIGINT"
	default:
		return "INTEGER"
	}
}

func length(n int) string {
	if n == 0 {
		return ""
	}
	return "(" + strconv.Itoa(n) + ")"
}

func zoned(f schema.Fraction) string {
	text := ""
	if f.HasDigits {
		text = "(" + strconv.Itoa(f.Digits) + ")"
	}
	if f.TimeZone {
		return text + " WITH TIME ZONE"
	}
	return text + " WITHOUT TIME ZONE"
}

func numericName(t schema.NumericType) (string, error) {
	switch {
	case t.Precision == 0 && t.Scale == 0:
		return "NUMERIC", nil
	case t.Precision == 0:
		return "", fmt.Errorf("a numeric type with scale %d needs a precision", t.Scale)
	case t.Scale == 0:
		return fmt.Sprintf("NUMERIC(%d)", t.Precision), nil
	default:
		return fmt.Sprintf("NUMERIC(%d, %d)", t.Precision, t.Scale), nil
	}
}

// intervalFields are the restrictions that an interval may have.
var intervalFields = []string{
	"", "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "YEAR TO MONTH", "DAY TO HOUR", "DAY TO MINUTE",
	"DAY TO SECOND", "HOUR TO MINUTE", "HOUR TO SECOND", "MINUTE TO SECOND",
}

func intervalName(t IntervalType) (string, error) {
	known := false
	for _, f := range intervalFields {
		known = known || f == t.Fields
	}
	if !known {
		return "", fmt.Errorf("an interval has no fields %q; they are, say, DAY TO SECOND", t.Fields)
	}
	text := "INTERVAL"
	if t.Fields != "" {
		text += " " + t.Fields
	}
	if !t.HasDigits {
		return text, nil
	}
	if t.Fields != "" && !strings.HasSuffix(t.Fields, "SECOND") {
		return "", fmt.Errorf("an interval %s has no digits after the second", t.Fields)
	}
	return text + "(" + strconv.Itoa(t.Digits) + ")", nil
}
