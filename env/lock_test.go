package env_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script/revision"
)

// line is a history of n revisions in a row, with what each is to do beside its table.
func line(t testing.TB, n int, also func(id string)) history {
	t.Helper()
	var revs []rev
	down := ""
	for i := range n {
		id := fmt.Sprintf("r%02d", i)
		r := table(id, down, "t"+id)
		create := r.Upgrade
		r.Upgrade = func(ctx context.Context, o *op.Operations) error {
			also(id)
			return create(ctx, o)
		}
		revs, down = append(revs, r), id
	}
	return newHistory(t, revs...)
}

// pool opens the database of a test once more.
func pool(t testing.TB, d *testdb.DB) *sql.DB {
	t.Helper()
	db, err := sql.Open(d.Driver, d.DSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// TestAtOnce lets several runs begin at the same time: every revision runs once.
func TestAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		for _, o := range []env.Options{{}, {TransactionPerMigration: true}, {TransactionalDDL: env.No}} {
			var mu sync.Mutex
			ran := map[string]int{}
			h := line(t, 6, func(id string) {
				mu.Lock()
				defer mu.Unlock()
				ran[id]++
			})
			var wg sync.WaitGroup
			begin := make(chan struct{})
			for range 6 {
				o.DB = pool(t, d)
				e, _ := h.context(h.upgrade("head"), nil)
				if err := e.Configure(t.Context(), o); err != nil {
					t.Fatal(err)
				}
				wg.Go(func() {
					<-begin
					if err := e.RunMigrations(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			close(begin)
			wg.Wait()
			for id, n := range ran {
				if n != 1 {
					t.Errorf("revision %s ran %d times", id, n)
				}
			}
			equal(t, "rows", rows(t, d.DB), []string{"r05"})
			h.mustRun(t, h.downgrade("base"), env.Options{DB: d.DB})
		}
	})
}

// TestRelativeAtOnce lets runs of +1 begin at once: each does one step, also
// where the lock is away between two steps.
func TestRelativeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := line(t, 12, func(string) {})
		var wg sync.WaitGroup
		for range 4 {
			e, _ := h.context(h.upgrade("+1"), nil)
			if err := e.Configure(t.Context(), env.Options{DB: pool(t, d), TransactionPerMigration: true}); err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				if err := e.RunMigrations(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		equal(t, "rows", rows(t, d.DB), []string{"r03"})
	})
}

// hold is a history whose first revision waits until it is let go.
func hold(t testing.TB) (h history, inside, leave chan struct{}) {
	t.Helper()
	inside, leave = make(chan struct{}), make(chan struct{})
	var once atomic.Bool
	h = newHistory(t, does("a1", "", func(ctx context.Context, o *op.Operations) error {
		create(o, "one")
		if once.CompareAndSwap(false, true) {
			close(inside)
		}
		select {
		case <-leave:
		case <-ctx.Done():
			return ctx.Err()
		}
		return o.Err()
	}), table("b2", "a1", "two"))
	return h, inside, leave
}

func TestLockTimeout(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h, inside, leave := hold(t)
		first := make(chan error)
		e, _ := h.context(h.upgrade("head"), nil)
		if err := e.Configure(t.Context(), env.Options{DB: pool(t, d)}); err != nil {
			t.Fatal(err)
		}
		go func() { first <- e.RunMigrations(t.Context()) }()
		<-inside
		o := env.Options{DB: pool(t, d), LockTimeout: 30 * time.Millisecond}
		err := h.run(t, h.upgrade("head"), o)
		locked, ok := errors.AsType[*dialect.LockedError](err)
		if !ok {
			t.Fatalf("error %v is no LockedError", err)
		}
		wantError(t, err, "taking the migration lock: another migration run holds the lock gomig alembic_version", "; waited ", ": wait for it to end, or raise lock_timeout")
		if d.Kind != testdb.KindSQLite && locked.Holder == "" {
			t.Error("who holds the lock does not show")
		}

		// What only reads needs no lock, nor does a run of another database or table.
		equal(t, "current", current(t, h, o), []string{})
		if d.Kind != testdb.KindSQLite {
			o.DB = testdb.Open(t, d.Kind).DB
			other := newHistory(t, table("x", "", "other"))
			other.mustRun(t, other.upgrade("head"), o)
			o.DB, o.VersionTable = pool(t, d), "other_version"
			other.mustRun(t, other.upgrade("head"), o)
		}

		// One that waits finds nothing to do, and says that it waits.
		second := make(chan error)
		e, log := h.context(h.upgrade("head"), nil)
		if err := e.Configure(t.Context(), env.Options{DB: pool(t, d), LockTimeout: -1}); err != nil {
			t.Fatal(err)
		}
		go func() { second <- e.RunMigrations(t.Context()) }()
		close(leave)
		if err := <-first; err != nil {
			t.Error(err)
		}
		if err := <-second; err != nil {
			t.Error(err)
		}
		if strings.Contains(log.String(), "Running") {
			t.Errorf("the second run ran: %s", log)
		}
		equal(t, "rows", rows(t, d.DB), []string{"b2"})
	})
}

