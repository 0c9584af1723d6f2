package structs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/internal/typesql"
	"github.com/gomig-dev/gomig/schema"
)

// The names of the databases that types have variants for.
const (
	mysqlName    = "mysql"
	postgresName = "postgresql"
)

var (
	longText  = mysql.LongText()
	jsonbType = postgres.JSONB()
)

// differing is a type with variants where MySQL or PostgreSQL has another one.
func differing(generic, onMySQL, onPostgres schema.Type) schema.Type {
	t := generic
	if !onMySQL.Equal(generic) {
		t = t.WithVariant(mysqlName, onMySQL)
	}
	if !onPostgres.Equal(generic) {
		t = t.WithVariant(postgresName, onPostgres)
	}
	return t
}

// columnOf declares the column of a field (Migrator.FullDataTypeOf).
func (g *gormReader) columnOf(f *gormField) *schema.ColumnDef {
	c := &schema.ColumnDef{Name: f.column, Nullable: !f.notNull && !f.primary, AutoIncrement: f.increment, Comment: f.set.get("COMMENT")}
	g.typeOf(f, c)
	switch {
	case !f.literal.IsZero():
		c.Default = f.literal
	case f.fallback != "" && f.fallback != "(-)":
		c.Default = typesql.Default(f.fallback)
	}
	if how, ok := f.set.lookup("GENERATED"); ok {
		generatedAs(c, strings.TrimSpace(how))
	}
	if c.AutoIncrement || c.Identity != nil {
		c.Nullable = false
	}
	return c
}

// generatedAs reads the tag generated of GORM's driver for PostgreSQL.
func generatedAs(c *schema.ColumnDef, how string) {
	switch strings.ToLower(how) {
	case "identity", "identity by default":
		c.AutoIncrement = true
	case "identity always":
		c.AutoIncrement, c.Identity = false, &schema.Identity{Always: true}
	default:
		c.Computed = &schema.Computed{Expr: how, Storage: schema.Stored}
	}
}

// typeOf sets the type of a column (Dialector.DataTypeOf of the drivers for MySQL and PostgreSQL).
func (g *gormReader) typeOf(f *gormField, c *schema.ColumnDef) {
	if !f.known.IsZero() {
		c.Type = f.known
		return
	}
	switch f.data {
	case "bool":
		c.Type = schema.Boolean()
	case "int", "uint":
		c.Type = gormInteger(f)
	case "float":
		c.Type = gormFloat(f)
	case "string":
		c.Type = gormString(f)
	case "time":
		c.Type = gormTime(f)
	case "bytes":
		c.Type = gormBytes(f)
	default:
		g.customType(f, c)
	}
}

func gormInteger(f *gormField) schema.Type {
	unsigned := f.data == "uint"
	mine := func(t schema.Type) schema.Type {
		if unsigned {
			return mysql.Unsigned(t)
		}
		return t
	}
	var on schema.Type
	switch size := f.size; {
	case size <= 8:
		on = mine(mysql.TinyInteger())
	case size <= 16:
		on = mine(schema.SmallInteger())
	case size <= 24:
		on = mine(mysql.MediumInteger())
	case size <= 32:
		on = mine(schema.Integer())
	default:
		on = mine(schema.BigInteger())
	}
	size := f.size
	if unsigned {
		size++ // it takes a wider type to hold it
	}
	generic := schema.BigInteger()
	switch {
	case size <= 16:
		generic = schema.SmallInteger()
	case size <= 32:
		generic = schema.Integer()
	}
	return differing(generic, on, generic)
}

func gormFloat(f *gormField) schema.Type {
	if f.precision > 0 {
		return schema.Numeric(f.precision, f.scale)
	}
	t := schema.Double()
	if f.size <= 32 {
		t = schema.Float(0)
	}
	return differing(t, t, schema.Numeric(0, 0))
}

