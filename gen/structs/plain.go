package structs

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// plainReader reads structs by gomig's own rules.
type plainReader struct {
	*reader
	tables map[*types.TypeName]*table
	places map[*types.TypeName]map[string]*column // columns by the names of their fields
	later  []relationField
	open   []openText
}

// relationField is a field that holds another table's struct.
type relationField struct {
	table *table
	field *field
	set   settings
	to    *types.Named
}

// openText is a column of text without a length.
type openText struct {
	table  *table
	column *column
}

// plain reads structs by gomig's own rules, whose names may come from `db` tags.
func (r *reader) plain(models []*model) (out []*table) {
	p := &plainReader{reader: r, tables: map[*types.TypeName]*table{}, places: map[*types.TypeName]map[string]*column{}}
	for _, m := range models {
		t := &table{model: m, pos: m.pos, def: &schema.Table{Name: p.tableName(m)}}
		p.tables[m.named.Obj()], p.places[m.named.Obj()] = t, map[string]*column{}
		out = append(out, t)
	}
	for _, t := range out {
		x := newIndexes(t)
		p.fields(t, x, t.model.fields, place{})
		t.def.Indexes = append(t.def.Indexes, finished(x.all)...)
		p.key(t)
		p.blankField(t)
	}
	for _, l := range p.later {
		p.foreignKey(l)
	}
	for _, o := range p.open {
		if at := keyedBy(o.table.def, o.column.def); at != "" {
			p.problem(o.column.field.pos, `field %s: a string in %s needs a length on MySQL; say one, as in gomig:"size:255", or gomig:"type:text"`, o.column.field.what(), at)
		}
	}
	return out
}

// tableName is the name of a struct's table. A tag that says the schema apart has
// the name as it is; elsewhere a point parts the two.
func (p *plainReader) tableName(m *model) schema.Name {
	if name := p.blank(m.named, "TABLE"); name != "" {
		if p.blankHas(m.named, "SCHEMA") {
			return schema.Name{Name: unquoted(name)}
		}

		return schema.SplitName(name)
	}
	name, constantly, there := p.returns(m.named, "TableName")
	switch {
	case constantly:
		return schema.SplitName(name)
	case there:
		p.problem(m.pos, `the method TableName of %s returns no constant; name the table by a field _ struct{} with the tag gomig:"table:NAME"`, m.name)
	}
	return schema.Name{Name: snake(m.name)}
}

// place is where fields stand: in which structs, and with which prefix.
type place struct {
	prefix string // of the columns
	name   string // of the Go names
	inside []*types.Named
	null   bool // the struct is held by a pointer
}

func (p *plainReader) fields(t *table, x *indexes, fields []*field, at place) {
	for _, f := range fields {
		if f.name == "_" {
			continue
		}
		set := p.own(f, ownKeys)
		db, hasDB := f.tag.Lookup("db")
		db, _, _ = strings.Cut(db, ",")
		if set.has("-") || db == "-" && !set.has("COLUMN") || !token.IsExported(f.name) && !f.anonymous {
			continue
		}
		g := classify(f.typ)
		isTable := g.named != nil && p.tables[g.named.Obj()] != nil
		if set.has("EMBED") || f.anonymous && g.kind == object && valuer(g.named) == nil && !hasDB && !p.settled(f) {
			p.embed(t, x, f, set, g, at)
			continue
		}
		if !token.IsExported(f.name) {
			continue
		}
		to := g.named
		if g.kind == sequence && g.elem != nil {
			if to = classify(g.elem).named; to != nil && p.tables[to.Obj()] != nil && !p.settled(f) {
				continue // the other table has the key
			}
		} else if isTable && !p.settled(f) {
			p.later = append(p.later, relationField{table: t, field: f, set: set, to: to})
			continue
		}
		p.column(t, x, f, set, g, at, db)
	}
}

