package revision

// climb resolves the relative symbols of an upgrade: "+N" from the row that is
// concerned, "sym+N" and "sym-N" from sym. It returns nil for base.
func (m *Map) climb(s Symbol, rows []*Node) (*Node, error) {
	var branch nodeSet
	if s.Branch != "" {
		var err error
		if branch, err = m.branch(s.Branch); err != nil {
			return nil, err
		}
	}
	from, err := m.lookupStart(s, rows, branch)
	if err != nil {
		return nil, err
	}
	to, left, err := m.walk(from, s.Steps, branch)
	if err != nil {
		return nil, err
	}
	if left > 0 {
		return nil, &RelativeError{Symbol: s, Missing: left}
	}
	return to, nil
}

// lookupStart returns where climb starts.
func (m *Map) lookupStart(s Symbol, rows []*Node, branch nodeSet) (*Node, error) {
	if s.Name != "" {
		return m.lookupOne(s, rows)
	}
	if s.Steps <= 0 {
		return nil, &RelativeError{Symbol: s, Missing: -s.Steps}
	}
	starts := rows
	if branch != nil {
		starts = m.startsOn(branch, rows)
	}
	if len(starts) > 1 {
		return nil, &AmbiguousCurrentError{Direction: Up, Branch: s.Branch, Revisions: IDs(starts)}
	}
	return first(starts), nil
}

// startsOn returns where a branch continues: the rows on it, else the topmost
// applied revisions that precede it, else nothing, which is base.
func (m *Map) startsOn(branch nodeSet, rows []*Node) []*Node {
	if starts := within(rows, branch); len(starts) > 0 {
		return starts
	}
	active := within(m.list(m.reach(rows, needsOf)), branch)
	covered := m.newSet()
	for _, n := range active {
		for _, p := range n.parents {
			covered.add(p)
		}
	}
	return keep(active, func(n *Node) bool { return !covered.has(n) })
}

// descend resolves "-N" and "label@-N" relative to the rows, of which the first
// one concerned counts. It returns nil for base.
func (m *Map) descend(s Symbol, rows []*Node) (*Node, error) {
	from, err := m.descentStart(s, rows)
	if err != nil {
		return nil, err
	}
	if from == nil {
		return nil, &RelativeError{Symbol: s, Missing: -s.Steps}
	}
	to, left, err := m.walk(from, s.Steps, nil)
	if err != nil {
		return nil, err
	}
	if left > 0 {
		return nil, &RelativeError{Symbol: s, Missing: left}
	}
	return to, nil
}

// descendFromHeads resolves "-N" and "label@-N" where no rows are known.
func (m *Map) descendFromHeads(s Symbol) ([]*Node, error) {
	heads, err := m.lookup(Symbol{Branch: s.Branch, Name: nameHeads}, nil)
	if err != nil {
		return nil, err
	}
	var found []*Node
	for _, head := range heads {
		to, left, err := m.walk(head, s.Steps, nil)
		if err != nil {
			return nil, err
		}
		if left > 0 {
			return nil, &RelativeError{Symbol: s, Missing: left}
		}
		found = append(found, oneOrNone(to)...)
	}
	return m.unique(found), nil
}

// descentStart returns the row descend starts at, or nil. A branch without a
// row of its own may yet be applied, because other branches depend on it.
func (m *Map) descentStart(s Symbol, rows []*Node) (*Node, error) {
	if s.Branch == "" {
		return first(rows), nil
	}
	branch, err := m.branch(s.Branch)
	if err != nil {
		return nil, err
	}
	starts := within(rows, branch)
	if len(starts) == 0 {
		starts = within(m.effectiveHeads(rows), branch)
	}
	if len(starts) > 1 {
		return nil, &AmbiguousCurrentError{Direction: Down, Branch: s.Branch, Revisions: IDs(starts)}
	}
	return first(starts), nil
}

// walk goes steps up or down the lines of descent; nil is base, one step below
// every base. Branch, if not nil, decides at forks on the way up. Left is how
// many steps were not possible.
func (m *Map) walk(from *Node, steps int, branch nodeSet) (to *Node, left int, err error) {
	if steps < 0 {
		return walkDown(from, -steps)
	}
	for to = from; steps > 0; steps-- {
		next := m.Bases
		if to != nil {
			next = to.Children
		}
		choices := onBranch(next(), branch)
		switch {
		case len(choices) == 0:
			return to, steps, nil
		case len(choices) > 1:
			return nil, 0, &AmbiguousWalkError{From: nameOf(to), Direction: Up, Choices: IDs(choices)}
		}
		to = choices[0]
	}
	return to, 0, nil
}

func walkDown(from *Node, steps int) (to *Node, left int, err error) {
	for to = from; steps > 0 && to != nil; steps-- {
		if len(to.down) > 1 {
			return nil, 0, &AmbiguousWalkError{From: to.ID(), Direction: Down, Choices: IDs(to.down)}
		}
		to = first(to.down)
	}
	return to, steps, nil
}

func nameOf(n *Node) string {
	if n == nil {
		return nameBase
	}
	return n.ID()
}
