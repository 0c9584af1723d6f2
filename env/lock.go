package env

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// lockName names the lock of a run: one for each version table.
func (m *Migration) lockName() string {
	name := m.version.Name
	if d, ok := m.dialect.(dialect.SchemaSharer); ok {
		name = d.InSchema(name)
	}
	return "gomig " + name.String()
}

// lockBegins reports whether taking the lock is what begins a transaction (SQLite).
func (m *Migration) lockBegins() bool {
	l, ok := m.dialect.(dialect.LockTransaction)
	return ok && l.LockBeginsTransaction() && m.conn != nil
}

// quietWait is how long a run waits for the lock before it says so.
const quietWait = time.Second

// lock takes the run's lock, unless the options say not to.
func (t *transaction) lock(ctx context.Context) error {
	m := t.m
	if m.options.NoLock || (m.inCallers() && m.lockBegins()) {
		return nil
	}
	wait := m.options.LockTimeout
	switch {
	case wait == 0:
		wait = defaultLockTimeout
	case wait < 0:
		wait = 0 // as long as the context
	}
	first := quietWait
	if wait > 0 {
		first = min(wait, quietWait)
	}
	err := t.take(ctx, first)
	locked := (*dialect.LockedError)(nil)
	if errors.As(err, &locked) && (wait == 0 || wait > first) {
		m.log.Info("Waiting for the migration lock" + by(locked.Holder))
		if wait > 0 {
			wait -= first
		}
		_, end := m.observed(ctx, WaitEvent{Holder: locked.Holder})
		if err = t.take(ctx, wait); errors.As(err, &locked) {
			locked.Waited += first
		}
		end(err)
	}
	if err != nil {
		return fmt.Errorf("taking the migration lock: %w", err)
	}
	return nil
}

func by(holder string) string {
	if holder == "" {
		return ", which another run holds"
	}
	return ", which another run holds: " + holder
}

// take tries for a time to take the lock.
func (t *transaction) take(ctx context.Context, wait time.Duration) error {
	m := t.m
	if l, ok := m.dialect.(dialect.TransactionLocker); ok && m.inCallers() {
		return l.LockTransaction(ctx, m.conn, m.lockName(), wait)
	}
	unlock, err := m.dialect.Lock(ctx, m.conn, m.lockName(), wait)
	if err != nil {
		return err
	}
	t.unlock, t.open = unlock, m.lockBegins()
	return nil
}

// release gives the lock back.
func (t *transaction) release(ctx context.Context) error {
	if t.unlock == nil {
		return nil
	}
	unlock := t.unlock
	t.unlock = nil
	if err := unlock(ctx); err != nil {
		return fmt.Errorf("releasing the migration lock: %w", err)
	}
	return nil
}

// patience bounds the putting in order behind a run, whose own context may have ended.
const patience = 30 * time.Second

// locked runs f under the run's lock, on a connection set up for it. Whatever
// happens, an open transaction is undone, the lock released and the connection restored.
func (m *Migration) locked(ctx context.Context, f func() error) (err error) {
	if m.outer {
		return f() // all of that is done
	}
	var undo []func(context.Context) error
	session := ""
	defer func() {
		tidy, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		for _, step := range slices.Backward(undo) {
			uerr := step(tidy)
			if uerr == nil {
				continue
			}
			m.spoilt = true
			if err == nil || (!isGone(uerr) && !m.conn.gone(tidy)) { // behind an error the connection may be gone, and the lock with it
				err = errors.Join(err, uerr)
			}
		}
		if m.spoilt && (ctx.Err() != nil || m.overdue) && session != "" {
			m.kill(tidy, session)
		}
	}()
	if k, ok := m.dialect.(dialect.Killer); ok && m.conn.pool != nil {
		if session, err = k.SessionID(ctx, m.conn); err != nil {
			return err
		}
		m.session = session
	}
	if p, ok := m.dialect.(dialect.Preparer); ok && !m.inCallers() {
		restore, err := p.Prepare(ctx, m.conn)
		if err != nil {
			return err
		}
		undo = append(undo, restore)
	}
	restore, err := m.limit(ctx)
	undo = append(undo, restore)
	if err != nil {
		return err
	}
	if err := m.tx.lock(ctx); err != nil {
		return err
	}
	undo = append(undo, m.tx.release)
	if m.selfCommitter() != nil && !m.inCallers() {
		was, err := m.setAutocommit(ctx, false)
		if err != nil {
			return err
		}
		undo = append(undo, func(ctx context.Context) error {
			if m.spoilt { // switching it on would commit what could not be rolled back
				return nil
			}
			_, err := m.setAutocommit(ctx, was)
			return err
		})
	}
	undo = append(undo, m.tx.rollback)
	return f()
}

// kill ends the session of a run whose context, or a statement's time, has ended, so that a statement
// that still runs there does not hold the lock for as long as it takes.
func (m *Migration) kill(ctx context.Context, session string) {
	pool := m.conn.pool
	_ = m.conn.discard() // the pool may be one of a single connection
	other, err := pool.Conn(ctx)
	if err == nil {
		err = errors.Join(m.dialect.(dialect.Killer).Kill(ctx, other, session), other.Close())
	}
	if err != nil {
		m.log.Warn("The statement that was cancelled may go on for a while on the server, which holds the migration lock so long", "error", err)
	}
}