// embed adds the fields of a struct inside.
func (p *plainReader) embed(t *table, x *indexes, f *field, set settings, g goType, at place) {
	s, ok := g.typ.Underlying().(*types.Struct)
	switch {
	case !ok:
		p.problem(f.pos, "field %s: only a struct can be embedded, not %s", f.what(), spelled(f.typ))
		return
	case g.named != nil && slices.Contains(at.inside, g.named):
		p.problem(f.pos, "field %s: struct %s embeds itself", f.what(), g.named.Obj().Name())
		return
	}
	owner := f.what()
	if g.named != nil {
		owner = g.named.Obj().Name()
	}
	inner := place{prefix: at.prefix + set.get("PREFIX"), name: at.name, inside: append(slices.Clone(at.inside), g.named), null: at.null || g.null}
	if !f.anonymous {
		inner.name += f.name
	}
	p.fields(t, x, fieldsOf(s, owner), inner)
}

func (p *plainReader) column(t *table, x *indexes, f *field, set settings, g goType, at place, db string) {
	name := snake(f.name)
	if t.model.orm == SQLX && db == "" {
		name = strings.ToLower(f.name) // sqlx's mapper
	}
	name = cmp.Or(unquoted(set.get("COLUMN")), db, name)
	c := &column{field: f, name: at.name + f.name, def: &schema.ColumnDef{Name: at.prefix + name, Nullable: g.null || at.null}}
	if !p.typed(c, set, g) && !p.natural(t, c, g) {
		if g.typ == types.Typ[types.Invalid] {
			p.problem(f.pos, "field %s: its type is not known: is it declared, and does its import resolve?", f.what())
			return
		}
		p.problem(f.pos, `field %s: what column type %s has is not known; say it, as in gomig:"type:text" or gomig:"json", or leave it out by gomig:"-"`, f.what(), spelled(f.typ))
		return
	}
	t.add(c)
	p.places[t.model.named.Obj()][c.name] = c
	p.properties(t, c, set)
	p.indexed(x, c, set)
	if set.truth("PK") {
		c.def.PrimaryKey, c.def.Nullable = true, false
	}
}

// natural sets the type that follows from the Go type. False if none does.
func (p *plainReader) natural(t *table, c *column, g goType) bool {
	if valuer(g.named) != nil && wellKnown[typeName(g.named)].kind == unknown {
		given, sure := p.given(g)
		if !sure {
			return false
		}
		if given.kind != g.kind {
			g.bits, g.unsigned = given.bits, given.unsigned
		}
		g.kind = given.kind
	}
	switch g.kind {
	case boolean:
		c.def.Type = schema.Boolean()
	case integer:
		c.def.Type = integerOf(g)
	case floating:
		if c.def.Type = schema.Double(); g.bits == 32 {
			c.def.Type = schema.Float(0)
		}
	case text:
		if len(p.enumOf(g.named)) > 0 {
			return p.enumerated(c, "ENUM", g)
		}
		c.def.Type = schema.Text()
		p.open = append(p.open, openText{t, c})
	case binary:
		c.def.Type = schema.Blob()
	case moment:
		c.def.Type = schema.DateTime(schema.WithTimeZone())
	case day:
		c.def.Type = schema.Date()
	case timeOfDay:
		c.def.Type = schema.Time()
	case uuid:
		c.def.Type = schema.UUID()
	case document:
		c.def.Type = schema.JSON()
	case address:
		const longest = 43 // an IPv6 address with the length of its network
		c.def.Type = schema.String(longest)
	case decimal:
		p.problem(c.field.pos, `field %s: how many digits %s keeps is not known; say it, as in gomig:"precision:18;scale:2"`, c.field.what(), spelled(g.typ))
	case sequence:
		if g.length == 0 || !isByte(g.elem) {
			return false
		}
		c.def.Type = schema.Binary(int(g.length))
	case unknown, object, mapping:
		return false
	}
	return true
}

// integerOf is the integer that holds all values; the largest of uint64 fit no
// type that every database has.
func integerOf(g goType) schema.Type {
	bits := g.bits
	if g.unsigned {
		bits *= 2
	}
	switch {
	case bits <= 16:
		return schema.SmallInteger()
	case bits <= 32:
		return schema.Integer()
	default:
		return schema.BigInteger()
	}
}

