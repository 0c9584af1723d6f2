package revision

import (
	"cmp"
	"slices"
)

// nodeSet is a set of the nodes of one map, by load order.
type nodeSet []bool

func (m *Map) newSet() nodeSet { return make(nodeSet, len(m.nodes)) }

func (s nodeSet) add(n *Node)      { s[n.index] = true }
func (s nodeSet) remove(n *Node)   { s[n.index] = false }
func (s nodeSet) has(n *Node) bool { return s[n.index] }

// join adds the members of other.
func (s nodeSet) join(other nodeSet) {
	for i, in := range other {
		s[i] = s[i] || in
	}
}

// cut removes what is not in other.
func (s nodeSet) cut(other nodeSet) {
	for i, in := range other {
		s[i] = s[i] && in
	}
}

// subtract removes the members of other.
func (s nodeSet) subtract(other nodeSet) {
	for i, in := range other {
		s[i] = s[i] && !in
	}
}

// list returns the members of s in load order.
func (m *Map) list(s nodeSet) []*Node { return m.filter(s.has) }

// neighbours is one direction of the graph.
type neighbours func(*Node) []*Node

func downOf(n *Node) []*Node       { return n.down }
func needsOf(n *Node) []*Node      { return n.needs }
func childrenOf(n *Node) []*Node   { return n.children }
func dependentsOf(n *Node) []*Node { return n.dependents }

// reach returns what can be reached from the given nodes, themselves included.
func (m *Map) reach(from []*Node, next neighbours) nodeSet {
	seen := m.newSet()
	var stack []*Node
	for _, n := range from {
		if !seen.has(n) {
			seen.add(n)
			stack = append(stack, n)
		}
	}
	for len(stack) > 0 {
		last := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, n := range next(last) {
			if !seen.has(n) {
				seen.add(n)
				stack = append(stack, n)
			}
		}
	}
	return seen
}

// lineage returns what precedes or follows one of the given nodes, themselves
// included, by down alone (_shares_lineage).
func (m *Map) lineage(of []*Node) nodeSet {
	related := m.reach(of, downOf)
	related.join(m.reach(of, childrenOf))
	return related
}

// within returns those of nodes that are in s, in their order.
func within(nodes []*Node, s nodeSet) []*Node {
	return keep(nodes, s.has)
}

func keep(nodes []*Node, wanted func(*Node) bool) []*Node {
	var kept []*Node
	for _, n := range nodes {
		if wanted(n) {
			kept = append(kept, n)
		}
	}
	return kept
}

// unique returns nodes without doubles, in order of first appearance.
func (m *Map) unique(nodes []*Node) []*Node {
	seen := m.newSet()
	return keep(nodes, func(n *Node) bool {
		again := seen.has(n)
		seen.add(n)
		return !again
	})
}

// maximal returns those of nodes, which are distinct, that no other of them
// needs.
func (m *Map) maximal(nodes []*Node) []*Node {
	if len(nodes) < 2 {
		return nodes
	}
	var under []*Node
	for _, n := range nodes {
		under = append(under, n.needs...)
	}
	below := m.reach(under, needsOf)
	return keep(nodes, func(n *Node) bool { return !below.has(n) })
}

// checkOverlap reports, as an [OverlapError], that one of nodes needs another.
func (m *Map) checkOverlap(nodes []*Node) error {
	nodes = m.unique(nodes)
	top := m.maximal(nodes)
	if len(top) == len(nodes) {
		return nil
	}
	over := nodes[slices.IndexFunc(nodes, func(n *Node) bool { return !slices.Contains(top, n) })]
	above := m.reach(over.dependents, dependentsOf)
	upper := nodes[slices.IndexFunc(nodes, above.has)]
	below := m.reach(upper.needs, needsOf)
	return &OverlapError{Revision: upper.ID(), With: IDs(within(nodes, below))}
}

func byID(a, b *Node) int { return cmp.Compare(a.revision.ID, b.revision.ID) }
