package env_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// TestVersionInfo tells callbacks what Alembic's are told of each step.
func TestVersionInfo(t *testing.T) {
	merge := does("d4", "", nil)
	merge.Down = script.Revises("b2", "c3")
	merge.Upgrade = nil
	h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"), table("c3", "a1", "three"), merge)
	d := testdb.SQLite(t)
	var told []string
	o := env.Options{DB: d.DB, OnVersionApply: []func(context.Context, env.VersionInfo) error{func(ctx context.Context, i env.VersionInfo) error {
		kind := "migration"
		if i.IsStamp() {
			kind = "stamp"
		}
		if i.IsMigration() == i.IsStamp() {
			t.Error("both a migration and a stamp, or neither")
		}
		up := "-"
		if n := i.UpRevision(); n != nil {
			up = n.ID()
		}
		if up != "-" && up != i.UpRevisionID() {
			t.Errorf("up revision %s, id %s", up, i.UpRevisionID())
		}
		for _, pair := range [][2][]string{
			{i.UpRevisionIDs(), revision.IDs(i.UpRevisions())},
			{i.DownRevisionIDs(), revision.IDs(i.DownRevisions())},
			{i.SourceRevisionIDs(), revision.IDs(i.SourceRevisions())},
			{i.DestinationRevisionIDs(), revision.IDs(i.DestinationRevisions())},
		} {
			if !slices.Equal(pair[0], pair[1]) {
				t.Errorf("ids %v, revisions %v", pair[0], pair[1])
			}
		}
		if i.Script().Len() != 4 {
			t.Error("not the history")
		}
		// The callback is inside the step's transaction: it sees the rows as they are then.
		conn, err := i.Migration.Conn()
		if err != nil {
			return err
		}
		var n int
		if err := conn.QueryRowContext(ctx, "SELECT COUNT(*) FROM alembic_version").Scan(&n); err != nil || n != len(i.Heads) {
			t.Errorf("%d rows, heads %v, %v", n, i.Heads, err)
		}
		told = append(told, fmt.Sprintf("%s up=%v %v-%v: %v>%v, heads %v, %v", kind, i.IsUpgrade(), i.UpRevisionIDs(), i.DownRevisionIDs(),
			i.SourceRevisionIDs(), i.DestinationRevisionIDs(), i.Heads, i.Arguments))
		return nil
	}}}
	run := func(task env.Task) {
		t.Helper()
		e, _ := h.context(task, nil)
		if err := e.Configure(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		if err := e.RunMigrations(t.Context(), "argument"); err != nil {
			t.Fatal(err)
		}
	}
	run(h.upgrade("head"))
	run(h.downgrade("b2"))
	run(h.stamp("a1"))
	run(h.stamp("base"))
	want := `migration up=true [a1]-[]: []>[a1], heads [a1], [argument]
migration up=true [c3]-[a1]: [a1]>[c3], heads [c3], [argument]
migration up=true [b2]-[a1]: [a1]>[b2], heads [b2 c3], [argument]
migration up=true [d4]-[b2 c3]: [b2 c3]>[d4], heads [d4], [argument]
migration up=false [d4]-[b2 c3]: [d4]>[b2 c3], heads [b2 c3], [argument]
stamp up=false [b2 c3]-[a1]: [b2 c3]>[a1], heads [a1], [argument]
stamp up=false [a1]-[]: [a1]>[], heads [], [argument]`
	got := strings.Join(told, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// region and size are arguments of a run.
type (
	region string
	size   struct{ rows int }
)

// TestArguments reach every upgrade and downgrade, by their types.
func TestArguments(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		var got []string
		note := func(_ context.Context, o *op.Operations) error {
			r, isRegion := op.Argument[region](o)
			s, isSize := op.Argument[size](o)
			_, isInt := op.Argument[int](o)
			got = append(got, fmt.Sprint(r, isRegion, s.rows, isSize, isInt, o.Database()))
			return nil
		}
		one := does("a1", "", note)
		one.Downgrade = note
		h := newHistory(t, one)
		for _, c := range []struct {
			task env.Task
			args []any
		}{{h.upgrade("head"), []any{region("eu"), size{3}}}, {h.downgrade("base"), nil}} {
			e, _ := h.context(c.task, nil)
			if err := e.Configure(t.Context(), env.Options{DB: d.DB, Database: "shop"}); err != nil {
				t.Fatal(err)
			}
			if err := e.RunMigrations(t.Context(), c.args...); err != nil {
				t.Fatal(err)
			}
		}
		m, err := env.NewMigration(t.Context(), embedded(one), env.Options{DB: d.DB})
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		if err := m.EnsureVersion(t.Context()); err != nil {
			t.Fatal(err)
		}
		plan := func(heads []string) (revision.Plan, error) { return m.Script().Upgrade(heads, "head") }
		if err := m.RunMigrations(t.Context(), plan, size{5}); err != nil {
			t.Fatal(err)
		}
		if err := m.Downgrade(t.Context(), "base", region("us")); err != nil {
			t.Fatal(err)
		}
		equal(t, "told", got, []string{"eutrue 3 true falseshop", "false 0 false falseshop", "false 5 true false", "ustrue 0 false false"})
		if m.IsOfflineMode() || m.Options().DB != d.DB || m.Database() != "" {
			t.Error("what the migration says of itself")
		}
	})
}

// TestFurtherContext are the questions that no other test asks.
func TestFurtherContext(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	e, _ := h.context(h.upgrade("head"), nil)
	if e.IsAutogenerate() || !e.RequiresConnection() || e.Script().Len() != 1 {
		t.Error("online")
	}
	for target, want := range map[string]string{"head": "[a1]", "base": "[]", "": "[]", "+1": "error", "nonsense": "error"} {
		e, _ := h.context(env.Task{Destination: target}, nil)
		ids, err := e.DestinationRevisions()
		got := fmt.Sprint(ids)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("destination %q: %s, %v", target, got, err)
		}
	}
	task := offline(h.upgrade("head"), "")
	task.Autogenerate = true
	e, _ = h.context(task, nil)
	if !e.IsAutogenerate() || e.RequiresConnection() {
		t.Error("offline")
	}
}
