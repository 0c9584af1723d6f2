package env_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// short is the shortest wait for a lock: MySQL counts whole seconds.
func short(k testdb.Kind) time.Duration {
	if k.SpeaksMySQL() {
		return time.Second
	}
	return 30 * time.Millisecond
}

// heeding runs a test on the servers that bound how long a statement waits for a
// lock: TiDB knows lock_wait_timeout and does not heed it.
func heeding(t *testing.T, f func(t *testing.T, d *testdb.DB)) {
	for _, k := range []testdb.Kind{testdb.KindSQLite, testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres} {
		t.Run(k.String(), func(t *testing.T) { f(t, testdb.Open(t, k)) })
	}
}

// block holds a lock on the table one until it is let go.
func block(t *testing.T, d *testdb.DB) (letGo func()) {
	t.Helper()
	tx, err := pool(t, d).BeginTx(context.WithoutCancel(t.Context()), nil)
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM one").Scan(&n); err != nil {
		t.Fatal(err)
	}
	letGo = sync.OnceFunc(func() { _ = tx.Rollback() })
	t.Cleanup(letGo)
	return letGo
}

// widen is a revision that changes the table one, and counts its calls.
func widen(id, down string, calls map[string]int) rev {
	return does(id, down, func(_ context.Context, o *op.Operations) error {
		calls[id]++
		o.Exec("ALTER TABLE one ADD COLUMN " + id + " INTEGER")
		return o.Err()
	})
}

// listener is a logger that calls a function with each line.
type listener struct {
	slog.Handler
	hear func(line string)
}

func (l listener) Enabled(context.Context, slog.Level) bool { return true }
func (l listener) Handle(_ context.Context, r slog.Record) error {
	l.hear(r.Message)
	return nil
}

