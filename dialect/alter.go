package dialect

import (
	"context"
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// alterTable has the grammar change a table, when every constraint that is
// dropped has the name the server knows it by.
func alterTable(ctx context.Context, g Grammar, cat Catalog, s ddl.AlterTable) ([]SQL, error) {
	traits := Traits{}
	if t, ok := g.(Traiter); ok {
		traits = t.Traits()
	}
	for _, a := range s.Actions {
		if r, ok := a.(ddl.ResetOption); ok && !traits.ResetsOptions {
			return nil, fmt.Errorf("this database cannot take option %q from a table; set another value", r.Option.OptionKey())
		}
	}
	actions, err := nameDropped(ctx, g, cat, s)
	if err != nil {
		return nil, err
	}
	s.Actions = actions
	if _, ok := g.(IndexEmbedder); ok || len(s.DropIndexes)+len(s.AddIndexes) == 0 {
		return g.Alter(ctx, cat, s)
	}
	var list []ddl.Statement
	for _, i := range s.DropIndexes {
		list = append(list, i)
	}
	alter := s
	alter.DropIndexes, alter.AddIndexes = nil, nil
	if len(alter.Actions) > 0 {
		list = append(list, alter)
	}
	for _, i := range s.AddIndexes {
		list = append(list, i)
	}
	var out []SQL
	for _, stmt := range list {
		q, err := Compile(ctx, g, cat, stmt)
		if err != nil {
			return nil, err
		}
		out = append(out, q...)
	}
	return out, nil
}

// nameDropped gives constraints that are dropped without a name the one that the
// server made up when they were added. Only the server knows it: offline they
// stay without, as where the server keeps no name, and the grammar has the last word.
func nameDropped(ctx context.Context, g Grammar, cat Catalog, s ddl.AlterTable) ([]ddl.Action, error) {
	if cat == nil || !slices.ContainsFunc(s.Actions, unnamedDrop) {
		return s.Actions, nil
	}
	table, err := cat.Table(ctx, s.Table)
	if err != nil {
		return nil, fmt.Errorf("finding the name of a constraint: %w", err)
	}
	f := finder{grammar: g, table: table, taken: map[string]bool{}}
	for _, a := range s.Actions {
		if d, ok := a.(ddl.DropConstraint); ok && d.Name != "" {
			f.taken[d.Name] = true // it is not the one without a name
		}
	}
	var out []ddl.Action
	for _, a := range s.Actions {
		if !unnamedDrop(a) {
			out = append(out, a)
			continue
		}
		d := a.(ddl.DropConstraint)
		if d.Kind == schema.PrimaryKeyKind {
			if table.PrimaryKey != nil {
				d.Name = table.PrimaryKey.Name
			}
			out = append(out, d)
			continue
		}
		var found bool
		d.Name, found = f.find(d.Was)
		switch {
		case found:
			out = append(out, d)
		case d.Guard != ddl.IfExists:
			return nil, fmt.Errorf("dropping the unnamed %s: table %q has none that says the same", d.Was.Kind(), s.Table)
		}
	}
	return out, nil
}

func unnamedDrop(a ddl.Action) bool {
	d, ok := a.(ddl.DropConstraint)
	return ok && d.Name == "" && (d.Was != nil || d.Kind == schema.PrimaryKeyKind)
}
