package atlasschema

import (
	"fmt"
	"strings"

	atlas "ariga.io/atlas/sql/schema"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// typeOf is the type of a column; the database's own words (raw), which leave
// sizes out on some, tell what Atlas has no type for. A serial type counts by itself.
func (c *converter) typeOf(t atlas.Type, raw string) (typ schema.Type, counts bool, err error) {
	switch t := t.(type) {
	case nil:
		if raw == "" {
			return schema.Type{}, false, fmt.Errorf("it has no type")
		}
		return schema.RawSQL(raw), false, nil
	case *atlas.EnumType:
		return c.enum(t), false, nil
	case *atlas.BoolType:
		return schema.Boolean(), false, nil
	case *atlas.UUIDType:
		return schema.UUID(), false, nil
	case *atlas.UnsupportedType:
		if raw != "" {
			return schema.RawSQL(raw), false, nil
		}
	}
	if kindOf(t) == "postgres.SerialType" {
		return serial(text(t, "T")), true, nil
	}
	if typ = plainType(t); typ.IsZero() && raw != "" {
		typ = schema.RawSQL(raw)
	}
	if typ.IsZero() {
		return typ, false, fmt.Errorf("its type %s says no name", kindOf(t))
	}
	return typ, false, nil
}

func (c *converter) enum(t *atlas.EnumType) schema.Type {
	name := t.T
	if strings.EqualFold(name, "enum") { // MySQL's word for every one
		name = ""
	}
	if s := c.schemaName(t.Schema); t.Schema != nil && s != "" {
		return schema.EnumIn(s, name, t.Values...)
	}
	return schema.Enum(name, t.Values...)
}

func serial(name string) schema.Type {
	switch strings.ToLower(name) {
	case "smallserial", "serial2":
		return schema.SmallInteger()
	case "bigserial", "serial8":
		return schema.BigInteger()
	default:
		return schema.Integer()
	}
}

// plainType is a type by its name and sizes; the zero Type if it has no name.
func plainType(t atlas.Type) schema.Type {
	switch t := t.(type) {
	case *atlas.IntegerType:
		return unsigned(integerOf(t.T), t.Unsigned)
	case *atlas.DecimalType:
		return unsigned(schema.Numeric(t.Precision, t.Scale), t.Unsigned)
	case *atlas.FloatType:
		return unsigned(floatOf(t), t.Unsigned)
	case *atlas.StringType:
		return stringOf(t)
	case *atlas.BinaryType:
		return binaryOf(t)
	case *atlas.TimeType:
		return timeOf(t)
	case *atlas.JSONType:
		if strings.EqualFold(t.T, "jsonb") {
			return postgres.JSONB()
		}
		return schema.JSON()
	}
	name := text(t, "T")
	if name == "" {
		return schema.NoType()
	}
	for _, size := range []string{"Size", "Len"} {
		if n := number(t, size); n > 0 {
			return schema.RawSQL(fmt.Sprintf("%s(%d)", name, n))
		}
	}
	return schema.RawSQL(name)
}

func unsigned(t schema.Type, on bool) schema.Type {
	if on {
		return mysql.Unsigned(t)
	}
	return t
}

func integerOf(name string) schema.Type {
	switch strings.ToLower(name) {
	case "tinyint":
		return mysql.TinyInteger()
	case "smallint", "int2":
		return schema.SmallInteger()
	case "mediumint":
		return mysql.MediumInteger()
	case "bigint", "int8":
		return schema.BigInteger()
	default:
		return schema.Integer()
	}
}

func floatOf(t *atlas.FloatType) schema.Type {
	switch strings.ToLower(t.T) {
	case "double", "double precision", "float8":
		return schema.Double()
	case "float":
		return schema.Float(t.Precision)
	default:
		return schema.RawSQL(t.T)
	}
}

func stringOf(t *atlas.StringType) schema.Type {
	switch name := strings.ToLower(t.T); {
	case name == "varchar" || name == "character varying":
		return schema.String(t.Size)
	case name == "text":
		return schema.Text()
	case t.Size > 0 && !strings.HasSuffix(name, "text"):
		return schema.RawSQL(fmt.Sprintf("%s(%d)", t.T, t.Size))
	default:
		return schema.RawSQL(t.T)
	}
}

func binaryOf(t *atlas.BinaryType) schema.Type {
	name := strings.ToLower(t.T)
	switch {
	case name == "blob" || name == "bytea":
		return schema.Blob()
	case t.Size != nil && name == "varbinary":
		return schema.Binary(*t.Size)
	case t.Size != nil && *t.Size > 0:
		return schema.RawSQL(fmt.Sprintf("%s(%d)", t.T, *t.Size))
	default:
		return schema.RawSQL(t.T)
	}
}

func timeOf(t *atlas.TimeType) schema.Type {
	var items []schema.TimeItem
	digits := t.Precision
	if digits == nil {
		digits = t.Scale
	}
	if digits != nil {
		items = append(items, schema.Precision(*digits))
	}
	switch strings.ToLower(t.T) {
	case "date":
		return schema.Date()
	case "datetime", "timestamp without time zone":
		return schema.DateTime(items...)
	case "timestamptz", "timestamp with time zone":
		return schema.DateTime(append(items, schema.WithTimeZone())...)
	case "time", "time without time zone":
		return schema.Time(items...)
	case "timetz", "time with time zone":
		return schema.Time(append(items, schema.WithTimeZone())...)
	}
	if digits != nil && *digits > 0 {
		return schema.RawSQL(fmt.Sprintf("%s(%d)", t.T, *digits))
	}
	return schema.RawSQL(t.T)
}
