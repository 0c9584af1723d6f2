package postgres

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// token is a word, literal or sign of an SQL expression.
type token struct {
	kind tokenKind
	text string // a word in lower case, a quoted name or string without its quotes, else as written
}

type tokenKind uint8

const (
	tokenWord   tokenKind = iota + 1 // a keyword or unquoted name
	tokenQuoted                      // a quoted name
	tokenString                      // a string, whatever its quotes were
	tokenNumber
	tokenBits     // B'…' or X'…', as written
	tokenParam    // $1
	tokenOperator // one or more of + - * / < > = ~ ! @ # % ^ & | ` ?
	tokenSign     // ( ) [ ] , ; . : ::
)

func (t token) is(text string) bool {
	return t.text == text && (t.kind == tokenWord || t.kind == tokenSign || t.kind == tokenOperator)
}

// lexer reads an expression by PostgreSQL's lexical rules.
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
type lexer struct {
	rest   string
	tokens []token
	bad    bool
}

// lex splits an expression into tokens; comments and blanks go. Not ok is what
// does not end (a string without its quote) or is too rare to read (U&'…').
func lex(text string) (tokens []token, ok bool) {
	l := &lexer{rest: text}
	for !l.bad {
		l.blank()
		if l.rest == "" {
			return l.tokens, true
		}
		l.next()
	}
	return nil, false
}

func (l *lexer) add(kind tokenKind, text string, size int) {
	if n := len(l.tokens); kind == tokenWord && n > 0 && l.tokens[n-1].is(".") {
		kind = tokenQuoted // a name, even if it is a keyword elsewhere: t.end
	}
	l.tokens = append(l.tokens, token{kind, text})
	l.rest = l.rest[size:]
}

// blank skips white space and comments, which nest.
func (l *lexer) blank() {
	for {
		l.rest = strings.TrimLeft(l.rest, " \t\n\r\f\v")
		switch {
		case strings.HasPrefix(l.rest, "--"):
			_, after, _ := strings.Cut(l.rest, "\n")
			l.rest = after
		case strings.HasPrefix(l.rest, "/*"):
			size := commentSize(l.rest)
			if size == 0 {
				l.bad, l.rest = true, ""
				return
			}
			l.rest = l.rest[size:]
		default:
			return
		}
	}
}

