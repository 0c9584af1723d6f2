package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// seen reports whether IncludeName lets something in that is in no table.
func (c *comparer) seen(kind Kind, n schema.Name) bool {
	include := c.options.IncludeName
	return include == nil || include(SchemaKind, n.Schema, Parents{}) && include(kind, n.Name, Parents{Schema: n.Schema})
}

// included asks IncludeObject about a declared object and its counterpart; either may be nil.
func (c *comparer) included(declared, reflected *Object) bool {
	include := c.options.IncludeObject
	switch {
	case include == nil || declared == nil && reflected == nil:
		return true
	case declared == nil:
		return include(*reflected)
	}
	o := *declared
	o.CompareTo = reflected
	return include(o)
}

func viewKind(materialized bool) Kind {
	if materialized {
		return MaterializedViewKind
	}
	return ViewKind
}

func viewObject(v *schema.View) *Object {
	own := *v
	return &Object{Kind: viewKind(v.Materialized), Name: v.Name.Name, View: &own}
}

// filterViews takes the views that the hooks leave out: of the live ones those
// that do not count as there, and by name those that nothing is done about.
func (c *comparer) filterViews(declared []*schema.View, live []dialect.View) (there []dialect.View, out map[schema.Name]bool) {
	there = slices.DeleteFunc(live, func(v dialect.View) bool { return !c.seen(viewKind(v.Materialized), v.Name) })
	out = map[schema.Name]bool{}
	for _, v := range declared {
		var old, next *Object
		if i := slices.IndexFunc(there, func(l dialect.View) bool { return l.Name == v.Name }); i >= 0 {
			l := there[i]
			old = viewObject(&schema.View{Name: l.Name, Query: l.Definition, Materialized: l.Materialized, Indexes: l.Indexes})
			old.Reflected = true
		}
		if !v.Gone {
			next = viewObject(v)
		}
		out[v.Name] = !c.included(next, old)
	}
	return there, out
}

// filterSequences takes from both sides the sequences that the hooks leave out.
func (c *comparer) filterSequences(have, want *side) {
	object := func(q *schema.Sequence, reflected bool) *Object {
		if q == nil {
			return nil
		}
		own := *q
		return &Object{Kind: SequenceKind, Name: q.Name.Name, Sequence: &own, Reflected: reflected}
	}
	have.sequences = slices.DeleteFunc(have.sequences, func(q *schema.Sequence) bool { return !c.seen(SequenceKind, q.Name) })
	for _, q := range slices.Concat(want.sequences, have.sequences) {
		old, next := sequence(have.sequences, q.Name), sequence(want.sequences, q.Name)
		if c.included(object(next, false), object(old, true)) {
			continue
		}
		named := func(o *schema.Sequence) bool { return o.Name == q.Name }
		have.sequences, want.sequences = slices.DeleteFunc(have.sequences, named), slices.DeleteFunc(want.sequences, named)
	}
}
