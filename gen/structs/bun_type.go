package structs

import (
	"go/types"
	"strings"

	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/typesql"
	"github.com/gomig-dev/gomig/schema"
)

// bunType says what a Go type is to a database as bun sees it, for which a
// generic type that holds a value or none, such as sql.Null, is a struct.
func bunType(t types.Type) goType {
	for {
		p, ok := types.Unalias(t).(*types.Pointer)
		if !ok {
			break
		}
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.TypeArgs().Len() == 0 {
		return classify(t)
	}
	g := underlying(n.Underlying())
	g.typ, g.named = n, n
	return g
}

// columnOf declares the column of a field (CreateTableQuery.AppendQuery). True says
// that its type makes it the primary key, of which bun itself does not know.
func (b *bunReader) columnOf(f *bunField) (out *column, primary bool) {
	c := &schema.ColumnDef{Name: f.column, Nullable: !f.tag.has("notnull") && !f.key}
	if f.tag.has("autoincrement") || f.tag.has("identity") {
		c.AutoIncrement, c.Nullable = f.tag.has("autoincrement") || f.tag.has("identity"), false
	}
	c.Type = b.typeOf(f)
	_, behind := typesql.Split(f.tag.get("type"))
	for _, x := range behind {
		primary = primary || x.Key == typesql.PrimaryKey
		x.Apply(c)
	}
	if d, ok := f.tag.options["default"]; ok && len(d) > 0 {
		c.Default = typesql.Default(d[len(d)-1])
	}
	return &column{field: f.field, name: f.goName, def: c}, primary
}

// typeOf is the type that bun discovers (schema.DiscoverSQLType and what the
// dialects for MySQL and PostgreSQL make of it), or that the tag says.
func (b *bunReader) typeOf(f *bunField) schema.Type {
	if s := f.tag.get("type"); s != "" {
		return bunNamed(s)
	}
	if s := f.tag.get("composite"); s != "" {
		return postgres.Named(s)
	}
	if f.tag.has("hstore") {
		return postgres.HStore()
	}
	varchar := schema.String(255) // mysqldialect's length of what has none
	if f.tag.has("array") && f.typ.elem != nil {
		if e := bunType(f.typ.elem); e.kind != sequence {
			inner := *f
			inner.tag, inner.typ = bunTag{}, e
			return postgres.Array(b.typeOf(&inner).For(postgresName))
		}
	}
	g := f.typ
	switch name := typeName(g.named); {
	case name == "database/sql.NullString":
		return differing(schema.String(0), varchar, schema.String(0))
	case name == "database/sql.NullBool":
		return schema.Boolean()
	case name == "database/sql.NullFloat64":
		return schema.Double()
	case name == "database/sql.NullInt64":
		return schema.BigInteger()
	case name == "encoding/json.RawMessage":
		return differing(schema.JSON(), schema.JSON(), jsonbType)
	case name == "net.IP":
		return differing(schema.String(43), schema.Blob(), postgres.INET())
	case name == "net.IPNet":
		return differing(schema.String(43), varchar, postgres.CIDR())
	case g.kind == moment && (name == "time.Time" || strings.HasSuffix(name, ".NullTime")):
		return differing(schema.DateTime(schema.WithTimeZone()), schema.DateTime(), schema.DateTime(schema.WithTimeZone()))
	}
	return b.byKind(f, underlying(g.typ.Underlying()), varchar)
}

// byKind is the type of a kind of Go types; bun looks at nothing else.
func (b *bunReader) byKind(f *bunField, g goType, varchar schema.Type) schema.Type {
	switch g.kind {
	case boolean:
		return schema.Boolean()
	case integer:
		switch {
		case g.bits <= 16:
			return schema.SmallInteger()
		case g.bits == 32:
			return schema.Integer()
		}
		return schema.BigInteger()
	case floating:
		if g.bits == 32 {
			return differing(schema.Float(0), schema.RawSQL("real"), schema.Float(24))
		}
		return schema.Double()
	case text:
		return differing(schema.String(0), varchar, schema.String(0))
	case binary:
		return schema.Blob()
	case sequence:
		if g.length > 0 {
			return b.array(f, g)
		}
		return differing(schema.JSON(), varchar, jsonbType)
	case mapping, object:
		return differing(schema.JSON(), varchar, jsonbType)
	default:
		b.untyped(f)
		return schema.Text()
	}
}

// array is the type of a Go array, which bun knows on PostgreSQL alone.
func (b *bunReader) array(f *bunField, g goType) schema.Type {
	if isByte(g.elem) && !b.settled(f.field) {
		b.problem(f.pos, `field %s: bun makes no column of %s on MySQL and bytes of it on PostgreSQL; say the type, as in bun:"type:uuid"`, f.what(), spelled(f.field.typ))
	}
	return jsonbType
}

func (b *bunReader) untyped(f *bunField) {
	if !b.settled(f.field) {
		b.problem(f.pos, `field %s: bun has no column type for %s; say one, as in bun:"type:jsonb", or leave it out by bun:"-"`, f.what(), spelled(f.field.typ))
	}
}

// bunNamed is the type that a tag says.
func bunNamed(s string) schema.Type {
	s, _ = typesql.Split(s)
	if inner, ok := strings.CutSuffix(s, "[]"); ok {
		return postgres.Array(sqlType(inner))
	}
	switch strings.ToLower(s) {
	case "varchar", "character varying":
		return differing(schema.String(0), schema.String(255), schema.String(0))
	}
	return sqlType(s)
}
