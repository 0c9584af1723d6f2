package revision

import "slices"

// newestFirst returns the members of todo so that each comes before all it
// needs. The rule is Alembic's (_topological_sort), so that both run revisions
// in the same order:
//
//   - Start with the topmost revisions, in load order, each a walker; the first
//     one walks.
//   - A walker emits its revision and goes to the first of its parents that no
//     walker has been to; the further ones get walkers of their own, at the end.
//   - A walker whose revision is needed by that of another waits; the first such
//     other one walks.
//   - A walker that cannot go on is removed; the one before it walks.
//
// Alembic keeps the set of ancestors of every walker, which makes it quadratic.
// Counting what has yet to be emitted above a revision answers the same
// question.
func (m *Map) newestFirst(todo nodeSet) []*Node {
	w := m.newWalk(todo)
	for at := w.first; at != nil; {
		n := at.node
		if w.waiting[n.index] > 0 {
			at = w.walkerAbove(n)
			continue
		}
		next := keep(union(n.parents, w.emit(n)), w.isUntouched)
		if len(next) == 0 {
			at = w.retire(at)
			continue
		}
		w.place(at, next[0])
		for _, p := range next[1:] {
			w.start(p)
		}
	}
	return w.output
}

// oldestFirst returns the members of todo so that each comes after all it needs.
func (m *Map) oldestFirst(todo nodeSet) []*Node {
	nodes := m.newestFirst(todo)
	slices.Reverse(nodes)
	return nodes
}

// walker stands at a revision that is to be emitted. Walkers form a list, in the
// order they were started in.
type walker struct {
	node       *Node
	prev, next *walker
	retired    bool // next still leads on
}

type walk struct {
	todo    nodeSet
	region  nodeSet   // todo and all that lies below it
	waiting []int     // how many dependents in the region are still to come
	done    nodeSet   // emitted, or passed because it is not in todo
	walkers []*walker // by revision: the walker that came to it
	above   []*walker // by revision: the answer of walkerAbove

	first, last *walker
	output      []*Node
}

func (m *Map) newWalk(todo nodeSet) *walk {
	members := m.list(todo)
	w := &walk{
		todo:    todo,
		region:  m.reach(members, needsOf),
		waiting: make([]int, len(m.nodes)),
		walkers: make([]*walker, len(m.nodes)),
		above:   make([]*walker, len(m.nodes)),
		output:  make([]*Node, 0, len(members)),
	}
	for _, n := range m.nodes {
		if w.region.has(n) {
			for _, p := range n.needs {
				w.waiting[p.index]++
			}
		}
	}
	for _, n := range members {
		if w.waiting[n.index] == 0 {
			w.start(n)
		}
	}
	return w
}

// isUntouched reports whether n is to be emitted and no walker has come to it.
func (w *walk) isUntouched(n *Node) bool { return w.todo.has(n) && w.walkers[n.index] == nil }

func (w *walk) place(at *walker, n *Node) {
	at.node = n
	w.walkers[n.index] = at
}

func (w *walk) start(n *Node) {
	at := &walker{prev: w.last}
	if w.last == nil {
		w.first = at
	} else {
		w.last.next = at
	}
	w.last = at
	w.place(at, n)
}

// retire removes a walker and returns the one to go on with: its predecessor,
// or the new first one.
func (w *walk) retire(at *walker) *walker {
	at.retired = true
	if at.prev == nil {
		w.first = at.next
	} else {
		at.prev.next = at.next
	}
	if at.next == nil {
		w.last = at.prev
	} else {
		at.next.prev = at.prev
	}
	if at.prev != nil {
		return at.prev
	}
	return w.first
}

// emit puts n out and releases what waited for it. A revision of the region
// that is not in todo, such as a dependency outside of the range of a history,
// passes the release on; what becomes free behind it is returned.
func (w *walk) emit(n *Node) (freed []*Node) {
	w.output = append(w.output, n)
	for stack := []*Node{n}; len(stack) > 0; {
		last := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, p := range last.needs {
			if w.waiting[p.index]--; w.waiting[p.index] > 0 {
				continue
			}
			switch {
			case !w.todo.has(p):
				stack = append(stack, p)
			case last != n:
				freed = append(freed, p)
			}
		}
	}
	return freed
}

// walkerAbove returns the first walker whose revision needs n. Walkers only go
// down, and new ones come last; so none before the answer of an earlier search
// can have become one.
func (w *walk) walkerAbove(n *Node) *walker {
	at := w.above[n.index]
	if at == nil {
		at = w.first
	}
	for at != nil && (at.retired || !at.node.Needs(n)) {
		at = at.next
	}
	w.above[n.index] = at
	return at
}