// listen runs a task with a logger of its own.
func (h history) listen(t *testing.T, task env.Task, o env.Options, hear func(line string)) error {
	t.Helper()
	e := env.New(env.Setup{Systems: systems, Graph: h.graph, Scripts: h.scripts, Task: task, Logger: slog.New(listener{slog.DiscardHandler, hear})})
	if err := e.Configure(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return e.RunMigrations(t.Context())
}

// limitsOf are the settings of a session that a run changes for its time.
func limitsOf(t *testing.T, k testdb.Kind, c *sql.Conn) string {
	t.Helper()
	query := map[testdb.Kind]string{
		testdb.KindSQLite:   "SELECT timeout FROM pragma_busy_timeout",
		testdb.KindMySQL:    "SELECT CONCAT(@@lock_wait_timeout, ' ', @@innodb_lock_wait_timeout)",
		testdb.KindTiDB:     "SELECT CONCAT(@@lock_wait_timeout, ' ', @@innodb_lock_wait_timeout)",
		testdb.KindMariaDB:  "SELECT CONCAT(@@lock_wait_timeout, ' ', @@innodb_lock_wait_timeout, ' ', @@max_statement_time)",
		testdb.KindPostgres: "SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')",
	}[k]
	var s string
	if err := c.QueryRowContext(t.Context(), query).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestStatementLockTimeout gives up where another session does not let go, says
// so, undoes what can be undone, and leaves the session as it was.
func TestStatementLockTimeout(t *testing.T) {
	heeding(t, func(t *testing.T, d *testdb.DB) {
		calls := map[string]int{}
		h := newHistory(t, table("a1", "", "one"), widen("b2", "a1", calls))
		h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
		c, err := pool(t, d).Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		before := limitsOf(t, d.Kind, c)
		letGo := block(t, d)
		o := env.Options{Conn: c, StatementLockTimeout: short(d.Kind), StatementTimeout: time.Minute}
		err = h.run(t, h.upgrade("head"), o)
		limit, ok := errors.AsType[*env.LimitError](err)
		if !ok || limit.Hindrance != dialect.LockTimeout {
			t.Fatalf("error %v is no LimitError", err)
		}
		wantError(t, err, "another session did not let go of what this statement locks in "+short(d.Kind).String()+": ", "; let that session end, or raise statement_lock_timeout or lock_retries [SQL: ")
		if got := limitsOf(t, d.Kind, c); got != before {
			t.Errorf("the session has the limits %q, before %q", got, before)
		}
		equal(t, "rows", rows(t, d.DB), []string{"a1"})
		letGo()
		if err := h.run(t, h.upgrade("head"), o); err != nil {
			t.Fatal(err)
		}
		if got := limitsOf(t, d.Kind, c); got != before {
			t.Errorf("the session has the limits %q, before %q", got, before)
		}
		if calls["b2"] != 2 {
			t.Errorf("the revision was called %d times", calls["b2"])
		}
	})
}

// TestLockRetries tries again until the other session lets go. Where that rolls a
// transaction back, the revisions in it are called again, and no others.
func TestLockRetries(t *testing.T) {
	heeding(t, func(t *testing.T, d *testdb.DB) {
		mysql := d.Kind.SpeaksMySQL()
		for _, c := range []struct {
			name string
			o    env.Options
			want map[string]int // calls of revisions, where a transaction undoes them
		}{
			{"whole", env.Options{}, map[string]int{"a2": 3, "a3": 3, "a4": 1}},
			{"per migration", env.Options{TransactionPerMigration: true}, map[string]int{"a2": 1, "a3": 3, "a4": 1}},
		} {
			t.Run(c.name, func(t *testing.T) {
				d := testdb.Open(t, d.Kind)
				calls := map[string]int{}
				other := does("a2", "a1", func(_ context.Context, o *op.Operations) error {
					calls["a2"]++
					create(o, "two")
					return o.Err()
				})
				h := newHistory(t, table("a1", "", "one"), other, widen("a3", "a2", calls), widen("a4", "a3", calls))
				h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
				letGo := block(t, d)
				var warnings []string
				c.o.DB, c.o.StatementLockTimeout = pool(t, d), short(d.Kind)
				c.o.LockRetries, c.o.LockRetryWait = 3, time.Millisecond
				err := h.listen(t, h.upgrade("head"), c.o, func(line string) {
					if !strings.Contains(line, "trying again") {
						return
					}
					if warnings = append(warnings, line); len(warnings) == 2 {
						letGo()
					}
				})
				if err != nil {
					t.Fatal(err)
				}
				what := "upgrade a2 -> a3, do a3"
				if d.Kind == testdb.KindSQLite && c.name == "whole" {
					what = "The run" // it is its COMMIT that waits for those who read
				}
				want := c.want
				if mysql {
					what, want = "A statement", map[string]int{"a2": 1, "a3": 1, "a4": 1}
				}
				if d.Kind == testdb.KindSQLite && c.name == "whole" {
					want = map[string]int{"a2": 3, "a3": 3, "a4": 3}
				}
				if d.Kind == testdb.KindSQLite && c.name == "per migration" {
					what, want = "upgrade a1 -> a2, do a2", map[string]int{"a2": 3, "a3": 1, "a4": 1}
				}
				equal(t, "warnings", warnings, []string{
					what + " could not lock what it changes; trying again in 1ms (1 of 3)",
					what + " could not lock what it changes; trying again in 2ms (2 of 3)",
				})
				for id, n := range want {
					if calls[id] != n && (c.name != "whole" || id != "a4") {
						t.Errorf("revision %s was called %d times, want %d", id, calls[id], n)
					}
				}
				equal(t, "rows", rows(t, d.DB), []string{"a4"})
			})
		}
	})
}

// TestLockRetriesEnd gives up behind the last try, also in the first run of all.
func TestLockRetriesEnd(t *testing.T) {
	heeding(t, func(t *testing.T, d *testdb.DB) {
		execute(t, d.DB, "CREATE TABLE one (id INTEGER)")
		calls := map[string]int{}
		h := newHistory(t, widen("a1", "", calls))
		letGo := block(t, d)
		o := env.Options{DB: pool(t, d), StatementLockTimeout: short(d.Kind), LockRetries: 1, LockRetryWait: time.Millisecond}
		tries := 0
		err := h.listen(t, h.upgrade("head"), o, func(line string) {
			if strings.Contains(line, "trying again") {
				tries++
			}
		})
		wantError(t, err, "another session did not let go of what this statement locks")
		if tries != 1 {
			t.Errorf("it was tried again %d times", tries)
		}
		letGo()
		h.mustRun(t, h.upgrade("head"), o)
		equal(t, "rows", rows(t, d.DB), []string{"a1"})
	})
}

// TestNoRetryOfWhatStays does not do twice what a rollback leaves.
func TestNoRetryOfWhatStays(t *testing.T) {
	d := testdb.Postgres(t)
	calls := 0
	h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
		calls++
		create(o, "two")
		o.AutocommitBlock(func(o *op.Operations) error {
			o.Exec("CREATE INDEX CONCURRENTLY i ON two (id)")
			return o.Err()
		})
		o.Exec("ALTER TABLE one ADD COLUMN x INTEGER")
		return o.Err()
	}))
	h.mustRun(t, h.upgrade("a1"), env.Options{DB: d.DB})
	block(t, d)
	// It would wait for the transaction that blocks, as that may see the table.
	err := h.run(t, h.upgrade("head"), env.Options{DB: pool(t, d), StatementLockTimeout: short(d.Kind), LockRetries: 3, LockRetryWait: time.Millisecond})
	wantError(t, err, "another session did not let go")
	if calls != 1 {
		t.Errorf("the revision was called %d times", calls)
	}
}

