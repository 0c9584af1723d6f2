package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// Create gives the operations that make what a database holds in an empty one,
// in an order in which they run: schemas, sequences, enumeration types, tables
// with their indexes, foreign keys that close a circle, views. What the
// reflection only names (its Others and Problems) is not among them.
func Create(d dialect.Dialect, r *dialect.Reflection) []op.Operation {
	var out []op.Operation
	have := &side{enums: slices.Clone(r.Enums)}
	var schemas []string
	in := func(n schema.Name) {
		if n.Schema != "" && !slices.Contains(schemas, n.Schema) {
			schemas = append(schemas, n.Schema)
		}
	}
	for _, e := range r.Enums {
		in(e.Name)
	}
	for _, t := range r.Tables {
		have.add(&pair{canonical: t, original: t})
		in(t.Name)
	}
	for _, q := range r.Sequences {
		have.sequences = append(have.sequences, q)
		in(q.Name)
	}
	for _, v := range r.Views {
		have.views = append(have.views, &view{View: withoutLocal(d, v), query: v.Definition})
		in(v.Name)
	}
	have.views = byUse(have.views)
	slices.Sort(schemas)
	for _, s := range schemas {
		out = append(out, &op.CreateSchema{Name: s})
	}
	c := &comparer{dialect: d, undecided: map[schema.Name]bool{}}
	return append(out, c.withViews(&side{}, have, c.diff(&side{}, have))...)
}
