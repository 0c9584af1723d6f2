package mysql

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind tells the tokens of SQL apart.
type tokenKind uint8

const (
	endToken    tokenKind = iota
	wordToken             // a keyword or bare identifier, as written
	identToken            // a quoted identifier, unquoted
	stringToken           // a string, unquoted
	numberToken           // a number, as written
	hexToken              // 0x1F, x'1F' or b'11111': upper-case hexadecimal digits
	opToken               // an operator or punctuation mark
)

type token struct {
	kind    tokenKind
	text    string
	pos     int    // where it begins, in bytes
	end     int    // where it ends
	charset string // of a string with an introducer, lower case
}

// is reports whether the token is one of the operators, or keywords in upper case.
func (t token) is(texts ...string) bool {
	for _, s := range texts {
		switch t.kind {
		case opToken:
			if t.text == s {
				return true
			}
		case wordToken:
			if strings.EqualFold(t.text, s) {
				return true
			}
		default:
		}
	}
	return false
}

// lexMode says how quotes and backslashes are read.
type lexMode struct {
	ansiQuotes  bool
	noBackslash bool
}

// userMode reads what a user writes for this session.
func (d *Dialect) userMode() lexMode { return lexMode{d.set.ansiQuotes, d.set.noBackslash} }

// serverMode reads what a server writes: strings only between single quotes and
// always with backslashes, whatever the sql_mode; identifiers, on MariaDB under
// ANSI_QUOTES, between double ones.
var serverMode = lexMode{ansiQuotes: true}

// lex splits SQL into tokens. Comments are left out.
func lex(text string, mode lexMode) ([]token, error) {
	l := &lexer{text: text, mode: mode}
	var out []token
	for {
		t, err := l.next()
		if err != nil {
			return nil, err
		}
		if t.kind == endToken {
			return out, nil
		}
		// 'a' 'b' is one string.
		if n := len(out); t.kind == stringToken && t.charset == "" && n > 0 && out[n-1].kind == stringToken {
			out[n-1].text += t.text
			out[n-1].end = t.end
			continue
		}
		out = append(out, t)
	}
}

type lexer struct {
	text string
	pos  int
	mode lexMode
}

func (l *lexer) rest() string { return l.text[l.pos:] }

func (l *lexer) next() (token, error) {
	if err := l.blank(); err != nil {
		return token{}, err
	}
	start := l.pos
	t, err := l.token()
	t.pos, t.end = start, l.pos
	return t, err
}

// blank skips white space and comments.
func (l *lexer) blank() error {
	for l.pos < len(l.text) {
		r := l.rest()
		switch {
		case strings.HasPrefix(r, "/*"):
			end := strings.Index(r, "*/")
			if end < 0 {
				return fmt.Errorf("a comment is not closed")
			}
			l.pos += end + 2
		case r[0] == '#', strings.HasPrefix(r, "-- "), strings.HasPrefix(r, "--\n"), r == "--":
			end := strings.IndexByte(r, '\n')
			if end < 0 {
				end = len(r) - 1
			}
			l.pos += end + 1
		default:
			c, n := utf8.DecodeRuneInString(r)
			if !unicode.IsSpace(c) {
				return nil
			}
			l.pos += n
		}
	}
	return nil
}

// operators in the order in which they are tried: longer ones first.
var operators = []string{
	"<=>", "->>", "->", "<=", ">=", "<>", "!=", "||", "&&", "<<", ">>", ":=",
	"=", "<", ">", "+", "-", "*", "/", "%", "^", "&", "|", "~", "!", "(", ")", ",", ".", "@", "?", ";", ":", "[", "]", "{", "}",
}

func (l *lexer) token() (token, error) {
	if l.pos >= len(l.text) {
		return token{}, nil
	}
	r := l.rest()
	switch c := r[0]; {
	case c == '`':
		s, err := l.quoted('`', true)
		return token{kind: identToken, text: s}, err
	case c == '"' && l.mode.ansiQuotes:
		s, err := l.quoted('"', true)
		return token{kind: identToken, text: s}, err
	case c == '\'' || c == '"':
		s, err := l.quoted(c, l.mode.noBackslash)
		return token{kind: stringToken, text: s}, err
	case c >= '0' && c <= '9', c == '.' && len(r) > 1 && r[1] >= '0' && r[1] <= '9':
		return l.number(), nil
	case isWord(r):
		return l.word()
	}
	for _, op := range operators {
		if strings.HasPrefix(r, op) {
			l.pos += len(op)
			return token{kind: opToken, text: op}, nil
		}
	}
	return token{}, fmt.Errorf("%q is no SQL", r)
}

// isWord reports whether a word begins here.
func isWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r == '_' || r == '$' || r >= 0x80 && r != utf8.RuneError || unicode.IsLetter(r)
}

