package gomig

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/picture"
)

// Config is what a command works with (alembic.config.Config).
type Config struct {
	*config.Config              // alembic.ini, -x and the process environment; must not be nil
	Environment    *Environment // the compiled environment; nil suffices for commands that need only files

	Systems []dialect.System // the databases known; nil for all that gomig has
	Stdout  io.Writer        // listings and scripts; nil discards them
	Stderr  io.Writer        // progress; nil discards it
	Logger  *slog.Logger     // nil is silent
	Quiet   bool             // leaves out progress

	Observers []env.Observer // who is told what a run does
	JSON      bool           // listings as JSON
	Color     bool           // listings in colour, for a terminal

	// DevURL is a server for scratch places: to normalise expressions on, and to run
	// a history on (--dev-url). Empty for database.dev_url of the file, and without
	// that the database itself.
	DevURL string

	// Cache is a directory to keep what is read of revision files in, so that
	// commands on a long history need not read all of it; empty keeps nothing.
	Cache string

	embedded bool // there are no revision files: what is compiled in is all that is known

	Now  func() time.Time // the clock; nil for time.Now
	Rand io.Reader        // where new revision ids come from; nil for crypto/rand
}

// Environment is a compiled migration environment.
type Environment struct {
	Run     env.RunFunc
	Scripts []*script.Set
	// Headers describe the revisions where their files are not at hand, as in a
	// deployed program: the JSON of []script.Header. Empty reads the files.
	Headers string
}

// Dialects are the databases gomig knows.
func Dialects() []dialect.System {
	return []dialect.System{mysql.System(), postgres.System(), sqlite.System()}
}

func (c *Config) systems() []dialect.System {
	if c.Systems != nil {
		return c.Systems
	}
	return Dialects()
}

func (c *Config) out() io.Writer { return orDiscard(c.Stdout) }

func (c *Config) log() *slog.Logger {
	if c.Logger == nil {
		return slog.New(slog.DiscardHandler)
	}
	return c.Logger
}

func orDiscard(w io.Writer) io.Writer {
	if w == nil {
		return io.Discard
	}
	return w
}

func (c *Config) now() time.Time {
	if c.Now == nil {
		return time.Now() //nolint:forbidigo // the one place where the clock is read if none is given
	}
	return c.Now()
}

func (c *Config) random() io.Reader {
	if c.Rand == nil {
		return rand.Reader
	}
	return c.Rand
}

// status writes a line of progress, unless the command is to be quiet.
func (c *Config) status(format string, args ...any) {
	if !c.Quiet {
		_, _ = fmt.Fprintf(orDiscard(c.Stderr), format+"\n", args...)
	}
}

// paint colours listings, if they are to be coloured.
func (c *Config) paint() picture.Paint {
	if c.Color {
		return picture.Coloured
	}
	return picture.Plain
}

// print writes a line of a listing.
func (c *Config) print(format string, args ...any) error {
	_, err := fmt.Fprintf(c.out(), format+"\n", args...)
	return err
}

// printJSON writes a listing for machines.
func (c *Config) printJSON(v any) error {
	e := json.NewEncoder(c.out())
	e.SetIndent("", "  ")
	return e.Encode(v)
}
