package env_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// TestRevisionErrors are the ways that a revision fails.
func TestRevisionErrors(t *testing.T) {
	luck := errors.New("no luck")
	for _, c := range []struct {
		name string
		f    func(context.Context, *op.Operations) error
		want string
	}{
		{"returned", func(context.Context, *op.Operations) error { return luck }, "running upgrade  -> a1, do a1 (a1.go): no luck"},
		{"kept", func(_ context.Context, o *op.Operations) error { o.Fail(luck); return nil }, "do a1 (a1.go): no luck"},
		{"an operation's, ignored", func(_ context.Context, o *op.Operations) error {
			o.DropTable("nothing")
			o.Exec("CREATE TABLE after_it (id INTEGER)")
			return nil
		}, `drop table "nothing": `},
		{"a panic with an error", func(context.Context, *op.Operations) error { panic(luck) }, "no luck"},
		{"a nil map", func(context.Context, *op.Operations) error {
			var m map[string]int
			m["x"] = 1 //nolint:staticcheck,govet // that is the point
			return nil
		}, "the revision panicked at env/revision_test.go:"},
		{"in a query's function", func(_ context.Context, o *op.Operations) error {
			o.Query(func(func(...any) error) error { return luck }, "SELECT 1")
			return nil
		}, "query SELECT 1: no luck"},
		{"in an autocommit block", func(_ context.Context, o *op.Operations) error {
			o.AutocommitBlock(func(*op.Operations) error { return luck })
			return nil
		}, "autocommit block: no luck"},
		{"the connection after an error", func(_ context.Context, o *op.Operations) error {
			o.Fail(luck)
			_, err := o.Conn()
			return fmt.Errorf("refused: %w", err)
		}, "refused: no luck"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := testdb.SQLite(t)
			h := newHistory(t, does("a1", "", c.f))
			err := h.run(t, h.upgrade("head"), env.Options{DB: d.DB})
			wantError(t, err, c.want)
			if strings.Contains(err.Error(), "goroutine") || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q", err)
			}
			left := []string{}
			if strings.HasPrefix(c.want, "autocommit block") {
				left = []string{"alembic_version"} // was committed before
			}
			equal(t, "tables", tables(t, d), left)
		})
	}
}

func TestNoFunction(t *testing.T) {
	d := testdb.SQLite(t)
	h := newHistory(t, rev{script.Revision{ID: "a1"}, ""})
	h.mustRun(t, h.upgrade("head"), env.Options{DB: d.DB})
	equal(t, "rows", rows(t, d.DB), []string{"a1"})
	h.mustRun(t, h.downgrade("base"), env.Options{DB: d.DB})
	equal(t, "rows", rows(t, d.DB), []string{})

	delete(h.scripts, "a1")
	wantError(t, h.run(t, h.upgrade("head"), env.Options{DB: d.DB}), `revision "a1" is not in the compiled environment; build it again`)
}

// TestRaw uses the connection itself: it is in the transaction.
func TestRaw(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		mark := func(n int) string {
			if d.Kind == testdb.KindPostgres {
				return fmt.Sprintf("$%d", n)
			}
			return "?"
		}
		fail := true
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(ctx context.Context, o *op.Operations) error {
			o.Exec("INSERT INTO one (id) VALUES ("+mark(1)+")", 1)
			c, err := o.Conn()
			if err != nil {
				return err
			}
			if _, err := c.ExecContext(ctx, "INSERT INTO one (id) VALUES ("+mark(1)+")", 2); err != nil {
				return err
			}
			var ids []int
			o.Query(func(scan func(...any) error) error {
				var id int
				ids = append(ids, 0)
				err := scan(&id)
				ids[len(ids)-1] = id
				return err
			}, "SELECT id FROM one WHERE id < "+mark(1)+" ORDER BY id", 9)
			equal(t, "ids", ids, []int{1, 2})
			var n int
			if err := c.QueryRowContext(ctx, "SELECT count(*) FROM one").Scan(&n); err != nil {
				return err
			}
			if n != 2 {
				t.Errorf("%d rows", n)
			}
			if fail {
				return errors.New("no luck")
			}
			return o.Err()
		}))
		h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
		wantError(t, h.run(t, h.upgrade("head"), env.Options{DB: d.DB}), "no luck")
		equal(t, "rows", column(t, d.DB, "SELECT id FROM one ORDER BY id"), []string{})
		fail = false
		h.mustRun(t, h.upgrade("head"), env.Options{DB: d.DB})
		equal(t, "rows", column(t, d.DB, "SELECT id FROM one ORDER BY id"), []string{"1", "2"})
	})
}

// TestChangedUnderQuery asks the same of a table before and after changing it:
// no statement that was prepared before may be in the way.
func TestChangedUnderQuery(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		mark := "?"
		if d.Kind == testdb.KindPostgres {
			mark = "$1"
		}
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			ask := func() {
				o.Query(func(func(...any) error) error { return nil }, "SELECT * FROM one WHERE id = "+mark, 1)
			}
			o.BulkInsert("one", op.Row{"id": 1})
			ask()
			o.AddColumn("one", schema.Column("more", schema.Integer()))
			ask()
			return o.Err()
		}))
		h.mustRun(t, h.upgrade("head"), env.Options{URL: d.URL})
		equal(t, "rows", rows(t, d.DB), []string{"b2"})
	})
}

