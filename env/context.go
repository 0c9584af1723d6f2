// Package env runs revisions: it connects, keeps the version table, puts the
// steps of a plan into the right transactions and sends what they say to a
// connection or into a script.
//
// [Context] is what an environment's Run function is given (EnvironmentContext);
// [Migration] is one run against one database (MigrationContext).
package env

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// RunFunc is the Run function of an environment package (env.py).
type RunFunc func(ctx context.Context, e *Context) error

// Setup is what a command gives an environment.
type Setup struct {
	Config    *config.Config
	Systems   []dialect.System
	Graph     *revision.Map
	Scripts   map[string]script.Registered // by revision id
	Task      Task
	Output    io.Writer    // scripts
	Logger    *slog.Logger // nil is silent
	XArgs     []string     // the -x arguments
	Observers []Observer   // who is told what the run does
	DevURL    string       // a server for scratch places (--dev-url); empty for the database's own
}

// Task is what a command wants of an environment.
type Task struct {
	// Plan decides what to run from the rows of the version table. It may look at
	// the database and return an empty plan. Where nothing but the rows counts it
	// is pure, and is asked again when the lock is held. Several goroutines may call
	// it, each for another database.
	Plan func(ctx context.Context, m *Migration, heads []string) (revision.Plan, error)
	// Writes marks a task that changes the version table: it takes the lock and
	// creates the table.
	Writes       bool
	Autogenerate bool // writes a revision of what Compare finds
	// History runs all revisions in a scratch database first, in place of any that
	// the environment would connect to; Plan then sees that one (--from-history).
	History     bool
	EnsureTable bool   // creates the version table even if there is no step
	Purge       bool   // empties the version table first
	Offline     bool   // writes a script instead of connecting
	Start       string // where a script starts, as the command line says
	Destination string // where it goes, as the command line says; empty for none
	Tag         string
	Command     string // for observers: "upgrade"
}

