package revision

// Upgrade plans the way from the rows in current up to all targets, which are
// symbols. What is applied already is left out, so that a target behind the
// rows gives an empty plan.
func (m *Map) Upgrade(current []string, targets ...string) (Plan, error) {
	rows, err := m.Rows(current)
	if err != nil {
		return Plan{}, err
	}
	if err := m.checkRows(rows); err != nil {
		return Plan{}, err
	}
	nodes, err := m.upgradeTargets(rows, targets)
	if err != nil {
		return Plan{}, err
	}
	todo := m.reach(nodes, needsOf)
	todo.subtract(m.reach(rows, needsOf))
	return m.migrate(rows, m.oldestFirst(todo), Up), nil
}

// upgradeTargets resolves the targets. Those that were named together must not
// need one another.
func (m *Map) upgradeTargets(rows []*Node, targets []string) ([]*Node, error) {
	var nodes []*Node
	for _, target := range targets {
		some, err := m.upgradeTarget(rows, target)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, m.maximal(some)...)
	}
	return nodes, m.checkOverlap(nodes)
}

func (m *Map) upgradeTarget(rows []*Node, target string) ([]*Node, error) {
	s, err := m.parse(target)
	if err != nil {
		return nil, err
	}
	if !s.Relative {
		return m.lookup(s, rows)
	}
	n, err := m.climb(s, rows)
	return oneOrNone(n), err
}

// migrate writes down the steps that run nodes, in their order.
func (m *Map) migrate(rows, nodes []*Node, d Direction) Plan {
	p, l := newPlanner(rows), m.newLedger(rows)
	for _, n := range nodes {
		s := Step{Kind: Migration, Direction: d, Revision: n, From: IDs(n.down), To: []string{n.ID()}}
		if d == Up {
			s.Changes = l.up(n)
		} else {
			s.From, s.To = s.To, s.From
			s.Changes = l.down(n)
		}
		p.add(s)
	}
	return Plan{Steps: p.steps}
}