func gormString(f *gormField) schema.Type {
	const (
		indexable  = 191 // characters of utf8mb4 that fit an old index
		maxVarchar = 10485760
		medium     = 1 << 24
	)
	onPostgres := schema.Text()
	if f.size > 0 && f.size <= maxVarchar {
		onPostgres = schema.String(f.size)
	}
	size := f.size
	if size == 0 && (f.primary || f.hasDefault || f.set.get("INDEX") != "" || f.set.get("UNIQUE") != "") {
		size = indexable
	}
	onMySQL := longText
	switch {
	case size >= 65536 && size <= medium:
		onMySQL = mysql.MediumText()
	case size > 0 && size <= medium:
		onMySQL = schema.String(size)
	}
	return differing(onPostgres, onMySQL, onPostgres)
}

func gormTime(f *gormField) schema.Type {
	const milliseconds = 3
	onPostgres := schema.DateTime(schema.WithTimeZone())
	precision := f.precision
	if precision > 0 {
		onPostgres = schema.DateTime(schema.Precision(precision), schema.WithTimeZone())
	} else if f.set.get("PRECISION") == "" {
		precision = milliseconds
	}
	onMySQL := schema.DateTime()
	if precision > 0 {
		onMySQL = schema.DateTime(schema.Precision(precision))
	}
	return differing(onPostgres, onMySQL, onPostgres)
}

func gormBytes(f *gormField) schema.Type {
	on := mysql.LongBlob()
	switch {
	case f.size > 0 && f.size < 65536:
		on = schema.Binary(f.size)
	case f.size >= 65536 && f.size <= 1<<24:
		on = mysql.MediumBlob()
	}
	return differing(schema.Blob(), on, schema.Blob())
}

// customType is a type in SQL, with what people write into it besides.
func (g *gormReader) customType(f *gormField, c *schema.ColumnDef) {
	text, behind := typesql.Split(f.data)
	for _, x := range behind {
		if x.Key == typesql.PrimaryKey {
			f.primary = true
			f.schema.addPrimary(f)
		}
		x.Apply(c)
	}
	switch strings.ToLower(text) {
	case "smallserial", "serial2":
		c.Type, c.AutoIncrement = schema.SmallInteger(), true
	case "serial", "serial4":
		c.Type, c.AutoIncrement = schema.Integer(), true
	case "bigserial", "serial8":
		c.Type, c.AutoIncrement = schema.BigInteger(), true
	default:
		c.Type = sqlType(text)
	}
}

func (s *gormSchema) addPrimary(f *gormField) {
	if !slices.Contains(s.primaries, f) {
		s.primaries = append(s.primaries, f)
	}
}

var sizedType = pattern.Lazy(`^([a-z ]+?) ?\( ?([0-9]+)(?: ?, ?([0-9]+))? ?\)$`)

// sqlType is a type in SQL, in gomig's own words where all databases mean the same by it.
func sqlType(s string) schema.Type {
	lower := strings.ToLower(strings.Join(strings.Fields(s), " "))
	switch lower {
	case "text":
		return schema.Text()
	case "bigint":
		return schema.BigInteger()
	case "int", "integer":
		return schema.Integer()
	case "smallint":
		return schema.SmallInteger()
	case "bool", "boolean":
		return schema.Boolean()
	case "date":
		return schema.Date()
	case "json":
		return schema.JSON()
	case "jsonb":
		return jsonbType
	case "uuid":
		return schema.UUID()
	case "double precision":
		return schema.Double()
	case "timestamptz", "timestamp with time zone":
		return schema.DateTime(schema.WithTimeZone())
	}
	if m := sizedType().FindStringSubmatch(lower); m != nil {
		n, _ := strconv.Atoi(m[2])
		scale, _ := strconv.Atoi(m[3])
		switch {
		case (m[1] == "varchar" || m[1] == "character varying") && m[3] == "":
			return schema.String(n)
		case m[1] == "decimal" || m[1] == "numeric":
			return schema.Numeric(n, scale)
		}
	}
	return schema.RawSQL(s)
}
