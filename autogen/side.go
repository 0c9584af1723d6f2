package autogen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// side is one of the two schemas that are compared.
type side struct {
	tables []*pair // sorted by name
	byName map[schema.Name]*pair
	enums  []dialect.Enum
	objects
}

// pair is a table in canonical form with the table it was made of: comparisons
// look at the one, operations carry the other.
type pair struct {
	canonical *schema.Table
	original  *schema.Table

	// For each check, and each exclusion, without a name in the canonical form: its
	// index among those without a name in the original, which may be in another order.
	checks   []int
	excludes []int
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

// leaveTaken drops from the declared side the tables whose names belong to something
// that cannot be declared, such as a virtual table: creating them would fail.
func (s *side) leaveTaken(others []dialect.Object) (warnings []string) {
	for _, o := range others {
		switch o.Kind {
		case "virtual table", "shadow table", "foreign table", "partition":
		default:
			continue
		}
		if _, ok := s.byName[o.Name]; ok {
			warnings = append(warnings, fmt.Sprintf("table %q is declared, and there is a %s of that name, which is left alone", o.Name, o.Kind))
			s.drop(o.Name)
		}
	}
	return warnings
}

// declaredSide brings declared tables to canonical form, but for those that are
// made already. The default schema, where it is said, is folded to none, as
// reflection has it.
func declaredSide(d dialect.Dialect, defaultSchema string, tables []*schema.Table, made map[*schema.Table]*pair, include func(schema.Name) bool) (*side, error) {
	s := &side{}
	for _, t := range tables {
		p := made[t]
		t = foldSchema(t, defaultSchema)
		if !include(t.Name) {
			continue
		}
		if _, ok := s.byName[t.Name]; ok {
			return nil, fmt.Errorf("table %q is declared twice: once with the default schema %q and once without", t.Name, defaultSchema)
		}
		if p == nil {
			p = declaredPair(d, t, defaultSchema)
		}
		s.add(p)
	}
	slices.SortFunc(s.tables, func(a, b *pair) int { return a.canonical.Name.Compare(b.canonical.Name) })
	if dialect.TraitsOf(d).EnumTypes {
		s.enums = enumsOf(s.tables)
	}
	return s, nil
}

// declaredPair brings a declared table to canonical form.
func declaredPair(d dialect.Dialect, t *schema.Table, defaultSchema string) *pair {
	own := ownTable(d, t, defaultSchema)
	p := &pair{canonical: d.Canonical(own), original: t}
	p.checks = matchUnnamed(d, own, checksOf(own), checksOf(p.canonical), checksOf, checkText)
	p.excludes = matchUnnamed(d, own, excludesOf(own), excludesOf(p.canonical), excludesOf, excludeText)
	return p
}

// declaredAhead brings declared tables to canonical form while the database is read;
// wait waits for them. Left out are tables that name a schema, for their form depends
// on which schema is the default one.
func declaredAhead(d dialect.Dialect, tables []*schema.Table) (wait func() map[*schema.Table]*pair) {
	made := make(chan map[*schema.Table]*pair, 1)
	go func() {
		var out map[*schema.Table]*pair
		defer func() {
			if recover() != nil { // from a type of the user's own: the caller makes the tables again, and panics in its goroutine
				out = nil
			}
			made <- out
		}()
		out = make(map[*schema.Table]*pair, len(tables))
		for _, t := range tables {
			if !namesSchema(d, t) {
				out[t] = declaredPair(d, t, "")
			}
		}
	}()
	return func() map[*schema.Table]*pair { return <-made }
}

// namesSchema reports whether a table says the schema of anything.
func namesSchema(d dialect.Dialect, t *schema.Table) bool {
	return t.Name.Schema != "" ||
		slices.ContainsFunc(t.ForeignKeys, func(fk *schema.ForeignKeyDef) bool { return fk.RefTable.Schema != "" }) ||
		slices.ContainsFunc(t.Columns, func(c *schema.ColumnDef) bool {
			e, _, ok := schema.EnumOf(c.Type.For(d.Names()...))
			return ok && e.Schema != ""
		})
}

// reflectedSide is what the database holds. An enumeration type takes part if it is
// declared, or if tables that were read use it and nothing else does: any other is
// not gomig's to drop.
func reflectedSide(r *dialect.Reflection, include func(schema.Name) bool, want *side) *side {
	s := &side{}
	for _, t := range r.Tables {
		if include(t.Name) {
			p := &pair{canonical: t, original: t}
			if own := r.Own[t.Name]; own != nil {
				p.original = own
			}
			s.add(p)
		}
	}
	used, declared := map[schema.Name]bool{}, map[schema.Name]bool{}
	for _, e := range enumsOf(s.tables) {
		used[e.Name] = true
	}
	for _, e := range want.enums {
		declared[e.Name] = true
	}
	for _, e := range r.Enums {
		if declared[e.Name] || used[e.Name] && !e.Held {
			s.enums = append(s.enums, e)
		}
	}
	return s
}

// foldName is n without its schema, if that is the default one.
func foldName(n schema.Name, defaultSchema string) schema.Name {
	if n.Schema == defaultSchema {
		n.Schema = ""
	}
	return n
}

// foldSchema is t with the default schema left out of all names.
func foldSchema(t *schema.Table, defaultSchema string) *schema.Table {
	folds := func(n schema.Name) bool { return n != foldName(n, defaultSchema) }
	if !folds(t.Name) && !slices.ContainsFunc(t.ForeignKeys, func(fk *schema.ForeignKeyDef) bool { return folds(fk.RefTable) }) {
		return t
	}
	t = t.Clone()
	t.Name = foldName(t.Name, defaultSchema)
	for _, fk := range t.ForeignKeys {
		fk.RefTable = foldName(fk.RefTable, defaultSchema)
	}
	return t
}

// ownTable is t as the dialect at hand means it: without the options that are
// another database's, and with enumerations of the default schema in none.
func ownTable(d dialect.Dialect, t *schema.Table, defaultSchema string) *schema.Table {
	t = t.Clone()
	names := d.Names()
	t.Options = ownOptions(names, t.Options)
	for _, c := range t.Columns {
		c.Options = ownOptions(names, c.Options)
		if own := c.Type.For(names...); own.Def() != nil {
			if def, folded := foldEnum(own.Def(), defaultSchema); folded {
				c.Type = schema.TypeOf(def)
			}
		}
	}
	for _, i := range t.Indexes {
		i.Options = ownOptions(names, i.Options)
	}
	if k := t.PrimaryKey; k != nil {
		k.Options = ownOptions(names, k.Options)
	}
	for _, k := range t.Uniques {
		k.Options = ownOptions(names, k.Options)
	}
	for _, k := range t.Checks {
		k.Options = ownOptions(names, k.Options)
	}
	for _, k := range t.ForeignKeys {
		k.Options = ownOptions(names, k.Options)
	}
	for _, k := range t.Excludes {
		k.Options = ownOptions(names, k.Options)
	}
	return t
}

// foldEnum is a type with its enumeration, or that of an array, out of the default
// schema; false if it is in no such.
func foldEnum(def schema.TypeDef, defaultSchema string) (schema.TypeDef, bool) {
	switch t := def.(type) {
	case schema.EnumType:
		folds := t.Schema != "" && t.Schema == defaultSchema
		if folds {
			t.Schema = ""
		}
		return t, folds
	case interface {
		Element() schema.TypeDef
		WithElement(e schema.TypeDef) schema.TypeDef
	}:
		e, folds := foldEnum(t.Element(), defaultSchema)
		return t.WithElement(e), folds
	}
	return def, false
}

// ownOptions are the options of the dialects named: the key of an option begins
// with the name of the dialect that has it.
func ownOptions(names []string, opts []schema.Option) []schema.Option {
	return slices.DeleteFunc(slices.Clone(opts), func(o schema.Option) bool {
		family, _, _ := strings.Cut(o.OptionKey(), ".")
		return !slices.Contains(names, family)
	})
}

// matchUnnamed finds for each constraint without a name of the canonical form
// the one of the table that it was made of.
func matchUnnamed[C schema.Constraint](d dialect.Dialect, t *schema.Table, original, canonical []C, of func(*schema.Table) []C, text func(C) string) []int {
	if len(canonical) == 0 {
		return nil
	}
	left := make(map[string][]int, len(original))
	for i, k := range original {
		alone := &schema.Table{Name: t.Name, Columns: t.Columns}
		schema.CloneConstraint(k).AddToTable(alone)
		if c := of(d.Canonical(alone)); len(c) == 1 {
			k = c[0]
		}
		left[text(k)] = append(left[text(k)], i)
	}
	out := make([]int, len(canonical))
	for i, k := range canonical {
		out[i] = min(i, len(original)-1)
		if l := left[text(k)]; len(l) > 0 {
			out[i], left[text(k)] = l[0], l[1:]
		}
	}
	return out
}

// unnamed are the constraints without a name.
func unnamed[C schema.Constraint](list []C) (out []C) {
	for _, c := range list {
		if c.ConstraintName() == "" {
			out = append(out, c)
		}
	}
	return out
}

func checksOf(t *schema.Table) []*schema.CheckDef     { return unnamed(t.Checks) }
func excludesOf(t *schema.Table) []*schema.ExcludeDef { return unnamed(t.Excludes) }

func checkText(c *schema.CheckDef) string { return c.Expr }
func excludeText(c *schema.ExcludeDef) string {
	return fmt.Sprint(c.Using, c.Elements, c.Where, c.Deferral)
}
