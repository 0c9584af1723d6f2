package config

import (
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/internal/ini"
)

// MissingKeyError says that the configuration lacks a key that is needed.
type MissingKeyError struct {
	Key     string
	File    string // the ini file that was looked for
	Found   bool   // it exists
	Section string
	Example string // a value
}

// Error names the key as Alembic does, and the way out.
func (e *MissingKeyError) Error() string {
	s := fmt.Sprintf("No '%s' key found in configuration", e.Key)
	if !e.Found {
		return s + fmt.Sprintf(": there is no file %s; run `gomig init migrations` to make one, or name another with -c", e.File)
	}
	return s + fmt.Sprintf(": add it to [%s] in %s, for example `%s = %s`", e.Section, e.File, e.Key, e.Example)
}

// SectionError says that the ini file lacks a section that was asked for.
type SectionError struct {
	File     string
	Section  string
	Sections []string // those it has, but for the known ones that are no main section
}

// Error lists the sections there are.
func (e *SectionError) Error() string {
	s := fmt.Sprintf("%s has no section [%s]", e.File, e.Section)
	if len(e.Sections) == 0 {
		return s + "; add it"
	}
	return s + " (it has [" + strings.Join(e.Sections, "], [") + "]); add it, or choose one of those with -n"
}

// mainSections are those of sections that -n could mean.
func mainSections(sections []string) (out []string) {
	for _, s := range sections {
		switch kind, _, _ := strings.Cut(s, "_"); {
		case s == "loggers", s == "handlers", s == "formatters", s == hooksSection:
		case strings.Contains(s, "_") && (kind == "logger" || kind == "handler" || kind == "formatter"):
		default:
			out = append(out, s)
		}
	}
	return out
}

// ValueError says that a value cannot be what its key needs.
type ValueError struct {
	Position ini.Position
	Section  string
	Key      string
	Problem  string
}

// Error is one line with file and line.
func (e *ValueError) Error() string {
	return fmt.Sprintf("%s: reading %q in [%s]: %s", e.Position, e.Key, e.Section, e.Problem)
}

func (c *Config) invalid(section, key, format string, args ...any) error {
	pos, ok := c.ini.Position(section, key)
	if !ok {
		pos.File = c.file
	}
	return &ValueError{Position: pos, Section: section, Key: key, Problem: fmt.Sprintf(format, args...)}
}

// missing makes the error of a key of the main section.
func (c *Config) missing(key, example string) error {
	return &MissingKeyError{Key: key, File: c.file, Found: c.found, Section: c.section, Example: example}
}
