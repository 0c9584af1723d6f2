// Package pyformat fills Python's %-templates, in which file_template and the formats of log lines are written.
package pyformat

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxWidth bounds a width or precision: a template is written by hand, and its result is a file name or a line.
const maxWidth = 255

// Format replaces every `%(name)…` of a template by the value of that name, an int or a string, and `%%` by a percent
// sign. It knows Python's flags, width, precision, and the conversions s d i u o x X.
func Format(template string, value func(name string) (any, bool)) (string, error) {
	var b strings.Builder
	for {
		i := strings.IndexByte(template, '%')
		if i < 0 {
			return b.String() + template, nil
		}
		b.WriteString(template[:i])
		template = template[i:]
		if strings.HasPrefix(template, "%%") {
			b.WriteByte('%')
			template = template[2:]
			continue
		}
		s, n, err := one(template, value)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
		template = template[n:]
	}
}

// one fills the specifier at the start of a template and returns its length.
func one(template string, value func(string) (any, bool)) (string, int, error) {
	end := strings.IndexByte(template, ')')
	if !strings.HasPrefix(template, "%(") || end < 0 {
		return "", 0, errors.New("a % must go on as %(name)s, or be doubled")
	}
	name := template[2:end]
	spec, n, err := parseSpec(template[end+1:])
	if err != nil {
		return "", 0, fmt.Errorf("%%(%s): %w", name, err)
	}
	v, ok := value(name)
	if !ok {
		return "", 0, fmt.Errorf("%%(%s)%s: there is no %q", name, template[end+1:end+1+n], name)
	}
	s, err := spec.apply(v)
	if err != nil {
		return "", 0, fmt.Errorf("%%(%s)%s: %w", name, template[end+1:end+1+n], err)
	}
	return s, end + 1 + n, nil
}

type spec struct {
	left, zero, plus, space, alt bool
	width, precision             int // precision -1 for none
	verb                         byte
}

func parseSpec(s string) (spec, int, error) {
	f := spec{precision: -1}
	i := 0
	for i < len(s) && f.flag(s[i]) {
		i++
	}
	var err error
	if f.width, i, err = number(s, i); err != nil {
		return f, 0, err
	}
	if i < len(s) && s[i] == '.' {
		if f.precision, i, err = number(s, i+1); err != nil {
			return f, 0, err
		}
	}
	if i == len(s) || strings.IndexByte("sdiuoxX", s[i]) < 0 {
		return f, 0, errors.New("expecting one of s d i u o x X after the name")
	}
	f.verb = s[i]
	return f, i + 1, nil
}

// flag takes a flag and reports whether it was one.
func (f *spec) flag(c byte) bool {
	switch c {
	case '-':
		f.left = true
	case '0':
		f.zero = true
	case '+':
		f.plus = true
	case ' ':
		f.space = true
	case '#':
		f.alt = true
	default:
		return false
	}
	return true
}

func number(s string, i int) (n, end int, err error) {
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		if n = n*10 + int(s[i]-'0'); n > maxWidth {
			return 0, 0, fmt.Errorf("a width of more than %d", maxWidth)
		}
	}
	return n, i, nil
}

func (f spec) apply(v any) (string, error) {
	if f.verb == 's' {
		s := fmt.Sprint(v)
		if f.precision >= 0 && utf8.RuneCountInString(s) > f.precision {
			s = string([]rune(s)[:f.precision])
		}
		return f.pad(s), nil
	}
	n, ok := v.(int)
	if !ok {
		return "", errors.New("a text cannot be formatted as a number; write s")
	}
	return f.number(n), nil
}

func (f spec) number(n int) string {
	base, prefix := 10, ""
	switch f.verb {
	case 'o':
		base, prefix = 8, "0o"
	case 'x', 'X':
		base, prefix = 16, "0x"
	}
	digits, sign := strconv.FormatInt(int64(n), base), ""
	switch {
	case n < 0:
		digits, sign = digits[1:], "-"
	case f.plus:
		sign = "+"
	case f.space:
		sign = " "
	}
	if f.alt {
		sign += prefix
	}
	digits = zeros(f.precision-len(digits)) + digits
	if f.zero && !f.left {
		digits = zeros(f.width-len(sign)-len(digits)) + digits
	}
	if f.verb == 'X' {
		return f.pad(strings.ToUpper(sign + digits))
	}
	return f.pad(sign + digits)
}

func (f spec) pad(s string) string {
	missing := f.width - utf8.RuneCountInString(s)
	if missing <= 0 {
		return s
	}
	if f.left {
		return s + strings.Repeat(" ", missing)
	}
	return strings.Repeat(" ", missing) + s
}

func zeros(n int) string { return strings.Repeat("0", max(n, 0)) }
