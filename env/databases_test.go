package env_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// configured is an environment with an ini file and -x arguments.
func configured(t *testing.T, h history, task env.Task, ini string, x ...string) *env.Context {
	t.Helper()
	c, err := config.Parse([]byte(ini), config.Options{X: x, Getenv: func(string) (string, bool) { return "", false }})
	if err != nil {
		t.Fatal(err)
	}
	return env.New(env.Setup{Config: c, Systems: systems, Graph: h.graph, Scripts: h.scripts, Task: task, XArgs: x})
}

func TestDatabases(t *testing.T) {
	const ini = "[alembic]\ndatabases = one, two\n  three\n[one]\n"
	h := newHistory(t)
	for _, c := range []struct {
		ini  string
		x    []string
		want []string
		err  string
	}{
		{ini: ini, want: []string{"one", "two", "three"}},
		{ini: ini, x: []string{"engine=two"}, want: []string{"two"}},
		{ini: ini, x: []string{"engine=three,one"}, want: []string{"one", "three"}},
		{ini: ini, x: []string{"engine=three", "engine=one", "other=x"}, want: []string{"one", "three"}},
		{ini: ini, x: []string{"engine=four"}, err: "-x engine=four: there is no such database; `databases` in alembic.ini names one, two, three"},
		{ini: "[alembic]\n", err: "there is no list of databases: add `databases = engine1, engine2` to alembic.ini"},
	} {
		got, err := configured(t, h, h.upgrade("head"), c.ini, c.x...).Databases()
		if c.err != "" {
			wantError(t, err, c.err)
			continue
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, %v", c.x, got, err)
		}
	}
}

// knowing is a revision that fails on one database, and else makes a table of its name.
func knowing(id, down, fails string) rev {
	return does(id, down, func(_ context.Context, o *op.Operations) error {
		if o.Database() == fails {
			return errors.New("no luck")
		}
		o.Exec("CREATE TABLE " + o.Database() + "_" + id + " (id INTEGER)")
		return o.Err()
	})
}

// TestRunDatabases changes all databases or none, where they can undo it.
func TestRunDatabases(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		other := testdb.Open(t, d.Kind)
		options := []env.Options{{Database: "first", DB: d.DB}, {Database: "second", DB: other.DB}}
		run := func(h history) error {
			e, _ := h.context(h.upgrade("head"), nil)
			return e.RunDatabases(t.Context(), options...)
		}
		if err := run(newHistory(t, knowing("a1", "", ""))); err != nil {
			t.Fatal(err)
		}
		equal(t, "first", tables(t, d), []string{"alembic_version", "first_a1"})
		equal(t, "second", tables(t, other), []string{"alembic_version", "second_a1"})

		err := run(newHistory(t, knowing("a1", "", ""), knowing("b2", "a1", ""), knowing("c3", "b2", "second")))
		var failed *env.DatabasesError
		if !errors.As(err, &failed) || failed.Database != "second" {
			t.Fatalf("got %v", err)
		}
		if family(d) == "mysql" {
			wantError(t, err, "second: running upgrade b2 -> c3, do c3", "no luck; changed, and staying so since it is committed: first. Put right what failed and run it again")
			equal(t, "first", rows(t, d.DB), []string{"c3"})
			equal(t, "second", rows(t, other.DB), []string{"b2"})
		} else {
			wantError(t, err, "second: running upgrade b2 -> c3, do c3", "; rolled back with it: first")
			equal(t, "first", rows(t, d.DB), []string{"a1"})
			equal(t, "second", rows(t, other.DB), []string{"a1"})
		}
		// The first fails: the second is not begun.
		err = run(newHistory(t, knowing("a1", "", ""), knowing("b2", "a1", ""), knowing("c3", "b2", ""), knowing("d4", "c3", "first")))
		wantError(t, err, "first: running upgrade", "; not begun: second")
		if n := d.DB.Stats().InUse + other.DB.Stats().InUse; n != 0 {
			t.Errorf("%d connections in use", n)
		}
		// Nothing to do in the first, and something in the second.
		if err := run(newHistory(t, knowing("a1", "", ""), knowing("b2", "a1", ""), knowing("c3", "b2", ""))); err != nil {
			t.Fatal(err)
		}
		equal(t, "second", rows(t, other.DB), []string{"c3"})
	})
}

// TestRunDatabasesOffline writes a script for each.
func TestRunDatabasesOffline(t *testing.T) {
	h := newHistory(t, knowing("a1", "", ""))
	e, _ := h.context(offline(h.upgrade("head"), ""), nil)
	var first, second bytes.Buffer
	err := e.RunDatabases(t.Context(), env.Options{Database: "first", Dialect: "mysql", OutputBuffer: &first}, env.Options{Database: "second", Dialect: "postgresql", OutputBuffer: &second})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(first.String(), "CREATE TABLE first_a1") || strings.Contains(first.String(), "BEGIN") {
		t.Errorf("first\n%s", first.String())
	}
	if !strings.Contains(second.String(), "CREATE TABLE second_a1") || !strings.Contains(second.String(), "COMMIT") {
		t.Errorf("second\n%s", second.String())
	}
	wantError(t, e.RunDatabases(t.Context()), "there is no database to run on")
	wantError(t, e.RunDatabases(t.Context(), env.Options{Database: "first", Dialect: "oracle"}), "first: configuring the environment: unknown dialect")
}
