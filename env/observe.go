package env

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script/revision"
)

// Observer is told what a run does, as it does it: for progress, events, traces.
// It is called when something begins. The context it gives is that of whatever
// happens inside, also the one that the revision's function gets; the function it
// gives, which may be nil, is called when that is over, with its error. Calls are
// made by the goroutine that runs the migration; one observer of several
// migrations is called by several.
type Observer func(ctx context.Context, e Event) (context.Context, func(err error))

// Event is what begins: a [RunEvent], in it [StepEvent], in that [OperationEvent],
// and [StatementEvent] and [WaitEvent] in any of them. There may be more kinds some day.
type Event interface{ event() }

// RunEvent is a whole run, also one that finds nothing to do. If it fails, its
// error is a [*RunError].
type RunEvent struct {
	Name    string // of the database, as the environment calls it (Options.Database)
	Command string // "upgrade", "downgrade", "stamp", "ensure_version"
	Target  string // as it was asked for
	Dialect string
	Offline bool // it writes a script
}

// RunError is what observers are given when a [RunEvent] ends in a failure: beside
// the cause what became of the steps that had finished. Offline both numbers are 0,
// since a script that fails is not written.
type RunError struct {
	Stay   int // steps that are committed, or are up to the caller's own transaction
	Undone int // steps that were rolled back with what failed
	Err    error
}

// Error is the cause.
func (e *RunError) Error() string { return e.Err.Error() }

// Unwrap is the cause.
func (e *RunError) Unwrap() error { return e.Err }

// runEnded is err as observers are given it.
func (m *Migration) runEnded(err error) error {
	switch {
	case err == nil:
		return nil
	case m.conn == nil:
		return &RunError{Err: err}
	}
	stay := min(m.stay, m.ran) // one commit may be that of two runs
	return &RunError{Stay: stay, Undone: m.ran - stay, Err: err}
}

// StepEvent is one step of a run.
type StepEvent struct {
	Step       revision.Step
	File       string // of the revision; empty if not known
	Number, Of int    // it is the Number-th step of so many
}

// OperationEvent is one operation of a revision.
type OperationEvent struct{ Operation op.Operation }

// StatementEvent is one statement on the connection.
type StatementEvent struct {
	SQL string
	// Watch looks on from another connection while the statement runs; nil where
	// that cannot be. What it gives is to be closed before the statement's end is
	// handled: the function that the observer gave must not return before.
	Watch func(ctx context.Context) (*Watch, error)
}

// WaitEvent is a wait for others: for the lock of the run, or before another try
// of what waited for a lock in vain.
type WaitEvent struct {
	Holder  string        // of the run's lock, as far as it is known
	Err     error         // why there is another try; nil if it is the run's lock that is waited for
	Pause   time.Duration // before the other try
	Try, Of int           // it is the Try-th such try of so many
}

func (RunEvent) event()       {}
func (StepEvent) event()      {}
func (OperationEvent) event() {}
func (StatementEvent) event() {}
func (WaitEvent) event()      {}

func nothing(error) {}

// observed tells the observers that something begins.
func (m *Migration) observed(ctx context.Context, e Event) (context.Context, func(error)) {
	if len(m.observers) == 0 {
		return ctx, nothing
	}
	var ends []func(error)
	for _, o := range m.observers {
		inner, end := o(ctx, e)
		if inner != nil {
			ctx = inner //nolint:fatcontext // one observer within the other, as many as the options name
		}
		if end != nil {
			ends = append(ends, end)
		}
	}
	return ctx, func(err error) {
		for _, end := range slices.Backward(ends) {
			end(err)
		}
	}
}

// runEvent describes the run at hand.
func (m *Migration) runEvent() RunEvent {
	return RunEvent{Name: m.options.Database, Command: m.task.Command, Target: m.task.Destination, Dialect: m.dialect.Name(), Offline: m.conn == nil}
}

// Operation tells the observers of an operation.
func (r *runner) Operation(ctx context.Context, p op.Operation) (context.Context, func(error)) {
	return r.m.observed(ctx, OperationEvent{Operation: p})
}

var _ op.Watcher = (*runner)(nil)

// exec executes one statement on the connection, and tells of it.
func (m *Migration) exec(ctx context.Context, query string, args []any) (sql.Result, error) {
	ctx, end := m.observed(ctx, m.statement(query))
	res, err := m.execBounded(ctx, query, args)
	end(err)
	return res, err
}

func (m *Migration) query(ctx context.Context, query string, args []any) (*sql.Rows, error) {
	ctx, end := m.observed(ctx, m.statement(query))
	rows, err := m.conn.QueryContext(ctx, query, args...)
	end(err)
	return rows, err
}

func (m *Migration) statement(query string) StatementEvent {
	e := StatementEvent{SQL: query}
	if len(m.observers) == 0 {
		return e
	}
	p, ok := m.dialect.(dialect.ProgressReporter)
	pool := m.conn.pool
	if !ok || m.session == "" || pool == nil || pool.Stats().MaxOpenConnections == 1 {
		return e
	}
	session := m.session
	e.Watch = func(ctx context.Context) (*Watch, error) {
		conn, err := pool.Conn(ctx)
		if err != nil {
			return nil, err
		}
		w := &Watch{conn: conn}
		if w.read, w.stop, err = p.Progress(ctx, conn, session); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		return w, nil
	}
	return e
}

// Watch looks on while a statement runs.
type Watch struct {
	conn *sql.Conn
	read func(ctx context.Context) (dialect.Progress, error)
	stop func(ctx context.Context) error
}

// Progress is how far the statement is, as the server says; the zero value if it says nothing.
func (w *Watch) Progress(ctx context.Context) (dialect.Progress, error) { return w.read(ctx) }

// Close ends the looking on, and puts back what it changed on the server.
func (w *Watch) Close(ctx context.Context) error {
	return errors.Join(w.stop(ctx), w.conn.Close())
}
