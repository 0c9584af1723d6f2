package autogen

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// view is a view of one side: as the server has it or would have it, and the
// text that operations carry.
type view struct {
	dialect.View
	query   string
	unknown bool // the server could not be asked what it would make of it
}

// objects are the views and sequences of one side that take part: those that are
// declared, if only to be dropped. Others are left alone.
type objects struct {
	views     []*view // each behind those it rests on
	sequences []*schema.Sequence
	strangers []stranger // views that are left alone
}

func (o objects) empty() bool { return len(o.views)+len(o.sequences)+len(o.strangers) == 0 }

// stranger is a view that is left alone.
type stranger struct {
	dialect.View
	why string // behind "which"
}

// declaredObjects are the views and sequences of all metadata, with the default
// schema folded to none.
func (c *comparer) declaredObjects(defaultSchema string) (views []*schema.View, sequences []*schema.Sequence) {
	include := c.options.include()
	for _, m := range c.options.Metadata {
		for _, v := range m.Views() {
			own := *v
			own.Name = foldName(v.Name, defaultSchema)
			own.Query = v.QueryFor(c.dialect.Names()...)
			own.Options = ownOptions(c.dialect.Names(), v.Options)
			if include(own.Name) && (own.Gone || own.Query != "") {
				views = append(views, &own)
			}
		}
		for _, s := range m.Sequences() {
			own := *s
			own.Name = foldName(s.Name, defaultSchema)
			if include(own.Name) {
				sequences = append(sequences, &own)
			}
		}
	}
	return views, sequences
}

// readObjects fills both sides with the declared views and sequences.
func (c *comparer) readObjects(ctx context.Context, conn dialect.Conn, scope dialect.Scope, have, want *side) (warnings []string, err error) {
	views, sequences := c.declaredObjects(c.found.DefaultSchema)
	if len(sequences) > 0 {
		if err := c.readSequences(ctx, conn, sequences, have, want); err != nil {
			return nil, err
		}
	}
	viewer, ok := c.dialect.(dialect.Viewer)
	if len(views) > 0 && !ok {
		return nil, fmt.Errorf("view %q is declared, and %s has none", views[0].Name, c.dialect.Name())
	}
	traits := dialect.TraitsOf(c.dialect)
	if !ok || len(views) == 0 && traits.MovesUnderViews {
		return nil, nil
	}
	scope.Include, scope.Dependents = nil, true
	for _, v := range views {
		if n := v.Name.Schema; n != "" && !slices.Contains(scope.Schemas, n) {
			scope.Schemas = append(scope.Schemas, n)
		}
		if v.Materialized && !traits.MaterializedViews {
			return nil, fmt.Errorf("view %q is declared as a materialized one, and %s has none: declare a view, or a table that is filled by a query", v.Name, c.dialect.Name())
		}
	}
	live, err := viewer.Views(ctx, conn, scope)
	if err != nil {
		return nil, err
	}
	live = slices.DeleteFunc(live, func(v dialect.View) bool {
		if v.Outside {
			have.strangers = append(have.strangers, stranger{v, "is in a schema that is not compared"})
		}
		return v.Outside
	})
	live, leftOut := c.filterViews(views, live)
	declared := map[schema.Name]*schema.View{}
	for _, v := range views {
		declared[v.Name] = v
	}
	there := map[schema.Name]dialect.View{}
	for _, v := range live {
		switch {
		case declared[v.Name] == nil:
			have.strangers = append(have.strangers, stranger{v, "nobody declares"})
			continue
		case leftOut[v.Name]:
			have.strangers = append(have.strangers, stranger{v, "a hook leaves out"})
			continue
		}
		there[v.Name] = v
		have.views = append(have.views, &view{View: v, query: v.Definition, unknown: v.Canonical == ""})
	}
	have.views = byUse(have.views)
	views = slices.DeleteFunc(views, func(v *schema.View) bool { return v.Gone })
	made, warnings := c.normalizeViews(ctx, conn, views, there, want)
	for _, v := range views {
		if leftOut[v.Name] {
			continue
		}
		s, known := made[v.Name]
		if !known {
			s = dialect.View{Name: v.Name, Materialized: v.Materialized, Indexes: v.Indexes, Own: v.Options}
		}
		want.views = append(want.views, &view{View: s, query: v.Query, unknown: !known})
	}
	want.views = byUse(want.views)
	c.filterViewIndexes(have, want)
	return warnings, nil
}

