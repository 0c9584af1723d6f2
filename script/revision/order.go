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
// question; who is to walk instead is looked for by rank, since who needs a
// revision ranks above it.
func (m *Map) newestFirst(todo nodeSet) []*Node {
	w := m.newWalk(todo)
	for at := w.ranks.next(0, 0); at >= 0; {
		n := w.walkers[at]
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

type walk struct {
	todo    nodeSet
	region  nodeSet // todo and all that lies below it
	touched nodeSet // what a walker has come to
	waiting []int   // by revision: how many dependents in the region are to come
	above   []int   // by revision: the last answer of walkerAbove

	walkers []*Node   // where each walker is, in the order they were started in
	ranks   *rankList // by walker: 1 + the rank of where it is, or 0 if it is gone
	output  []*Node
}

func (m *Map) newWalk(todo nodeSet) *walk {
	members := m.list(todo)
	w := &walk{
		todo:    todo,
		region:  m.reach(members, needsOf),
		touched: m.newSet(),
		waiting: make([]int, len(m.nodes)),
		above:   make([]int, len(m.nodes)),
		ranks:   newRankList(len(members)),
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

func (w *walk) isUntouched(n *Node) bool { return w.todo.has(n) && !w.touched.has(n) }

func (w *walk) start(n *Node) {
	w.walkers = append(w.walkers, nil)
	w.place(len(w.walkers)-1, n)
}

func (w *walk) place(at int, n *Node) {
	w.walkers[at] = n
	w.touched.add(n)
	w.ranks.set(at, n.rank+1)
}

// retire removes a walker and returns the one to go on with: its predecessor,
// or the new first one, or -1.
func (w *walk) retire(at int) int {
	w.ranks.set(at, 0)
	if before := w.ranks.previous(at, 0); before >= 0 {
		return before
	}
	return w.ranks.next(at, 0)
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
func (w *walk) walkerAbove(n *Node) int {
	at := w.ranks.next(w.above[n.index], n.rank+1)
	for at >= 0 && !w.walkers[at].Needs(n) {
		at = w.ranks.next(at+1, n.rank+1)
	}
	w.above[n.index] = max(at, 0)
	return at
}
