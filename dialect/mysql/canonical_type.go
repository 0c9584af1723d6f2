package mysql

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// canonicalType is the definition that the server would report for def. What a
// user says in raw words is read as the server's own, where it can be.
func (d *Dialect) canonicalType(def schema.TypeDef) schema.TypeDef {
	switch t := def.(type) {
	case schema.StringType:
		t.Unicode = false
		return t
	case schema.TextType:
		return schema.TextType{}
	case schema.TimeType:
		t.Fraction = canonicalFraction(t.Fraction)
		return t
	case schema.DateTimeType:
		t.Fraction = canonicalFraction(t.Fraction)
		return t
	case schema.IntervalType:
		return schema.DateTimeType{}
	case schema.NumericType:
		if t.Precision == 0 {
			t.Precision = 10
		}
		return t
	case schema.FloatType:
		if t.Precision > 24 {
			return schema.DoubleType{}
		}
		return schema.FloatType{}
	case schema.UUIDType:
		if !d.caps.nativeUUID {
			return CharType{32}
		}
		return t
	case schema.EnumType:
		return schema.EnumType{Values: memberValues(t.Values)}
	case schema.RawType:
		return d.canonicalRaw(t)
	}
	return d.canonicalOwn(def)
}

func canonicalFraction(f schema.Fraction) schema.Fraction {
	if !f.HasDigits || f.Digits == 0 {
		return schema.Fraction{}
	}
	return schema.Fraction{Digits: f.Digits, HasDigits: true}
}

func (d *Dialect) canonicalOwn(def schema.TypeDef) schema.TypeDef {
	switch t := def.(type) {
	case UnsignedType:
		if t.Of == nil {
			return t
		}
		of := d.canonicalType(t.Of)
		if u, ok := of.(UnsignedType); ok {
			of = u.Of
		}
		return UnsignedType{of}
	case ZeroFillType:
		if t.Of == nil {
			return t
		}
		of := d.canonicalType(t.Of)
		if u, ok := of.(UnsignedType); ok {
			of = u.Of
		}
		return ZeroFillType{of, zeroFillWidth(of, t.Width)}
	case SetType:
		return SetType{memberValues(t.Values)}
	case BitType:
		return BitType{max(t.Length, 1)}
	case VectorType:
		if t.Dimensions == 0 && d.is(MySQL) {
			return VectorType{2048}
		}
		return t
	default:
		return def
	}
}

// memberValues are the values of an ENUM or SET as the server keeps them:
// without blanks at the end.
// https://dev.mysql.com/doc/refman/8.4/en/enum.html
func memberValues(values string) string {
	list := strings.Split(basicPlane(values), "\x00")
	for i, v := range list {
		list[i] = strings.TrimRight(v, " ")
	}
	return strings.Join(list, "\x00")
}

// zeroFillWidth is the width that an unsigned integer has without one.
func zeroFillWidth(of schema.TypeDef, width int) int {
	own := 0
	switch t := of.(type) {
	case IntegerType:
		own = map[IntegerSize]int{Tiny: 3, Medium: 8}[t.Size]
	case schema.IntegerType:
		own = map[schema.IntegerSize]int{schema.IntegerSmall: 5, schema.IntegerRegular: 10, schema.IntegerBig: 20}[t.Size]
	}
	if width == 0 || own == 0 {
		return own
	}
	return width
}

// aliases are the words a user may write for the server's own.
var aliases = map[string]string{
	"integer": "int", "int4": "int", "int8": "bigint", "int2": "smallint", "int1": "tinyint", "middleint": "mediumint", "int3": "mediumint",
	"dec": "decimal", "numeric": "decimal", "fixed": "decimal", "character": "char", "real": "double", "float8": "double", "float4": "float",
	"geometrycollection": "geometrycollection",
}

// canonicalRaw reads a type that the user wrote in SQL.
func (d *Dialect) canonicalRaw(t schema.RawType) schema.TypeDef {
	text := strings.Join(strings.Fields(t.SQL), " ")
	lower := strings.ToLower(text)
	switch lower {
	case "bool", "boolean":
		return schema.BooleanType{}
	case "double precision":
		return schema.DoubleType{}
	}
	word := lower
	if i := strings.IndexAny(word, " ("); i >= 0 {
		word = word[:i]
	}
	if own, ok := aliases[word]; ok {
		text = own + text[len(word):]
	}
	if def, ok := d.parseTypeDef(text); ok {
		return d.canonicalType(def)
	}
	return schema.RawType{SQL: t.SQL}
}

// splitRaw takes the character set and collation out of a type in SQL, where a
// column has a place of its own for them.
func splitRaw(text string) (rest, charset, collation string) {
	tokens, err := lex(text, serverMode)
	if err != nil {
		return text, "", ""
	}
	var keep []string
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		more := len(tokens) - i - 1
		switch {
		case t.is("CHARACTER") && more >= 2 && tokens[i+1].is("SET"):
			charset = tokens[i+2].text
			i += 2
		case t.is("CHARSET") && more >= 1:
			charset = tokens[i+1].text
			i++
		case t.is("COLLATE") && more >= 1:
			collation = tokens[i+1].text
			i++
		case t.is("NATIONAL"):
			charset = "utf8mb3"
		case t.is("NVARCHAR", "NCHAR"):
			charset = "utf8mb3"
			keep = append(keep, t.text[1:])
		default:
			keep = append(keep, text[t.pos:t.end])
		}
	}
	if charset == "" && collation == "" {
		return text, "", ""
	}
	return strings.Join(keep, " "), charset, collation
}
