package catalogue

import (
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// columns are changes of columns but for their types.
func columns() (list []Change) {
	add := func(name string, on []testdb.Kind, from, to []schema.TableItem) {
		list = append(list, Change{Group: "column", Name: name, on: on, From: alone(from...), To: alone(to...)})
	}
	def := schema.ServerDefault
	text := schema.String(20)
	a := schema.Column("a", schema.Integer())
	z := schema.Column("z", schema.Integer())
	column := func(name string, on []testdb.Kind, from, to *schema.ColumnDef) {
		add(name, on, items(a, from, z), items(a, to, z))
	}

	add("added", nil, items(a), items(a, c(text)))
	add("added, not null", nil, items(a), items(a, c(text, schema.NotNull())))
	add("added, with a default", nil, items(a), items(a, c(text, schema.NotNull(), def(schema.Literal("it's")))))
	add("added, with the time of now", nil, items(a), items(a, c(schema.DateTime(), schema.NotNull(), def(schema.Now()))))
	add("added in the middle", nil, items(a, z), items(a, c(text), z))
	add("added, with a comment", notSQLite, items(a), items(a, c(text, schema.Comment("why 'it' is"))))
	add("added, stored computed", nil, items(a), items(a, c(schema.Integer(), schema.ComputedAs("a + 1", schema.Stored))))
	add("added, virtual computed", notPG, items(a), items(a, c(schema.Integer(), schema.ComputedAs("a + 1", schema.Virtual))))
	add("dropped", nil, items(a, c(text)), items(a))
	add("dropped, not null with a default", nil, items(a, c(text, schema.NotNull(), def(schema.Literal("x")))), items(a))
	add("dropped, computed", nil, items(a, c(schema.Integer(), schema.ComputedAs("a + 1", schema.Stored))), items(a))
	add("dropped from the middle", nil, items(a, c(text), z), items(a, z))

	column("not null", nil, c(text), c(text, schema.NotNull()))
	column("nullable", nil, c(text, schema.NotNull()), c(text))
	column("default added", nil, c(text), c(text, def(schema.Literal("x"))))
	column("default of another text", nil, c(text, def(schema.Literal("x"))), c(text, def(schema.Literal("y"))))
	column("default of other case", nil, c(text, def(schema.Literal("x"))), c(text, def(schema.Literal("X"))))
	column("default with a quote", nil, c(text, def(schema.Literal("x"))), c(text, def(schema.Literal("it's"))))
	column("default empty", nil, c(text, def(schema.Literal("x"))), c(text, def(schema.Literal(""))))
	column("default of blanks", nil, c(text, def(schema.Literal(""))), c(text, def(schema.Literal(" "))))
	column("default dropped", nil, c(text, def(schema.Literal("x"))), c(text))
	column("default of another number", nil, c(schema.Integer(), def(schema.Literal(1))), c(schema.Integer(), def(schema.Literal(2))))
	column("default negative", nil, c(schema.Integer(), def(schema.Literal(1))), c(schema.Integer(), def(schema.Literal(-1))))
	column("default of another fraction", nil, c(schema.Numeric(6, 2), def(schema.Number("1.25"))), c(schema.Numeric(6, 2), def(schema.Number("1.50"))))
	column("default true", nil, c(schema.Boolean(), def(schema.Literal(false))), c(schema.Boolean(), def(schema.Literal(true))))
	column("default of another day", nil, c(schema.Date(), def(schema.Literal("2026-01-01"))), c(schema.Date(), def(schema.Literal("2026-01-02"))))
	column("default now", nil, c(schema.DateTime(), def(schema.Literal("2026-01-01 00:00:00"))), c(schema.DateTime(), def(schema.Now())))
	column("default no longer now", nil, c(schema.DateTime(), def(schema.Now())), c(schema.DateTime()))
	column("default an expression", nil, c(schema.Integer(), def(schema.Literal(3))), c(schema.Integer(), def(schema.SQL("(1 + 3)"))))
	column("default another expression", nil, c(schema.Integer(), def(schema.SQL("(1 + 2)"))), c(schema.Integer(), def(schema.SQL("(abs(-2) + 2)"))))
	column("null and default at once", nil, c(text), c(text, schema.NotNull(), def(schema.Literal("x"))))
	column("comment added", notSQLite, c(text), c(text, schema.Comment("new")))
	column("comment changed", notSQLite, c(text, schema.Comment("old")), c(text, schema.Comment("new \"one\"")))
	column("comment dropped", notSQLite, c(text, schema.Comment("old")), c(text))

	computed := func(expr string, s schema.Storage) *schema.ColumnDef {
		return c(schema.Integer(), schema.ComputedAs(expr, s))
	}
	again := func(name string, on []testdb.Kind, from, to *schema.ColumnDef, remade ...testdb.Kind) {
		column(name, on, from, to)
		list[len(list)-1].also = map[testdb.Kind]int{}
		for _, k := range remade {
			list[len(list)-1].also[k] = 2 // dropped and added
		}
	}
	again("computed otherwise", nil, computed("a + 1", schema.Stored), computed("a + 2", schema.Stored), testdb.KindPostgres)
	again("computed otherwise, virtual", notPG, computed("a + 1", schema.Virtual), computed("a * 2", schema.Virtual))
	again("computed by other brackets", nil, computed("(a + 1) * 2", schema.Stored), computed("a + 1 * 2", schema.Stored), testdb.KindPostgres)
	again("virtual to stored", notPG, computed("a + 1", schema.Virtual), computed("a + 1", schema.Stored), testdb.KindMySQL, testdb.KindMariaDB)
	again("plain to computed", nil, c(schema.Integer()), computed("a + 1", schema.Stored), testdb.KindPostgres)
	again("plain to virtual", notPG, c(schema.Integer()), computed("a + 1", schema.Virtual), testdb.KindMySQL, testdb.KindMariaDB)
	return list
}

// types are changes of types.
func types() (list []Change) {
	typ := func(name string, on []testdb.Kind, from, to schema.Type) {
		list = append(list, Change{Group: "type", Name: name, on: on, From: alone(c(from), schema.Column("z", schema.Integer())), To: alone(c(to), schema.Column("z", schema.Integer()))})
	}
	typ("longer", nil, schema.String(20), schema.String(50))
	typ("shorter", nil, schema.String(50), schema.String(20))
	typ("string to text", nil, schema.String(20), schema.Text())
	typ("integer to bigint", nil, schema.Integer(), schema.BigInteger())
	typ("integer to smallint", nil, schema.Integer(), schema.SmallInteger())
	typ("integer to string", nil, schema.Integer(), schema.String(20))
	typ("string to integer", nil, schema.String(20), schema.Integer())
	typ("text to integer", nil, schema.Text(), schema.Integer())
	typ("integer to numeric", nil, schema.Integer(), schema.Numeric(10, 0))
	typ("precision", nil, schema.Numeric(10, 2), schema.Numeric(12, 2))
	typ("scale", nil, schema.Numeric(10, 2), schema.Numeric(10, 4))
	typ("numeric to double", nil, schema.Numeric(10, 2), schema.Double())
	typ("float to double", nil, schema.Float(20), schema.Double())
	typ("boolean to integer", nil, schema.Boolean(), schema.Integer())
	typ("boolean to text", nil, schema.Boolean(), schema.Text())
	typ("text to boolean", nil, schema.Text(), schema.Boolean())
	typ("date to datetime", nil, schema.Date(), schema.DateTime())
	typ("datetime to date", nil, schema.DateTime(), schema.Date())
	typ("time to datetime", nil, schema.Time(), schema.DateTime())
	typ("digits of seconds", notSQLite, schema.DateTime(schema.Precision(0)), schema.DateTime(schema.Precision(3)))
	typ("text to date", nil, schema.Text(), schema.Date())
	typ("text to json", nil, schema.Text(), schema.JSON())
	typ("text to binary", nil, schema.Text(), schema.Blob())
	typ("text to uuid", nil, schema.Text(), schema.UUID())
	typ("text to enum", nil, schema.Text(), schema.Enum("mood", "sad", "ok"))
	list[len(list)-1].also = map[testdb.Kind]int{testdb.KindPostgres: 2} // and the type
	typ("enum to text", nil, schema.Enum("mood", "sad", "ok"), schema.Text())
	list[len(list)-1].also = map[testdb.Kind]int{testdb.KindPostgres: 2}
	typ("binary length", onMySQLs, schema.Binary(16), schema.Binary(32))

	many := func(name string, from, to []schema.TableItem, also map[testdb.Kind]int) {
		list = append(list, Change{Group: "type", Name: name, From: alone(from...), To: alone(to...), also: also})
	}
	indexed := schema.Index("ix_c", "c")
	many("of an indexed column", items(c(schema.Integer()), indexed), items(c(schema.BigInteger()), indexed), nil)
	unique := schema.UniqueConstraint("uq_c", "c")
	many("of a unique column", items(c(schema.Integer()), unique), items(c(schema.BigInteger()), unique), nil)
	check := schema.CheckConstraint("ck_c", "c > 0")
	many("of a checked column", items(c(schema.Integer()), check), items(c(schema.BigInteger()), check), nil)
	def := schema.ServerDefault(schema.Literal("5"))
	many("with a default", items(c(schema.String(20), def)), items(c(schema.Integer(), schema.ServerDefault(schema.Literal(5)))), nil)
	g := schema.Column("g", schema.BigInteger(), schema.ComputedAs("c + 1", schema.Stored))
	many("of what another is computed from", items(c(schema.Integer()), g), items(c(schema.BigInteger()), g), map[testdb.Kind]int{testdb.KindPostgres: 3})
	return list
}