// key takes the field ID for the primary key if no tag names one, and lets a key
// of one integer count by itself unless its tag says otherwise.
func (p *plainReader) key(t *table) {
	var key []*column
	name := ""
	tag := func(c *column) settings { return parseSettings(c.field.tag.Get("gomig"), ";") }
	for _, c := range t.columns {
		if !c.def.PrimaryKey {
			continue
		}
		key = append(key, c)
		if n := tag(c).get("PK"); n != "PK" && !strings.EqualFold(n, "true") {
			name = n
		}
	}
	if len(key) == 0 {
		if id := p.places[t.model.named.Obj()]["ID"]; id != nil && !tag(id).has("PK") {
			id.def.PrimaryKey, id.def.Nullable = true, false
			key = []*column{id}
		}
	}
	switch len(key) {
	case 0:
	case 1:
		c := key[0]
		_, whole := c.def.Type.Def().(schema.IntegerType)
		said := tag(c).has("AUTOINCREMENT")
		if whole && !said && c.def.Default.IsZero() && c.def.References == nil {
			c.def.AutoIncrement = true
		}
		c.def.PrimaryKey = false
		t.def.PrimaryKey = schema.PrimaryKeyConstraint(name, c.def.Name)
	default:
		t.def.PrimaryKey = schema.PrimaryKeyConstraint(name)
		for _, c := range key {
			c.def.PrimaryKey = false
			t.def.PrimaryKey.Columns = append(t.def.PrimaryKey.Columns, c.def.Name)
		}
	}
}

// foreignKey declares the key of a field that holds another table's struct: by
// fk:COLUMN, else by the column of the field with ID behind its name.
func (p *plainReader) foreignKey(l relationField) {
	to := p.tables[l.to.Obj()]
	value, said := l.set.lookup("FK")
	text, rest, _ := strings.Cut(value, ",")
	c := p.places[l.table.model.named.Obj()][l.field.name+"ID"]
	if said && text != "" && text != "FK" {
		if c = l.table.column(text); c == nil {
			p.problem(l.field.pos, "field %s: table %q has no column %q, which is to hold the key", l.field.what(), l.table.def.Name, text)
			return
		}
	}
	if c == nil {
		if !said && p.places[l.to.Obj()][l.table.model.name+"ID"] != nil {
			return // the other table has the key
		}
		p.problem(l.field.pos, `field %s: no column holds the key of %s; name it, as in gomig:"fk:%s_id", or leave the field out by gomig:"-"`, l.field.what(), l.to.Obj().Name(), snake(l.field.name))
		return
	}
	if to.def.PrimaryKey == nil || len(to.def.PrimaryKey.Columns) != 1 {
		p.problem(l.field.pos, "field %s: table %q has no primary key of one column to point at; say references at the column instead", l.field.what(), to.def.Name)
		return
	}
	if c.def.References == nil {
		c.def.References = p.reference(c, to.def.Name.String()+"."+to.def.PrimaryKey.Columns[0]+","+rest)
	}
}

// keyedBy is what a column is the key of, in words; empty for nothing.
func keyedBy(t *schema.Table, c *schema.ColumnDef) string {
	switch {
	case t.PrimaryKey != nil && slices.Contains(t.PrimaryKey.Columns, c.Name):
		return "the primary key"
	case c.Unique, slices.ContainsFunc(t.Uniques, func(u *schema.UniqueDef) bool { return slices.Contains(u.Columns, c.Name) }):
		return "a unique constraint"
	case c.References != nil:
		return "a foreign key"
	case c.Indexed, slices.ContainsFunc(t.Indexes, func(i *schema.IndexDef) bool {
		return slices.ContainsFunc(i.Parts, func(x schema.IndexPart) bool { return x.Column == c.Name && x.Length == 0 })
	}):
		return "an index"
	}
	return ""
}
