package env_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// outers are arrangements in which the environment begins the transaction, and
// makes a table before the run and one behind it.
var outers = []arrangement{
	{
		name:     "as the database does it",
		sqlite:   "BEGIN IMMEDIATE, before, versions, one, +a1, two, a1>b2, after, COMMIT",
		mysql:    "lock, autocommit=0, before, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, after, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, before, versions, one, +a1, two, a1>b2, after, COMMIT, unlock",
	},
	{
		name: "per migration", options: env.Options{TransactionPerMigration: true},
		sqlite:   "BEGIN IMMEDIATE, before, versions, one, +a1, COMMIT, BEGIN IMMEDIATE, two, a1>b2, COMMIT, after",
		mysql:    "lock, autocommit=0, before, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, after, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, before, versions, one, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT, after, unlock",
	},
	{
		name: "the caller's transaction", tx: true,
		sqlite:   "(the driver begins), before, versions, one, +a1, two, a1>b2, after",
		mysql:    "(the driver begins), lock, before, versions, one, +a1, two, a1>b2, after, unlock",
		postgres: "(the driver begins), lock transaction, before, versions, one, +a1, two, a1>b2, after",
	},
	{
		name: "an autocommit block", block: true,
		sqlite:   "BEGIN IMMEDIATE, before, versions, one, COMMIT, row, BEGIN IMMEDIATE, +a1, two, a1>b2, after, COMMIT",
		mysql:    "lock, autocommit=0, before, versions, one, COMMIT, autocommit=1, row, autocommit=0, +a1, COMMIT, two, a1>b2, COMMIT, after, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, before, versions, one, COMMIT, row, BEGIN, +a1, two, a1>b2, after, COMMIT, unlock",
	},
	{
		name: "a failure", fail: true,
		sqlite:   "BEGIN IMMEDIATE, before, versions, one, +a1, two, broken, ROLLBACK",
		mysql:    "lock, autocommit=0, before, versions, one, +a1, COMMIT, two, broken, ROLLBACK, autocommit=1, unlock",
		postgres: "lock, BEGIN, before, versions, one, +a1, two, broken, ROLLBACK, unlock",
	},
}

// TestBeginTransaction holds the arrangements with an outer transaction to what they send.
func TestBeginTransaction(t *testing.T) {
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			for _, a := range outers {
				t.Run(a.name, func(t *testing.T) { a.testOuter(t, testdb.Open(t, k)) })
			}
		})
	}
}

