package postgres

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// maxIdentifier is the longest name in bytes. The server cuts longer ones off
// with no more than a notice, after which nothing finds them under their name.
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
const maxIdentifier = 63

// Quote quotes an identifier. It is the only place where one is.
func (server) Quote(name string) (string, error) {
	switch {
	case name == "":
		return "", errors.New("quoting a name: it is empty")
	case strings.Contains(name, "\x00"):
		return "", fmt.Errorf("quoting the name %q: PostgreSQL takes no NUL in a name", name)
	case !utf8.ValidString(name):
		return "", fmt.Errorf("quoting the name %q: it is not valid UTF-8", name)
	case len(name) > maxIdentifier:
		return "", fmt.Errorf("quoting the name %q: it has %d bytes, PostgreSQL takes at most %d; give a shorter one", name, len(name), maxIdentifier)
	}
	return quoteIdent(name), nil
}

// quoteIdent quotes a name that is known to be good.
func quoteIdent(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// literal quotes a string. It is the only place where one is.
//
// A string with a backslash is written as E'…', which means the same whatever
// standard_conforming_strings says.
func literal(s string) (string, error) {
	switch {
	case strings.Contains(s, "\x00"):
		return "", fmt.Errorf("quoting the text %q: PostgreSQL takes no NUL in a text", s)
	case !utf8.ValidString(s):
		return "", fmt.Errorf("quoting the text %q: it is not valid UTF-8; give bytes as []byte", s)
	}
	return quoteLiteral(s), nil
}

// quoteLiteral quotes a string that is known to be good.
func quoteLiteral(s string) string {
	q := "'" + strings.ReplaceAll(s, "'", "''") + "'"
	if strings.Contains(s, `\`) {
		q = "E" + strings.ReplaceAll(q, `\`, `\\`)
	}
	return q
}

// number is what a number literal looks like. Whatever else claims to be a
// number is refused, as it would become SQL unquoted.
var number = pattern.Lazy(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// notFinite are the numbers that SQL has no literal for but by a string, in
// small letters, as fmt writes them or the server reads them.
var notFinite = map[string]string{
	"nan": "NaN", "+inf": "Infinity", "inf": "Infinity", "-inf": "-Infinity",
	"infinity": "Infinity", "+infinity": "Infinity", "-infinity": "-Infinity",
}

// Expr spells an expression or literal.
func (s server) Expr(e schema.Expr) (string, error) {
	e = e.For(s.Names()...)
	switch e.Kind {
	case schema.ExprString:
		return literal(e.Text)
	case schema.ExprNumber:
		if word, ok := notFinite[strings.ToLower(e.Text)]; ok {
			return quoteLiteral(word), nil
		}
		if !number().MatchString(e.Text) {
			return "", fmt.Errorf("%q is not a number; say schema.SQL for an expression", e.Text)
		}
		return e.Text, nil
	case schema.ExprBool:
		if e.Text == "true" {
			return "true", nil
		}
		return "false", nil
	case schema.ExprNow:
		return "CURRENT_TIMESTAMP", nil
	case schema.ExprNull:
		return "NULL", nil
	case schema.ExprBinary:
		return quoteLiteral(`\x`+hex.EncodeToString([]byte(e.Text))) + "::bytea", nil
	case schema.ExprSQL:
		return rawSQL(e.Text)
	default:
		return "", errors.New("there is no expression")
	}
}

// rawSQL is SQL of the user's own, which must at least say something.
func rawSQL(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", errors.New("the expression is empty")
	}
	if strings.Contains(text, "\x00") {
		return "", fmt.Errorf("the expression %q holds a NUL", text)
	}
	if strings.Contains(text, "--") {
		text += "\n" // ends a comment before what follows
	}
	return text, nil
}
