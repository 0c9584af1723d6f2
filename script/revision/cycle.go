package revision

import "slices"

// Edge tells the two kinds of edges of the graph apart.
type Edge uint8

// The edges of the graph.
const (
	FollowsEdge Edge = iota // by Down
	DependsEdge             // by Down or DependsOn
)

// checkCycles looks at the lines of descent first, then at dependencies as
// well, so that a cycle is reported as what it is.
func (m *Map) checkCycles() error {
	below := func(n *Node) []*Node { return n.down }
	above := func(n *Node) []*Node { return n.children }
	if err := m.checkCycle(FollowsEdge, below, above); err != nil {
		return err
	}
	below = func(n *Node) []*Node { return n.needs }
	above = func(n *Node) []*Node { return n.dependents }
	return m.checkCycle(DependsEdge, below, above)
}

func (m *Map) checkCycle(edge Edge, below, above neighbours) error {
	stuck := m.peel(below, above)
	if len(stuck) == 0 {
		return nil
	}
	path := cyclePath(stuck, below)
	e := &CycleError{Edge: edge, Path: IDs(path)}
	for _, n := range path[1:] {
		e.Files = append(e.Files, n.revision.File)
	}
	// Alembic names what no walk from the heads down and from the bases up
	// reaches. A cycle between a base and a head escapes it; then we name what
	// cannot be ordered.
	named := m.unreachable(below, above)
	if len(named) == 0 {
		named = stuck
	}
	slices.SortFunc(named, byID)
	e.Revisions = IDs(named)
	return e
}

// peel takes away, again and again, the nodes with nothing below them, and
// returns what is left: the cycles and all that stands above them.
func (m *Map) peel(below, above neighbours) []*Node {
	waiting := make([]int, len(m.nodes))
	var ready []*Node
	for i, n := range m.nodes {
		if waiting[i] = len(below(n)); waiting[i] == 0 {
			ready = append(ready, n)
		}
	}
	for i := 0; i < len(ready); i++ {
		for _, c := range above(ready[i]) {
			if waiting[c.index]--; waiting[c.index] == 0 {
				ready = append(ready, c)
			}
		}
	}
	return m.filter(func(n *Node) bool { return waiting[n.index] > 0 })
}

// unreachable returns the nodes that cannot be reached both from the top down
// and from the bottom up.
func (m *Map) unreachable(below, above neighbours) []*Node {
	tops := m.filter(func(n *Node) bool { return len(above(n)) == 0 })
	bottoms := m.filter(func(n *Node) bool { return len(below(n)) == 0 })
	fromTop, fromBottom := m.reach(tops, below), m.reach(bottoms, above)
	return m.filter(func(n *Node) bool { return !fromTop.has(n) || !fromBottom.has(n) })
}

// cyclePath walks down from a stuck node, which always has a stuck one below
// it, until it meets itself; the path ends with the node it begins with.
func cyclePath(stuck []*Node, below neighbours) []*Node {
	isStuck := make(map[*Node]bool, len(stuck))
	for _, n := range stuck {
		isStuck[n] = true
	}
	at := make(map[*Node]int)
	var path []*Node
	for n := slices.MinFunc(stuck, byID); ; {
		if first, again := at[n]; again {
			return append(path[first:], n)
		}
		at[n] = len(path)
		path = append(path, n)
		n = below(n)[slices.IndexFunc(below(n), func(p *Node) bool { return isStuck[p] })]
	}
}
