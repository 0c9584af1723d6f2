package sqlite

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

var (
	errEmptyName = errors.New("a name must not be empty")
	errNUL       = errors.New("SQLite cannot hold a NUL here")
)

// quoteIdent is the one place that quotes an identifier.
func quoteIdent(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// quoteText is the one place that quotes a string.
func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// lineBreak is CR LF, which SQLite's client reads as LF, also between quotes.
const lineBreak = "\r\n"

// textSQL spells a string so that the client does not change it.
func textSQL(s string) string {
	parts := strings.Split(s, lineBreak)
	if len(parts) == 1 {
		return quoteText(s)
	}
	for i, p := range parts {
		parts[i] = quoteText(p)
	}
	return "(" + strings.Join(parts, " || char(13, 10) || ") + ")"
}

// readText undoes [textSQL], given the tokens between the brackets.
func readText(sql string, toks []token) (string, bool) {
	var b strings.Builder
	rest := toks
	next := func(kind tokenKind, s string) bool {
		if len(rest) == 0 || rest[0].kind != kind || s != "" && !strings.EqualFold(sql[rest[0].start:rest[0].end], s) {
			return false
		}
		rest = rest[1:]
		return true
	}
	for {
		if !next(text, "") {
			return "", false
		}
		last := toks[len(toks)-len(rest)-1]
		b.WriteString(dequote(sql[last.start:last.end]))
		if len(rest) == 0 {
			return b.String(), strings.Contains(b.String(), lineBreak)
		}
		if !next(symbol, "||") || !next(word, "char") || !next(symbol, "(") || !next(number, "13") || !next(symbol, ",") ||
			!next(number, "10") || !next(symbol, ")") || !next(symbol, "||") {
			return "", false
		}
		b.WriteString(lineBreak)
	}
}

// Quote quotes an identifier. SQLite has no limit on its length.
func (d database) Quote(name string) (string, error) {
	switch {
	case name == "":
		return "", errEmptyName
	case strings.IndexByte(name, 0) >= 0:
		return "", fmt.Errorf("quoting the name %q: %w", name, errNUL)
	}
	return quoteIdent(name), nil
}

// numeric is what SQLite takes as a number, with a sign.
var numeric = pattern.Lazy(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$|^[+-]?0[xX][0-9a-fA-F]+$`)

// Expr spells an expression or literal.
func (d database) Expr(e schema.Expr) (string, error) {
	switch e = e.For(names...); e.Kind {
	case schema.ExprString:
		if strings.IndexByte(e.Text, 0) >= 0 {
			return "", fmt.Errorf("quoting the string %q: %w; a blob literal can", excerpt(e.Text), errNUL)
		}
		return textSQL(e.Text), nil
	case schema.ExprNumber:
		if !numeric().MatchString(e.Text) {
			return "", fmt.Errorf("writing the number %q: it is none; use schema.SQL for an expression", e.Text)
		}
		return e.Text, nil
	case schema.ExprBool:
		if e.Text == "true" {
			return "1", nil
		}
		return "0", nil
	case schema.ExprNow:
		return "CURRENT_TIMESTAMP", nil
	case schema.ExprNull:
		return "NULL", nil
	case schema.ExprBinary:
		return "X'" + strings.ToUpper(hex.EncodeToString([]byte(e.Text))) + "'", nil
	case schema.ExprSQL:
		if strings.TrimSpace(e.Text) == "" {
			return "", errors.New("the expression is empty")
		}
		if strings.IndexByte(e.Text, 0) >= 0 {
			return "", fmt.Errorf("writing the expression %q: %w", excerpt(e.Text), errNUL)
		}
		return e.Text, nil
	case schema.ExprNone:
	}
	return "", errors.New("there is no expression")
}
