package structs

import (
	"cmp"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// field is a field of a struct.
type field struct {
	name      string
	typ       types.Type
	tag       reflect.StructTag
	pos       token.Pos
	anonymous bool
	owner     string // the struct's name
}

// what is the field, in words.
func (f *field) what() string { return f.owner + "." + f.name }

func fieldsOf(s *types.Struct, owner string) []*field {
	out := make([]*field, s.NumFields())
	for i := range out {
		v := s.Field(i)
		out[i] = &field{
			name: v.Name(), typ: v.Type(), tag: reflect.StructTag(s.Tag(i)), pos: v.Pos(), anonymous: v.Embedded(), owner: owner,
		}
	}
	return out
}

// model is a struct of the package.
type model struct {
	name   string
	named  *types.Named
	fields []*field
	pos    token.Pos
	orm    ORM
	skip   string // why it is no table; empty for one
}

// structsOf are the structs of a package by position.
func (w *world) structsOf(p *packages.Package) (all []*model) {
	scope := p.Types.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		n, ok := obj.Type().(*types.Named)
		if !ok || n.TypeParams().Len() > 0 {
			continue
		}
		if s, ok := n.Underlying().(*types.Struct); ok {
			all = append(all, &model{name: name, named: n, fields: fieldsOf(s, name), pos: obj.Pos()})
		}
	}
	slices.SortFunc(all, func(a, b *model) int { return w.order(a.pos, b.pos) })
	return all
}

// models are the structs of the package by position, each as a table or with
// the reason why it is none.
func (r *reader) models() []*model {
	all := r.structsOf(r.pkg)
	if len(r.options.Types) > 0 {
		return r.chosen(all)
	}
	fallback := r.libraries(all)
	inside, pointed := uses(all)
	for _, m := range all {
		if m.orm == Auto {
			m.orm = fallback
		}
		name := m.named.Obj()
		m.skip = r.reason(m, inside[name], pointed[name])
		if m.skip == "" && r.inside[name] > inside[name] && !pointed[name] && !r.named(m) {
			r.note(m.pos, "struct %s is taken for a table, and structs of other packages embed it; //gomig:ignore says that it is none, //gomig:table ends this note", m.name)
		}
	}
	return all
}

// libraries sets the library of each struct by its tags, and is the one that most have.
func (r *reader) libraries(all []*model) ORM {
	count := map[ORM]int{}
	for _, m := range all {
		m.orm = libraryOf(m.fields, map[*types.Named]bool{})
		if r.options.ORM != Auto && m.orm != Auto {
			m.orm = r.options.ORM
		}
		count[m.orm]++
	}
	best := cmp.Or(r.options.ORM, Plain)
	if r.options.ORM == Auto {
		for _, o := range []ORM{GORM, Bun, SQLX} {
			if count[o] > 0 && count[o] >= count[best] {
				best = o
			}
		}
	}
	return best
}

// chosen are the structs that the user named.
func (r *reader) chosen(all []*model) []*model {
	fallback := r.libraries(all)
	var out []*model
	for _, name := range r.options.Types {
		i := slices.IndexFunc(all, func(m *model) bool { return m.name == name })
		if i < 0 {
			r.problem(token.NoPos, "package %s has no struct %s", r.pkg.PkgPath, name)
			continue
		}
		all[i].orm = cmp.Or(all[i].orm, fallback)
		out = append(out, all[i])
	}
	slices.SortFunc(out, func(a, b *model) int { return r.order(a.pos, b.pos) })
	return slices.Compact(out)
}

// libraryOf is the library whose tags or types a struct carries, Auto for none.
func libraryOf(fields []*field, seen map[*types.Named]bool) ORM {
	found := Auto
	for _, f := range fields {
		n, _ := types.Unalias(f.typ).(*types.Named)
		name := typeName(n)
		_, gorm := f.tag.Lookup("gorm")
		_, bun := f.tag.Lookup("bun")
		_, own := f.tag.Lookup("gomig")
		_, db := f.tag.Lookup("db")
		switch {
		case gorm, name == "gorm.io/gorm.Model", name == "gorm.io/gorm.DeletedAt":
			return GORM
		case bun, strings.HasPrefix(name, "github.com/uptrace/bun") && n.Obj().Name() == "BaseModel":
			return Bun
		case db:
			found = SQLX
		case own && found == Auto:
			found = Plain
		}
		if f.anonymous && n != nil && !seen[n] {
			seen[n] = true
			if s, ok := n.Underlying().(*types.Struct); ok {
				if inner := libraryOf(fieldsOf(s, ""), seen); inner == GORM || inner == Bun {
					return inner
				} else if found == Auto {
					found = inner
				}
			}
		}
	}
	return found
}

