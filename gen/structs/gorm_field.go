package structs

import (
	"go/types"
	"strconv"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/schema"
)

// word matches what GORM takes for the name of a constraint.
var word = pattern.Lazy(`^[\w-]+$`)

// field reads a field, or those of the struct that it embeds (Schema.ParseField).
func (g *gormReader) field(s *gormSchema, f *field) []*gormField {
	set := parseSettings(f.tag.Get("gorm"), ";")
	x := &gormField{
		field: f, set: set, column: set.get("COLUMN"), goType: classify(f.typ), schema: s, path: []string{f.name},
		primary: set.truth("PRIMARYKEY", "PRIMARY_KEY"), increment: set.truth("AUTOINCREMENT"), hasDefault: set.truth("AUTOINCREMENT"),
		notNull: set.truth("NOT NULL", "NOTNULL"), unique: set.truth("UNIQUE"),
	}
	switch v, ok := set.lookup("-"); {
	case ok && strings.EqualFold(strings.TrimSpace(v), "migration"):
		x.unmade = true
	case ok: // neither a column nor a relation
		x.hidden, x.column = true, ""
		return []*gormField{x}
	}
	if v, ok := set.lookup("->"); ok && strings.EqualFold(v, "false") {
		x.hidden = !set.has("<-") // what is only written is a column still
	}
	isValuer := g.dataType(x)
	x.declared = x.data
	if v, ok := set.lookup("TYPE"); ok {
		x.data = v
		switch lower := strings.ToLower(v); lower {
		case "bool", "int", "uint", "float", "string", "time", "bytes":
			x.data = lower
		}
	}
	if v, ok := set.lookup("DEFAULT"); ok {
		x.hasDefault, x.fallback = true, strings.TrimSpace(v)
		g.literalDefault(x)
	}
	x.size, x.precision, x.scale = number(set, "SIZE"), number(set, "PRECISION"), number(set, "SCALE")
	if x.size == 0 && (x.given == integer || x.given == floating) {
		x.size = x.bits
	}
	if set.has("EMBEDDED") || f.anonymous && x.declared != "time" && x.declared != "bytes" && !isValuer {
		if x.goType.kind == object {
			return g.embed(s, x)
		}
		if set.has("EMBEDDED") || x.data == "" {
			g.problem(f.pos, "field %s: only a struct can be embedded, not %s", f.what(), spelled(f.typ))
			return nil
		}
	}
	return []*gormField{x}
}

func number(s settings, key string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(s.get(key)))
	return n
}

// embed is the fields of an embedded struct.
func (g *gormReader) embed(s *gormSchema, x *gormField) []*gormField {
	t, owner := x.goType.typ, x.what()
	if n := x.goType.named; n != nil {
		owner = n.Obj().Name()
	}
	if g.embedding[t] {
		g.problem(x.pos, "field %s: struct %s embeds itself", x.what(), owner)
		return nil
	}
	g.embedding[t] = true
	inner := g.read(t, owner, s.table)
	delete(g.embedding, t)
	prefix := x.set.get("EMBEDDEDPREFIX")
	for _, f := range inner.fields {
		f.schema, f.owner = s, inner
		f.path = append([]string{x.name}, f.path...)
		if !x.anonymous {
			f.prefixed = x.name + f.goName()
		}
		if prefix != "" && f.column != "" {
			f.column = prefix + f.column
		}
		if f.primary && !f.set.truth("PRIMARYKEY", "PRIMARY_KEY") {
			f.primary = false
			f.increment = f.set.truth("AUTOINCREMENT")
			if !f.increment && f.fallback == "" {
				f.hasDefault = false
			}
		}
		f.set = append(f.set, x.set...)
	}
	return inner.fields
}

// dataType finds GORM's data type of a Go type, and whether it is a driver.Valuer.
func (g *gormReader) dataType(x *gormField) (isValuer bool) {
	t := x.goType
	isValuer = valuer(t.named) != nil
	if g.gormType(x) {
		return isValuer
	}
	if x.set.has("SERIALIZER") || x.set.has("JSON") || serializes(t.named) {
		x.data = "string"
	}
	given := t
	_, isKnown := wellKnown[typeName(t.named)]
	if isValuer && !isKnown {
		var sure bool
		if given, sure = g.given(t); !sure && x.data == "" && !x.set.has("TYPE") && !g.settled(x.field) {
			g.problem(x.pos, `field %s: what the method Value of %s gives the database is not plain to see; say its type, as in gorm:"type:text"`, x.what(), spelled(t.typ))
			x.data, x.hidden, x.unmade = "string", true, true
			return isValuer
		}
	}
	x.given, x.bits = given.kind, given.bits
	switch given.kind {
	case boolean:
		x.data = "bool"
	case integer:
		x.data = "int"
		if given.unsigned {
			x.data = "uint"
		}
	case floating:
		x.data = "float"
	case text:
		x.data = "string"
	case moment:
		x.data = "time"
	case binary, document:
		if x.data == "" {
			x.data = "bytes"
		}
	case uuid:
		if x.data = "string"; strings.HasPrefix(t.named.Obj().Name(), "Null") {
			x.data = "bytes" // of an invalid one GORM sees the array inside
		}
	case decimal:
		if x.data = "string"; strings.HasPrefix(t.named.Obj().Name(), "Null") && !x.set.has("TYPE") && !g.settled(x.field) {
			g.problem(x.pos, `field %s: GORM makes no number of %s; say its type, as in gorm:"type:decimal(20,8)"`, x.what(), spelled(t.typ))
		}
	case address, sequence:
		if x.data == "" && (t.kind == address && typeName(t.named) == "net.IP" || t.elem != nil && isByte(t.elem)) {
			x.data = "bytes"
		}
	case object:
		if x.data == "" && g.isTime(t.typ) {
			x.data = "time"
		}
	case unknown, day, timeOfDay, mapping:
	}
	related := given.kind == object || given.kind == sequence && t.elem != nil && classify(t.elem).kind == object
	if x.data == "" && !x.set.has("TYPE") && !related && !x.hidden {
		if t.typ == types.Typ[types.Invalid] {
			g.problem(x.pos, "field %s: its type is not known: is it declared, and does its import resolve?", x.what())
		} else if !g.settled(x.field) {
			g.problem(x.pos, `field %s: GORM has no column type for %s; say one, as in gorm:"type:json" or gorm:"serializer:json", or leave it out by gorm:"-"`, x.what(), spelled(x.typ))
		}
		x.data = "string"
	}
	return isValuer
}

