package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// The waits between two tries to take the lock.
const (
	firstWait = 10 * time.Millisecond
	lastWait  = 250 * time.Millisecond
)

// Lock takes an advisory lock of the session, in the database that it is
// connected to. It tries again and again instead of letting the server wait: a
// statement that waits holds a snapshot, for the end of which the holder's CREATE
// INDEX CONCURRENTLY would wait in turn. conn must not be in a transaction for
// the same reason.
//
// A pooler that gives each transaction another session (PgBouncer's transaction
// mode) loses such locks; migrate through a direct connection.
// https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
func (s server) Lock(ctx context.Context, conn dialect.Conn, name string, wait time.Duration) (func(context.Context) error, error) {
	key := lockKey(name)
	if err := take(ctx, conn, "pg_try_advisory_lock", name, wait); err != nil {
		return nil, err
	}
	return unlocker(conn, name, key), nil
}

// LockTransaction takes the same lock until the transaction of conn ends.
func (s server) LockTransaction(ctx context.Context, conn dialect.Conn, name string, wait time.Duration) error {
	return take(ctx, conn, "pg_try_advisory_xact_lock", name, wait)
}

// take tries again and again, by a function of the server's.
func take(ctx context.Context, conn dialect.Conn, function, name string, wait time.Duration) error {
	key := lockKey(name)
	began := time.Now() //nolint:forbidigo // a wait is measured, nothing depends on the hour
	pause := firstWait
	for {
		var got bool
		if err := conn.QueryRowContext(ctx, "SELECT "+function+"($1)", key).Scan(&got); err != nil {
			return fmt.Errorf("taking the lock %q: %w", name, err)
		}
		if got {
			return nil
		}
		waited := time.Since(began)
		if wait > 0 && waited >= wait {
			return &dialect.LockedError{Name: name, Holder: holder(ctx, conn, key), Waited: waited.Round(time.Millisecond)}
		}
		next := pause
		if wait > 0 {
			next = min(next, wait-waited)
		}
		if err := sleep(ctx, next); err != nil {
			return fmt.Errorf("waiting for the lock %q: %w", name, err)
		}
		pause = min(2*pause, lastWait)
	}
}

// lockKey is the number of a lock: locks have no names.
func lockKey(name string) int64 {
	sum := sha256.Sum256([]byte("gomig " + name))
	return int64(binary.BigEndian.Uint64(sum[:8])) //nolint:gosec // any bits will do
}

func unlocker(conn dialect.Conn, name string, key int64) func(context.Context) error {
	return func(ctx context.Context) error {
		var held bool
		if err := conn.QueryRowContext(ctx, "SELECT pg_advisory_unlock($1)", key).Scan(&held); err != nil {
			return fmt.Errorf("releasing the lock %q: %w", name, err)
		}
		if !held {
			return fmt.Errorf("releasing the lock %q: %w", name, errLost)
		}
		return nil
	}
}

var errLost = errors.New("this connection does not hold it any more; another run may have begun meanwhile")

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// A lock of 64 bits is shown in two halves, with objsubid 1.
const holderQuery = `SELECT concat_ws(', ', 'process ' || l.pid, 'user ' || a.usename, nullif(a.application_name, ''),
  'from ' || host(a.client_addr), 'since ' || to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND (l.classid::bigint << 32 | l.objid::bigint) = $1
ORDER BY l.pid LIMIT 1`

// holder says who holds the lock, as far as that can be seen.
func holder(ctx context.Context, conn dialect.Conn, key int64) string {
	var who string
	if err := conn.QueryRowContext(ctx, holderQuery, key).Scan(&who); err != nil {
		return ""
	}
	return who
}