// TestStatementTimeout ends a statement that takes too long, on the server too.
func TestStatementTimeout(t *testing.T) {
	slow := map[testdb.Kind]string{
		testdb.KindMySQL: "DO SLEEP(300)", testdb.KindTiDB: "DO SLEEP(300)", testdb.KindMariaDB: "SELECT count(*) FROM information_schema.COLUMNS a, information_schema.COLUMNS b, information_schema.COLUMNS c", testdb.KindPostgres: "SELECT pg_sleep(300)",
		testdb.KindSQLite: "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
	}
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
			sleep, ok := slow[d.Kind]
			if !ok {
				sleep = slow[testdb.KindMySQL] // of its family
			}
			o.Exec(sleep)
			return o.Err()
		}))
		db := pool(t, d)
		err := h.run(t, h.upgrade("head"), env.Options{DB: db, StatementTimeout: 100 * time.Millisecond, LockRetries: 3})
		wantError(t, err, "the statement took longer than it may 100ms: ", "; raise statement_timeout [SQL: ")
		other := newHistory(t, table("a1", "", "one"))
		other.mustRun(t, other.upgrade("head"), env.Options{DB: db, LockTimeout: 50 * time.Second})
		if n := db.Stats().InUse; n != 0 {
			t.Errorf("%d connections are not given back", n)
		}
	})
}

// TestLimitsInCallersTransaction bounds the caller's transaction no longer than the run.
func TestLimitsInCallersTransaction(t *testing.T) {
	d := testdb.Postgres(t)
	tx, err := d.DB.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	h := newHistory(t, table("a1", "", "one"))
	h.mustRun(t, h.upgrade("head"), env.Options{Tx: tx, StatementLockTimeout: time.Second, StatementTimeout: time.Minute})
	var now string
	if err := tx.QueryRowContext(t.Context(), "SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout')").Scan(&now); err != nil {
		t.Fatal(err)
	}
	if now != "0 0" {
		t.Errorf("the limits are %s", now)
	}
}

// TestConfiguredLimits reads them from the ini file, where the options say nothing.
func TestConfiguredLimits(t *testing.T) {
	d := testdb.SQLite(t)
	h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
		o.Exec("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c")
		return o.Err()
	}))
	for _, c := range []struct{ ini, want string }{
		{"statement_timeout = 0.05", "took longer than it may 50ms"},
		{"statement_timeout = 70ms\nlock_retries = 2\nstatement_lock_timeout = 1\nlock_retry_wait = 1ms", "took longer than it may 70ms"},
		{"statement_timeout = soon", `reading statement_timeout: "soon" is neither a number of seconds nor a duration such as 2m`},
		{"statement_lock_timeout = -1", `reading statement_lock_timeout: "-1" is neither`},
		{"lock_retry_wait = 0", `reading lock_retry_wait: "0" is neither`},
		{"lock_retries = some", `reading lock_retries: "some" is no number of tries, such as 5`},
		{"lock_timeout = x", `reading lock_timeout: "x" is neither`},
	} {
		cfg, err := config.Parse([]byte("[alembic]\n"+c.ini+"\n"), config.Options{})
		if err != nil {
			t.Fatal(err)
		}
		e := env.New(env.Setup{Systems: systems, Graph: h.graph, Scripts: h.scripts, Task: h.upgrade("head"), Config: cfg})
		if err = e.Configure(t.Context(), env.Options{DB: d.DB}); err == nil {
			err = e.RunMigrations(t.Context())
		}
		wantError(t, err, c.want)
	}
}
