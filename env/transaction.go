package env

import (
	"context"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
)

// transaction is the transaction of a run, begun and ended as the arrangement
// of Alembic says: over the run, or over each step.
type transaction struct {
	m      *Migration
	open   bool
	unlock func(context.Context) error // of the run's lock; nil while it is not held
}

// lockName names the lock of a run: one for each version table.
func (m *Migration) lockName() string { return "gomig " + m.version.Name.String() }

// lockBegins reports whether taking the lock is what begins a transaction (SQLite).
func (m *Migration) lockBegins() bool {
	l, ok := m.dialect.(dialect.LockTransaction)
	return ok && l.LockBeginsTransaction()
}

// lock takes the run's lock, unless the options say not to.
func (t *transaction) lock(ctx context.Context) error {
	m := t.m
	if m.options.NoLock || (m.conn.caller && m.lockBegins()) {
		return nil
	}
	wait := m.options.LockTimeout
	if wait == 0 {
		wait = defaultLockTimeout
	}
	unlock, err := m.dialect.Lock(ctx, m.conn, m.lockName(), wait)
	if err != nil {
		return fmt.Errorf("taking the migration lock: %w", err)
	}
	t.unlock = unlock
	t.open = m.lockBegins()
	return nil
}

// release gives the lock back, whatever became of the run.
func (t *transaction) release(ctx context.Context) error {
	if t.unlock == nil {
		return nil
	}
	unlock := t.unlock
	t.unlock = nil
	if t.m.lockBegins() {
		t.open = false
	}
	if err := unlock(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("releasing the migration lock: %w", err)
	}
	return nil
}

// begin begins a transaction, unless one is open or the caller has one.
func (t *transaction) begin(ctx context.Context) error {
	m := t.m
	if t.open || (m.conn != nil && m.conn.caller) {
		return nil
	}
	if m.conn != nil && m.lockBegins() && !m.options.NoLock {
		return t.lock(ctx)
	}
	if err := m.sink.exec(ctx, dialect.SQL{Text: "BEGIN"}); err != nil {
		return err
	}
	t.open = true
	return nil
}

// commit ends the transaction and keeps what it did.
func (t *transaction) commit(ctx context.Context) error {
	if !t.open {
		return nil
	}
	if check, ok := t.m.dialect.(dialect.CommitChecker); ok && t.m.conn != nil {
		if err := check.CheckCommit(ctx, t.m.conn); err != nil {
			return err
		}
	}
	if err := t.m.sink.exec(ctx, dialect.SQL{Text: "COMMIT"}); err != nil {
		return err
	}
	t.open = false
	if t.m.conn != nil && t.m.lockBegins() {
		t.unlock = nil // the commit gave the lock back
	}
	return nil
}

// rollback ends the transaction and undoes what it did. Offline nothing is
// written: a script that failed has no end.
func (t *transaction) rollback(ctx context.Context) error {
	if !t.open || t.m.conn == nil {
		return nil
	}
	t.open = false
	if t.m.lockBegins() {
		t.unlock = nil
	}
	_, err := t.m.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return err
}

// autocommit runs f outside any transaction: what was before is committed, and
// a transaction is begun again behind it (autocommit_block).
func (t *transaction) autocommit(ctx context.Context, f func() error) error {
	if t.m.conn != nil && t.m.conn.caller {
		return errors.New("this must run outside a transaction, but the caller's own transaction is open; give env.Options a Conn or a DB instead of a Tx")
	}
	if !t.open {
		return f()
	}
	if err := t.commit(ctx); err != nil {
		return err
	}
	if err := f(); err != nil {
		return err
	}
	return t.begin(ctx)
}

// AutocommitBlock runs f outside any transaction: what the revision did before
// is committed, and a transaction is begun again behind it (autocommit_block).
func (m *Migration) AutocommitBlock(ctx context.Context, f func() error) error {
	return m.tx.autocommit(ctx, f)
}
