package revision

import "errors"

// Rows returns the revisions of the rows of a version table, doubles left out,
// in the order given. A row that no revision belongs to is an [UnknownRowError].
//
// Where several rows compete, as for a plain "-1", the first one counts: read
// them in a fixed order.
func (m *Map) Rows(current []string) ([]*Node, error) {
	nodes := make([]*Node, 0, len(current))
	for _, id := range current {
		n := m.Get(id)
		if n == nil {
			return nil, &UnknownRowError{ID: id, Baseline: m.folded[id]}
		}
		nodes = append(nodes, n)
	}
	if len(nodes) < 2 {
		return nodes, nil
	}
	return m.unique(nodes), nil
}

// CheckRows reports rows that cannot be: an [UnknownRowError], or, where one
// row needs another, which is therefore one too many, an [OverlapError].
func (m *Map) CheckRows(current []string) error {
	rows, err := m.Rows(current)
	if err != nil {
		return err
	}
	return m.checkRows(rows)
}

func (m *Map) checkRows(rows []*Node) error {
	err := m.checkOverlap(rows)
	var overlap *OverlapError
	if errors.As(err, &overlap) {
		overlap.Rows = IDs(m.maximal(m.unique(rows)))
	}
	return err
}

// Applied returns the revisions that are applied in a database with these
// rows, in load order: those of the rows and all they need.
func (m *Map) Applied(current []string) ([]*Node, error) {
	rows, err := m.Rows(current)
	if err != nil {
		return nil, err
	}
	return m.list(m.reach(rows, needsOf)), nil
}

// EffectiveHeads returns the applied revisions that no applied revision
// follows, in load order: what "current" prints. Besides the rows these are
// branch tips that have no row because another branch depends on them
// (_get_all_current).
func (m *Map) EffectiveHeads(current []string) ([]*Node, error) {
	rows, err := m.Rows(current)
	if err != nil {
		return nil, err
	}
	return m.effectiveHeads(rows), nil
}

func (m *Map) effectiveHeads(rows []*Node) []*Node {
	applied := m.reach(rows, needsOf)
	return keep(m.list(applied), func(n *Node) bool { return len(within(n.children, applied)) == 0 })
}

// AtHeads reports whether the rows are those of a fully upgraded database, the
// real heads. Alembic's --check-heads compares with all heads, and so fails
// where one of them is only depended on.
func (m *Map) AtHeads(current []string) (bool, error) {
	rows, err := m.Rows(current)
	if err != nil {
		return false, err
	}
	heads := m.RealHeads()
	if len(rows) != len(heads) {
		return false, nil
	}
	for _, n := range rows {
		if !n.IsRealHead() {
			return false, nil
		}
	}
	return true, nil
}

// ledger is a version table in the making: which revisions are applied, and
// hence which have a row.
type ledger struct {
	applied nodeSet
	above   []int // by revision: how many applied revisions need it directly
}

func (m *Map) newLedger(rows []*Node) *ledger {
	l := &ledger{applied: m.reach(rows, needsOf), above: make([]int, len(m.nodes))}
	for _, n := range m.nodes {
		if l.applied.has(n) {
			l.count(n, 1)
		}
	}
	return l
}

func (l *ledger) count(n *Node, by int) {
	for _, p := range n.needs {
		l.above[p.index] += by
	}
}

// isRow reports whether n is applied and nothing applied needs it: the rows are
// the maximal applied revisions. No row can therefore be forgotten or doubled,
// also where one parent of a merge is an ancestor of another.
func (l *ledger) isRow(n *Node) bool { return l.applied.has(n) && l.above[n.index] == 0 }

// up applies n, all needs of which are applied. Of the rows it stands above,
// the last becomes its own and the others go.
func (l *ledger) up(n *Node) []RowChange {
	changes := replace(keep(n.parents, l.isRow), n)
	l.applied.add(n)
	l.count(n, 1)
	return changes
}

// down takes n back, which has a row. What it stood on gets rows unless another
// row implies it; the last takes over the row of n.
func (l *ledger) down(n *Node) []RowChange {
	l.applied.remove(n)
	l.count(n, -1)
	freed := keep(n.parents, l.isRow)
	if len(freed) == 0 {
		return []RowChange{{Op: DeleteRow, Old: n.ID()}}
	}
	last := len(freed) - 1
	var changes []RowChange
	for _, p := range freed[:last] {
		changes = append(changes, RowChange{Op: InsertRow, New: p.ID()})
	}
	return append(changes, RowChange{Op: UpdateRow, Old: n.ID(), New: freed[last].ID()})
}

// replace changes the rows into the one of n.
func replace(rows []*Node, n *Node) []RowChange {
	if len(rows) == 0 {
		return []RowChange{{Op: InsertRow, New: n.ID()}}
	}
	last := len(rows) - 1
	var changes []RowChange
	for _, r := range rows[:last] {
		changes = append(changes, RowChange{Op: DeleteRow, Old: r.ID()})
	}
	return append(changes, RowChange{Op: UpdateRow, Old: rows[last].ID(), New: n.ID()})
}