// Context is the environment of one command (EnvironmentContext).
type Context struct {
	setup     Setup
	migration *Migration
	args      map[string]any
	hooks     map[string]HookFunc // by name
	scratch   []scratchPool
	mu        sync.Mutex // of args and scratch
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

// IsAutogenerate reports whether the command writes a revision of what the
// database and the declared schema differ in (config.cmd_opts.autogenerate).
func (e *Context) IsAutogenerate() bool { return e.setup.Task.Autogenerate }

// RequiresConnection reports whether the command connects to a database (requires_connection).
func (e *Context) RequiresConnection() bool { return !e.IsOfflineMode() }

// Script is the history of revisions (context.script).
func (e *Context) Script() *revision.Map { return e.setup.Graph }

// RevisionArgument is the revision that the command goes to, as it was given; empty for none (get_revision_argument).
func (e *Context) RevisionArgument() string { return e.setup.Task.Destination }

// DestinationRevisions are the ids that the RevisionArgument stands for, none for
// base (get_revision_argument, which gives ids as well). What is relative to the
// rows of a database, such as +1, stands for none by itself and is an error.
func (e *Context) DestinationRevisions() ([]string, error) {
	target := e.setup.Task.Destination
	if target == "" {
		return nil, nil
	}
	if s, err := revision.ParseSymbol(target); err == nil && s.Relative && s.Name == "" {
		return nil, fmt.Errorf("resolving the destination %q: it counts from the rows of a database; read those by CurrentHeads and ask Script", target)
	}
	nodes, err := e.setup.Graph.Resolve(target, nil)
	return revision.IDs(nodes), err
}

// StartingRevisionArgument is the revision that a script starts at, as it was given (get_starting_revision_argument).
func (e *Context) StartingRevisionArgument() string { return e.setup.Task.Start }

// TagArgument is the value of --tag, or what Configure was given in its place (get_tag_argument).
func (e *Context) TagArgument() string {
	if e.migration != nil {
		return e.migration.options.Tag
	}
	return e.setup.Task.Tag
}

// HeadRevisions are the ids of the heads (get_head_revisions).
func (e *Context) HeadRevisions() []string { return revision.IDs(e.setup.Graph.Heads()) }

// HeadRevision is the id of the head; an error if there are several, or none (get_head_revision).
func (e *Context) HeadRevision() (string, error) {
	n, err := e.setup.Graph.ResolveOne("head", nil)
	if err != nil {
		return "", err
	}
	return n.ID(), nil
}

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

// XArgumentMap are the -x arguments by key, the last of each (get_x_argument(as_dictionary=True)).
func (e *Context) XArgumentMap() map[string]string {
	m := map[string]string{}
	for _, a := range e.setup.XArgs {
		k, v, _ := strings.Cut(a, "=")
		m[k] = v
	}
	return m
}

// DatabaseURL is the URL of the database: -x database.url, the ini file or the
// environment variable DATABASE_URL. It holds the password; do not show it.
func (e *Context) DatabaseURL() (string, error) {
	if e.setup.Config == nil {
		return "", errors.New("reading the database URL: this environment has no configuration; give env.Options a connection")
	}
	url, _, err := e.setup.Config.DatabaseURL()
	var missing *config.MissingURLError
	if e.setup.Task.History && e.setup.DevURL != "" && errors.As(err, &missing) {
		if _, err := dburl.Parse(e.setup.DevURL); err != nil {
			return "", fmt.Errorf("--dev-url: %w", err)
		}
		return e.setup.DevURL, nil // there need not be any database: its kind is all that counts
	}
	return url, err
}

// Configure makes the environment ready to run against one database
// (EnvironmentContext.configure). It may be called again for another one.
func (e *Context) Configure(ctx context.Context, o Options) error {
	if e.migration != nil && e.migration.busy {
		return errBusy
	}
	if err := e.Close(); err != nil {
		return err
	}
	m, err := e.configure(ctx, e.setup, o)
	if err != nil {
		return err
	}
	e.migration = m
	return nil
}

// configure makes a migration of options, with what the command and the
// configuration say beside them. It may be called by several goroutines.
func (e *Context) configure(ctx context.Context, setup Setup, o Options) (*Migration, error) {
	if o.Tag == "" {
		o.Tag = setup.Task.Tag
	}
	if err := o.configured(setup.Config); err != nil {
		return nil, err
	}
	if setup.Task.History {
		var err error
		if o, err = e.redirect(ctx, o); err != nil {
			return nil, err
		}
	}
	m, err := newMigration(ctx, setup, o)
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.args == nil {
		e.args = map[string]any{}
	}
	maps.Copy(e.args, o.TemplateArgs)
	return m, nil
}

// MigrationContext is the run that was configured last (get_context).
func (e *Context) MigrationContext() (*Migration, error) {
	if e.migration == nil {
		return nil, errNotConfigured
	}
	return e.migration, nil
}

var errNotConfigured = errors.New("the environment is not configured: call e.Configure before this")

// Configured reports whether Configure was called.
func (e *Context) Configured() bool { return e.migration != nil }

// TemplateArgs are the further variables of the revision template.
func (e *Context) TemplateArgs() map[string]any { return e.args }

// RunMigrations does what the command wants (run_migrations): it takes the lock,
// reads the version table, and runs the steps in their transactions. Then it
// gives back the connection, if it took one.
//
// What is given in arguments reaches every Upgrade and Downgrade, which read it
// by its type: see op.Argument (run_migrations(**kw)).
func (e *Context) RunMigrations(ctx context.Context, arguments ...any) error {
	if e.migration == nil {
		return errNotConfigured
	}
	m := e.migration
	if !m.busy {
		m.arguments = arguments
	}
	if err := m.run(ctx); err != nil {
		if m.busy {
			return err
		}
		return errors.Join(err, m.Close())
	}
	return m.Close()
}

// Execute runs one statement as it is, on the connection or into the script (execute).
func (e *Context) Execute(ctx context.Context, sql string, args ...any) error {
	if e.migration == nil {
		return errNotConfigured
	}
	return e.migration.Execute(ctx, sql, args...)
}

// StaticOutput writes text into the script as it is; with a connection it does nothing (static_output).
func (e *Context) StaticOutput(text string) error {
	if e.migration == nil {
		return errNotConfigured
	}
	return e.migration.StaticOutput(text)
}

// Conn is the connection that was configured last; offline there is none (get_bind).
func (e *Context) Conn() (op.Conn, error) {
	if e.migration == nil {
		return nil, errNotConfigured
	}
	return e.migration.Conn()
}

// IsTransactionalDDL reports whether a transaction over schema changes is taken
// to undo them (is_transactional_ddl).
func (e *Context) IsTransactionalDDL() (bool, error) {
	if e.migration == nil {
		return false, errNotConfigured
	}
	return e.migration.IsTransactionalDDL(), nil
}

// Close gives back the connection that Configure took, where RunMigrations was
// not called behind it.
func (e *Context) Close() error {
	if e.migration == nil {
		return nil
	}
	return e.migration.Close()
}

// Call calls an environment's Run function, and gives back the connection of a
// migration that it configured and did not run. Scratch databases are dropped. A panic in it is a [*PanicError],
// runtime.Goexit a [*GoexitError].
func (e *Context) Call(ctx context.Context, run RunFunc) error {
	err := protect("the environment", func() error { return run(ctx, e) })
	return errors.Join(err, e.Close(), e.dropScratch(context.WithoutCancel(ctx)))
}
