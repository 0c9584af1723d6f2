package revision

import "slices"

// spreadLabels gives every node the labels of the branches it belongs to.
// Upward holds all nodes bottom up.
func (m *Map) spreadLabels(upward []*Node) {
	for _, n := range upward {
		n.labels = sortedUnion(inherited(n), n.revision.Labels)
	}
	straight := m.straight(upward)
	for _, n := range m.nodes {
		if len(n.revision.Labels) == 0 || !straight.has(n) {
			continue
		}
		for p := soleParent(n); p != nil; p = soleParent(p) {
			p.labels = sortedUnion(p.labels, n.revision.Labels)
		}
	}
}

// inherited returns the labels of everything n follows. A line of revisions
// shares one slice, so that labels cost memory only where they change.
func inherited(n *Node) []string {
	var labels []string
	for i, p := range n.down {
		if i == 0 {
			labels = p.labels
		} else {
			labels = sortedUnion(labels, p.labels)
		}
	}
	return labels
}

// straight returns the nodes from which the history runs up to a head without
// a fork, dependencies counted, and without a merge. Alembic lets a label sink
// below its revision only there: it starts at the last descendant it visited
// and goes down until the line is no longer one.
func (m *Map) straight(upward []*Node) nodeSet {
	straight := m.newSet()
	for _, n := range slices.Backward(upward) {
		if onLine(n) && (len(n.children) == 0 || straight.has(n.children[0])) {
			straight.add(n)
		}
	}
	return straight
}

// soleParent returns the revision below n if a label may sink to it, else nil.
func soleParent(n *Node) *Node {
	if len(n.down) != 1 || !onLine(n.down[0]) {
		return nil
	}
	return n.down[0]
}

func onLine(n *Node) bool { return len(n.dependents) < 2 && len(n.down) < 2 }

// sortedUnion returns a, which is sorted, with what b adds to it.
func sortedUnion(a, b []string) []string {
	missing := func(label string) bool { _, found := slices.BinarySearch(a, label); return !found }
	if !slices.ContainsFunc(b, missing) {
		return a
	}
	u := append(slices.Clone(a), b...)
	slices.Sort(u)
	return slices.Compact(u)
}
