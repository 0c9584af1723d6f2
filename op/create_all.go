package op

import (
	"slices"

	"github.com/gomig-dev/gomig/schema"
)

// CreateAll creates every table of a metadata (MetaData.create_all), each behind those
// that it refers to; foreign keys that close a circle are added when all tables are
// there. Before them it creates the enumeration types that their columns have on this
// database, variants of types included. A type that is there already is an error, and
// so is a table, unless [IfNotExists] says to pass over it.
func (o *Operations) CreateAll(m *schema.Metadata, guards ...Guard) {
	if err := m.Err(); err != nil {
		o.Fail(err)
		return
	}
	for _, e := range o.enumsOf(m.Tables()) {
		o.Invoke(&CreateEnum{Name: schema.Name{Schema: e.Schema, Name: e.Name}, Values: e.EnumValues()})
	}
	tables, late := inOrder(m.Tables())
	for _, t := range tables {
		o.Invoke(&CreateTable{Table: t, Guard: lastGuard(guards)})
	}
	for _, p := range late {
		o.Invoke(p)
	}
}

// enumsOf are the named enumerations that columns are of on this database, or are
// arrays of, each once.
func (o *Operations) enumsOf(tables []*schema.Table) (list []schema.EnumType) {
	for _, t := range tables {
		for _, c := range t.Columns {
			e, _, ok := schema.EnumOf(c.Type.For(o.names()...))
			if ok && !slices.ContainsFunc(list, func(f schema.EnumType) bool { return f.Schema == e.Schema && f.Name == e.Name }) {
				list = append(list, e)
			}
		}
	}
	return list
}

// names are those by which types and expressions have variants for this database,
// of which a [Runner] may know more than the one.
func (o *Operations) names() []string {
	if r, ok := o.run.(interface{ Names() []string }); ok {
		return r.Names()
	}
	return []string{o.run.Dialect()}
}

// inOrder puts tables behind those they refer to, and takes out the foreign
// keys for which there is no such order.
func inOrder(tables []*schema.Table) (out []*schema.Table, late []*AddConstraint) {
	const (
		entered = iota + 1
		done
	)
	byName := map[schema.Name]*schema.Table{}
	for _, t := range tables {
		byName[t.Name] = t
	}
	state := map[schema.Name]int{}
	var visit func(t *schema.Table)
	visit = func(t *schema.Table) {
		state[t.Name] = entered
		plain := t.Clone()
		plain.ForeignKeys = nil
		for _, fk := range t.ForeignKeys {
			ref := byName[fk.RefTable]
			if ref != nil && state[ref.Name] == 0 {
				visit(ref)
			}
			if ref != nil && ref != t && state[ref.Name] == entered {
				late = append(late, &AddConstraint{Table: t.Name, Constraint: fk})
				continue
			}
			plain.ForeignKeys = append(plain.ForeignKeys, fk)
		}
		state[t.Name] = done
		out = append(out, plain)
	}
	for _, t := range tables {
		if state[t.Name] == 0 {
			visit(t)
		}
	}
	return out, late
}
