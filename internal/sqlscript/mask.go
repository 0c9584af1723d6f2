package sqlscript

import (
	"fmt"
	"strings"
)

// rules are how a dialect quotes and comments.
type rules struct {
	backslash  bool // a backslash escapes in strings
	hash       bool // # begins a comment
	dashBlank  bool // -- begins a comment only before white space
	nested     bool // comments may hold comments
	dollars    bool // $tag$ … $tag$ is a string
	escapes    bool // E'…' is a string with backslashes
	brackets   bool // […] is a name
	backquotes bool // `…` is a name
	maria      bool // what stands in /*M! … */ is executed
}

func rulesOf(dialect string) rules {
	switch dialect {
	case "postgresql":
		return rules{nested: true, dollars: true, escapes: true}
	case "sqlite":
		return rules{brackets: true, backquotes: true}
	default:
		return rules{backslash: true, hash: true, dashBlank: true, backquotes: true, maria: dialect == "mariadb"}
	}
}

// mask replaces what cannot separate statements: comments by blanks, the inside
// of strings and quoted names by x. The length stays the same.
func mask(r rules, script string) (string, error) {
	m := masker{rules: r, in: script, out: []byte(script)}
	for m.at < len(m.in) {
		if err := m.next(); err != nil {
			return "", err
		}
	}
	return string(m.out), nil
}

type masker struct {
	rules
	in  string
	out []byte
	at  int

	executed bool // inside of /*! … */
}

func (m *masker) next() error {
	rest := m.in[m.at:]
	switch c := rest[0]; {
	case strings.HasPrefix(rest, "--") && (!m.dashBlank || len(rest) == 2 || rest[2] <= ' '), c == '#' && m.hash:
		m.blank(m.lineEnd())
	case strings.HasPrefix(rest, "/*!") && m.hash:
		m.cover(m.at, m.at+3) // MySQL executes what stands in such a comment
		m.at += 3
		m.executed = true
	case strings.HasPrefix(rest, "/*M!") && m.maria:
		m.cover(m.at, m.at+4) // https://mariadb.com/kb/en/comment-syntax/
		m.at += 4
		m.executed = true
	case strings.HasPrefix(rest, "*/") && m.executed:
		m.cover(m.at, m.at+2)
		m.at += 2
		m.executed = false
	case strings.HasPrefix(rest, "/*"):
		return m.comment()
	case c == '\'':
		return m.quoted('\'', m.backslash || (m.escapes && m.afterE()))
	case c == '"':
		return m.quoted('"', m.backslash)
	case c == '`' && m.backquotes:
		return m.quoted('`', false)
	case c == '[' && m.brackets:
		return m.bracket()
	case c == '$' && m.dollars && !m.afterName():
		return m.dollar()
	default:
		m.at++
	}
	return nil
}

func (m *masker) lineEnd() int {
	if i := strings.IndexByte(m.in[m.at:], '\n'); i >= 0 {
		return m.at + i
	}
	return len(m.in)
}

// blank writes blanks up to a position; line breaks stay.
func (m *masker) blank(end int) {
	for ; m.at < end; m.at++ {
		if m.in[m.at] != '\n' {
			m.out[m.at] = ' '
		}
	}
}

// cover writes x from one position up to another; unlike blank it does not go there.
func (m *masker) cover(start, end int) {
	for i := start; i < end; i++ {
		m.out[i] = 'x'
	}
}

func (m *masker) comment() error {
	depth, i := 1, m.at+2
	for ; depth > 0; i++ {
		switch {
		case i+1 >= len(m.in):
			return m.fail("the comment is not closed")
		case strings.HasPrefix(m.in[i:], "*/"):
			depth--
			i++
		case m.nested && strings.HasPrefix(m.in[i:], "/*"):
			depth++
			i++
		}
	}
	m.blank(i)
	return nil
}

func (m *masker) quoted(quote byte, backslash bool) error {
	for i := m.at + 1; i < len(m.in); i++ {
		switch c := m.in[i]; {
		case c == '\\' && backslash:
			i++
		case c == quote && i+1 < len(m.in) && m.in[i+1] == quote:
			i++
		case c == quote:
			m.cover(m.at+1, i)
			m.at = i + 1
			return nil
		}
	}
	return m.fail(fmt.Sprintf("the quote %c is not closed", quote))
}

func (m *masker) bracket() error {
	i := strings.IndexByte(m.in[m.at:], ']')
	if i < 0 {
		return m.fail("the bracket [ is not closed")
	}
	m.cover(m.at, m.at+i+1)
	m.at += i + 1
	return nil
}

// dollar is a string in dollar quotes, if it is one.
func (m *masker) dollar() error {
	end := strings.IndexByte(m.in[m.at+1:], '$')
	if end < 0 || !isTag(m.in[m.at+1:m.at+1+end]) {
		m.at++
		return nil
	}
	tag := m.in[m.at : m.at+end+2]
	body := m.at + len(tag)
	i := strings.Index(m.in[body:], tag)
	if i < 0 {
		return m.fail("the dollar quote " + tag + " is not closed")
	}
	m.cover(m.at, body+i+len(tag))
	m.at = body + i + len(tag)
	return nil
}

// isTag reports whether s may stand between the dollars of a dollar quote.
func isTag(s string) bool {
	for i, c := range []byte(s) {
		if !isLetter(c) && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool {
	return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80
}

// afterName reports whether a name or number ends just before: a$b$ is a name in PostgreSQL.
func (m *masker) afterName() bool {
	if m.at == 0 {
		return false
	}
	c := m.in[m.at-1]
	return isLetter(c) || (c >= '0' && c <= '9') || c == '$'
}

// afterE reports whether the quote belongs to an E'…' string.
func (m *masker) afterE() bool {
	if m.at == 0 || (m.in[m.at-1]|0x20) != 'e' {
		return false
	}
	if m.at == 1 {
		return true
	}
	c := m.in[m.at-2]
	return !isLetter(c) && (c < '0' || c > '9') && c != '$'
}

func (m *masker) fail(problem string) error {
	return fmt.Errorf("line %d: %s", 1+strings.Count(m.in[:m.at], "\n"), problem)
}
