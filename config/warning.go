package config

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/nearest"
)

// meaningless are keys of Alembic that say nothing to Go, with the reason.
var meaningless = []struct{ key, reason string }{
	{"prepend_sys_path", "Go finds packages by go.mod"},
	{"sourceless", "Go has no files of compiled revisions"},
}

// known are the keys of the main section that have a meaning.
var known = []string{
	"script_location", "version_locations", "path_separator", "version_path_separator", "recursive_version_locations",
	"file_template", "truncate_slug_length", "timezone", "revision_environment", "output_encoding", "database.url",
	"sqlalchemy.url", "prepend_sys_path", "sourceless", "database.dev_url",
	"lock_timeout", "lock_retries", "lock_retry_wait", "statement_lock_timeout", "statement_timeout",
	"tenants.names", "tenants.query", "tenants.url", "tenants.parallel", "tenants.stop_on_failure", "tenants.failed",
}

// Warnings says, one line each, what in the configuration is not as the user may think: keys that mean nothing in Go or
// are out of date, and probable typing errors. What is wrong is not among them but an error of the accessors.
func (c *Config) Warnings() []string {
	warnings := slices.Clone(c.notes)
	for _, m := range meaningless {
		if at, ok := c.at(m.key); ok {
			warnings = append(warnings, fmt.Sprintf("%s: %s means nothing here, since %s; it is ignored", at, m.key, m.reason))
		}
	}
	warnings = append(warnings, c.separatorWarnings()...)
	for _, key := range c.ini.Keys(c.section) {
		if meant := typo(key); meant != "" {
			at, _ := c.at(key)
			warnings = append(warnings, fmt.Sprintf("%s: %s is no key that gomig reads; did you mean %s?", at, key, meant))
		}
	}
	if l, err := c.Logging(); err == nil {
		warnings = append(warnings, l.notes...)
	}
	return warnings
}

func (c *Config) separatorWarnings() []string {
	locations, ok := c.at("version_locations")
	if _, modern := c.at("path_separator"); !ok || modern {
		return nil
	}
	if at, ok := c.at("version_path_separator"); ok {
		return []string{fmt.Sprintf("%s: version_path_separator is deprecated; rename it to path_separator", at)}
	}
	return []string{fmt.Sprintf("%s: version_locations is split at spaces and commas, which is deprecated; add path_separator = os", locations)}
}

func (c *Config) at(key string) (string, bool) {
	pos, ok := c.ini.Position(c.section, key)
	return pos.String(), ok
}

// typo returns the key that was probably meant. Keys of the user's own are welcome in the main section, so only what is
// very near to a known one is taken for an error.
func typo(key string) string {
	if slices.Contains(known, key) {
		return ""
	}
	for _, k := range known {
		if !strings.HasPrefix(key, k) && (near(key, k) || near(strings.NewReplacer("-", "_", ".", "_").Replace(key), k)) {
			return k
		}
	}
	return ""
}

// near reports whether one letter was added, left out, replaced, or two were swapped.
func near(a, b string) bool { return nearest.Distance(a, b, 1) <= 1 }

// Overruled warns of a DATABASE_URL that is not heeded, since the file names
// another database; it is empty if there is nothing to say. Whoever deploys a
// program tells it its database by that variable, and may run it beside a file.
func (c *Config) Overruled() string {
	value, _ := c.getenv("DATABASE_URL")
	url, origin, err := c.DatabaseURL()
	if value == "" || err != nil || url == value || c.url != "" {
		return ""
	}
	for _, key := range urlKeys {
		if c.XMap()[key] != "" {
			return ""
		}
	}
	return fmt.Sprintf("%s counts, and not DATABASE_URL, which names another database", origin)
}

// Missing warns of the directories of revisions that are not there, in a script
// location that is: a word that is misspelt must not pass for an environment
// without revisions.
func (c *Config) Missing() (warnings []string) {
	dir, err := c.ScriptLocation()
	if err != nil || !isDirectory(dir) {
		return nil
	}
	locations, err := c.VersionLocations()
	if err != nil {
		return nil
	}
	for _, l := range locations {
		if isDirectory(l) {
			continue
		}
		text := fmt.Sprintf("there is no directory %s: no revision is read there", l)
		if at, ok := c.at("version_locations"); ok {
			text = at + ": version_locations: " + text
		}
		warnings = append(warnings, text)
	}
	return warnings
}

func isDirectory(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
