package structs

import (
	"cmp"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// bunReader reads structs by bun's rules (bun/schema.Table).
type bunReader struct {
	*reader
	cache map[*types.TypeName]*bunTable
}

// bunTable is a struct as bun sees it.
type bunTable struct {
	named     *types.Named // nil for a struct without a name, which is embedded
	name      string
	fields    []*bunField // of columns
	relations []*bunField
	all       []*bunField // with what stands among embedded fields
	uniques   []bunUnique
}

// bunUnique is a column of a unique constraint; those without a name stand alone.
type bunUnique struct {
	name   string
	column *bunField
}

// bunField is a field as bun sees it.
type bunField struct {
	*field
	tag    bunTag
	column string
	goName string
	typ    goType
	key    bool
	sorted []int // where the field stands in the struct
}

// bun reads structs by bun's rules.
func (r *reader) bun(models []*model) (out []*table) {
	if len(models) == 0 {
		return nil
	}
	b := &bunReader{reader: r, cache: map[*types.TypeName]*bunTable{}}
	tables := make([]*bunTable, len(models))
	for i, m := range models {
		tables[i] = b.parse(m.named, m.pos)
	}
	between := b.between(tables)
	for i, m := range models {
		s := tables[i]
		t := &table{model: m, pos: m.pos, def: &schema.Table{Name: schema.SplitName(s.name)}}
		var key []string
		for _, f := range s.fields {
			c, primary := b.columnOf(f)
			t.add(c)
			if f.key || primary {
				key = append(key, f.column)
			}
		}
		if len(key) > 0 {
			t.def.PrimaryKey = schema.PrimaryKeyConstraint("", key...)
		}
		b.uniques(t, s)
		b.foreignKeys(t, s, between[s.name])
		b.overlay(t)
		out = append(out, t)
	}
	return out
}

// parse is the table of a struct, read once.
func (b *bunReader) parse(n *types.Named, at token.Pos) *bunTable {
	if t, ok := b.cache[n.Obj()]; ok {
		return t
	}
	t := &bunTable{named: n, name: plural(underscore(n.Obj().Name()))}
	b.cache[n.Obj()] = t
	s, ok := n.Underlying().(*types.Struct)
	if !ok {
		b.problem(at, "%s is no struct", n.Obj().Name())
		return t
	}
	b.fields(t, fieldsOf(s, n.Obj().Name()))
	return t
}

// fields collects the fields of a struct (Table.processFields).
func (b *bunReader) fields(t *bunTable, fields []*field) {
	own := map[string]bool{}
	var embedded []*bunField
	for i, f := range fields {
		raw := f.tag.Get("bun")
		if raw == "-" || !token.IsExported(f.name) && !f.anonymous {
			continue
		}
		tag := parseBun(raw)
		g := bunType(f.typ)
		if f.anonymous {
			if f.name == "BaseModel" && strings.HasPrefix(typeName(g.named), "github.com/uptrace/bun") {
				t.name = cmp.Or(tag.get("table"), tag.name, t.name)
				continue
			}
			if inner := b.inner(t, f, g); inner != nil {
				embedded = append(embedded, moved(inner.all, i, "", "")...)
				if tag.has("inherit") || tag.has("extend") {
					t.name = inner.name
				}
			}
			continue
		}
		if tag.has("embed") {
			inner := b.inner(t, f, g)
			if inner == nil {
				b.problem(f.pos, "field %s: only a struct can be embedded, not %s", f.what(), spelled(f.typ))
				continue
			}
			embedded = append(embedded, moved(inner.all, i, tag.get("embed"), f.name)...)
			continue
		}
		x := b.field(f, tag, g)
		x.sorted = []int{i}
		own[x.column] = true
		t.all = append(t.all, x)
	}
	t.all = append(t.all, unambiguous(own, embedded)...)
	slices.SortStableFunc(t.all, func(x, y *bunField) int { return slices.Compare(x.sorted, y.sorted) })
	for _, f := range t.all {
		t.place(f)
	}
}

// unambiguous are the embedded fields that are the only ones of their column, or
// the only ones with a tag, as bun has it; those of the struct itself come before both.
func unambiguous(own map[string]bool, embedded []*bunField) (out []*bunField) {
	all, tagged := map[string]int{}, map[string]int{}
	for _, f := range embedded {
		all[f.column]++
		if !f.tag.isZero() {
			tagged[f.column]++
		}
	}
	for _, f := range embedded {
		if !own[f.column] && (all[f.column] == 1 || !f.tag.isZero() && tagged[f.column] == 1) {
			out = append(out, f)
		}
	}
	return out
}

// inner is the table of an embedded struct; nil for what is no struct.
func (b *bunReader) inner(t *bunTable, f *field, g goType) *bunTable {
	s, ok := g.typ.Underlying().(*types.Struct)
	switch {
	case !ok:
		return nil
	case g.named == nil:
		inner := &bunTable{}
		b.fields(inner, fieldsOf(s, f.what()))
		return inner
	case sameType(g.named, t.named):
		b.problem(f.pos, "field %s: struct %s embeds itself", f.what(), g.named.Obj().Name())
		return &bunTable{}
	}
	return b.parse(g.named, f.pos)
}

// moved are the fields of an embedded struct as the outer one has them.
func moved(fields []*bunField, at int, prefix, outer string) []*bunField {
	out := make([]*bunField, len(fields))
	for i, f := range fields {
		c := *f
		c.sorted = append([]int{at}, f.sorted...)
		c.column, c.goName = prefix+f.column, outer+f.goName
		if v, ok := f.tag.options["unique"]; ok && prefix != "" {
			c.tag.options = map[string][]string{}
			maps.Copy(c.tag.options, f.tag.options)
			c.tag.options["unique"] = prefixed(prefix, v)
		}
		out[i] = &c
	}
	return out
}

func prefixed(prefix string, names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		if out[i] = n; n != "" {
			out[i] = prefix + n
		}
	}
	return out
}

