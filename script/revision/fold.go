package revision

import (
	"fmt"
	"slices"
	"strings"
)

// Fold is what becomes of a line of revisions that one of them, the baseline,
// is to stand for.
type Fold struct {
	Baseline *Node   // the newest of the line, whose id stays
	After    *Node   // what the baseline is to follow; nil for nothing
	Folded   []*Node // the others, oldest first: those whose ids are gone

	Replaces  []string // the ids that are gone, also those that the folded had replaced themselves
	DependsOn []string // what the baseline must depend on, as the revisions name it
	Labels    []string // the branch labels of all of them
}

// FoldError says why revisions cannot be folded into one.
type FoldError struct {
	Range  Range
	Reason string
}

func (e *FoldError) Error() string {
	return fmt.Sprintf("Revisions %s cannot be folded into one: %s", e.Range, e.Reason)
}

func cannotFold(r Range, reason string, args ...any) error {
	return &FoldError{Range: r, Reason: fmt.Sprintf(reason, args...)}
}

// Fold plans to let the newest revision of a range stand for all of it: for what
// comes after the start, which is not among them, up to and including the end.
// An empty start is the base, an empty end the head.
//
// They must be one line, and nothing outside it may need one whose id goes: a
// [FoldError].
func (m *Map) Fold(r Range) (Fold, error) {
	r.Start, r.End = orDefault(r.Start, nameBase), orDefault(r.End, nameHead)
	after, err := m.ResolveOne(r.Start, nil)
	if err != nil {
		return Fold{}, err
	}
	last, err := m.ResolveOne(r.End, nil)
	switch {
	case err != nil:
		return Fold{}, err
	case last == nil:
		return Fold{}, &SymbolError{Symbol: r.End, Reason: "base is no revision that others could be folded into"}
	}
	line, err := lineBetween(r, after, last)
	if err != nil {
		return Fold{}, err
	}
	f := Fold{Baseline: last, After: after, Folded: line[:len(line)-1]}
	if len(f.Folded) == 0 {
		return Fold{}, cannotFold(r, "there is nothing before %s in the range", last.ID())
	}
	for _, n := range f.Folded {
		for _, d := range n.dependents {
			if slices.Contains(line, d) {
				continue
			}
			verb := "depends on"
			if slices.Contains(d.down, n) {
				verb = "follows"
			}
			return Fold{}, cannotFold(r, "%s %s %s, which would be gone; begin the range with %s, or end it there", d.ID(), verb, n.ID(), n.ID())
		}
	}
	for _, n := range line {
		f.add(m, n, line)
	}
	return f, m.tryFold(f)
}

// lineBetween is the line of revisions from behind after, or from the base, to last.
func lineBetween(r Range, after, last *Node) (line []*Node, err error) {
	for n := last; n != after; n = n.down[0] {
		if n.IsMergePoint() {
			return nil, cannotFold(r, "%s joins %s; only what is on one line can be folded", n.ID(), strings.Join(IDs(n.down), ", "))
		}
		line = append(line, n)
		if n.IsBase() {
			if after != nil {
				return nil, cannotFold(r, "%s does not follow %s", last.ID(), after.ID())
			}
			break
		}
	}
	if len(line) == 0 {
		return nil, cannotFold(r, "there is nothing in the range")
	}
	slices.Reverse(line)
	return line, nil
}

// add notes what the baseline takes over from a revision of the line.
func (f *Fold) add(m *Map, n *Node, line []*Node) {
	f.Replaces = append(f.Replaces, n.revision.Replaces...)
	if n != f.Baseline {
		f.Replaces = append(f.Replaces, n.ID())
	}
	for _, name := range n.revision.DependsOn {
		if !slices.Contains(line, m.keys[name]) && !slices.Contains(f.DependsOn, name) {
			f.DependsOn = append(f.DependsOn, name)
		}
	}
	for _, label := range n.revision.Labels {
		if !slices.Contains(f.Labels, label) {
			f.Labels = append(f.Labels, label)
		}
	}
}

// tryFold builds the graph as it is going to be.
func (m *Map) tryFold(f Fold) error {
	var revs []Revision
	for _, n := range m.nodes {
		r := n.revision
		switch {
		case slices.Contains(f.Folded, n):
			continue
		case n == f.Baseline:
			r.Down, r.DependsOn, r.Labels, r.Replaces = f.Parents(), f.DependsOn, f.Labels, f.Replaces
		}
		revs = append(revs, r)
	}
	if _, err := NewMap(revs); err != nil {
		return fmt.Errorf("folding revisions into %s: %w", f.Baseline.ID(), err)
	}
	return nil
}

// Parents are the ids that the baseline follows.
func (f Fold) Parents() []string {
	if f.After == nil {
		return nil
	}
	return []string{f.After.ID()}
}

// addReplaced notes the ids that are gone. One that is there all the same would
// have its changes made twice.
func (m *Map) addReplaced([]Revision) error {
	for _, n := range m.nodes {
		for _, id := range n.revision.Replaces {
			if other := m.Get(id); other != nil {
				return &ReplacedError{Revision: id, Baseline: n.ID(), Files: []string{other.revision.File, n.revision.File}}
			}
			if m.folded == nil {
				m.folded = map[string]string{}
			}
			m.folded[id] = n.ID()
		}
	}
	return nil
}

// ReplacedError says that a revision is there that another one stands for.
type ReplacedError struct {
	Revision, Baseline string
	Files              []string
}

func (e *ReplacedError) Error() string {
	return fmt.Sprintf("Revision %s was folded into the baseline %s and is there as well%s; remove one of them",
		e.Revision, e.Baseline, inFiles(e.Files...))
}

// intoBaseline is what an error says further of an id that was folded.
func intoBaseline(baseline string) string {
	if baseline == "" {
		return ""
	}
	return "; it was folded into the baseline " + baseline
}
