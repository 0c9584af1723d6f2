// Package env runs revisions: it connects, keeps the version table, puts the
// steps of a plan into the right transactions and sends what they say to a
// connection or into a script.
//
// [Context] is what an environment's Run function is given (EnvironmentContext);
// [Migration] is one run against one database (MigrationContext).
package env

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// RunFunc is the Run function of an environment package (env.py).
type RunFunc func(ctx context.Context, e *Context) error

// Setup is what a command gives an environment.
type Setup struct {
	Config  *config.Config
	Systems []dialect.System
	Graph   *revision.Map
	Scripts map[string]script.Registered // by revision id
	Task    Task
	Output  io.Writer    // scripts
	Logger  *slog.Logger // nil is silent
	XArgs   []string     // the -x arguments
}

// Task is what a command wants of an environment.
type Task struct {
	// Plan decides what to run from the rows of the version table. It may look at
	// the database and return an empty plan. Where nothing but the rows counts it
	// is pure, and is asked again when the lock is held.
	Plan func(ctx context.Context, m *Migration, heads []string) (revision.Plan, error)
	// Writes marks a task that changes the version table: it takes the lock and
	// creates the table.
	Writes      bool
	EnsureTable bool   // creates the version table even if there is no step
	Purge       bool   // empties the version table first
	Offline     bool   // writes a script instead of connecting
	Start       string // where a script starts, as the command line says
	Destination string // where it goes, as the command line says; empty for none
	Tag         string
}

// Context is the environment of one command (EnvironmentContext).
type Context struct {
	setup     Setup
	migration *Migration
	args      map[string]any
}

// New makes the environment of a command.
func New(s Setup) *Context {
	if s.Logger == nil {
		s.Logger = slog.New(slog.DiscardHandler)
	}
	if s.Output == nil {
		s.Output = io.Discard
	}
	return &Context{setup: s}
}

// Config is the configuration (context.config).
func (e *Context) Config() *config.Config { return e.setup.Config }

// Logger is the logger of the command.
func (e *Context) Logger() *slog.Logger { return e.setup.Logger }

// IsOfflineMode reports whether the command writes a script instead of connecting (is_offline_mode).
func (e *Context) IsOfflineMode() bool { return e.setup.Task.Offline }

// RevisionArgument is the revision that the command goes to, as it was given; empty for none (get_revision_argument).
func (e *Context) RevisionArgument() string { return e.setup.Task.Destination }

// StartingRevisionArgument is the revision that a script starts at, as it was given (get_starting_revision_argument).
func (e *Context) StartingRevisionArgument() string { return e.setup.Task.Start }

// TagArgument is the value of --tag (get_tag_argument).
func (e *Context) TagArgument() string { return e.setup.Task.Tag }

// HeadRevisions are the ids of the heads (get_head_revisions).
func (e *Context) HeadRevisions() []string { return revision.IDs(e.setup.Graph.Heads()) }

// XArguments are the -x arguments as they were given (get_x_argument).
func (e *Context) XArguments() []string { return e.setup.XArgs }

// XArgument is the value of the -x argument of the form key=value; without "=" it is empty.
func (e *Context) XArgument(key string) (value string, ok bool) {
	for _, a := range e.setup.XArgs {
		if k, v, _ := strings.Cut(a, "="); k == key {
			value, ok = v, true
		}
	}
	return value, ok
}

// DatabaseURL is the URL of the database: -x database.url, the ini file or the
// environment variable DATABASE_URL. It holds the password; do not show it.
func (e *Context) DatabaseURL() (string, error) {
	url, _, err := e.setup.Config.DatabaseURL()
	return url, err
}

// Open opens a database by its URL with the driver the URL names, and connects
// once to see that it is there (engine_from_config). The driver must be imported
// by the environment. No error shows the password.
func (e *Context) Open(ctx context.Context, url string) (*sql.DB, error) {
	u, err := dburl.Parse(url)
	if err != nil {
		return nil, fmt.Errorf("reading the database URL: %w", err)
	}
	src, err := u.Source()
	if err != nil {
		return nil, fmt.Errorf("reading the database URL: %w", err)
	}
	for _, n := range src.Notes {
		e.setup.Logger.Debug(n)
	}
	db, err := sql.Open(src.Driver, string(src.DSN))
	if err != nil {
		if path, ok := driverImports[src.Driver]; ok && strings.Contains(err.Error(), "unknown driver") {
			return nil, fmt.Errorf("opening %s: the driver is not linked in; add to env.go: import _ %q", u, path)
		}
		return nil, fmt.Errorf("opening %s: %w", u, hide(err, u))
	}
	if u.InMemory() {
		db.SetMaxOpenConns(1) // each connection would be a database of its own
	}
	if err := db.PingContext(ctx); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("connecting to %s: %w; check database.url and that the server is running", u, hide(err, u))
	}
	return db, nil
}

// driverImports are the packages that register the drivers.
var driverImports = map[string]string{
	"mysql":  "github.com/go-sql-driver/mysql",
	"pgx":    "github.com/jackc/pgx/v5/stdlib",
	"sqlite": "modernc.org/sqlite",
}

// hide is err, in one line, with the password masked should a driver have written it.
func hide(err error, u dburl.URL) error {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if p := string(u.Password); p != "" {
		text = strings.ReplaceAll(text, p, "***")
	}
	if text == err.Error() {
		return err
	}
	return &hiddenError{text: text, err: err}
}

// hiddenError shows another text than the error it wraps.
type hiddenError struct {
	text string
	err  error
}

func (e *hiddenError) Error() string { return e.text }
func (e *hiddenError) Unwrap() error { return e.err }

// Configure makes the environment ready to run against one database
// (EnvironmentContext.configure). It may be called again for another one.
func (e *Context) Configure(ctx context.Context, o Options) error {
	m, err := newMigration(ctx, e.setup, o)
	if err != nil {
		return err
	}
	if e.args == nil {
		e.args = map[string]any{}
	}
	for k, v := range o.TemplateArgs {
		e.args[k] = v
	}
	e.migration = m
	return nil
}

// MigrationContext is the run that was configured last (get_context).
func (e *Context) MigrationContext() (*Migration, error) {
	if e.migration == nil {
		return nil, errNotConfigured
	}
	return e.migration, nil
}

var errNotConfigured = fmt.Errorf("the environment is not configured: call e.Configure before this")

// Configured reports whether Configure was called.
func (e *Context) Configured() bool { return e.migration != nil }

// TemplateArgs are the further variables of the revision template.
func (e *Context) TemplateArgs() map[string]any { return e.args }

// RunMigrations does what the command wants (run_migrations): it takes the lock,
// reads the version table, and runs the steps in their transactions.
func (e *Context) RunMigrations(ctx context.Context) error {
	if e.migration == nil {
		return errNotConfigured
	}
	return e.migration.run(ctx)
}
