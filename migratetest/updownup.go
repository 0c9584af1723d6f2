package migratetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// UpDownUp runs every revision up, down and up again, each where those before it
// are applied, and compares the schema: after the way down it must be what it was
// before, and after the second way up what it was after the first. Revisions that
// are [Suite].Irreversible go up only.
func UpDownUp(t testing.TB, s Suite) {
	t.Helper()
	list, err := script.Join(s.Scripts...)
	if err != nil {
		t.Fatalf("reading the revisions: %v", err)
	}
	g, err := script.Graph(list)
	if err != nil {
		t.Fatalf("reading the revisions: %v", err)
	}
	for _, id := range s.Irreversible {
		if !slices.ContainsFunc(list, func(r script.Registered) bool { return r.ID == id }) {
			t.Fatalf("migratetest.Suite names %q as irreversible, and there is no such revision", id)
		}
	}
	plan, err := g.Upgrade(nil, "heads")
	if err != nil {
		t.Fatalf("planning: %v", err)
	}
	d := s.open(t)
	place := map[string]int{} // of a revision in the plan
	before := d.snapshot()
	for i, step := range plan.Steps {
		n := step.Revision
		place[n.ID()] = i
		d.Upgrade(n.ID())
		after := d.snapshot()
		if !slices.Contains(s.Irreversible, n.ID()) {
			d.downAndUp(n, name(list, n.ID()), parent(n, place), before, after)
		}
		before = after
	}
}

// downAndUp takes one revision back and runs it again.
func (d *Database) downAndUp(n *revision.Node, name, parent string, before, after *snapshot) {
	d.t.Helper()
	advice := fmt.Sprintf("; if it cannot be undone, name it in migratetest.Suite.Irreversible: %q", n.ID())
	if err := d.down(n.ID() + "@" + parent); err != nil {
		d.t.Fatalf("the way down of revision %s: %v%s", name, err, advice)
	}
	if left := d.differs(before); len(left) > 0 {
		d.t.Fatalf("the way down of revision %s does not lead to the schema that was there before its way up; what is still to be done:%s\n%s", name, lines(left), advice[2:])
	}
	if err := d.up(n.ID()); err != nil {
		d.t.Fatalf("revision %s does not go up again after its way down: %v", name, err)
	}
	if left := d.differs(after); len(left) > 0 {
		d.t.Fatalf("revision %s leads to another schema after its way down than at first; what is still to be done:%s", name, lines(left))
	}
}

// parent is where a downgrade of one revision alone goes: "base", or the parent
// that was run last. From an earlier one other lines of a merge may lead here.
func parent(n *revision.Node, place map[string]int) string {
	last := ""
	for _, p := range n.Down() {
		if last == "" || place[p.ID()] > place[last] {
			last = p.ID()
		}
	}
	if last == "" {
		return "base"
	}
	return last
}
