package schema

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// View is a declared view: what a query gives, under a name. (SQLAlchemy has
// none; Alembic has "replaceable objects" in its cookbook.)
type View struct {
	Name         Name
	Query        string            // the query, and what may follow it, such as WITH CHECK OPTION
	Queries      map[string]string // the query on databases that need another one, by dialect name
	Materialized bool              // it keeps what its query gave (PostgreSQL)
	Indexes      []*IndexDef       // of a materialized view
	Options      []Option          // of one database's own, such as mysql.SecurityInvoker, by key
	Gone         bool              // it shall not be there any more; see [Dropped]
}

// ViewItem is what may stand in the declaration of a view.
type ViewItem interface {
	AddToView(*View)
}

type viewFunc func(*View)

func (f viewFunc) AddToView(v *View) { f(v) }

// ViewAs is the query of a view, and what may follow it, such as WITH CHECK OPTION.
func ViewAs(query string) ViewItem { return viewFunc(func(v *View) { v.Query = query }) }

// ViewAsOn is the query of a view on one kind of database, by the dialect's
// name: "mysql", "mariadb", "postgresql", "sqlite".
func ViewAsOn(dialect, query string) ViewItem {
	return viewFunc(func(v *View) {
		if v.Queries == nil {
			v.Queries = map[string]string{}
		}
		v.Queries[dialect] = query
	})
}

// AddToView puts an index on a materialized view.
func (i *IndexDef) AddToView(v *View) { v.Indexes = append(v.Indexes, i) }

// DroppedItem is the property [Dropped].
type DroppedItem struct{}

// Dropped says of a view or sequence that it is no longer to be there.
// Autogenerate drops it where it still is. What nobody declares is left alone.
func Dropped() DroppedItem { return DroppedItem{} }

// AddToView marks the view.
func (DroppedItem) AddToView(v *View) { v.Gone = true }

// AddToSequence marks the sequence.
func (DroppedItem) AddToSequence(s *Sequence) { s.Gone = true }

// QueryFor is the query on a database that answers to these dialect names, the
// most particular first; empty if there is none.
func (v *View) QueryFor(dialects ...string) string {
	for _, d := range dialects {
		if q, ok := v.Queries[d]; ok {
			return q
		}
	}
	return v.Query
}

// Declaration spells the method of a [Metadata] that declares the view.
func (v *View) Declaration() Call {
	c := Call{Func: "View", Args: []any{v.Name.Name}, Wide: true}
	if v.Materialized {
		c.Func = "MaterializedView"
	}
	if v.Query != "" {
		c.Args = append(c.Args, call("ViewAs", v.Query))
	}
	for _, d := range slices.Sorted(maps.Keys(v.Queries)) {
		c.Args = append(c.Args, call("ViewAsOn", d, v.Queries[d]))
	}
	for _, i := range v.Indexes {
		c.Args = append(c.Args, i)
	}
	for _, o := range v.Options {
		c.Args = append(c.Args, o)
	}
	c.Args = append(c.Args, inSchema(v.Name)...)
	if v.Gone {
		c.Args = append(c.Args, call("Dropped"))
	}
	return c
}

// View declares a view. What is wrong with it is kept until [Metadata.Err] is asked.
func (m *Metadata) View(name string, items ...ViewItem) *View {
	return m.addView(&View{Name: Name{Name: name}}, items, caller())
}

// MaterializedView declares a view that keeps what its query gave (PostgreSQL).
// Its items may be indexes as well.
func (m *Metadata) MaterializedView(name string, items ...ViewItem) *View {
	return m.addView(&View{Name: Name{Name: name}, Materialized: true}, items, caller())
}

func (m *Metadata) addView(v *View, items []ViewItem, at position) *View {
	for _, it := range items {
		if it != nil {
			it.AddToView(v)
		}
	}
	if v.Name.Schema == "" {
		v.Name.Schema = m.options.Schema
	}
	var err error
	switch {
	case v.Name.Name == "":
		err = errors.New("it has no name")
	case !v.Gone && v.Query == "" && len(v.Queries) == 0:
		err = errors.New("it has no query; say it by schema.ViewAs")
	case len(v.Indexes) > 0 && !v.Materialized:
		err = errors.New("only a materialized view has indexes")
	case slices.ContainsFunc(v.Indexes, func(i *IndexDef) bool { return i.Name == "" }):
		err = errors.New("an index of a view must have a name")
	}
	if err != nil {
		m.errs = append(m.errs, fmt.Errorf("%s: declaring view %q: %w", at, v.Name, err))
	}
	if m.claim("view", v.Name, at) {
		m.views = append(m.views, v)
	}
	return v
}

// Views are the declared views by schema and name.
func (m *Metadata) Views() []*View {
	out := slices.Clone(m.views)
	slices.SortFunc(out, func(a, b *View) int { return a.Name.Compare(b.Name) })
	return out
}
