// Package config is what alembic.ini, the -x arguments and the environment say, read as Alembic reads it and checked.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/ini"
)

// Defaults of [Options].
const (
	DefaultFile    = "alembic.ini"
	DefaultSection = "alembic"
)

// Options says where the configuration comes from. The zero value is alembic.ini in the working directory.
type Options struct {
	// File is the ini file (-c). Empty means $GOMIG_CONFIG, then $ALEMBIC_CONFIG, then alembic.ini. It need not exist.
	File string
	// Section is the main section (-n). Empty means "alembic".
	Section string
	// X are the -x arguments, as given.
	X []string
	// URL is a database URL that wins over every other.
	URL string
	// Given are further values for %(name)s in the file (config_args).
	Given map[string]string
	// Dir is what relative paths are relative to. Empty means the working directory.
	Dir string
	// Getenv looks up environment variables. Nil means os.LookupEnv.
	Getenv func(name string) (value string, ok bool)
}

// Config is a configuration (alembic.config.Config). Make one by [Load] or [Parse].
type Config struct {
	file    string // as named
	path    string // absolute
	named   bool   // by the user, not by default
	found   bool
	dir     string
	section string
	url     string
	x       []string
	getenv  func(string) (string, bool)
	ini     *ini.File
	notes   []string
}

// Load reads the configuration. That there is no file is no error here, since some commands need none; every accessor of
// what only a file can say then tells so.
func Load(o Options) (*Config, error) {
	c, err := prepare(o)
	if err != nil {
		return nil, err
	}
	src, err := os.ReadFile(c.path)
	switch {
	case err == nil:
		return c, c.parse(src, o)
	case errors.Is(err, fs.ErrNotExist):
		return c, c.parse(nil, o)
	}
	return nil, fmt.Errorf("reading the configuration: %w", err)
}

// Parse is [Load] for a file that the caller has read, as one that is embedded in a program. The options' File is its
// name, and %(here)s the directory that name says.
func Parse(src []byte, o Options) (*Config, error) {
	c, err := prepare(o)
	if err != nil {
		return nil, err
	}
	if src == nil {
		src = []byte{}
	}
	return c, c.parse(src, o)
}

// Empty is the configuration of a program that has no ini file and does not look at the process environment.
func Empty() *Config {
	return &Config{
		file: DefaultFile, section: DefaultSection, ini: &ini.File{},
		getenv: func(string) (string, bool) { return "", false },
	}
}

func prepare(o Options) (*Config, error) {
	c := &Config{section: o.Section, x: slices.Clone(o.X), url: o.URL, dir: o.Dir, getenv: o.Getenv}
	if c.getenv == nil {
		c.getenv = os.LookupEnv
	}
	if c.section == "" {
		c.section = DefaultSection
	}
	var err error
	if c.dir, err = filepath.Abs(o.Dir); err != nil {
		return nil, fmt.Errorf("finding the working directory: %w", err)
	}
	if err := c.chooseFile(o.File); err != nil {
		return nil, err
	}
	c.path = c.abs(c.file)
	return c, nil
}

func (c *Config) chooseFile(file string) error {
	if file != "" {
		if filepath.Base(file) == pyproject {
			return fmt.Errorf("%s holds Python's settings, which gomig does not read: put them into an ini file and name that with -c", file)
		}
		c.file, c.named = file, true
		return nil
	}
	for _, name := range []string{"GOMIG_CONFIG", "ALEMBIC_CONFIG"} {
		switch value, _ := c.getenv(name); {
		case filepath.Base(value) == pyproject:
			c.notes = append(c.notes, fmt.Sprintf("%s names a %s, which gomig does not read", name, pyproject))
		case value != "":
			c.file, c.named = value, true
			return nil
		}
	}
	c.file = DefaultFile
	return nil
}

const pyproject = "pyproject.toml"

func (c *Config) parse(src []byte, o Options) (err error) {
	given := map[string]string{}
	maps.Copy(given, o.Given)
	given["here"] = filepath.ToSlash(c.Here())
	c.found = src != nil
	c.ini, err = ini.Parse(c.file, src, ini.Options{Given: given, Getenv: c.getenv})
	return err
}

// File is the name of the ini file as it was given, for messages and for `init` to write.
func (c *Config) File() string { return c.file }

// Path is the absolute path of the ini file.
func (c *Config) Path() string { return c.path }

// Found reports whether there is an ini file.
func (c *Config) Found() bool { return c.found }

// Here is the absolute directory of the ini file, %(here)s.
func (c *Config) Here() string { return filepath.Dir(c.path) }

// Dir is the absolute directory that relative paths in the configuration are relative to: the working directory.
func (c *Config) Dir() string { return c.dir }

// MainSection is the name of the main section (config_ini_section).
func (c *Config) MainSection() string { return c.section }

// X returns the -x arguments as given (get_x_argument).
func (c *Config) X() []string { return slices.Clone(c.x) }

// XMap returns the -x arguments as key and value (get_x_argument(as_dictionary=True)). One without = has an empty value;
// of two with one key the last wins.
func (c *Config) XMap() map[string]string {
	m := make(map[string]string, len(c.x))
	for _, arg := range c.x {
		key, value, _ := strings.Cut(arg, "=")
		m[key] = value
	}
	return m
}

// MainOption returns a value of the main section (get_main_option). It is false if there is none. The error is one of
// interpolation, or a [*SectionError] if the file has no such section.
func (c *Config) MainOption(name string) (string, bool, error) {
	return c.SectionOption(c.section, name)
}

// SectionOption returns a value of any section (get_section_option).
func (c *Config) SectionOption(section, name string) (string, bool, error) {
	if c.found && !c.ini.Has(section) {
		return "", false, &SectionError{File: c.file, Section: section, Sections: mainSections(c.ini.Sections())}
	}
	return c.ini.Get(section, name)
}

// SetMainOption sets a value of the main section that wins over the file's (set_main_option). Unlike Alembic's it is
// taken literally: a percent sign is not doubled.
func (c *Config) SetMainOption(name, value string) { c.ini.Set(c.section, name, value) }

// SetSectionOption sets a value of any section (set_section_option).
func (c *Config) SetSectionOption(section, name, value string) { c.ini.Set(section, name, value) }

// Sections lists the sections of the file, in its order.
func (c *Config) Sections() []string { return c.ini.Sections() }

// HasSection reports whether there is a section.
func (c *Config) HasSection(name string) bool { return c.ini.Has(name) }

// Section returns all values of a section, those it inherits from [DEFAULT] included (get_section). It is nil if there is
// no such section.
func (c *Config) Section(name string) (map[string]string, error) {
	if !c.ini.Has(name) {
		return nil, nil
	}
	values := map[string]string{}
	for _, key := range append(c.ini.Keys(ini.DefaultSection), c.ini.Keys(name)...) {
		value, _, err := c.ini.Get(name, key)
		if err != nil {
			return nil, err
		}
		values[key] = value
	}
	return values, nil
}

func (c *Config) abs(path string) string {
	path = filepath.FromSlash(path)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(c.dir, path)
}
