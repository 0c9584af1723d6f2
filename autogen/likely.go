package autogen

import "github.com/gomig-dev/gomig/schema"

// likely are the renames that nobody declared and that it looks like: a removed
// and an added table of nearly the same columns, a removed and an added column of
// one table with one type that both are, or are not, nullable.
func (c *comparer) likely(have, want *side) (out []Rename) {
	for _, p := range want.tables {
		name := p.canonical.Name
		if old := have.byName[name]; old != nil {
			out = append(out, likelyColumns(old.canonical, p.canonical)...)
			continue
		}
		for _, old := range have.tables {
			from := old.canonical.Name
			if want.byName[from] == nil && from.Schema == name.Schema && alike(old.canonical, p.canonical) {
				out = append(out, Rename{From: from.String(), To: name.String()})
			}
		}
	}
	return out
}

func likelyColumns(from, to *schema.Table) (out []Rename) {
	table := to.Name.String() + "."
	for _, a := range from.Columns {
		if to.Column(a.Name) != nil {
			continue
		}
		for _, b := range to.Columns {
			if from.Column(b.Name) == nil && sameShape(a, b) {
				out = append(out, Rename{From: table + a.Name, To: table + b.Name})
			}
		}
	}
	return out
}

func sameShape(a, b *schema.ColumnDef) bool {
	return a.Type.Equal(b.Type) && a.Nullable == b.Nullable && (a.Computed == nil) == (b.Computed == nil)
}

// alike reports whether three of four columns of the larger of two tables are in both.
func alike(a, b *schema.Table) bool {
	common := 0
	for _, c := range a.Columns {
		if d := b.Column(c.Name); d != nil && sameShape(c, d) {
			common++
		}
	}
	return common > 0 && common*4 >= max(len(a.Columns), len(b.Columns))*3
}
