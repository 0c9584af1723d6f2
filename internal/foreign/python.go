package foreign

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pyToken is a token of Python: a name or number, a string, or one sign.
type pyToken struct {
	text     string
	isString bool
	computed bool // an f-string or bytes, whose value is not told here
	line     int
}

func (t pyToken) is(sign string) bool { return !t.isString && t.text == sign }

// pyStatement is a statement that begins at the left margin.
type pyStatement []pyToken

// pyScanner reads as much of Python as the headers of revisions are written in.
type pyScanner struct {
	src   string
	at    int
	line  int
	depth int // of brackets
}

// pyStatements are the statements of a file at the left margin, without what
// stands indented below them.
func pyStatements(src string) (out []pyStatement, err error) {
	s := &pyScanner{src: strings.TrimPrefix(strings.ReplaceAll(src, "\r\n", "\n"), "\ufeff"), line: 1}
	var current pyStatement
	margin, fresh := true, true
	end := func() {
		if len(current) > 0 && margin {
			out = append(out, current)
		}
		current, fresh = nil, true
	}
	for s.at < len(s.src) {
		c := s.src[s.at]
		if fresh && c != '\n' {
			margin, fresh = c != ' ' && c != '\t' && c != '\f', false
		}
		switch {
		case c == '\n':
			s.at++
			s.line++
			if s.depth == 0 {
				end()
			}
		case c == '\\' && strings.HasPrefix(s.src[s.at:], "\\\n"):
			s.at += 2
			s.line++
		case c == ' ', c == '\t', c == '\f':
			s.at++
		case c == '#':
			if n := strings.IndexByte(s.src[s.at:], '\n'); n >= 0 {
				s.at += n
			} else {
				s.at = len(s.src)
			}
		case c == ';' && s.depth == 0:
			s.at++
			end()
			fresh = false // what follows stands as far in as what came before
		default:
			t, err := s.token()
			if err != nil {
				return nil, err
			}
			current = append(current, t)
		}
	}
	end()
	return out, nil
}

// token reads what is no blank.
func (s *pyScanner) token() (pyToken, error) {
	start, line := s.at, s.line
	for s.at < len(s.src) {
		r, size := utf8.DecodeRuneInString(s.src[s.at:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		s.at += size
	}
	word := s.src[start:s.at]
	if s.at < len(s.src) && (s.src[s.at] == '\'' || s.src[s.at] == '"') && len(word) <= 2 && strings.Trim(strings.ToLower(word), "rbuf") == "" {
		text, err := s.text(strings.ContainsAny(word, "rR"))
		return pyToken{text: text, isString: true, computed: strings.ContainsAny(strings.ToLower(word), "fb"), line: line}, err
	}
	if word != "" {
		return pyToken{text: word, line: line}, nil
	}
	sign := s.src[s.at : s.at+1]
	s.at++
	switch sign {
	case "(", "[", "{":
		s.depth++
	case ")", "]", "}":
		s.depth = max(s.depth-1, 0)
	}
	return pyToken{text: sign, line: line}, nil
}

// text reads a string from its first quote on.
func (s *pyScanner) text(raw bool) (string, error) {
	line, quote := s.line, s.src[s.at:s.at+1]
	if strings.HasPrefix(s.src[s.at:], strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	s.at += len(quote)
	var b strings.Builder
	for s.at < len(s.src) {
		rest := s.src[s.at:]
		switch {
		case strings.HasPrefix(rest, quote):
			s.at += len(quote)
			return b.String(), nil
		case rest[0] == '\n' && len(quote) == 1:
			return "", fmt.Errorf("line %d: a string has no end", line)
		case rest[0] == '\\' && len(rest) > 1:
			text, size := pyEscape(rest)
			if raw {
				text, size = rest[:2], 2
			}
			s.line += strings.Count(rest[:size], "\n")
			b.WriteString(text)
			s.at += size
		default:
			if rest[0] == '\n' {
				s.line++
			}
			b.WriteByte(rest[0])
			s.at++
		}
	}
	return "", fmt.Errorf("line %d: a string has no end", line)
}

// pyEscape is what a backslash and what follows it stand for, and how long they are.
func pyEscape(s string) (text string, size int) {
	switch s[1] {
	case '\n':
		return "", 2
	case 'n':
		return "\n", 2
	case 't':
		return "\t", 2
	case '\\', '\'', '"':
		return s[1:2], 2
	}
	if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[1]]; digits > 0 && len(s) >= 2+digits {
		if n, err := strconv.ParseInt(s[2:2+digits], 16, 32); err == nil {
			return string(rune(n)), 2 + digits
		}
	}
	return s[:2], 2
}

// strings are the strings of a literal: one, those of a tuple, list or set, or
// none for None. False if it is no literal of that kind.
func (p pyStatement) strings() (out []string, ok bool) {
	if len(p) == 1 && p[0].is("None") {
		return nil, true
	}
	rest, ok := p.value(&out)
	return out, ok && len(rest) == 0
}

// value reads one value, and gives what follows it.
func (p pyStatement) value(out *[]string) (rest pyStatement, ok bool) {
	if len(p) == 0 {
		return nil, false
	}
	if p[0].isString {
		text := ""
		for len(p) > 0 && p[0].isString {
			if p[0].computed {
				return nil, false
			}
			text, p = text+p[0].text, p[1:] // strings in a row are one
		}
		*out = append(*out, text)
		return p, true
	}
	closing, ok := map[string]string{"(": ")", "[": "]", "{": "}"}[p[0].text]
	if !ok {
		return nil, false
	}
	for p = p[1:]; len(p) > 0; {
		switch {
		case p[0].is(closing):
			return p[1:], true
		case p[0].is(","):
			p = p[1:]
		default:
			if p, ok = p.value(out); !ok {
				return nil, false
			}
		}
	}
	return nil, false
}
