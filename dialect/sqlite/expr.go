package sqlite

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// SQLite keeps expressions as they were written. Their normal form here undoes
// only spelling: blanks and comments, the case of keywords and functions,
// needless quotes of columns, brackets around the whole.

// columnSet are the columns of a table by folded name, to tell "x" the column from "x" the
// string (https://www.sqlite.org/quirks.html#dblquote).
type columnSet map[string]string

func (s columnSet) add(name string) { s[fold(name)] = name }

// normalExpr is the normal form of an expression over the columns.
func normalExpr(src string, columns columnSet) string {
	toks := unbracket(src, significant(src))
	var b strings.Builder
	prev := ""
	for i := range toks {
		s := spell(src, toks, i, columns)
		if i > 0 && gap(src, toks, i, prev, s) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		prev = s
	}
	return b.String()
}

// closed is an expression that may be followed by more: a line comment at its
// end would swallow what follows.
func closed(src string) string {
	toks := scan(src)
	if n := len(toks); n > 0 && toks[n-1].kind == blank && strings.HasPrefix(src[toks[n-1].start:], "--") && !strings.HasSuffix(src, "\n") {
		return src + "\n"
	}
	return src
}

// significant are the tokens that are not blank.
func significant(src string) []token {
	return slices.DeleteFunc(scan(src), func(t token) bool { return t.kind == blank })
}

// unbracket takes away brackets around the whole.
func unbracket(src string, toks []token) []token {
	for len(toks) > 2 && is(src, toks[0], "(") && closing(src, toks, 0) == len(toks)-1 {
		toks = toks[1 : len(toks)-1]
	}
	return toks
}

func is(src string, t token, s string) bool { return t.kind == symbol && src[t.start:t.end] == s }

// closing is the index of the bracket that closes the one at i, or -1.
func closing(src string, toks []token, i int) int {
	depth := 0
	for j := i; j < len(toks); j++ {
		switch {
		case is(src, toks[j], "("):
			depth++
		case is(src, toks[j], ")"):
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return -1
}

// spell is the normal spelling of token i.
func spell(src string, toks []token, i int, columns columnSet) string {
	s := src[toks[i].start:toks[i].end]
	switch toks[i].kind {
	case word:
		call := i+1 < len(toks) && is(src, toks[i+1], "(")
		upper := strings.ToUpper(s)
		if name, ok := columns[fold(s)]; ok && !call && !operators[upper] {
			return bare(name)
		}
		if operators[upper] {
			return upper
		}
		if call {
			return strings.ToLower(s)
		}
		return s
	case quotedID:
		name := dequote(s)
		if column, ok := columns[fold(name)]; ok {
			return bare(column)
		}
		return quoteIdent(name)
	case blob:
		return strings.ToUpper(s)
	case symbol:
		switch s {
		case "==":
			return "="
		case "!=":
			return "<>"
		}
	case blank, text, number, param, illegal:
	}
	return s
}

// bare is a column's name without quotes where it needs none.
func bare(name string) string {
	if name == "" || !isIDStart(name[0]) || idEnd(name, 0) != len(name) || reserved[strings.ToUpper(name)] {
		return quoteIdent(name)
	}
	return name
}

// gap reports whether a blank stands before token i.
func gap(src string, toks []token, i int, prev, s string) bool {
	before := toks[i-1]
	switch {
	case s == "," || s == ")" || s == "." || prev == "(" || prev == ".":
		return false
	case s == "(":
		return before.kind == symbol || before.kind == word && operators[prev] && prev != "CAST"
	case before.kind == symbol && (prev == "-" || prev == "+" || prev == "~"):
		return binary(src, toks, i-1)
	}
	return true
}

// binary reports whether the sign at i stands between two operands.
func binary(src string, toks []token, i int) bool {
	if i == 0 {
		return false
	}
	switch t := toks[i-1]; t.kind {
	case symbol:
		return is(src, t, ")")
	case word:
		return !operators[strings.ToUpper(src[t.start:t.end])]
	case blank, quotedID, text, blob, number, param, illegal:
	}
	return true
}

// EqualExpr compares normal forms. SQLite never rewrites what it was told, so
// there is nothing for a server to decide: what is not the same is different.
func (d database) EqualExpr(a, b string) dialect.Verdict {
	if a == b || slices.Equal(folded(a), folded(b)) {
		return dialect.Same
	}
	return dialect.Different
}

// folded are the tokens of an expression in the case in which SQLite compares them.
func folded(src string) []string {
	toks := unbracket(src, significant(src))
	out := make([]string, len(toks))
	for i, t := range toks {
		s := spell(src, toks, i, nil)
		switch t.kind {
		case word:
			s = `"` + fold(s)
		case quotedID:
			s = `"` + fold(dequote(s))
		case blank, text, blob, number, param, symbol, illegal:
		}
		out[i] = s
	}
	return out
}

// tableWords are the words that the name of a table, or of another object, follows.
var tableWords = []string{"FROM", "JOIN", "INTO", "UPDATE", "TABLE", "VIEW", "TRIGGER", "INDEX", "EXISTS"}

// mentionsColumn reports whether the text holds the name as that of a column may
// stand there: not before a point, nor where a table is named. A name that could
// be either counts.
func mentionsColumn(src, name string) bool {
	toks := significant(src)
	at := func(i int) string {
		if i < 0 || i >= len(toks) {
			return ""
		}
		return src[toks[i].start:toks[i].end]
	}
	isTable := func(i int) bool {
		if at(i-1) == "." { // of a database file
			i -= 2
		}
		if strings.EqualFold(at(i-2), "DISTINCT") { // IS DISTINCT FROM is an operator
			return false
		}
		return i > 0 && toks[i-1].kind == word && slices.ContainsFunc(tableWords, func(w string) bool { return strings.EqualFold(at(i-1), w) })
	}
	for i, t := range toks {
		if (t.kind == word || t.kind == quotedID) && sameName(dequote(at(i)), name) && at(i+1) != "." && !isTable(i) {
			return true
		}
	}
	return false
}

// mentions reports whether the text holds the name as an identifier.
func mentions(src, name string) bool {
	for _, t := range scan(src) {
		if (t.kind == word || t.kind == quotedID) && sameName(dequote(src[t.start:t.end]), name) {
			return true
		}
	}
	return false
}
