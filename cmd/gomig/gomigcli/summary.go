package gomigcli

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/plural"
)

// summary keeps how long the steps of a run and their operations took (-v).
type summary struct {
	now func() time.Time

	mu    sync.Mutex
	steps []*timed
	total time.Duration // of all runs
}

// timed is something with the time that it took.
type timed struct {
	name   string
	took   time.Duration
	failed bool
	inner  []*timed
}

type timedKey struct{}

// observe takes the times. An operation that was begun by another one counts with it.
func (s *summary) observe(ctx context.Context, e env.Event) (context.Context, func(error)) {
	began := s.now()
	t := &timed{}
	switch e := e.(type) {
	case env.RunEvent:
		return ctx, func(error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.total += s.now().Sub(began)
		}
	case env.StepEvent:
		t.name = e.Step.String()
		s.mu.Lock()
		s.steps = append(s.steps, t)
		s.mu.Unlock()
		ctx = context.WithValue(ctx, timedKey{}, t)
	case env.OperationEvent:
		step, ok := ctx.Value(timedKey{}).(*timed)
		if !ok {
			return ctx, nil
		}
		t.name = e.Operation.String()
		step.inner = append(step.inner, t)
		ctx = context.WithValue(ctx, timedKey{}, nil)
	default:
		return ctx, nil
	}
	return ctx, func(err error) { t.took, t.failed = s.now().Sub(began), err != nil }
}

// print writes the times of the steps, in the order in which they ran.
func (s *summary) print(w io.Writer) {
	for _, t := range s.steps {
		t.print(w, "")
		for _, o := range t.inner {
			o.print(w, "  ")
		}
	}
	if len(s.steps) > 0 {
		_, _ = fmt.Fprintf(w, "%9s  %s\n", seconds(s.total), plural.Count(len(s.steps), "step"))
	}
}

func (t *timed) print(w io.Writer, indent string) {
	end := ""
	if t.failed {
		end = ": failed"
	}
	_, _ = fmt.Fprintf(w, "%9s  %s%s%s\n", seconds(t.took), indent, t.name, end)
}

// seconds is a time in seconds with milliseconds.
func seconds(d time.Duration) string { return fmt.Sprintf("%.3fs", d.Seconds()) }
