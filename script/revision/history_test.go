package revision_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/script/revision"
)

func TestHistory(t *testing.T) {
	t.Parallel()
	m := graph(t, app)
	for _, c := range []struct {
		r, current, want string
	}{
		{":", "", "d002 c002 m001 d001 c001 b001 a001 y002 y001 x003 x002 x001"},
		{":c001", "", "c001 b001 a001"},
		{"c001:", "", "m001 d001 c001"},
		{"c001:d001", "", "d001 c001"},
		{"a001:current", "c001 c002", "c001 c002 b001 a001"},
		{"current:", "c001", "m001 d001 c001"},
		{":current", "", ""},
		{"current:", "", "d002 c002 m001 d001 c001 b001 a001 y002 y001 x003 x002 x001"},
		{"stable:", "", "d002 c002"},
		{"stable@base:", "", "d002 c002 b001 a001"},
		{"c002@base:", "", "d002 c002 b001 a001"},
		{"plugin@base:", "", "m001 d001 c001 b001 a001 x003 x002 x001"},
		{":report@head", "", "y002 y001 x003 x002 x001"},
		{"y001:report@head", "", "y002 y001"},

		{"-1:current", "x003", "x003 x002"},
		{"-9:current", "x003", "x003 x002 x001"},
		{"-1:m001", "", "m001 d001 x003"},
		{"-1:", "", "d002 c002 m001 d001 y002 y001 x003"},
		{"stable@-1:", "", "d002 c002"},
		{"c001:+1", "", "d001 c001"},
		{"b001:+1", "", "c001 c002 b001"},
		{"current:+9", "x002", "m001 x003 x002"},
		{"current:stable@+1", "b001 x001", "c002 b001"},
		{":+2", "", "b001 a001 y002 y001 x003 x002 x001"},
		{":stable@+3", "", "c002 b001 a001"},
		{"-1:+1", "x002", "x003 x002 x001"},
		{"+1:", "x001", "m001 x003 x002"},
		{":-1", "x003", "x002 x001"},
		{":x003-9", "", ""},
		{"x003-1:x001+9", "", "m001 x003 x002"},

		{"x001:c001", "", "error: Requested range x001:c001 does not refer to ancestor/descendant revisions along the same branch"},
		{"c001:b001", "", "error: Requested range c001:b001 does not refer to ancestor/descendant revisions along the same branch"},
		{"nope:", "", "error: Can't locate revision identified by 'nope'"},
		{":current", "gone", "error: Can't locate revision identified by 'gone': the database is at it, but no revision file has it; " +
			"use the code that has it, restore the file, or put the table right with stamp --purge"},
	} {
		r, err := revision.ParseRange(c.r)
		if err != nil {
			t.Fatal(err)
		}
		nodes, err := m.History(r, strings.Fields(c.current))
		got := strings.Join(revision.IDs(nodes), " ")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s at %q\ngot  %s\nwant %s", c.r, c.current, got, c.want)
		}
	}
}

// A range may leave out what its revisions depend on, and so the heads that
// lead to them; Alembic dies of that.
//
//	x001 ---------------- x002
//	  ^                    (x002 depends on y001)
//	  :
//	y001 (depends on x001)
func TestHistoryAcrossDependencies(t *testing.T) {
	t.Parallel()
	m := graph(t, `
		x001
		y001; needs x001
		x002 <- x001; needs y001`)
	nodes, err := m.History(revision.Range{Start: "x001"}, nil)
	if got := strings.Join(revision.IDs(nodes), " "); got != "x002 x001" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	nodes, err = m.History(revision.Range{Start: "x001", End: "y001"}, nil)
	if got := strings.Join(revision.IDs(nodes), " "); got != "x001" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}
