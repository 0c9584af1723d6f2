package catalogue

import (
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// postgresOnly are changes of what only PostgreSQL has.
func postgresOnly() (list []Change) {
	group, directives := "", 1
	add := func(name string, from, to []schema.TableItem) {
		list = append(list, Change{Group: group, Name: name, on: onPostgres, directives: directives, From: alone(from...), To: alone(to...)})
	}
	one := func(name string, from, to schema.TableItem) { add(name, items(from), items(to)) }
	column := func(opts ...schema.ColumnItem) schema.TableItem { return c(schema.Text(), opts...) }

	group = "PostgreSQL identity"
	id := func(i schema.Identity) schema.TableItem {
		return c(schema.BigInteger(), schema.NotNull(), schema.IdentityAs(i))
	}
	plain := c(schema.BigInteger(), schema.NotNull())
	one("added", plain, id(schema.Identity{}))
	one("dropped", id(schema.Identity{}), plain)
	one("always", id(schema.Identity{}), id(schema.Identity{Always: true}))
	one("start", id(schema.Identity{}), id(schema.Identity{Start: 100}))
	one("increment", id(schema.Identity{}), id(schema.Identity{Increment: 5}))
	one("minimum", id(schema.Identity{}), id(schema.Identity{Min: schema.Bound(-10)}))
	one("maximum", id(schema.Identity{}), id(schema.Identity{Max: schema.Bound(1000)}))
	one("cache", id(schema.Identity{}), id(schema.Identity{Cache: 20}))
	one("cycle", id(schema.Identity{}), id(schema.Identity{Cycle: true}))

	group = "PostgreSQL column"
	one("collation", column(), column(schema.Collate("C")))
	one("collation dropped", column(schema.Collate("C")), column())
	one("storage", column(), column(postgres.Storage("EXTERNAL")))
	one("statistics", column(), column(postgres.Statistics(500)))
	one("compression", column(), column(postgres.Compression("pglz")))

	group = "PostgreSQL type"
	typ := func(name string, from, to schema.Type) { one(name, c(from), c(to)) }
	typ("json to jsonb", schema.JSON(), postgres.JSONB())
	typ("text to array", schema.Text(), postgres.Array(schema.Text()))
	typ("array of other elements", postgres.Array(schema.Integer()), postgres.Array(schema.BigInteger()))
	typ("time to time with zone", schema.Time(), schema.DateTime(schema.WithTimeZone()))
	typ("with time zone", schema.DateTime(), schema.DateTime(schema.WithTimeZone()))
	typ("numeric to money", schema.Numeric(10, 2), postgres.Money())
	typ("inet to cidr", postgres.INET(), postgres.CIDR())
	typ("text to inet", schema.Text(), postgres.INET())
	typ("char length", postgres.Char(2), postgres.Char(3))
	typ("varchar to char", schema.String(3), postgres.Char(3))
	typ("bits", postgres.Bit(4), postgres.VarBit(8))
	typ("fields of an interval", postgres.Interval(""), postgres.Interval("YEAR TO MONTH"))
	typ("integer to boolean", schema.Integer(), schema.Boolean())
	typ("uuid to bytes", schema.UUID(), schema.Blob())
	typ("text to tsvector", schema.Text(), postgres.TSVector())
	directives = 2 // dropped and added: nothing converts
	typ("integer to date", schema.Integer(), schema.Date())
	typ("date to boolean", schema.Date(), schema.Boolean())

	group, directives = "PostgreSQL index", 2
	a, b := schema.Column("a", schema.Integer()), schema.Column("b", schema.Text())
	index := func(name string, from, to *schema.IndexDef) { add(name, items(a, b, from), items(a, b, to)) }
	ix, on, key := schema.Index, schema.IndexOn, schema.Key
	index("method", ix("ix", "a"), ix("ix", "a").With(schema.Using("hash")))
	index("operator class", ix("ix", "b"), on("ix", key("b").Op("text_pattern_ops")))
	index("collation", ix("ix", "b"), on("ix", key("b").Collate("C")))
	index("nulls first", ix("ix", "a"), on("ix", key("a").NullsFirst()))
	index("include", ix("ix", "a"), ix("ix", "a").With(schema.Include("b")))
	index("nulls not distinct", ix("ix", "a").With(schema.UniqueIndex()), ix("ix", "a").With(schema.UniqueIndex(), schema.NullsNotDistinct()))
	index("fillfactor", ix("ix", "a"), ix("ix", "a").With(postgres.With("fillfactor", "70")))
	index("comment", ix("ix", "a"), ix("ix", "a").With(schema.Comment("why")))
	index("predicate with a cast", ix("ix", "a").With(schema.Where("b = 'x'")), ix("ix", "a").With(schema.Where("b = 'y'")))

	group = "PostgreSQL constraint"
	rows := func(name string, from, to schema.TableItem) { add(name, items(a, b, from), items(a, b, to)) }
	uq := func(opts ...schema.ConstraintItem) schema.TableItem {
		return schema.UniqueConstraint("uq", "a").With(opts...)
	}
	rows("unique deferrable", uq(), uq(schema.WithDeferral(schema.InitiallyDeferred)))
	rows("unique nulls not distinct", uq(), uq(schema.NullsNotDistinct()))
	rows("unique including", uq(), uq(postgres.Including("b")))
	rows("unique commented", uq(), uq(postgres.ConstraintComment("why")))
	ck := func(opts ...schema.ConstraintItem) schema.TableItem {
		return schema.CheckConstraint("ck", "a > 0").With(opts...)
	}
	rows("check not inherited", ck(), ck(postgres.NoInherit()))
	rows("check commented", ck(), ck(postgres.ConstraintComment("why")))
	fk := func(opts ...schema.ForeignKeyItem) schema.TableItem {
		return schema.ForeignKeyConstraint("fk", []string{"x", "y"}, "p", []string{"x", "y"}, opts...)
	}
	refer := func(name string, from, to schema.TableItem) {
		x, y := schema.Column("x", schema.Integer()), schema.Column("y", schema.Integer())
		list = append(list, Change{
			Group: group, Name: name, on: onPostgres, directives: directives,
			From: withPair(x, y, from), To: withPair(x, y, to),
		})
	}
	refer("foreign key match full", fk(), fk(schema.Match("FULL")))
	refer("foreign key set default", fk(), fk(schema.OnDelete(schema.SetDefault)))
	refer("foreign key set null of one column", fk(schema.OnDelete(schema.SetNull)), fk(schema.OnDelete(schema.SetNull), postgres.SetColumns("y")))
	refer("foreign key initially deferred", fk(schema.WithDeferral(schema.Deferrable)), fk(schema.WithDeferral(schema.InitiallyDeferred)))
	exclude := func(where string) schema.TableItem {
		return schema.ExcludeConstraint("ex", schema.Exclude("during", "&&")).With(schema.Where(where))
	}
	span := schema.Column("during", postgres.TSRange())
	add("exclusion changed", items(a, span, exclude("a > 0")), items(a, span, exclude("a > 1")))
	directives = 1
	add("exclusion added", items(a, span), items(a, span, exclude("a > 0")))
	add("exclusion dropped", items(a, span, exclude("a > 0")), items(a, span))

	group = "PostgreSQL table"
	one("fillfactor", postgres.With("fillfactor", "80"), postgres.With("fillfactor", "70"))
	add("fillfactor added", items(a), items(a, postgres.With("fillfactor", "70")))
	add("autovacuum", items(a), items(a, postgres.With("autovacuum_enabled", "false")))
	add("unlogged", items(a), items(a, postgres.Unlogged()))
	add("row security", items(a), items(a, postgres.RowSecurity(postgres.Others)))
	return list
}

// enums are changes of enumerations where they are types of their own, and elsewhere.
func enums() (list []Change) {
	mood := func(values ...string) schema.Type { return schema.Enum("mood", values...) }
	add := func(name string, directives int, from, to []schema.TableItem) {
		list = append(list, Change{Group: "enumeration", Name: name, directives: directives, From: alone(from...), To: alone(to...)})
	}
	one := func(name string, from, to schema.TableItem) {
		add(name, 1, items(from), items(to))
		list[len(list)-1].on = notSQLite // where it is a VARCHAR that is long enough for each
	}
	one("value added", c(mood("sad", "ok")), c(mood("sad", "ok", "happy")))
	one("value added before others", c(mood("sad", "ok")), c(mood("awful", "sad", "ok")))
	one("value added between others", c(mood("sad", "ok")), c(mood("sad", "so so", "ok")))
	one("value removed", c(mood("sad", "ok", "happy")), c(mood("sad", "happy")))
	one("value put in place of another", c(mood("sad", "ok")), c(mood("sad", "fine")))
	one("values in another order", c(mood("sad", "ok", "happy")), c(mood("happy", "ok", "sad")))
	one("value of other case", c(mood("sad", "ok")), c(mood("sad", "OK")))
	add("of two columns", 2, items(schema.Column("a", mood("sad", "ok")), schema.Column("b", mood("sad", "ok"))),
		items(schema.Column("a", mood("sad", "ok", "x")), schema.Column("b", mood("sad", "ok", "x"))))
	list[len(list)-1].on = notSQLite
	def := func(v string) schema.ColumnItem { return schema.ServerDefault(schema.Literal(v)) }
	add("value added that is the default", 3, items(c(mood("sad", "ok"), def("ok"))), items(c(mood("sad", "ok", "happy"), def("happy"))))
	add("value removed that was the default", 3, items(c(mood("sad", "ok"), def("ok"))), items(c(mood("sad"), def("sad"))))
	pg := func(name string, from, to []schema.TableItem) {
		add(name, 3, from, to)
		list[len(list)-1].on = onPostgres
	}
	check := schema.CheckConstraint("ck", "c <> 'sad'")
	pg("value removed beside a check", items(c(mood("sad", "ok", "x")), check), items(c(mood("sad", "ok")), check))
	index := schema.Index("ix", "id").With(schema.Where("c = 'sad'"))
	pg("values reordered beside a predicate", items(c(mood("sad", "ok")), index), items(c(mood("ok", "sad")), index))
	g := schema.Column("g", schema.Boolean(), schema.ComputedAs("c = 'sad'", schema.Stored))
	pg("value removed that another is computed from", items(c(mood("sad", "ok", "x")), g), items(c(mood("sad", "ok")), g))
	pg("enumeration to another", items(c(schema.Enum("mood", "sad", "ok"))), items(c(schema.Enum("feeling", "ok", "bad"))))
	return list
}
