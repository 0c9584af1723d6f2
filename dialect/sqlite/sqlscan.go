package sqlite

import "strings"

// tokenKind tells the kinds of token apart.
type tokenKind uint8

const (
	blank    tokenKind = iota // white space or a comment
	word                      // keyword or bare identifier
	quotedID                  // "x", `x` or [x]
	text                      // 'x'
	blob                      // x'00'
	number                    // 1, 1.5e3, 0xff
	param                     // ?, ?1, :a, @a, $a
	symbol                    // operator or punctuation
	illegal                   // what SQLite would not take: an open quote, a stray byte
)

// token is a piece of SQL text: src[start:end].
type token struct {
	kind       tokenKind
	start, end int
}

// scan cuts SQL text into tokens as SQLite's own tokenizer does
// (https://www.sqlite.org/src/file/src/tokenize.c). It loses nothing: the
// tokens joined are the text.
func scan(src string) []token {
	toks := make([]token, 0, len(src)/4+1)
	for i := 0; i < len(src); {
		kind, end := next(src, i)
		toks = append(toks, token{kind, i, end})
		i = end
	}
	return toks
}

// next is the kind and end of the token that begins at i.
func next(src string, i int) (tokenKind, int) {
	c := src[i]
	switch {
	case isBlank(c):
		j := i + 1
		for j < len(src) && isBlank(src[j]) {
			j++
		}
		return blank, j
	case strings.HasPrefix(src[i:], "--"):
		if n := strings.IndexByte(src[i:], '\n'); n >= 0 {
			return blank, i + n + 1
		}
		return blank, len(src)
	case strings.HasPrefix(src[i:], "/*") && len(src) > i+2:
		if n := strings.Index(src[i+2:], "*/"); n >= 0 {
			return blank, i + n + 4
		}
		return blank, len(src) // SQLite takes an open comment as one to the end
	case c == '\'':
		return quoted(src, i, text)
	case c == '"' || c == '`':
		return quoted(src, i, quotedID)
	case c == '[':
		if n := strings.IndexByte(src[i:], ']'); n >= 0 {
			return quotedID, i + n + 1
		}
		return illegal, len(src)
	case (c == 'x' || c == 'X') && i+1 < len(src) && src[i+1] == '\'':
		if n := strings.IndexByte(src[i+2:], '\''); n >= 0 {
			return blob, i + n + 3
		}
		return illegal, len(src)
	case isDigit(c) || c == '.' && i+1 < len(src) && isDigit(src[i+1]):
		return number, numberEnd(src, i)
	case isIDStart(c):
		return word, idEnd(src, i)
	case c == '?' || c == ':' || c == '@' || c == '$' || c == '#':
		return variable(src, i)
	}
	for _, op := range [...]string{"->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!="} {
		if strings.HasPrefix(src[i:], op) {
			return symbol, i + len(op)
		}
	}
	if strings.IndexByte("-+*/%&|~<>=(),;.", c) >= 0 {
		return symbol, i + 1
	}
	return illegal, i + 1
}

// quoted ends at the quote that opened it; a doubled one stands for itself.
func quoted(src string, i int, kind tokenKind) (tokenKind, int) {
	q := src[i]
	for j := i + 1; j < len(src); j++ {
		if src[j] != q {
			continue
		}
		if j+1 < len(src) && src[j+1] == q {
			j++
			continue
		}
		return kind, j + 1
	}
	return illegal, len(src)
}

func variable(src string, i int) (tokenKind, int) {
	end := idEnd(src, i+1)
	if src[i] == '?' || end > i+1 {
		return param, end
	}
	return illegal, i + 1
}

func numberEnd(src string, i int) int {
	if src[i] == '0' && i+1 < len(src) && (src[i+1] == 'x' || src[i+1] == 'X') {
		j := i + 2
		for j < len(src) && (isHex(src[j]) || src[j] == '_') {
			j++
		}
		return j
	}
	j := digits(src, i)
	if j < len(src) && src[j] == '.' {
		j = digits(src, j+1)
	}
	if j < len(src) && (src[j] == 'e' || src[j] == 'E') {
		k := j + 1
		if k < len(src) && (src[k] == '+' || src[k] == '-') {
			k++
		}
		if k < len(src) && isDigit(src[k]) {
			j = digits(src, k)
		}
	}
	return j
}

// digits is the end of a run of digits, which may hold separators since 3.46.
func digits(src string, i int) int {
	for i < len(src) && (isDigit(src[i]) || src[i] == '_') {
		i++
	}
	return i
}

func idEnd(src string, i int) int {
	for i < len(src) && isIDPart(src[i]) {
		i++
	}
	return i
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }
func isIDStart(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
func isIDPart(c byte) bool { return isIDStart(c) || isDigit(c) || c == '$' }

// dequote is the name that a token of the kinds word, quotedID or text stands for.
func dequote(s string) string {
	if len(s) < 2 {
		return s
	}
	switch q := s[0]; q {
	case '[':
		return s[1 : len(s)-1]
	case '"', '`', '\'':
		return strings.ReplaceAll(s[1:len(s)-1], string([]byte{q, q}), string(q))
	}
	return s
}

// fold brings a name to the case in which SQLite compares: ASCII only.
func fold(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 'A' && c <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if b[j] >= 'A' && b[j] <= 'Z' {
					b[j] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// sameName reports whether SQLite takes both for one name.
func sameName(a, b string) bool { return a == b || fold(a) == fold(b) }
