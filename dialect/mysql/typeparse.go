package mysql

import (
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// parseType reads COLUMN_TYPE of the catalogue: a generic type where it is
// exactly that, else one of this package's, else the server's own words.
func (d *Dialect) parseType(text string) schema.Type {
	if def, ok := d.parseTypeDef(text); ok {
		return schema.TypeOf(d.canonicalType(def))
	}
	return schema.RawSQL(text)
}

// typeText is a type taken apart: name(args) and further words.
type typeText struct {
	name     string
	args     []string // unquoted
	unsigned bool
	zerofill bool
}

func splitType(text string) (typeText, bool) {
	var t typeText
	tokens, err := lex(text, serverMode)
	if err != nil || len(tokens) == 0 || tokens[0].kind != wordToken || commented(text, tokens) {
		return t, false
	}
	t.name = strings.ToLower(tokens[0].text)
	rest := tokens[1:]
	if len(rest) > 0 && rest[0].is("(") {
		i := 1
		for ; i < len(rest) && !rest[i].is(")"); i++ {
			if !rest[i].is(",") {
				t.args = append(t.args, rest[i].text)
			}
		}
		if i == len(rest) {
			return t, false
		}
		rest = rest[i+1:]
	}
	for _, w := range rest {
		switch {
		case w.is("UNSIGNED"):
			t.unsigned = true
		case w.is("ZEROFILL"):
			t.zerofill = true
		default:
			return t, false
		}
	}
	return t, true
}

// commented reports whether there is a comment between the tokens: it is an
// attribute for the server that wrote it.
func commented(text string, tokens []token) bool {
	at := 0
	for _, t := range tokens {
		if strings.Contains(text[at:t.pos], "/*") {
			return true
		}
		at = t.end
	}
	return strings.Contains(text[at:], "/*")
}

// arg is a numeric argument, def if there is none.
func (t typeText) arg(i, def int) int {
	if i >= len(t.args) {
		return def
	}
	n, err := strconv.Atoi(t.args[i])
	if err != nil {
		return def
	}
	return n
}

func (d *Dialect) parseTypeDef(text string) (schema.TypeDef, bool) {
	t, ok := splitType(text)
	if !ok {
		return nil, false
	}
	if def, ok := t.number(); ok {
		if t.zerofill {
			return ZeroFillType{def, t.width()}, true
		}
		if t.unsigned {
			return UnsignedType{def}, true
		}
		if t.name == "tinyint" && t.arg(0, 0) == 1 {
			return schema.BooleanType{}, true
		}
		return def, true
	}
	if def, ok := t.time(); ok {
		return def, true
	}
	switch t.name {
	case "enum":
		return schema.EnumType{Values: strings.Join(t.args, "\x00")}, true
	case "set":
		return SetType{strings.Join(t.args, "\x00")}, true
	}
	return t.text()
}

func (t typeText) number() (schema.TypeDef, bool) {
	switch t.name {
	case "tinyint":
		return IntegerType{Tiny}, true
	case "smallint":
		return schema.IntegerType{Size: schema.IntegerSmall}, true
	case "mediumint":
		return IntegerType{Medium}, true
	case "int", "integer":
		return schema.IntegerType{}, true
	case "bigint":
		return schema.IntegerType{Size: schema.IntegerBig}, true
	case "decimal", "numeric":
		return schema.NumericType{Precision: t.arg(0, 10), Scale: t.arg(1, 0)}, true
	case "float", "double":
		if len(t.args) == 2 {
			return FloatDigitsType{Double: t.name == "double", Digits: t.arg(0, 0), Scale: t.arg(1, 0)}, true
		}
		if t.name == "double" {
			return schema.DoubleType{}, true
		}
		return schema.FloatType{Precision: t.arg(0, 0)}, true
	}
	return nil, false
}

// width is the width a zero-filled integer is shown in; other numbers have none of their own.
func (t typeText) width() int {
	if strings.HasSuffix(t.name, "int") {
		return t.arg(0, 0)
	}
	return 0
}

func (t typeText) time() (schema.TypeDef, bool) {
	fraction := schema.Fraction{Digits: t.arg(0, 0), HasDigits: len(t.args) > 0}
	switch t.name {
	case "date":
		return schema.DateType{}, true
	case "time":
		return schema.TimeType{Fraction: fraction}, true
	case "datetime":
		return schema.DateTimeType{Fraction: fraction}, true
	case "timestamp":
		return TimestampType{t.arg(0, 0)}, true
	case "year":
		return YearType{}, true
	}
	return nil, false
}

func (t typeText) text() (schema.TypeDef, bool) {
	if len(t.args) > 0 && (t.name == "text" || t.name == "blob") {
		return nil, false // the server chooses the smallest that holds so much
	}
	switch t.name {
	case "varchar":
		return schema.StringType{Length: t.arg(0, 0)}, true
	case "char":
		return CharType{t.arg(0, 1)}, true
	case "text":
		return schema.TextType{}, true
	case "tinytext":
		return TextType{TinySize}, true
	case "mediumtext":
		return TextType{MediumSize}, true
	case "longtext":
		return TextType{LongSize}, true
	case "varbinary":
		return schema.BinaryType{Length: t.arg(0, 0)}, true
	case "binary":
		return FixedBinaryType{t.arg(0, 1)}, true
	case "blob":
		return schema.BinaryType{}, true
	case "tinyblob":
		return BlobType{TinySize}, true
	case "mediumblob":
		return BlobType{MediumSize}, true
	case "longblob":
		return BlobType{LongSize}, true
	case "bit":
		return BitType{t.arg(0, 1)}, true
	case "json":
		return schema.JSONType{}, true
	case "uuid":
		return schema.UUIDType{}, true
	case "inet4":
		return InetType{}, true
	case "inet6":
		return InetType{Six: true}, true
	case "vector":
		return VectorType{t.arg(0, 0)}, true
	case "geomcollection":
		return GeometryType{Kind: GeometryCollection}, true
	}
	kind := GeometryKind(strings.ToUpper(t.name))
	if _, ok := geometryNames[kind]; ok {
		return GeometryType{Kind: kind}, true
	}
	return nil, false
}
