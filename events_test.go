package gomig_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
)

// second is a clock that is a second later each time that it is asked.
func second() func() time.Time {
	at := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	return func() time.Time {
		at = at.Add(time.Second)
		return at
	}
}

// TestEvents is the shape that docs/events.md promises.
func TestEvents(t *testing.T) {
	d := testdb.SQLite(t)
	scripts, _ := embeddedScripts()
	fail := true
	scripts.Add(script.Revision{ID: "three", Down: script.Revises("two"), Upgrade: func(_ context.Context, o *op.Operations) error {
		if fail {
			return errors.New("no luck <today>")
		}
		o.Exec("CREATE INDEX three ON two (id)")
		return o.Err()
	}})
	c := gomig.Embed(env.Options{DB: d.DB, Database: "shop"}, scripts)
	if err := gomig.Upgrade(t.Context(), c, "two", gomig.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	run := func(want string) {
		t.Helper()
		var out bytes.Buffer
		w := gomig.NewEventWriter(&out, second())
		c.Observers = []env.Observer{w.Observe}
		w.Fail(gomig.Upgrade(t.Context(), c, "head", gomig.RunOptions{}))
		if err := w.Err(); err != nil {
			t.Error(err)
		}
		if got := out.String(); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
	run(`{"version":1,"event":"run_started","time":"2026-11-20T10:00:01Z","run":1,"name":"shop","command":"upgrade","target":"head","dialect":"sqlite"}
{"version":1,"event":"step_started","time":"2026-11-20T10:00:02Z","run":1,"name":"shop","revision":"three","step":"upgrade","from":["two"],"to":["three"],"file":"events_test.go","number":1,"of":1}
{"version":1,"event":"step_failed","time":"2026-11-20T10:00:03Z","run":1,"name":"shop","revision":"three","step":"upgrade","number":1,"of":1,"seconds":1,"error":"running upgrade two -> three (events_test.go): no luck <today>"}
{"version":1,"event":"run_failed","time":"2026-11-20T10:00:04Z","run":1,"name":"shop","steps":0,"seconds":3,"error":"running upgrade two -> three (events_test.go): no luck <today>"}
`)
	fail = false
	run(`{"version":1,"event":"run_started","time":"2026-11-20T10:00:01Z","run":1,"name":"shop","command":"upgrade","target":"head","dialect":"sqlite"}
{"version":1,"event":"step_started","time":"2026-11-20T10:00:02Z","run":1,"name":"shop","revision":"three","step":"upgrade","from":["two"],"to":["three"],"file":"events_test.go","number":1,"of":1}
{"version":1,"event":"statement","time":"2026-11-20T10:00:05Z","run":1,"name":"shop","revision":"three","step":"upgrade","sql":"CREATE INDEX three ON two (id)","seconds":1}
{"version":1,"event":"operation","time":"2026-11-20T10:00:06Z","run":1,"name":"shop","revision":"three","step":"upgrade","operation":"execute CREATE INDEX three ON two (id)","seconds":3}
{"version":1,"event":"statement","time":"2026-11-20T10:00:08Z","run":1,"name":"shop","revision":"three","step":"upgrade","sql":"UPDATE \"alembic_version\" SET \"version_num\" = 'three' WHERE \"version_num\" = 'two'","seconds":1}
{"version":1,"event":"step_finished","time":"2026-11-20T10:00:09Z","run":1,"name":"shop","revision":"three","step":"upgrade","number":1,"of":1,"heads":["three"],"seconds":7}
{"version":1,"event":"statement","time":"2026-11-20T10:00:11Z","run":1,"name":"shop","sql":"COMMIT","seconds":1}
{"version":1,"event":"run_finished","time":"2026-11-20T10:00:12Z","run":1,"name":"shop","steps":1,"seconds":11}
`)
	run(`{"version":1,"event":"run_started","time":"2026-11-20T10:00:01Z","run":1,"name":"shop","command":"upgrade","target":"head","dialect":"sqlite"}
{"version":1,"event":"run_finished","time":"2026-11-20T10:00:02Z","run":1,"name":"shop","steps":0,"seconds":1}
`)
}

// TestEventsRolledBack counts what a failure takes with it, and a failure outside of any run.
func TestEventsRolledBack(t *testing.T) {
	d := testdb.SQLite(t)
	scripts, _ := embeddedScripts()
	scripts.Add(script.Revision{ID: "three", Down: script.Revises("two"), Upgrade: func(context.Context, *op.Operations) error { return errors.New("no luck") }})
	var out bytes.Buffer
	w := gomig.NewEventWriter(&out, second())
	c := gomig.Embed(env.Options{DB: d.DB}, scripts)
	c.Observers = []env.Observer{w.Observe}
	w.Fail(gomig.Upgrade(t.Context(), c, "head", gomig.RunOptions{}))
	if last := lastLine(out.String()); !strings.Contains(last, `"event":"run_failed"`) || !strings.Contains(last, `"steps":0,"rolled_back":2,`) {
		t.Errorf("the last line is %s", last)
	}
	out.Reset()
	w = gomig.NewEventWriter(&out, second())
	c = gomig.Embed(env.Options{URL: "postgresql://nobody@127.0.0.1:1/nothing"}, scripts)
	c.Observers = []env.Observer{w.Observe}
	w.Fail(gomig.Upgrade(t.Context(), c, "head", gomig.RunOptions{}))
	if got := out.String(); !strings.HasPrefix(got, `{"version":1,"event":"run_failed","time":"2026-11-20T10:00:01Z","run":0,"error":"connecting to `) {
		t.Errorf("got %s", got)
	}
	out.Reset()
	w = gomig.NewEventWriter(broken{}, second())
	w.Fail(errors.New("x"))
	w.Fail(errors.New("y"))
	if err := w.Err(); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("a writer that fails twice gives %v, and not its first error", err)
	}
}

// TestEventsOfCommit counts what goes and what stays if a COMMIT fails: that of
// the whole run, and that of one revision.
func TestEventsOfCommit(t *testing.T) {
	for _, kind := range []testdb.Kind{testdb.KindSQLite, testdb.KindPostgres} {
		t.Run(kind.String(), func(t *testing.T) {
			d := testdb.Open(t, kind)
			scripts, _ := embeddedScripts()
			scripts.Add(script.Revision{ID: "three", Down: script.Revises("two"), Upgrade: func(_ context.Context, o *op.Operations) error {
				o.Exec("CREATE TABLE three (one INTEGER REFERENCES one (id) DEFERRABLE INITIALLY DEFERRED)")
				o.Exec("INSERT INTO three (one) VALUES (7)") // which is looked at when it is committed
				return o.Err()
			}})
			run := func(o env.Options) (text, last string) {
				t.Helper()
				var out bytes.Buffer
				w := gomig.NewEventWriter(&out, second())
				c := gomig.Embed(o, scripts)
				c.Observers = []env.Observer{w.Observe}
				err := gomig.Upgrade(t.Context(), c, "head", gomig.RunOptions{})
				if err == nil || strings.Contains(err.Error(), "before it") {
					t.Errorf("the error is %v", err)
				}
				w.Fail(err)
				return out.String(), lastLine(out.String())
			}
			text, last := run(env.Options{DB: d.DB})
			if strings.Count(text, `"event":"step_finished"`) != 3 || !strings.Contains(last, `"event":"run_failed"`) || !strings.Contains(last, `"steps":0,"rolled_back":3,`) {
				t.Errorf("one transaction:\n%s", text)
			}
			text, last = run(env.Options{DB: d.DB, TransactionPerMigration: true})
			if strings.Count(text, `"event":"step_failed"`) != 1 || !strings.Contains(last, `"event":"run_failed"`) || !strings.Contains(last, `"steps":2,"seconds"`) {
				t.Errorf("a transaction for each:\n%s", text)
			}
		})
	}
}

// TestEventsOfDatabases counts for each of two databases what the failure of the second takes with it.
func TestEventsOfDatabases(t *testing.T) {
	first, last := testdb.SQLite(t), testdb.SQLite(t)
	scripts, _ := embeddedScripts()
	scripts.Add(script.Revision{ID: "three", Down: script.Revises("two"), Upgrade: func(_ context.Context, o *op.Operations) error {
		if o.Database() == "second" {
			return errors.New("no luck")
		}
		return nil
	}})
	var out bytes.Buffer
	w := gomig.NewEventWriter(&out, second())
	c := gomig.Embed(env.Options{}, scripts)
	c.Observers = []env.Observer{w.Observe}
	c.Environment.Run = func(ctx context.Context, e *env.Context) error {
		return e.RunDatabases(ctx, env.Options{DB: first.DB, Database: "first"}, env.Options{DB: last.DB, Database: "second"})
	}
	if err := gomig.Upgrade(t.Context(), c, "head", gomig.RunOptions{}); err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{`"run":2,"name":"second","steps":0,"rolled_back":2,`, `"run":1,"name":"first","steps":0,"rolled_back":3,`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
