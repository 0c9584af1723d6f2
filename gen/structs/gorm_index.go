package structs

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// keyed is an index in the making: its parts with the order they are to have.
type keyed struct {
	def   *schema.IndexDef
	class string
	parts []keyPart
}

type keyPart struct {
	part     schema.IndexPart
	priority int
}

// indexSettings are the settings of a tag that declare an index, as they stand
// in it: the value of index or uniqueIndex. GORM splits at each semicolon.
func indexSettings(tag string) (out []setting) {
	for value := range strings.SplitSeq(tag, ";") {
		key, rest, _ := strings.Cut(value, ":")
		if key = strings.TrimSpace(strings.ToUpper(key)); key == "INDEX" || key == "UNIQUEINDEX" {
			out = append(out, setting{key, rest})
		}
	}
	return out
}

// indexes declares the indexes of a table (schema.ParseIndexes).
func (g *gormReader) indexes(t *table, s *gormSchema) {
	byName := map[string]*keyed{}
	var all []*keyed
	for _, f := range s.fields {
		if f.column == "" || f.unmade || s.byColumn[f.column] != f {
			continue
		}
		for _, x := range indexSettings(f.tag.Get("gorm")) {
			all = g.addIndex(byName, all, f.field, f.column, x, func(sub string) string {
				return gormName("idx", s.table, snake(cmp.Or(sub, f.name)))
			})
		}
	}
	t.def.Indexes = append(t.def.Indexes, finished(all)...)
}

// addIndex reads one index setting: NAME,key:value,… and adds its part.
func (g *reader) addIndex(byName map[string]*keyed, all []*keyed, f *field, column string, x setting, named func(sub string) string) []*keyed {
	name, rest, _ := strings.Cut(x.value, ",")
	set := parseSettings(rest, ",")
	if name == "" {
		sub, composite := set.lookup("COMPOSITE")
		if composite && (sub == "" || sub == "COMPOSITE") {
			g.problem(f.pos, "field %s: composite needs a name: index:,composite:NAME", f.what())
			return all
		}
		name = named(sub)
	}
	k := byName[name]
	if k == nil {
		k = &keyed{def: &schema.IndexDef{Name: name}}
		byName[name] = k
		all = append(all, k)
	}
	if x.key == "UNIQUEINDEX" || set.get("UNIQUE") != "" {
		k.class = cmp.Or(k.class, "UNIQUE")
	}
	k.class = cmp.Or(k.class, strings.ToUpper(set.get("CLASS")))
	k.def.Using = cmp.Or(k.def.Using, set.get("TYPE"), set.get("USING"))
	k.def.Where = cmp.Or(k.def.Where, set.get("WHERE"))
	k.def.Comment = cmp.Or(k.def.Comment, set.get("COMMENT"))
	if option := strings.TrimSpace(set.get("OPTION")); option != "" && !strings.EqualFold(option, "CONCURRENTLY") {
		indexOption(k.def, option)
	}
	p := keyPart{part: schema.IndexPart{Column: column}, priority: 10}
	if expr := set.get("EXPRESSION"); expr != "" {
		p.part = schema.IndexPart{Expr: expr}
	}
	p.part.Collation = set.get("COLLATE")
	p.part.Length, _ = strconv.Atoi(set.get("LENGTH"))
	p.part.Descending = strings.EqualFold(set.get("SORT"), "desc") || set.has("DESC")
	if n, err := strconv.Atoi(set.get("PRIORITY")); err == nil {
		p.priority = n
	}
	k.parts = append(k.parts, p)
	return all
}

// finished are the indexes with their parts in order.
func finished(all []*keyed) (out []*schema.IndexDef) {
	for _, k := range all {
		slices.SortStableFunc(k.parts, func(a, b keyPart) int { return cmp.Compare(a.priority, b.priority) })
		for _, p := range k.parts {
			k.def.Parts = append(k.def.Parts, p.part)
		}
		switch k.class {
		case "UNIQUE":
			k.def.Unique = true
		case "FULLTEXT", "SPATIAL":
			k.def.Using = k.class
		}
		out = append(out, k.def)
	}
	return out
}
