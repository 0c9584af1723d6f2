package env

import (
	"context"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
)

// BeginTransaction runs f in a transaction, with whatever f executes beside the
// run (begin_transaction). It takes the run's lock, and RunMigrations inside f
// joins the transaction:
//
//   - where one transaction spans the run, it is that one, committed behind f;
//   - where each migration has its own, what f does before the run is in that of
//     the first, and what it does behind the run is in none (on the MySQL family
//     in one more);
//   - a caller's own transaction is left to the caller.
//
// If f fails, what is not committed is rolled back. Offline it writes BEGIN and
// COMMIT where schema changes can be undone, and nothing if f fails.
//
// RunMigrations needs it no more than Alembic's environments do without it: it
// arranges its transactions by itself.
func (m *Migration) BeginTransaction(ctx context.Context, f func(ctx context.Context) error) error {
	switch {
	case m.busy || m.outer:
		return errBusy
	case m.conn == nil:
		return m.beginOffline(ctx, f)
	case m.closed:
		return errClosed
	}
	return m.locked(ctx, func() error {
		if _, err := m.tx.begin(ctx); err != nil {
			return err
		}
		return m.inside(ctx, f)
	})
}

// inside runs f in the transaction that was begun, and commits that.
func (m *Migration) inside(ctx context.Context, f func(ctx context.Context) error) error {
	m.outer, m.tx.held = true, m.wholeRun()
	err := protect("the transaction's function", func() error { return f(ctx) })
	m.outer, m.tx.held = false, false
	if m.autocommitOff {
		m.tx.open = true // what f did behind the run is in a transaction by itself
	}
	if err != nil {
		return err
	}
	return m.tx.commit(ctx)
}

func (m *Migration) beginOffline(ctx context.Context, f func(ctx context.Context) error) error {
	m.frame = dialect.ScriptFrame{}
	if p, ok := m.dialect.(dialect.ScriptPreparer); ok {
		m.frame = p.PrepareScript()
	}
	before, after := m.tracker.clone(), m.frame.After
	err := m.say(ctx, slices.Concat(m.schemaScript, m.frame.Before))
	if err == nil && m.IsTransactionalDDL() {
		_, err = m.tx.begin(ctx)
	}
	if err == nil {
		err = m.inside(ctx, f)
	}
	if err == nil {
		err = m.say(ctx, after)
	}
	if err != nil {
		m.unwritten(before)
		return err
	}
	return m.script.flush()
}

// BeginTransaction runs f in a transaction, which RunMigrations inside it joins:
// see [Migration.BeginTransaction].
func (e *Context) BeginTransaction(ctx context.Context, f func(ctx context.Context) error) error {
	if e.migration == nil {
		return errNotConfigured
	}
	return e.migration.BeginTransaction(ctx, f)
}
