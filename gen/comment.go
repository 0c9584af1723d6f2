package gen

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// comment renders any text as line comments, one a line. Each begins with two
// slashes and a blank, so that no line is a directive; nothing in it ends the
// comment, hides from a reader or disturbs the compiler.
func comment(s string) string {
	var b strings.Builder
	for i, l := range commentLines(s) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("//")
		if l != "" {
			b.WriteString(" " + l)
		}
	}
	return b.String()
}

// commentLines are the lines of s, fit for a comment, without blank ones at either end.
func commentLines(s string) []string {
	s = strings.Map(printable, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\uFFFD"))
	lines := strings.Split(strings.Trim(s, " \t\n"), "\n")
	for i, l := range lines {
		l = strings.TrimRight(l, " \t")
		if directive().MatchString(l) {
			l = strconv.QuoteToGraphic(l)
		}
		lines[i] = l
	}
	return lines
}

// directive matches what tools obey even in a comment that begins with a blank
// (build constraints before Go 1.17, the mark of generated code), or would if
// a template left the blank out.
var directive = pattern.Lazy(`^\s*(?:\+build\b|go:|line |export |extern |#cgo\b|Code generated .* DO NOT EDIT\.$)`)

// printable replaces what a terminal, an editor or the compiler takes for more than text.
func printable(r rune) rune {
	const joiner, nonJoiner = '\u200d', '\u200c' // parts of words and emoji
	switch {
	case r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
		return '\n'
	case r == '\t', r == '\n', r == joiner, r == nonJoiner, unicode.IsGraphic(r):
		return r
	}
	return unicode.ReplacementChar
}

// prose is a text in a template. Written out it is fit for a line comment that
// the template has begun, whatever it holds: `// {{.Message}}`.
type prose string

// String is the text as the rest of a line comment, and further ones.
func (p prose) String() string {
	return strings.ReplaceAll(strings.Join(commentLines(string(p)), "\n// "), "*/", "* /")
}

// proses are several texts; written out, separated by commas.
type proses []prose

func (l proses) String() string {
	parts := make([]string, len(l))
	for i, p := range l {
		parts[i] = p.String()
	}
	return strings.Join(parts, ", ")
}

func newProses(list []string) proses {
	out := make(proses, len(list))
	for i, s := range list {
		out[i] = prose(s)
	}
	return out
}
