package revision

import (
	"slices"
	"strings"
)

// NewMap builds the graph of revs, whose order is the load order.
//
// It refuses what Alembic warns about or dies of: [SelfLoopError],
// [IllegalNameError], [DuplicateRevisionError], [ReplacedError], [DuplicateLabelError],
// [MissingParentError], [MissingDependencyError] and [CycleError], in this
// order of checking.
func NewMap(revs []Revision) (*Map, error) {
	m := &Map{
		nodes: make([]*Node, 0, len(revs)),
		keys:  make(map[string]*Node, len(revs)),
	}
	for _, build := range []func([]Revision) error{m.addNodes, m.addReplaced, m.addLabels, m.connect} {
		if err := build(revs); err != nil {
			return nil, err
		}
	}
	if err := m.checkCycles(); err != nil {
		return nil, err
	}
	upward := m.rankNodes()
	m.indexReach()
	m.normalizeDependencies()
	m.spreadLabels(upward)
	return m, nil
}

func (m *Map) addNodes(revs []Revision) error {
	for _, r := range revs {
		if err := checkRevision(r); err != nil {
			return err
		}
	}
	nodes := make([]Node, len(revs))
	for i, r := range revs {
		if first := m.keys[r.ID]; first != nil {
			return &DuplicateRevisionError{ID: r.ID, Files: []string{first.revision.File, r.File}}
		}
		r.Down, r.DependsOn, r.Labels = slices.Clone(r.Down), slices.Clone(r.DependsOn), slices.Clone(r.Labels)
		r.Replaces = slices.Clone(r.Replaces)
		n := &nodes[i]
		n.revision, n.index = r, i
		m.nodes = append(m.nodes, n)
		m.keys[r.ID] = n
	}
	return nil
}

// checkRevision looks at what can be judged without the rest of the history.
func checkRevision(r Revision) error {
	if slices.Contains(r.Down, r.ID) {
		return &SelfLoopError{ID: r.ID, Edge: FollowsEdge, File: r.File}
	}
	if slices.Contains(r.DependsOn, r.ID) {
		return &SelfLoopError{ID: r.ID, Edge: DependsEdge, File: r.File}
	}
	if err := checkName("revision identifier", r.ID, "+-:@"); err != nil {
		err.File = r.File
		return err
	}
	for _, label := range r.Labels {
		err := checkName("branch label", label, ":@")
		if err == nil && strings.ContainsAny(label[:1], "+-") {
			err = &IllegalNameError{Kind: "branch label", Name: label, Reason: "it reads as a relative revision"}
		}
		if err != nil {
			err.File = r.File
			return err
		}
	}
	return nil
}

// CheckID reports, as an [IllegalNameError], why id cannot name a revision.
func CheckID(id string) error { return checkRevision(Revision{ID: id}) }

// CheckLabel reports, as an [IllegalNameError], why label cannot name a branch.
func CheckLabel(label string) error {
	return checkRevision(Revision{ID: "x", Labels: []string{label}})
}

// checkName refuses names that could never be told apart in a symbol.
func checkName(kind, name, illegal string) *IllegalNameError {
	e := &IllegalNameError{Kind: kind, Name: name}
	if strings.ContainsAny(name, illegal) {
		for _, c := range illegal {
			if strings.ContainsRune(name, c) {
				e.Characters += string(c)
			}
		}
	}
	switch name {
	case "":
		e.Reason = "it is empty"
	case nameHead, nameHeads, nameBase, nameCurrent:
		e.Reason = "the word has a meaning of its own"
	default:
		if strings.TrimSpace(name) != name {
			e.Reason = "it begins or ends with a space"
		}
	}
	if e.Characters == "" && e.Reason == "" {
		return nil
	}
	return e
}