// TestOpenResults leaves results open: the run ends all the same.
func TestOpenResults(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		for _, fail := range []bool{true, false} {
			h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(ctx context.Context, o *op.Operations) error {
				c, err := o.Conn()
				if err != nil {
					return err
				}
				for range 40 {
					r, err := c.QueryContext(ctx, "SELECT 1")
					if err != nil {
						return err
					}
					if err := errors.Join(r.Err(), r.Close()); err != nil { //nolint:sqlclosecheck // each before the next
						return err
					}
				}
				if _, err := c.QueryContext(ctx, "SELECT 1 UNION ALL SELECT 2"); err != nil { //nolint:sqlclosecheck,rowserrcheck // that is the point
					return err
				}
				if fail {
					return errors.New("no luck")
				}
				return nil
			}))
			err := h.run(t, h.upgrade("head"), env.Options{DB: d.DB})
			if (err != nil) != fail {
				t.Errorf("error %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one error: %v", err)
			}
		}
		equal(t, "rows", rows(t, d.DB), []string{"b2"})
	})
}

// TestConcurrently makes an index outside the transaction, and back again.
func TestConcurrently(t *testing.T) {
	d := testdb.Postgres(t)
	h := concurrently(t)
	h.mustRun(t, h.upgrade("head"), env.Options{DB: d.DB})
	equal(t, "indexes", column(t, d.DB, "SELECT indexname FROM pg_indexes WHERE tablename = 'one' ORDER BY 1"), []string{"ix", "one_pkey"})
	h.mustRun(t, h.downgrade("base"), env.Options{DB: d.DB})
	tx, err := d.DB.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	wantError(t, h.run(t, h.upgrade("head"), env.Options{Tx: tx}), `create index "ix"`, "this must run outside a transaction, but the caller's own transaction is open; give env.Options a Conn or a DB instead of a Tx")
}

// TestOnVersionApply calls the callbacks in order, inside the step's transaction.
func TestOnVersionApply(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
		var seen []string
		var e *env.Context
		callback := func(name string) func(context.Context, env.VersionInfo) error {
			return func(ctx context.Context, i env.VersionInfo) error {
				c, err := e.Conn()
				if err != nil {
					return err
				}
				var version sql.NullString
				if err := c.QueryRowContext(ctx, "SELECT max(version_num) FROM alembic_version").Scan(&version); err != nil {
					return err
				}
				kind := "migration"
				if i.Step.Kind == revision.Stamp {
					kind = "stamp"
				}
				seen = append(seen, fmt.Sprintf("%s %s %s %v in table %s", name, kind, i.Step.Direction, i.Heads, version.String))
				return nil
			}
		}
		o := env.Options{DB: d.DB, OnVersionApply: []func(context.Context, env.VersionInfo) error{callback("first"), callback("second")}}
		for _, task := range []env.Task{h.upgrade("head"), h.downgrade("a1"), h.stamp("b2"), h.stamp("base")} {
			e, _ = h.context(task, nil)
			if err := e.Configure(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			if err := e.RunMigrations(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, "calls", seen, []string{
			"first migration upgrade [a1] in table a1", "second migration upgrade [a1] in table a1",
			"first migration upgrade [b2] in table b2", "second migration upgrade [b2] in table b2",
			"first migration downgrade [a1] in table a1", "second migration downgrade [a1] in table a1",
			"first stamp upgrade [b2] in table b2", "second stamp upgrade [b2] in table b2",
			"first stamp downgrade [] in table ", "second stamp downgrade [] in table ",
		})
	})
}

// TestBrokenTransaction lets a callback break the transaction and say nothing.
func TestBrokenTransaction(t *testing.T) {
	d := testdb.Postgres(t)
	h := newHistory(t, table("a1", "", "one"))
	e, _ := h.context(h.upgrade("head"), nil)
	err := e.Configure(t.Context(), env.Options{DB: d.DB, OnVersionApply: []func(context.Context, env.VersionInfo) error{
		func(ctx context.Context, _ env.VersionInfo) error {
			c, err := e.Conn()
			if err != nil {
				return err
			}
			_, _ = c.ExecContext(ctx, "broken")
			return nil
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, e.RunMigrations(t.Context()), "current transaction is aborted")
	equal(t, "tables", tables(t, d), []string{})
}

// TestLog is what a run says.
func TestLog(t *testing.T) {
	d := testdb.SQLite(t)
	h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
	for _, c := range []struct {
		task env.Task
		want string
	}{
		{h.upgrade("head"), "level=INFO msg=\"Running upgrade  -> a1, add one\"\nlevel=INFO msg=\"Running upgrade a1 -> b2, add two\"\n"},
		{h.upgrade("head"), ""},
		{h.downgrade("-1"), "level=INFO msg=\"Running downgrade b2 -> a1, add two\"\n"},
		{h.stamp("head"), "level=INFO msg=\"Running stamp_revision a1 -> b2\"\n"},
	} {
		e, log := h.context(c.task, nil)
		if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
			t.Fatal(err)
		}
		if err := e.RunMigrations(t.Context()); err != nil {
			t.Fatal(err)
		}
		if log.String() != c.want {
			t.Errorf("log %q, want %q", log, c.want)
		}
	}
}
