package env_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
)

// embedded is a set of revisions as a versions package has it.
func embedded(revs ...rev) env.Embedded {
	var s script.Set
	for _, r := range revs {
		s.Add(r.Revision)
	}
	return env.Embedded{Systems: systems, Scripts: []*script.Set{&s}}
}

// TestEmbedded goes up and down on one migration, without any environment.
func TestEmbedded(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		m, err := env.NewMigration(t.Context(), embedded(table("a1", "", "one"), table("b2", "a1", "two"), table("c3", "", "three")), env.Options{DB: d.DB})
		if err != nil {
			t.Fatal(err)
		}
		heads := func(want ...string) {
			t.Helper()
			got, err := m.CurrentHeads(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "heads", got, want)
			at, err := m.AtHeads(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if at != (len(want) == 2 && want[0] == "b2") {
				t.Errorf("at heads: %v", at)
			}
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		heads()
		must(m.Upgrade(t.Context(), "a1"))
		heads("a1")
		must(m.Upgrade(t.Context(), "heads"))
		heads("b2", "c3")
		must(m.Upgrade(t.Context(), "heads"))
		must(m.Downgrade(t.Context(), "b2@-1"))
		heads("a1", "c3")
		must(m.Stamp(t.Context(), "heads"))
		heads("b2", "c3")
		must(m.Stamp(t.Context(), "base"))
		heads()
		equal(t, "tables", tables(t, d), []string{"alembic_version", "one", "three"})
		if err := m.Upgrade(t.Context(), "nonsense"); err == nil {
			t.Error("upgrading to nonsense is no error")
		}
		wantError(t, m.Downgrade(t.Context(), ""), "it is empty; to go back behind all revisions write base")
		must(m.Close())
		must(m.Close())
		for _, err := range []error{m.Upgrade(t.Context(), "head"), m.Execute(t.Context(), "SELECT 1")} {
			wantError(t, err, "this migration is over and its connection given back")
		}
		if n := d.DB.Stats().InUse; n != 0 {
			t.Errorf("%d connections in use", n)
		}
	})
}

// TestEmbeddedFailure goes on after a failure.
func TestEmbeddedFailure(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		fail := true
		m, err := env.NewMigration(t.Context(), embedded(does("a1", "", func(_ context.Context, o *op.Operations) error {
			if fail {
				return errors.New("no luck")
			}
			o.Exec("CREATE TABLE one (id INTEGER)")
			return o.Err()
		})), env.Options{DB: d.DB})
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		// Without headers the file is where the compiler saw the revision.
		wantError(t, m.Upgrade(t.Context(), "head"), "running upgrade  -> a1 (embedded_test.go): no luck")
		fail = false
		if err := m.Upgrade(t.Context(), "head"); err != nil {
			t.Fatal(err)
		}
		equal(t, "tables", tables(t, d), []string{"alembic_version", "one"})
	})
}

func TestEmbeddedMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		e    env.Embedded
		o    env.Options
		want string
	}{
		{"twice", embedded(table("a1", "", "one"), table("a1", "", "two")), env.Options{}, `revision "a1" is registered twice`},
		{"no parent", embedded(table("b2", "a1", "two")), env.Options{}, "a1"},
		{"no database", embedded(), env.Options{}, "there is nothing to connect to"},
		{"no dialect", env.Embedded{Script: &strings.Builder{}}, env.Options{}, "a script needs to know the database"},
		{"unknown system", env.Embedded{}, env.Options{DB: testdb.SQLite(t).DB}, `unknown dialect "sqlite"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := env.NewMigration(t.Context(), c.e, c.o)
			wantError(t, err, c.want)
		})
	}
}

// TestScriptAfterFailure writes nothing of a script that failed, not into the next one either.
func TestScriptAfterFailure(t *testing.T) {
	for _, dialect := range []string{"postgresql", "sqlite"} {
		fail := true
		e := embedded(table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			create(o, "two")
			if fail {
				return errors.New("no luck")
			}
			return o.Err()
		}))
		var got, want strings.Builder
		scripted := func(out io.Writer) *env.Migration {
			t.Helper()
			e.Script = out
			m, err := env.NewMigration(t.Context(), e, env.Options{Dialect: dialect})
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		m := scripted(&got)
		if err := m.Upgrade(t.Context(), "head"); err == nil || got.Len() > 0 {
			t.Errorf("%s: a failure wrote %q, %v", dialect, got.String(), err)
		}
		fail = false
		for _, m := range []*env.Migration{m, scripted(&want)} {
			if err := m.Upgrade(t.Context(), "head"); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("%s: the script after a failure (-want +got):\n%s", dialect, diff)
		}
	}
}
