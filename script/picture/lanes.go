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

// History is what is drawn.
type History struct {
	Nodes   []*revision.Node // newest first, every revision before those it follows
	Current []string         // ids that the database is at; nil if it was not asked
	Title   string
}

// row is a revision with its place and with what happens to the lanes there.
type row struct {
	node   *revision.Node
	lane   int    // the lane of the revision
	joins  []int  // lanes that end at the revision, beside its own: other branches begin here
	opens  []int  // lanes to which lines lead from the revision, beside its own: further parents
	fresh  []int  // those of opens that begin here
	ends   bool   // the revision's own lane ends: it has no parent in the picture, or the line goes on in another lane
	before []bool // lanes in use above the revision
	after  []bool // lanes in use below it
}

// layout gives each revision its lane. Parents outside of the picture are left out.
func layout(nodes []*revision.Node) (rows []row, width int) {
	shown := make(map[string]bool, len(nodes))
	for _, n := range nodes {
		shown[n.ID()] = true
	}
	var lanes []string // what each lane leads to; "" is a free one
	free := func() int {
		if i := slices.Index(lanes, ""); i >= 0 {
			return i
		}
		lanes = append(lanes, "")
		return len(lanes) - 1
	}
	for _, n := range nodes {
		r := row{node: n, lane: slices.Index(lanes, n.ID())}
		r.before = inUse(lanes)
		if r.lane < 0 {
			r.lane = free()
		}
		for i, id := range lanes {
			if id == n.ID() {
				if i != r.lane {
					r.joins = append(r.joins, i)
				}
				lanes[i] = ""
			}
		}
		r.ends = true
		for _, p := range n.Down() {
			if !shown[p.ID()] {
				continue
			}
			at := slices.Index(lanes, p.ID())
			switch {
			case at < 0 && r.ends && lanes[r.lane] == "":
				lanes[r.lane], r.ends = p.ID(), false
				continue
			case at < 0:
				at = freeBut(&lanes, r.lane)
				lanes[at] = p.ID()
				r.fresh = append(r.fresh, at)
			}
			r.opens = append(r.opens, at)
		}
		r.after = inUse(lanes)
		rows = append(rows, r)
		width = max(width, len(lanes))
	}
	return rows, width
}

// freeBut is a free lane other than one, which is the revision's own.
func freeBut(lanes *[]string, own int) int {
	for i, id := range *lanes {
		if id == "" && i != own {
			return i
		}
	}
	*lanes = append(*lanes, "")
	return len(*lanes) - 1
}

func inUse(lanes []string) []bool {
	out := make([]bool, len(lanes))
	for i, id := range lanes {
		out[i] = id != ""
	}
	return out
}

// marks are the words that stand behind a revision's id.
func (h History) marks(n *revision.Node) (words []string) {
	add := func(on bool, word string) {
		if on {
			words = append(words, word)
		}
	}
	add(n.IsRealHead(), "head")
	add(n.IsHead() && !n.IsRealHead(), "effective head")
	add(slices.Contains(h.Current, n.ID()), "current")
	return words
}

// summary is the message of a revision, never empty.
func summary(n *revision.Node) string {
	if s := n.Summary(); s != "" {
		return s
	}
	return "empty message"
}
