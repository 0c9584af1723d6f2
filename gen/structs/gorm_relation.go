package structs

import (
	"go/types"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// gormRelation is a relation as GORM finds it.
type gormRelation struct {
	name  string
	field *gormField
	from  *gormSchema // the struct that has the field
	to    *gormSchema // the struct that the field holds
	has   bool        // the key is in the other table (has one, has many)
	many  string      // the table between the two; empty if there is none
	refs  []gormReference

	foreign, primary []string // what the tags foreignKey and references say
	settings         settings
}

// gormReference is a pair of columns: key points at target.
type gormReference struct{ key, target *gormField }

// relation reads a field that is no column (Schema.parseRelation).
func (g *gormReader) relation(s *gormSchema, f *gormField) {
	t := f.goType
	slice := false
	if t.kind == sequence {
		slice = true
		t = classify(t.elem)
	}
	n := t.named
	if n == nil || t.kind != object {
		g.problem(f.pos, `field %s: GORM has no column type for %s, and without a name it is no model; embed it by gorm:"embedded", or say what the column is, as in gorm:"serializer:json"`, f.what(), spelled(f.typ))
		return
	}
	r := &gormRelation{
		name: f.name, field: f, from: s, to: g.parse(n, n.Obj().Pos()), settings: f.set,
		foreign: list(f.set.get("FOREIGNKEY")), primary: list(f.set.get("REFERENCES")),
	}
	ok := true
	switch {
	case f.set.has("POLYMORPHIC"), f.set.has("POLYMORPHICTYPE") && f.set.has("POLYMORPHICID"):
		g.polymorphic(r)
		return
	case f.set.get("MANY2MANY") != "":
		r.many = f.set.get("MANY2MANY")
	case f.set.get("BELONGSTO") != "":
		ok = r.guess(belongs)
	case slice:
		ok = r.guess(hasKey)
	default:
		ok = r.guess(either)
	}
	if !ok {
		g.problem(f.pos, `field %s: no key is found between %s and %s; name it, as in gorm:"foreignKey:…;references:…", or say what the column is, as in gorm:"serializer:json"`,
			f.what(), s.name, r.to.name)
		return
	}
	s.relations = append(s.relations, r)
	if r.has && r.to != s && f.owner == nil {
		r.to.incoming = append(r.to.incoming, r)
	}
}

// polymorphic lets the column of a polymorphic relation have the type of the key
// it points at. It has no foreign key: the table is not always the same.
func (g *gormReader) polymorphic(r *gormRelation) {
	name := r.field.set.get("POLYMORPHIC") + "ID"
	if v, ok := r.field.set.lookup("POLYMORPHICID"); ok {
		name = strings.TrimSpace(v)
	}
	target := r.from.foremost
	if len(r.foreign) > 0 {
		target = r.from.lookup(r.foreign[0])
	}
	if id := r.to.byName[name]; id != nil && target != nil {
		copyType(id, target)
	} else if id == nil {
		g.problem(r.field.pos, "field %s: struct %s has no field %s, which the polymorphic relation needs", r.field.what(), r.to.name, name)
	}
}

// copyType gives a key the data type of what it points at.
func copyType(key, target *gormField) {
	lower := strings.ToLower(target.data)
	if target.data != "" && !strings.Contains(lower, "auto_increment") && !strings.Contains(lower, "serial") {
		key.data = target.data
	}
	if key.size == 0 {
		key.size = target.size
	}
	key.declared = target.declared
}

// level is a step of GORM's guessing where the key is.
type level uint8

const (
	either level = iota
	belongs
	belongsEmbedded
	hasKey
	hasKeyEmbedded
)

// guess finds the columns of a relation (Schema.guessRelation). False if there are none.
func (r *gormRelation) guess(at level) bool {
	step := at
	if step == either {
		step = hasKey
		if r.field.schema == r.to {
			step = belongs
		}
	}
	again := func() bool {
		switch at {
		case either:
			return r.guess(belongs)
		case belongs:
			return r.guess(belongsEmbedded)
		case belongsEmbedded:
			return r.guess(hasKey)
		case hasKey:
			return r.guess(hasKeyEmbedded)
		case hasKeyEmbedded:
		}
		return false
	}
	target, holder := r.from, r.to
	switch step {
	case belongs:
		target, holder = r.to, r.from
	case belongsEmbedded:
		if r.field.owner == nil {
			return again()
		}
		target, holder = r.to, r.field.owner
	case hasKeyEmbedded:
		if r.field.owner == nil {
			return again()
		}
		target, holder = r.field.owner, r.to
	case either, hasKey:
	}
	targets, keys, ok := r.columns(step, target, holder)
	if !ok || len(keys) == 0 {
		return again()
	}
	if targets, ok = r.targets(target, targets, keys); !ok {
		return again()
	}
	r.refs = nil
	for i, key := range keys {
		copyType(key, targets[i])
		r.refs = append(r.refs, gormReference{key: key, target: targets[i]})
	}
	r.has = step == hasKey || step == hasKeyEmbedded
	return true
}

// columns finds the fields that hold the key, by the tag or by their names.
func (r *gormRelation) columns(step level, target, holder *gormSchema) (targets, keys []*gormField, ok bool) {
	if len(r.foreign) > 0 {
		for _, name := range r.foreign {
			f := holder.lookup(name)
			if f == nil {
				return nil, nil, false
			}
			keys = append(keys, f)
		}
		return nil, keys, true
	}
	wanted := target.primaries
	if len(r.primary) > 0 {
		wanted = nil
		for _, name := range r.primary {
			if f := target.lookup(name); f != nil {
				wanted = append(wanted, f)
			}
		}
	}
	for _, p := range wanted {
		name := target.name + p.name
		if step == belongs {
			name = r.field.name + p.name
		}
		names := []string{name}
		if len(wanted) == 1 {
			stem := strings.TrimSuffix(name, p.name)
			names = append(names, stem+"ID", stem+"Id", snake(stem+"ID"))
		}
		if f := find(holder, r.field.path, names); f != nil {
			keys, targets = append(keys, f), append(targets, p)
		}
	}
	return targets, keys, true
}

func find(s *gormSchema, path, names []string) *gormField {
	for _, n := range names {
		if f := s.lookupNear(path, n); f != nil {
			return f
		}
	}
	for _, n := range names {
		if f := s.lookup(n); f != nil {
			return f
		}
	}
	return nil
}

// targets finds the fields that the keys point at.
func (r *gormRelation) targets(target *gormSchema, targets, keys []*gormField) ([]*gormField, bool) {
	switch {
	case len(r.primary) > 0:
		for i, name := range r.primary {
			f := target.lookup(name)
			switch {
			case f == nil:
				return nil, false
			case len(targets) < i+1:
				targets = append(targets, f)
			case f != targets[i]:
				return nil, false
			}
		}
	case len(targets) == 0:
		switch {
		case len(keys) == 1 && target.foremost != nil:
			targets = []*gormField{target.foremost}
		case len(target.primaries) == len(keys):
			targets = slices.Clone(target.primaries)
		default:
			return nil, false
		}
	}
	return targets, len(targets) >= len(keys)
}

// foreignKeys declares the keys of all relations (Relationship.ParseConstraint).
func (g *gormReader) foreignKeys(schemas []*gormSchema, tables []*table) {
	for i, s := range schemas {
		var keys []*schema.ForeignKeyDef
		for _, r := range slices.Concat(s.relations, s.incoming) {
			fk, on := g.constraint(r)
			if fk != nil && on != s && r.from == s && on.named != nil && on.named.Obj().Pkg() != g.pkg.Types {
				g.keyElsewhere(r, fk, on)
			}
			if fk == nil || on != s || slices.ContainsFunc(keys, func(k *schema.ForeignKeyDef) bool { return k.Name == fk.Name }) {
				continue
			}
			keys = append(keys, fk)
		}
		slices.SortFunc(keys, func(a, b *schema.ForeignKeyDef) int { return strings.Compare(a.Name, b.Name) })
		tables[i].def.ForeignKeys = append(tables[i].def.ForeignKeys, keys...)
	}
}

// keyElsewhere tells how a struct of another package can say the foreign key that
// AutoMigrate gives its table for a relation of this one.
func (g *gormReader) keyElsewhere(r *gormRelation, fk *schema.ForeignKeyDef, on *gormSchema) {
	key := r.refs[0].key
	if len(r.refs) > 1 {
		if !g.blankHas(on.named, "FOREIGNKEY") {
			g.note(r.field.pos, `field %s: its foreign key is of table %q, which another package declares: say it there by a field _ struct{} with gomig:"foreignKey:%s(%s) references %s(%s)%s"`,
				r.field.what(), on.table, fk.Name, strings.Join(fk.Columns, ","), fk.RefTable, strings.Join(fk.RefColumns, ","), actionsOf(fk))
		}
		return
	}
	if own := parseSettings(key.tag.Get("gomig"), ";"); !own.has("REFERENCES") {
		g.note(r.field.pos, `field %s: its foreign key is of table %q, which another package declares: say it there, at %s, by gomig:"references:%s.%s%s,name:%s"`,
			r.field.what(), on.table, key.what(), fk.RefTable, fk.RefColumns[0], actionsOf(fk), fk.Name)
	}
}

// constraint is the foreign key of a relation, and the struct whose table has it.
func (g *gormReader) constraint(r *gormRelation) (*schema.ForeignKeyDef, *gormSchema) {
	if r.settings.get("CONSTRAINT") == "-" || r.many != "" || r.field.unmade {
		return nil, nil
	}
	if !r.has { // the other side may say it already
		for _, other := range slices.Concat(r.to.relations, r.to.incoming) {
			if other != r && other.to == r.from && other.many == "" && slices.Equal(other.refs, r.refs) {
				return nil, nil
			}
		}
	}
	holder, target := r.from, r.to
	if r.has {
		holder, target = r.refs[0].key.schema, r.from
	}
	return keyOf(r.settings, r.from.table, r.name, target.table, r.refs), holder
}

// keyOf is a foreign key with the name that GORM gives it.
func keyOf(set settings, table, name, target string, refs []gormReference) *schema.ForeignKeyDef {
	text := set.get("CONSTRAINT")
	named := gormName("fk", table, snake(name))
	if first, _, ok := strings.Cut(text, ","); ok && word().MatchString(first) {
		named = first
	}
	how := parseSettings(text, ",")
	fk := &schema.ForeignKeyDef{
		Name: named, RefTable: schema.SplitName(target), OnDelete: action(how.get("ONDELETE")), OnUpdate: action(how.get("ONUPDATE")),
	}
	for _, ref := range refs {
		fk.Columns, fk.RefColumns = append(fk.Columns, ref.key.column), append(fk.RefColumns, ref.target.column)
	}
	return fk
}

// action is what a foreign key does, as a tag says it.
func action(s string) schema.Action {
	a := schema.Action(strings.ToUpper(strings.Join(strings.Fields(s), " ")))
	if a == "NO ACTION" {
		return schema.NoAction
	}
	return a
}

// isTime reports whether a type converts to time.Time.
func (w *world) isTime(t types.Type) bool {
	for p := range w.infos {
		if p.Path() == "time" {
			return types.ConvertibleTo(t, p.Scope().Lookup("Time").Type())
		}
	}
	return false
}
