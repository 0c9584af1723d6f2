package migratetest_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/migratetest"
	"github.com/gomig-dev/gomig/models"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/versions"
)

// recorder is a test whose failures are looked at.
type recorder struct {
	testing.TB
	lines []string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Errorf(f string, a ...any) { r.lines = append(r.lines, fmt.Sprintf(f, a...)) }
func (r *recorder) Error(a ...any)            { r.lines = append(r.lines, fmt.Sprint(a...)) }
func (r *recorder) Fatalf(f string, a ...any) { r.Errorf(f, a...); runtime.Goexit() }
func (r *recorder) Fatal(a ...any)            { r.Error(a...); runtime.Goexit() }

// failures are what a test says that ends as tests do.
func failures(t *testing.T, f func(t testing.TB)) string {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(r)
	}()
	<-done
	return strings.Join(r.lines, "\n")
}

func wantFailure(t *testing.T, got string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(got, p) {
			t.Errorf("the failure %q lacks %q", got, p)
		}
	}
}

type function = func(ctx context.Context, o *op.Operations) error

// creates and drops are the ways of a revision with one table.
func creates(name string) function {
	return func(_ context.Context, o *op.Operations) error {
		o.CreateTable(name, schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()))
		return o.Err()
	}
}

func drops(name string) function {
	return func(_ context.Context, o *op.Operations) error {
		o.DropTable(name)
		return o.Err()
	}
}

// table is a revision with one table.
func table(id, name string, down ...string) script.Revision {
	return script.Revision{ID: id, Down: script.Revises(down...), Upgrade: creates(name), Downgrade: drops(name)}
}

func set(revs ...script.Revision) []*script.Set {
	var s script.Set
	for _, r := range revs {
		s.Add(r)
	}
	return []*script.Set{&s}
}

// each runs a test on every kind of server.
func each(t *testing.T, f func(t *testing.T, d *testdb.DB)) {
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) { f(t, testdb.Open(t, k)) })
	}
}

// TestOwn holds this repository's own example to what users hold theirs to.
func TestOwn(t *testing.T) {
	suite := migratetest.Suite{Scripts: []*script.Set{&versions.Scripts}, Metadata: []*schema.Metadata{models.Metadata}}
	t.Run("file", func(t *testing.T) { migratetest.Run(t, suite) })
	t.Run("memory", func(t *testing.T) {
		suite.Open = func(t testing.TB) *sql.DB {
			db, err := sql.Open("sqlite", ":memory:")
			if err != nil {
				t.Fatal(err)
			}
			db.SetMaxOpenConns(1)
			t.Cleanup(func() { _ = db.Close() })
			return db
		}
		migratetest.Run(t, suite)
	})
}

// TestGraph goes through branches, a merge and a dependency.
func TestGraph(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		side := table("e5", "side")
		side.DependsOn = []string{"b2"}
		migratetest.UpDownUp(t, migratetest.Suite{DB: d.DB, Scripts: set(
			table("a1", "one"), table("b2", "two", "a1"), table("c3", "three", "a1"), table("c4", "four", "c3"),
			table("d4", "five", "b2", "c4"), side, table("f6", "six", "e5"),
		)})
	})
}

// TestGivenDatabase is empty again behind every test, also where there is no way down.
func TestGivenDatabase(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		m := schema.NewMetadata(schema.Options{})
		for _, name := range []string{"one", "two", "three"} {
			m.Table(name, schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()))
		}
		never := table("b2", "two", "a1")
		never.Downgrade = func(context.Context, *op.Operations) error { return fmt.Errorf("never") }
		migratetest.Run(t, migratetest.Suite{
			DB: d.DB, Scripts: set(table("a1", "one"), never, table("c3", "three", "b2")),
			Metadata: []*schema.Metadata{m}, Irreversible: []string{"b2"},
		})
		if _, err := d.DB.ExecContext(t.Context(), "CREATE TABLE precious (id INTEGER)"); err != nil {
			t.Fatal(err)
		}
		got := failures(t, func(t testing.TB) { migratetest.UpDownUp(t, migratetest.Suite{DB: d.DB}) })
		wantFailure(t, got, "the database is not empty: it has the table precious")
	})
}

