package revision

import "slices"

// NewParents says on what a new revision is to be based.
type NewParents struct {
	// Symbols name the parents; none means head, "base" a new base. Several
	// make a merge.
	Symbols []string
	// Splice allows parents that other revisions follow already.
	Splice bool
	// Current holds the rows, for symbols that are relative to them.
	Current []string
}

// Parents returns the revisions that a new revision is to follow. It refuses
// with [MultipleHeadsError], [DuplicateParentError], [NotHeadError], or, where
// one parent of a merge needs another, with an [OverlapError].
func (m *Map) Parents(want NewParents) ([]*Node, error) {
	symbols := want.Symbols
	if len(symbols) == 0 {
		symbols = []string{nameHead}
	}
	var parents []*Node
	for _, symbol := range symbols {
		nodes, err := m.Resolve(symbol, want.Current)
		if err != nil {
			return nil, forPurpose(err, ForParent)
		}
		parents = append(parents, nodes...)
	}
	for i, n := range parents {
		if slices.Contains(parents[:i], n) {
			return nil, &DuplicateParentError{ID: n.ID()}
		}
		if !n.IsHead() && !want.Splice {
			return nil, &NotHeadError{ID: n.ID()}
		}
	}
	return parents, m.checkLines(parents)
}

// checkLines reports that one of nodes precedes another by down, which makes a
// merge of the two pointless. A head that another head depends on may well be
// merged with it.
func (m *Map) checkLines(nodes []*Node) error {
	var under []*Node
	for _, n := range nodes {
		under = append(under, n.down...)
	}
	if below := m.reach(under, downOf); len(within(nodes, below)) == 0 {
		return nil
	}
	for _, n := range nodes {
		if with := within(nodes, m.reach(n.down, downOf)); len(with) > 0 {
			return &OverlapError{Revision: n.ID(), With: IDs(with)}
		}
	}
	return nil
}

// Dependencies returns what a new revision should write for the symbols it is
// to depend on: labels as they are, ids in full.
func (m *Map) Dependencies(symbols ...string) ([]string, error) {
	var names []string
	for _, symbol := range symbols {
		name := symbol
		if n := m.keys[symbol]; n == nil {
			one, err := m.ResolveOne(symbol, nil)
			if err != nil {
				return nil, err
			}
			if one == nil {
				return nil, &SymbolError{Symbol: symbol, Reason: "nothing can depend on base"}
			}
			name = one.ID()
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, nil
}
