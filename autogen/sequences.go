package autogen

import (
	"reflect"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// diffSequences gives what is to be done about sequences before tables change,
// whose defaults may use them, and behind.
func (c *comparer) diffSequences(from, to *side) (before, after []op.Operation) {
	s, ok := c.dialect.(dialect.Sequencer)
	if !ok {
		return nil, nil
	}
	for _, q := range to.sequences {
		old := sequence(from.sequences, q.Name)
		if old == nil {
			c.detect("added sequence %s", quoted(q.Name.String()))
			before = append(before, &op.CreateSequence{Name: q.Name, Items: itemsOf(s, q)})
			continue
		}
		if items, was := changedItems(s.CanonicalSequence(old), s.CanonicalSequence(q)); len(items) > 0 {
			c.detect("changed sequence %s", quoted(q.Name.String()))
			if next := s.CanonicalSequence(q); (old.Increment < 0) != (next.Increment < 0) {
				// The number at which it stands lies outside the bounds of the other direction.
				items = append(items, op.RestartWith(next.Start))
			}
			before = append(before, &op.AlterSequence{Name: q.Name, Items: items, Was: was})
		}
	}
	for _, q := range from.sequences {
		if sequence(to.sequences, q.Name) == nil {
			c.detect("removed sequence %s", quoted(q.Name.String()))
			after = append(after, &op.DropSequence{Name: q.Name, Was: itemsOf(s, q)})
		}
	}
	return before, after
}

// sequence is the one of a name; nil if there is none.
func sequence(list []*schema.Sequence, n schema.Name) *schema.Sequence {
	if i := slices.IndexFunc(list, func(q *schema.Sequence) bool { return q.Name == n }); i >= 0 {
		return list[i]
	}
	return nil
}

// itemsOf are the properties in which a sequence is not as the server would have
// it by itself.
func itemsOf(s dialect.Sequencer, q *schema.Sequence) []op.SequenceItem {
	full := s.CanonicalSequence(q)
	// The bounds follow from the type and the step, and the first number from the bounds.
	plain := s.CanonicalSequence(&schema.Sequence{Name: q.Name})
	bounds := s.CanonicalSequence(&schema.Sequence{Name: q.Name, Numbers: schema.Numbers{Type: q.Type, Increment: q.Increment}})
	start := *q
	start.Start = 0
	plain.Min, plain.Max, plain.Start = bounds.Min, bounds.Max, s.CanonicalSequence(&start).Start
	items, _ := changedItems(plain, full)
	return append([]op.SequenceItem{}, items...) // not nil, which would say that they are not known
}

// changedItems are the properties that differ, as the one and as the other has them.
func changedItems(from, to *schema.Sequence) (items, was []op.SequenceItem) {
	set := func(differs bool, item func(q *schema.Sequence) op.SequenceItem) {
		if differs {
			items, was = append(items, item(to)), append(was, item(from))
		}
	}
	set(from.Type != to.Type, func(q *schema.Sequence) op.SequenceItem { return op.SequenceAs(q.Type) })
	set(from.Increment != to.Increment, func(q *schema.Sequence) op.SequenceItem { return op.IncrementBy(q.Increment) })
	set(!reflect.DeepEqual(from.Min, to.Min), func(q *schema.Sequence) op.SequenceItem { return op.MinValue(*q.Min) })
	set(!reflect.DeepEqual(from.Max, to.Max), func(q *schema.Sequence) op.SequenceItem { return op.MaxValue(*q.Max) })
	set(from.Start != to.Start, func(q *schema.Sequence) op.SequenceItem { return op.StartWith(q.Start) })
	set(from.Cache != to.Cache, func(q *schema.Sequence) op.SequenceItem { return op.Cache(q.Cache) })
	set(from.Cycle != to.Cycle, func(q *schema.Sequence) op.SequenceItem {
		if q.Cycle {
			return op.Cycle()
		}
		return op.NoCycle()
	})
	return items, was
}
