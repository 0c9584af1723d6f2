package structs

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// gormSchema is a struct as gorm.io/gorm/schema.Parse sees it. The names are
// GORM's, and so are the rules: what AutoMigrate makes is to be declared, not
// what would be neat.
type gormSchema struct {
	name      string // of the struct; empty for one without, which is embedded
	named     *types.Named
	table     string
	fields    []*gormField
	order     []string // column names
	byColumn  map[string]*gormField
	byName    map[string]*gormField
	byBind    map[string]*gormField
	primaries []*gormField
	foremost  *gormField // the one primary key field (PrioritizedPrimaryField)
	relations []*gormRelation
	incoming  []*gormRelation // relations of others whose key is here
}

// gormField is a field as GORM sees it.
type gormField struct {
	*field
	set       settings
	column    string
	goType    goType
	given     kind   // what the database is given: the goType's kind, or what its method Value returns
	bits      int    // of the number that it is given
	data      string // bool, int, uint, float, string, time, bytes, or a type in SQL; empty for a relation
	declared  string // data without the tag type
	size      int
	precision int
	scale     int
	primary   bool
	increment bool
	notNull   bool
	unique    bool

	hasDefault bool
	fallback   string      // the text of the default
	literal    schema.Expr // the default as a value

	known    schema.Type // the column's type if the Go type itself settles it
	hidden   bool        // neither read nor written
	unmade   bool        // AutoMigrate does not make it
	path     []string    // names of the fields it is embedded under, and its own
	schema   *gormSchema
	owner    *gormSchema // the schema of the struct it is embedded with
	prefixed string      // its Go name among the table's columns
}

// gormReader reads the models of one package.
type gormReader struct {
	*reader
	cache     map[string]*gormSchema
	embedding map[types.Type]bool
}

// gorm reads structs by GORM's rules.
func (r *reader) gorm(models []*model) []*table {
	if len(models) == 0 {
		return nil
	}
	g := &gormReader{reader: r, cache: map[string]*gormSchema{}, embedding: map[types.Type]bool{}}
	schemas := make([]*gormSchema, len(models))
	for i, m := range models {
		schemas[i] = g.parse(m.named, m.pos)
	}
	var out []*table
	for i, s := range schemas {
		out = append(out, g.tableOf(s, models[i]))
	}
	joins := g.joinTables(schemas)
	g.foreignKeys(schemas, out)
	return append(out, joins...)
}

// parse is the schema of a struct, read once.
func (g *gormReader) parse(n *types.Named, at token.Pos) *gormSchema {
	key := types.TypeString(n, nil)
	if s, ok := g.cache[key]; ok {
		return s
	}
	s := g.read(n, n.Obj().Name(), g.tableName(n, at))
	g.cache[key] = s
	for _, f := range s.fields {
		if f.data == "" && f.declared == "" && !f.hidden {
			g.relation(s, f)
		}
	}
	return s
}

// tableName is what the method TableName returns, else the plural of the name.
func (g *gormReader) tableName(n *types.Named, at token.Pos) string {
	name, constantly, there := g.returns(n, "TableName")
	switch {
	case constantly:
		return name
	case there:
		if own := g.blank(n, "TABLE"); own != "" {
			return own
		}
		g.problem(at, `the method TableName of %s returns no constant; name the table by a field _ struct{} with the tag gomig:"table:NAME"`, n.Obj().Name())
	}
	return plural(snake(n.Obj().Name()))
}

// blank is a setting of the gomig tag of the struct's blank field.
func (g *reader) blank(n *types.Named, key string) string {
	v, _ := g.blankLookup(n, key)
	return v
}

// blankHas reports whether the tag of a blank field has a key.
func (g *reader) blankHas(n *types.Named, key string) bool {
	_, ok := g.blankLookup(n, key)
	return ok
}

func (g *reader) blankLookup(n *types.Named, key string) (string, bool) {
	s, ok := n.Underlying().(*types.Struct)
	if !ok {
		return "", false
	}
	for _, f := range fieldsOf(s, "") {
		if f.name == "_" {
			if v, ok := parseSettings(f.tag.Get("gomig"), ";").lookup(key); ok {
				return v, true
			}
		}
	}
	return "", false
}

// read collects the fields of a struct (schema.Parse without relations), of which
// problems speak as the owner's.
func (g *gormReader) read(t types.Type, owner, table string) *gormSchema {
	s := &gormSchema{table: table, byColumn: map[string]*gormField{}, byName: map[string]*gormField{}, byBind: map[string]*gormField{}}
	if n, ok := t.(*types.Named); ok {
		s.name, s.named = n.Obj().Name(), n
	}
	str, ok := t.Underlying().(*types.Struct)
	if !ok {
		return s
	}
	for _, f := range fieldsOf(str, owner) {
		if token.IsExported(f.name) {
			s.fields = append(s.fields, g.field(s, f)...)
		}
	}
	for _, f := range s.fields {
		s.add(f)
	}
	s.choosePrimary()
	return s
}

