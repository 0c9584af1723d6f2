package config

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// ScriptLocation is the absolute path of the environment's directory (script_location).
func (c *Config) ScriptLocation() (string, error) {
	const key = "script_location"
	value, ok, err := c.MainOption(key)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", c.missing(key, "%(here)s/migrations")
	}
	return c.directory(key, value)
}

// directory makes one path of a key absolute. Alembic's package:path has no counterpart.
func (c *Config) directory(key, value string) (string, error) {
	switch {
	case strings.TrimSpace(value) == "":
		return "", c.invalid(c.section, key, "it is empty; write a path such as %%(here)s/migrations")
	case strings.ContainsAny(value, "\n\x00"):
		return "", c.invalid(c.section, key, "a path cannot hold a line break; indented lines after the key are part of its value")
	case strings.Contains(value, ":") && !filepath.IsAbs(filepath.FromSlash(value)):
		return "", c.invalid(c.section, key, "%q is Python's package:path; write the path of a directory", value)
	}
	return c.abs(value), nil
}

// VersionLocations are the absolute paths of the directories with revisions (version_locations). Without the key it is
// one, `versions` in the script location.
func (c *Config) VersionLocations() ([]string, error) {
	const key = "version_locations"
	value, _, err := c.MainOption(key)
	if err != nil {
		return nil, err
	}
	if value == "" {
		dir, err := c.ScriptLocation()
		if err != nil {
			return nil, err
		}
		return []string{filepath.Join(dir, "versions")}, nil
	}
	parts, err := c.split(value)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		path, err := c.directory(key, part)
		if err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	if len(paths) == 0 {
		return nil, c.invalid(c.section, key, "it names no directory")
	}
	return paths, nil
}

var spaceOrComma = pattern.Lazy(`, *| +`)

// split cuts a list of paths as path_separator says; without one, at spaces and commas, as Alembic did before 1.16.
func (c *Config) split(value string) ([]string, error) {
	for _, key := range []string{"path_separator", "version_path_separator"} {
		name, ok, err := c.MainOption(key)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		separator, ok := map[string]string{
			"space": " ", "newline": "\n", "os": string(os.PathListSeparator), ":": ":", ";": ";",
		}[name]
		if !ok {
			return nil, c.invalid(c.section, key, "%q is not a separator; expecting space, newline, os, : or ;", name)
		}
		return strings.Split(value, separator), nil
	}
	return spaceOrComma().Split(value, -1), nil
}

// RecursiveVersionLocations reports whether revisions also lie in directories below the locations
// (recursive_version_locations). The default is false.
func (c *Config) RecursiveVersionLocations() (bool, error) {
	return c.truth("recursive_version_locations")
}
