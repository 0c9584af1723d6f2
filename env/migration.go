package env

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// Migration is one run against one database (MigrationContext).
type Migration struct {
	options Options
	task    Task
	graph   *revision.Map
	scripts map[string]script.Registered
	log     *slog.Logger
	dialect dialect.Dialect
	version *schema.Table
	sink    sink
	script  *buffer     // the sink offline, nil online
	tracker tracker     // the tables of a script, offline
	conn    *connection // nil offline
	tx      *transaction
	system  string
}

// newMigration connects, unless offline, and learns which database it is.
func newMigration(ctx context.Context, setup Setup, o Options) (*Migration, error) {
	m := &Migration{options: o, task: setup.Task, graph: setup.Graph, scripts: setup.Scripts, log: setup.Logger}
	if setup.Task.Offline {
		system, flavor, err := pick(setup.Systems, o, "")
		if err != nil {
			return nil, err
		}
		m.dialect, m.system = system.Offline(flavor), system.Name()
		var out io.Writer = setup.Output
		if o.OutputBuffer != nil {
			out = o.OutputBuffer
		}
		m.script = &buffer{out: out}
		m.sink = m.script
	} else if err := m.connect(ctx, setup, o); err != nil {
		return nil, err
	}
	m.version = versionTable(o)
	m.tx = &transaction{m: m}
	return m, nil
}

func (m *Migration) connect(ctx context.Context, setup Setup, o Options) error {
	conn, driver, err := connect(ctx, setup, o)
	if err != nil {
		return err
	}
	system, _, err := pick(setup.Systems, o, driver)
	if err == nil {
		m.system = system.Name()
		m.dialect, err = system.Detect(ctx, conn)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("asking the server which it is: %w", err), conn.close())
	}
	m.conn, m.sink = conn, &online{conn: conn}
	return nil
}

// Dialect is the database at hand.
func (m *Migration) Dialect() dialect.Dialect { return m.dialect }

// Conn is the connection of the run; offline there is none.
func (m *Migration) Conn() (op.Conn, error) {
	if m.conn == nil {
		return nil, errOffline
	}
	return m.conn, nil
}

var errOffline = errors.New("this needs a connection, and a script has none; run it without --sql, or guard it by the environment's IsOfflineMode")

// AutogenerateOptions are the options of a comparison, complete.
func (m *Migration) AutogenerateOptions() autogen.Options {
	o := m.options.Autogenerate
	o.Metadata = m.options.TargetMetadata
	o.VersionTable = m.version.Name
	return o
}

// Compare compares the database with the target metadata.
func (m *Migration) Compare(ctx context.Context) (*autogen.Result, error) {
	if m.conn == nil {
		return nil, errOffline
	}
	return autogen.Compare(ctx, m.dialect, m.conn, m.AutogenerateOptions())
}

// isTransactional reports whether a failed run leaves the schema as it was.
func (m *Migration) isTransactional() bool {
	return m.options.TransactionalDDL.or(m.dialect.TransactionalDDL())
}

// runner is how the operations of one revision reach the sink.
type runner struct {
	m     *Migration
	count int // statements done
}

// Run compiles a statement and sends it to the sink.
func (r *runner) Run(ctx context.Context, s ddl.Statement) error {
	if r.m.conn == nil {
		s = r.m.tracker.complete(s)
	}
	statements, err := dialect.Compile(ctx, r.m.dialect, r.m.catalog(), s)
	if err != nil {
		return err
	}
	for _, q := range statements {
		if err := r.m.send(ctx, q); err != nil {
			return err
		}
		r.count++
	}
	if r.m.conn == nil {
		r.m.tracker.follow(s)
	}
	return nil
}

// Conn is the connection of the run.
func (r *runner) Conn() (op.Conn, error) { return r.m.Conn() }

// Dialect is the name of the dialect.
func (r *runner) Dialect() string { return r.m.dialect.Name() }

// send gives one statement to the sink, outside the transaction if it must be.
func (m *Migration) send(ctx context.Context, q dialect.SQL) error {
	if q.Autocommit && m.tx.open {
		return m.tx.autocommit(ctx, func() error { return m.sink.exec(ctx, q) })
	}
	return m.sink.exec(ctx, q)
}

// catalog answers a grammar's questions about tables; offline there is none.
func (m *Migration) catalog() dialect.Catalog {
	if m.conn == nil {
		return nil
	}
	return &catalog{m: m}
}

type catalog struct{ m *Migration }

// Table reflects one table.
func (c *catalog) Table(ctx context.Context, name schema.Name) (*schema.Table, error) {
	scope := dialect.Scope{Include: func(n schema.Name) bool { return n == name }}
	if name.Schema != "" {
		scope.Schemas = []string{name.Schema}
	}
	r, err := c.m.dialect.Reflect(ctx, c.m.conn, scope)
	if err != nil {
		return nil, fmt.Errorf("reflecting table %q: %w", name, err)
	}
	for _, t := range r.Tables {
		if t.Name == name {
			return t, nil
		}
	}
	for _, p := range r.Problems {
		if p.Object.Name == name {
			return nil, fmt.Errorf("reflecting table %q: %w", name, p.Err)
		}
	}
	return nil, fmt.Errorf("reflecting table %q: there is no such table", name)
}

// Conn is the connection.
func (c *catalog) Conn() dialect.Conn { return c.m.conn }
