package mysql

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// lockPoll is how often a lock that is held is asked for again. GET_LOCK waits
// in whole seconds on MySQL and cannot be cancelled without losing the connection.
const lockPoll = 25 * time.Millisecond

// Lock takes a named lock of the server (GET_LOCK), held by this connection and
// let go when it ends. Such locks belong to the whole server, so the name
// includes the database.
func (d *Dialect) Lock(ctx context.Context, conn dialect.Conn, name string, wait time.Duration) (func(context.Context) error, error) {
	key, err := lockKey(ctx, conn, name)
	if err != nil {
		return nil, fmt.Errorf("taking the lock %q: %w", name, err)
	}
	var expired <-chan time.Time
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		expired = timer.C
	}
	for {
		got, err := d.tryLock(ctx, conn, key)
		if err != nil {
			return nil, fmt.Errorf("taking the lock %q: %w", name, err)
		}
		if got {
			return func(ctx context.Context) error { return d.unlock(ctx, conn, name, key) }, nil
		}
		poll := time.NewTimer(lockPoll)
		select {
		case <-ctx.Done():
			poll.Stop()
			return nil, fmt.Errorf("waiting for the lock %q: %w", name, context.Cause(ctx))
		case <-expired:
			poll.Stop()
			return nil, &dialect.LockedError{Name: name, Holder: d.holder(ctx, conn, key), Waited: wait}
		case <-poll.C:
		}
	}
}

// lockKey is the lock's name on the server, of at most 64 characters.
func lockKey(ctx context.Context, conn dialect.Conn, name string) (string, error) {
	var database sql.NullString
	if err := conn.QueryRowContext(ctx, "SELECT DATABASE()").Scan(&database); err != nil {
		return "", err
	}
	key := "gomig:" + database.String + ":" + name
	if len(key) <= 64 {
		return key, nil
	}
	sum := sha256.Sum256([]byte(key))
	return "gomig:" + hex.EncodeToString(sum[:])[:58], nil
}

// tryLock asks for the lock once. The functions of locks stand in plain statements:
// TiDB evaluates those of a prepared one twice where it plans it, so that
// RELEASE_LOCK(?) lets go and then says 0 (8.5.4).
func (d *Dialect) tryLock(ctx context.Context, conn dialect.Conn, key string) (bool, error) {
	var got sql.NullInt64
	err := conn.QueryRowContext(ctx, "SELECT GET_LOCK("+d.quotedText(key)+", 0)").Scan(&got)
	if d.is(TiDB) && contended(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !got.Valid {
		return false, errors.New("the server could not take it (GET_LOCK gave NULL)")
	}
	return got.Int64 == 1, nil
}

// contended reports whether TiDB gave up asking for a lock since too many others
// ask at the same time: it keeps locks as rows of a table (8.5.4).
func contended(err error) bool {
	return err != nil && strings.Contains(err.Error(), "pessimistic lock retry limit")
}

func (d *Dialect) unlock(ctx context.Context, conn dialect.Conn, name, key string) error {
	var released sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT RELEASE_LOCK("+d.quotedText(key)+")").Scan(&released); err != nil {
		return fmt.Errorf("releasing the lock %q: %w", name, err)
	}
	if released.Int64 != 1 {
		return fmt.Errorf("releasing the lock %q: this connection did not hold it any more", name)
	}
	return nil
}

// holder says who holds the lock, as far as the server tells: TiDB answers 1
// whoever it is, and seeing others takes the PROCESS right.
func (d *Dialect) holder(ctx context.Context, conn dialect.Conn, key string) string {
	if d.is(TiDB) {
		return "a connection that TiDB does not name"
	}
	var id sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT IS_USED_LOCK("+d.quotedText(key)+")").Scan(&id); err != nil || !id.Valid {
		return ""
	}
	var user, host string
	err := conn.QueryRowContext(ctx, "SELECT USER, HOST FROM information_schema.PROCESSLIST WHERE ID = ?", id.Int64).Scan(&user, &host)
	if err != nil {
		return fmt.Sprintf("connection %d", id.Int64)
	}
	return fmt.Sprintf("connection %d, %s from %s", id.Int64, user, host)
}
