package revision_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script/revision"
)

func TestUpgradeThenDowngradeRestoresTheRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		up, err := m.Upgrade(nil, "heads")
		if err != nil {
			t.Fatal(err)
		}
		down, err := m.Downgrade(revision.IDs(m.RealHeads()), "base")
		if err != nil {
			t.Fatal(err)
		}
		if len(up.Steps) != m.Len() || len(down.Steps) != m.Len() {
			t.Fatalf("%d revisions, %d steps up, %d down", m.Len(), len(up.Steps), len(down.Steps))
		}
		// Every state on the way up is reached again by undoing the last step.
		for i, s := range up.Steps {
			checkState(t, m, s.Before(), up.Steps[:i], s)
			checkUndo(t, m, s)
		}
		if rows := down.Steps[len(down.Steps)-1].After(); len(rows) != 0 {
			t.Fatalf("rows left: %v", rows)
		}
	})
}

// checkUndo takes one step back: rows of independent revisions may stand for
// the same applied set only in one way, so they must be equal.
func checkUndo(t *rapid.T, m *revision.Map, s revision.Step) {
	applied := appliedIn(t, m, s.Before())
	back, err := m.Upgrade(s.Before(), s.Revision.ID())
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Steps) != 1 || !slices.Equal(back.Steps[0].After(), s.After()) {
		t.Fatalf("%v to %s is not one step to %v", s.Before(), s.Revision.ID(), s.After())
	}
	down, err := m.Downgrade(s.After(), "base")
	if err != nil {
		t.Fatal(err)
	}
	if len(down.Steps) != len(applied)+1 {
		t.Fatalf("%d steps down from %v", len(down.Steps), s.After())
	}
}

// checkState checks what must hold before every step of a plan.
func checkState(t *rapid.T, m *revision.Map, rows []string, done []revision.Step, s revision.Step) {
	if err := m.CheckRows(rows); err != nil {
		t.Fatalf("before %s: %v", s, err)
	}
	applied := appliedIn(t, m, rows)
	for _, d := range done {
		if d.Revision == s.Revision {
			t.Fatalf("%s runs twice", s.Revision.ID())
		}
	}
	if applied[s.Revision.ID()] != (s.Direction == revision.Down) {
		t.Fatalf("%s: %s is applied: %v", s, s.Revision.ID(), applied[s.Revision.ID()])
	}
	for _, p := range append(s.Revision.Down(), s.Revision.DependsOn()...) {
		if !applied[p.ID()] {
			t.Fatalf("%s runs without %s", s, p.ID())
		}
	}
	applied[s.Revision.ID()] = s.Direction == revision.Up
	maps.DeleteFunc(applied, func(_ string, in bool) bool { return !in })
	if after := appliedIn(t, m, s.After()); !maps.Equal(applied, after) {
		t.Fatalf("after %s: applied %v, want %v", s, after, applied)
	}
	checkChanges(t, s)
}

// checkChanges replays the row changes on the rows before.
func checkChanges(t *rapid.T, s revision.Step) {
	rows := map[string]bool{}
	for _, row := range s.Before() {
		rows[row] = true
	}
	for _, c := range s.Changes {
		if c.Op != revision.InsertRow && !rows[c.Old] {
			t.Fatalf("%s: %v hits no row", s, c)
		}
		delete(rows, c.Old)
		if c.Op != revision.DeleteRow {
			if rows[c.New] {
				t.Fatalf("%s: %v doubles a row", s, c)
			}
			rows[c.New] = true
		}
	}
	if got := slices.Sorted(maps.Keys(rows)); !slices.Equal(got, s.After()) {
		t.Fatalf("%s leaves %v, not %v", s, got, s.After())
	}
}

func appliedIn(t *rapid.T, m *revision.Map, rows []string) map[string]bool {
	nodes, err := m.Applied(rows)
	if err != nil {
		t.Fatal(err)
	}
	applied := map[string]bool{}
	for _, n := range nodes {
		applied[n.ID()] = true
	}
	return applied
}

func TestEveryPlanKeepsTheTableRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		rows := drawRows(t, m)
		symbol := drawSymbol(t, m)
		up, err := m.Upgrade(rows, symbol)
		if err == nil {
			checkPlan(t, m, rows, up)
		}
		down, err := m.Downgrade(rows, symbol)
		if err == nil {
			checkPlan(t, m, rows, down)
		}
	})
}

func checkPlan(t *rapid.T, m *revision.Map, rows []string, plan revision.Plan) {
	before := slices.Sorted(slices.Values(rows))
	for i, s := range plan.Steps {
		if !slices.Equal(s.Before(), before) {
			t.Fatalf("before %s: %v, want %v", s, s.Before(), before)
		}
		checkState(t, m, before, plan.Steps[:i], s)
		before = s.After()
	}
}

