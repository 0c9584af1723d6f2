package env

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// Migration is the work on one database (MigrationContext): over a connection,
// or into a script. It is for one goroutine at a time.
type Migration struct {
	setup   Setup
	options Options
	task    Task
	graph   *revision.Map
	scripts map[string]script.Registered
	log     *slog.Logger
	dialect dialect.Dialect
	version *schema.Table
	sink    sink
	script  *buffer             // the sink offline, nil online
	frame   dialect.ScriptFrame // around the transactions of a script; empty online
	tracker tracker             // the tables of a script, offline
	conn    *connection         // nil offline
	tx      *transaction
	// schemaScript is what a script begins with to be in its default schema.
	schemaScript []dialect.SQL

	leave         func() error                // puts the connection's default schema back; nil if it was not changed
	arguments     []any                       // for the revisions of the run
	next          func(context.Context) error // called before the run commits; nil for nothing
	wentOn        bool                        // it was
	ran, stay     int                         // steps of the run, and how many of them are committed
	runner        *runner                     // of the step that runs
	last          *runner                     // of the step that ran last
	autocommitOff bool                        // every statement is in a transaction
	spoilt        bool                        // the connection could not be put in order again
	ended         bool                        // a statement committed the caller's transaction; since then each commits itself
	busy, closed  bool
	outer         bool // inside of BeginTransaction
	number        int  // among several databases
	observers     []Observer
	planned       int    // steps of the run
	session       string // of the connection, as the server knows it; empty if that is not known

	bound   time.Duration // of a statement, where the server does not see to it; 0 for none
	overdue bool          // a statement was left to itself on the server, having taken too long
}

