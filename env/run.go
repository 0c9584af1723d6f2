package env

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/script/revision"
)

// run does the task.
func (m *Migration) run(ctx context.Context) (err error) {
	if m.busy {
		return errBusy
	}
	m.busy, m.ran, m.stay, m.wentOn = true, 0, 0, false
	defer func() { m.busy = false }()
	if m.conn != nil && m.closed {
		return errClosed
	}
	if m.task.Writes {
		var end func(error)
		ctx, end = m.observed(ctx, m.runEvent())
		defer func() { end(m.runEnded(err)) }()
	}
	if m.conn == nil {
		return m.runOffline(ctx)
	}
	if m.task.History {
		if err := m.declared(); err != nil {
			return err
		}
		if err := m.runHistory(ctx); err != nil {
			return fmt.Errorf("running the history in a scratch database: %w", err)
		}
	}
	return m.runOnline(ctx)
}

// runOnline looks first without the lock: where there is nothing to do, nothing
// is locked. In a caller's transaction it does not: what such a look sees may
// stay in sight (REPEATABLE READ) whatever another run does meanwhile.
func (m *Migration) runOnline(ctx context.Context) error {
	if m.task.Writes && m.inCallers() {
		return m.locked(ctx, func() error { return m.write(ctx, nil) })
	}
	heads, exists, err := m.readHeads(ctx)
	if err != nil {
		return err
	}
	if m.task.Purge {
		heads = nil
	}
	plan, err := m.task.Plan(ctx, m, heads)
	switch {
	case err != nil:
		return err
	case !m.task.Writes:
		return m.goOn(ctx)
	case len(plan.Steps) == 0 && !m.task.Purge && exists:
		m.warn(plan)
		return m.goOn(ctx)
	}
	return m.locked(ctx, func() error { return m.write(ctx, &planned{heads, plan}) })
}

// planned is a plan with the rows that it was made of.
type planned struct {
	heads []string
	plan  revision.Plan
}

// write runs a plan. The lock is held: if the rows are not what they were when
// the plan was made, it is made again.
func (m *Migration) write(ctx context.Context, before *planned) error {
	heads, exists, err := m.readHeads(ctx)
	if err != nil {
		return err
	}
	purge := m.task.Purge && exists
	if purge {
		heads = nil
	}
	if before == nil || !slices.Equal(heads, before.heads) {
		plan, err := m.task.Plan(ctx, m, heads)
		if err != nil {
			return err
		}
		before = &planned{heads, plan}
	}
	m.warn(before.plan)
	if len(before.plan.Steps) == 0 && exists && !purge {
		return m.goOn(ctx)
	}
	if err := m.checkIDs(ctx, before.plan, exists); err != nil {
		return err
	}
	prepare := m.createVersionTable
	switch {
	case purge:
		prepare = m.purge
	case exists:
		prepare = nil
	}
	steps, waiting := before.plan.Steps, ""
	m.planned = len(steps)
	for tries := 1; ; tries++ {
		err := m.attempt(ctx, steps, prepare)
		if err == nil || purge || !m.undoable(err) {
			return err
		}
		if w := whatFailed(err); w != waiting {
			waiting, tries = w, 1
		}
		if steps, exists, err = m.anew(ctx, steps, tries, err); err != nil {
			return err
		}
		if exists {
			prepare = nil
		}
	}
}

// attempt runs steps. What prepares the version table belongs to the first step's
// transaction, also where each has its own: if that fails, nothing was there.
func (m *Migration) attempt(ctx context.Context, steps []revision.Step, prepare func(context.Context) error) error {
	if _, err := m.tx.begin(ctx); err != nil {
		return err
	}
	if prepare != nil {
		if err := prepare(ctx); err != nil {
			return err
		}
	}
	if err := m.steps(ctx, steps); err != nil {
		return err
	}
	if err := m.goOn(ctx); err != nil {
		return err
	}
	return m.tx.commit(ctx)
}

// undoable reports whether a failure for others' sake is undone by a rollback, so
// that its transaction can be tried again as if it had not been.
func (m *Migration) undoable(err error) bool {
	if m.options.LockRetries <= 0 || m.inCallers() || !m.tx.open || m.tx.held || m.wentOn || !blocked(err) {
		return false
	}
	var e *StepError
	return !errors.As(err, &e) || e.Kept == 0
}

// whatFailed names what is tried again.
func whatFailed(err error) string {
	var failed *StepError
	if errors.As(err, &failed) {
		return failed.Step.String()
	}
	return "The run"
}

// anew undoes a transaction that err ended, waits, and begins another: it gives
// the steps that are still to be run then, and whether there is a version table.
func (m *Migration) anew(ctx context.Context, steps []revision.Step, tries int, err error) ([]revision.Step, bool, error) {
	m.ran -= m.tx.steps
	if rerr := m.tx.rollback(ctx); rerr != nil {
		return nil, false, errors.Join(err, rerr)
	}
	again, werr := m.retry(ctx, whatFailed(err), tries, err)
	switch {
	case werr != nil:
		return nil, false, werr
	case !again:
		return nil, false, err
	}
	if _, err := m.tx.begin(ctx); err != nil {
		return nil, false, err
	}
	_, exists, err := m.readHeads(ctx)
	if err == nil && len(steps) > 0 {
		steps, err = m.left(ctx, steps)
	}
	return steps, exists, err
}

