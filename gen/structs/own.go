package structs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/internal/typesql"
	"github.com/gomig-dev/gomig/schema"
)

// ownKeys are the keys of a gomig tag.
var ownKeys = strings.Fields(`- COLUMN TYPE SIZE PRECISION SCALE PK AUTOINCREMENT NOTNULL NULL DEFAULT COMPUTED STORED VIRTUAL
	UNIQUE INDEX UNIQUEINDEX REFERENCES FK CHECK ENUM JSON COMMENT COLLATE EMBED PREFIX WITH`)

// tableKeys are the keys of the gomig tag of a blank field, which speaks of the table.
var tableKeys = strings.Fields("TABLE SCHEMA COMMENT CHECK UNIQUE INDEX UNIQUEINDEX FOREIGNKEY WITH")

// own is the gomig tag of a field; keys it does not know are problems.
func (r *reader) own(f *field, known []string) settings {
	set := parseSettings(f.tag.Get("gomig"), ";")
	for i, s := range set {
		if s.key == "NOT NULL" {
			set[i].key = "NOTNULL"
		} else if !slices.Contains(known, s.key) {
			r.problem(f.pos, "field %s: the gomig tag has no key %q; it has %s", f.what(), strings.ToLower(s.key), strings.ToLower(strings.Join(known, " ")))
		}
	}
	return set
}

// overlay adds what gomig tags say to the columns that a library's rules gave.
func (r *reader) overlay(t *table) {
	indexes := newIndexes(t)
	for _, c := range t.columns {
		if c.field == nil {
			continue
		}
		set := r.own(c.field, ownKeys)
		if len(set) == 0 {
			continue
		}
		r.typed(c, set, classify(c.field.typ))
		r.properties(t, c, set)
		r.indexed(indexes, c, set)
	}
	t.def.Indexes = append(t.def.Indexes, finished(indexes.all)...)
	r.blankField(t)
}

// blankField reads what the tag of a blank field says of the table.
func (r *reader) blankField(t *table) {
	for _, f := range t.model.fields {
		if f.name != "_" {
			continue
		}
		for _, s := range r.own(f, tableKeys) {
			switch s.key {
			case "SCHEMA":
				t.def.Name.Schema = unquoted(s.value)
			case "COMMENT":
				t.def.Comment = s.value
			case "CHECK":
				t.def.Checks = append(t.def.Checks, check(s.value))
			case "UNIQUE":
				name, columns := parts(s.value)
				t.def.Uniques = append(t.def.Uniques, schema.UniqueConstraint(name, columns...))
			case "INDEX", "UNIQUEINDEX":
				name, columns := parts(s.value)
				i := schema.Index(name, columns...)
				i.Unique = s.key == "UNIQUEINDEX"
				t.def.Indexes = append(t.def.Indexes, i)
			case "FOREIGNKEY":
				if fk := r.compositeKey(f, s.value); fk != nil {
					t.def.ForeignKeys = append(t.def.ForeignKeys, fk)
				}
			case "WITH":
				t.def.Options = append(t.def.Options, r.with(f, s.value)...)
			}
		}
	}
}

var compositeKeyForm = pattern.Lazy(`^([^(),]*)\(([^()]*)\) +references +([^(),]+)\(([^()]*)\)(?:,(.*))?$`)

// compositeKey reads foreignKey:NAME(a,b) references TABLE(x,y),ondelete:….
func (r *reader) compositeKey(f *field, value string) *schema.ForeignKeyDef {
	m := compositeKeyForm().FindStringSubmatch(strings.TrimSpace(value))
	if m == nil {
		r.problem(f.pos, "field %s: foreignKey:%s is none; write it as in foreignKey:fk_line(order_id,number) references line(order_id,number)", f.what(), value)
		return nil
	}
	set := parseSettings(m[5], ",")
	return schema.ForeignKeyConstraint(strings.TrimSpace(m[1]), list(m[2]), strings.TrimSpace(m[3]), list(m[4]),
		schema.OnDelete(action(set.get("ONDELETE"))), schema.OnUpdate(action(set.get("ONUPDATE"))))
}

