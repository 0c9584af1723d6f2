package env

import (
	"context"
	"errors"

	"github.com/gomig-dev/gomig/dialect"
)

// transaction is the transaction of a run, begun and ended as the arrangement
// of Alembic says: over the run, or over each step.
type transaction struct {
	m      *Migration
	open   bool
	unlock func(context.Context) error // of the run's lock; nil while it is not held
	held   bool                        // it spans more than the run, which is not to commit it
	steps  int                         // steps done since the last commit
}

// begin begins a transaction, unless one is open or the caller has one. locked
// says that doing so took the lock anew, so that others may have run meanwhile.
func (t *transaction) begin(ctx context.Context) (locked bool, err error) {
	m := t.m
	switch {
	case t.open || m.inCallers():
		return false, nil
	case m.lockBegins() && !m.options.NoLock:
		return true, t.lock(ctx)
	case m.autocommitOff:
		// The first statement begins it, and so does the first behind one that commits itself.
	default:
		if err := m.sink.exec(ctx, dialect.SQL{Text: "BEGIN"}); err != nil {
			return false, err
		}
	}
	t.open = true
	return false, nil
}

// commit ends the transaction, unless it spans more than the run.
func (t *transaction) commit(ctx context.Context) error {
	if t.held {
		return nil
	}
	return t.end(ctx)
}

// end ends the transaction and keeps what it did.
func (t *transaction) end(ctx context.Context) error {
	if !t.open {
		return nil
	}
	if check, ok := t.m.dialect.(dialect.CommitChecker); ok && t.m.conn != nil {
		if err := check.CheckCommit(ctx, t.m.conn); err != nil {
			return err
		}
	}
	if err := t.m.say(ctx, t.m.frame.Commit); err != nil {
		return err
	}
	if err := t.m.sink.exec(ctx, dialect.SQL{Text: "COMMIT"}); err != nil {
		return err
	}
	t.m.stay += t.steps
	t.open, t.steps = false, 0
	if t.m.lockBegins() {
		t.unlock = nil // the commit gave the lock back
	}
	if r := t.m.runner; r != nil {
		r.kept = r.done
	}
	return nil
}

// rollback ends the transaction and undoes what it did. Offline nothing is
// written: a script that failed has no end.
func (t *transaction) rollback(ctx context.Context) error {
	if !t.open || t.m.conn == nil {
		return nil
	}
	t.open, t.steps = false, 0
	if t.m.lockBegins() && t.unlock != nil {
		return t.release(ctx)
	}
	_, err := t.m.conn.ExecContext(ctx, "ROLLBACK")
	return err
}

var errInside = errors.New("this must run outside a transaction, but the caller's own transaction is open; give env.Options a Conn or a DB instead of a Tx")

// autocommit runs f outside any transaction: what was before is committed, and
// a transaction is begun again behind it (autocommit_block).
func (t *transaction) autocommit(ctx context.Context, f func() error) error {
	if t.m.inCallers() {
		return errInside
	}
	if !t.open {
		return f()
	}
	if err := t.end(ctx); err != nil {
		return err
	}
	if t.m.autocommitOff {
		if _, err := t.m.setAutocommit(ctx, true); err != nil {
			return err
		}
	}
	if err := f(); err != nil {
		return err
	}
	if t.m.selfCommitter() != nil {
		if _, err := t.m.setAutocommit(ctx, false); err != nil {
			return err
		}
	}
	_, err := t.begin(ctx)
	return err
}

// selfCommitter is the dialect, if its statements commit themselves; nil offline.
func (m *Migration) selfCommitter() dialect.SelfCommitter {
	if m.conn == nil {
		return nil
	}
	c, _ := m.dialect.(dialect.SelfCommitter)
	return c
}

// setAutocommit switches the connection's autocommit.
func (m *Migration) setAutocommit(ctx context.Context, on bool) (was bool, err error) {
	was, err = m.selfCommitter().SetAutocommit(ctx, m.conn, on)
	if err == nil {
		m.autocommitOff = !on
	}
	return was, err
}

// AutocommitBlock runs f outside any transaction: what the revision did before
// is committed, and a transaction is begun again behind it (autocommit_block).
// In a revision it is op.Operations.AutocommitBlock.
func (m *Migration) AutocommitBlock(ctx context.Context, f func() error) error {
	return m.tx.autocommit(ctx, f)
}
