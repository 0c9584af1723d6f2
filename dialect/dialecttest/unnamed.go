package dialecttest

import (
	"slices"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// unname gives the tables of got without the names that the server invented for
// constraints that are declared without one: those are matched by what they say.
func unname(d dialect.Dialect, want, got []*schema.Table, equal cmp.Option) []*schema.Table {
	out := make([]*schema.Table, len(got))
	for i, t := range got {
		out[i] = t
		at := slices.IndexFunc(want, func(w *schema.Table) bool { return w.Name == t.Name })
		if at < 0 {
			continue
		}
		t = t.Clone()
		w := want[at]
		if w.PrimaryKey != nil && t.PrimaryKey != nil && w.PrimaryKey.Name == "" {
			t.PrimaryKey.Name = ""
		}
		match(w.Uniques, t.Uniques, func(c *schema.UniqueDef) *string { return &c.Name }, equal)
		match(w.Checks, t.Checks, func(c *schema.CheckDef) *string { return &c.Name }, equal)
		match(w.ForeignKeys, t.ForeignKeys, func(c *schema.ForeignKeyDef) *string { return &c.Name }, equal)
		match(w.Excludes, t.Excludes, func(c *schema.ExcludeDef) *string { return &c.Name }, equal)
		match(w.Indexes, t.Indexes, func(i *schema.IndexDef) *string { return &i.Name }, equal) // what uniques are, where a server makes no difference
		out[i] = d.Canonical(t)                                                                 // in order again
	}
	return out
}

// match takes the name from one of have for each of want without one.
func match[T any](want, have []*T, name func(*T) *string, equal cmp.Option) {
	given := map[string]bool{}
	for _, w := range want {
		given[*name(w)] = true
	}
	for _, w := range want {
		if *name(w) != "" {
			continue
		}
		for _, h := range have {
			n := *name(h)
			if n == "" || given[n] {
				continue
			}
			*name(h) = ""
			if cmp.Equal(w, h, exact, equal) {
				break
			}
			*name(h) = n
		}
	}
}
