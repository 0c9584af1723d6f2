package postgres

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// canonicalDefault is a default as reflection reports it: a literal where the
// server keeps one, in the spelling that the column's type has for it, and an
// expression else. def is the column's type in canonical form.
//
// A default of NULL is no default: the server does not keep it, or keeps a cast
// of NULL that does nothing.
func (s server) canonicalDefault(def schema.TypeDef, e schema.Expr) schema.Expr {
	if e.Kind == schema.ExprSQL {
		e = readDefault(def, e.Text)
	}
	switch e.Kind {
	case schema.ExprNull:
		return schema.NoExpr()
	case schema.ExprString, schema.ExprNumber:
		return s.canonicalValue(def, e)
	default:
		return e
	}
}

// readDefault finds the literal in a default, if it is one.
func readDefault(def schema.TypeDef, text string) schema.Expr {
	tokens, ok := lex(text)
	if !ok {
		return schema.SQL(canonicalExpr(text, nil))
	}
	tokens = bare(tokens)
	other := schema.SQL(spell(tokens))
	if len(tokens) == 0 {
		return other
	}
	first := tokens[0]
	if len(tokens) == 2 && tokens[1].kind == tokenNumber && (first.is("-") || first.is("+")) {
		return schema.Number(first.text + tokens[1].text)
	}
	if len(tokens) == 1 {
		switch {
		case first.kind == tokenString:
			return schema.Literal(first.text)
		case first.kind == tokenNumber:
			return schema.Number(first.text)
		case first.is("true"), first.is("false"):
			return schema.Literal(first.text == "true")
		case first.is("null"):
			return schema.Null()
		case first.is("current_timestamp"):
			return schema.Now()
		}
		return other
	}
	if len(tokens) == 3 && first.is("now") && tokens[1].is("(") && tokens[2].is(")") {
		return schema.Now()
	}
	n, ok := parseExpr(text)
	switch {
	case !ok:
	case n.kind == nodeCast && n.args[0].kind == nodeWord && n.args[0].text == "null":
		return schema.Null()
	case n.kind == nodeValue && first.kind == tokenString && n.cast != "" && belongs(def, n.cast):
		return schema.Literal(n.text)
	}
	return other
}

// belongs tells whether a value that was cast is just a value of the column's type.
func belongs(def schema.TypeDef, cast string) bool {
	switch def := def.(type) {
	case schema.EnumType:
		return sameName(cast, def.Name)
	case NamedType:
		return sameName(cast, def.Name) || cast == "text" || cast == "varchar"
	case nil:
		return false
	}
	elem, isArray := strings.CutSuffix(cast, "[]")
	if a, ok := def.(ArrayType); ok {
		return isArray && a.Elem != nil && belongs(a.Elem, elem)
	}
	cast = withoutArgs(cast)
	switch def.(type) {
	case schema.StringType, schema.TextType, CharType:
		return cast == "varchar" || cast == "text" || cast == "char" || cast == "bpchar"
	case schema.IntegerType, schema.NumericType, schema.FloatType, schema.DoubleType:
		return cast == "smallint" || cast == "integer" || cast == "bigint" || cast == "numeric" || cast == "real" || cast == "double precision"
	}
	return cast == key(def)
}

// key is the name of a type without its arguments.
func key(def schema.TypeDef) string {
	text, err := (server{}).typeDef(def)
	if err != nil {
		return ""
	}
	if isEnum(def) { // its name may hold brackets
		return text
	}
	return withoutArgs(typeKey(text))
}

var args = pattern.Lazy(`\([^)]*\)`)

func withoutArgs(name string) string { return args().ReplaceAllString(name, "") }

// sameName tells whether a type in SQL, with or without a schema and arguments, is of that name.
func sameName(sql, name string) bool {
	tokens, ok := lex(sql)
	if ok && len(tokens) > 2 && tokens[1].is(".") {
		tokens = tokens[2:]
	}
	return ok && len(tokens) > 0 && tokens[0].text == name && (len(tokens) == 1 || tokens[1].is("("))
}

// canonicalValue spells a value as its type does.
func (s server) canonicalValue(def schema.TypeDef, e schema.Expr) schema.Expr {
	switch def := def.(type) {
	case schema.BooleanType:
		if b, ok := boolean(e.Text); ok && e.Kind == schema.ExprString {
			return schema.Literal(b)
		}
		return e
	case schema.IntegerType, schema.NumericType, schema.FloatType, schema.DoubleType:
		return numeric(def, e)
	}
	if e.Kind == schema.ExprNumber {
		return schema.Number(plainNumber(e.Text))
	}
	switch def := def.(type) {
	case schema.DateType:
		return schema.Literal(respelled(e.Text, "2006-01-02", "2006-1-2"))
	case schema.DateTimeType:
		text := e.Text
		if def.Fraction.TimeZone {
			text = s.local(text)
		}
		return schema.Literal(respelled(text, moment, "2006-1-2", "2006-1-2 15:04", "2006-1-2 15:04:05", "2006-1-2T15:04", "2006-1-2T15:04:05"))
	case schema.UUIDType:
		return schema.Literal(strings.ToLower(e.Text))
	case schema.BinaryType:
		return bytesOf(e)
	case PlainType:
		if def.Name == "jsonb" {
			return schema.Literal(canonicalJSONB(e.Text))
		}
	}
	return e
}

// boolean reads a boolean as the server does.
func boolean(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1":
		return true, true
	case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0":
		return false, true
	}
	return false, false
}

func numeric(def schema.TypeDef, e schema.Expr) schema.Expr {
	text := strings.TrimSpace(e.Text)
	if word, ok := notFinite[strings.ToLower(text)]; ok {
		return schema.Literal(word)
	}
	if !number().MatchString(text) {
		return e
	}
	switch def.(type) {
	case schema.FloatType, schema.DoubleType:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return schema.Number(strconv.FormatFloat(f, 'f', -1, 64))
		}
	}
	text = plainNumber(text)
	if strings.Contains(text, ".") { // the type says how many digits are kept
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return schema.Number(text)
}

func respelled(s, as string, layouts ...string) string {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.Format(as)
		}
	}
	return s
}

const moment = "2006-01-02 15:04:05.999999"

// local is a moment as the server prints it: in the session's time zone, which is
// also that of what names none, and with the offset, so that it says the same in
// any other session.
func (s server) local(text string) string {
	if s.zone == nil {
		return text
	}
	for _, layout := range []string{"2006-1-2 15:04:05", "2006-1-2T15:04:05", "2006-1-2 15:04", "2006-1-2T15:04", "2006-1-2"} {
		for _, zone := range []string{"", "Z07", "Z0700", "Z07:00", " Z07", " Z07:00"} {
			t, err := time.ParseInLocation(layout+zone, strings.TrimSpace(text), s.zone)
			if err != nil {
				continue
			}
			if again := t.Add(time.Hour); zone == "" && again.Format(moment) == t.Format(moment) {
				t = again // of the two hours when clocks go back the server takes the second
			}
			return strings.TrimSuffix(t.In(s.zone).Format(moment+"-07:00"), ":00")
		}
	}
	return text
}

// bytesOf reads bytes from a string: in hexadecimal or without any escape.
func bytesOf(e schema.Expr) schema.Expr {
	if digits, ok := strings.CutPrefix(e.Text, `\x`); ok {
		if b, err := hex.DecodeString(digits); err == nil {
			return schema.Literal(b)
		}
		return e
	}
	if strings.Contains(e.Text, `\`) {
		return e
	}
	return schema.Literal([]byte(e.Text))
}
