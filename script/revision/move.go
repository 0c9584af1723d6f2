package revision

import (
	"fmt"
	"slices"
	"strings"
)

// Move is what has to be rewritten so that a branch goes on from another
// revision, as a rebase of version control does.
type Move struct {
	Revision *Node   // the one whose Down changes
	Onto     *Node   // what it is to follow
	Moved    []*Node // itself and all that follows it, in load order
}

// MoveError says why a revision cannot be moved.
type MoveError struct {
	Revision, Reason string
}

func (e *MoveError) Error() string {
	return fmt.Sprintf("Revision %s cannot be moved: %s", e.Revision, e.Reason)
}

func cannotMove(n *Node, reason string, args ...any) error {
	return &MoveError{Revision: n.ID(), Reason: fmt.Sprintf(reason, args...)}
}

// Move plans to let a revision, with all that follows it, follow another one
// instead. An empty onto means the other head: where several git branches were
// merged, each with revisions of its own, the head of the other branch.
//
// The revision must begin a branch of its own, or else what it follows now would
// become a head, and nothing that follows it may join it with other revisions: a
// [MoveError].
func (m *Map) Move(symbol, onto string) (Move, error) {
	n, err := m.ResolveOne(symbol, nil)
	switch {
	case err != nil:
		return Move{}, err
	case n == nil:
		return Move{}, &SymbolError{Symbol: symbol, Reason: "base is no revision that could be moved"}
	}
	moved := m.reach([]*Node{n}, childrenOf)
	if onto == "" && !slices.ContainsFunc(m.Heads(), func(h *Node) bool { return !moved.has(h) }) {
		return Move{}, cannotMove(n, "there is no other head that it could follow")
	}
	if err := m.checkBranch(n, moved); err != nil {
		return Move{}, err
	}
	v := Move{Revision: n, Moved: m.list(moved)}
	if v.Onto, err = m.moveTarget(n, moved, onto); err != nil {
		return Move{}, err
	}
	return v, m.tryMove(v)
}

// checkBranch refuses what is not on a branch of its own.
func (m *Map) checkBranch(n *Node, moved nodeSet) error {
	if n.IsMergePoint() {
		return cannotMove(n, "it joins %s; move the revision that begins one of these branches", strings.Join(IDs(n.down), ", "))
	}
	for _, follower := range m.list(moved) {
		others := keep(follower.down, func(p *Node) bool { return follower != n && !moved.has(p) })
		if len(others) > 0 {
			return cannotMove(n, "%s, which follows it, joins it with %s already", follower.ID(), strings.Join(IDs(others), ", "))
		}
	}
	if len(n.down) == 0 || n.down[0].IsBranchPoint() {
		return nil
	}
	first := n
	for len(first.down) == 1 && !first.down[0].IsBranchPoint() {
		first = first.down[0]
	}
	if len(first.down) != 1 {
		return cannotMove(n, "only it follows %s, which would become a head", n.down[0].ID())
	}
	return cannotMove(n, "only it follows %s, which would become a head; the branch begins with %s", n.down[0].ID(), first.ID())
}

// moveTarget is the revision that is to be followed.
func (m *Map) moveTarget(n *Node, moved nodeSet, onto string) (*Node, error) {
	if onto == "" {
		heads := m.otherHeads(n, moved)
		if len(heads) == 1 {
			return heads[0], nil
		}
		return nil, cannotMove(n, "there are several other heads, %s; say which one it is to follow", strings.Join(IDs(heads), ", "))
	}
	to, err := m.ResolveOne(onto, nil)
	switch {
	case err != nil:
		return nil, err
	case to == nil:
		return nil, &SymbolError{Symbol: onto, Reason: "nothing can be moved onto base"}
	case to == n:
		return nil, cannotMove(n, "it cannot follow itself")
	case moved.has(to):
		return nil, cannotMove(n, "%s follows it", to.ID())
	case slices.Equal(n.down, []*Node{to}):
		return nil, cannotMove(n, "it follows %s already", to.ID())
	}
	return to, nil
}

// otherHeads are the heads of the branches that begin where the revision's
// begins; if it follows nothing, all others.
func (m *Map) otherHeads(n *Node, moved nodeSet) []*Node {
	within := m.reach(n.down, childrenOf)
	return keep(m.Heads(), func(h *Node) bool {
		return !moved.has(h) && (n.IsBase() || within.has(h))
	})
}

// tryMove builds the graph as it is going to be: a dependency may make a circle of it.
func (m *Map) tryMove(v Move) error {
	revs := make([]Revision, len(m.nodes))
	for i, n := range m.nodes {
		revs[i] = n.revision
		if n == v.Revision {
			revs[i].Down = []string{v.Onto.ID()}
		}
	}
	if _, err := NewMap(revs); err != nil {
		return fmt.Errorf("moving %s onto %s: %w", v.Revision.ID(), v.Onto.ID(), err)
	}
	return nil
}
