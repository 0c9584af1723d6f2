package revision

// indexReach numbers the nodes so that most questions of the form "does a need
// b" are answered by comparing numbers. One depth-first walk up from the bases
// gives every node
//
//   - an interval (enter, post] that holds exactly the nodes of its tree in this
//     walk, all of which need it, and
//   - a wider one, [low, post], that holds all nodes that need it, and maybe more.
//
// What lies between the two has to be searched. Sets of ancestors, one a
// revision, would be quadratic.
func (m *Map) indexReach() {
	type frame struct {
		n    *Node
		next int
	}
	count := 0
	var stack []frame
	visit := func(n *Node) {
		n.enter, n.low = count, count+1
		stack = append(stack, frame{n: n})
	}
	for _, base := range m.nodes {
		if !base.IsRealBase() {
			continue
		}
		for visit(base); len(stack) > 0; {
			top := &stack[len(stack)-1]
			n := top.n
			if top.next == len(n.dependents) {
				count++
				n.post = count
				stack = stack[:len(stack)-1]
				continue
			}
			c := n.dependents[top.next]
			if c.low == 0 {
				visit(c) // and look at it again, for its low
				continue
			}
			top.next++
			n.low = min(n.low, c.low)
		}
	}
}

// Needs reports whether n follows p or depends on it, directly or not.
func (n *Node) Needs(p *Node) bool {
	if known, above := n.compare(p); known {
		return above
	}
	seen := map[*Node]bool{}
	for stack := []*Node{p}; len(stack) > 0; {
		last := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, c := range last.dependents {
			if c == n {
				return true
			}
			if seen[c] {
				continue
			}
			seen[c] = true
			known, above := n.compare(c)
			if above {
				return true
			}
			if !known {
				stack = append(stack, c)
			}
		}
	}
	return false
}

// compare tells whether n is above p as far as the numbers know.
func (n *Node) compare(p *Node) (known, above bool) {
	switch {
	case n.rank <= p.rank || n.post > p.post || n.low < p.low:
		return true, false
	case n.post > p.enter:
		return true, true
	}
	return false, false
}
