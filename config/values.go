package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/gomig-dev/gomig/internal/truth"
)

// FileTemplate is the form of a revision's file name without its ending (file_template), a Python %-template. The default
// is %(rev)s_%(slug)s.
func (c *Config) FileTemplate() (string, error) {
	value, ok, err := c.MainOption("file_template")
	if err != nil || ok && value != "" {
		return value, err
	}
	return "%(rev)s_%(slug)s", nil
}

// TruncateSlugLength is how many characters of the message go into a file name (truncate_slug_length). The default, which
// 0 stands for too, is 40.
func (c *Config) TruncateSlugLength() (int, error) {
	const key = "truncate_slug_length"
	value, ok, err := c.MainOption(key)
	if err != nil || !ok || value == "" {
		return 40, err
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0, c.invalid(c.section, key, "%q is not a whole number; write for example 40", value)
	}
	if n == 0 {
		n = 40
	}
	return n, nil
}

// Timezone is the zone of the dates in revision files and their names (timezone). The default is local time.
func (c *Config) Timezone() (*time.Location, error) {
	const key = "timezone"
	name, _, err := c.MainOption(key)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return time.Local, nil
	}
	for _, try := range []string{name, strings.ToUpper(name)} {
		if zone, err := time.LoadLocation(try); err == nil {
			return zone, nil
		}
	}
	return nil, c.invalid(c.section, key, "Can't locate timezone: %s; write a name such as Europe/Berlin or UTC", name)
}

// RevisionEnvironment reports whether the environment runs for every `revision`, `merge` and `history`
// (revision_environment). The default is false.
func (c *Config) RevisionEnvironment() (bool, error) { return c.truth("revision_environment") }

// OutputEncoding is "utf-8" (output_encoding). Any other is an error: the generated files are Go.
func (c *Config) OutputEncoding() (string, error) {
	const key = "output_encoding"
	value, _, err := c.MainOption(key)
	if err != nil {
		return "", err
	}
	switch strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(value)) {
	case "", "utf8", "u8":
		return "utf-8", nil
	}
	return "", c.invalid(c.section, key, "%q is not possible, since Go source is UTF-8; remove the key", value)
}

// List reads a list of names: parted by commas, blanks or line ends.
func List(value string) []string {
	return strings.FieldsFunc(value, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

// Truth reads a switch as Alembic does (asbool).
func Truth(value string) (bool, error) {
	if on, ok := truth.Parse(value); ok {
		return on, nil
	}
	return false, fmt.Errorf("%q is neither true nor false", value)
}

func (c *Config) truth(key string) (bool, error) {
	value, ok, err := c.MainOption(key)
	if err != nil || !ok {
		return false, err
	}
	on, err := Truth(value)
	if err != nil {
		return false, c.invalid(c.section, key, "%s", err)
	}
	return on, nil
}

// Validate checks every key that has a meaning, so that a command refuses a malformed file before it has begun. It does
// not ask for a key to be there.
func (c *Config) Validate() error {
	if _, ok, err := c.MainOption("script_location"); err != nil {
		return err
	} else if ok {
		if _, err := c.ScriptLocation(); err != nil {
			return err
		}
		if _, err := c.VersionLocations(); err != nil {
			return err
		}
	}
	for _, check := range []func() error{
		func() error { _, err := c.RecursiveVersionLocations(); return err },
		func() error { _, err := c.FileTemplate(); return err },
		func() error { _, err := c.TruncateSlugLength(); return err },
		func() error { _, err := c.Timezone(); return err },
		func() error { _, err := c.RevisionEnvironment(); return err },
		func() error { _, err := c.OutputEncoding(); return err },
		func() error { _, err := c.PostWriteHooks(); return err },
		func() error { _, err := c.Logging(); return err },
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}
