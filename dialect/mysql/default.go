package mysql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

var numberText = pattern.Lazy(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$`)

// Expr spells an expression or literal.
func (d *Dialect) Expr(e schema.Expr) (string, error) {
	e = e.For(d.Names()...)
	switch e.Kind {
	case schema.ExprString:
		return d.literal(e.Text)
	case schema.ExprNumber:
		if !numberText().MatchString(e.Text) {
			return "", fmt.Errorf("%q is no number", e.Text)
		}
		return e.Text, nil
	case schema.ExprBool:
		return e.Text, nil
	case schema.ExprNow:
		return "CURRENT_TIMESTAMP", nil
	case schema.ExprNull:
		return "NULL", nil
	case schema.ExprBinary:
		return binaryLiteral(e.Text), nil
	case schema.ExprSQL:
		return e.Text, nil
	case schema.ExprNone:
	}
	return "", fmt.Errorf("there is no value: use schema.Null() for NULL")
}

// defaultValue spells what stands behind DEFAULT in a column of the type:
// literals and the current time plainly, everything else in brackets (MySQL
// 8.0.13, MariaDB). TEXT, BLOB, JSON and geometries take only expressions on MySQL.
// https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html
func (d *Dialect) defaultValue(e schema.Expr, t schema.Type) (string, error) {
	e = e.For(d.Names()...)
	def := d.canonicalType(t.For(d.Names()...).Def())
	text, err := d.Expr(e)
	if err != nil {
		return "", err
	}
	switch e.Kind {
	case schema.ExprNow:
		return d.now(def)
	case schema.ExprNull:
		return text, nil
	case schema.ExprSQL:
		return d.defaultSQL(text, def)
	default:
	}
	if d.isLob(def) && !d.caps.literalBlobDefault {
		return d.bracket(text)
	}
	return text, nil
}

// now is the current time as a default of the type.
func (d *Dialect) now(def schema.TypeDef) (string, error) {
	switch def.(type) {
	case schema.DateType:
		return d.bracket("CURRENT_DATE")
	case schema.TimeType:
		return d.bracket("CURRENT_TIME")
	}
	return "CURRENT_TIMESTAMP" + digits(def), nil
}

// digits is the precision of a time type in brackets, which CURRENT_TIMESTAMP
// must repeat in a default.
func digits(def schema.TypeDef) string {
	n := 0
	switch t := def.(type) {
	case schema.DateTimeType:
		n = t.Fraction.Digits
	case schema.TimeType:
		n = t.Fraction.Digits
	case TimestampType:
		n = t.Digits
	}
	if n == 0 {
		return ""
	}
	return "(" + strconv.Itoa(n) + ")"
}

// isLob reports whether a column of the type takes no plain literal as default on MySQL.
func (d *Dialect) isLob(def schema.TypeDef) bool {
	if raw, ok := def.(schema.RawType); ok { // text collate utf8mb4_bin
		rest, _, _ := splitRaw(raw.SQL)
		def = schema.RawType{SQL: rest}
	}
	switch t := d.canonicalType(def).(type) {
	case schema.TextType, schema.JSONType, TextType, BlobType, GeometryType, VectorType:
		return true
	case schema.BinaryType:
		return t.Length == 0
	}
	return false
}

// defaultSQL brackets what a user wrote, unless it is what may stand plainly.
func (d *Dialect) defaultSQL(text string, def schema.TypeDef) (string, error) {
	tokens, err := lex(text, d.userMode())
	if err != nil || len(tokens) == 0 {
		return "", fmt.Errorf("the default %q is no SQL expression", text)
	}
	value, _ := cutOnUpdate(tokens)
	plain := isCurrentTimestamp(value) || isLiteral(value) && (d.caps.literalBlobDefault || !d.isLob(def))
	switch {
	case plain, bracketed(tokens):
		return text, nil
	case len(value) < len(tokens):
		return "", fmt.Errorf("the default %q has ON UPDATE behind an expression: say mysql.OnUpdateNow()", text)
	}
	return d.bracket(text)
}

func (d *Dialect) bracket(text string) (string, error) {
	if !d.caps.expressionDefault {
		return "", fmt.Errorf("this server takes only literals as defaults, not %s: MySQL does from 8.0.13", text)
	}
	return "(" + text + ")", nil
}

// cutOnUpdate takes a trailing ON UPDATE off, as Alembic's users write it into the default.
func cutOnUpdate(tokens []token) (value []token, onUpdate bool) {
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].is("ON") && tokens[i+1].is("UPDATE") {
			return tokens[:i], isCurrentTimestamp(tokens[i+2:])
		}
	}
	return tokens, false
}

func isCurrentTimestamp(tokens []token) bool {
	if len(tokens) == 0 || !tokens[0].is("CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP") {
		return false
	}
	rest := tokens[1:]
	switch len(rest) {
	case 0:
		return !tokens[0].is("NOW")
	case 2:
		return rest[0].is("(") && rest[1].is(")")
	case 3:
		return rest[0].is("(") && rest[1].kind == numberToken && rest[2].is(")")
	}
	return false
}

// isLiteral reports whether the tokens are one literal, perhaps with a sign.
func isLiteral(tokens []token) bool {
	if len(tokens) == 2 && tokens[0].is("-", "+") && tokens[1].kind == numberToken {
		return true
	}
	if len(tokens) != 1 {
		return false
	}
	switch t := tokens[0]; t.kind {
	case stringToken, numberToken, hexToken:
		return true
	case wordToken:
		return t.is("NULL", "TRUE", "FALSE")
	default:
		return false
	}
}

// bracketed reports whether one pair of brackets is around everything.
func bracketed(tokens []token) bool {
	if len(tokens) < 2 || !tokens[0].is("(") {
		return false
	}
	depth := 0
	for i, t := range tokens {
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
			if depth == 0 {
				return i == len(tokens)-1
			}
		}
	}
	return false
}

// canonicalDefault is the default that the server would report for a column,
// and whether it has ON UPDATE with it. The column's type is canonical already.
func (d *Dialect) canonicalDefault(e schema.Expr, def schema.TypeDef, cols names) (schema.Expr, bool) {
	e = e.For(d.Names()...)
	switch e.Kind {
	case schema.ExprNone, schema.ExprNull:
		return schema.Expr{}, false
	case schema.ExprNow:
		return canonicalNow(def), false
	case schema.ExprSQL:
		return d.canonicalSQL(e.Text, def, cols)
	default:
		return d.canonicalLiteral(e, def), false
	}
}

func canonicalNow(def schema.TypeDef) schema.Expr {
	switch def.(type) {
	case schema.DateType:
		return schema.SQL("curdate()")
	case schema.TimeType:
		return schema.SQL("curtime()")
	}
	return schema.Now()
}

func (d *Dialect) canonicalSQL(text string, def schema.TypeDef, cols names) (schema.Expr, bool) {
	tokens, err := lex(text, d.userMode())
	if err != nil {
		return schema.SQL(text), false
	}
	value, onUpdate := cutOnUpdate(tokens)
	for bracketed(value) {
		value = value[1 : len(value)-1]
	}
	switch {
	case isCurrentTimestamp(value):
		if e := canonicalNow(def); e.Kind != schema.ExprNow || writtenDigits(value) == digits(def) {
			return e, onUpdate
		}
	case isLiteral(value):
		return d.canonicalDefaultLiteral(value, def), onUpdate
	}
	if len(value) < len(tokens) && len(value) > 0 {
		text = text[value[0].pos:value[len(value)-1].end]
	}
	return schema.SQL(d.normalExpr(text, d.userMode(), cols)), onUpdate
}

func writtenDigits(tokens []token) string {
	if len(tokens) == 4 && tokens[2].text != "0" {
		return "(" + tokens[2].text + ")"
	}
	return ""
}

// canonicalDefaultLiteral reads a literal that was written as SQL.
func (d *Dialect) canonicalDefaultLiteral(tokens []token, def schema.TypeDef) schema.Expr {
	t := tokens[len(tokens)-1]
	switch t.kind {
	case stringToken:
		return d.canonicalLiteral(schema.Literal(t.text), def)
	case hexToken:
		return d.canonicalLiteral(schema.Literal([]byte(unhex(t.text))), def)
	case wordToken:
		if t.is("NULL") {
			return schema.Expr{}
		}
		return d.canonicalLiteral(schema.Literal(t.is("TRUE")), def)
	default:
		sign := ""
		if tokens[0].is("-") {
			sign = "-"
		}
		return d.canonicalLiteral(schema.Number(sign+t.text), def)
	}
}

// unhex is the bytes of hexadecimal digits that the lexer made.
func unhex(s string) string {
	var b strings.Builder
	for i := 0; i+1 < len(s); i += 2 {
		v, _ := strconv.ParseUint(s[i:i+2], 16, 8)
		b.WriteByte(byte(v))
	}
	return b.String()
}
