package env

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
)

// connection is the one connection of a run.
type connection struct {
	dialect.Conn
	caller bool      // in the caller's own transaction
	pool   *sql.DB   // what it was taken from; nil if it is the caller's
	pooled *sql.Conn // taken from the pool, to be given back; nil if it is the caller's
	opened bool      // the pool was opened for the run
}

// connect gives the connection that the options name, and what its driver is for.
func connect(ctx context.Context, setup Setup, o Options) (*connection, string, error) {
	switch {
	case o.Tx != nil:
		return &connection{Conn: o.Tx, caller: true}, "", nil
	case o.Conn != nil:
		return &connection{Conn: o.Conn}, connDialect(o.Conn), nil
	case o.DB != nil:
		c, err := o.DB.Conn(ctx)
		if err != nil {
			return nil, "", fmt.Errorf("taking a connection of the pool: %w", err)
		}
		return &connection{Conn: c, pool: o.DB, pooled: c}, connDialect(c), nil
	case o.URL != "":
		e := Context{setup: setup}
		db, err := e.Open(ctx, o.URL)
		if err != nil {
			return nil, "", err
		}
		c, err := db.Conn(ctx)
		if err != nil {
			return nil, "", errors.Join(fmt.Errorf("taking a connection of the pool: %w", err), db.Close())
		}
		return &connection{Conn: c, pool: db, pooled: c, opened: true}, connDialect(c), nil
	}
	return nil, "", errNowhere
}

var errNowhere = errors.New("configuring the environment: there is nothing to connect to; give env.Options a DB, a Conn, a Tx or a URL")

// close gives back what the run took. A connection that is not as it was found
// (it may hold a lock, or have autocommit off) is not given to anybody else.
func (c *connection) close(spoilt bool) error {
	var err error
	if c.pooled != nil {
		if spoilt {
			err = c.discard()
		} else {
			err = c.pooled.Close()
		}
	}
	if c.opened {
		err = errors.Join(err, c.pool.Close())
	}
	if isGone(err) {
		return nil
	}
	return err
}

// discard takes the connection out of the pool.
func (c *connection) discard() error {
	_ = c.pooled.Raw(func(any) error { return driver.ErrBadConn })
	return c.pooled.Close()
}

// gone reports whether the connection is no longer there. A driver may say so in
// words of its own, but only of the statement that finds it out: go-sql-driver's
// first one fails with "invalid connection", and all others with driver.ErrBadConn.
func (c *connection) gone(ctx context.Context) bool {
	_, err := c.ExecContext(ctx, "SELECT 1")
	return isGone(err)
}

// isGone reports whether an error says no more than that the connection is no longer there.
func isGone(err error) bool {
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone)
}
