package env_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// failure is a second revision that fails, and what is left of the run.
type failure struct {
	name     string
	options  env.Options
	upgrade  func(ctx context.Context, o *op.Operations) error
	tables   []string // beside the version table and "one", where DDL is not transactional
	rows     []string // of "one", there
	done     int
	kept     int    // there
	keptText string // there: what the error says of it
	// The same where DDL is transactional, if anything stays there too.
	alwaysTables []string
	alwaysRows   []string
	alwaysKept   int
	alwaysText   string
}

func create(o *op.Operations, name string) {
	o.CreateTable(name, schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()))
}

const undoByHand = ": undo by hand what stayed, or let the revision pass over it, and run it again"

var failures = []failure{
	{
		name: "schema",
		upgrade: func(_ context.Context, o *op.Operations) error {
			create(o, "two")
			create(o, "three")
			create(o, "one") // exists
			return o.Err()
		},
		tables: []string{"three", "two"}, done: 2, kept: 2, keptText: "; 2 of its statements ran before and stay, since D cannot undo schema changes" + undoByHand,
	},
	{
		name: "rows alone", // even MySQL can undo those
		upgrade: func(_ context.Context, o *op.Operations) error {
			o.Exec("INSERT INTO one (id) VALUES (1)")
			o.BulkInsert("one", op.Row{"id": 2})
			o.Exec("broken")
			return o.Err()
		},
		done: 2,
	},
	{
		name: "rows, then schema",
		upgrade: func(_ context.Context, o *op.Operations) error {
			o.BulkInsert("one", op.Row{"id": 1})
			create(o, "one")
			return o.Err()
		},
		rows: []string{"1"}, done: 1, kept: 1, keptText: "; 1 of its statements ran before and stays, since D cannot undo schema changes" + undoByHand,
	},
	{
		name: "schema, then rows",
		upgrade: func(_ context.Context, o *op.Operations) error {
			create(o, "two")
			o.BulkInsert("one", op.Row{"id": 1})
			o.BulkInsert("one", op.Row{"id": 1})
			return o.Err()
		},
		tables: []string{"two"}, done: 2, kept: 1, keptText: "; 2 of its statements ran before and the first of them stays, since D cannot undo schema changes" + undoByHand,
	},
	{
		name: "an error of its own",
		upgrade: func(context.Context, *op.Operations) error {
			return errors.New("no luck")
		},
	},
	{
		name: "on the raw connection",
		upgrade: func(ctx context.Context, o *op.Operations) error {
			c, err := o.Conn()
			if err != nil {
				return err
			}
			if _, err := c.ExecContext(ctx, "INSERT INTO one (id) VALUES (1)"); err != nil {
				return err
			}
			return errors.New("no luck")
		},
		done: 1,
	},
	{
		name: "behind an autocommit block",
		upgrade: func(_ context.Context, o *op.Operations) error {
			o.BulkInsert("one", op.Row{"id": 1})
			o.AutocommitBlock(func(o *op.Operations) error {
				o.BulkInsert("one", op.Row{"id": 2})
				return nil
			})
			o.BulkInsert("one", op.Row{"id": 3})
			o.Exec("broken")
			return o.Err()
		},
		rows: []string{"1", "2"}, done: 3, kept: 2, keptText: "; 3 of its statements ran before and the first 2 of them stay, since D cannot undo schema changes" + undoByHand,
		alwaysRows: []string{"1", "2"}, alwaysKept: 2,
		alwaysText: "; 3 of its statements ran before and the first 2 of them stay, since they were committed outside the transaction" + undoByHand,
	},
	{
		name: "inside an autocommit block",
		upgrade: func(_ context.Context, o *op.Operations) error {
			o.AutocommitBlock(func(o *op.Operations) error {
				o.BulkInsert("one", op.Row{"id": 1})
				o.Exec("broken")
				return nil
			})
			return o.Err()
		},
		rows: []string{"1"}, done: 1, kept: 1, keptText: "; 1 of its statements ran before and stays, since D cannot undo schema changes" + undoByHand,
		alwaysRows: []string{"1"}, alwaysKept: 1,
		alwaysText: "; 1 of its statements ran before and stays, since they were committed outside the transaction" + undoByHand,
	},
	{
		name: "in a callback",
		options: env.Options{OnVersionApply: []func(context.Context, env.VersionInfo) error{func(_ context.Context, i env.VersionInfo) error {
			if i.Step.Revision.ID() == "b2" {
				return errors.New("no luck")
			}
			return nil
		}}},
		upgrade: func(_ context.Context, o *op.Operations) error {
			create(o, "two")
			return o.Err()
		},
		tables: []string{"two"}, done: 1, kept: 1, keptText: "; 1 of its statements ran before and stays, since D cannot undo schema changes" + undoByHand,
	},
}

