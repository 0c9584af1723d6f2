package sqlite

import (
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"

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
var numeric = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$|^[+-]?0[xX][0-9a-fA-F]+$`)

// Expr spells an expression or literal.
func (d database) Expr(e schema.Expr) (string, error) {
	switch e = e.For(names...); e.Kind {
	case schema.ExprString:
		if strings.IndexByte(e.Text, 0) >= 0 {
			return "", fmt.Errorf("quoting the string %q: %w; a blob literal can", excerpt(e.Text), errNUL)
		}
		return quoteText(e.Text), nil
	case schema.ExprNumber:
		if !numeric.MatchString(e.Text) {
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
