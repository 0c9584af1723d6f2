package structs

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// world is what is known of all packages that were loaded.
type world struct {
	fset  *token.FileSet
	docs  map[token.Pos]string     // comments of types and fields, by the position of their names
	marks map[token.Pos]directives // directives in the comments of types
	funcs map[token.Pos]*ast.FuncDecl
	infos map[*types.Package]*types.Info

	inside map[*types.TypeName]int // how many structs embed one, in all packages that are read
}

// directives are the //gomig: lines in a type's comment.
type directives struct {
	table  bool // it is a table
	ignore bool // it is none
}

func newWorld(roots []*packages.Package) *world {
	w := &world{
		fset: roots[0].Fset, docs: map[token.Pos]string{}, marks: map[token.Pos]directives{},
		funcs: map[token.Pos]*ast.FuncDecl{}, infos: map[*types.Package]*types.Info{},
	}
	packages.Visit(roots, nil, func(p *packages.Package) {
		if p.Types == nil || p.TypesInfo == nil {
			return
		}
		w.infos[p.Types] = p.TypesInfo
		for _, f := range p.Syntax {
			for _, d := range f.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					if d.Recv != nil && d.Body != nil {
						w.funcs[d.Name.Pos()] = d
					}
				case *ast.GenDecl:
					w.types(d)
				}
			}
		}
	})
	var all []*model
	for _, p := range roots {
		all = append(all, w.structsOf(p)...)
	}
	w.inside, _ = uses(all)
	return w
}

// order compares two places in the source: by the name of the file, then by the
// place in it. Positions themselves say nothing across files, for these are
// parsed at once and stand in the set as they came.
func (w *world) order(a, b token.Pos) int {
	x, y := w.fset.PositionFor(a, false), w.fset.PositionFor(b, false)
	return cmp.Or(strings.Compare(x.Filename, y.Filename), cmp.Compare(x.Offset, y.Offset))
}

// types keeps the comments of a declaration of types.
func (w *world) types(d *ast.GenDecl) {
	for _, s := range d.Specs {
		spec, ok := s.(*ast.TypeSpec)
		if !ok {
			continue
		}
		doc := spec.Doc
		if doc == nil && len(d.Specs) == 1 {
			doc = d.Doc
		}
		if doc != nil {
			w.docs[spec.Name.Pos()] = strings.TrimSpace(doc.Text())
			w.marks[spec.Name.Pos()] = directivesOf(doc)
		}
		ast.Inspect(spec.Type, func(n ast.Node) bool {
			f, ok := n.(*ast.Field)
			if !ok {
				return true
			}
			text := strings.TrimSpace(cmp.Or(f.Doc.Text(), f.Comment.Text()))
			for _, name := range f.Names {
				w.docs[name.Pos()] = text
			}
			return true
		})
	}
}

// unnamed reports whether a comment of the package says //gomig:naming none:
// names that no tag says are left to the database.
func unnamed(files []*ast.File) bool {
	for _, f := range files {
		for _, g := range f.Comments {
			for _, c := range g.List {
				if strings.TrimSpace(c.Text) == "//gomig:naming none" {
					return true
				}
			}
		}
	}
	return false
}

func directivesOf(doc *ast.CommentGroup) (d directives) {
	for _, c := range doc.List {
		switch strings.TrimSpace(c.Text) {
		case "//gomig:table":
			d.table = true
		case "//gomig:ignore":
			d.ignore = true
		}
	}
	return d
}

// returns is the constant string that a method of T or *T returns, if its body
// is that and nothing else. There is false if there is no such method.
func (w *world) returns(n *types.Named, method string) (value string, constantly, there bool) {
	f := lookup(n, method)
	if f == nil {
		return "", false, false
	}
	decl := w.funcs[f.Pos()]
	if decl == nil || len(decl.Body.List) != 1 {
		return "", false, true
	}
	ret, ok := decl.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return "", false, true
	}
	info := w.infos[f.Pkg()]
	if info == nil {
		return "", false, true
	}
	v := info.Types[ret.Results[0]].Value
	if v == nil || v.Kind() != constant.String {
		return "", false, true
	}
	return constant.StringVal(v), true, true
}

// lookup is the method of T or *T, nil if there is none.
func lookup(n *types.Named, method string) *types.Func {
	if n == nil {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(n), true, n.Obj().Pkg(), method)
	f, _ := obj.(*types.Func)
	if f != nil {
		f = f.Origin()
	}
	return f
}

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
