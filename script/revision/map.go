// Package revision is the graph of a migration history: which revisions follow
// which, what a symbol such as "head" or "ae10+2" stands for, and which steps,
// with which changes of the version table, lead from one state of a database
// to another. It is pure: it reads no file and no database.
package revision

import "slices"

// Revision is what one revision file says about its place in the history.
type Revision struct {
	// ID names the revision; it is what the version table holds (revision).
	ID string
	// Down holds the revisions this one follows: none for a base, several for
	// a merge (down_revision).
	Down []string
	// DependsOn holds revisions, or branch labels, that must be applied before
	// this one without being followed by it (depends_on).
	DependsOn []string
	// Labels names the branch that starts at this revision (branch_labels).
	Labels []string
	// Replaces holds the ids of the revisions that were folded into this one,
	// oldest first. No revision has them any more.
	Replaces []string
	// Doc is the message of the revision; its first paragraph is used.
	Doc string
	// File is the place the revision was read from; only error texts use it.
	File string
}

// Map is a checked, immutable revision graph (RevisionMap). The order of the
// slice it was made from, the load order, breaks every tie: sorted file names
// give the order Alembic uses. A Map is safe for concurrent use.
type Map struct {
	nodes []*Node          // in load order
	keys  map[string]*Node // revisions by id and by branch label

	folded map[string]string // baselines by the ids that they replace
}

// Node is a revision in its Map: the revision itself and what stands around it.
type Node struct {
	revision Revision
	index    int // position in the load order
	rank     int // length of the longest way down to a base, over all edges

	down       []*Node // followed revisions, without doubles
	deps       []*Node // resolved DependsOn, without doubles
	normalDeps []*Node // deps less those an ancestor by down already has
	needs      []*Node // down and deps
	parents    []*Node // down and normalDeps: what the version table reckons with
	children   []*Node // revisions whose down holds this one
	dependents []*Node // revisions whose needs hold this one
	labels     []string

	enter, post, low int // see indexReach
}

// Len returns the number of revisions.
func (m *Map) Len() int { return len(m.nodes) }

// All returns every revision in load order.
func (m *Map) All() []*Node { return slices.Clone(m.nodes) }

// Get returns the revision with exactly this id, or nil. Symbols, labels and
// partial ids are for [Map.Resolve].
func (m *Map) Get(id string) *Node {
	if n := m.keys[id]; n != nil && n.revision.ID == id {
		return n
	}
	return nil
}

// Labels returns every branch label, sorted.
func (m *Map) Labels() []string {
	var labels []string
	for key, n := range m.keys {
		if n.revision.ID != key {
			labels = append(labels, key)
		}
	}
	slices.Sort(labels)
	return labels
}

// Heads returns the revisions nothing follows, in load order; another branch
// may depend on them (heads).
func (m *Map) Heads() []*Node { return m.filter((*Node).IsHead) }

// RealHeads returns the revisions that nothing follows and nothing depends on:
// the rows of a fully upgraded database (_real_heads).
func (m *Map) RealHeads() []*Node { return m.filter((*Node).IsRealHead) }

// Bases returns the revisions that follow nothing; they may have dependencies.
func (m *Map) Bases() []*Node { return m.filter((*Node).IsBase) }

// RealBases returns the revisions that follow nothing and depend on nothing.
func (m *Map) RealBases() []*Node { return m.filter((*Node).IsRealBase) }

func (m *Map) filter(keep func(*Node) bool) []*Node {
	var kept []*Node
	for _, n := range m.nodes {
		if keep(n) {
			kept = append(kept, n)
		}
	}
	return kept
}

// ID returns the revision id.
func (n *Node) ID() string { return n.revision.ID }

// Doc returns the message of the revision.
func (n *Node) Doc() string { return n.revision.Doc }

// File returns the place the revision was read from.
func (n *Node) File() string { return n.revision.File }

// Revision returns the revision as it was given to [NewMap].
func (n *Node) Revision() Revision { return n.revision }

// Down returns the revisions this one follows, in the order it names them.
func (n *Node) Down() []*Node { return slices.Clone(n.down) }

// DependsOn returns the revisions this one depends on, labels resolved.
func (n *Node) DependsOn() []*Node { return slices.Clone(n.deps) }

// NormalizedDependsOn returns DependsOn less the revisions that an ancestor
// already depends on (_normalized_resolved_dependencies).
func (n *Node) NormalizedDependsOn() []*Node { return slices.Clone(n.normalDeps) }

// Parents returns Down and NormalizedDependsOn without doubles: what a version
// table row of this revision stands directly above (_normalized_down_revisions).
func (n *Node) Parents() []*Node { return slices.Clone(n.parents) }

// Children returns the revisions that follow this one, in load order (nextrev).
func (n *Node) Children() []*Node { return slices.Clone(n.children) }

// Dependents returns the revisions that follow this one or depend on it, in
// load order (_all_nextrev).
func (n *Node) Dependents() []*Node { return slices.Clone(n.dependents) }

// Labels returns the labels of the branches this revision belongs to, sorted.
// A label belongs to its revision, to everything that follows it, and, while
// the branch has not forked, to what precedes it up to the previous fork.
func (n *Node) Labels() []string { return slices.Clone(n.labels) }

// HasLabel reports whether the revision belongs to the branch with this label.
func (n *Node) HasLabel(label string) bool {
	_, found := slices.BinarySearch(n.labels, label)
	return found
}

// IsHead reports whether nothing follows the revision.
func (n *Node) IsHead() bool { return len(n.children) == 0 }

// IsRealHead reports whether nothing follows the revision or depends on it. A
// head that is not real is printed as "(effective head)".
func (n *Node) IsRealHead() bool { return len(n.dependents) == 0 }

// IsBase reports whether the revision follows nothing.
func (n *Node) IsBase() bool { return len(n.down) == 0 }

// IsRealBase reports whether the revision follows nothing and depends on nothing.
func (n *Node) IsRealBase() bool { return len(n.needs) == 0 }

// IsBranchPoint reports whether more than one revision follows this one.
func (n *Node) IsBranchPoint() bool { return len(n.children) > 1 }

// IsMergePoint reports whether the revision follows more than one.
func (n *Node) IsMergePoint() bool { return len(n.down) > 1 }

// IDs returns the ids of nodes, in their order.
func IDs(nodes []*Node) []string {
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.revision.ID
	}
	return ids
}