// serializes reports whether a type is a serializer of its own
// (SerializerInterface): its methods take the context, the field, the struct and the value.
func serializes(n *types.Named) bool {
	v, s := lookup(n, "Value"), lookup(n, "Scan")
	return v != nil && s != nil && v.Signature().Params().Len() == 4 && s.Signature().Params().Len() == 4
}

// settled reports whether a gomig tag says the field's type.
func (g *reader) settled(f *field) bool {
	own := parseSettings(f.tag.Get("gomig"), ";")
	return own.has("TYPE") || own.has("JSON") || own.has("ENUM")
}

// gormType asks a type that says its own data type (GormDataTypeInterface).
func (g *gormReader) gormType(x *gormField) bool {
	n := x.goType.named
	jsonb := schema.JSON().WithVariant(postgresName, jsonbType)
	switch typeName(n) {
	case "gorm.io/datatypes.JSON", "gorm.io/datatypes.JSONType", "gorm.io/datatypes.JSONSlice", "gorm.io/datatypes.JSONMap":
		x.data, x.known = "json", jsonb
		return true
	case "gorm.io/datatypes.Date":
		x.data = "date"
		return true
	case "gorm.io/datatypes.Time":
		x.data, x.known = "time", schema.Time()
		return true
	case "gorm.io/datatypes.UUID":
		x.data, x.known = "string", schema.UUID().WithVariant(mysqlName, longText)
		return true
	}
	_, known := wellKnown[typeName(n)]
	if known || n == nil {
		return false
	}
	if f := lookup(n, "GormDBDataType"); f != nil {
		if !g.settled(x.field) {
			g.problem(x.pos, `field %s: the method GormDBDataType of %s asks the database; say the type, as in gomig:"type:json"`, x.what(), spelled(x.goType.typ))
		}
		x.data = "string"
		return true
	}
	if name, constantly, there := g.returns(n, "GormDataType"); there {
		if !constantly && !g.settled(x.field) {
			g.problem(x.pos, `field %s: the method GormDataType of %s returns no constant; say the type, as in gomig:"type:json"`, x.what(), spelled(x.goType.typ))
		}
		if x.data = name; name == "" {
			x.data = "string"
		}
		return true
	}
	return false
}

// literalDefault reads a default as a value, unless it is SQL by its looks.
func (g *gormReader) literalDefault(x *gormField) {
	v := x.fallback
	if v == "" || strings.EqualFold(v, "null") || strings.Contains(v, "(") && strings.Contains(v, ")") {
		return
	}
	var err error
	switch x.declared {
	case "bool":
		var b bool
		if b, err = strconv.ParseBool(v); err == nil {
			x.literal = schema.Literal(b)
		}
	case "int":
		var n int64
		if n, err = strconv.ParseInt(v, 0, 64); err == nil {
			x.literal = schema.Literal(n)
		}
	case "uint":
		var n uint64
		if n, err = strconv.ParseUint(v, 0, 64); err == nil {
			x.literal = schema.Literal(n)
		}
	case "float":
		var n float64
		if n, err = strconv.ParseFloat(v, 64); err == nil {
			x.literal = schema.Literal(n)
		}
	case "string":
		if x.given == text || x.given == uuid || x.given == decimal {
			x.literal = schema.Literal(strings.Trim(strings.Trim(v, "'"), `"`))
		}
	}
	if x.declared == "time" {
		x.literal = timeDefault(v)
	}
	if err != nil {
		g.problem(x.pos, "field %s: the default %q is no value of %s", x.what(), v, spelled(x.typ))
	}
}

// timeDefault is a default that is a date or a time; none if it is SQL.
func timeDefault(v string) schema.Expr {
	for _, layout := range []string{time.DateOnly, time.DateTime, "2006-01-02T15:04:05", time.RFC3339} {
		if t, err := time.Parse(layout, v); err == nil {
			return schema.Literal(t.Format(time.DateTime))
		}
	}
	return schema.NoExpr()
}