// place sorts a field: a column or a relation.
func (t *bunTable) place(f *bunField) {
	if f.tag.has("rel") || f.tag.has("m2m") {
		t.relations = append(t.relations, f)
		return
	}
	if f.tag.has("scanonly") {
		return
	}
	t.fields = append(t.fields, f)
	if names, ok := f.tag.options["unique"]; ok {
		if len(names) == 1 {
			names = strings.Split(names[0], ",")
		}
		for _, n := range names {
			t.uniques = append(t.uniques, bunUnique{n, f})
		}
	}
}

// field reads a field of a column or a relation (Table.newField).
func (b *bunReader) field(f *field, tag bunTag, g goType) *bunField {
	return &bunField{
		field: f, tag: tag, typ: g, goName: f.name, key: tag.has("pk"),
		column: cmp.Or(tag.get("column"), tag.name, underscore(f.name)),
	}
}

// find is the field of a column, nil if there is none.
func (t *bunTable) find(column string) *bunField {
	i := slices.IndexFunc(t.fields, func(f *bunField) bool { return f.column == column })
	if i < 0 {
		return nil
	}
	return t.fields[i]
}

// uniques declares the unique constraints (CreateTableQuery.appendUniqueConstraints).
func (b *bunReader) uniques(t *table, s *bunTable) {
	byName := map[string]*schema.UniqueDef{}
	for _, u := range s.uniques {
		if u.name == "" {
			t.column(u.column.column).def.Unique = true
			continue
		}
		if byName[u.name] == nil {
			byName[u.name] = schema.UniqueConstraint(u.name)
			t.def.Uniques = append(t.def.Uniques, byName[u.name])
		}
		byName[u.name].Columns = append(byName[u.name].Columns, u.column.column)
	}
}

// between are the tables that relations of many to many name, of structs and of
// those that they belong to.
func (b *bunReader) between(tables []*bunTable) map[string]bool {
	out := map[string]bool{}
	add := func(t *bunTable) {
		for _, f := range t.relations {
			if name := f.tag.get("m2m"); name != "" {
				out[name] = true
			}
		}
	}
	for _, t := range tables {
		add(t)
		for _, f := range t.relations {
			if f.tag.get("rel") == "belongs-to" && f.typ.named != nil && f.typ.kind == object {
				add(b.parse(f.typ.named, f.pos))
			}
		}
	}
	return out
}

// foreignKeys declares what CreateTableQuery.WithForeignKeys would. Columns of the
// primary key have one only in a table between two others (Relation.References),
// and so has a has-one relation that does not name its columns none. What is to be
// done on deletion bun reads of belongs-to alone.
func (b *bunReader) foreignKeys(t *table, s *bunTable, between bool) {
	for _, f := range s.relations {
		rel := f.tag.get("rel")
		if rel != "belongs-to" && (rel != "has-one" || !f.tag.has("join")) {
			continue // has-many and m2m have their key in the other table
		}
		if f.typ.named == nil || f.typ.kind != object {
			b.problem(f.pos, "field %s: %s needs a struct with a name, not %s", f.what(), rel, spelled(f.field.typ))
			continue
		}
		to := b.parse(f.typ.named, f.pos)
		fk := &schema.ForeignKeyDef{RefTable: schema.SplitName(to.name)}
		if rel == "belongs-to" {
			fk.OnDelete, fk.OnUpdate = action(f.tag.get("on_delete")), action(f.tag.get("on_update"))
		}
		if !b.joined(fk, f, s, to) {
			continue
		}
		key := 0
		for _, column := range fk.Columns {
			if s.find(column).key {
				key++
			}
		}
		if key == 0 || between && key == len(fk.Columns) {
			t.def.ForeignKeys = append(t.def.ForeignKeys, fk)
		}
	}
	slices.SortStableFunc(t.def.ForeignKeys, func(x, y *schema.ForeignKeyDef) int { return slices.Compare(x.Columns, y.Columns) })
}

// joined finds the columns of a relation (Table.belongsToRelation).
func (b *bunReader) joined(fk *schema.ForeignKeyDef, f *bunField, s, to *bunTable) bool {
	joins := f.tag.options["join"]
	if len(joins) == 1 {
		joins = strings.Split(joins[0], ",")
	}
	for _, j := range joins {
		base, other, _ := strings.Cut(strings.TrimSpace(j), "=")
		if s.find(base) == nil || to.find(other) == nil {
			b.problem(f.pos, "field %s: join:%s names a column that %s or %s does not have", f.what(), j, s.named.Obj().Name(), to.named.Obj().Name())
			return false
		}
		fk.Columns, fk.RefColumns = append(fk.Columns, base), append(fk.RefColumns, other)
	}
	if len(joins) > 0 {
		return true
	}
	for _, k := range to.fields {
		if !k.key {
			continue
		}
		name := underscore(f.name) + "_" + k.column
		if s.find(name) == nil {
			name = k.column
		}
		if s.find(name) == nil {
			b.problem(f.pos, "field %s: %s has no column %s_%s; name the columns, as in join:base_column=join_column", f.what(), s.named.Obj().Name(), underscore(f.name), k.column)
			return false
		}
		fk.Columns, fk.RefColumns = append(fk.Columns, name), append(fk.RefColumns, k.column)
	}
	if len(fk.Columns) == 0 {
		b.problem(f.pos, "field %s: %s has no primary key", f.what(), to.named.Obj().Name())
		return false
	}
	return true
}