func (a arrangement) testOuter(t *testing.T, d *testdb.DB) {
	h := a.revisions(t)
	db, r := record(t, d)
	o := a.options
	o.DB, o.Dialect = db, dialectName(d)
	if a.tx {
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		o.Tx = tx
	}
	e, _ := h.context(h.upgrade("head"), nil)
	if err := e.Configure(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	err := e.BeginTransaction(t.Context(), func(ctx context.Context) error {
		if err := e.Execute(ctx, "CREATE TABLE before_it (id INTEGER)"); err != nil {
			return err
		}
		if err := e.RunMigrations(ctx); err != nil {
			return err
		}
		return e.Execute(ctx, "CREATE TABLE after_it (id INTEGER)")
	})
	if (err != nil) != a.fail {
		t.Errorf("error %v", err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	want := map[testdb.Kind]string{
		testdb.KindSQLite: a.sqlite, testdb.KindMySQL: a.mysql, testdb.KindMariaDB: a.mysql, testdb.KindTiDB: a.mysql, testdb.KindPostgres: a.postgres,
	}[d.Kind]
	got := strings.NewReplacer("before_it", "before", "after_it", "after").Replace(skeleton(r.take()))
	if got != want {
		t.Errorf("sent\n%s\nwant\n%s", got, want)
	}
}

// TestBeginTransactionMisuse asks for one where there is none, inside of one, and lets f fail or panic.
func TestBeginTransactionMisuse(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"))
		e, _ := h.context(h.upgrade("head"), nil)
		nothing := func(context.Context) error { return nil }
		wantError(t, e.BeginTransaction(t.Context(), nothing), "the environment is not configured")
		if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
			t.Fatal(err)
		}
		err := e.BeginTransaction(t.Context(), func(ctx context.Context) error {
			if err := e.Execute(ctx, "CREATE TABLE mine (id INTEGER)"); err != nil {
				return err
			}
			return errors.Join(e.BeginTransaction(ctx, nothing), errors.New("no luck"))
		})
		wantError(t, err, "a run is under way already on this connection", "no luck")
		if family(d) != "mysql" {
			equal(t, "tables", tables(t, d), []string{})
		}
		wantError(t, e.BeginTransaction(t.Context(), func(context.Context) error { panic("oh") }), "oh")
		if err := e.BeginTransaction(t.Context(), nothing); err != nil {
			t.Fatal(err)
		}
		if err := e.RunMigrations(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantError(t, e.BeginTransaction(t.Context(), nothing), "this migration is over")
		if n := d.DB.Stats().InUse; n != 0 {
			t.Errorf("%d connections in use", n)
		}
	})
}

// scripts are the arrangements of scripts: what stands in one.
var scripts = []struct {
	name        string
	options     env.Options
	block, fail bool
	outer       bool // the environment begins the transaction
	plain       string
	mysql       string
}{
	{
		name: "as the database does it", plain: "BEGIN, versions, one, +a1, two, a1>b2, COMMIT", mysql: "versions, one, +a1, two, a1>b2",
	},
	{
		name: "per migration", options: env.Options{TransactionPerMigration: true},
		plain: "BEGIN, versions, one, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT", mysql: "versions, one, +a1, two, a1>b2",
	},
	{
		name: "not transactional", options: env.Options{TransactionalDDL: env.No},
		plain: "versions, one, +a1, two, a1>b2", mysql: "versions, one, +a1, two, a1>b2",
	},
	{
		name: "transactional", options: env.Options{TransactionalDDL: env.Yes},
		plain: "BEGIN, versions, one, +a1, two, a1>b2, COMMIT", mysql: "BEGIN, versions, one, +a1, two, a1>b2, COMMIT",
	},
	{
		name: "an autocommit block", block: true,
		plain: "BEGIN, versions, one, COMMIT, row, BEGIN, +a1, two, a1>b2, COMMIT", mysql: "versions, one, row, +a1, two, a1>b2",
	},
	{name: "a failure", fail: true},
	{
		name: "begun by the environment", outer: true,
		plain: "BEGIN, before, versions, one, +a1, two, a1>b2, after, COMMIT", mysql: "before, versions, one, +a1, two, a1>b2, after",
	},
	{
		name: "begun by the environment, per migration", outer: true, options: env.Options{TransactionPerMigration: true},
		plain: "BEGIN, before, versions, one, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT, after", mysql: "before, versions, one, +a1, two, a1>b2, after",
	},
	{name: "begun by the environment, a failure", outer: true, fail: true},
}

// TestScriptArrangements holds the arrangements of scripts to what they say.
func TestScriptArrangements(t *testing.T) {
	for _, dialect := range []string{"sqlite", "postgresql", "mysql", "mariadb"} {
		for _, a := range scripts {
			t.Run(dialect+"/"+a.name, func(t *testing.T) {
				h := arrangement{block: a.block, fail: a.fail}.revisions(t)
				if a.fail {
					h = newHistory(t, table("a1", "", "one"), does("b2", "a1", func(context.Context, *op.Operations) error { return errors.New("no luck") }))
				}
				var out strings.Builder
				o := a.options
				o.Dialect, o.OutputBuffer = dialect, &out
				e, _ := h.context(offline(h.upgrade("head"), ""), nil)
				if err := e.Configure(t.Context(), o); err != nil {
					t.Fatal(err)
				}
				run := e.RunMigrations
				err := error(nil)
				if a.outer {
					err = e.BeginTransaction(t.Context(), func(ctx context.Context) error {
						return errors.Join(e.Execute(ctx, "CREATE TABLE before_it (id INTEGER)"), run(ctx), e.Execute(ctx, "CREATE TABLE after_it (id INTEGER)"))
					})
				} else {
					err = run(t.Context())
				}
				if (err != nil) != a.fail {
					t.Errorf("error %v", err)
				}
				want := a.plain
				if dialect == "mysql" || dialect == "mariadb" {
					want = a.mysql
				}
				var sent []string
				for s := range strings.SplitSeq(out.String(), ";\n") {
					var lines []string
					for l := range strings.Lines(s) {
						if !strings.HasPrefix(l, "--") {
							lines = append(lines, l)
						}
					}
					sent = append(sent, strings.Join(strings.Fields(strings.Join(lines, "")), " "))
				}
				got := strings.NewReplacer("before_it", "before", "after_it", "after").Replace(skeleton(sent))
				if got != want {
					t.Errorf("wrote\n%s\nwant\n%s\nscript\n%s", got, want, out.String())
				}
			})
		}
	}
}
