package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// enumsOf are the enumeration types that columns use, sorted by name.
func enumsOf(tables []*pair) []dialect.Enum {
	var out []dialect.Enum
	seen := map[schema.Name]bool{}
	for _, p := range tables {
		for _, c := range p.canonical.Columns {
			e, ok := c.Type.Def().(schema.EnumType)
			n := schema.Name{Schema: e.Schema, Name: e.Name}
			if !ok || e.Name == "" || seen[n] {
				continue
			}
			seen[n] = true
			out = append(out, dialect.Enum{Name: n, Values: e.EnumValues()})
		}
	}
	slices.SortFunc(out, func(a, b dialect.Enum) int { return a.Name.Compare(b.Name) })
	return out
}

// diffEnums gives the types to create before tables change, and those to drop behind.
func (c *comparer) diffEnums(from, to *side) (before, after []op.Operation) {
	if !dialect.TraitsOf(c.dialect).EnumTypes {
		return nil, nil
	}
	find := func(list []dialect.Enum, n schema.Name) (dialect.Enum, bool) {
		i := slices.IndexFunc(list, func(e dialect.Enum) bool { return e.Name == n })
		if i < 0 {
			return dialect.Enum{}, false
		}
		return list[i], true
	}
	for _, e := range to.enums {
		old, ok := find(from.enums, e.Name)
		if !ok {
			c.detect("added enum %s", quoted(e.Name.String()))
			before = append(before, &op.CreateEnum{Name: e.Name, Values: e.Values})
			continue
		}
		c.warnValues(old, e)
		if !c.down { // the way up took no value away, and the way down has none to bring back
			before = append(before, c.addedValues(old, e)...)
		}
	}
	for _, e := range from.enums {
		if _, ok := find(to.enums, e.Name); !ok {
			c.detect("removed enum %s", quoted(e.Name.String()))
			after = append(after, &op.DropEnum{Name: e.Name, Was: e.Values})
		}
	}
	return before, after
}

// addedValues are the values that the type lacks, each beside its neighbour.
func (c *comparer) addedValues(old, e dialect.Enum) []op.Operation {
	var out []op.Operation
	have := slices.Clone(old.Values)
	for i, v := range e.Values {
		if slices.Contains(have, v) {
			continue
		}
		c.detect("added value %s to enum %s", quoted(v), quoted(e.Name.String()))
		add := &op.AddEnumValue{Name: e.Name, Value: v}
		switch {
		case i > 0:
			add.After = e.Values[i-1]
			have = slices.Insert(have, slices.Index(have, add.After)+1, v)
		case len(have) > 0:
			add.Before = have[0]
			have = slices.Insert(have, 0, v)
		default:
			have = append(have, v)
		}
		out = append(out, add)
	}
	return out
}

// warnValues tells of values too many: they cannot be dropped in place, and are left alone.
func (c *comparer) warnValues(old, e dialect.Enum) {
	for _, v := range old.Values {
		switch {
		case slices.Contains(e.Values, v):
		case c.down:
			c.warn("downgrading leaves the value %s in enum %s: a value cannot be dropped in place", quoted(v), quoted(e.Name.String()))
		default:
			c.warn("enum %s keeps its value %s: a value cannot be dropped in place", quoted(e.Name.String()), quoted(v))
		}
	}
}
