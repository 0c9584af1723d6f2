package env_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// abbreviations make statements short enough for a table.
var abbreviations = []struct {
	pattern *regexp.Regexp
	short   string
}{
	{regexp.MustCompile("^CREATE TABLE alembic_version .*"), "versions"},
	{regexp.MustCompile(`^CREATE TABLE (\w+) .*`), "$1"},
	{regexp.MustCompile(`^INSERT INTO alembic_version .* VALUES \('(\w+)'\)`), "+$1"},
	{regexp.MustCompile(`^UPDATE alembic_version SET version_num = '(\w+)' WHERE version_num = '(\w+)'`), "$2>$1"},
	{regexp.MustCompile(`^INSERT INTO one .*`), "row"},
	{regexp.MustCompile(`^SELECT pg_try_advisory_lock.*|^SELECT GET_LOCK.*`), "lock"},
	{regexp.MustCompile(`^SELECT pg_try_advisory_xact_lock.*`), "lock transaction"},
	{regexp.MustCompile(`^SELECT pg_advisory_unlock.*|^SELECT RELEASE_LOCK.*`), "unlock"},
	{regexp.MustCompile(`^SET SESSION autocommit = (\d)`), "autocommit=$1"},
	{regexp.MustCompile(`^(BEGIN IMMEDIATE|BEGIN|COMMIT|ROLLBACK|\(the driver begins\)|SELECT 1|broken)$`), "$1"},
	{regexp.MustCompile(`.*`), ""}, // what only asks
}

// skeleton is what of the statements decides what stays.
func skeleton(sent []string) string {
	var out []string
	for _, s := range sent {
		s = strings.NewReplacer("`", "", `"`, "").Replace(s)
		for _, a := range abbreviations {
			if a.pattern.MatchString(s) {
				if short := a.pattern.ReplaceAllString(s, a.short); short != "" {
					out = append(out, short)
				}
				break
			}
		}
	}
	return strings.Join(out, ", ")
}

// arrangement is one way to run two revisions.
type arrangement struct {
	name     string
	options  env.Options
	tx       bool // in the caller's transaction
	block    bool // the first revision has an autocommit block between its table and a row
	fail     bool // the second revision fails behind its table
	sqlite   string
	mysql    string // and MariaDB
	postgres string
}