func (m *Map) addLabels([]Revision) error {
	for _, n := range m.nodes {
		for i, label := range n.revision.Labels {
			if slices.Contains(n.revision.Labels[:i], label) {
				continue
			}
			if other := m.keys[label]; other != nil {
				return &DuplicateLabelError{
					Label: label, Revision: n.ID(), Other: other.ID(),
					Files: []string{n.revision.File, other.revision.File},
				}
			}
			m.keys[label] = n
		}
	}
	return nil
}

// connect turns names into edges. Children and dependents come out in load
// order because the nodes are visited in it.
func (m *Map) connect([]Revision) error {
	for _, n := range m.nodes {
		for _, id := range n.revision.Down {
			parent := m.Get(id)
			if parent == nil {
				return &MissingParentError{
					Revision: n.ID(), Parent: id, File: n.revision.File, Baseline: m.folded[id], Suggestions: m.suggest(id),
				}
			}
			n.down = appendOnce(n.down, parent)
		}
		for _, name := range n.revision.DependsOn {
			dep := m.keys[name]
			if dep == nil {
				return &MissingDependencyError{
					Revision: n.ID(), Dependency: name, File: n.revision.File, Baseline: m.folded[name], Suggestions: m.suggest(name),
				}
			}
			if dep == n { // by one of its own labels
				return &SelfLoopError{ID: n.ID(), Edge: DependsEdge, File: n.revision.File}
			}
			n.deps = appendOnce(n.deps, dep)
		}
		n.needs = union(n.down, n.deps)
		for _, p := range n.down {
			p.children = append(p.children, n)
		}
		for _, p := range n.needs {
			p.dependents = append(p.dependents, n)
		}
	}
	return nil
}

// rankNodes gives every node the length of its longest way down and returns
// all nodes bottom up. The graph has no cycle any more.
func (m *Map) rankNodes() []*Node {
	waiting := make([]int, len(m.nodes))
	upward := make([]*Node, 0, len(m.nodes))
	for i, n := range m.nodes {
		waiting[i] = len(n.needs)
		if waiting[i] == 0 {
			upward = append(upward, n)
		}
	}
	for i := 0; i < len(upward); i++ {
		n := upward[i]
		for _, c := range n.dependents {
			c.rank = max(c.rank, n.rank+1)
			if waiting[c.index]--; waiting[c.index] == 0 {
				upward = append(upward, c)
			}
		}
	}
	return upward
}

// normalizeDependencies drops a dependency that an ancestor by down declares
// as well: the ancestor's presence already implies it.
func (m *Map) normalizeDependencies() {
	declarers := make(map[*Node][]*Node)
	for _, n := range m.nodes {
		for _, d := range n.deps {
			declarers[d] = append(declarers[d], n)
		}
	}
	for _, n := range m.nodes {
		for _, d := range n.deps {
			if !ancestorDeclares(n, d, declarers[d]) {
				n.normalDeps = append(n.normalDeps, d)
			}
		}
		n.parents = union(n.down, n.normalDeps)
	}
}

// ancestorDeclares reports whether one of declarers, all of which depend on d,
// is an ancestor of n by down. The walk ends at the lowest declarer, so that a
// long common history below is not walked again for every dependency.
func ancestorDeclares(n, d *Node, declarers []*Node) bool {
	if len(declarers) < 2 {
		return false
	}
	lowest := slices.MinFunc(declarers, func(a, b *Node) int { return a.rank - b.rank }).rank
	if n.rank == lowest {
		return false
	}
	seen := map[*Node]bool{n: true}
	for stack := []*Node{n}; len(stack) > 0; {
		last := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, p := range last.down {
			if p.rank < lowest || seen[p] {
				continue
			}
			if slices.Contains(p.deps, d) {
				return true
			}
			seen[p] = true
			stack = append(stack, p)
		}
	}
	return false
}

func appendOnce(nodes []*Node, n *Node) []*Node {
	if slices.Contains(nodes, n) {
		return nodes
	}
	return append(nodes, n)
}

func union(a, b []*Node) []*Node {
	u := slices.Clone(a)
	for _, n := range b {
		u = appendOnce(u, n)
	}
	return u
}
