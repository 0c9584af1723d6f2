package gomigcli

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script/revision"
)

// planned are the steps of a history of two revisions.
func planned(t *testing.T) []revision.Step {
	t.Helper()
	g, err := revision.NewMap([]revision.Revision{{ID: "a1", Doc: "add account"}, {ID: "b2", Down: []string{"a1"}, Doc: "add a column"}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := g.Upgrade(nil, "head")
	if err != nil {
		t.Fatal(err)
	}
	return p.Steps
}

// TestProgress draws at each tick, puts what else is written above the line, and
// leaves nothing behind.
func TestProgress(t *testing.T) {
	at := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	ticks := make(chan time.Time)
	p := newProgress(&out, func() time.Time { return at })
	p.tick = func() (<-chan time.Time, func()) { return ticks, func() {} }
	drawn := func() int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return out.Len()
	}
	tick := func() {
		before := drawn()
		ticks <- at
		for drawn() == before {
			runtime.Gosched()
		}
	}
	ctx := t.Context()
	steps := planned(t)
	ctx, runEnd := p.observe(ctx, env.RunEvent{})
	ctx, stepEnd := p.observe(ctx, env.StepEvent{Step: steps[0], Number: 1, Of: 2})
	tick()
	_, end := p.observe(ctx, env.StatementEvent{SQL: "CREATE TABLE\n  account (id INTEGER)"})
	at = at.Add(1500 * time.Millisecond)
	tick()
	if _, err := p.Write([]byte("INFO a line\n")); err != nil {
		t.Fatal(err)
	}
	end(nil)
	stepEnd(nil)
	_, stepEnd = p.observe(ctx, env.StepEvent{Step: steps[1], Number: 2, Of: 2})
	tick()
	stepEnd(errors.New("no luck"))
	runEnd(errors.New("no luck"))
	text := out.String()
	for _, part := range []string{
		eraseLine + "[1/2] a1 add account" + eraseLine,
		eraseLine + "[1/2] a1 add account: CREATE TABLE account (id INTEGER) 1.5s" + eraseLine,
		eraseLine + "INFO a line\n" + eraseLine + "[2/2] b2 add a column",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("there is no %q in %q", part, text)
		}
	}
	if !strings.HasSuffix(text, "[2/2] b2 add a column"+eraseLine) {
		t.Errorf("the line was not erased at the end: %q", text)
	}

	// A run that is over before the first tick shows nothing.
	out.Reset()
	ctx, runEnd = p.observe(t.Context(), env.RunEvent{})
	_, stepEnd = p.observe(ctx, env.StepEvent{Step: steps[0], Number: 1, Of: 1})
	stepEnd(nil)
	runEnd(nil)
	if out.Len() > 0 {
		t.Errorf("a short run shows %q", out.String())
	}
}

// TestProgressLine fits onto a terminal whatever it has to say.
func TestProgressLine(t *testing.T) {
	at := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		steps      []string
		sql, phase string
		want       string
	}{
		{nil, "SELECT 1", "", ""},
		{[]string{"[1/1] a1"}, "", "", "[1/1] a1"},
		{[]string{"[1/9] a1", "[1/9] a1", "[4/9] d4"}, "SELECT 1", "", "[1/9] a1 and 2 more: SELECT 1 0.0s"},
		{[]string{"[1/1] a1"}, "CREATE INDEX i ON t (c)", "building index: scanning table 40%", "[1/1] a1: CREATE INDEX i ON t (c) 0.0s (building index: scannin…"},
		{[]string{"[1/1] a1 " + strings.Repeat("long ", 20)}, "ALTER TABLE t " + strings.Repeat("x", 200), "", "[1/1] a1 long long long long long long…: ALTER TABLE t xxxxxxxxxxxxxxxxxx… 0.0s"},
		{[]string{"[1/1] \x1b[2Jü"}, "", "", "[1/1]  [2Jü"},
	} {
		p := newProgress(&bytes.Buffer{}, func() time.Time { return at })
		p.steps, p.sql, p.phase, p.began = c.steps, c.sql, c.phase, at
		got := p.line()
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if n := len([]rune(got)); n > lineWidth {
			t.Errorf("%q has %d characters", got, n)
		}
	}
	if got := phase(dialect.Progress{Phase: "copying", Done: 30, Total: 40}); got != "copying 75%" {
		t.Errorf("got %q", got)
	}
	if got := phase(dialect.Progress{Phase: "waiting for process 7"}); got != "waiting for process 7" {
		t.Errorf("got %q", got)
	}
}

// TestSummary shows the times of revisions and operations (-v).
func TestSummary(t *testing.T) {
	at := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	s := &summary{now: func() time.Time { return at }}
	took := func(d time.Duration) { at = at.Add(d) }
	begin := func(ctx context.Context, e env.Event) (context.Context, func(error)) {
		inner, end := s.observe(ctx, e)
		if end == nil {
			end = func(error) {}
		}
		return inner, end
	}
	steps := planned(t)
	run, runEnd := begin(t.Context(), env.RunEvent{})
	step, stepEnd := begin(run, env.StepEvent{Step: steps[0]})
	inner, end := begin(step, env.OperationEvent{Operation: &op.Exec{SQL: "UPDATE a"}})
	_, none := begin(inner, env.OperationEvent{Operation: &op.Exec{SQL: "inner"}})
	_, statement := begin(inner, env.StatementEvent{SQL: "UPDATE a"})
	took(1200 * time.Millisecond)
	statement(nil)
	none(nil)
	end(nil)
	took(34 * time.Millisecond)
	stepEnd(nil)
	step, stepEnd = begin(run, env.StepEvent{Step: steps[1]})
	_, end = begin(step, env.OperationEvent{Operation: &op.Exec{SQL: "UPDATE b"}})
	end(errors.New("no luck"))
	stepEnd(errors.New("no luck"))
	runEnd(nil)
	var out bytes.Buffer
	s.print(&out)
	want := `   1.234s  upgrade  -> a1, add account
   1.200s    execute UPDATE a
   0.000s  upgrade a1 -> b2, add a column: failed
   0.000s    execute UPDATE b: failed
   1.234s  2 steps
`
	if got := out.String(); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
	out.Reset()
	(&summary{}).print(&out)
	if out.Len() > 0 {
		t.Errorf("nothing to do says %q", out.String())
	}
}