var arrangements = []arrangement{
	{
		name:     "as the database does it",
		sqlite:   "BEGIN IMMEDIATE, versions, one, +a1, two, a1>b2, COMMIT",
		mysql:    "lock, autocommit=0, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, +a1, two, a1>b2, COMMIT, unlock",
	},
	{
		name: "per migration", options: env.Options{TransactionPerMigration: true},
		sqlite:   "BEGIN IMMEDIATE, versions, one, +a1, COMMIT, BEGIN IMMEDIATE, two, a1>b2, COMMIT",
		mysql:    "lock, autocommit=0, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT, unlock",
	},
	{
		name: "not transactional", options: env.Options{TransactionalDDL: env.No},
		sqlite:   "BEGIN IMMEDIATE, versions, one, +a1, COMMIT, BEGIN IMMEDIATE, two, a1>b2, COMMIT",
		mysql:    "lock, autocommit=0, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT, unlock",
	},
	{
		name: "transactional", options: env.Options{TransactionalDDL: env.Yes},
		sqlite:   "BEGIN IMMEDIATE, versions, one, +a1, two, a1>b2, COMMIT",
		mysql:    "lock, autocommit=0, versions, one, +a1, two, a1>b2, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, +a1, two, a1>b2, COMMIT, unlock",
	},
	{
		name: "the caller's transaction", tx: true,
		sqlite:   "(the driver begins), versions, one, +a1, two, a1>b2",
		mysql:    "(the driver begins), lock, versions, one, +a1, two, a1>b2, unlock",
		postgres: "(the driver begins), lock transaction, versions, one, +a1, two, a1>b2",
	},
	{
		name: "the caller's transaction, per migration", tx: true, options: env.Options{TransactionPerMigration: true},
		sqlite:   "(the driver begins), versions, one, +a1, two, a1>b2",
		mysql:    "(the driver begins), lock, versions, one, +a1, two, a1>b2, unlock",
		postgres: "(the driver begins), lock transaction, versions, one, +a1, two, a1>b2",
	},
	{
		name: "without a lock", options: env.Options{NoLock: true},
		sqlite:   "BEGIN, versions, one, +a1, two, a1>b2, COMMIT",
		mysql:    "autocommit=0, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1",
		postgres: "BEGIN, versions, one, +a1, two, a1>b2, COMMIT",
	},
	{
		name: "without a lock, per migration", options: env.Options{NoLock: true, TransactionPerMigration: true},
		sqlite:   "BEGIN, versions, one, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT",
		mysql:    "autocommit=0, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1",
		postgres: "BEGIN, versions, one, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT",
	},
	{
		name: "an autocommit block", block: true,
		sqlite:   "BEGIN IMMEDIATE, versions, one, COMMIT, row, BEGIN IMMEDIATE, +a1, two, a1>b2, COMMIT",
		mysql:    "lock, autocommit=0, versions, one, COMMIT, autocommit=1, row, autocommit=0, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, COMMIT, row, BEGIN, +a1, two, a1>b2, COMMIT, unlock",
	},
	{
		name: "an autocommit block, per migration", block: true, options: env.Options{TransactionPerMigration: true},
		sqlite:   "BEGIN IMMEDIATE, versions, one, COMMIT, row, BEGIN IMMEDIATE, +a1, COMMIT, BEGIN IMMEDIATE, two, a1>b2, COMMIT",
		mysql:    "lock, autocommit=0, versions, one, COMMIT, autocommit=1, row, autocommit=0, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, COMMIT, row, BEGIN, +a1, COMMIT, BEGIN, two, a1>b2, COMMIT, unlock",
	},
	{
		name: "an autocommit block in the caller's transaction", block: true, tx: true,
		sqlite:   "(the driver begins), versions, one",
		mysql:    "(the driver begins), lock, versions, one, unlock",
		postgres: "(the driver begins), lock transaction, versions, one",
	},
	{
		name: "a failure", fail: true,
		sqlite:   "BEGIN IMMEDIATE, versions, one, +a1, two, broken, ROLLBACK",
		mysql:    "lock, autocommit=0, versions, one, +a1, COMMIT, two, broken, ROLLBACK, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, +a1, two, broken, ROLLBACK, unlock",
	},
	{
		name: "a failure, per migration", fail: true, options: env.Options{TransactionPerMigration: true},
		sqlite:   "BEGIN IMMEDIATE, versions, one, +a1, COMMIT, BEGIN IMMEDIATE, two, broken, ROLLBACK",
		mysql:    "lock, autocommit=0, versions, one, +a1, COMMIT, two, broken, ROLLBACK, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, +a1, COMMIT, BEGIN, two, broken, ROLLBACK, unlock",
	},
	{
		name: "a failure in the caller's transaction", fail: true, tx: true,
		sqlite:   "(the driver begins), versions, one, +a1, two, broken",
		mysql:    "(the driver begins), lock, versions, one, +a1, two, broken, unlock",
		postgres: "(the driver begins), lock transaction, versions, one, +a1, two, broken",
	},
	{
		name: "a callback", options: env.Options{OnVersionApply: []func(context.Context, env.VersionInfo) error{
			func(context.Context, env.VersionInfo) error { return nil },
		}},
		sqlite:   "BEGIN IMMEDIATE, versions, one, +a1, SELECT 1, two, a1>b2, SELECT 1, COMMIT",
		mysql:    "lock, autocommit=0, versions, one, +a1, COMMIT, two, a1>b2, COMMIT, autocommit=1, unlock",
		postgres: "lock, BEGIN, versions, one, +a1, SELECT 1, two, a1>b2, SELECT 1, COMMIT, unlock",
	},
}

// revisions are the two revisions of an arrangement.
func (a arrangement) revisions(t *testing.T) history {
	first, second := table("a1", "", "one"), table("b2", "a1", "two")
	if a.block {
		create := first.Upgrade
		first.Upgrade = func(ctx context.Context, o *op.Operations) error {
			if err := create(ctx, o); err != nil {
				return err
			}
			o.AutocommitBlock(func(o *op.Operations) error {
				o.Exec("INSERT INTO one (id) VALUES (1)")
				return nil
			})
			return o.Err()
		}
	}
	if a.fail {
		create := second.Upgrade
		second.Upgrade = func(ctx context.Context, o *op.Operations) error {
			if err := create(ctx, o); err != nil {
				return err
			}
			o.Exec("broken")
			return o.Err()
		}
	}
	return newHistory(t, first, second)
}

// TestArrangements holds every arrangement of transactions to what it sends.
func TestArrangements(t *testing.T) {
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			for _, a := range arrangements {
				t.Run(a.name, func(t *testing.T) { a.test(t, testdb.Open(t, k)) })
			}
		})
	}
}

func (a arrangement) test(t *testing.T, d *testdb.DB) {
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
	err := h.run(t, h.upgrade("head"), o)
	if refused := a.fail || (a.block && a.tx); (err != nil) != refused {
		t.Errorf("error %v", err)
	}
	want := map[testdb.Kind]string{
		testdb.KindSQLite: a.sqlite, testdb.KindMySQL: a.mysql, testdb.KindMariaDB: a.mysql, testdb.KindTiDB: a.mysql, testdb.KindPostgres: a.postgres,
	}[d.Kind]
	if got := skeleton(r.take()); got != want {
		t.Errorf("sent\n%s\nwant\n%s", got, want)
	}
}

func dialectName(d *testdb.DB) string {
	if d.Kind == testdb.KindPostgres {
		return "postgresql"
	}
	return d.Kind.String()
}
