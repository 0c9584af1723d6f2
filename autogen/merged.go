package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// mergeKeys lets declared keys go that the database would not make beside another:
// of two that say the same, in the same order of columns, PostgreSQL makes one when
// it creates a table, whatever their names (transformIndexConstraints in its
// parse_utilcmd.c). What is there by its name, added later, stays.
func (c *comparer) mergeKeys(have, want *side) {
	if !dialect.TraitsOf(c.dialect).MergesKeys {
		return
	}
	for _, p := range want.tables {
		old := have.byName[p.canonical.Name]
		if old == nil || len(p.canonical.Uniques) == 0 {
			continue
		}
		pairs, _, fresh := match(old.canonical.Uniques, p.canonical.Uniques, byName, unnamedAnd(sameUnique))
		if len(fresh) == 0 {
			continue
		}
		var kept []*schema.UniqueDef
		if pk := p.canonical.PrimaryKey; pk != nil {
			kept = append(kept, &schema.UniqueDef{Columns: pk.Columns, Options: pk.Options})
		}
		for _, two := range pairs {
			kept = append(kept, two[1])
		}
		fresh = append(slices.DeleteFunc(slices.Clone(fresh), func(u *schema.UniqueDef) bool { return u.Name == "" }), unnamed(fresh)...)
		for _, u := range fresh {
			if !slices.ContainsFunc(kept, func(o *schema.UniqueDef) bool { return slices.Equal(o.Columns, u.Columns) && sameUnique(o, u) }) {
				kept = append(kept, u)
			}
		}
		own := *p.canonical
		own.Uniques = slices.DeleteFunc(slices.Clone(own.Uniques), func(u *schema.UniqueDef) bool { return !slices.Contains(kept, u) })
		p.canonical = &own
	}
}