// uses are the structs that others hold inside them, with how many others do, and
// those that others point at.
func uses(all []*model) (inside map[*types.TypeName]int, pointed map[*types.TypeName]bool) {
	inside, pointed = map[*types.TypeName]int{}, map[*types.TypeName]bool{}
	for _, m := range all {
		held := map[*types.TypeName]bool{}
		for _, f := range m.fields {
			t := types.Unalias(f.typ)
			for {
				if p, ok := t.(*types.Pointer); ok {
					t = types.Unalias(p.Elem())
				} else if s, ok := t.(*types.Slice); ok {
					t = types.Unalias(s.Elem())
				} else {
					break
				}
			}
			n, ok := t.(*types.Named)
			if !ok {
				continue
			}
			_, bunEmbed := tagOptions(f.tag.Get("bun"))["embed"]
			g, own := parseSettings(f.tag.Get("gorm"), ";"), parseSettings(f.tag.Get("gomig"), ";")
			switch {
			case f.anonymous, bunEmbed, g.has("EMBEDDED"), own.has("EMBED"):
				if !held[n.Obj()] {
					held[n.Obj()] = true
					inside[n.Obj()]++
				}
			case g.has("SERIALIZER"), g.has("JSON"), g.has("TYPE"), g.has("-"), own.has("JSON"), own.has("TYPE"), own.has("-"), f.tag.Get("db") == "-", f.tag.Get("bun") == "-":
			default:
				pointed[n.Obj()] = true
			}
		}
	}
	return inside, pointed
}

// The reasons that go without saying.
const (
	embedded = "others embed it"
	ignored  = "it says //gomig:ignore"
	valued   = "it is the type of a column"
)

// alone is the reason of a struct that might be a table as well as a part of one.
const alone = "one other embeds it; //gomig:table makes it one, //gomig:ignore ends this note"

// named reports whether it is said that a struct is a table, in whichever way.
func (r *reader) named(m *model) bool {
	_, _, there := r.returns(m.named, "TableName")
	own := lookup(m.named, "TableName")
	base := slices.ContainsFunc(m.fields, func(f *field) bool {
		return f.anonymous && f.name == "BaseModel" || f.name == "_" && f.tag.Get("gomig") != ""
	})
	return r.marks[m.pos].table || base || there && own != nil && sameReceiver(own, m.named)
}

// reason is why a struct is no table; empty if it is one.
func (r *reader) reason(m *model, inside int, pointed bool) string {
	switch {
	case r.marks[m.pos].ignore:
		return ignored
	case r.named(m), inside > 0 && pointed && withKey(m.fields, map[types.Type]bool{}):
		return ""
	case inside == 1 && withKey(m.fields, map[types.Type]bool{}): // most base models are in several
		return alone
	case inside > 0:
		return embedded
	case libraryOf(m.fields, map[*types.Named]bool{}) != Auto:
		return ""
	case pointed && identified(m.fields):
		return ""
	case (m.orm == GORM || m.orm == Plain) && identified(m.fields):
		return ""
	case valuer(m.named) != nil, serializes(m.named), m.orm == GORM && r.isTime(m.named), lookup(m.named, "GormDataType") != nil, lookup(m.named, "GormDBDataType") != nil:
		return valued
	default:
		return "it has no tags; //gomig:table makes it one, //gomig:ignore ends this note"
	}
}

// withKey reports whether fields, or those that are embedded among them, are a
// table's primary key by their tags or their name.
func withKey(fields []*field, seen map[types.Type]bool) bool {
	return slices.ContainsFunc(fields, func(f *field) bool {
		if f.name == "ID" || parseBun(f.tag.Get("bun")).has("pk") || parseSettings(f.tag.Get("gomig"), ";").truth("PK") ||
			parseSettings(f.tag.Get("gorm"), ";").truth("PRIMARYKEY", "PRIMARY_KEY") {
			return true
		}
		t := classify(f.typ).typ
		s, ok := t.Underlying().(*types.Struct)
		if !f.anonymous || !ok || seen[t] {
			return false
		}
		seen[t] = true
		return withKey(fieldsOf(s, ""), seen)
	})
}

// identified reports whether there is a field ID, which is taken for the primary key.
func identified(fields []*field) bool {
	return slices.ContainsFunc(fields, func(f *field) bool { return f.name == "ID" })
}

// sameReceiver reports whether a method is the type's own, not one of an embedded struct.
func sameReceiver(f *types.Func, n *types.Named) bool {
	t := f.Signature().Recv().Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	r, _ := types.Unalias(t).(*types.Named)
	return sameType(r, n)
}
