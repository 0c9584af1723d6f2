package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// LockBeginsTransaction is true: see [database.Lock].
func (database) LockBeginsTransaction() bool { return true }

// Lock begins a transaction that may write: BEGIN IMMEDIATE. SQLite lets one
// connection at a time, of any process, have one, so that the transaction is
// the lock, and the run uses it as its own. A lock beside it would not do:
// SQLite has none that ends with its holder.
//
// On a database that cannot be written SQLite begins a transaction that only
// reads; the first write says why. The name is not used but in errors: there is one lock for a database file.
func (d database) Lock(ctx context.Context, conn dialect.Conn, name string, wait time.Duration) (unlock func(context.Context) error, err error) {
	patience, err := takePatience(ctx, conn)
	if err != nil {
		return nil, fmt.Errorf("locking the database: %w", err)
	}
	defer func() {
		if perr := setPatience(context.WithoutCancel(ctx), conn, patience); perr != nil && err == nil {
			unlock, err = nil, errors.Join(perr, rollback(context.WithoutCancel(ctx), conn))
		}
	}()
	start := time.Now() //nolint:forbidigo // a wait is measured by the machine's own clock
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, 200*time.Millisecond) {
		_, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE")
		if err == nil {
			return func(ctx context.Context) error { return rollback(ctx, conn) }, nil
		}
		if ctx.Err() != nil {
			// The context may have ended behind the statement's back.
			return nil, errors.Join(ctx.Err(), rollback(context.WithoutCancel(ctx), conn))
		}
		if !busy(err) {
			return nil, fmt.Errorf("locking the database: %w", err)
		}
		waited := time.Since(start)
		if wait > 0 && waited >= wait {
			return nil, &dialect.LockedError{Name: name, Waited: wait}
		}
		if wait > 0 {
			pause = min(pause, wait-waited)
		}
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		case <-timer.C:
		}
	}
}

// takePatience sets the connection's own waiting, which no context ends, to
// nothing, and returns what it was.
func takePatience(ctx context.Context, conn dialect.Conn) (milliseconds int, err error) {
	if err := conn.QueryRowContext(ctx, "PRAGMA busy_timeout").Scan(&milliseconds); err != nil {
		return 0, err
	}
	return milliseconds, setPatience(ctx, conn, 0)
}

func setPatience(ctx context.Context, conn dialect.Conn, milliseconds int) error {
	var now int // the statement answers with the new value
	return conn.QueryRowContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", milliseconds)).Scan(&now)
}

// rollback ends the transaction that is the lock, unless it has ended already.
func rollback(ctx context.Context, conn dialect.Conn) error {
	_, err := conn.ExecContext(ctx, "ROLLBACK")
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// busy reports whether another connection is in the way. Drivers have error
// types of their own; all of them carry SQLite's words.
func busy(err error) bool {
	var code interface{ Code() int }
	if errors.As(err, &code) {
		c := code.Code() & 0xff
		return c == 5 || c == 6 // SQLITE_BUSY, SQLITE_LOCKED
	}
	return strings.Contains(err.Error(), "database is locked") || strings.Contains(err.Error(), "table is locked")
}