// newMigration connects, unless offline, and learns which database it is.
func newMigration(ctx context.Context, setup Setup, o Options) (*Migration, error) {
	m := &Migration{setup: setup, options: o, task: setup.Task, graph: setup.Graph, scripts: setup.Scripts, log: setup.Logger}
	m.observers = slices.Concat(setup.Observers, o.Observers)
	m.tx = &transaction{m: m}
	m.version = versionTable(o)
	var err error
	if setup.Task.Offline {
		err = m.offline(setup, o)
	} else {
		err = m.connect(ctx, setup, o)
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

func (m *Migration) offline(setup Setup, o Options) error {
	system, flavor, err := named(setup.Systems, o)
	if err != nil {
		return err
	}
	if system == nil {
		return errors.New("configuring the environment: a script needs to know the database; give env.Options a URL or a Dialect")
	}
	if m.dialect, err = offlineDialect(system, flavor, o.ServerVersion); err != nil {
		return err
	}
	m.script = &buffer{out: setup.Output, delimiter: system.Name() == "mysql", dialect: system.Name()}
	if o.OutputBuffer != nil {
		m.script.out = o.OutputBuffer
	}
	m.sink = m.script
	return m.useSchemaOffline(system)
}

func (m *Migration) connect(ctx context.Context, setup Setup, o Options) error {
	if err := o.forScripts(); err != nil {
		return err
	}
	conn, driver, err := connect(ctx, setup, o)
	if err != nil {
		return err
	}
	system, err := online(ctx, setup.Systems, o, conn, driver)
	if err == nil {
		err = m.useSchema(ctx, system, conn)
	}
	if err == nil {
		if m.dialect, err = system.Detect(ctx, conn); err != nil {
			err = fmt.Errorf("asking the server which it is: %w", err)
		}
	}
	if err != nil {
		if m.leave != nil {
			m.spoilt = m.leave() != nil
		}
		return errors.Join(err, conn.close(m.spoilt))
	}
	m.conn, m.sink = conn, &connected{m}
	return nil
}

// Close gives back what Configure or NewMigration took: a connection of the
// pool, or the database it opened. What the caller gave stays open. Closing
// twice does nothing.
func (m *Migration) Close() error {
	if m.closed || m.conn == nil || m.outer {
		return nil
	}
	m.closed = true
	var err error
	if m.leave != nil && !m.spoilt {
		err = m.leave()
		m.spoilt = err != nil
	}
	if m.spoilt && m.conn.pooled != nil {
		err = nil // nobody gets that connection any more
	}
	return errors.Join(err, m.conn.close(m.spoilt))
}

// Database is what the environment calls this database, where it has several.
func (m *Migration) Database() string { return m.options.Database }

// Number is the place of this database among several, from 0, in the order in
// which the environment names them.
func (m *Migration) Number() int { return m.number }

// Options are what the migration was configured with (opts).
func (m *Migration) Options() Options { return m.options }

// Script is the history of revisions (script).
func (m *Migration) Script() *revision.Map { return m.graph }

// IsOfflineMode reports whether the migration writes a script (as_sql).
func (m *Migration) IsOfflineMode() bool { return m.conn == nil }

// Dialect is the database at hand.
func (m *Migration) Dialect() dialect.Dialect { return m.dialect }

// Conn is the connection of the run; offline there is none (bind).
func (m *Migration) Conn() (op.Conn, error) {
	if err := m.online(); err != nil {
		return nil, err
	}
	return m.conn, nil
}

var (
	errOffline = errors.New("this needs a connection, and a script has none; run it without --sql, or guard it by the environment's IsOfflineMode")
	errClosed  = errors.New("this migration is over and its connection given back; configure another one")
	errBusy    = errors.New("a run is under way already on this connection; run one after the other")
)

// online is an error if there is no connection to use.
func (m *Migration) online() error {
	switch {
	case m.conn == nil:
		return errOffline
	case m.closed:
		return errClosed
	}
	return nil
}

// inCallers reports whether everything happens in the caller's own transaction.
func (m *Migration) inCallers() bool { return m.conn != nil && m.conn.caller }

// AutogenerateOptions are the options of a comparison, complete.
func (m *Migration) AutogenerateOptions() autogen.Options {
	o := m.options.Autogenerate
	o.Metadata = m.options.TargetMetadata
	o.VersionTable = m.version.Name
	if o.Scratch == nil {
		o.Scratch = m.scratchServer()
	}
	return o
}

// Compare compares the database with the target metadata. Renames are new names
// of tables and columns, OLD:NEW, beside those of the options and the metadata.
func (m *Migration) Compare(ctx context.Context, renames ...string) (*autogen.Result, error) {
	if err := m.online(); err != nil {
		return nil, err
	}
	o := m.AutogenerateOptions()
	o.Renames = slices.Concat(o.Renames, renames)
	return autogen.Compare(ctx, m.dialect, m.conn, o)
}

// IsTransactionalDDL reports whether a transaction over schema changes is taken
// to undo them: what the options say, or else the dialect (is_transactional_ddl).
func (m *Migration) IsTransactionalDDL() bool {
	return m.options.TransactionalDDL.or(m.dialect.TransactionalDDL())
}

// wholeRun reports whether one transaction spans the run.
func (m *Migration) wholeRun() bool {
	return m.IsTransactionalDDL() && !m.options.TransactionPerMigration
}

// Operations are operations outside any revision, on the connection of m or
// into its script (Operations.context). They are in no transaction of their own.
func (m *Migration) Operations(ctx context.Context) *op.Operations {
	return op.New(ctx, &runner{m: m})
}

// Execute runs one statement as it is, on the connection or into the script (execute).
func (m *Migration) Execute(ctx context.Context, sql string, args ...any) error {
	if m.conn != nil && m.closed {
		return errClosed
	}
	r := &runner{m: m}
	if err := r.Run(ctx, ddl.Raw{SQL: sql, Args: args}); err != nil {
		return err
	}
	if m.script != nil && !m.busy && !m.outer {
		return m.script.flush()
	}
	return nil
}

// StaticOutput writes text into the script as it is; with a connection it does
// nothing (static_output).
func (m *Migration) StaticOutput(text string) error {
	if m.script == nil {
		return nil
	}
	m.script.write(text)
	if m.busy || m.outer {
		return nil
	}
	return m.script.flush()
}
