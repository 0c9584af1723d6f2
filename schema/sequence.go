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
	Gone  bool          // it shall not be there any more; see [Dropped]
	Owner SequenceOwner // set by reflection only; neither declared nor compared
}

// SequenceOwner is the column that takes a sequence with it when it goes
// (PostgreSQL). The zero value is none.
type SequenceOwner struct {
	Table   Name
	Column  string
	Default string // the column's default, SQL, if that takes numbers from the sequence; else empty
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

// Call spells the numbers in Go, without the fields left to the database.
func (n Numbers) Call() Call {
	f := fields{}
	f.add("Type", n.Type != "", n.Type)
	f.numbers(n)
	return Call{Path: Path, Func: "Numbers", Fields: f}
}

// fields are the fields of a struct literal.
type fields []Field

func (f *fields) add(name string, given bool, value any) {
	if given {
		*f = append(*f, Field{name, value})
	}
}

// numbers adds what sequences and identity columns have in common.
func (f *fields) numbers(n Numbers) {
	f.add("Start", n.Start != 0, n.Start)
	f.add("Increment", n.Increment != 0, n.Increment)
	if n.Min != nil {
		f.add("Min", true, call("Bound", int(*n.Min)))
	}
	if n.Max != nil {
		f.add("Max", true, call("Bound", int(*n.Max)))
	}
	f.add("Cache", n.Cache != 0, n.Cache)
	f.add("Cycle", n.Cycle, n.Cycle)
}

// Declaration spells the method of a [Metadata] that declares the sequence.
func (s *Sequence) Declaration() Call {
	c := Call{Func: "Sequence", Args: []any{s.Name.Name}}
	if n := s.Numbers.Call(); len(n.Fields) > 0 {
		c.Args = append(c.Args, n)
	}
	c.Args = append(c.Args, inSchema(s.Name)...)
	if s.Gone {
		c.Args = append(c.Args, call("Dropped"))
	}
	return c
}

// inSchema spells the schema of a name, if it has one.
func inSchema(n Name) []any {
	if n.Schema == "" {
		return nil
	}
	return []any{call("InSchema", n.Schema)}
}

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