// parts reads NAME(column,column), where the name may be left out.
func parts(s string) (name string, columns []string) {
	name, inside, ok := strings.Cut(s, "(")
	if !ok {
		return "", list(s)
	}
	return strings.TrimSpace(name), list(strings.TrimSuffix(strings.TrimSpace(inside), ")"))
}

// check reads NAME,condition or a condition.
func check(s string) *schema.CheckDef {
	if name, expr, ok := strings.Cut(s, ","); ok && word().MatchString(name) {
		return schema.CheckConstraint(name, strings.TrimSpace(expr))
	}
	return schema.CheckConstraint("", strings.TrimSpace(s))
}

// typed sets the type that a gomig tag says. False if it says none.
func (r *reader) typed(c *column, set settings, t goType) bool {
	size, precision, scale := number(set, "SIZE"), number(set, "PRECISION"), number(set, "SCALE")
	switch {
	case set.has("TYPE") && goTypeText(set.get("TYPE")):
		for _, o := range r.with(c.field, set.get("TYPE")) {
			c.def.Type = schema.TypeOf(verbatimType{strings.TrimPrefix(o.OptionKey(), "with:")})
		}
	case set.has("TYPE"):
		c.def.Type = sqlType(set.get("TYPE"))
	case set.has("JSON"):
		c.def.Type = schema.JSON()
	case set.has("ENUM"):
		return r.enumerated(c, set.get("ENUM"), t)
	case size > 0 && (t.kind == binary || t.kind == sequence):
		c.def.Type = schema.Binary(size)
	case size > 0:
		c.def.Type = schema.String(size)
	case precision > 0 && t.kind == moment:
		c.def.Type = schema.DateTime(schema.Precision(precision), schema.WithTimeZone())
	case precision > 0:
		c.def.Type = schema.Numeric(precision, scale)
	default:
		return false
	}
	return true
}

// enumerated makes the column an enumeration of the constants of its type.
func (r *reader) enumerated(c *column, name string, t goType) bool {
	values := r.enumOf(t.named)
	if len(values) == 0 {
		r.problem(c.field.pos, "field %s: %s has no constants that could be the values of an enumeration", c.field.what(), spelled(t.typ))
		return true
	}
	if name == "ENUM" {
		name = snake(t.named.Obj().Name())
	}
	if in, name, ok := strings.Cut(name, "."); ok {
		c.def.Type = schema.EnumIn(in, name, values...)
		return true
	}
	c.def.Type = schema.Enum(name, values...)
	return true
}

// properties sets what a gomig tag says of a column besides its type.
func (r *reader) properties(t *table, c *column, set settings) {
	for _, s := range set {
		switch s.key {
		case "NOTNULL":
			c.def.Nullable = false
		case "NULL":
			c.def.Nullable = true
		case "AUTOINCREMENT":
			c.def.AutoIncrement = set.truth("AUTOINCREMENT")
		case "DEFAULT":
			r.ownDefault(c, s.value)
		case "COMPUTED":
			c.def.Computed = &schema.Computed{Expr: s.value}
			if set.has("STORED") {
				c.def.Computed.Storage = schema.Stored
			} else if set.has("VIRTUAL") {
				c.def.Computed.Storage = schema.Virtual
			}
		case "COLLATE":
			c.def.Collation = s.value
		case "COMMENT":
			c.def.Comment = s.value
		case "CHECK":
			c.def.Checks = append(c.def.Checks, check(s.value))
		case "REFERENCES":
			c.def.References = r.reference(c, s.value)
		case "UNIQUE":
			r.ownUnique(t, c, s.value)
		case "WITH":
			c.def.Options = append(c.def.Options, r.with(c.field, s.value)...)
		}
	}
}

