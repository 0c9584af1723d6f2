package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/schema"
)

// match pairs the constraints (or indexes) of two tables by the first criterion
// that finds a partner, in the order given. What is left over on either side is
// returned.
func match[T any](from, to []T, criteria ...func(a, b T) bool) (pairs [][2]T, gone, fresh []T) {
	taken := make([]bool, len(from))
	partner := make([]int, len(to))
	for j := range partner {
		partner[j] = -1
	}
	for _, same := range criteria {
		for j, b := range to {
			if partner[j] >= 0 {
				continue
			}
			for i, a := range from {
				if !taken[i] && same(a, b) {
					partner[j], taken[i] = i, true
					break
				}
			}
		}
	}
	for j, b := range to {
		if i := partner[j]; i >= 0 {
			pairs = append(pairs, [2]T{from[i], b})
		} else {
			fresh = append(fresh, b)
		}
	}
	for i, a := range from {
		if !taken[i] {
			gone = append(gone, a)
		}
	}
	return pairs, gone, fresh
}

// named is what may have a name, or be left to the server to name.
type named interface{ ConstraintName() string }

// byName is the criterion of one name.
func byName[T named](a, b T) bool {
	return a.ConstraintName() != "" && a.ConstraintName() == b.ConstraintName()
}

// unnamedAnd is the criterion of saying the same, where one of the two has no name.
func unnamedAnd[T named](same func(a, b T) bool) func(a, b T) bool {
	return func(a, b T) bool {
		return (a.ConstraintName() == "" || b.ConstraintName() == "") && same(a, b)
	}
}

// source is the constraint of the table as it was declared or reflected that the
// canonical one was made of: the one of its name, or else the one that says the same.
func (p *pair) source(c schema.Constraint) schema.Constraint {
	if name := c.ConstraintName(); name != "" {
		for _, o := range p.original.Constraints() {
			if o.Kind() == c.Kind() && o.ConstraintName() == name {
				return o
			}
		}
	}
	switch c := c.(type) {
	case *schema.CheckDef:
		return positioned(c, checksOf(p.canonical), checksOf(p.original), p.checks)
	case *schema.ExcludeDef:
		return positioned(c, excludesOf(p.canonical), excludesOf(p.original), p.excludes)
	case *schema.PrimaryKeyDef:
		if p.original.PrimaryKey != nil {
			return p.original.PrimaryKey
		}
	case *schema.UniqueDef:
		columns := func(o *schema.UniqueDef) bool { return slices.Equal(o.Columns, c.Columns) }
		return first(c, p.original.Uniques,
			func(o *schema.UniqueDef) bool { return columns(o) && sameUnique(o, c) }, columns,
			func(o *schema.UniqueDef) bool { return sameSet(o.Columns, c.Columns) })
	case *schema.ForeignKeyDef:
		return first(c, p.original.ForeignKeys,
			func(o *schema.ForeignKeyDef) bool { return sameForeignKey(o, c) },
			func(o *schema.ForeignKeyDef) bool {
				return slices.Equal(o.Columns, c.Columns) && o.RefTable.Name == c.RefTable.Name
			})
	}
	return c
}

// first is the first of list that a criterion finds, one without a name before others; else c.
func first[C schema.Constraint](c C, list []C, criteria ...func(C) bool) C {
	for _, same := range criteria {
		for _, o := range append(unnamed(list), list...) {
			if same(o) {
				return o
			}
		}
	}
	return c
}

// positioned is the original of a constraint without a name, found by its place.
func positioned[C interface {
	comparable
	schema.Constraint
}](c C, canonical, original []C, at []int) schema.Constraint {
	for i, k := range canonical {
		if k != c {
			continue
		}
		if i < len(at) {
			i = at[i]
		}
		if i < len(original) {
			return original[i]
		}
	}
	return c
}
