package autogen

import (
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// side is one of the two schemas that are compared.
type side struct {
	tables []*pair // sorted by name
	byName map[schema.Name]*pair
	enums  []dialect.Enum
}

// pair is a table in canonical form with the table it was made of: comparisons
// look at the one, operations carry the other.
type pair struct {
	canonical *schema.Table
	original  *schema.Table
	unnamed   []int // which check without a name of the original each such of the canonical form is
}

func (s *side) add(p *pair) {
	if s.byName == nil {
		s.byName = map[schema.Name]*pair{}
	}
	s.tables = append(s.tables, p)
	s.byName[p.canonical.Name] = p
}

func (s *side) drop(n schema.Name) {
	if _, ok := s.byName[n]; ok {
		delete(s.byName, n)
		s.tables = slices.DeleteFunc(s.tables, func(p *pair) bool { return p.canonical.Name == n })
	}
}

// declaredSide brings declared tables to canonical form. The default schema,
// where it is said, is folded to none, as reflection has it.
func declaredSide(d dialect.Dialect, defaultSchema string, tables []*schema.Table) (*side, error) {
	s := &side{}
	for _, t := range tables {
		t = foldSchema(t, defaultSchema)
		if _, ok := s.byName[t.Name]; ok {
			return nil, fmt.Errorf("table %q is declared twice: once with the default schema %q and once without", t.Name, defaultSchema)
		}
		p := &pair{canonical: d.Canonical(t), original: t}
		p.unnamed = matchUnnamed(d, p)
		s.add(p)
	}
	slices.SortFunc(s.tables, func(a, b *pair) int { return a.canonical.Name.Compare(b.canonical.Name) })
	if dialect.TraitsOf(d).EnumTypes {
		s.enums = enumsOf(s.tables)
	}
	return s, nil
}

// reflectedSide is what the database holds. Of enumeration types only those take
// part that a column of either side uses: others are not gomig's to drop.
func reflectedSide(r *dialect.Reflection, include func(schema.Name) bool, want *side) *side {
	s := &side{}
	for _, t := range r.Tables {
		if include(t.Name) {
			s.add(&pair{canonical: t, original: t})
		}
	}
	used := map[schema.Name]bool{}
	for _, e := range append(enumsOf(s.tables), want.enums...) {
		used[e.Name] = true
	}
	for _, e := range r.Enums {
		if used[e.Name] {
			s.enums = append(s.enums, e)
		}
	}
	return s
}

// foldSchema is t with the default schema left out of all names.
func foldSchema(t *schema.Table, defaultSchema string) *schema.Table {
	folds := func(n schema.Name) bool { return n.Schema != "" && n.Schema == defaultSchema }
	needed := folds(t.Name)
	for _, fk := range t.ForeignKeys {
		needed = needed || folds(fk.RefTable)
	}
	if !needed {
		return t
	}
	t = t.Clone()
	if folds(t.Name) {
		t.Name.Schema = ""
	}
	for _, fk := range t.ForeignKeys {
		if folds(fk.RefTable) {
			fk.RefTable.Schema = ""
		}
	}
	return t
}

// matchUnnamed finds for each check without a name of the canonical form the one
// of the original that it was made of: sorting may have changed their order.
func matchUnnamed(d dialect.Dialect, p *pair) []int {
	original := unnamedChecks(p.original)
	left := make(map[string][]int, len(original))
	for i, k := range original {
		alone := &schema.Table{Name: p.original.Name, Columns: p.original.Columns, Checks: []*schema.CheckDef{k}}
		text := k.Expr
		if c := unnamedChecks(d.Canonical(alone)); len(c) == 1 {
			text = c[0].Expr
		}
		left[text] = append(left[text], i)
	}
	canonical := unnamedChecks(p.canonical)
	out := make([]int, len(canonical))
	for i, k := range canonical {
		out[i] = min(i, len(original)-1)
		if l := left[k.Expr]; len(l) > 0 {
			out[i], left[k.Expr] = l[0], l[1:]
		}
	}
	return out
}
