package mysql

import (
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/schema"
)

// canonicalLiteral is a literal default as a column of the type keeps it:
// '5' in an integer column is 5, 1.5 in a DECIMAL(10,2) is 1.50.
func (d *Dialect) canonicalLiteral(e schema.Expr, def schema.TypeDef) schema.Expr {
	if e.Kind == schema.ExprBool {
		e = schema.Number(map[string]string{"true": "1", "false": "0"}[e.Text])
	}
	switch t := def.(type) {
	case UnsignedType:
		return d.canonicalLiteral(e, t.Of)
	case ZeroFillType:
		return d.canonicalLiteral(e, t.Of)
	case schema.BooleanType:
		return booleanLiteral(e)
	case schema.IntegerType, IntegerType, YearType:
		return integerLiteral(e)
	case BitType:
		return bitLiteral(e)
	case schema.NumericType:
		return decimalLiteral(e, t.Scale)
	case FloatDigitsType:
		return decimalLiteral(e, t.Scale)
	case schema.FloatType:
		return floatLiteral(e, 32)
	case schema.DoubleType:
		return floatLiteral(e, 64)
	case schema.DateType, schema.DateTimeType, schema.TimeType, TimestampType:
		return timeLiteral(e, def)
	case schema.BinaryType, FixedBinaryType, BlobType:
		return bytesLiteral(e, def)
	case schema.UUIDType:
		return schema.Literal(strings.ToLower(e.Text))
	case schema.EnumType, SetType:
		return schema.Literal(strings.TrimRight(basicPlane(e.Text), " "))
	case schema.StringType, schema.TextType, CharType, TextType, schema.JSONType:
		if e.Kind == schema.ExprBinary && !utf8.ValidString(e.Text) {
			return e
		}
		return schema.Literal(basicPlane(e.Text))
	}
	return e
}

func booleanLiteral(e schema.Expr) schema.Expr {
	switch e = integerLiteral(e); e.Text {
	case "0":
		return schema.Literal(false)
	case "1":
		return schema.Literal(true)
	}
	return e
}

// integerLiteral is a whole number without leading zeros; a fraction is rounded
// as the server does.
func integerLiteral(e schema.Expr) schema.Expr {
	if e.Kind == schema.ExprBinary {
		return bitLiteral(e)
	}
	r, ok := rational(e.Text)
	if !ok {
		return e
	}
	return schema.Number(r.FloatString(0))
}

func decimalLiteral(e schema.Expr, scale int) schema.Expr {
	r, ok := rational(e.Text)
	if !ok {
		return e
	}
	return schema.Number(r.FloatString(scale))
}

// rational reads a number exactly. An exponent that would make it huge is not
// read: the text is then compared as it is.
func rational(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if !numberText().MatchString(s) {
		return nil, false
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		if n, err := strconv.Atoi(s[i+1:]); err != nil || n > 400 || n < -400 {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

// floatLiteral is the shortest number of the precision: servers print a FLOAT
// with six digits, a DOUBLE with as many as it takes.
func floatLiteral(e schema.Expr, bits int) schema.Expr {
	v, err := strconv.ParseFloat(strings.TrimSpace(e.Text), bits)
	if err != nil || !numberText().MatchString(strings.TrimSpace(e.Text)) {
		return e
	}
	digits := -1
	if bits == 32 {
		digits = 6
	}
	return schema.Number(strconv.FormatFloat(v, 'g', digits, bits))
}

// bitLiteral reads b'101', 5 and bytes as the number they are.
func bitLiteral(e schema.Expr) schema.Expr {
	switch {
	case e.Kind == schema.ExprBinary && len(e.Text) <= 8:
		return schema.Number(new(big.Int).SetBytes([]byte(e.Text)).String())
	case e.Kind == schema.ExprNumber:
		return integerLiteral(e)
	}
	if digits, ok := strings.CutPrefix(e.Text, "b'"); ok {
		if v, ok := new(big.Int).SetString(strings.TrimSuffix(digits, "'"), 2); ok {
			return schema.Number(v.String())
		}
	}
	return e
}

// bytesLiteral are bytes. BINARY(n) pads with NULs, which MariaDB shows and MySQL does not.
func bytesLiteral(e schema.Expr, def schema.TypeDef) schema.Expr {
	text := e.Text
	if _, ok := def.(FixedBinaryType); ok {
		text = strings.TrimRight(text, "\x00")
	}
	return schema.Literal([]byte(text))
}

// timeForms are the forms in which a literal date or time may be written.
var timeForms = map[string][]string{
	"date":     {"2006-1-2", "20060102", "2006-1-2 15:4:5", "2006-1-2T15:4:5"},
	"datetime": {"2006-1-2 15:4:5", "2006-1-2T15:4:5", "2006-1-2 15:4", "2006-1-2", "20060102150405", "20060102"},
	"time":     {"15:4:5", "15:4"},
}

// timeLiteral is a date or time in the server's form.
func timeLiteral(e schema.Expr, def schema.TypeDef) schema.Expr {
	kind, out := "datetime", "2006-01-02 15:04:05"
	switch def.(type) {
	case schema.DateType:
		kind, out = "date", "2006-01-02"
	case schema.TimeType:
		kind, out = "time", "15:04:05"
	}
	if n, err := strconv.Atoi(strings.Trim(digits(def), "()")); err == nil && n > 0 && n <= 6 {
		out += "." + strings.Repeat("0", n)
	}
	for _, form := range timeForms[kind] {
		if v, err := time.Parse(form, strings.TrimSpace(e.Text)); err == nil {
			return schema.Literal(v.Format(out))
		}
	}
	return schema.Literal(e.Text)
}
