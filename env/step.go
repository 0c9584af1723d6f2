package env

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// step runs one step: the revision, the rows of the version table, the callbacks.
func (m *Migration) step(ctx context.Context, s revision.Step) error {
	m.log.Info("Running " + s.String())
	if m.script != nil {
		m.script.comment("Running " + s.String())
	}
	r := &runner{m: m}
	m.runner, m.last = r, r
	err := m.apply(ctx, s, r)
	m.runner = nil
	if err != nil {
		return m.failed(s, r, err)
	}
	m.ran++
	m.tx.steps++
	if !m.tx.open {
		m.stay++
	}
	return nil
}

// failed tells what became of a step that failed, and of those before it.
func (m *Migration) failed(s revision.Step, r *runner, err error) error {
	e := &StepError{Step: s, Done: r.done, Dialect: m.dialect.Name(), Err: err}
	e.File = m.file(s)
	if m.conn != nil && !m.task.History { // nothing stays of a scratch database
		e.Kept = r.kept
		if !m.inCallers() {
			e.Undone = m.tx.steps
		}
		e.Committed = r.kept > 0 && m.selfCommitter() == nil
	}
	return e
}

// file is where a revision stands, as far as that is known.
func (m *Migration) file(s revision.Step) string {
	if s.Revision == nil {
		return ""
	}
	if f := s.Revision.File(); f != "" {
		return f
	}
	if r, ok := m.scripts[s.Revision.ID()]; ok {
		file, _ := r.Position()
		return filepath.Base(file)
	}
	return ""
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
	info := VersionInfo{Step: s, Heads: s.After(), Arguments: m.arguments, Migration: m}
	for _, f := range m.options.OnVersionApply {
		if err := protect("OnVersionApply", func() error { return f(ctx, info) }); err != nil {
			return fmt.Errorf("calling OnVersionApply: %w", err)
		}
	}
	return m.alive(ctx)
}

// alive makes sure that the transaction was not broken by a statement whose
// error a callback did not mind: PostgreSQL answers COMMIT of such a one with a
// rollback and no error. https://www.postgresql.org/docs/current/sql-commit.html
func (m *Migration) alive(ctx context.Context) error {
	if m.conn == nil || !m.dialect.TransactionalDDL() {
		return nil
	}
	return m.sink.exec(ctx, dialect.SQL{Text: "SELECT 1"})
}

// revision calls the revision's function. An error that the operations keep
// counts even if the function does not return it; a panic and runtime.Goexit are errors.
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
	defer r.close()
	if err := call(ctx, f, o); err != nil {
		return err
	}
	return o.Err()
}

func call(ctx context.Context, f script.Func, o *op.Operations) error {
	return protect("the revision", func() error { return f(ctx, o) })
}

// StepError is the failure of one step of a run.
type StepError struct {
	Step      revision.Step
	File      string // of the revision; empty if not known
	Done      int    // statements of the revision that ran before
	Kept      int    // how many of these stay, whatever was rolled back
	Committed bool   // they stay because an autocommit block committed them, not because the database cannot undo them
	Undone    int    // steps before this one that were rolled back with it
	Dialect   string
	Err       error
}

// Error says which revision failed, why, and what became of its beginning.
func (e *StepError) Error() string {
	text := "running " + e.Step.String()
	if e.File != "" {
		text += " (" + e.File + ")"
	}
	text += ": " + e.Err.Error()
	switch {
	case e.Kept > 0:
		why := e.Dialect + " cannot undo schema changes"
		if e.Committed {
			why = "they were committed outside the transaction"
		}
		text += fmt.Sprintf("; %s before and %s, since %s: undo by hand what stayed, or let the revision pass over it, and run it again", e.ran(), e.stay(), why)
	case e.Undone == 1:
		text += "; the revision before it was rolled back with it, being in the same transaction"
	case e.Undone > 1:
		text += fmt.Sprintf("; the %d revisions before it were rolled back with it, being in the same transaction", e.Undone)
	}
	return text
}

func (e *StepError) ran() string {
	if e.Done == 1 {
		return "1 of its statements ran"
	}
	return fmt.Sprintf("%d of its statements ran", e.Done)
}

func (e *StepError) stay() string {
	switch {
	case e.Kept < e.Done && e.Kept == 1:
		return "the first of them stays"
	case e.Kept < e.Done:
		return fmt.Sprintf("the first %d of them stay", e.Kept)
	case e.Kept == 1:
		return "stays"
	}
	return "stay"
}

// Unwrap is the cause.
func (e *StepError) Unwrap() error { return e.Err }
