package structs

import "strings"

// bunTag is a tag in bun's grammar: NAME,option,key:value,key:"quoted".
type bunTag struct {
	name    string
	options map[string][]string
}

// tagOptions are the options of a bun tag.
func tagOptions(tag string) map[string][]string { return parseBun(tag).options }

func (t bunTag) has(key string) bool { return t.options[key] != nil }

func (t bunTag) isZero() bool { return t.name == "" && len(t.options) == 0 }

// get is the value of an option, the last where it is said twice.
func (t bunTag) get(key string) string {
	if v := t.options[key]; len(v) > 0 {
		return v[len(v)-1]
	}
	return ""
}

// parseBun reads a tag as bun's tagparser does.
func parseBun(s string) bunTag {
	p := bunParser{s: s}
	t := bunTag{options: map[string][]string{}}
	for first := true; p.i < len(p.s); first = false {
		key, value, pair := p.next()
		switch {
		case first && !pair:
			t.name = key
		case key != "":
			t.options[key] = append(t.options[key], value)
		}
	}
	return t
}

type bunParser struct {
	s string
	i int
}

// next is the next key, with its value behind a colon if there is one.
func (p *bunParser) next() (key, value string, pair bool) {
	start := p.i
	for p.i < len(p.s) {
		switch p.s[p.i] {
		case ',':
			key = p.s[start:p.i]
			p.i++
			return key, "", false
		case ':':
			key = p.s[start:p.i]
			p.i++
			value = p.value()
			p.comma()
			return key, value, true
		case '"':
			p.i++
			key = p.quoted()
			p.comma()
			return key, "", false
		}
		p.i++
	}
	return p.s[start:], "", false
}

func (p *bunParser) comma() {
	if p.i < len(p.s) && p.s[p.i] == ',' {
		p.i++
	}
}

// value is what stands behind a colon: quoted, or up to a comma outside of brackets.
func (p *bunParser) value() string {
	start, depth := p.i, 0
	for ; p.i < len(p.s); p.i++ {
		switch c := p.s[p.i]; {
		case c == '"' && depth == 0:
			p.i++
			return p.quoted()
		case c == '"': // brackets and commas within quotes say nothing
			p.i++
			p.quoted()
			p.i--
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case c == ',' && depth == 0:
			return p.s[start:p.i]
		}
	}
	return p.s[start:]
}

// quoted is the text up to the closing quote. Backslashes stay if no quote needed one.
func (p *bunParser) quoted() string {
	if text, _, ok := strings.Cut(p.s[p.i:], `"`); ok && !strings.HasSuffix(text, `\`) {
		p.i += len(text) + 1
		return text
	}
	var b strings.Builder
	for p.i < len(p.s) {
		c := p.s[p.i]
		p.i++
		switch {
		case c == '"':
			return b.String()
		case c == '\\' && p.i < len(p.s):
			b.WriteByte(p.s[p.i])
			p.i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
