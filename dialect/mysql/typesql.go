package mysql

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// Type spells a type as it stands in a column definition.
func (d *Dialect) Type(t schema.Type) (string, error) { return d.typeDef(t.For(d.Names()...).Def()) }

func (d *Dialect) typeDef(def schema.TypeDef) (string, error) {
	switch t := def.(type) {
	case nil:
		return "", fmt.Errorf("the column has no type, and %s needs one", d.product())
	case schema.IntegerType:
		return []string{"INTEGER", "SMALLINT", "BIGINT"}[min(t.Size, schema.IntegerBig)], nil
	case schema.BooleanType:
		return "BOOL", nil
	case schema.StringType:
		if t.Length <= 0 {
			return "", fmt.Errorf("VARCHAR needs a length on %s: say schema.String(255), or schema.Text()", d.product())
		}
		return sizedType("VARCHAR", t.Length), nil
	case schema.TextType:
		return "TEXT", nil
	case schema.NumericType:
		return numeric("NUMERIC", t), nil
	case schema.FloatType:
		if t.Precision > 0 {
			return sizedType("FLOAT", t.Precision), nil
		}
		return "FLOAT", nil
	case schema.DoubleType:
		return "DOUBLE", nil
	case schema.BinaryType:
		if t.Length > 0 {
			return sizedType("VARBINARY", t.Length), nil
		}
		return "BLOB", nil
	case schema.JSONType:
		return "JSON", nil
	case schema.UUIDType:
		if d.caps.nativeUUID {
			return "UUID", nil
		}
		return "CHAR(32)", nil
	case schema.EnumType:
		return d.values("ENUM", t.EnumValues())
	case schema.RawType:
		return t.SQL, nil
	}
	if s, ok := timeType(def); ok {
		return s, nil
	}
	return d.ownType(def)
}

func sizedType(name string, n int) string { return name + "(" + strconv.Itoa(n) + ")" }

func numeric(name string, t schema.NumericType) string {
	switch {
	case t.Precision == 0 && t.Scale == 0:
		return name
	case t.Scale == 0:
		return sizedType(name, t.Precision)
	default:
		return fmt.Sprintf("%s(%d, %d)", name, t.Precision, t.Scale)
	}
}

// timeType spells the types of dates and times. A span of time is a DATETIME
// counted from an epoch, as SQLAlchemy keeps it: TIME ends at 838 hours.
func timeType(def schema.TypeDef) (string, bool) {
	with := func(name string, f schema.Fraction) string {
		if f.HasDigits && f.Digits > 0 {
			return sizedType(name, f.Digits)
		}
		return name
	}
	switch t := def.(type) {
	case schema.DateType:
		return "DATE", true
	case schema.TimeType:
		return with("TIME", t.Fraction), true
	case schema.DateTimeType:
		return with("DATETIME", t.Fraction), true
	case schema.IntervalType:
		return "DATETIME", true
	case TimestampType:
		return with("TIMESTAMP", schema.NewFraction(schema.Precision(t.Digits))), true
	case YearType:
		return "YEAR", true
	}
	return "", false
}

// ownType spells the family's own types.
func (d *Dialect) ownType(def schema.TypeDef) (string, error) {
	switch t := def.(type) {
	case IntegerType:
		if t.Size == Medium {
			return "MEDIUMINT", nil
		}
		return "TINYINT", nil
	case UnsignedType:
		return d.number(t.Of, "UNSIGNED", 0)
	case ZeroFillType:
		return d.number(t.Of, "ZEROFILL", t.Width)
	case FloatDigitsType:
		name := "FLOAT"
		if t.Double {
			name = "DOUBLE"
		}
		return fmt.Sprintf("%s(%d, %d)", name, t.Digits, t.Scale), nil
	case BitType:
		return sizedType("BIT", max(t.Length, 1)), nil
	case CharType:
		return sizedType("CHAR", t.Length), nil
	case FixedBinaryType:
		return sizedType("BINARY", t.Length), nil
	case TextType:
		return lobPrefix(t.Size) + "TEXT", nil
	case BlobType:
		return lobPrefix(t.Size) + "BLOB", nil
	case SetType:
		return d.values("SET", t.SetValues())
	case GeometryType:
		return d.geometry(t)
	case VectorType:
		if t.Dimensions == 0 {
			return "VECTOR", nil
		}
		return sizedType("VECTOR", t.Dimensions), nil
	case InetType:
		if !d.is(MariaDB) {
			return "", fmt.Errorf("INET4 and INET6 are MariaDB's: on %s say mysql.FixedBinary(4) or (16)", d.product())
		}
		if t.Six {
			return "INET6", nil
		}
		return "INET4", nil
	}
	c := def.Call()
	return "", fmt.Errorf("%s has no type %s.%s: give the type a variant for it, Type.WithVariant(%q, …)", d.product(), c.Path, c.Func, d.flavor)
}

func lobPrefix(s LobSize) string {
	switch s {
	case TinySize:
		return "TINY"
	case MediumSize:
		return "MEDIUM"
	default:
		return "LONG"
	}
}

// number spells a number type with UNSIGNED or ZEROFILL behind it.
func (d *Dialect) number(of schema.TypeDef, word string, width int) (string, error) {
	if u, ok := of.(UnsignedType); ok {
		of = u.Of
	}
	switch of.(type) {
	case schema.IntegerType, IntegerType:
		s, err := d.typeDef(of)
		if width > 0 {
			s = sizedType(s, width)
		}
		return s + " " + word, err
	case schema.NumericType, schema.FloatType, schema.DoubleType, FloatDigitsType:
		s, err := d.typeDef(of)
		return s + " " + word, err
	}
	return "", fmt.Errorf("%s is for numbers: write it around an integer, numeric, float or double type", word)
}

func (d *Dialect) values(name string, values []string) (string, error) {
	if len(values) == 0 {
		return "", fmt.Errorf("%s needs at least one value", name)
	}
	out := make([]string, len(values))
	for i, v := range values {
		s, err := d.literal(v)
		if err != nil {
			return "", err
		}
		out[i] = s
	}
	return name + "(" + strings.Join(out, ", ") + ")", nil
}

func (d *Dialect) geometry(t GeometryType) (string, error) {
	if d.is(TiDB) {
		// https://docs.pingcap.com/tidb/stable/mysql-compatibility/#unsupported-features
		return "", errors.New("TiDB has no geometries: give the type a variant for it, such as JSON")
	}
	if _, ok := geometryNames[t.Kind]; !ok {
		return "", fmt.Errorf("there is no kind of geometry %q", t.Kind)
	}
	if !t.HasSRID {
		return string(t.Kind), nil
	}
	if d.caps.srid == "" {
		return "", fmt.Errorf("%s keeps no spatial reference system: use mysql.Geometry", d.product())
	}
	return string(t.Kind) + " " + d.caps.srid + strconv.FormatUint(uint64(t.SRID), 10), nil
}

// product is the server's name in messages.
func (d *Dialect) product() string {
	switch d.flavor {
	case MariaDB:
		return "MariaDB"
	case TiDB:
		return "TiDB"
	default:
		return "MySQL"
	}
}
