package env

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// runner is how the operations of one revision reach the sink. It counts what
// was done, and how much of that a rollback would leave.
type runner struct {
	m          *Migration
	done, kept int // statements
	raw        *rawConn
}

// Run compiles a statement and sends it to the sink.
func (r *runner) Run(ctx context.Context, s ddl.Statement) error {
	offline := r.m.conn == nil
	if offline {
		s = r.m.tracker.complete(s)
	}
	if err := r.m.confine(s); err != nil {
		return err
	}
	statements, err := dialect.Compile(ctx, r.m.dialect, r.m.catalog(), s)
	if err != nil {
		return err
	}
	for _, q := range statements {
		if err := r.send(ctx, q); err != nil {
			return err
		}
	}
	if offline {
		r.m.tracker.follow(s)
	}
	return nil
}

// send gives one statement to the sink, outside the transaction if it must be. A
// statement that commits itself, or of which no other in its transaction would be
// lost, is tried again if others were in the way: it has done nothing then.
func (r *runner) send(ctx context.Context, q dialect.SQL) error {
	exec := func() error {
		for tries := 1; ; tries++ {
			err := r.m.sink.exec(ctx, q)
			alone := r.alone(q.Text)
			r.count(q.Text, err)
			if !alone || !blocked(err) {
				return err
			}
			again, werr := r.m.retry(ctx, "A statement", tries, err)
			if werr != nil {
				return werr
			}
			if !again {
				return err
			}
		}
	}
	if q.Autocommit {
		return r.m.tx.autocommit(ctx, exec)
	}
	return exec()
}

// alone reports whether a statement stands for itself, so that its failure undoes
// nothing but itself. Where the database undoes schema changes none does: there
// the transaction is tried again, or what ran outside of it has left something
// behind, such as PostgreSQL's invalid index.
func (r *runner) alone(sql string) bool {
	c := r.m.selfCommitter()
	return c != nil && !r.m.inCallers() && (r.done == r.kept || c.CommitsItself(sql, nil))
}

// count takes note of a statement that was tried.
func (r *runner) count(sql string, err error) {
	c := r.m.selfCommitter()
	commits := c != nil && c.CommitsItself(sql, err)
	if commits {
		r.kept = r.done
		r.m.ended = r.m.inCallers()
	}
	if err != nil {
		return
	}
	r.done++
	if commits || r.m.ended || (!r.m.tx.open && !r.m.inCallers()) {
		r.kept = r.done
	}
}

// AutocommitBlock runs f outside the transaction.
func (r *runner) AutocommitBlock(ctx context.Context, f func() error) error {
	return r.m.tx.autocommit(ctx, f)
}

// Conn is the connection of the run.
func (r *runner) Conn() (op.Conn, error) {
	if err := r.m.online(); err != nil {
		return nil, err
	}
	if r.raw == nil {
		r.raw = &rawConn{r: r}
	}
	return r.raw, nil
}

// Dialect is the name of the dialect.
func (r *runner) Dialect() string { return r.m.dialect.Name() }

// Names are all by which the dialect is known.
func (r *runner) Names() []string { return r.m.dialect.Names() }

// Database is what the environment calls the database at hand.
func (r *runner) Database() string { return r.m.options.Database }

// Arguments are what the run was given for its revisions.
func (r *runner) Arguments() []any { return r.m.arguments }

// close closes the results that the revision left open: they would block the connection for good.
func (r *runner) close() {
	if r.raw == nil {
		return
	}
	for _, rows := range r.raw.open {
		_ = rows.Close()
	}
	r.raw.open = nil
}

// rawConn is the connection as a revision gets it.
type rawConn struct {
	r    *runner
	open []*sql.Rows // perhaps still open
}

// ExecContext executes a statement.
func (c *rawConn) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	res, err := c.r.m.exec(ctx, query, args)
	c.r.count(query, err)
	return res, c.r.m.hindered(err)
}

// QueryContext runs a query.
func (c *rawConn) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := c.r.m.query(ctx, query, args)
	if err != nil {
		return nil, c.r.m.hindered(err)
	}
	if len(c.open) == cap(c.open) { // time to forget those that were closed
		kept := c.open[:0]
		for _, o := range c.open {
			if _, err := o.Columns(); err == nil {
				kept = append(kept, o)
			}
		}
		c.open = kept
	}
	c.open = append(c.open, rows)
	return rows, nil
}

// QueryRowContext runs a query of one row.
func (c *rawConn) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	ctx, end := c.r.m.observed(ctx, c.r.m.statement(query))
	row := c.r.m.conn.QueryRowContext(ctx, query, args...)
	end(row.Err())
	return row
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
