package config

import (
	"fmt"
)

// urlKeys are the keys of a database URL, the first the stronger.
var urlKeys = []string{"database.url", "sqlalchemy.url"}

// DatabaseURL is the URL of the database and where it was found, for messages. What comes first counts:
//
//   - the options' URL,
//   - `-x database.url=…`,
//   - database.url of the main section, and sqlalchemy.url in its place,
//   - the environment variable DATABASE_URL, so that a deployment needs no file.
//
// The URL holds the password: it is for opening the database, not for showing.
func (c *Config) DatabaseURL() (url, origin string, err error) {
	if c.url != "" {
		return c.url, "the database URL on the command line", nil
	}
	x := c.XMap()
	for _, key := range urlKeys {
		if x[key] != "" {
			return x[key], "-x " + key, nil
		}
	}
	if !c.found && c.named {
		return "", "", fmt.Errorf("there is no file %s; run `gomig init migrations` to make it, or leave out -c to use DATABASE_URL", c.file)
	}
	for _, key := range urlKeys {
		switch value, ok, err := c.MainOption(key); {
		case err != nil:
			return "", "", err
		case ok && value != "":
			pos, _ := c.ini.Position(c.section, key)
			return value, fmt.Sprintf("%s: %s", pos, key), nil
		}
	}
	if value, _ := c.getenv("DATABASE_URL"); value != "" {
		return value, "DATABASE_URL", nil
	}
	return "", "", &MissingURLError{File: c.file, Found: c.found, Section: c.section}
}

// DevURL is the URL of a server for scratch places: `-x database.dev_url=…`, or
// database.dev_url of the main section; empty for none. It holds the password.
func (c *Config) DevURL() (string, error) {
	const key = "database.dev_url"
	if url := c.XMap()[key]; url != "" {
		return url, nil
	}
	url, _, err := c.MainOption(key)
	return url, err
}

// MissingURLError says that no database URL was given anywhere.
type MissingURLError struct {
	File    string
	Found   bool
	Section string
}

// Error lists the places to write one.
func (e *MissingURLError) Error() string {
	if !e.Found {
		return fmt.Sprintf("there is no database URL: set DATABASE_URL (for example sqlite:///app.db), or run `gomig init migrations` to make %s", e.File)
	}
	return fmt.Sprintf("there is no database URL: add `database.url = sqlite:///app.db` to [%s] in %s, or set DATABASE_URL", e.Section, e.File)
}