// TestFailures shows what each mistake in a history says.
func TestFailures(t *testing.T) {
	noWay := table("b2", "two", "a1")
	noWay.Downgrade = nil
	broken := table("b2", "two", "a1")
	broken.Downgrade = func(context.Context, *op.Operations) error { return fmt.Errorf("it cannot be undone") }
	other := table("b2", "two", "a1")
	first := true
	other.Upgrade = func(ctx context.Context, o *op.Operations) error {
		o.CreateTable("two", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()))
		if !first {
			o.AddColumn("two", schema.Column("more", schema.Integer()))
		}
		first = false
		return o.Err()
	}
	again := table("b2", "two", "a1")
	again.Downgrade = func(_ context.Context, o *op.Operations) error {
		o.Exec("ALTER TABLE two RENAME TO three")
		return o.Err()
	}
	declared := schema.NewMetadata(schema.Options{})
	declared.Table("one", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("late", schema.Integer()))
	upDownUp := func(s migratetest.Suite) func(testing.TB) {
		return func(t testing.TB) { migratetest.UpDownUp(t, s) }
	}
	for _, c := range []struct {
		name string
		test func(t testing.TB)
		want []string
	}{
		{"two heads", func(t testing.TB) {
			migratetest.SingleHead(t, set(table("a1", "one"), table("b2", "two", "a1"), table("c3", "three", "a1"))...)
		}, []string{"the history has 2 heads: b2 (migratetest_test.go:", "), c3 (migratetest_test.go:", "`gomig merge heads`"}},
		{"no parent", func(t testing.TB) { migratetest.SingleHead(t, set(table("b2", "two", "a1"))...) }, []string{"reading the revisions: ", "a1"}},
		{"twice", func(t testing.TB) { migratetest.SingleHead(t, set(table("a1", "one"), table("a1", "two"))...) }, []string{`revision "a1" is registered twice`}},
		{
			"no way down", upDownUp(migratetest.Suite{Scripts: set(table("a1", "one"), noWay)}),
			[]string{"the way down of revision b2 (migratetest_test.go:", "does not lead to the schema that was there before", "\n  removed table 'two'\n", `migratetest.Suite.Irreversible: "b2"`},
		},
		{
			"failing way down", upDownUp(migratetest.Suite{Scripts: set(table("a1", "one"), broken)}),
			[]string{"the way down of revision b2 (migratetest_test.go:", "it cannot be undone; if it cannot be undone, name it in"},
		},
		{
			"another way up", upDownUp(migratetest.Suite{Scripts: set(table("a1", "one"), other)}),
			[]string{"leads to another schema after its way down than at first", "\n  removed column 'two.more'"},
		},
		{"half a way down", upDownUp(migratetest.Suite{Scripts: set(table("a1", "one"), again)}), []string{"\n  removed table 'three'"}},
		{"unknown irreversible", upDownUp(migratetest.Suite{Irreversible: []string{"x"}}), []string{`names "x" as irreversible, and there is no such revision`}},
		{"both", upDownUp(migratetest.Suite{DB: &sql.DB{}, Open: func(testing.TB) *sql.DB { return nil }}), []string{"has both Open and DB"}},
		{"nothing", upDownUp(migratetest.Suite{Open: func(testing.TB) *sql.DB { return nil }}), []string{"gave no database"}},
		{"no models", func(t testing.TB) { migratetest.ModelsMatch(t, migratetest.Suite{}) }, []string{"give migratetest.Suite the Metadata"}},
		{"other models", func(t testing.TB) {
			migratetest.ModelsMatch(t, migratetest.Suite{Scripts: set(table("a1", "one")), Metadata: []*schema.Metadata{declared}})
		}, []string{"the revisions do not lead to what the models declare", "\n  added column 'one.late'"}},
		{"no such revision", func(t testing.TB) { migratetest.At(t, migratetest.Suite{Scripts: set(table("a1", "one"))}, "zz") }, []string{"upgrading to zz: "}},
		{"before nothing", func(t testing.TB) {
			migratetest.Before(t, migratetest.Suite{Scripts: set(table("a1", "one"))}, "base")
		}, []string{"there is nothing before base"}},
		{"bad statement", func(t testing.TB) {
			migratetest.At(t, migratetest.Suite{Scripts: set(table("a1", "one"))}, "head").Exec("broken")
		}, []string{"broken: "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := failures(t, c.test)
			if got == "" {
				t.Fatalf("no failure, want %q", c.want)
			}
			wantFailure(t, got, c.want...)
		})
	}
}

// TestUnmanaged notices what gomig does not manage and a revision leaves behind.
func TestUnmanaged(t *testing.T) {
	got := failures(t, func(t testing.TB) {
		migratetest.UpDownUp(t, migratetest.Suite{Scripts: set(script.Revision{ID: "a1", Upgrade: func(_ context.Context, o *op.Operations) error {
			o.Exec("CREATE VIEW v AS SELECT 1 AS one")
			return o.Err()
		}})})
	})
	wantFailure(t, got, "does not lead to the schema that was there before", "view")
}

// TestRows looks at rows there and back, on every server.
func TestRows(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		d2 := migratetest.Before(t, migratetest.Suite{DB: d.DB, Scripts: set(table("a1", "one"), script.Revision{
			ID: "b2", Down: script.Revises("a1"), Upgrade: func(_ context.Context, o *op.Operations) error {
				o.AddColumn("one", schema.Column("name", schema.String(20)))
				o.Exec("UPDATE one SET name = 'x' WHERE id > 1")
				return o.Err()
			}, Downgrade: func(_ context.Context, o *op.Operations) error {
				o.DropColumn("one", "name")
				return o.Err()
			},
		})}, "b2")
		d2.Insert("one", op.Row{"id": 1}, op.Row{"id": 2})
		d2.Upgrade("b2")
		if got, want := d2.Rows("SELECT id, name FROM one ORDER BY id"), [][]string{{"1", "NULL"}, {"2", "x"}}; !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		d2.Exec("DELETE FROM one WHERE id = 1")
		d2.Downgrade("-1")
		if got, want := d2.Rows("SELECT id FROM one"), [][]string{{"2"}}; !reflect.DeepEqual(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// TestNoFilesNeeded runs where there is no alembic.ini.
func TestNoFilesNeeded(t *testing.T) {
	t.Chdir(t.TempDir())
	migratetest.Run(t, migratetest.Suite{Scripts: set(table("a1", "one"))})
	if files, err := os.ReadDir("."); err != nil || len(files) > 0 {
		t.Errorf("files %v, error %v", files, err)
	}
}