// TestWaitingShows waits longer than a moment.
func TestWaitingShows(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: waits for more than a second")
	}
	d := testdb.SQLite(t)
	h, inside, leave := hold(t)
	first := make(chan error)
	e, _ := h.context(h.upgrade("head"), nil)
	if err := e.Configure(t.Context(), env.Options{DB: pool(t, d)}); err != nil {
		t.Fatal(err)
	}
	go func() { first <- e.RunMigrations(t.Context()) }()
	<-inside
	e, log := h.context(h.upgrade("head"), nil)
	if err := e.Configure(t.Context(), env.Options{DB: pool(t, d), LockTimeout: 1100 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	wantError(t, e.RunMigrations(t.Context()), "waited 1.1s")
	if !strings.Contains(log.String(), "Waiting for the migration lock, which another run holds") {
		t.Errorf("log: %s", log)
	}
	close(leave)
	if err := <-first; err != nil {
		t.Error(err)
	}
}

func TestNoLock(t *testing.T) {
	eachServer(t, func(t *testing.T, d *testdb.DB) { // SQLite lets one connection write at a time, whoever asks
		h, inside, leave := hold(t)
		first := make(chan error)
		e, _ := h.context(h.upgrade("a1"), nil)
		if err := e.Configure(t.Context(), env.Options{DB: pool(t, d)}); err != nil {
			t.Fatal(err)
		}
		go func() { first <- e.RunMigrations(t.Context()) }()
		<-inside
		other := newHistory(t, table("x", "", "other"))
		other.mustRun(t, other.upgrade("head"), env.Options{DB: d.DB, NoLock: true, VersionTable: "v2"})
		close(leave)
		if err := <-first; err != nil {
			t.Error(err)
		}
	})
}

// TestCancel ends a run in the middle: nothing stays but what the database
// cannot undo, and the next run goes ahead at once.
func TestCancel(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h, inside, leave := hold(t)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		e, _ := h.context(h.upgrade("head"), nil)
		db := pool(t, d)
		if err := e.Configure(ctx, env.Options{DB: db}); err != nil {
			t.Fatal(err)
		}
		go func() { done <- e.RunMigrations(ctx) }()
		<-inside
		cancel()
		err := <-done
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("error %v", err)
		}
		wantError(t, err, "running upgrade  -> a1, do a1 (a1.go): context canceled")
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("more than one error: %v", err)
		}
		if n := db.Stats().InUse; n != 0 {
			t.Errorf("%d connections are not given back", n)
		}
		if d.Kind.SpeaksMySQL() {
			equal(t, "tables", tables(t, d), []string{"alembic_version", "one"})
			execute(t, d.DB, "DROP TABLE one")
		} else {
			equal(t, "tables", tables(t, d), []string{})
		}
		close(leave)
		h.mustRun(t, h.upgrade("head"), env.Options{DB: db, LockTimeout: 5 * time.Second})
		equal(t, "rows", rows(t, d.DB), []string{"b2"})
	})
}

