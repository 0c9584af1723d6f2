package autogen

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// renameColumn gives a column of a table another name, everywhere in the table.
func renameColumn(d dialect.Dialect, t *schema.Table, from, to string) {
	expr := func(e *string) { *e = renameInExpr(d, *e, from, to) }
	for _, c := range t.Columns {
		if c.Name == from {
			c.Name = to
		}
		if c.Computed != nil {
			expr(&c.Computed.Expr)
		}
		if c.Default.Kind == schema.ExprSQL && dialect.TraitsOf(d).NamingDefaults {
			expr(&c.Default.Text)
		}
	}
	t.Options = schema.RenameInOptions(t.Options, from, to)
	if k := t.PrimaryKey; k != nil {
		renameIn(k.Columns, from, to)
		k.Options = schema.RenameInOptions(k.Options, from, to)
	}
	for _, k := range t.Uniques {
		renameIn(k.Columns, from, to)
		k.Options = schema.RenameInOptions(k.Options, from, to)
	}
	for _, k := range t.Checks {
		expr(&k.Expr)
	}
	for _, k := range t.ForeignKeys {
		renameIn(k.Columns, from, to)
	}
	for _, k := range t.Excludes {
		expr(&k.Where)
		for i := range k.Elements {
			expr(&k.Elements[i].Expr)
		}
	}
	for _, i := range t.Indexes {
		renameIn(i.Include, from, to)
		expr(&i.Where)
		for n := range i.Parts {
			if i.Parts[n].Column == from {
				i.Parts[n].Column = to
			}
			expr(&i.Parts[n].Expr)
		}
	}
}

func renameIn(columns []string, from, to string) {
	for i, c := range columns {
		if c == from {
			columns[i] = to
		}
	}
}

// renameInExpr gives a column another name in an expression, as the server does
// when the column is renamed. It looks at words: strings, the names of functions
// and what stands behind a cast stay as they are. What it does not get right is
// found to differ, and made anew.
func renameInExpr(d dialect.Dialect, expr, from, to string) string {
	if !mentions(expr, from) {
		return expr
	}
	quotedTo, err := d.Quote(to)
	if err != nil {
		return expr
	}
	plainTo := to
	if !plainWord(to) {
		plainTo = quotedTo
	}
	var b strings.Builder
	for at := 0; at < len(expr); {
		end := token(expr, at)
		word := expr[at:end]
		switch {
		case word == from && !strings.HasPrefix(strings.TrimLeft(expr[end:], " "), "(") && !strings.HasSuffix(expr[:at], "::"):
			b.WriteString(plainTo)
		case len(word) > 2 && (word[0] == '"' || word[0] == '`') && unquote(word) == from:
			b.WriteString(word[:1] + strings.ReplaceAll(to, word[:1], word[:1]+word[:1]) + word[:1])
		default:
			b.WriteString(word)
		}
		at = end
	}
	return b.String()
}

// token is the end of the word, the string, the quoted name or the single
// character that begins at a place.
func token(s string, at int) int {
	r, size := utf8.DecodeRuneInString(s[at:])
	switch {
	case r == '\'' || r == '"' || r == '`':
		quote := s[at]
		for i := at + 1; i < len(s); i++ {
			switch {
			case s[i] == '\\' && r == '\'' && i+1 < len(s) && s[i+1] != '\'':
				i++
			case s[i] == quote && i+1 < len(s) && s[i+1] == quote:
				i++
			case s[i] == quote:
				return i + 1
			}
		}
		return len(s)
	case inWord(r):
		end := at
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			if !inWord(r) {
				break
			}
			end += size
		}
		return end
	}
	return at + size
}

func unquote(word string) string {
	q := word[:1]
	return strings.ReplaceAll(word[1:len(word)-1], q+q, q)
}

// plainWord reports whether a name needs no quotes, where it is no keyword.
func plainWord(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLower(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}
