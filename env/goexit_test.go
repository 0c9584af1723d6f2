package env_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// within fails the test, instead of hanging it, where f does not come back.
func within(t *testing.T, f func() error) error {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- f() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(time.Minute):
		t.Fatal("it hangs")
		return nil
	}
}

// TestGoexit ends a revision by runtime.Goexit, as t.FailNow does: it is a
// failure like any other, behind which the database is free.
func TestGoexit(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		broken := true
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			o.BulkInsert("one", op.Row{"id": 1})
			if broken {
				runtime.Goexit()
			}
			return o.Err()
		}))
		options := env.Options{DB: d.DB, TransactionPerMigration: true, LockTimeout: 10 * time.Second}
		err := within(t, func() error { return h.run(t, h.upgrade("head"), options) })
		wantError(t, err, "running upgrade a1 -> b2, do b2 (b2.go): the revision ended its goroutine at env/goexit_test.go:",
			"instead of returning an error")
		if e, ok := errors.AsType[*env.GoexitError](err); !ok || e.Line == 0 || strings.Contains(err.Error(), "\n") {
			t.Errorf("error %#v", err)
		}
		equal(t, "versions", rows(t, d.DB), []string{"a1"})
		equal(t, "rows", column(t, d.DB, "SELECT id FROM one"), []string{})
		if n := d.DB.Stats().InUse; n != 0 {
			t.Errorf("%d connections in use", n)
		}
		broken = false
		h.mustRun(t, h.upgrade("head"), options)
		equal(t, "versions", rows(t, d.DB), []string{"b2"})
	})
}

// TestGoexitAnywhere ends the goroutine wherever code of the user's is called.
func TestGoexitAnywhere(t *testing.T) {
	leave := func(context.Context, *op.Operations) error { runtime.Goexit(); return nil }
	for _, c := range []struct {
		name string
		run  func(t *testing.T, d *testdb.DB) error
		want string
	}{
		{"an autocommit block", func(t *testing.T, d *testdb.DB) error {
			h := newHistory(t, does("a1", "", func(ctx context.Context, o *op.Operations) error {
				o.AutocommitBlock(func(o *op.Operations) error { return leave(ctx, o) })
				return o.Err()
			}))
			return h.run(t, h.upgrade("head"), env.Options{DB: d.DB})
		}, "the revision ended its goroutine"},
		{"a script", func(t *testing.T, _ *testdb.DB) error {
			h := newHistory(t, table("a1", "", "one"), does("b2", "a1", leave))
			got, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: "postgresql"})
			if got != "" {
				t.Errorf("written: %s", got)
			}
			return err
		}, "the revision ended its goroutine"},
		{"OnVersionApply", func(t *testing.T, d *testdb.DB) error {
			h := newHistory(t, table("a1", "", "one"))
			return h.run(t, h.upgrade("head"), env.Options{DB: d.DB, OnVersionApply: []func(context.Context, env.VersionInfo) error{
				func(context.Context, env.VersionInfo) error { runtime.Goexit(); return nil },
			}})
		}, "OnVersionApply ended its goroutine"},
		{"BeginTransaction", func(t *testing.T, d *testdb.DB) error {
			e, _ := newHistory(t, table("a1", "", "one")).context(env.Task{}, nil)
			if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			return e.BeginTransaction(t.Context(), func(context.Context) error { runtime.Goexit(); return nil })
		}, "the transaction's function ended its goroutine"},
		{"the environment", func(t *testing.T, _ *testdb.DB) error {
			e, _ := newHistory(t).context(env.Task{}, nil)
			return e.Call(t.Context(), func(context.Context, *env.Context) error { runtime.Goexit(); return nil })
		}, "the environment ended its goroutine at env/goexit_test.go:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := testdb.SQLite(t)
			wantError(t, within(t, func() error { return c.run(t, d) }), c.want)
			if n := d.DB.Stats().InUse; n != 0 {
				t.Errorf("%d connections in use", n)
			}
		})
	}
}
