package revision

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// shortestPartial is the length a name must have to be found by its beginning;
// Alembic does not let very short ids be abbreviated.
const shortestPartial = 4

// Resolve returns the revisions a symbol stands for: none for base, several
// possibly for heads and current, else one. Current holds the rows of the
// version table; only "current", "+N" and "-N" look at them. If it is nil, the
// database was not asked: "-N" then starts at the heads, as in "gomig show -1".
//
//	ae1027a6acf     a revision, or the beginning of its id
//	app             the revision that starts the branch with this label
//	head            the only revision nothing follows
//	heads           all revisions nothing follows or depends on
//	base            the state before every revision
//	current         the revisions of the rows
//	app@head, app@heads, app@base, app@ae10, ae10@head
//	+2, -1          relative to the rows
//	ae10+2, head-1, app@+2, app@-1, app@head-2
func (m *Map) Resolve(symbol string, current []string) ([]*Node, error) {
	s, err := m.parse(symbol)
	if err != nil {
		return nil, err
	}
	rows, err := m.rowsFor(s, current)
	if err != nil {
		return nil, err
	}
	switch {
	case !s.Relative:
		return m.lookup(s, rows)
	case s.Name == "" && s.Steps < 0 && current == nil:
		return m.descendFromHeads(s)
	case s.Name == "" && s.Steps < 0:
		n, err := m.descend(s, rows)
		return oneOrNone(n), err
	}
	n, err := m.climb(s, rows)
	return oneOrNone(n), err
}

// ResolveOne is [Map.Resolve] for places where several revisions are too many;
// they are a [MultipleHeadsError]. It returns nil for base.
func (m *Map) ResolveOne(symbol string, current []string) (*Node, error) {
	nodes, err := m.Resolve(symbol, current)
	if err != nil {
		return nil, err
	}
	if len(nodes) > 1 {
		return nil, &MultipleHeadsError{Argument: symbol, Heads: IDs(nodes)}
	}
	return first(nodes), nil
}

// rowsFor returns the revisions of current if s looks at them. A row without a
// revision does not hinder symbols that have nothing to do with it.
func (m *Map) rowsFor(s Symbol, current []string) ([]*Node, error) {
	if s.Name == nameCurrent || s.Name == "" {
		return m.Rows(current)
	}
	return nil, nil
}

// lookup resolves the absolute part of s.
func (m *Map) lookup(s Symbol, rows []*Node) ([]*Node, error) {
	var branch nodeSet
	if s.Branch != "" {
		var err error
		if branch, err = m.branch(s.Branch); err != nil {
			return nil, err
		}
	}
	switch s.Name {
	case nameBase:
		return nil, nil
	case nameCurrent:
		return onBranch(rows, branch), nil
	case nameHeads:
		if branch == nil {
			return m.RealHeads(), nil
		}
		return onBranch(m.Heads(), branch), nil
	case nameHead:
		heads := onBranch(m.Heads(), branch)
		if len(heads) > 1 {
			return nil, &MultipleHeadsError{Argument: s.String(), Heads: IDs(heads)}
		}
		return heads, nil
	}
	n, err := m.find(s.Name, branch)
	if err != nil {
		return nil, err
	}
	if branch != nil && !branch.has(n) {
		return nil, &NotInBranchError{Revision: n.ID(), Branch: s.Branch}
	}
	return []*Node{n}, nil
}

// lookupOne is lookup where one revision, or base as nil, is wanted.
func (m *Map) lookupOne(s Symbol, rows []*Node) (*Node, error) {
	nodes, err := m.lookup(s, rows)
	if err != nil {
		return nil, err
	}
	if len(nodes) > 1 {
		return nil, &MultipleHeadsError{Argument: s.String(), Heads: IDs(nodes)}
	}
	return first(nodes), nil
}

// branch returns the lineage of a branch: all that precedes or follows the
// revision a label, or an id standing for its branch, names.
func (m *Map) branch(name string) (nodeSet, error) {
	n, err := m.branchRevision(name)
	if err != nil {
		return nil, err
	}
	return m.lineage([]*Node{n}), nil
}

func (m *Map) branchRevision(name string) (*Node, error) {
	n, err := m.find(name, nil)
	var unknown *UnknownRevisionError
	if errors.As(err, &unknown) {
		unknown.Branch = true
	}
	return n, err
}

// find looks a revision up by id, label, or the beginning of either; with a
// branch, a beginning need only be unique there.
func (m *Map) find(name string, branch nodeSet) (*Node, error) {
	if n := m.keys[name]; n != nil {
		return n, nil
	}
	matches := m.startingWith(name, branch)
	switch len(matches) {
	case 0:
		return nil, &UnknownRevisionError{Symbol: name, Baseline: m.folded[name], Suggestions: m.suggest(name)}
	case 1:
		return m.keys[matches[0]], nil
	}
	return nil, &AmbiguousPrefixError{Prefix: name, Matches: matches}
}

// startingWith returns the ids and labels that start with prefix, one a
// revision, in load order.
func (m *Map) startingWith(prefix string, branch nodeSet) []string {
	var matches []string
	for _, n := range m.nodes {
		if branch != nil && !branch.has(n) {
			continue
		}
		for _, key := range append([]string{n.ID()}, n.revision.Labels...) {
			if strings.HasPrefix(key, prefix) && utf8.RuneCountInString(key) >= shortestPartial {
				matches = append(matches, key)
				break
			}
		}
	}
	return matches
}

// onBranch returns those of nodes that belong to branch; nil is no branch.
func onBranch(nodes []*Node, branch nodeSet) []*Node {
	if branch == nil {
		return nodes
	}
	return within(nodes, branch)
}

func first(nodes []*Node) *Node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}

func oneOrNone(n *Node) []*Node {
	if n == nil {
		return nil
	}
	return []*Node{n}
}
