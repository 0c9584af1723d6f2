package schema

import (
	"errors"
	"fmt"
	"slices"
)

// Sequence is a declared sequence that stands by itself (sqlalchemy.Sequence):
// PostgreSQL and MariaDB have them. Those behind numbered columns are the columns' own.
type Sequence struct {
	Name Name
	Numbers
	Gone bool // it is no longer to be there
}

// Numbers is what numbers a sequence gives. The zero value leaves all to the database.
type Numbers struct {
	Type      string // smallint, integer or bigint (PostgreSQL); empty for bigint
	Start     int64  // the first number; 0 for the least, or going down the greatest
	Increment int64  // the step; 0 for 1
	Min, Max  *int64 // nil for the database's bounds; see [Bound]
	Cache     int64  // how many a session takes at once; 0 for the database's default
	Cycle     bool   // begins again at the end
}

// SequenceItem is what may stand in the declaration of a sequence: [Numbers],
// [InSchema], [Dropped].
type SequenceItem interface {
	AddToSequence(*Sequence)
}

// AddToSequence sets what numbers the sequence gives.
func (n Numbers) AddToSequence(s *Sequence) { s.Numbers = n }

// Sequence declares a sequence. What is wrong with it is kept until [Metadata.Err] is asked.
func (m *Metadata) Sequence(name string, items ...SequenceItem) *Sequence {
	s, at := &Sequence{Name: Name{Name: name}}, caller()
	for _, it := range items {
		if it != nil {
			it.AddToSequence(s)
		}
	}
	if s.Name.Schema == "" {
		s.Name.Schema = m.options.Schema
	}
	if s.Name.Name == "" {
		m.errs = append(m.errs, fmt.Errorf("%s: declaring sequence %q: %w", at, s.Name, errors.New("it has no name")))
	}
	if m.claim("sequence", s.Name, at) {
		m.sequences = append(m.sequences, s)
	}
	return s
}

// Sequences are the declared sequences by schema and name.
func (m *Metadata) Sequences() []*Sequence {
	out := slices.Clone(m.sequences)
	slices.SortFunc(out, func(a, b *Sequence) int { return a.Name.Compare(b.Name) })
	return out
}

// claim takes a name for an object. Tables, views and sequences share their names.
func (m *Metadata) claim(kind string, n Name, at position) bool {
	if before, ok := m.byName[n]; ok {
		m.errs = append(m.errs, fmt.Errorf("%s: declaring %s %q: it is declared at %s already", at, kind, n, before))
		return false
	}
	if m.byName == nil {
		m.byName = map[Name]position{}
	}
	m.byName[n] = at
	return true
}
