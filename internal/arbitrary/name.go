package arbitrary

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// hostile are pieces of names and texts that have broken programs before.
var hostile = []string{
	"", "a", "A", "_", "order", "select", "group by", "a b", "a.b", "`", "``", "\"", "\"\"", "'", "''", "[", "]", "[a]",
	";", "--", "/*", "*/", "# ", "%", "%s", "%(a)s", "$1", "?", ":a", "@a", "\\", "\\'", "\\\"", "\\n", "\n", "\r\n", "\t",
	"é", "ß", "İ", "日本", "Ω", "\u200b", "\u00a0", "ﬀ", "null", "NULL", "true", "constraint", "check (1)", "primary key",
	"$$", "E'", "{{.}}", "${HOME}", "a,b", "(", ")", "<&>", "//", "..", "../a", "C:\\", "\u2028",
}

// Hostile are the pieces that [Tail] and [Text] are made of, for tests that go through them one by one.
func Hostile() []string { return append([]string(nil), hostile...) }

// Tail is the end of a name: nothing, or a string meant to break what does not
// quote. It holds nothing that some server refuses in a quoted name: no NUL, no
// blank at the end, nothing beyond the basic multilingual plane.
func Tail() *rapid.Generator[string] {
	piece := rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringN(0, 3, 8))
	return rapid.Map(rapid.SliceOfN(piece, 0, 3), func(parts []string) string {
		return CleanName(strings.Join(parts, ""))
	})
}

// CleanName takes from s what some server refuses in a quoted name, and what is too long.
func CleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == 0 || r == utf8.RuneError || r > 0xffff {
			return -1
		}
		return r
	}, s)
	for len(s) > 40 {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return strings.TrimRight(s, " \t\n\r\v\f\u00a0\u0085\u2028\u2029")
}

// Text is a string as a literal or comment may hold it: anything but NUL that is valid UTF-8.
func Text() *rapid.Generator[string] {
	piece := rapid.OneOf(rapid.SampledFrom(hostile), rapid.StringN(0, 4, 16))
	return rapid.Map(rapid.SliceOfN(piece, 0, 4), func(parts []string) string {
		return strings.ReplaceAll(strings.ToValidUTF8(strings.Join(parts, ""), ""), "\x00", "")
	})
}

// kept is a [Text] as a catalogue keeps it in a default or comment: MariaDB keeps
// those in utf8mb3, without what is beyond the basic multilingual plane.
func kept() *rapid.Generator[string] {
	return rapid.Map(Text(), func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > 0xffff {
				return -1
			}
			return r
		}, s)
	})
}

// namer gives names that no two objects of a schema share, on no server: many
// compare names without regard to case or accents, and put indexes, constraints
// and tables into one name space. A number in front sees to that.
type namer struct {
	tail *rapid.Generator[string]
	n    int
}

func (n *namer) next(t *rapid.T, prefix string) string {
	n.n++
	tail := n.tail.Draw(t, prefix+" name")
	if r, _ := utf8.DecodeRuneInString(tail); unicode.IsNumber(r) {
		tail = "_" + tail // or 1 with the tail 3 would be 13
	}
	return prefix + strconv.Itoa(n.n) + tail
}