// normalizeViews lets the server make the declared views on the declared tables.
// Where none of them is there yet there is nothing to compare them with.
func (c *comparer) normalizeViews(ctx context.Context, conn dialect.Conn, views []*schema.View, there map[schema.Name]dialect.View, want *side) (made map[schema.Name]dialect.View, warnings []string) {
	if !slices.ContainsFunc(views, func(v *schema.View) bool { _, ok := there[v.Name]; return ok }) {
		return nil, nil
	}
	warn := func(n schema.Name, why error) {
		if v, ok := there[n]; ok && v.Name == n {
			warnings = append(warnings, fmt.Sprintf("view %q is not compared, since the server could not say what it makes of it: %v", n, why))
		}
	}
	none := func(why error) []string {
		for _, v := range views {
			warn(v.Name, why)
		}
		return warnings
	}
	place, err := c.scratch(ctx, conn)
	if err != nil {
		return nil, none(err)
	}
	defer func() { _ = place.Close() }()
	viewer, ok := place.Dialect.(dialect.Viewer)
	if !ok {
		return nil, none(errors.New("the scratch server has no views"))
	}
	ordered := inOrder(views, func(a, b *schema.View) bool { return mentions(a.Query, b.Name.Name) })
	list, refused, err := viewer.NormalizeViews(ctx, place.Conn, tablesUnder(views, want), ordered)
	if err != nil {
		return nil, none(c.wayOut(err))
	}
	made = map[schema.Name]dialect.View{}
	for _, v := range list {
		made[v.Name] = v
	}
	for _, n := range slices.SortedFunc(maps.Keys(refused), schema.Name.Compare) {
		delete(made, n)
		warn(n, refused[n])
	}
	return made, warnings
}

// tablesUnder are the declared tables that views may rest on, without what no
// view minds: a default may name a sequence that is not there.
func tablesUnder(views []*schema.View, want *side) (out []*schema.Table) {
	for _, p := range want.tables {
		name := p.canonical.Name.Name
		if slices.ContainsFunc(views, func(v *schema.View) bool { return mentions(v.Query, name) }) {
			t := p.canonical.Clone()
			t.ForeignKeys, t.Checks, t.Excludes, t.Indexes = nil, nil, nil, nil
			for _, col := range t.Columns {
				col.Default = schema.NoExpr()
			}
			out = append(out, t)
		}
	}
	return out
}

// byUse orders views so that each stands behind those it rests on.
func byUse(views []*view) []*view {
	return inOrder(views, (*view).rests)
}

// rests reports whether a view rests on another: as the server says, or else as its text may mean.
func (v *view) rests(on *view) bool {
	if v.Uses != nil {
		return slices.ContainsFunc(v.Uses, func(u dialect.ViewUse) bool { return u.Name == on.Name })
	}
	return mentions(v.query, on.Name.Name)
}

// inOrder puts each behind what it rests on, as far as that is no circle.
func inOrder[T comparable](list []T, rests func(a, b T) bool) (out []T) {
	seen := map[T]bool{}
	var visit func(a T)
	visit = func(a T) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, b := range list {
			if a != b && rests(a, b) {
				visit(b)
			}
		}
		out = append(out, a)
	}
	for _, a := range list {
		visit(a)
	}
	return out
}

// readSequences fills both sides with the declared sequences.
func (c *comparer) readSequences(ctx context.Context, conn dialect.Conn, declared []*schema.Sequence, have, want *side) error {
	s, ok := c.dialect.(dialect.Sequencer)
	if !ok {
		return fmt.Errorf("sequence %q is declared, and %s has none", declared[0].Name, c.dialect.Name())
	}
	var names []schema.Name
	for _, q := range declared {
		names = append(names, q.Name)
		if !q.Gone {
			want.sequences = append(want.sequences, q)
		}
	}
	live, err := s.Sequences(ctx, conn, names)
	if err != nil {
		return err
	}
	have.sequences = live
	c.filterSequences(have, want)
	return nil
}