// add enters a field under its names; of two of one column the less deeply
// embedded stays.
func (s *gormSchema) add(f *gormField) {
	if f.column == "" && f.data != "" {
		f.column = snake(f.name)
	}
	bind := strings.Join(f.path, ".")
	if f.column != "" {
		before, gone := s.byColumn[f.column]
		if !gone || !f.hidden && len(f.path) < len(before.path) {
			if !gone {
				s.order = append(s.order, f.column)
			}
			s.byColumn[f.column], s.byName[f.name], s.byBind[bind] = f, f, f
			if before != nil && before.primary {
				s.primaries = slices.DeleteFunc(s.primaries, func(p *gormField) bool { return p.column == before.column })
			}
			if f.primary {
				s.primaries = append(s.primaries, f)
			}
		}
	}
	if of, ok := s.byName[f.name]; !ok || of.set.get("-") == "-" {
		s.byName[f.name] = f
	}
	if of, ok := s.byBind[bind]; !ok || of.set.get("-") == "-" {
		s.byBind[bind] = f
	}
}

// lookup is a field by its column or its name.
func (s *gormSchema) lookup(name string) *gormField {
	if f, ok := s.byColumn[name]; ok {
		return f
	}
	return s.byName[name]
}

// lookupNear is a field by its name beside one that is embedded.
func (s *gormSchema) lookupNear(path []string, name string) *gormField {
	for i := range slices.Backward(path) {
		if f, ok := s.byBind[strings.Join(path[:i], ".")+"."+name]; ok {
			return f
		}
	}
	return nil
}

// choosePrimary takes id for the primary key if there is no other, and lets an
// integer key count by itself.
func (s *gormSchema) choosePrimary() {
	id := s.lookup("id")
	if id == nil {
		id = s.lookup("ID")
	}
	if id != nil && !id.primary && len(s.primaries) == 0 && id.column != "" {
		id.primary = true
		s.primaries = append(s.primaries, id)
	}
	switch {
	case id != nil && id.primary:
		s.foremost = id
	case len(s.primaries) == 1:
		s.foremost = s.primaries[0]
	default:
		for _, f := range s.primaries {
			if f.increment {
				s.foremost = f
				break
			}
		}
	}
	if f := s.foremost; f != nil && (f.declared == "int" || f.declared == "uint") && !f.set.has("AUTOINCREMENT") {
		f.increment, f.hasDefault = true, true
	}
}

// tableOf declares the table of a schema, without its foreign keys.
func (g *gormReader) tableOf(s *gormSchema, m *model) *table {
	t := &table{model: m, pos: m.pos, def: &schema.Table{Name: schema.SplitName(s.table)}}
	t.def.Comment = g.blank(m.named, "COMMENT")
	for _, name := range s.order {
		f := s.byColumn[name]
		if f.unmade {
			continue
		}
		t.add(&column{field: f.field, name: f.goName(), def: g.columnOf(f)})
	}
	g.primaryKey(t, s.primaries)
	for _, f := range s.fields {
		if f.unique && !f.unmade {
			t.def.Uniques = append(t.def.Uniques, schema.UniqueConstraint(gormName("uni", s.table, snake(f.column)), f.column))
		}
	}
	g.checks(t, s)
	g.indexes(t, s)
	g.overlay(t)
	return t
}

// goName is the field's name among the columns of its table.
func (f *gormField) goName() string {
	if f.prefixed != "" {
		return f.prefixed
	}
	return f.name
}

func (g *gormReader) primaryKey(t *table, fields []*gormField) {
	var columns []string
	for _, f := range fields {
		if c := t.column(f.column); c != nil {
			columns = append(columns, f.column)
			c.def.Nullable = false
		}
	}
	if len(columns) > 0 {
		t.def.PrimaryKey = schema.PrimaryKeyConstraint("", columns...)
	}
}

// checks declares the check constraints (schema.ParseCheckConstraints).
func (g *gormReader) checks(t *table, s *gormSchema) {
	for _, name := range s.order {
		f := s.byColumn[name]
		text := f.set.get("CHECK")
		if text == "" || f.unmade {
			continue
		}
		name, expr := gormName("chk", s.table, f.column), text
		if first, rest, ok := strings.Cut(text, ","); ok && (first == "" || word().MatchString(first)) {
			if expr = rest; first != "" {
				name = first
			}
		}
		t.def.Checks = append(t.def.Checks, schema.CheckConstraint(name, strings.TrimSpace(expr)))
	}
}