// ownUnique reads unique or unique:NAME, where columns of one name share it.
func (r *reader) ownUnique(t *table, c *column, name string) {
	if name == "UNIQUE" {
		c.def.Unique = true
		return
	}
	for _, u := range t.def.Uniques {
		if u.Name == name {
			u.Columns = append(u.Columns, c.def.Name)
			return
		}
	}
	t.def.Uniques = append(t.def.Uniques, schema.UniqueConstraint(name, c.def.Name))
}

// reference reads references:TABLE.COLUMN,ondelete:cascade,onupdate:…,name:….
func (r *reader) reference(c *column, value string) *schema.ForeignKeyDef {
	target, rest, _ := strings.Cut(value, ",")
	set := parseSettings(rest, ",")
	items := []schema.ForeignKeyItem{schema.OnDelete(action(set.get("ONDELETE"))), schema.OnUpdate(action(set.get("ONUPDATE")))}
	if set.has("NAME") {
		items = append(items, schema.Named(set.get("NAME")))
	}
	target = strings.TrimSpace(target)
	if !strings.Contains(target, ".") {
		r.problem(c.field.pos, "field %s: references:%s names no column; say references:%s.id", c.field.what(), target, target)
	}
	return schema.Column(c.def.Name, c.def.Type, schema.References(target, items...)).References
}

// ownDefault reads a default: SQL in brackets or with a call in it, else a value of the field's type.
func (r *reader) ownDefault(c *column, v string) {
	v = strings.TrimSpace(v)
	t := classify(c.field.typ)
	bad := func() {
		r.problem(c.field.pos, "field %s: the default %q is no value of %s; SQL stands in brackets, as in default:(%s)", c.field.what(), v, spelled(c.field.typ), v)
	}
	switch {
	case strings.HasPrefix(v, "(") && strings.HasSuffix(v, ")"):
		c.def.Default = schema.SQL(v[1 : len(v)-1])
		return
	case strings.EqualFold(v, "null"), strings.EqualFold(v, "now()"), strings.EqualFold(v, "current_timestamp") && t.kind == moment:
		c.def.Default = typesql.Default(v)
		return
	}
	if _, ok := c.def.Type.Def().(schema.NumericType); ok && t.kind == text {
		t.kind = decimal // a string keeps all digits
	}
	switch t.kind {
	case text:
		s := v
		if n := len(v); n > 1 && (v[0] == '\'' || v[0] == '"') && v[n-1] == v[0] {
			s = v[1 : n-1]
		}
		if e, ok := c.def.Type.Def().(schema.EnumType); ok && !slices.Contains(e.EnumValues(), s) {
			r.problem(c.field.pos, "field %s: the default %q is none of the constants of %s", c.field.what(), s, spelled(c.field.typ))
		}
		c.def.Default = schema.Literal(s)
	case boolean:
		b, err := strconv.ParseBool(v)
		if err != nil {
			bad()
			return
		}
		c.def.Default = schema.Literal(b)
	case integer, floating, decimal:
		if _, err := strconv.ParseFloat(v, 64); err != nil {
			bad()
			return
		}
		c.def.Default = schema.Number(v)
	default:
		c.def.Default = typesql.Default(v)
	}
}

// indexes are those that the gomig tags of a table's fields declare.
type indexes struct {
	table  *table
	byName map[string]*keyed
	all    []*keyed
}

func newIndexes(t *table) *indexes { return &indexes{table: t, byName: map[string]*keyed{}} }

// indexed reads index and uniqueIndex in the grammar of GORM's. One without a
// name and options stands at its column.
func (r *reader) indexed(x *indexes, c *column, set settings) {
	for _, s := range set {
		if s.key != "INDEX" && s.key != "UNIQUEINDEX" {
			continue
		}
		if s.value == s.key {
			c.def.Indexed, c.def.Unique = true, c.def.Unique || s.key == "UNIQUEINDEX"
			continue
		}
		x.all = r.addIndex(x.byName, x.all, c.field, c.def.Name, s, func(sub string) string {
			if sub == "" {
				sub = c.def.Name
			}
			return "ix_" + strings.ReplaceAll(x.table.def.Name.String(), ".", "_") + "_" + snake(sub)
		})
	}
}
