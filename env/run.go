package env

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// run does the task and gives the connection back.
func (m *Migration) run(ctx context.Context) error {
	if m.conn == nil {
		return m.runOffline(ctx)
	}
	return errors.Join(m.runOnline(ctx), m.conn.close())
}

// runOnline looks first without the lock: where there is nothing to do, nothing is locked.
func (m *Migration) runOnline(ctx context.Context) error {
	heads, exists, err := m.readHeads(ctx)
	if err != nil {
		return err
	}
	if m.task.Purge {
		heads = nil
	}
	plan, err := m.task.Plan(ctx, m, heads)
	if err != nil || !m.task.Writes {
		return err
	}
	idle := len(plan.Steps) == 0 && !m.task.Purge && exists
	if idle {
		m.warn(plan)
		return nil
	}
	return m.locked(ctx, func() error { return m.write(ctx, heads, plan) })
}

// locked runs f under the run's lock, on a connection set up for it. Whatever
// happens, an open transaction is undone, the lock released and the connection restored.
func (m *Migration) locked(ctx context.Context, f func() error) (err error) {
	if p, ok := m.dialect.(dialect.Preparer); ok && !m.conn.caller {
		restore, err2 := p.Prepare(ctx, m.conn)
		if err2 != nil {
			return err2
		}
		defer func() { err = errors.Join(err, restore(context.WithoutCancel(ctx))) }()
	}
	if err := m.tx.lock(ctx); err != nil {
		return err
	}
	defer func() {
		if rerr := m.tx.release(ctx); err == nil {
			err = rerr // behind an error the connection may be gone, and the lock with it
		}
	}()
	defer func() {
		if rerr := m.tx.rollback(ctx); err == nil {
			err = rerr
		}
	}()
	return f()
}

// write runs a plan. The lock is held: if the rows are not what they were when
// the plan was made, it is made again.
func (m *Migration) write(ctx context.Context, seen []string, plan revision.Plan) error {
	heads, exists, err := m.readHeads(ctx)
	if err != nil {
		return err
	}
	if m.task.Purge && exists {
		heads = nil
	}
	if !slices.Equal(heads, seen) {
		if plan, err = m.task.Plan(ctx, m, heads); err != nil {
			return err
		}
	}
	m.warn(plan)
	whole := m.isTransactional() && !m.options.TransactionPerMigration
	if whole {
		if err := m.tx.begin(ctx); err != nil {
			return err
		}
	}
	if !exists {
		if err := m.createVersionTable(ctx); err != nil {
			return err
		}
	}
	if m.task.Purge && exists {
		if err := m.purge(ctx); err != nil {
			return err
		}
	}
	for _, s := range plan.Steps {
		if err := m.step(ctx, s, !whole); err != nil {
			return err
		}
	}
	// What is open here is the run's own transaction, or the one that the lock of
	// SQLite began to create the version table in.
	return m.tx.commit(ctx)
}

func (m *Migration) warn(p revision.Plan) {
	for _, w := range p.Warnings {
		m.log.Warn(w)
	}
}

// step runs one step: the revision, the rows of the version table, the
// callbacks. If own, it has a transaction to itself.
func (m *Migration) step(ctx context.Context, s revision.Step, own bool) error {
	if own {
		if err := m.tx.begin(ctx); err != nil {
			return err
		}
	}
	m.log.Info("Running " + s.String())
	if err := m.sink.comment("Running " + s.String()); err != nil {
		return err
	}
	r := &runner{m: m}
	if err := m.apply(ctx, s, r); err != nil {
		return &StepError{Step: s, File: m.file(s), Done: r.count, Kept: m.conn != nil && !m.isTransactional(), Dialect: m.dialect.Name(), Err: err}
	}
	if own {
		return m.tx.commit(ctx)
	}
	return nil
}

func (m *Migration) apply(ctx context.Context, s revision.Step, r *runner) error {
	if s.Kind == revision.Migration {
		if err := m.revision(ctx, s, r); err != nil {
			return err
		}
	}
	for _, c := range s.Changes {
		if err := m.changeRow(ctx, c); err != nil {
			return err
		}
	}
	if len(m.options.OnVersionApply) == 0 {
		return nil
	}
	info := VersionInfo{Step: s, Heads: s.After()}
	for _, f := range m.options.OnVersionApply {
		if err := f(ctx, info); err != nil {
			return fmt.Errorf("calling OnVersionApply: %w", err)
		}
	}
	return nil
}

// revision calls the revision's function. An error that the operations keep
// counts even if the function does not return it, and a panic is an error.
func (m *Migration) revision(ctx context.Context, s revision.Step, r *runner) (err error) {
	registered, ok := m.scripts[s.Revision.ID()]
	if !ok {
		return fmt.Errorf("revision %q is not in the compiled environment; build it again", s.Revision.ID())
	}
	f := registered.Upgrade
	if s.Direction == revision.Down {
		f = registered.Downgrade
	}
	if f == nil {
		return nil
	}
	o := op.New(ctx, r)
	if err := call(ctx, f, o); err != nil {
		return err
	}
	return o.Err()
}

func call(ctx context.Context, f script.Func, o *op.Operations) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the revision panicked: %v", p)
		}
	}()
	return f(ctx, o)
}

func (m *Migration) file(s revision.Step) string {
	if s.Revision == nil {
		return ""
	}
	return s.Revision.File()
}

// runOffline writes the script of a plan.
func (m *Migration) runOffline(ctx context.Context) error {
	heads, err := m.startingHeads()
	if err != nil {
		return err
	}
	plan, err := m.task.Plan(ctx, m, heads)
	if err != nil {
		return err
	}
	m.warn(plan)
	transactional := m.isTransactional()
	whole := transactional && !m.options.TransactionPerMigration
	if whole && (len(plan.Steps) > 0 || m.task.EnsureTable) {
		if err := m.tx.begin(ctx); err != nil {
			return err
		}
	}
	if len(heads) == 0 && (len(plan.Steps) > 0 || m.task.EnsureTable) {
		if err := m.createVersionTable(ctx); err != nil {
			return err
		}
	}
	for _, s := range plan.Steps {
		if err := m.step(ctx, s, transactional && !whole); err != nil {
			return err
		}
	}
	if err := m.tx.commit(ctx); err != nil {
		return err
	}
	return m.script.flush()
}

// StepError is the failure of one step of a run.
type StepError struct {
	Step    revision.Step
	File    string // of the revision; empty if not known
	Done    int    // statements of the revision that ran before
	Kept    bool   // those stay: the database cannot undo them
	Dialect string
	Err     error
}

// Error says which revision failed, why, and what became of its beginning.
func (e *StepError) Error() string {
	text := "running " + e.Step.String()
	if e.File != "" {
		text += " (" + e.File + ")"
	}
	text += ": " + e.Err.Error()
	if e.Kept && e.Done > 0 {
		text += fmt.Sprintf("; %d of its statements ran before and stay, since %s cannot undo schema changes: undo them by hand, or let the revision pass over them, and run it again", e.Done, e.Dialect)
	}
	return text
}

// Unwrap is the cause.
func (e *StepError) Unwrap() error { return e.Err }
