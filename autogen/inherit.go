package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// parents are the tables that a table inherits from (PostgreSQL).
func (c *comparer) parents(t *schema.Table) []schema.Name {
	if i, ok := c.dialect.(dialect.Inheritor); ok {
		return i.ParentTables(t)
	}
	return nil
}

// parentsOn are the tables that a table of one side inherits from, and those that they do.
func (c *comparer) parentsOn(s *side, n schema.Name) (all []schema.Name) {
	seen := map[schema.Name]bool{n: true}
	for queue := []schema.Name{n}; len(queue) > 0; queue = queue[1:] {
		p := s.byName[queue[0]]
		if p == nil {
			continue
		}
		for _, above := range c.parents(p.canonical) {
			if !seen[above] {
				seen[above] = true
				all, queue = append(all, above), append(queue, above)
			}
		}
	}
	return all
}

// inherit takes from the changes of a table what a table that it inherits from
// changes alike: the database carries that over, and refuses to do it twice.
func (c *comparer) inherit(changes []*tableChange) {
	byName := map[schema.Name]*tableChange{}
	for _, t := range changes {
		byName[t.name()] = t
	}
	for _, t := range changes {
		var above []op.Operation
		seen := map[schema.Name]bool{t.name(): true}
		queue := c.parents(t.to.canonical)
		for len(queue) > 0 {
			n := queue[0]
			queue = queue[1:]
			if p := byName[n]; p != nil && !seen[n] {
				above = slices.Concat(above, p.early, p.changes, p.dropColumns)
				queue = append(queue, c.parents(p.to.canonical)...)
			}
			seen[n] = true
		}
		if len(above) == 0 {
			continue
		}
		for _, list := range []*[]op.Operation{&t.early, &t.changes, &t.dropColumns} {
			*list = without(*list, above)
		}
		t.aroundParents()
	}
}

// aroundParents puts the drop of what is made anew for a column that the table
// inherits before all changes, and its addition behind them: the column changes with
// that of the parent, whose turn may come before or after the table's own.
func (t *tableChange) aroundParents() {
	if len(t.recast) == 0 {
		return
	}
	var stay []op.Operation
	for _, o := range t.changes {
		switch expressions, adds := madeOf(o); {
		case !about(t.recast, expressions):
			stay = append(stay, o)
		case adds:
			t.addKeys = append(t.addKeys, o)
		default:
			t.early = append(t.early, o)
		}
	}
	t.changes = stay
}

// without are operations without what others do for them.
func without(list, above []op.Operation) (out []op.Operation) {
	for _, o := range list {
		if a, ok := o.(*op.AlterColumn); ok {
			for _, p := range above {
				if b, ok := p.(*op.AlterColumn); ok && a.Name == b.Name {
					own := *a
					own.Change &^= b.Change & carried
					a = &own
				}
			}
			if a.Change != ddl.NoAspect {
				out = append(out, a)
			}
			continue
		}
		if !slices.ContainsFunc(above, func(p op.Operation) bool { return carries(p, o) }) {
			out = append(out, o)
		}
	}
	return out
}

// carried is what a change of a column carries over to those that inherit it.
// https://www.postgresql.org/docs/current/ddl-inherit.html
const carried = ddl.TypeAspect | ddl.NullableAspect | ddl.DefaultAspect | ddl.CollationAspect | ddl.ComputedAspect

// carries reports whether an operation on a table does with those that inherit
// from it what another one asks for.
func carries(above, o op.Operation) bool {
	switch o := o.(type) {
	case *op.AddColumn:
		a, ok := above.(*op.AddColumn)
		return ok && a.Column.Name == o.Column.Name
	case *op.DropColumn:
		a, ok := above.(*op.DropColumn)
		return ok && a.Name == o.Name
	case *op.AddConstraint:
		a, ok := above.(*op.AddConstraint)
		return ok && isCheck(a.Constraint.Kind(), o.Constraint.Kind()) && a.Constraint.ConstraintName() == o.Constraint.ConstraintName()
	case *op.DropConstraint:
		a, ok := above.(*op.DropConstraint)
		return ok && isCheck(a.Kind, o.Kind) && a.Name == o.Name
	}
	return false
}

func isCheck(kinds ...schema.ConstraintKind) bool {
	return !slices.ContainsFunc(kinds, func(k schema.ConstraintKind) bool { return k != schema.CheckKind })
}