// commentSize is the size of the nesting comment that s begins with; 0 if it does not end.
func commentSize(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

func (l *lexer) next() {
	c := l.rest[0]
	switch {
	case c == '\'':
		l.quoted(0, tokenString)
	case c == '"':
		l.quoted(0, tokenQuoted)
	case len(l.rest) > 1 && l.rest[1] == '\'' && (c == 'e' || c == 'E'):
		l.escaped()
	case len(l.rest) > 1 && l.rest[1] == '\'' && strings.IndexByte("bBxX", c) >= 0:
		l.quoted(1, tokenBits)
	case len(l.rest) > 2 && (c == 'u' || c == 'U') && l.rest[1] == '&' && (l.rest[2] == '\'' || l.rest[2] == '"'):
		l.bad = true
	case c == '$':
		l.dollar()
	case isDigit(c) || c == '.' && len(l.rest) > 1 && isDigit(l.rest[1]):
		l.number()
	case isWordStart(c):
		size := 1
		for size < len(l.rest) && (isWordStart(l.rest[size]) || isDigit(l.rest[size]) || l.rest[size] == '$') {
			size++
		}
		l.add(tokenWord, lowerASCII(l.rest[:size]), size)
	case strings.HasPrefix(l.rest, "::"):
		l.add(tokenSign, "::", 2)
	case strings.IndexByte("()[],;.:", c) >= 0:
		l.add(tokenSign, l.rest[:1], 1)
	case strings.IndexByte(operatorChars, c) >= 0:
		l.operator()
	default:
		l.bad = true
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWordStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

// lowerASCII folds a name as the server does in a multi-byte encoding.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// quoted reads what stands in quotes that double within it, skip bytes from here.
func (l *lexer) quoted(skip int, kind tokenKind) {
	q := l.rest[skip]
	for i := skip + 1; i < len(l.rest); i++ {
		if l.rest[i] != q {
			continue
		}
		if i+1 < len(l.rest) && l.rest[i+1] == q {
			i++
			continue
		}
		body := l.rest[skip+1 : i]
		if kind == tokenBits {
			l.add(kind, strings.ToUpper(l.rest[:1])+"'"+body+"'", i+1)
			return
		}
		l.add(kind, strings.ReplaceAll(body, string([]byte{q, q}), string(q)), i+1)
		return
	}
	l.bad = true
}

var escapes = map[byte]byte{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// escaped reads E'…'.
func (l *lexer) escaped() {
	var b strings.Builder
	for i := 2; i < len(l.rest); i++ {
		c := l.rest[i]
		switch {
		case c == '\'' && i+1 < len(l.rest) && l.rest[i+1] == '\'':
			b.WriteByte('\'')
			i++
		case c == '\'':
			l.add(tokenString, b.String(), i+1)
			return
		case c == '\\' && i+1 < len(l.rest):
			size, ok := unescape(l.rest[i+1:], &b)
			if !ok {
				l.bad = true
				return
			}
			i += size
		default:
			b.WriteByte(c)
		}
	}
	l.bad = true
}

// unescape reads what follows a backslash and says how long it is.
func unescape(s string, b *strings.Builder) (size int, ok bool) {
	hex := func(atMost int) int { // where the digits behind the letter end
		n := 1
		for n < len(s) && n <= atMost && strings.IndexByte("0123456789abcdefABCDEF", s[n]) >= 0 {
			n++
		}
		return n
	}
	if c, known := escapes[s[0]]; known {
		b.WriteByte(c)
		return 1, true
	}
	switch c := s[0]; {
	case c == 'x' && hex(2) > 1:
		n, err := strconv.ParseUint(s[1:hex(2)], 16, 8)
		b.WriteByte(byte(n))
		return hex(2), err == nil
	case c == 'u' || c == 'U':
		digits := map[byte]int{'u': 4, 'U': 8}[c]
		if hex(digits) != digits+1 {
			return 0, false
		}
		n, err := strconv.ParseInt(s[1:digits+1], 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) {
			return 0, false
		}
		b.WriteRune(rune(n))
		return digits + 1, true
	case c >= '0' && c <= '7':
		size := 1
		for size < 3 && size < len(s) && s[size] >= '0' && s[size] <= '7' {
			size++
		}
		n, err := strconv.ParseUint(s[:size], 8, 8)
		b.WriteByte(byte(n))
		return size, err == nil
	}
	_, size = utf8.DecodeRuneInString(s)
	b.WriteString(s[:size])
	return size, true
}

// dollar reads $1 and $tag$…$tag$.
func (l *lexer) dollar() {
	size := 1
	for size < len(l.rest) && isDigit(l.rest[size]) {
		size++
	}
	if size > 1 {
		l.add(tokenParam, l.rest[:size], size)
		return
	}
	for size < len(l.rest) && (isWordStart(l.rest[size]) || isDigit(l.rest[size])) {
		size++
	}
	if size == len(l.rest) || l.rest[size] != '$' {
		l.bad = true
		return
	}
	tag := l.rest[:size+1]
	end := strings.Index(l.rest[len(tag):], tag)
	if end < 0 {
		l.bad = true
		return
	}
	l.add(tokenString, l.rest[len(tag):len(tag)+end], 2*len(tag)+end)
}

// leadingNumber is the number that a text begins with.
var leadingNumber = pattern.Lazy(`^([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?`)

func (l *lexer) number() {
	text := leadingNumber().FindString(l.rest)
	if rest := l.rest[len(text):]; text == "" || rest != "" && isWordStart(rest[0]) {
		l.bad = true // 0x1f and 1_000, which came with version 16
		return
	}
	l.add(tokenNumber, text, len(text))
}

const operatorChars = "+-*/<>=~!@#%^&|`?"

// operator reads the longest operator. One that ends in + or - must hold a
// special character, else the sign is one of the operand behind it.
func (l *lexer) operator() {
	size := 0
	for size < len(l.rest) && strings.IndexByte(operatorChars, l.rest[size]) >= 0 {
		if r := l.rest[size:]; size > 0 && (strings.HasPrefix(r, "--") || strings.HasPrefix(r, "/*")) {
			break
		}
		size++
	}
	if !strings.ContainsAny(l.rest[:size], "~!@#%^&|`?") {
		for size > 1 && (l.rest[size-1] == '+' || l.rest[size-1] == '-') {
			size--
		}
	}
	text := l.rest[:size]
	if text == "!=" {
		l.add(tokenOperator, "<>", size)
		return
	}
	l.add(tokenOperator, text, size)
}
