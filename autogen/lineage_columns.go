package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// A change of a parent's column is carried over to those of the tables below, whatever
// they had: one that is to have another default, to be NULL, or to be kept otherwise,
// gets that behind.

// differing are those of the aspects that a change of a column of a table carries over
// in which a column below is to be another.
func (c *comparer) differing(table schema.Name, parent, child *schema.ColumnDef) (out ddl.Aspect) {
	if parent.Nullable != child.Nullable {
		out |= ddl.NullableAspect
	}
	if !c.sameServerDefault(table, parent, child) {
		out |= ddl.DefaultAspect
	}
	return out
}

// optionsApart reports whether a column below is to have other options than those that
// a change of the parent's column sets in it, or forgets with its type.
func (c *comparer) optionsApart(change ddl.Aspect, parent, child *schema.ColumnDef) bool {
	if !change.Any(ddl.OptionsAspect | ddl.TypeAspect) {
		return false
	}
	forgotten := func(o schema.Option) bool { return c.carriesOption(o, true) && !c.carriesOption(o, false) }
	return !sameOptions(c.carriedOptions(parent, false), c.carriedOptions(child, false)) ||
		change.Has(ddl.TypeAspect) && slices.ContainsFunc(child.Options, forgotten)
}

// carriedOptions are the options of a column that a change of it sets in the tables
// below as well, or its addition.
func (c *comparer) carriedOptions(k *schema.ColumnDef, added bool) []schema.Option {
	return slices.DeleteFunc(slices.Clone(k.Options), func(o schema.Option) bool { return !c.carriesOption(o, added) })
}

func (c *comparer) carriesOption(o schema.Option, added bool) bool {
	i, ok := c.dialect.(dialect.Inheritor)
	return ok && i.CarriesOption(o, added)
}

// under gives a column the options that it has by its parent's.
func (c *comparer) under(k, parent *schema.ColumnDef, added bool) *schema.ColumnDef {
	k = k.Clone()
	for _, o := range c.carriedOptions(parent, added) {
		k.Options = schema.SetOption(k.Options, o)
	}
	return k
}

// overridden are the aspects of a column that operations on the parents of a table set,
// and those of them that are to be others in the table. Of several the last counts.
func (l *lineage) overridden(t *tableChange, column string, above []part) (set, other ddl.Aspect, by []part) {
	child := t.to.canonical.Column(column)
	sorted := slices.SortedStableFunc(slices.Values(above), func(a, b part) int { return l.turns[a.whole].compare(l.turns[b.whole]) })
	for _, p := range sorted {
		a, ok := p.op.(*op.AlterColumn)
		if !ok || a.Name != column || child == nil {
			continue
		}
		parent := l.byName[a.Table].to.canonical.Column(column)
		if parent == nil {
			continue
		}
		change := a.Change & carried
		differs := change & l.differing(t.name(), parent, child)
		set, other, by = set|change, other&^change|differs, append(by, p)
		switch {
		case l.optionsApart(a.Change, parent, child):
			other |= ddl.OptionsAspect
		case a.Change.Has(ddl.OptionsAspect):
			other &^= ddl.OptionsAspect
		}
	}
	return set, other, by
}

// alterBeside leaves a change of a column to the parents that change it alike, and puts
// behind theirs what is to be otherwise.
func (l *lineage) alterBeside(t *tableChange, a *op.AlterColumn, p part, above []part) {
	set, other, by := l.overridden(t, a.Name, above)
	own := *a
	own.Change = a.Change&^set | other
	if !own.Change.Has(ddl.TypeAspect) {
		own.Using = "" // the parents convert the values
	}
	switch {
	case own.Change == a.Change && other == ddl.NoAspect:
		l.of[t] = append(l.of[t], p)
	case own.Change == ddl.NoAspect:
		l.left[a] = nil
	case other == ddl.NoAspect:
		l.left[a] = &own
		l.of[t] = append(l.of[t], part{&own, p.whole})
	default:
		l.left[a] = nil
		if other.Has(ddl.OptionsAspect) && own.Existing != nil {
			own.Existing = l.under(own.Existing, l.lastParent(by, a.Name), false)
		}
		l.put(t, &own, by, false)
	}
}

// lastParent is a column of the parent whose change is the last of these.
func (l *lineage) lastParent(by []part, column string) *schema.ColumnDef {
	return l.byName[by[len(by)-1].op.(*op.AlterColumn).Table].to.canonical.Column(column)
}

// keepColumns puts behind changes of the parents what a column of the table is and is to
// stay, which theirs would change.
func (l *lineage) keepColumns(t *tableChange, above []part) {
	for _, child := range t.to.canonical.Columns {
		if t.from.canonical.Column(child.Name) == nil || t.remade[child.Name] {
			continue
		}
		altered := slices.ContainsFunc(slices.Concat(t.early, t.changes, t.dropColumns), func(o op.Operation) bool {
			return slices.ContainsFunc(parts(o), func(o op.Operation) bool {
				a, ok := o.(*op.AlterColumn)
				return ok && a.Name == child.Name
			})
		})
		if _, other, by := l.overridden(t, child.Name, above); !altered && other != ddl.NoAspect {
			existing := t.from.original.Column(child.Name).Clone()
			if other.Has(ddl.OptionsAspect) {
				existing = l.under(existing, l.lastParent(by, child.Name), false)
			}
			l.put(t, &op.AlterColumn{
				Table: t.name(), Name: child.Name, Change: other,
				New: *t.to.original.Column(child.Name).Clone(), Existing: existing,
			}, by, false)
		}
	}
}

// addBeside says of a new column that a table gets by its parents what it is to have
// otherwise, and what is not carried over. What is changed behind the addition in a
// parent between the two is carried over as well.
func (l *lineage) addBeside(t *tableChange, a *op.AddColumn, by, above []part) {
	child := t.to.canonical.Column(a.Column.Name)
	last := slices.MaxFunc(by, func(a, b part) int { return l.turns[a.whole].compare(l.turns[b.whole]) })
	parent := l.byName[last.op.(*op.AddColumn).Table].to.canonical.Column(a.Column.Name)
	if child == nil || parent == nil {
		return
	}
	change := l.differing(t.name(), parent, child)
	if child.Comment != "" {
		change |= ddl.CommentAspect
	}
	if !sameOptions(l.carriedOptions(parent, true), l.carriedOptions(child, true)) {
		change |= ddl.OptionsAspect
	}
	_, other, between := l.overridden(t, a.Column.Name, above)
	change, by = change|other, slices.Concat(by, between)
	if other.Has(ddl.OptionsAspect) {
		parent = l.lastParent(between, a.Column.Name)
	}
	if change != ddl.NoAspect {
		existing := l.under(t.to.original.Column(a.Column.Name), parent, true)
		existing.Comment, existing.Default, existing.Nullable = "", parent.Default, parent.Nullable
		l.put(t, &op.AlterColumn{Table: t.name(), Name: a.Column.Name, Change: change, New: *a.Column.Clone(), Existing: existing}, by, false)
	}
}

// warnOfColumns warns of columns that a table has by its parents alone, is to keep, and
// loses with theirs: what would make them its own makes all that it inherits its own.
func (l *lineage) warnOfColumns(t *tableChange, above []part) {
	if l.down {
		return
	}
	for _, k := range l.foundOf(t).Columns {
		stays := func(p *tableChange) bool { return p.to.canonical.Column(k.Name) != nil }
		if !l.onlyInherited(k.Options) || !stays(t) || slices.ContainsFunc(l.ancestors(t), stays) {
			continue
		}
		for _, a := range above {
			if d, ok := a.op.(*op.DropColumn); ok && d.Name == k.Name {
				l.warn("column %s is the table's by its parent %s alone: it goes with that column, and its values are lost; end the inheritance before in the revision, or keep the column there",
					quoted(t.name().String(), k.Name), quoted(d.Table.String()))
				break
			}
		}
	}
}

// createdUnder says of the columns of a new table which options that they get by those
// of its parents they are not to have.
func (c *comparer) createdUnder(s *side, p *pair) (out []op.Operation) {
	for _, n := range c.parents(p.canonical) {
		parent := s.byName[n]
		if parent == nil {
			continue
		}
		for _, k := range p.canonical.Columns {
			above := parent.canonical.Column(k.Name)
			if above == nil || !slices.ContainsFunc(c.carriedOptions(above, true), func(o schema.Option) bool {
				return !slices.ContainsFunc(k.Options, func(own schema.Option) bool { return own.OptionKey() == o.OptionKey() })
			}) {
				continue
			}
			own := p.original.Column(k.Name)
			out = append(out, &op.AlterColumn{
				Table: p.canonical.Name, Name: k.Name, Change: ddl.OptionsAspect, New: *own.Clone(), Existing: c.under(own, above, true),
			})
		}
	}
	return out
}