// TestFailures looks at what a failing second revision leaves behind, and what
// the error says of it.
func TestFailures(t *testing.T) {
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			for _, f := range failures {
				t.Run(f.name, func(t *testing.T) { f.test(t, testdb.Open(t, k), false) })
				t.Run(f.name+", per migration", func(t *testing.T) { f.test(t, testdb.Open(t, k), true) })
			}
		})
	}
}

func (f failure) test(t *testing.T, d *testdb.DB, per bool) {
	h := newHistory(t, table("a1", "", "one"), does("b2", "a1", f.upgrade))
	o := f.options
	o.DB, o.TransactionPerMigration = d.DB, per
	err := h.run(t, h.upgrade("head"), o)
	step, ok := errors.AsType[*env.StepError](err)
	if !ok {
		t.Fatalf("error %v is no StepError", err)
	}
	transactional := d.Kind == testdb.KindSQLite || d.Kind == testdb.KindPostgres
	if !transactional {
		f.compare(t, d, step, []string{"a1"}, f.tables, f.rows, f.kept, replaceName(f.keptText, d))
		return
	}
	text, current := f.alwaysText, []string{"a1"}
	// A block of the second revision commits the first one, but not its own.
	if !per && f.alwaysKept == 0 && !f.blocks() {
		text, current = "; the revision before it was rolled back with it, being in the same transaction", nil
	}
	f.compare(t, d, step, current, f.alwaysTables, f.alwaysRows, f.alwaysKept, text)
}

func (f failure) blocks() bool { return f.alwaysRows != nil }

func (f failure) compare(t *testing.T, d *testdb.DB, step *env.StepError, current, more, inOne []string, kept int, text string) {
	t.Helper()
	all := []string{}
	if current != nil {
		all = append([]string{"alembic_version", "one"}, more...)
	}
	equal(t, "tables", tables(t, d), all)
	equal(t, "versions", rows(t, d.DB), current)
	equal(t, "rows", column(t, d.DB, "SELECT id FROM one ORDER BY 1"), inOne)
	if step.Done != f.done || step.Kept != kept || step.File != "b2.go" {
		t.Errorf("done %d, kept %d, file %q; want %d, %d", step.Done, step.Kept, step.File, f.done, kept)
	}
	want := "running upgrade a1 -> b2, do b2 (b2.go): " + step.Err.Error() + text
	if step.Error() != want {
		t.Errorf("error\n%s\nwant\n%s", step, want)
	}
}

func replaceName(text string, d *testdb.DB) string {
	if i := len("; "); len(text) > i {
		out := ""
		for _, r := range text {
			if r == 'D' {
				out += dialectName(d)
			} else {
				out += string(r)
			}
		}
		return out
	}
	return text
}

// TestAfterFailure runs the corrected revision on what a failure left.
func TestAfterFailure(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		broken := true
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			o.BulkInsert("one", op.Row{"id": 1})
			if broken {
				o.Exec("broken")
			}
			return o.Err()
		}))
		if err := h.run(t, h.upgrade("head"), env.Options{DB: d.DB}); err == nil {
			t.Fatal("no error")
		}
		broken = false
		h.mustRun(t, h.upgrade("head"), env.Options{DB: d.DB})
		equal(t, "versions", rows(t, d.DB), []string{"b2"})
		equal(t, "rows", column(t, d.DB, "SELECT id FROM one"), []string{"1"})
	})
}

// TestCallersTransaction lets the caller decide.
func TestCallersTransaction(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
		o := env.Options{Dialect: dialectName(d)}
		begin := func() *sql.Tx {
			tx, err := d.DB.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			o.Tx = tx
			return tx
		}
		tx := begin()
		h.mustRun(t, h.upgrade("head"), o)
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if d.Kind == testdb.KindSQLite || d.Kind == testdb.KindPostgres {
			equal(t, "tables", tables(t, d), []string{})
			tx = begin()
			h.mustRun(t, h.upgrade("head"), o)
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, "tables", tables(t, d), []string{"alembic_version", "one", "two"})
		equal(t, "versions", rows(t, d.DB), []string{"b2"})
	})
}