func (l *lexer) quoted(q byte, plain bool) (string, error) {
	var b strings.Builder
	for i := l.pos + 1; i < len(l.text); i++ {
		c := l.text[i]
		switch {
		case c == q && i+1 < len(l.text) && l.text[i+1] == q:
			b.WriteByte(q)
			i++
		case c == q:
			l.pos = i + 1
			return b.String(), nil
		case c == '\\' && !plain && i+1 < len(l.text):
			i++
			b.WriteString(unescape(l.text[i]))
		default:
			b.WriteByte(c)
		}
	}
	l.pos = len(l.text)
	return "", fmt.Errorf("a %c is not closed", q)
}

// unescape is what a backslash and c stand for.
// https://dev.mysql.com/doc/refman/8.4/en/string-literals.html
func unescape(c byte) string {
	switch c {
	case '0':
		return "\x00"
	case 'b':
		return "\b"
	case 'n':
		return "\n"
	case 'r':
		return "\r"
	case 't':
		return "\t"
	case 'Z':
		return "\x1a"
	case '%', '_': // kept for LIKE
		return "\\" + string(c)
	}
	return string([]byte{c})
}

func (l *lexer) number() token {
	r := l.rest()
	if strings.HasPrefix(r, "0x") || strings.HasPrefix(r, "0b") {
		n := 2
		for n < len(r) && isHexDigit(r[n]) {
			n++
		}
		read := hexDigits
		if r[1] == 'b' {
			read = bitDigits
		}
		if digits, ok := read(r[2:n]); ok && (n == len(r) || !isWord(r[n:])) {
			l.pos += n
			return token{kind: hexToken, text: digits}
		}
	}
	n := 0
	digits := func() {
		for n < len(r) && r[n] >= '0' && r[n] <= '9' {
			n++
		}
	}
	digits()
	if n < len(r) && r[n] == '.' {
		n++
		digits()
	}
	if n < len(r) && (r[n] == 'e' || r[n] == 'E') {
		at := n
		n++
		if n < len(r) && (r[n] == '+' || r[n] == '-') {
			n++
		}
		before := n
		if digits(); n == before {
			n = at
		}
	}
	l.pos += n
	return token{kind: numberToken, text: r[:n]}
}

func isHexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// hexDigits brings hexadecimal digits to whole bytes in capitals.
func hexDigits(s string) (string, bool) {
	if s == "" {
		return "", false
	}
	for i := range len(s) {
		if !isHexDigit(s[i]) {
			return "", false
		}
	}
	if len(s)%2 != 0 {
		s = "0" + s
	}
	return strings.ToUpper(s), true
}

// bitDigits brings binary digits to whole bytes in hexadecimal.
func bitDigits(s string) (string, bool) {
	if s == "" || strings.Trim(s, "01") != "" {
		return "", false
	}
	s = strings.Repeat("0", (8-len(s)%8)%8) + s
	var b strings.Builder
	for i := 0; i < len(s); i += 8 {
		v := 0
		for _, c := range s[i : i+8] {
			v = v<<1 | int(c-'0')
		}
		fmt.Fprintf(&b, "%02X", v)
	}
	return b.String(), true
}

// word reads a word, and what a word may stand before: x'1F', b'1', N'text', _utf8mb4'text'.
func (l *lexer) word() (token, error) {
	r := l.rest()
	n := 0
	for n < len(r) {
		c, size := utf8.DecodeRuneInString(r[n:])
		if c != '_' && c != '$' && !unicode.IsLetter(c) && !unicode.IsDigit(c) && c < 0x80 {
			break
		}
		n += size
	}
	word := r[:n]
	l.pos += n
	lower := strings.ToLower(word)
	if n < len(r) && r[n] == '\'' {
		switch lower {
		case "x", "b":
			s, err := l.quoted('\'', true)
			if err != nil {
				return token{}, err
			}
			read := hexDigits
			if lower == "b" {
				read = bitDigits
			}
			digits, ok := read(s)
			if !ok && s != "" {
				return token{}, fmt.Errorf("%s'%s' is malformed", word, s)
			}
			return token{kind: hexToken, text: digits}, nil
		case "n":
			s, err := l.quoted('\'', l.mode.noBackslash)
			return token{kind: stringToken, text: s, charset: "utf8mb3"}, err
		}
	}
	if strings.HasPrefix(lower, "_") && len(lower) > 1 {
		save := l.pos
		if err := l.blank(); err == nil && l.pos < len(l.text) && l.text[l.pos] == '\'' {
			s, err := l.quoted('\'', l.mode.noBackslash)
			return token{kind: stringToken, text: s, charset: lower[1:]}, err
		}
		l.pos = save
	}
	return token{kind: wordToken, text: word}, nil
}
