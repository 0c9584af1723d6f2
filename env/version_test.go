package env_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script/revision"
)

func execute(t testing.TB, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// current are the rows as the command `current` reads them.
func current(t testing.TB, h history, o env.Options) []string {
	t.Helper()
	got := []string{}
	h.mustRun(t, env.Task{Plan: func(_ context.Context, _ *env.Migration, heads []string) (revision.Plan, error) {
		got = append(got, heads...)
		return revision.Plan{}, nil
	}}, o)
	return got
}

func TestVersionTable(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
		o := env.Options{DB: d.DB}

		equal(t, "rows of no table", current(t, h, o), []string{})
		equal(t, "reading makes no table", tables(t, d), []string{})

		h.mustRun(t, env.Task{Writes: true, EnsureTable: true, Plan: func(context.Context, *env.Migration, []string) (revision.Plan, error) {
			return revision.Plan{}, nil
		}}, o)
		equal(t, "ensure_version", tables(t, d), []string{"alembic_version"})

		h.mustRun(t, h.stamp("b2"), o)
		equal(t, "stamp runs nothing", tables(t, d), []string{"alembic_version"})
		equal(t, "stamp", rows(t, d.DB), []string{"b2"})
		h.mustRun(t, h.stamp("base"), o)
		equal(t, "stamp base", rows(t, d.DB), []string{})

		h.mustRun(t, h.upgrade("head"), o)
		equal(t, "current", current(t, h, o), []string{"b2"})
		h.mustRun(t, h.downgrade("base"), o)
		equal(t, "downgrade base", tables(t, d), []string{"alembic_version"})
	})
}

func TestVersionTableOptions(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"))
		o := env.Options{DB: d.DB, VersionTable: `my "versions"`, NoVersionTablePK: true}
		read := "SELECT version_num FROM \"my \"\"versions\"\"\" WHERE version_num = 'x' OR 1 = 1"
		if d.Kind.SpeaksMySQL() {
			read = "SELECT version_num FROM `my \"versions\"`"
		}
		h.mustRun(t, h.upgrade("head"), o)
		equal(t, "rows", column(t, d.DB, read), []string{"a1"})
		equal(t, "current", current(t, h, o), []string{"a1"})
		equal(t, "the usual table", current(t, h, env.Options{DB: d.DB}), []string{})
		// Without a primary key a row may be there twice.
		execute(t, d.DB, strings.NewReplacer("SELECT version_num FROM ", "INSERT INTO ", " WHERE version_num = 'x' OR 1 = 1", "").Replace(read)+" VALUES ('a1')")
	})
}

func TestVersionTableSchema(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"))
		o := env.Options{DB: d.DB, VersionTable: "v"}
		switch d.Kind {
		case testdb.KindPostgres:
			execute(t, d.DB, `CREATE SCHEMA "Other"`)
			o.VersionTableSchema = "Other"
		case testdb.KindSQLite:
			d.DB.SetMaxOpenConns(1)
			execute(t, d.DB, `ATTACH '`+file(t, "other.db")+`' AS "Other"`)
			o.VersionTableSchema = "Other"
		default:
			other := "Other_" + d.Name
			execute(t, d.DB, "CREATE DATABASE `"+other+"`")
			t.Cleanup(func() { _, _ = d.DB.Exec("DROP DATABASE `" + other + "`") })
			o.VersionTableSchema = other
		}
		h.mustRun(t, h.upgrade("head"), o)
		equal(t, "current", current(t, h, o), []string{"a1"})
		equal(t, "tables", tables(t, d), []string{"one"})
		h.mustRun(t, h.downgrade("base"), o)
		equal(t, "current", current(t, h, o), []string{})
	})
}

// TestSomeoneElse lets another program change the version table under a run.
func TestSomeoneElse(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			o.Exec("UPDATE alembic_version SET version_num = 'zz'")
			return o.Err()
		}))
		err := h.run(t, h.upgrade("head"), env.Options{DB: d.DB})
		wantError(t, err, "running upgrade a1 -> b2", `changing the version table "alembic_version": online migration expected to match one row; 0 found`, "changed by someone else meanwhile")
		if _, ok := errors.AsType[*env.RowCountError](err); !ok {
			t.Errorf("no RowCountError in %v", err)
		}
	})
}