// TestCancelStatement ends a statement that runs on the server.
func TestCancelStatement(t *testing.T) {
	slow := map[testdb.Kind]string{
		testdb.KindMySQL: "SELECT SLEEP(30)", testdb.KindTiDB: "SELECT SLEEP(30)", testdb.KindMariaDB: "SELECT SLEEP(30)", testdb.KindPostgres: "SELECT pg_sleep(30)",
		testdb.KindSQLite: "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
	}
	each(t, func(t *testing.T, d *testdb.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			time.AfterFunc(50*time.Millisecond, cancel)
			o.Exec(slow[d.Kind])
			return nil // Err counts all the same
		}))
		h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
		e, _ := h.context(h.upgrade("head"), nil)
		db := pool(t, d)
		if err := e.Configure(t.Context(), env.Options{DB: db}); err != nil {
			t.Fatal(err)
		}
		err := e.RunMigrations(ctx)
		wantError(t, err, "running upgrade a1 -> b2, do b2 (b2.go): execute ")
		if ctx.Err() == nil {
			t.Fatal("the run did not wait for its statement")
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("more than one error: %v", err)
		}
		equal(t, "rows", rows(t, d.DB), []string{"a1"})
		// The pool is as good as new, and the lock free: at once, or when the server
		// notices that the connection is gone.
		other := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
		other.mustRun(t, other.upgrade("head"), env.Options{DB: db, LockTimeout: 50 * time.Second})
		equal(t, "rows", rows(t, d.DB), []string{"b2"})
	})
}

// TestConnectionAsFound looks at a caller's connection behind a run.
func TestConnectionAsFound(t *testing.T) {
	state := map[testdb.Kind][]string{
		testdb.KindSQLite:   {"PRAGMA foreign_keys", "PRAGMA busy_timeout", "PRAGMA legacy_alter_table"},
		testdb.KindMySQL:    {"SELECT @@autocommit", "SELECT IS_USED_LOCK(CONCAT('gomig:', DATABASE(), ':gomig alembic_version'))"},
		testdb.KindMariaDB:  {"SELECT @@autocommit", "SELECT @@in_transaction"},
		testdb.KindTiDB:     {"SELECT @@autocommit", "SELECT IS_USED_LOCK(CONCAT('gomig:', DATABASE(), ':gomig alembic_version'))"},
		testdb.KindPostgres: {"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"},
	}
	each(t, func(t *testing.T, d *testdb.DB) {
		c, err := d.DB.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if d.Kind == testdb.KindSQLite {
			if _, err := c.ExecContext(t.Context(), "PRAGMA foreign_keys = ON"); err != nil {
				t.Fatal(err)
			}
		}
		look := func() string {
			var out bytes.Buffer
			for _, q := range state[d.Kind] {
				var v sql.NullString
				if err := c.QueryRowContext(t.Context(), q).Scan(&v); err != nil {
					t.Fatal(err)
				}
				fmt.Fprintln(&out, v)
			}
			return out.String()
		}
		before := look()
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			o.AutocommitBlock(func(o *op.Operations) error {
				o.Exec("broken")
				return o.Err()
			})
			return o.Err()
		}), table("c3", "b2", "three"))
		for _, target := range []string{"a1", "head"} {
			err := h.run(t, h.upgrade(target), env.Options{Conn: c})
			if (err != nil) != (target == "head") {
				t.Error(err)
			}
			if got := look(); got != before {
				t.Errorf("after %s: %q, before %q", target, got, before)
			}
		}
	})
}

// TestReplanned changes the rows between the look without the lock and the one with it.
func TestReplanned(t *testing.T) {
	d := testdb.SQLite(t)
	h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
	h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
	asked := 0
	task := h.upgrade("head")
	plan := task.Plan
	task.Plan = func(ctx context.Context, m *env.Migration, heads []string) (revision.Plan, error) {
		p, err := plan(ctx, m, heads)
		if asked++; asked == 1 {
			h.mustRun(t, h.upgrade("head"), env.Options{DB: pool(t, d)}) //nolint:contextcheck // a run of its own, of another process as it were
		}
		return p, err
	}
	h.mustRun(t, task, env.Options{DB: d.DB})
	if asked != 2 {
		t.Errorf("planned %d times", asked)
	}
	equal(t, "rows", rows(t, d.DB), []string{"b2"})
}
