package revision_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script/revision"
)

func TestMove(t *testing.T) {
	t.Parallel()
	const (
		team   = "a001\nb001 <- a001\nb002 <- b001\nc001 <- a001\nc002 <- c001"
		linear = "a001\nb001 <- a001"
		circle = "a001\nb001 <- a001; needs c001\nc001 <- a001"
		merged = "a001\nb001 <- a001\nc001 <- a001\nm001 <- b001 c001\nn001 <- m001\nd001 <- a001"
	)
	for _, c := range []struct{ history, symbol, onto, want string }{
		{team, "c001", "", "c001 onto b002, with c001 c002"},
		{team, "b001", "", "b001 onto c002, with b001 b002"},
		{team, "c001", "b001", "c001 onto b001, with c001 c002"},
		{team, "c0", "b", "error: Can't locate revision identified by 'c0': several revisions start like this: 'c001', 'c002'"},
		{team, "c002", "", "error: Revision c002 cannot be moved: only it follows c001, which would become a head; the branch begins with c001"},
		{team, "c001", "c002", "error: Revision c001 cannot be moved: c002 follows it"},
		{team, "c001", "a001", "error: Revision c001 cannot be moved: it follows a001 already"},
		{team, "c001", "base", "error: Can't read revision symbol 'base': nothing can be moved onto base"},
		{team, "base", "", "error: Can't read revision symbol 'base': base is no revision that could be moved"},
		{team, "heads", "", "error: Multiple head revisions are present for given argument 'heads'; please specify a specific target revision, '<branchname>@heads' to narrow to a specific head, or 'heads' for all heads; or join them by `gomig merge -m \"merge heads\" b002 c002`"},
		{team, "a001", "", "error: Revision a001 cannot be moved: there is no other head that it could follow"},
		{linear, "b001", "", "error: Revision b001 cannot be moved: there is no other head that it could follow"},
		{circle, "c001", "b001", "error: moving c001 onto b001: Dependency cycle is detected in revisions (a001, b001, c001): b001 -> c001 -> b001 [c001.go, b001.go]"},
		{merged, "m001", "", "error: Revision m001 cannot be moved: it joins b001, c001; move the revision that begins one of these branches"},
		{merged, "b001", "", "error: Revision b001 cannot be moved: m001, which follows it, joins it with c001 already"},
		{merged, "n001", "d001", "error: Revision n001 cannot be moved: only it follows m001, which would become a head"},
		{merged, "d001", "", "d001 onto n001, with d001"},
		{app, "x001", "d002", "error: Revision x001 cannot be moved: m001, which follows it, joins it with d001 already"},
		{app, "y001", "", "error: Revision y001 cannot be moved: there are several other heads, d002, m001; say which one it is to follow"},
		{app, "y001", "report@head", "error: Revision y001 cannot be moved: y002 follows it"},
		{app, "y001", "stable@head", "y001 onto d002, with y001 y002"},
		{app, "c002", "", "c002 onto m001, with c002 d002"},
	} {
		v, err := graph(t, c.history).Move(c.symbol, c.onto)
		got := ""
		if err != nil {
			got = "error: " + err.Error()
		} else {
			got = v.Revision.ID() + " onto " + v.Onto.ID() + ", with " + strings.Join(revision.IDs(v.Moved), " ")
		}
		if got != c.want {
			t.Errorf("%s onto %q:\n%s, want\n%s", c.symbol, c.onto, got, c.want)
		}
	}
}

// A move makes no new head, and changes what its own revisions follow only.
func TestMoveTakesAwayAHead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		revs := drawRevisions(t)
		m, err := revision.NewMap(revs)
		if err != nil {
			t.Fatal(err)
		}
		n := rapid.SampledFrom(m.All()).Draw(t, "revision")
		v, err := m.Move(n.ID(), "")
		if err != nil {
			t.Skip(err)
		}
		for i := range revs {
			if revs[i].ID == n.ID() {
				revs[i].Down = []string{v.Onto.ID()}
			}
		}
		after, err := revision.NewMap(revs)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.DeleteFunc(revision.IDs(m.Heads()), func(id string) bool { return id == v.Onto.ID() })
		if got := revision.IDs(after.Heads()); !slices.Equal(got, want) {
			t.Fatalf("heads %v, want %v", got, want)
		}
	})
}
