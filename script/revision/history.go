package revision

// History returns the revisions of a range, both ends included, newest first.
// An empty start means base, an empty end heads; current holds the rows, which
// "current" and, where nothing else is near, "+N" and "-N" refer to.
//
//	:             everything
//	ae10:         ae10 and what follows it
//	ae10:current  from ae10 to the rows
//	app@base:     what the branch app needs
//	-3:ae10       up to three revisions below ae10, the end
//	ae10:+2       up to two revisions above ae10, the start
//	-3:+3         around the rows
//
// Relative ends that reach too far are cut off there; "-3" and "+2" take all
// ways at a merge or fork. A start that does not precede the end is a
// [RangeError].
func (m *Map) History(r Range, current []string) ([]*Node, error) {
	h := history{m: m, current: current}
	if err := h.parse(r); err != nil {
		return nil, err
	}
	todo, err := h.collect()
	if err != nil {
		return nil, err
	}
	return m.newestFirst(todo), nil
}

type history struct {
	m          *Map
	current    []string
	start, end Symbol
}

// parse gives empty ends their meaning, and those that lead away from the
// range, as in "+2:", the rows to start from.
func (h *history) parse(r Range) error {
	var err error
	if h.start, err = h.m.parse(orDefault(r.Start, nameBase)); err != nil {
		return err
	}
	if h.end, err = h.m.parse(orDefault(r.End, nameHeads)); err != nil {
		return err
	}
	if h.start.Name == "" && h.start.Steps > 0 {
		h.start.Name = nameCurrent
	}
	if h.end.Name == "" && h.end.Steps < 0 {
		h.end.Name = nameCurrent
	}
	return nil
}

func orDefault(symbol, name string) string {
	if symbol == "" {
		return name
	}
	return symbol
}

func (h *history) collect() (nodeSet, error) {
	var from, targets []*Node
	var err error
	startFloats, endFloats := h.start.Name == "", h.end.Name == ""
	if startFloats && endFloats {
		if from, err = h.m.Rows(h.current); err != nil {
			return nil, err
		}
		return h.around(from)
	}
	if !startFloats {
		if from, err = h.resolve(h.start); err != nil {
			return nil, err
		}
	}
	if endFloats {
		return h.after(from)
	}
	if targets, err = h.resolve(h.end); err != nil {
		return nil, err
	}
	if startFloats {
		return h.before(targets)
	}
	return h.between(targets, from)
}

// resolve returns the revisions of one end, cutting off what reaches too far.
func (h *history) resolve(s Symbol) ([]*Node, error) {
	rows, err := h.m.rowsFor(s, h.current)
	if err != nil {
		return nil, err
	}
	nodes, err := h.m.lookup(s, rows)
	if err != nil || !s.Relative {
		return nodes, err
	}
	branch, err := h.branch(s)
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		nodes = []*Node{nil} // base
	}
	var found []*Node
	for _, from := range nodes {
		to, _, err := h.m.walk(from, s.Steps, branch)
		if err != nil {
			return nil, err
		}
		found = append(found, oneOrNone(to)...)
	}
	return h.m.unique(found), nil
}

func (h *history) branch(s Symbol) (nodeSet, error) {
	if s.Branch == "" {
		return nil, nil
	}
	return h.m.branch(s.Branch)
}

// between is a range whose ends are both revisions.
func (h *history) between(targets, from []*Node) (nodeSet, error) {
	targets, err := h.onStartBranch(targets)
	if err != nil {
		return nil, err
	}
	if required := h.m.reach(targets, needsOf); len(within(from, required)) < len(from) {
		return nil, &RangeError{Start: h.start.String(), End: h.end.String()}
	}
	return h.m.span(targets, from), nil
}

// span returns what leads from some revisions, themselves included, to the
// targets by down; from base it is all the targets need.
func (m *Map) span(targets, from []*Node) nodeSet {
	todo := m.reach(targets, needsOf)
	if len(from) == 0 {
		return todo
	}
	todo.subtract(m.reach(from, needsOf))
	todo.cut(m.reach(from, childrenOf))
	for _, n := range from {
		todo.add(n)
	}
	return todo
}

// onStartBranch keeps those targets that are on the branch of a start such as
// "app@base".
func (h *history) onStartBranch(targets []*Node) ([]*Node, error) {
	if h.start.Branch == "" {
		return targets, nil
	}
	n, err := h.m.branchRevision(h.start.Branch)
	if err != nil {
		return nil, err
	}
	if n.HasLabel(h.start.Branch) {
		return keep(targets, func(t *Node) bool { return t.HasLabel(h.start.Branch) }), nil
	}
	return within(targets, h.m.lineage([]*Node{n})), nil
}

// before is a range that starts some steps below its end. A target with fewer
// revisions below it is listed with all it needs, as from base.
func (h *history) before(targets []*Node) (nodeSet, error) {
	targets, err := h.onStartBranch(targets)
	if err != nil {
		return nil, err
	}
	todo := h.m.newSet()
	for _, n := range targets {
		near, last := h.m.nearby([]*Node{n}, -h.start.Steps, downOf)
		todo.join(near)
		todo.join(h.m.span([]*Node{n}, last))
	}
	return todo, nil
}

// after is a range that ends some steps above its start, or above base.
func (h *history) after(from []*Node) (nodeSet, error) {
	branch, err := h.branch(h.end)
	if err != nil {
		return nil, err
	}
	if branch != nil {
		from = h.m.startsOn(branch, from)
	}
	next := func(n *Node) []*Node { return onBranch(n.children, branch) }
	starts, steps := from, h.end.Steps
	if len(from) == 0 {
		starts, steps = onBranch(h.m.Bases(), branch), steps-1
	}
	if steps < 0 {
		return h.m.newSet(), nil
	}
	near, _ := h.m.nearby(starts, steps, next)
	return h.m.span(h.m.list(near), from), nil
}

// around is a range whose ends are both relative to the rows.
func (h *history) around(rows []*Node) (nodeSet, error) {
	todo, err := h.before(rows)
	if err != nil {
		return nil, err
	}
	later, err := h.after(rows)
	if err != nil {
		return nil, err
	}
	todo.join(later)
	return todo, nil
}

// nearby returns what lies within so many steps of the given nodes, and what is
// reached by the last of these steps.
func (m *Map) nearby(from []*Node, steps int, next neighbours) (near nodeSet, last []*Node) {
	near = m.newSet()
	for _, n := range from {
		near.add(n)
	}
	for ; steps > 0 && len(from) > 0; steps-- {
		last = nil
		for _, n := range from {
			for _, p := range next(n) {
				if !near.has(p) {
					near.add(p)
					last = append(last, p)
				}
			}
		}
		from = last
	}
	return near, from
}
