// Package ini reads configuration files exactly as Python's ConfigParser does with the settings Alembic uses, and knows
// where every value stands.
//
// The rules are those of configparser.ConfigParser in Python 3.11: `key = value` or `key: value`, keys without regard to
// case, values continued on indented lines (blank lines between them included), comments on lines of their own starting
// with # or ;, defaults from [DEFAULT], no section and no key twice, and `%(name)s` interpolation with `%%` for a plain
// percent sign. Beyond that, `${NAME}` and `${NAME:-default}` take a value from the process environment.
//
// A reader of its own, because gopkg.in/ini.v1 cannot carry that: it cuts comments off the end of values, joins
// continuation lines differently, lets a repeated key win silently, leaves a broken `%(` as it is, and its errors know no
// line.
package ini

import (
	"strings"
)

// DefaultSection is the section whose keys every other section inherits.
const DefaultSection = "DEFAULT"

// File is a configuration file after parsing. Its values are raw; [File.Get] interpolates them. The zero value is an
// empty file.
type File struct {
	name     string
	sections []*section // in file order, without [DEFAULT]
	defaults section
	given    map[string]string
	getenv   func(string) (string, bool)
}

// Options says what values may refer to besides the file itself.
type Options struct {
	// Given are values every section inherits, as from [DEFAULT] but weaker, and literally: nothing in them is
	// interpolated. `here` is one.
	Given map[string]string
	// Getenv looks up ${NAME}. Nil means that no variable is set.
	Getenv func(name string) (value string, ok bool)
}

type section struct {
	name    string
	options []*option // in file order
	byKey   map[string]*option
}

type option struct {
	key     string
	value   string
	lines   []int // the line of the file each line of value came from
	literal bool  // set by the program: not interpolated
}

// Position is a place in a configuration file.
type Position struct {
	File string // "the program" for a value that came from there
	Line int    // 1 is the first; 0 for a value that came from the program
}

// Has reports whether the file has the section. [DEFAULT] is none.
func (f *File) Has(name string) bool { return f.section(name) != nil }

// Sections lists the sections in file order, without [DEFAULT].
func (f *File) Sections() []string {
	names := make([]string, len(f.sections))
	for i, s := range f.sections {
		names[i] = s.name
	}
	return names
}

// Keys lists the keys written in a section itself, in file order, inherited ones left out.
func (f *File) Keys(name string) []string {
	s := f.section(name)
	if name == DefaultSection {
		s = &f.defaults
	}
	if s == nil {
		return nil
	}
	keys := make([]string, len(s.options))
	for i, o := range s.options {
		keys[i] = o.key
	}
	return keys
}

// Get returns a value of a section, or what it inherits, interpolated. It is false if there is none.
func (f *File) Get(section, key string) (string, bool, error) {
	o := f.lookup(section, fold(key))
	if o == nil {
		return "", false, nil
	}
	v, err := f.interpolate(section, o)
	if err != nil {
		return "", true, err
	}
	return v, true, nil
}

// Raw returns a value as it is written, without interpolation.
func (f *File) Raw(section, key string) (string, bool) {
	o := f.lookup(section, fold(key))
	if o == nil {
		return "", false
	}
	return o.value, true
}

// Position tells where a value stands. It is false if there is no such value.
func (f *File) Position(section, key string) (Position, bool) {
	o := f.lookup(section, fold(key))
	switch {
	case o == nil:
		return Position{}, false
	case o.literal:
		return Position{File: "the program"}, true
	}
	return Position{File: f.name, Line: o.line(0)}, true
}

// Set gives a section a value that wins over the file's. It is taken literally: a percent sign is a percent sign. The
// section is made if there is none.
func (f *File) Set(section, key, value string) {
	s := f.section(section)
	switch {
	case section == DefaultSection:
		s = &f.defaults
	case s == nil:
		s = f.add(section)
	}
	s.set(&option{key: fold(key), value: value, literal: true})
}

// Remove takes a value out of a section itself, so that the inherited one shows.
func (f *File) Remove(section, key string) {
	s := f.section(section)
	if s == nil || s.byKey[fold(key)] == nil {
		return
	}
	delete(s.byKey, fold(key))
	for i, o := range s.options {
		if o.key == fold(key) {
			s.options = append(s.options[:i:i], s.options[i+1:]...)
			return
		}
	}
}

func (f *File) section(name string) *section {
	for _, s := range f.sections {
		if s.name == name {
			return s
		}
	}
	return nil
}

func (f *File) add(name string) *section {
	s := &section{name: name}
	f.sections = append(f.sections, s)
	return s
}

// lookup finds the value a key has in a section: its own, else the one of [DEFAULT], else a given one. A section that
// does not exist has no values at all, not even inherited ones.
func (f *File) lookup(name, key string) *option {
	s := f.section(name)
	if s == nil && name != DefaultSection {
		return nil
	}
	if s != nil {
		if o := s.byKey[key]; o != nil {
			return o
		}
	}
	if o := f.defaults.byKey[key]; o != nil {
		return o
	}
	if v, ok := f.given[key]; ok {
		return &option{key: key, value: v, literal: true}
	}
	return nil
}

func (s *section) set(o *option) {
	if s.byKey == nil {
		s.byKey = map[string]*option{}
	}
	if old := s.byKey[o.key]; old != nil {
		*old = *o
		return
	}
	s.byKey[o.key] = o
	s.options = append(s.options, o)
}

// line returns the line of the file on which the byte of the value at offset stands.
func (o *option) line(offset int) int {
	if o.literal || len(o.lines) == 0 {
		return 0
	}
	return o.lines[min(strings.Count(o.value[:offset], "\n"), len(o.lines)-1)]
}

// fold is how keys are compared (ConfigParser.optionxform).
func fold(key string) string { return strings.ToLower(key) }
