package revision

// The recorded cases ask for parts that have no exported function of their own.

// IterateOptions are the arguments of Alembic's iterate_revisions.
type IterateOptions struct {
	Inclusive, ImplicitBase, ForDowngrade bool
}

// Iterate is iterate_revisions for ends of several symbols.
func (m *Map) Iterate(upper, lower []string, o IterateOptions) ([]*Node, error) {
	targets, err := m.resolveAll(upper)
	if err != nil {
		return nil, err
	}
	if o.ForDowngrade {
		return m.iterateDown(targets, lower[0], o)
	}
	from, err := m.resolveAll(lower)
	if err != nil {
		return nil, err
	}
	for _, nodes := range [][]*Node{targets, from} {
		if err := m.checkOverlap(nodes); err != nil {
			return nil, err
		}
	}
	todo := m.span(targets, from)
	if o.ImplicitBase {
		todo = m.reach(targets, needsOf)
		todo.subtract(m.reach(from, needsOf))
	}
	for _, n := range from {
		todo[n.index] = o.Inclusive
	}
	return m.newestFirst(todo), nil
}

func (m *Map) iterateDown(rows []*Node, target string, o IterateOptions) ([]*Node, error) {
	g, err := m.downgradeGoal(rows, target)
	if err != nil {
		return nil, err
	}
	todo, err := m.undone(rows, g)
	if err != nil {
		return nil, err
	}
	if o.Inclusive && g.node != nil {
		roots := []*Node{g.node}
		todo = m.above(roots, rows)
		if o.ImplicitBase {
			rest := m.reach(rows, needsOf)
			rest.subtract(m.reach(roots, needsOf))
			todo.join(rest)
		}
	}
	return m.newestFirst(todo), nil
}

func (m *Map) resolveAll(symbols []string) ([]*Node, error) {
	var nodes []*Node
	for _, symbol := range symbols {
		some, err := m.Resolve(symbol, nil)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, some...)
	}
	return m.unique(nodes), nil
}

// NewestFirst is _topological_sort.
func (m *Map) NewestFirst(ids []string) []*Node {
	todo := m.newSet()
	for _, id := range ids {
		todo.add(m.Get(id))
	}
	return m.newestFirst(todo)
}

// FilterForLineage is filter_for_lineage.
func (m *Map) FilterForLineage(ids []string, symbol string) ([]*Node, error) {
	s, err := m.parse(symbol)
	if err != nil {
		return nil, err
	}
	of, err := m.lookup(s, nil)
	if err != nil {
		return nil, err
	}
	if s.Branch != "" {
		n, err := m.branchRevision(s.Branch)
		if err != nil {
			return nil, err
		}
		of = append(of, n)
	}
	nodes, err := m.resolveAll(ids)
	return within(nodes, m.lineage(of)), err
}

// BasesOn is _get_base_revisions.
func (m *Map) BasesOn(symbol string) ([]*Node, error) {
	s, err := m.parse(symbol)
	if err != nil || s.Branch == "" {
		return m.Bases(), err
	}
	branch, err := m.branch(s.Branch)
	return onBranch(m.Bases(), branch), err
}