func TestDowngradeLeavesWhatIsIndependent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		rows := drawRows(t, m)
		target := rapid.SampledFrom(m.All()).Draw(t, "target")
		plan, err := m.Downgrade(rows, target.ID())
		if err != nil {
			return
		}
		gone := planned(plan)
		for _, n := range m.All() {
			follows := slices.ContainsFunc(target.Children(), func(c *revision.Node) bool { return n == c || needs(n, c) })
			want := follows && appliedIn(t, m, rows)[n.ID()]
			if slices.Contains(gone, n) != want {
				t.Fatalf("%s is taken back: %v", n.ID(), !want)
			}
		}
	})
}

func TestStampArrives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		rows := drawRows(t, m)
		targets := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawSymbol(t, m) }), 1, 3).Draw(t, "targets")
		plan, err := m.Stamp(rows, targets...)
		if err != nil {
			return
		}
		now := slices.Sorted(slices.Values(rows))
		for _, s := range plan.Steps {
			if !slices.Equal(s.Before(), now) {
				t.Fatalf("before %s: %v, want %v", s, s.Before(), now)
			}
			checkChanges(t, s)
			now = s.After()
		}
		if err := m.CheckRows(now); err != nil {
			t.Fatalf("stamping %v: %v", targets, err)
		}
		applied := appliedIn(t, m, now)
		for _, target := range targets {
			nodes, err := m.Resolve(target, append([]string{}, rows...))
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range nodes {
				if !applied[n.ID()] {
					t.Fatalf("stamping %v leaves %v", targets, now)
				}
			}
		}
	})
}

// The plan depends on the load order only where revisions are independent.
func TestLoadOrderOnlyBreaksTies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		revs := drawRevisions(t)
		m, err := revision.NewMap(revs)
		if err != nil {
			t.Fatal(err)
		}
		other, err := revision.NewMap(rapid.Permutation(revs).Draw(t, "other order"))
		if err != nil {
			t.Fatal(err)
		}
		same, err := revision.NewMap(revs)
		if err != nil {
			t.Fatal(err)
		}
		rows := drawRows(t, m)
		symbol := drawSymbol(t, m)
		for _, plan := range []func(*revision.Map) (revision.Plan, error){
			func(m *revision.Map) (revision.Plan, error) { return m.Upgrade(rows, symbol) },
			func(m *revision.Map) (revision.Plan, error) { return m.Downgrade(rows, symbol) },
		} {
			a, errA := plan(m)
			b, errB := plan(other)
			c, errC := plan(same)
			if (errA == nil) != (errB == nil) || fmt.Sprint(errA) != fmt.Sprint(errC) || tell(a) != tell(c) {
				t.Fatalf("%s: %v, %v, %v", symbol, errA, errB, errC)
			}
			if errA == nil && (!sameRevisions(a, b) || !slices.Equal(lastRows(a, rows), lastRows(b, rows))) {
				t.Fatalf("%s:\n%s\nor\n%s", symbol, tell(a), tell(b))
			}
		}
	})
}

func sameRevisions(a, b revision.Plan) bool {
	ids := func(p revision.Plan) []string { return slices.Sorted(slices.Values(revision.IDs(planned(p)))) }
	return slices.Equal(ids(a), ids(b))
}

func lastRows(p revision.Plan, rows []string) []string {
	if len(p.Steps) == 0 {
		return slices.Sorted(slices.Values(rows))
	}
	return p.Steps[len(p.Steps)-1].After()
}

func TestHistoryIsNewestFirst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		rows := drawRows(t, m)
		var r revision.Range
		if rapid.Bool().Draw(t, "start") {
			r.Start = drawSymbol(t, m)
		}
		if rapid.Bool().Draw(t, "end") {
			r.End = drawSymbol(t, m)
		}
		nodes, err := m.History(r, rows)
		if err != nil {
			return
		}
		for i, n := range nodes {
			for _, later := range nodes[i+1:] {
				if later == n || needs(later, n) {
					t.Fatalf("%s: %s comes before %s", r, n.ID(), later.ID())
				}
			}
		}
		if r == (revision.Range{}) && len(nodes) != m.Len() {
			t.Fatalf("%d of %d revisions", len(nodes), m.Len())
		}
	})
}

// The index must answer as the plain walk does.
func TestNeeds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		for _, n := range m.All() {
			for _, p := range m.All() {
				if got, want := n.Needs(p), needs(n, p); got != want {
					t.Fatalf("%s needs %s: %v, want %v", n.ID(), p.ID(), got, want)
				}
			}
		}
	})
}

func TestRowsOfEveryState(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := drawMap(t)
		rows := drawRows(t, m)
		at, err := m.AtHeads(rows)
		if err != nil {
			t.Fatal(err)
		}
		applied := appliedIn(t, m, rows)
		if at != (len(applied) == m.Len()) {
			t.Fatalf("at heads: %v with %d of %d applied", at, len(applied), m.Len())
		}
		tips, err := m.EffectiveHeads(rows)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range m.All() {
			followed := slices.ContainsFunc(n.Children(), func(c *revision.Node) bool { return applied[c.ID()] })
			if slices.Contains(tips, n) != (applied[n.ID()] && !followed) {
				t.Fatalf("%s is an effective head: %v", n.ID(), followed)
			}
		}
	})
}
