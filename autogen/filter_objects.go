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
			old = viewObject(&schema.View{Name: l.Name, Query: l.Definition, Materialized: l.Materialized, Indexes: l.Indexes, Options: l.Own})
			old.Reflected = true
		}
		if !v.Gone {
			next = viewObject(v)
		}
		out[v.Name] = !c.included(next, old)
	}
	return there, out
}

// filterViewIndexes has the hooks decide about the indexes of materialized views.
// What they leave out is the same on both sides, so that a view that is made anew
// has it again; it is on none if it is only declared.
func (c *comparer) filterViewIndexes(have, want *side) {
	if c.options.IncludeName == nil && c.options.IncludeObject == nil {
		return
	}
	for _, next := range want.views {
		old := find(have.views, next.Name)
		if !next.Materialized || old != nil && !old.Materialized {
			continue
		}
		var there []*schema.IndexDef
		if old != nil {
			there = slices.DeleteFunc(slices.Clone(old.Indexes), func(i *schema.IndexDef) bool {
				return indexOf(next.Indexes, i) != nil && !c.seesIndex(next.Name, i)
			})
			old.Indexes = there
		}
		var out []*schema.IndexDef
		for _, i := range next.Indexes {
			was := indexOf(there, i)
			switch {
			case c.included(viewIndex(next, i, false), viewIndex(old, was, true)):
				out = append(out, i)
			case was != nil:
				out = append(out, was)
			}
		}
		for _, i := range there {
			if indexOf(next.Indexes, i) == nil && (!c.seesIndex(next.Name, i) || !c.included(nil, viewIndex(old, i, true))) {
				out = append(out, i)
			}
		}
		next.Indexes = out
	}
}

// seesIndex reports whether IncludeName lets an index of a view in.
func (c *comparer) seesIndex(view schema.Name, i *schema.IndexDef) bool {
	return c.options.IncludeName == nil || c.options.IncludeName(IndexKind, i.Name, Parents{Schema: view.Schema, Table: view.Name})
}

// indexOf is the index of the same name in a list; nil if there is none.
func indexOf(list []*schema.IndexDef, i *schema.IndexDef) *schema.IndexDef {
	if n := slices.IndexFunc(list, func(o *schema.IndexDef) bool { return o.Name == i.Name }); n >= 0 {
		return list[n]
	}
	return nil
}

// viewIndex is an index of a materialized view as hooks see it; nil for none.
func viewIndex(v *view, i *schema.IndexDef, reflected bool) *Object {
	if i == nil {
		return nil
	}
	o := viewObject(&schema.View{Name: v.Name, Query: v.query, Materialized: true, Indexes: v.Indexes})
	return &Object{Kind: IndexKind, Name: i.Name, Index: i, View: o.View, Table: &schema.Table{Name: v.Name, Indexes: v.Indexes}, Reflected: reflected}
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
