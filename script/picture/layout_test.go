package picture

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script/revision"
)

// randomNodes are those of a random history, or of a part of one.
func randomNodes(t *rapid.T) []*revision.Node {
	n := rapid.IntRange(0, 25).Draw(t, "revisions")
	var revs []revision.Revision
	for i := range n {
		r := revision.Revision{ID: fmt.Sprintf("r%03d", i)}
		for range rapid.IntRange(0, 4).Draw(t, "edges") {
			if i == 0 {
				break
			}
			other := fmt.Sprintf("r%03d", rapid.IntRange(max(0, i-6), i-1).Draw(t, "to"))
			switch {
			case slices.Contains(r.Down, other) || slices.Contains(r.DependsOn, other):
			case rapid.IntRange(0, 4).Draw(t, "kind") == 0:
				r.DependsOn = append(r.DependsOn, other)
			default:
				r.Down = append(r.Down, other)
			}
		}
		revs = append(revs, r)
	}
	m, err := revision.NewMap(revs)
	if err != nil {
		t.Fatal(err)
	}
	nodes, err := m.History(revision.Range{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(nodes) > 0 && rapid.Bool().Draw(t, "part") {
		from := rapid.IntRange(0, len(nodes)-1).Draw(t, "from")
		nodes = nodes[from:rapid.IntRange(from, len(nodes)).Draw(t, "to")]
	}
	return nodes
}

// Between two rows a lane holds lines to one revision only, no line runs
// through a revision that it does not go to, and every line arrives.
func TestLanesNeverOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, width := layout(randomNodes(t))
		type gap struct{ row, lane int }
		goal := map[gap]int{}
		for i, r := range rows {
			if r.lane < 0 || r.lane >= width {
				t.Fatalf("row %d stands in lane %d of %d", i, r.lane, width)
			}
			if want := shownParents(rows, r); !slices.Equal(want, r.to) {
				t.Fatalf("row %d leads to %v, not to %v", i, r.to, want)
			}
			for _, j := range r.to {
				for between := i; between < j; between++ {
					at := gap{between, rows[j].lane}
					if other, taken := goal[at]; taken && other != j {
						t.Fatalf("below row %d lane %d leads to row %d and to row %d", at.row, at.lane, other, j)
					}
					goal[at] = j
					if between > i && rows[between].lane == rows[j].lane {
						t.Fatalf("the line from row %d to row %d runs through row %d", i, j, between)
					}
				}
			}
		}
		for i, r := range rows {
			for lane, used := range r.after {
				if _, want := goal[gap{i, lane}]; used != want {
					t.Fatalf("below row %d lane %d is in use: %v, want %v", i, lane, used, want)
				}
			}
			for lane, used := range r.before {
				if _, want := goal[gap{i - 1, lane}]; used != want {
					t.Fatalf("above row %d lane %d is in use: %v, want %v", i, lane, used, want)
				}
			}
		}
	})
}

func shownParents(rows []row, r row) []int {
	var out []int
	for _, p := range r.node.Down() {
		if j := slices.IndexFunc(rows, func(o row) bool { return o.node == p }); j >= 0 {
			out = append(out, j)
		}
	}
	return out
}

// Dashed lines share a channel only if they lead to the same revision.
func TestChannelsNeverOverlap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, _ := layout(randomNodes(t))
		needs, channels := dependencies(rows)
		lines := 0
		for i, a := range needs {
			lines += len(a.from)
			if a.channel < 0 || a.channel >= channels {
				t.Fatalf("channel %d of %d", a.channel, channels)
			}
			for _, b := range needs[:i] {
				if a.channel == b.channel && a.top() <= b.bottom() && b.top() <= a.bottom() {
					t.Fatalf("%+v and %+v overlap", a, b)
				}
			}
		}
		for _, r := range rows {
			for _, d := range r.node.DependsOn() {
				if slices.ContainsFunc(rows, func(o row) bool { return o.node == d }) {
					lines--
				}
			}
		}
		if lines != 0 {
			t.Fatalf("%d lines too many", lines)
		}
	})
}

// In the terminal every line that leaves a cell is taken up by the next one,
// and one that follows a line from a revision comes to the revisions it follows.
func TestTextIsConnected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		nodes := randomNodes(t)
		g, dots := parseText(t, nodes)
		rows, _ := layout(nodes)
		for i, r := range rows {
			got := g.reached(dots[i])
			for _, j := range r.to {
				if !got[dots[j]] {
					t.Fatalf("row %d does not come to row %d in\n%s", i, j, g)
				}
			}
			if len(got) != len(r.to) {
				t.Fatalf("row %d comes to %d revisions, not to %d, in\n%s", i, len(got), len(r.to), g)
			}
		}
	})
}

// grid is a text picture without its captions.
type grid [][]rune

type cell struct{ y, x int }

func (g grid) String() string {
	var b strings.Builder
	for _, line := range g {
		b.WriteString(string(line) + "\n")
	}
	return b.String()
}

func parseText(t *rapid.T, nodes []*revision.Node) (g grid, dots []cell) {
	var b strings.Builder
	err := Text(&b, History{Nodes: nodes}, func(k Kind, s string) string {
		if k == Rail {
			return s
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		cells, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ,")
		g = append(g, []rune(cells))
		if x := slices.Index(g[len(g)-1], '●'); x >= 0 {
			dots = append(dots, cell{len(g) - 1, x})
			g[len(g)-1] = g[len(g)-1][:max(x+1, lastRail(cells))]
		}
	}
	return g, dots
}

// lastRail is the length of what is drawn, in runes.
func lastRail(cells string) int {
	n := 0
	for i, r := range []rune(cells) {
		if r == '│' || r == '●' {
			n = i + 1
		}
	}
	return n
}

func (g grid) at(c cell) rune {
	if c.y < 0 || c.y >= len(g) || c.x < 0 || c.x >= len(g[c.y]) {
		return ' '
	}
	return g[c.y][c.x]
}

// ways are those that lead out of a cell, coming in by a way.
func ways(r rune, in int) int {
	switch {
	case r == '●':
		return 0
	case r == '│' && in&(left|right) != 0: // a line crosses behind the lane
		return in
	}
	return max(0, slices.Index(glyphs[:], r))
}

// reached are the revisions that the lines from one lead down to: a line goes
// down, or aside from where it left the revision's lane.
func (g grid) reached(from cell) map[cell]bool {
	found, seen := map[cell]bool{}, map[[3]int]bool{}
	var follow func(c cell, in int)
	follow = func(c cell, in int) {
		if g.at(c) == '●' {
			found[c] = true
			return
		}
		key := [3]int{c.y, c.x, in}
		if seen[key] {
			return
		}
		seen[key] = true
		out := ways(g.at(c), in)
		first := c.y == from.y+1
		if out&down != 0 && (g.at(c) != '│' || in == down) {
			follow(cell{c.y + 1, c.x}, down)
		}
		if first && out&left != 0 && in != right {
			follow(cell{c.y, c.x - 1}, left)
		}
		if first && out&right != 0 && in != left {
			follow(cell{c.y, c.x + 1}, right)
		}
	}
	follow(cell{from.y + 1, from.x}, down)
	return found
}
