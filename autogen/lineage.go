package autogen

import (
	"cmp"
	"slices"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// A table may have a column or a check by its parents alone, or be said to have it
// itself as well. In PostgreSQL the second kind stays when that of the parent goes, and
// if it then is another than what the parent gets, the parent cannot get it: so its drop
// stands right behind that of the parent, before which it is refused, and its addition
// right before that of the parent, with which it is merged. What kind it is counts as no
// difference. It stays what the database has, there and back, and what is new to both is
// the parents' alone. https://www.postgresql.org/docs/current/ddl-inherit.html

// lineage is what is changed of tables, of which some inherit from others.
type lineage struct {
	*comparer
	changes       []*tableChange
	byName        map[schema.Name]*tableChange
	turns         map[op.Operation]turn
	of            map[*tableChange][]part         // the operations on a table, wherever they are
	ahead, behind map[op.Operation][]op.Operation // what goes beside operations on other tables
	left          map[op.Operation]op.Operation   // what is left of operations; nil for nothing
}

// part is an operation, or one within a group; whole is the group.
type part struct{ op, whole op.Operation }

// turn is when an operation runs: beside stands by how much one goes before or behind the other that it is put to.
type turn struct{ at, beside int }

func (a turn) compare(b turn) int { return cmp.Or(a.at-b.at, a.beside-b.beside) }

func (c *comparer) lineage(changes []*tableChange) *lineage {
	l := &lineage{
		comparer: c, changes: changes, byName: map[schema.Name]*tableChange{}, turns: map[op.Operation]turn{}, of: map[*tableChange][]part{},
		ahead: map[op.Operation][]op.Operation{}, behind: map[op.Operation][]op.Operation{}, left: map[op.Operation]op.Operation{},
	}
	number := func(list []op.Operation) {
		for _, o := range list {
			l.turns[o] = turn{at: len(l.turns)}
		}
	}
	for _, t := range changes {
		l.byName[t.name()] = t
		number(t.early)
	}
	for _, t := range changes {
		number(t.changes)
		if c.batches() {
			number(t.dropColumns)
		}
	}
	if !c.batches() {
		for _, t := range changes {
			number(t.dropColumns)
		}
	}
	return l
}

// parentsFirst are the changes, those of a table behind those of its parents.
func (l *lineage) parentsFirst() (out []*tableChange) {
	seen := map[*tableChange]bool{}
	var visit func(t *tableChange)
	visit = func(t *tableChange) {
		if t == nil || seen[t] {
			return
		}
		seen[t] = true
		for _, n := range l.parents(t.to.canonical) {
			visit(l.byName[n])
		}
		out = append(out, t)
	}
	for _, t := range l.changes {
		visit(t)
	}
	return out
}

// ancestors are the tables at hand that a table inherits from, and those that they do.
func (l *lineage) ancestors(t *tableChange) (out []*tableChange) {
	seen := map[schema.Name]bool{t.name(): true}
	for queue := l.parents(t.to.canonical); len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		if p := l.byName[n]; p != nil && !seen[n] {
			out = append(out, p)
			queue = append(queue, l.parents(p.to.canonical)...)
		}
		seen[n] = true
	}
	return out
}

// leaveToParents takes from the changes of a table what its parents do, and puts
// beside theirs what the table must do itself; false if nothing changes in any parent.
func (l *lineage) leaveToParents(t *tableChange) bool {
	var above []part
	for _, p := range l.ancestors(t) {
		above = append(above, l.of[p]...)
	}
	for _, list := range t.lists() {
		for _, whole := range *list {
			for _, o := range parts(whole) {
				l.compareWith(t, part{o, whole}, above)
			}
		}
	}
	l.keepColumns(t, above)
	l.keepTogether(t)
	l.keepInherited(t, above)
	l.warnOfColumns(t, above)
	return len(above) > 0
}

// keepTogether puts the drop of a check that is added again before the addition, and
// that behind the drop, where only the other of the two goes beside one of a parent.
func (l *lineage) keepTogether(t *tableChange) {
	list := slices.Clone(l.of[t])
	for _, drop := range list {
		was, drops, ok := checkOf(drop.op)
		if !ok || !drops || was.ConstraintName() == "" {
			continue
		}
		for _, add := range list {
			switch is, drops, ok := checkOf(add.op); {
			case !ok || drops || is.ConstraintName() != was.ConstraintName():
			case l.moved(drop) && !l.moved(add):
				l.put(t, add.op, []part{drop}, false)
			case l.moved(add) && !l.moved(drop):
				l.put(t, drop.op, []part{add}, true)
			}
		}
	}
}

// moved reports whether an operation goes beside another.
func (l *lineage) moved(p part) bool {
	_, changed := l.left[p.op]
	return changed && p.op == p.whole
}

// compareWith finds what is left of an operation on a table beside those on its parents.
func (l *lineage) compareWith(t *tableChange, p part, above []part) {
	if a, ok := p.op.(*op.AlterColumn); ok {
		l.alterBeside(t, a, p, above)
		return
	}
	same := slices.DeleteFunc(slices.Clone(above), func(a part) bool { return !l.carries(a.op, p.op) })
	switch {
	case len(same) == 0:
		l.of[t] = append(l.of[t], p)
	case l.isOwn(t, p.op):
		l.put(t, p.op, same, !isDrop(p.op))
	default:
		l.left[p.op] = nil
		if a, ok := p.op.(*op.AddColumn); ok {
			l.addBeside(t, a, same, above)
		}
	}
}

