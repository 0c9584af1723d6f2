package revision

import "slices"

// Stamp plans how the version table is brought to targets without running any
// revision. Each target replaces the rows it precedes or follows, dependencies
// included, and becomes a row of its own otherwise; base, or LABEL@base, takes
// rows away. For a table that is to be emptied first (--purge), current is nil.
//
// Targets may be named twice; one that another one needs is implied by it and
// left out; base goes before the others.
func (m *Map) Stamp(current []string, targets ...string) (Plan, error) {
	rows, err := m.Rows(current)
	if err != nil {
		return Plan{}, err
	}
	st := &stamper{
		m: m, planner: newPlanner(rows),
		rows: slices.Clone(rows), overlap: m.checkOverlap(rows) != nil,
	}
	var goals []*Node
	for _, target := range targets {
		nodes, err := m.Resolve(target, IDs(rows))
		if err != nil {
			return Plan{}, forPurpose(err, ForStamp)
		}
		if len(nodes) == 0 {
			if err := st.toBase(target); err != nil {
				return Plan{}, err
			}
		}
		goals = append(goals, nodes...)
	}
	for _, n := range m.maximal(m.unique(goals)) {
		st.to(n)
	}
	return Plan{Steps: st.steps}, nil
}

type stamper struct {
	*planner
	m       *Map
	rows    []*Node // those of the beginning that are left
	overlap bool    // they contradict each other; stamping mends that
}

// toBase takes away the rows of the branch that target names, or all rows. A
// plain "-N" that ends at base is about the first row only.
func (st *stamper) toBase(target string) error {
	s, err := st.m.parse(target)
	if err != nil {
		return err
	}
	gone := slices.Clone(st.rows)
	switch {
	case s.Branch != "":
		branch, err := st.m.branchRevision(s.Branch)
		if err != nil {
			return err
		}
		gone = within(gone, st.m.relatives(branch))
	case s.Name == "" && len(gone) > 1:
		gone = gone[:1]
	}
	for _, r := range gone {
		st.rows = slices.DeleteFunc(st.rows, func(n *Node) bool { return n == r })
		st.add(Step{
			Kind: Stamp, Direction: Down, From: []string{r.ID()},
			Changes: []RowChange{{Op: DeleteRow, Old: r.ID()}},
		})
	}
	return nil
}

func (st *stamper) to(n *Node) {
	isRow := slices.Contains(st.rows, n)
	if isRow && !st.overlap {
		return
	}
	from := keep(st.rows, func(r *Node) bool { return r == n || r.Needs(n) || n.Needs(r) })
	s := Step{Kind: Stamp, Direction: Up, Revision: n, From: IDs(from), To: []string{n.ID()}}
	if len(from) > 0 && from[0].rank > n.rank {
		s.Direction = Down
	}
	s.Changes = replace(from, n)
	if isRow {
		if len(from) == 1 {
			return
		}
		s.Changes = drop(from, n)
	}
	st.rows = slices.DeleteFunc(st.rows, func(r *Node) bool { return slices.Contains(from, r) })
	st.add(s)
}

// drop removes the rows that contradict the one of n, which exists.
func drop(rows []*Node, n *Node) []RowChange {
	var changes []RowChange
	for _, r := range rows {
		if r != n {
			changes = append(changes, RowChange{Op: DeleteRow, Old: r.ID()})
		}
	}
	return changes
}

// relatives returns all that n needs or that needs n, itself included.
func (m *Map) relatives(n *Node) nodeSet {
	related := m.reach([]*Node{n}, needsOf)
	related.join(m.reach([]*Node{n}, dependentsOf))
	return related
}
