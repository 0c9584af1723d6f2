package ini

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Parse reads a configuration file. The name is for error messages, which are [*Error] and show nothing of a value.
func Parse(name string, src []byte, opts Options) (*File, error) {
	f := &File{name: name, getenv: opts.Getenv, given: map[string]string{}}
	for k, v := range opts.Given {
		f.given[fold(k)] = v
	}
	f.defaults.name = DefaultSection
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	p := parser{file: f}
	for i, line := range splitLines(string(src)) {
		if err := p.line(i+1, line); err != nil {
			return nil, err
		}
	}
	p.finish()
	return f, nil
}

// parser holds what ConfigParser._read keeps between two lines.
type parser struct {
	file    *File
	section *section // nil before the first header
	option  *option  // nil when a continuation line has nothing to continue
	indent  int      // of the line that opened the option or section
	parts   []string // the lines of the option's value so far
}

func (p *parser) line(n int, line string) error {
	if !utf8.ValidString(line) {
		return p.fail(n, "this line is not UTF-8")
	}
	text := strings.TrimFunc(line, isSpace)
	if text == "" {
		// Blank lines belong to a value that goes on after them; at its end they are cut off again.
		if p.option != nil {
			p.extend(n, "")
		}
		return nil
	}
	if text[0] == '#' || text[0] == ';' {
		return nil
	}
	indent := utf8.RuneCountInString(line[:strings.Index(line, text)])
	if p.option != nil && indent > p.indent {
		p.extend(n, text)
		return nil
	}
	p.indent = indent
	if name, ok := header(text); ok {
		return p.open(n, name)
	}
	if p.section == nil {
		return p.fail(n, "there is no [section] before this line")
	}
	return p.assign(n, text)
}

// header recognises `[name]`. Whatever follows the last bracket is ignored, as ConfigParser does.
func header(text string) (string, bool) {
	end := strings.LastIndexByte(text, ']')
	if text[0] != '[' || end < 2 {
		return "", false
	}
	return text[1:end], true
}

func (p *parser) open(n int, name string) error {
	p.finish()
	if name == DefaultSection {
		p.section = &p.file.defaults
		return nil
	}
	if p.file.Has(name) {
		return &Error{Position: Position{p.file.name, n}, Section: name, Problem: "this section is already in the file; put its keys together"}
	}
	p.section = p.file.add(name)
	return nil
}

func (p *parser) assign(n int, text string) error {
	p.finish()
	i := strings.IndexAny(text, "=:")
	if i < 0 {
		return p.fail(n, "expecting `key = value` (a value that goes on must be indented deeper than its key)")
	}
	key := fold(strings.TrimFunc(text[:i], isSpace))
	if key == "" {
		return p.fail(n, "there is no key before the `"+text[i:i+1]+"`")
	}
	if old := p.section.byKey[key]; old != nil {
		return &Error{
			Position: Position{p.file.name, n}, Section: p.section.name, Key: key,
			Problem: "this key is already set in line " + strconv.Itoa(old.line(0)),
		}
	}
	p.option = &option{key: key}
	p.section.set(p.option)
	p.extend(n, strings.TrimFunc(text[i+1:], isSpace))
	return nil
}

func (p *parser) extend(n int, text string) {
	p.parts = append(p.parts, text)
	p.option.lines = append(p.option.lines, n)
}

// finish closes the value that is open.
func (p *parser) finish() {
	if p.option != nil {
		p.option.value = strings.TrimRightFunc(strings.Join(p.parts, "\n"), isSpace)
	}
	p.option, p.parts = nil, nil
}

func (p *parser) fail(n int, problem string) error {
	e := &Error{Position: Position{p.file.name, n}, Problem: problem}
	if p.section != nil {
		e.Section = p.section.name
	}
	return e
}

// splitLines splits at \n, \r\n and lone \r, as Python's text files do.
func splitLines(src string) []string {
	src = strings.ReplaceAll(src, "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(src, "\r", "\n"), "\n")
}

// isSpace is str.isspace, which also counts the ASCII separators 0x1c to 0x1f.
func isSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }
