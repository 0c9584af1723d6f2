package autogen

import (
	"maps"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// withViews puts what is to be done about views around the changes of what they
// rest on: a view that cannot stay goes first and comes last.
func (c *comparer) withViews(from, to *side, ops []op.Operation) []op.Operation {
	if len(from.views) == 0 && len(to.views) == 0 && len(from.strangers) == 0 {
		return ops
	}
	v := &viewChanges{c: c, from: from, to: to, drop: map[schema.Name]bool{}}
	v.touched, v.gone = touchedBy(from, ops)
	v.find()
	var before, after []op.Operation
	for _, old := range slices.Backward(from.views) {
		if v.drop[old.Name] {
			before = append(before, &op.DropObject{Object: v.with(old, v.said(old, find(to.views, old.Name)))})
		}
	}
	for _, n := range to.views {
		after = append(after, v.make(n)...)
	}
	return slices.Concat(before, ops, after)
}

// viewChanges is the comparison of the views of two sides.
type viewChanges struct {
	c        *comparer
	from, to *side
	touched  map[schema.Name][]string // columns that change or go, by table
	gone     map[schema.Name][]string // columns that go
	drop     map[schema.Name]bool     // views that cannot stay where they are
}

func (v *view) object() ddl.Object {
	kind := ddl.ViewKind
	if v.Materialized {
		kind = ddl.MaterializedViewKind
	}
	return ddl.Object{Kind: kind, Name: v.Name, Definition: v.query}
}

func find(list []*view, n schema.Name) *view {
	if i := slices.IndexFunc(list, func(v *view) bool { return v.Name == n }); i >= 0 {
		return list[i]
	}
	return nil
}

// same reports whether two views say the same. What the server could not be
// asked about counts as the same; the reader was warned.
func (v *viewChanges) same(old, next *view) bool {
	return old.Materialized == next.Materialized && (old.unknown || next.unknown || old.Canonical == next.Canonical && v.sameOptions(old, next))
}

// inPlace reports whether a view can take the place of another as it stands.
func (v *viewChanges) inPlace(old, next *view) bool {
	if old.Materialized || next.Materialized {
		return false
	}
	switch dialect.TraitsOf(v.c.dialect).Replaces {
	case dialect.ReplaceAny:
		return true
	case dialect.ReplaceGrowing:
		n := len(old.Columns)
		return n > 0 && len(next.Columns) >= n && slices.Equal(old.Columns, next.Columns[:n])
	case dialect.ReplaceNever:
	}
	return false
}

// find says which views must go before all else.
func (v *viewChanges) find() {
	moves := dialect.TraitsOf(v.c.dialect).MovesUnderViews
	for _, old := range v.from.views {
		next := find(v.to.views, old.Name)
		switch {
		case next == nil:
			v.c.detect("removed %s %s", old.object().Kind, quoted(old.Name.String()))
			v.drop[old.Name] = true
		case !v.same(old, next):
			v.c.detect("changed %s %s", next.object().Kind, quoted(old.Name.String()))
			v.drop[old.Name] = !v.inPlace(old, next)
		}
		if !moves && v.disturbed(old.View) != "" {
			v.drop[old.Name] = true
		}
	}
	for grown := !moves; grown; { // what rests on a view that goes must go as well
		grown = false
		for _, old := range v.from.views {
			if !v.drop[old.Name] && slices.ContainsFunc(v.from.views, func(w *view) bool { return w != old && v.drop[w.Name] && old.rests(w) }) {
				v.drop[old.Name], grown = true, true
			}
		}
	}
	for _, old := range v.from.views {
		if next := find(v.to.views, old.Name); v.drop[old.Name] || next != nil && !v.same(old, next) {
			v.lost(old)
			if old.Beside.Foreign {
				v.c.warn("view %s belongs to %s, whose rights this user has not: who runs the revision must have them, to change the view and to give it back",
					quoted(old.Name.String()), quoted(old.Beside.Owner))
			}
		}
	}
	for _, s := range v.from.strangers {
		what := v.disturbed(s.View)
		if s.Uses == nil {
			what = v.broken(s.View)
		}
		if what != "" {
			v.c.warn("view %s, which %s, rests on %s, which changes: drop it before and create it again behind, or declare it", quoted(s.Name.String()), s.why, quoted(what))
		}
	}
}

// disturbed names what a view rests on that changes in a way that the database
// refuses below a view; empty if nothing does.
func (v *viewChanges) disturbed(w dialect.View) string {
	for _, u := range w.Uses {
		if v.drop[u.Name] {
			return u.Name.String()
		}
		for _, column := range v.touched[u.Name] {
			if column == everyColumn {
				return u.Name.String()
			}
			if slices.Contains(u.Columns, column) {
				return u.Name.String() + "." + column
			}
		}
	}
	return ""
}

// broken names what a view seems to name and is to go, where the server does not
// say what views rest on: SQLite then changes no table as long as the view is there.
func (v *viewChanges) broken(w dialect.View) string {
	for _, n := range slices.SortedFunc(maps.Keys(v.gone), schema.Name.Compare) {
		if !mentions(w.Definition, n.Name) {
			continue
		}
		for _, column := range v.gone[n] {
			if column == everyColumn {
				return n.String()
			}
			if mentions(w.Definition, column) {
				return n.String() + "." + column
			}
		}
	}
	return ""
}

// make makes a view that is not there, or no longer, or is another one now.
func (v *viewChanges) make(next *view) (out []op.Operation) {
	old := find(v.from.views, next.Name)
	switch {
	case old == nil:
		v.c.detect("added %s %s", next.object().Kind, quoted(next.Name.String()))
	case v.drop[next.Name]:
	case !v.same(old, next):
		say, was := v.replacing(old, next)
		return append([]op.Operation{&op.ReplaceObject{Object: v.with(next, say), Was: old.query, WasOptions: was}}, v.replaced(old, next)...)
	default:
		return v.indexes(old, next)
	}
	out = append(out, &op.CreateObject{Object: v.with(next, v.said(next, old))})
	told := v.remade(old, next)
	if old != nil && next.unknown && next.Materialized {
		next = old // its indexes are known
	}
	for _, i := range next.Indexes {
		out = append(out, &op.CreateIndex{Table: next.Name, Index: i.Clone()})
	}
	return append(out, told...) // the last: whoever gets it may let nobody else index it
}

// lost warns of what a view that goes had and nothing brings back.
func (v *viewChanges) lost(old *view) {
	name := quoted(old.Name.String())
	if len(old.Beside.Lost) == 0 || !v.drop[old.Name] {
		return
	}
	what := strings.Join(old.Beside.Lost, ", ")
	if find(v.to.views, old.Name) == nil {
		v.c.warn("view %s goes, and the way down does not bring back what it had: %s", name, what)
		return
	}
	v.c.warn("view %s is made anew without what it had: %s; create it again behind", name, what)
}

// replaced sets the options again that a view in the place of another had, or those
// that it will have: they are in no declaration, and the database's own.
func (v *viewChanges) replaced(old, next *view) []op.Operation {
	set := next.View
	set.Options = optionsOf(old, next)
	// A view that is replaced keeps all that but for the columns that it gets back.
	set.Beside = set.Beside.Of(func(column string) bool { return !old.has(column) })
	return v.tell(set)
}

// remade is replaced of a view that is made anew, with all else that it had or will have.
func (v *viewChanges) remade(old, next *view) []op.Operation {
	set := next.View
	set.Options = optionsOf(old, next)
	if old != nil && set.Beside.Empty() {
		set.Beside = old.Beside.Of(next.has)
		if old.Materialized != next.Materialized {
			set.Beside.Defaults = nil
		}
	}
	return v.tell(set)
}

func optionsOf(old, next *view) string {
	if next.Options == "" && old != nil && old.Materialized == next.Materialized {
		return old.Options
	}
	return next.Options
}

// has reports whether a view has a column, or may have it; "" stands for the view itself.
func (v *view) has(column string) bool {
	return v.unknown || column == "" || slices.ContainsFunc(v.Columns, func(c string) bool { return strings.HasPrefix(c, column+" ") })
}

// tell says what a view is told beside its query.
func (v *viewChanges) tell(set dialect.View) (out []op.Operation) {
	d, ok := v.c.dialect.(dialect.ViewOptioner)
	if !ok || set.Options == "" && set.Beside.Empty() {
		return nil
	}
	list, err := d.SetViewOptions(set)
	if err != nil {
		v.c.warn("view %s is made anew, and what it is told beside its query must be said again: %v", quoted(set.Name.String()), err)
		return nil
	}
	for _, text := range list {
		out = append(out, &op.Exec{SQL: text})
	}
	return out
}

// indexes compares the indexes of a materialized view.
func (v *viewChanges) indexes(old, next *view) []op.Operation {
	if !next.Materialized || old.unknown || next.unknown {
		return nil
	}
	table := func(w *view) *pair {
		t := &schema.Table{Name: w.Name, Indexes: w.Indexes}
		return &pair{canonical: t, original: t}
	}
	if v.c.normalized == nil {
		v.c.normalized = map[schema.Name]bool{}
	}
	v.c.normalized[next.Name] = true // the server has made both
	drops, adds := v.c.diffIndexes(&tableChange{from: table(old), to: table(next)})
	return slices.Concat(drops, adds)
}

// everyColumn stands for all columns of a table, and for the table itself.
const everyColumn = "*"

// touchedBy are the columns that operations change in a way, or take away, that a
// database may refuse below a view, and those of them that go.
func touchedBy(from *side, ops []op.Operation) (out, gone map[schema.Name][]string) {
	out, gone = map[schema.Name][]string{}, map[schema.Name][]string{}
	tables, columns := map[schema.Name]schema.Name{}, map[[2]string]string{} // renamed before, by the new names
	touchIn := func(out map[schema.Name][]string, table schema.Name, column string) {
		if old, ok := columns[[2]string{table.String(), column}]; ok {
			column = old
		}
		if old, ok := tables[table]; ok {
			table = old
		}
		out[table] = append(out[table], column)
	}
	touch := func(table schema.Name, column string) { touchIn(out, table, column) }
	var walk func(list []op.Operation)
	walk = func(list []op.Operation) {
		for _, o := range list {
			switch o := o.(type) {
			case *op.AlterTable:
				walk(o.Changes)
			case *op.RenameTable:
				tables[schema.Name{Schema: o.Table.Schema, Name: o.To}] = o.Table
			case *op.AlterColumn:
				if o.Change.Any(ddl.TypeAspect | ddl.CollationAspect | ddl.ComputedAspect) {
					touch(o.Table, o.Name)
				}
				if o.Change.Has(ddl.NameAspect) {
					columns[[2]string{o.Table.String(), o.New.Name}] = o.Name
				}
			case *op.DropColumn:
				touch(o.Table, o.Name)
				touchIn(gone, o.Table, o.Name)
			case *op.DropTable:
				touch(o.Table, everyColumn)
				touchIn(gone, o.Table, everyColumn)
			case *op.DropConstraint:
				if o.Kind == schema.PrimaryKeyKind || o.Kind == schema.UniqueKind { // a GROUP BY may rest on it
					touch(o.Table, everyColumn)
				}
			case *op.RebuildEnum:
				for _, p := range from.tables {
					for _, col := range p.canonical.Columns {
						if isOf(col, o.Name) {
							touch(p.canonical.Name, col.Name)
						}
					}
				}
			}
		}
	}
	walk(ops)
	return out, gone
}
