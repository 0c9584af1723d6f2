package mysql

import (
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// names maps the columns of a table from any case to their own.
type names map[string]string

func columnNames(t *schema.Table) names {
	out := names{}
	for _, c := range t.Columns {
		out[strings.ToLower(c.Name)] = c.Name
	}
	return out
}

// normalExpr brings the text of an expression to normal spelling. A text beyond
// the parser keeps its tokens, and one that is no SQL is kept as it is: the
// server will say what is wrong with it.
func (d *Dialect) normalExpr(text string, mode lexMode, cols names) string {
	tokens, err := lex(text, mode)
	if err != nil || len(tokens) == 0 {
		return text
	}
	n, err := d.parseExpr(tokens)
	if err != nil {
		return d.normalTokens(tokens)
	}
	return d.print(d.inColumns(d.rewrite(n), cols))
}

// inColumns gives the columns of an expression their own names.
func (d *Dialect) inColumns(n *node, cols names) *node {
	n.walk(func(m *node) {
		if own, ok := cols[strings.ToLower(m.text)]; ok && m.kind == identNode {
			m.text = own
		}
	})
	return n
}

// normalTokens spells tokens with one blank between, words in lower case.
func (d *Dialect) normalTokens(tokens []token) string {
	return d.spelledTokens(tokens, strings.ToLower)
}

// spelledTokens spells tokens for this session, and words as word says.
func (d *Dialect) spelledTokens(tokens []token, word func(string) string) string {
	var b strings.Builder
	var before token
	for _, t := range tokens {
		call := t.is("(") && before.kind == wordToken
		if before.kind != endToken && !call && !t.is(",", ")") && !before.is("(") {
			b.WriteByte(' ')
		}
		switch t.kind {
		case identToken:
			b.WriteString(quoted(t.text))
		case stringToken:
			b.WriteString(introducer(t, before) + d.quotedText(t.text))
		case hexToken:
			b.WriteString(hexText(t.text))
		case wordToken:
			b.WriteString(word(t.text))
		default:
			b.WriteString(t.text)
		}
		before = t
	}
	return b.String()
}

// introducer is the character set in front of a string, if it says something
// or keeps the string apart from what stands before it.
func introducer(t, before token) string {
	apart := before.kind == stringToken || before.kind == wordToken && strings.HasPrefix(before.text, "_")
	switch {
	case t.charset != "" && t.charset != "utf8mb4" && t.charset != "utf8mb3":
		return "_" + t.charset
	case apart:
		return "_utf8mb4"
	}
	return ""
}

// serverExpr brings an expression from the catalogue to normal spelling.
func (d *Dialect) serverExpr(text string, cols names) string {
	return d.normalExpr(d.catalogText(text), serverMode, cols)
}

// catalogText undoes what MySQL's catalogue does to expressions: quotes and
// backslashes are escaped once more, and the bytes of UTF-8 are shown as if they
// were characters of their own (9.7 does both).
func (d *Dialect) catalogText(text string) string {
	if d.is(MariaDB) {
		return text
	}
	if strings.Contains(text, `\`) && d.is(MySQL) {
		text = unescapeAll(text)
	}
	if isASCII(text) {
		return text
	}
	raw := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 0xFF {
			return text
		}
		raw = append(raw, byte(r)) //nolint:gosec // just compared
	}
	if !utf8.Valid(raw) {
		return text
	}
	return string(raw)
}

func unescapeAll(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			switch s[i] {
			case '%', '_':
				b.WriteByte('\\')
				b.WriteByte(s[i])
			default:
				b.WriteString(unescape(s[i]))
			}
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// EqualExpr compares two expressions in canonical form. They are Same if spelled
// alike, Different if they are built alike but name other columns or values, or
// do not name the same columns at all; otherwise only the server can tell.
func (d *Dialect) EqualExpr(a, b string) dialect.Verdict {
	a, b = d.normalExpr(a, d.userMode(), nil), d.normalExpr(b, d.userMode(), nil)
	if a == b {
		return dialect.Same
	}
	m, ok := d.tree(a)
	n, also := d.tree(b)
	if !ok || !also {
		return dialect.Undecided
	}
	if !equalFold(m.columns(), n.columns()) || differs(m, n) {
		return dialect.Different
	}
	return dialect.Undecided
}

func (d *Dialect) tree(text string) (*node, bool) {
	tokens, err := lex(text, d.userMode())
	if err != nil {
		return nil, false
	}
	n, err := d.parseExpr(tokens)
	if err != nil {
		return nil, false
	}
	return d.rewrite(n), true
}

func equalFold(a, b []string) bool {
	set := func(list []string) map[string]bool {
		out := map[string]bool{}
		for _, s := range list {
			out[strings.ToLower(s)] = true
		}
		return out
	}
	m, n := set(a), set(b)
	if len(m) != len(n) {
		return false
	}
	for s := range m {
		if !n[s] {
			return false
		}
	}
	return true
}

// differs reports whether two expressions are built alike and differ in a
// column, or in a string or number of which no rewriting makes the other.
func differs(m, n *node) bool {
	if m.kind != n.kind || len(m.args) != len(n.args) || m.not != n.not {
		return false
	}
	if m.leaf() {
		switch m.kind {
		case identNode:
			return !strings.EqualFold(m.text, n.text)
		case stringNode:
			return m.note == n.note && m.text != n.text
		case numberNode:
			return isInteger(m.text) && isInteger(n.text) && m.text != n.text
		default:
			return false
		}
	}
	if m.text != n.text || m.note != n.note {
		return false
	}
	different := false
	for i := range m.args {
		switch {
		case m.args[i].equal(n.args[i]):
		case differs(m.args[i], n.args[i]):
			different = true
		default:
			return false
		}
	}
	return different
}

func isInteger(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && strings.Trim(s, "0123456789") == "" && (s == "0" || s[0] != '0')
}
