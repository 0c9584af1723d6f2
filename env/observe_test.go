package env_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// diary is an observer that writes down what it is told.
type diary struct {
	mu    sync.Mutex
	lines []string
}

type depth struct{}

func (d *diary) observe(ctx context.Context, e env.Event) (context.Context, func(error)) {
	level, _ := ctx.Value(depth{}).(int)
	text := ""
	switch e := e.(type) {
	case env.RunEvent:
		text = fmt.Sprintf("run %s %s %s", e.Name, e.Command, e.Target)
	case env.StepEvent:
		text = fmt.Sprintf("step %d/%d %s", e.Number, e.Of, e.Step)
	case env.OperationEvent:
		text = e.Operation.String()
	case env.StatementEvent:
		text = strings.Fields(e.SQL)[0]
	case env.WaitEvent:
		text = fmt.Sprintf("wait %d/%d %s", e.Try, e.Of, e.Pause)
	}
	d.write(level, text)
	return context.WithValue(ctx, depth{}, level+1), func(err error) {
		if err != nil {
			d.write(level, "failed")
		}
	}
}

func (d *diary) write(level int, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lines = append(d.lines, strings.Repeat("  ", level)+text)
}

func (d *diary) take() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	text := strings.Join(d.lines, "\n") + "\n"
	d.lines = nil
	return text
}

// TestObserved shows what an observer is told, and that what happens inside has its context.
func TestObserved(t *testing.T) {
	d := testdb.Postgres(t)
	fail := true
	h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(ctx context.Context, o *op.Operations) error {
		if level, _ := ctx.Value(depth{}).(int); level != 2 {
			t.Errorf("the revision is called at depth %d", level)
		}
		create(o, "two")
		o.AutocommitBlock(func(o *op.Operations) error {
			o.Exec("VACUUM one")
			return o.Err()
		})
		if fail {
			o.Exec("broken")
		}
		return o.Err()
	}))
	var diary diary
	o := env.Options{DB: d.DB, Database: "shop", Observers: []env.Observer{
		func(context.Context, env.Event) (context.Context, func(error)) { return nil, nil }, diary.observe,
	}}
	run := func(want string) {
		t.Helper()
		task := h.upgrade("head")
		task.Command = "upgrade"
		_ = h.run(t, task, o)
		if got := diary.take(); got != want {
			t.Errorf("got:\n%swant:\n%s", got, want)
		}
	}
	run(`run shop upgrade head
  BEGIN
  CREATE
  step 1/2 upgrade  -> a1, add one
    create table "one"
      CREATE
    INSERT
  step 2/2 upgrade a1 -> b2, do b2
    create table "two"
      CREATE
    COMMIT
    execute VACUUM one
      VACUUM
    BEGIN
    execute broken
      broken
      failed
    failed
  failed
failed
`)
	fail = false
	execute(t, d.DB, "DROP TABLE two")
	run(`run shop upgrade head
  BEGIN
  step 1/1 upgrade a1 -> b2, do b2
    create table "two"
      CREATE
    COMMIT
    execute VACUUM one
      VACUUM
    BEGIN
    UPDATE
  COMMIT
`)
	run("run shop upgrade head\n")
}

// TestObservedWait shows the waits for others.
func TestObservedWait(t *testing.T) {
	d := testdb.SQLite(t)
	h := newHistory(t, table("a1", "", "one"), widen("b2", "a1", map[string]int{}))
	h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
	letGo := block(t, d)
	var diary diary
	err := h.run(t, h.upgrade("head"), env.Options{
		DB: pool(t, d), StatementLockTimeout: time.Millisecond, LockRetries: 2, LockRetryWait: time.Millisecond,
		Observers: []env.Observer{diary.observe, func(ctx context.Context, e env.Event) (context.Context, func(error)) {
			if w, ok := e.(env.WaitEvent); ok && w.Try == 2 {
				letGo()
			}
			return ctx, nil
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := diary.take()
	for _, line := range []string{"\n  wait 1/2 1ms\n", "\n  wait 2/2 2ms\n"} {
		if !strings.Contains(got, line) {
			t.Errorf("there is no line %q in:\n%s", line, got)
		}
	}
}

// TestWatch looks on while a statement waits for another session.
func TestWatch(t *testing.T) {
	heeding(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), widen("b2", "a1", map[string]int{}))
		h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
		letGo := block(t, d)
		seen := make(chan dialect.Progress, 1)
		look := func(ctx context.Context, e env.StatementEvent) {
			defer close(seen)
			defer letGo()
			w, err := e.Watch(ctx)
			if err != nil {
				t.Error(err)
				return
			}
			var p dialect.Progress
			for ctx.Err() == nil && !strings.Contains(strings.ToLower(p.Phase), "waiting for") {
				if p, err = w.Progress(ctx); err != nil {
					t.Error(err)
					break
				}
			}
			if err := w.Close(ctx); err != nil {
				t.Error(err)
			}
			seen <- p
		}
		watched := false
		db := pool(t, d)
		err := h.run(t, h.upgrade("head"), env.Options{DB: db, Observers: []env.Observer{
			func(ctx context.Context, e env.Event) (context.Context, func(error)) {
				s, ok := e.(env.StatementEvent)
				if !ok || !strings.HasPrefix(s.SQL, "ALTER") {
					return ctx, nil
				}
				watched = s.Watch != nil
				if !watched {
					letGo()
					return ctx, nil
				}
				done := make(chan struct{})
				go func() {
					defer close(done)
					look(ctx, s)
				}()
				return ctx, func(error) { <-done }
			},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if watched != (d.Kind != testdb.KindSQLite) {
			t.Errorf("can be watched: %v", watched)
		}
		if watched {
			t.Logf("%+v", <-seen)
		}
		if n := db.Stats().InUse; n != 0 {
			t.Errorf("%d connections are not given back", n)
		}
		if d.Kind == testdb.KindMySQL {
			equal(t, "consumer", column(t, d.DB, "SELECT ENABLED FROM performance_schema.setup_consumers WHERE NAME = 'events_stages_current'"), []string{"NO"})
		}
	})
}

// TestObservedQueryRow tells of a query of one row as of any other statement.
func TestObservedQueryRow(t *testing.T) {
	d := testdb.SQLite(t)
	h := newHistory(t, does("a1", "", func(ctx context.Context, o *op.Operations) error {
		c, err := o.Conn()
		if err != nil {
			return err
		}
		var n int
		return c.QueryRowContext(ctx, "SELECT 1").Scan(&n)
	}))
	var told []string
	h.mustRun(t, h.upgrade("head"), env.Options{DB: d.DB, Observers: []env.Observer{func(_ context.Context, e env.Event) (context.Context, func(error)) {
		if s, ok := e.(env.StatementEvent); ok {
			told = append(told, s.SQL)
		}
		return nil, nil
	}}})
	if !slices.Contains(told, "SELECT 1") {
		t.Errorf("told of %q", told)
	}
}
