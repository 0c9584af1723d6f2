package gomig

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script/revision"
)

// eventVersion is the version of the shape of events, as docs/events.md has it.
// It changes when something that is there changes its meaning or goes.
const eventVersion = 1

// EventWriter writes what runs do as JSON, one object a line, for deploy jobs
// (--json). Its Observe is an [env.Observer]; docs/events.md says what is written.
type EventWriter struct {
	now func() time.Time

	mu     sync.Mutex
	out    io.Writer
	runs   int
	failed bool // a run that failed was written
	err    error
}

// NewEventWriter writes to out, with the times of the clock now.
func NewEventWriter(out io.Writer, now func() time.Time) *EventWriter {
	return &EventWriter{out: out, now: now}
}

// record is one line. What does not apply is left out.
type record struct {
	Version    int       `json:"version"`
	Event      string    `json:"event"`
	Time       time.Time `json:"time"`
	Run        int       `json:"run"`
	Name       string    `json:"name,omitempty"`
	Command    string    `json:"command,omitempty"`
	Target     string    `json:"target,omitempty"`
	Dialect    string    `json:"dialect,omitempty"`
	Revision   string    `json:"revision,omitempty"`
	Step       string    `json:"step,omitempty"`
	Message    string    `json:"message,omitempty"`
	From       []string  `json:"from,omitempty"`
	To         []string  `json:"to,omitempty"`
	File       string    `json:"file,omitempty"`
	Number     int       `json:"number,omitempty"`
	Of         int       `json:"of,omitempty"`
	Operation  string    `json:"operation,omitempty"`
	SQL        string    `json:"sql,omitempty"`
	For        string    `json:"for,omitempty"`
	Holder     string    `json:"holder,omitempty"`
	Pause      *float64  `json:"pause,omitempty"`
	Try        int       `json:"try,omitempty"`
	Steps      *int      `json:"steps,omitempty"`
	RolledBack int       `json:"rolled_back,omitempty"`
	Heads      *[]string `json:"heads,omitempty"`
	Seconds    *float64  `json:"seconds,omitempty"`
	Error      string    `json:"error,omitempty"`
}

// eventRun is what the events of one run have in common. One goroutine at a time writes it.
type eventRun struct {
	number   int
	name     string
	revision string // of the step at hand
	step     string
	steps    int
}

type eventRunKey struct{}

// Observe writes the events of a run.
func (w *EventWriter) Observe(ctx context.Context, e env.Event) (context.Context, func(error)) {
	began := w.now()
	r, _ := ctx.Value(eventRunKey{}).(*eventRun)
	if run, ok := e.(env.RunEvent); ok {
		w.mu.Lock()
		w.runs++
		r = &eventRun{number: w.runs, name: run.Name}
		w.mu.Unlock()
		w.write(record{Event: "run_started", Command: run.Command, Target: run.Target, Dialect: run.Dialect}, r, began)
		return context.WithValue(ctx, eventRunKey{}, r), func(err error) { w.runEnded(r, began, err) }
	}
	if r == nil {
		r = &eventRun{}
	}
	switch e := e.(type) {
	case env.StepEvent:
		return ctx, w.step(r, e, began)
	case env.OperationEvent:
		return ctx, func(err error) {
			w.ended(record{Event: "operation", Operation: e.Operation.String()}, r, began, err)
		}
	case env.StatementEvent:
		return ctx, func(err error) { w.ended(record{Event: "statement", SQL: e.SQL}, r, began, err) }
	case env.WaitEvent:
		w.waiting(r, e, began)
	}
	return ctx, nil
}

func (w *EventWriter) runEnded(r *eventRun, began time.Time, err error) {
	r.revision, r.step = "", ""
	line := record{Event: "run_finished", Steps: &r.steps}
	var failed *env.RunError
	if err != nil {
		line.Event = "run_failed"
		w.mu.Lock()
		w.failed = true
		w.mu.Unlock()
		if errors.As(err, &failed) {
			line.RolledBack, r.steps = failed.Undone, failed.Stay
		}
	}
	w.ended(line, r, began, err)
}

func (w *EventWriter) step(r *eventRun, e env.StepEvent, began time.Time) func(error) {
	r.revision, r.step = "", stepName(e.Step)
	line := record{Event: "step_started", From: e.Step.From, To: e.Step.To, File: e.File, Number: e.Number, Of: e.Of}
	if e.Step.Revision != nil {
		r.revision, line.Message = e.Step.Revision.ID(), e.Step.Revision.Summary()
	}
	w.write(line, r, began)
	return func(err error) {
		line := record{Event: "step_finished", Number: e.Number, Of: e.Of}
		if err != nil {
			line.Event = "step_failed"
		} else {
			heads := append([]string{}, e.Step.After()...)
			line.Heads = &heads
			r.steps = e.Number // and not one more: one that was rolled back for another try runs again
		}
		w.ended(line, r, began, err)
		r.revision, r.step = "", ""
	}
}

// stepName is "upgrade", "downgrade" or "stamp".
func stepName(s revision.Step) string {
	if s.Kind == revision.Stamp {
		return "stamp"
	}
	return s.Direction.String()
}

func (w *EventWriter) waiting(r *eventRun, e env.WaitEvent, began time.Time) {
	line := record{Event: "waiting", For: "lock", Holder: e.Holder}
	if e.Err != nil {
		pause := e.Pause.Seconds()
		line.For, line.Pause, line.Try, line.Of, line.Error = "retry", &pause, e.Try, e.Of, e.Err.Error()
	}
	w.write(line, r, began)
}

// ended writes what has an end, with how long it took.
func (w *EventWriter) ended(line record, r *eventRun, began time.Time, err error) {
	now := w.now()
	seconds := now.Sub(began).Seconds()
	line.Seconds = &seconds
	if err != nil {
		line.Error = err.Error()
	}
	w.write(line, r, now)
}

func (w *EventWriter) write(line record, r *eventRun, at time.Time) {
	line.Version, line.Time, line.Run, line.Name, line.Revision, line.Step = eventVersion, at.UTC(), r.number, r.name, r.revision, r.step
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(line)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return // part of a line may stand there already
	}
	if err == nil {
		_, err = io.WriteString(w.out, b.String())
	}
	w.err = err
}

// Fail writes the failure of a command that failed outside any run, as one that
// could not connect; a run's own failure is written already.
func (w *EventWriter) Fail(err error) {
	w.mu.Lock()
	failed := w.failed
	w.mu.Unlock()
	if err != nil && !failed {
		w.write(record{Event: "run_failed", Error: err.Error()}, &eventRun{}, w.now())
	}
}

// Err is the first error of writing, behind which nothing more is written.
func (w *EventWriter) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