func TestPurge(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
		execute(t, d.DB, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
			"INSERT INTO alembic_version VALUES ('gone'), ('lost')")
		if err := h.run(t, h.stamp("b2"), env.Options{DB: d.DB}); err == nil {
			t.Error("stamping over revisions that are not known is no error")
		}
		purge := h.stamp("b2")
		purge.Purge = true
		h.mustRun(t, purge, env.Options{DB: d.DB})
		equal(t, "rows", rows(t, d.DB), []string{"b2"})

		// What fails behind the purge takes it back.
		for _, per := range []bool{false, true} {
			o := env.Options{DB: d.DB, TransactionPerMigration: per, OnVersionApply: []func(context.Context, env.VersionInfo) error{
				func(context.Context, env.VersionInfo) error { return errors.New("no luck") },
			}}
			purge = h.stamp("a1")
			purge.Purge = true
			wantError(t, h.run(t, purge, o), "no luck")
			equal(t, "rows", rows(t, d.DB), []string{"b2"})
		}

		purge = h.stamp("base")
		purge.Purge = true
		h.mustRun(t, purge, env.Options{DB: d.DB})
		equal(t, "rows", rows(t, d.DB), []string{})
	})
}

// TestAlembicsTable reads and writes a table that Alembic made, with its rows in any order.
func TestAlembicsTable(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		long := strings.Repeat("é9_x", 8) // 32 characters
		h := newHistory(t, table("a1", "", "one"), table("ff", "", "two"), table("0b", "", "three"), table(long, "a1", "four"))
		execute(t, d.DB, "CREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)",
			"INSERT INTO alembic_version (version_num) VALUES ('ff')", "INSERT INTO alembic_version (version_num) VALUES ('a1')")
		equal(t, "current", current(t, h, env.Options{DB: d.DB}), []string{"a1", "ff"})
		h.mustRun(t, h.upgrade("heads"), env.Options{DB: d.DB})
		equal(t, "current", current(t, h, env.Options{DB: d.DB}), []string{"0b", "ff", long})
		equal(t, "tables", tables(t, d), []string{"alembic_version", "four", "three"})
	})
}

func TestLongIDs(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		long := strings.Repeat("x", 33)
		h := newHistory(t, table("a1", "", "one"), table(long, "a1", "two"))
		err := h.run(t, h.upgrade("head"), env.Options{DB: d.DB})
		if d.Kind == testdb.KindSQLite {
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "rows", rows(t, d.DB), []string{long})
			return
		}
		wantError(t, err, `revision id "`+long+`" has 33 characters, and the version table "alembic_version" holds 32: give the revision a shorter id, or widen the column version_num`)
		equal(t, "nothing ran", tables(t, d), []string{})

		execute(t, d.DB, "CREATE TABLE alembic_version (version_num VARCHAR(128) NOT NULL)")
		h.mustRun(t, h.upgrade("head"), env.Options{DB: d.DB})
		equal(t, "rows", rows(t, d.DB), []string{long})
	})
}

func TestCurrentRevision(t *testing.T) {
	d := testdb.SQLite(t)
	h := newHistory(t, table("a1", "", "one"), table("b2", "", "two"))
	e, _ := h.context(h.upgrade("heads"), nil)
	if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
		t.Fatal(err)
	}
	m, err := e.MigrationContext()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := m.CurrentRevision(t.Context()); got != "" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if err := e.RunMigrations(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = m.CurrentRevision(t.Context())
	wantError(t, err, "this migration is over")
	if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if m, err = e.MigrationContext(); err != nil {
		t.Fatal(err)
	}
	_, err = m.CurrentRevision(t.Context())
	wantError(t, err, `version table "alembic_version" has more than one head present: a1, b2`)
}