// put takes an operation on a table from where it stands and puts it before, or behind,
// all of others on its parents.
func (l *lineage) put(t *tableChange, o op.Operation, others []part, before bool) {
	last := slices.MaxFunc(others, func(a, b part) int {
		if before {
			a, b = b, a
		}
		return l.turns[a.whole].compare(l.turns[b.whole])
	}).whole
	at := l.turns[last]
	if before {
		at.beside--
		l.ahead[last] = append(l.ahead[last], o)
	} else {
		at.beside++
		l.behind[last] = append(l.behind[last], o)
	}
	l.left[o], l.turns[o] = nil, at
	l.of[t] = append(slices.DeleteFunc(l.of[t], func(p part) bool { return p.op == o }), part{o, o})
}

func isDrop(o op.Operation) bool {
	switch o.(type) {
	case *op.DropColumn, *op.DropConstraint:
		return true
	}
	return false
}

// isOwn reports whether the column or check that an operation drops or adds is the
// table's own in the database.
func (l *lineage) isOwn(t *tableChange, o op.Operation) bool {
	found := l.foundOf(t)
	column := func(name string) bool {
		k := found.Column(name)
		return k != nil && !l.onlyInherited(k.Options)
	}
	check := func(c schema.Constraint) bool {
		return slices.ContainsFunc(found.Checks, func(k *schema.CheckDef) bool {
			same := l.oneCheck(k, c)
			if k.Name != "" && c.ConstraintName() == "" {
				unnamed := *k
				unnamed.Name = ""
				same = l.oneCheck(&unnamed, c)
			}
			return same && !l.onlyInherited(k.Options)
		})
	}
	switch o := o.(type) {
	case *op.AddColumn:
		return column(o.Column.Name)
	case *op.DropColumn:
		return column(o.Name)
	case *op.AddConstraint:
		return check(o.Constraint)
	case *op.DropConstraint:
		return check(o.Was)
	}
	return false
}

// foundOf is a table as it is in the database.
func (c *comparer) foundOf(t *tableChange) *schema.Table {
	if c.down {
		return t.to.original
	}
	return t.from.original
}

// keepInherited makes checks the table's own that it has by its parents alone and is to
// keep while they lose them. On the way back such a check goes before the parents get it again.
func (l *lineage) keepInherited(t *tableChange, above []part) {
	parents := l.ancestors(t)
	for _, k := range l.foundOf(t).Checks {
		keeps := t.to
		if l.down {
			keeps = t.from
		}
		named := func(o *schema.CheckDef) bool { return o.Name == k.Name }
		at := slices.IndexFunc(keeps.canonical.Checks, named)
		if at < 0 || !l.onlyInherited(k.Options) || slices.ContainsFunc(parents, func(p *tableChange) bool {
			still := p.to
			if l.down {
				still = p.from
			}
			return slices.ContainsFunc(still.canonical.Checks, named)
		}) {
			continue
		}
		var same []part
		for _, a := range above {
			if c, drops, ok := checkOf(a.op); ok && drops != l.down && c.ConstraintName() == k.Name {
				same = append(same, a)
			}
		}
		if len(same) == 0 {
			continue
		}
		own := slices.IndexFunc(l.of[t], func(p part) bool {
			c, drops, ok := checkOf(p.op)
			return ok && drops == l.down && c.ConstraintName() == k.Name
		})
		switch {
		case own >= 0:
			l.put(t, l.of[t][own].op, same, l.down)
		case l.down:
			l.put(t, t.drop(keeps.canonical.Checks[at]), same, true)
		default:
			l.put(t, t.add(keeps.canonical.Checks[at]), same, true)
		}
	}
}

// checkOf is the check that an operation drops or adds.
func checkOf(o op.Operation) (check schema.Constraint, drops, ok bool) {
	switch o := o.(type) {
	case *op.DropConstraint:
		return o.Was, true, o.Kind == schema.CheckKind
	case *op.AddConstraint:
		return o.Constraint, false, o.Constraint.Kind() == schema.CheckKind
	}
	return nil, false, false
}

// spliced is a list of operations without what is not left of them or goes elsewhere,
// and with what goes beside them.
func (l *lineage) spliced(list []op.Operation) (out []op.Operation) {
	for _, o := range list {
		left, changed := l.left[o]
		if changed && left == nil {
			continue
		}
		out = append(out, l.beside(l.ahead[o])...)
		g, grouped := o.(*op.AlterTable)
		switch {
		case changed:
			out = append(out, left)
		case !grouped:
			out = append(out, o)
		default:
			if changes := l.spliced(g.Changes); slices.Equal(changes, g.Changes) {
				out = append(out, g)
			} else {
				out = append(out, group(g.Table, changes)...)
			}
		}
		out = append(out, l.beside(l.behind[o])...)
	}
	return out
}

// beside are operations that go beside others, each with what goes beside it.
func (l *lineage) beside(list []op.Operation) (out []op.Operation) {
	for _, o := range list {
		out = slices.Concat(out, l.beside(l.ahead[o]), []op.Operation{o}, l.beside(l.behind[o]))
	}
	return out
}
