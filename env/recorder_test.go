package env_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"sync"
	"testing"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// recorder is a driver that writes down what is sent to another.
type recorder struct {
	under driver.Driver
	dsn   string

	mu   sync.Mutex
	sent []string
	// before is called with each statement; an error takes the place of the statement.
	before func(query string) error
}

// record opens the database of a test once more, through a recorder.
func record(t testing.TB, d *testdb.DB) (*sql.DB, *recorder) {
	t.Helper()
	r := &recorder{under: d.DB.Driver(), dsn: d.DSN}
	db := sql.OpenDB(r)
	t.Cleanup(func() { _ = db.Close() })
	return db, r
}

func (r *recorder) Connect(context.Context) (driver.Conn, error) {
	c, err := r.under.Open(r.dsn)
	if err != nil {
		return nil, err
	}
	return &recordedConn{Conn: c, r: r}, nil
}

func (r *recorder) Driver() driver.Driver { return r.under }

func (r *recorder) note(query string) error {
	query = strings.Join(strings.Fields(query), " ")
	r.mu.Lock()
	r.sent = append(r.sent, query)
	before := r.before
	r.mu.Unlock()
	if before != nil {
		return before(query)
	}
	return nil
}

// take gives what was sent since it was last called.
func (r *recorder) take() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	sent := r.sent
	r.sent = nil
	return sent
}

// recordedConn is one connection.
type recordedConn struct {
	driver.Conn
	r *recorder
}

func (c *recordedConn) Prepare(query string) (driver.Stmt, error) {
	if err := c.r.note("PREPARE " + query); err != nil {
		return nil, err
	}
	return c.Conn.Prepare(query)
}

func (c *recordedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if err := c.r.note("PREPARE " + query); err != nil {
		return nil, err
	}
	return c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
}

func (c *recordedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.r.note(query); err != nil {
		return nil, err
	}
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c *recordedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.r.note(query); err != nil {
		return nil, err
	}
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c *recordedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := c.r.note("(the driver begins)"); err != nil {
		return nil, err
	}
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

func (c *recordedConn) CheckNamedValue(v *driver.NamedValue) error {
	if k, ok := c.Conn.(driver.NamedValueChecker); ok {
		return k.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

func (c *recordedConn) ResetSession(ctx context.Context) error {
	if k, ok := c.Conn.(driver.SessionResetter); ok {
		return k.ResetSession(ctx)
	}
	return nil
}

func (c *recordedConn) IsValid() bool {
	if k, ok := c.Conn.(driver.Validator); ok {
		return k.IsValid()
	}
	return true
}
