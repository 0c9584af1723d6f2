// Package picture draws a history of revisions: in the terminal, as SVG and
// HTML, and as text for Graphviz and Mermaid.
//
// All pictures share one layout: a row for each revision, newest first, and
// lanes in which the lines of descent run down, as version control shows them.
package picture

import (
	"slices"

	"github.com/gomig-dev/gomig/script/revision"
)

// row is a revision with its place and what leads on from it.
type row struct {
	node   *revision.Node
	lane   int    // the lane that the revision stands in
	to     []int  // rows of the revisions it follows, without those outside of the picture
	cut    bool   // it follows a revision outside of the picture
	before []bool // lanes with a line above the revision
	after  []bool // lanes with a line below it
}

// layout gives each revision a row and a lane. A lane that is in use leads to
// one revision, which will stand in it; all lines to that revision share it. So
// a line leads from its revision into the lane of the revision it goes to, and
// straight down there: lines neither overlap nor run through other revisions.
func layout(nodes []*revision.Node) (rows []row, width int) {
	at := make(map[*revision.Node]int, len(nodes))
	for i, n := range nodes {
		at[n] = i
	}
	l := lanes{of: make(map[*revision.Node]int, len(nodes)), ended: -1}
	rows = make([]row, len(nodes))
	for i, n := range nodes {
		r := &rows[i]
		r.node, r.before = n, slices.Clone(l.used)
		r.lane = l.take(n)
		l.used[r.lane] = false
		for _, p := range n.Down() {
			j, shown := at[p]
			if !shown || j <= i {
				r.cut = true
				continue
			}
			r.to = append(r.to, j)
			l.lead(p, r.lane)
		}
		r.after = slices.Clone(l.used)
		l.ended = r.lane
		width = max(width, len(l.used))
	}
	return rows, width
}

// lanes are the lanes in use, and the revisions they lead to.
type lanes struct {
	used  []bool
	of    map[*revision.Node]int
	ended int // the lane of the row before, where no head may begin: it would seem to follow
}

// take is the lane of a revision: the one that leads to it, or the first free one.
func (l *lanes) take(n *revision.Node) int {
	lane, ok := l.of[n]
	if !ok {
		lane = l.free(l.ended)
		l.of[n] = lane
	}
	return lane
}

// lead lets a lane lead to a revision, unless one does: the lane that is given,
// if it is free, since a straight line reads best.
func (l *lanes) lead(n *revision.Node, lane int) {
	if _, ok := l.of[n]; ok {
		return
	}
	if l.used[lane] {
		lane = l.free(-1)
	}
	l.of[n], l.used[lane] = lane, true
}

// free is the first lane that is not in use, nor the one to leave out.
func (l *lanes) free(out int) int {
	for i, used := range l.used {
		if !used && i != out {
			return i
		}
	}
	l.used = append(l.used, false)
	return len(l.used) - 1
}