// goOn does what waits for the run to be through, but for its commit.
func (m *Migration) goOn(ctx context.Context) error {
	if m.next == nil {
		return nil
	}
	m.wentOn = true // a failure from here on is another database's
	return m.next(ctx)
}

// steps runs the steps, each in a transaction of its own unless one spans the run.
func (m *Migration) steps(ctx context.Context, steps []revision.Step) error {
	whole := m.wholeRun()
	for len(steps) > 0 {
		if !whole {
			locked, err := m.tx.begin(ctx)
			if err == nil && locked {
				steps, err = m.left(ctx, steps)
			}
			if err != nil {
				return err
			}
			if len(steps) == 0 {
				return nil
			}
		}
		if err := m.kept(ctx, steps, whole); err != nil {
			return err
		}
		steps = steps[1:]
	}
	return nil
}

// kept runs the first of the steps that are left, and commits it unless the run
// is one transaction.
func (m *Migration) kept(ctx context.Context, left []revision.Step, whole bool) (err error) {
	s := left[0]
	inner, end := m.observed(ctx, StepEvent{Step: s, File: m.file(s), Number: m.planned - len(left) + 1, Of: m.planned})
	defer func() { end(err) }()
	if err := m.step(inner, s); err != nil || whole {
		return err
	}
	if err := m.tx.commit(inner); err != nil {
		m.ran--
		m.tx.steps-- // it is the one that failed, none before it
		return m.failed(s, m.last, err)
	}
	return nil
}

// left are the steps that are still to be run, where the lock was away for a
// moment: another run may have done some of them.
func (m *Migration) left(ctx context.Context, steps []revision.Step) ([]revision.Step, error) {
	heads, _, err := m.readHeads(ctx)
	if err != nil || slices.Equal(heads, steps[0].Before()) {
		return steps, err
	}
	plan, err := m.task.Plan(ctx, m, heads)
	if err != nil {
		return nil, err
	}
	ours := map[string]bool{}
	for _, s := range steps {
		ours[s.String()] = true
	}
	for i, s := range plan.Steps {
		if !ours[s.String()] { // a relative target lies further on now: that was not asked for
			return plan.Steps[:i], nil
		}
	}
	return plan.Steps, nil
}

func (m *Migration) warn(p revision.Plan) {
	for _, w := range p.Warnings {
		m.log.Warn(w)
	}
}

// runOffline writes the script of a plan, whole or not at all.
func (m *Migration) runOffline(ctx context.Context) error {
	before := m.tracker.clone()
	err := m.writeScript(ctx)
	if err != nil && !m.outer { // else it is up to BeginTransaction
		m.unwritten(before)
	}
	return err
}

// unwritten undoes a script that failed: the tables are those of before.
func (m *Migration) unwritten(before tracker) {
	m.script.drop()
	m.tx.open, m.tx.steps, m.tracker = false, 0, before
}

func (m *Migration) writeScript(ctx context.Context) error {
	heads, err := m.startingHeads()
	if err != nil {
		return err
	}
	plan, err := m.task.Plan(ctx, m, heads)
	if err != nil {
		return err
	}
	m.warn(plan)
	if len(plan.Steps) == 0 && !m.task.EnsureTable {
		if m.outer {
			return nil
		}
		return m.script.flush()
	}
	if err := m.checkIDs(ctx, plan, false); err != nil {
		return err
	}
	m.frame = m.scriptFrame(plan)
	if err := m.say(ctx, m.frame.Before); err != nil {
		return err
	}
	if m.IsTransactionalDDL() {
		if _, err := m.tx.begin(ctx); err != nil {
			return err
		}
	}
	if len(heads) == 0 {
		if err := m.createVersionTable(ctx); err != nil {
			return err
		}
	}
	for i, s := range plan.Steps {
		if i > 0 && m.IsTransactionalDDL() && !m.wholeRun() {
			if err := m.tx.commit(ctx); err != nil {
				return err
			}
			if _, err := m.tx.begin(ctx); err != nil {
				return err
			}
		}
		if err := m.step(ctx, s); err != nil {
			return err
		}
	}
	if err := m.tx.commit(ctx); err != nil {
		return err
	}
	if err := m.say(ctx, m.frame.After); err != nil || m.outer {
		return err
	}
	return m.script.flush()
}

// scriptFrame is what stands around the transactions of a script: the schema
// that it is for, and what revisions need.
func (m *Migration) scriptFrame(plan revision.Plan) dialect.ScriptFrame {
	if m.outer {
		return dialect.ScriptFrame{Commit: m.frame.Commit} // BeginTransaction has said the rest
	}
	var frame dialect.ScriptFrame
	p, ok := m.dialect.(dialect.ScriptPreparer)
	if ok && slices.ContainsFunc(plan.Steps, func(s revision.Step) bool { return s.Kind == revision.Migration }) {
		frame = p.PrepareScript()
	}
	frame.Before = append(slices.Clone(m.schemaScript), frame.Before...)
	return frame
}

// say sends statements to the sink.
func (m *Migration) say(ctx context.Context, statements []dialect.SQL) error {
	for _, q := range statements {
		if err := m.sink.exec(ctx, q); err != nil {
			return err
		}
	}
	return nil
}
