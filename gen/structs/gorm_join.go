package structs

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// joinTables declares the tables between two structs (Schema.buildMany2ManyRelation).
func (g *gormReader) joinTables(schemas []*gormSchema) (out []*table) {
	declared := map[string]*table{}
	for _, s := range schemas {
		declared[s.table] = nil // a struct declares it: the relation only uses it
	}
	for _, s := range schemas {
		for _, r := range s.relations {
			if r.many == "" || r.field.unmade {
				continue
			}
			name := r.many
			if strings.ToLower(name) != name {
				name = plural(snake(name))
			}
			t, gone := declared[name]
			if gone && t == nil {
				continue
			}
			if t == nil {
				t = &table{pos: r.field.pos}
				declared[name] = t
				out = append(out, t)
			}
			// Where both sides name it, the later one has its way, as in AutoMigrate.
			t.def, t.columns = &schema.Table{Name: schema.SplitName(name)}, nil
			g.joinTable(t, r, name)
		}
	}
	return out
}

// joinTable adds the columns and keys of one side's view of the table between two.
func (g *gormReader) joinTable(t *table, r *gormRelation, name string) {
	own, other := r.from.primaries, r.to.primaries
	own = named(r.from, r.foreign, own)
	other = named(r.to, r.primary, other)
	joinKeys, joinRefs := list(r.settings.get("JOINFOREIGNKEY")), list(r.settings.get("JOINREFERENCES"))
	ownNames := map[string]bool{}
	var ownRefs, otherRefs []gormReference
	for i, f := range own {
		n := title(r.from.name) + f.name
		if len(joinKeys) > i {
			n = title(joinKeys[i])
		}
		ownNames[n] = true
		ownRefs = append(ownRefs, gormReference{key: joinField(f, n), target: f})
	}
	for i, f := range other {
		n := title(r.to.name) + f.name
		if ownNames[n] {
			if n += "Reference"; r.field.name != r.to.name {
				n = singular(r.field.name) + f.name
			}
		}
		if len(joinRefs) > i {
			n = title(joinRefs[i])
		}
		otherRefs = append(otherRefs, gormReference{key: joinField(f, n), target: f})
	}
	var key []string
	for _, ref := range slices.Concat(ownRefs, otherRefs) {
		if t.column(ref.key.column) == nil {
			c := g.columnOf(ref.key)
			c.Nullable, c.AutoIncrement = false, false
			t.add(&column{name: ref.key.name, def: c})
		}
		key = append(key, ref.key.column)
	}
	t.def.PrimaryKey = schema.PrimaryKeyConstraint("", slices.Compact(key)...)
	if r.settings.get("CONSTRAINT") == "-" {
		return
	}
	otherName := r.to.name
	if otherName == r.from.name {
		otherName = r.field.name
	}
	t.def.ForeignKeys = append(t.def.ForeignKeys,
		keyOf(r.settings, name, r.from.name, r.from.table, ownRefs),
		keyOf(r.settings, name, otherName, r.to.table, otherRefs))
}

// named are the fields that a tag names, else those given.
func named(s *gormSchema, names []string, otherwise []*gormField) []*gormField {
	if len(names) == 0 {
		return otherwise
	}
	var out []*gormField
	for _, n := range names {
		if f := s.lookup(n); f != nil {
			out = append(out, f)
		}
	}
	return out
}

// joinField is a field of the table between two, of the type of what it points
// at, and with its default: GORM takes most of the tag over.
func joinField(f *gormField, name string) *gormField {
	j := *f
	inner := *f.field
	inner.name = name
	j.field, j.prefixed = &inner, ""
	j.column, j.primary, j.increment, j.unique = snake(name), true, false, false
	j.hasDefault = f.fallback != ""
	j.set = slices.DeleteFunc(slices.Clone(f.set), func(s setting) bool {
		return s.key == "COLUMN" || s.key == "AUTOINCREMENT" || s.key == "INDEX" || s.key == "UNIQUE" || s.key == "UNIQUEINDEX"
	})
	return &j
}

// title has its first letter in upper case.
func title(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
