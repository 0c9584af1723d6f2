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
// changes alike: the database carries that over, and refuses to do it twice. What is
// the table's own as well goes beside the change of the parent (see lineage).
func (c *comparer) inherit(changes []*tableChange) {
	if !slices.ContainsFunc(changes, func(t *tableChange) bool { return len(c.parents(t.to.canonical)) > 0 }) {
		return
	}
	l := c.lineage(changes)
	var children []*tableChange
	for _, t := range l.parentsFirst() {
		if l.leaveToParents(t) {
			children = append(children, t)
		}
	}
	for _, t := range changes {
		for _, list := range t.lists() {
			*list = l.spliced(*list)
		}
	}
	for _, t := range children {
		t.aroundParents()
	}
}

// inheritFromChanged reports whether a table of one side inherits from one that changes:
// it is made of what its parents are by then.
func (c *comparer) inheritFromChanged(s *side, tables []*pair, changes []*tableChange) bool {
	changed := map[schema.Name]bool{}
	for _, t := range changes {
		for _, list := range t.lists() {
			changed[t.name()] = changed[t.name()] || len(*list) > 0
		}
	}
	return slices.ContainsFunc(tables, func(p *pair) bool {
		return slices.ContainsFunc(c.parentsOn(s, p.canonical.Name), func(n schema.Name) bool { return changed[n] })
	})
}

// lists are the changes of a table that take part in inheritance, in the order in which they run.
func (t *tableChange) lists() []*[]op.Operation {
	return []*[]op.Operation{&t.early, &t.changes, &t.dropColumns}
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

// carried is what a change of a column carries over to those that inherit it.
// https://www.postgresql.org/docs/current/ddl-inherit.html
const carried = ddl.TypeAspect | ddl.NullableAspect | ddl.DefaultAspect | ddl.CollationAspect | ddl.ComputedAspect

// carries reports whether an operation on a table does with those that inherit
// from it what another one asks for. A check without a name is told by what it says.
func (c *comparer) carries(above, o op.Operation) bool {
	switch o := o.(type) {
	case *op.AddColumn:
		a, ok := above.(*op.AddColumn)
		return ok && a.Column.Name == o.Column.Name
	case *op.DropColumn:
		a, ok := above.(*op.DropColumn)
		return ok && a.Name == o.Name
	case *op.AddConstraint:
		a, ok := above.(*op.AddConstraint)
		return ok && c.oneCheck(a.Constraint, o.Constraint)
	case *op.DropConstraint:
		a, ok := above.(*op.DropConstraint)
		return ok && c.oneCheck(a.Was, o.Was)
	}
	return false
}

// oneCheck reports whether two constraints are checks that the database takes for one
// where a table inherits from another.
func (c *comparer) oneCheck(a, b schema.Constraint) bool {
	x, ok := a.(*schema.CheckDef)
	y, both := b.(*schema.CheckDef)
	switch {
	case !ok || !both || x.Name != y.Name:
		return false
	case x.Name != "":
		return true
	}
	return x.Expr == y.Expr || c.dialect.EqualExpr(x.Expr, y.Expr) == dialect.Same
}

// onlyInherited reports whether a table in the database has a column or a check with
// these options by its parents alone.
func (c *comparer) onlyInherited(opts []schema.Option) bool {
	i, ok := c.dialect.(dialect.Inheritor)
	return ok && i.OnlyInherited(opts)
}

// inheritedCheck reports whether a constraint of a table in the database is a check
// that it has by its parents alone: without being declared it comes and goes with theirs.
func (c *comparer) inheritedCheck(found *pair, k schema.Constraint) bool {
	if k.Kind() != schema.CheckKind || len(c.parents(found.canonical)) == 0 {
		return false
	}
	check, ok := found.source(k).(*schema.CheckDef)
	return ok && c.onlyInherited(check.Options)
}

// ownFirst are the checks of a table in the database, the table's own before those that
// it has by its parents alone: what is declared without a name is rather one of them.
func (c *comparer) ownFirst(found *pair, list []*schema.CheckDef) []*schema.CheckDef {
	if len(c.parents(found.canonical)) == 0 {
		return list
	}
	var own, inherited []*schema.CheckDef
	for _, k := range list {
		if c.inheritedCheck(found, k) {
			inherited = append(inherited, k)
		} else {
			own = append(own, k)
		}
	}
	return append(own, inherited...)
}
