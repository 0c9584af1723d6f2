package postgres_test

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

func id() *schema.ColumnDef {
	return schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())
}

// takes tells whether the server takes a definition.
func takes(d dialect.Dialect, c schema.Constraint) bool {
	_, err := d.Constraint(c, nil)
	return err == nil
}

// tableCases are tables with what only PostgreSQL has.
func tableCases(d dialect.Dialect) (list []dialecttest.TableCase) {
	add := func(name string, tables ...*schema.Table) {
		list = append(list, dialecttest.TableCase{Name: name, Tables: tables})
	}
	t := func(items ...schema.TableItem) *schema.Table { return schema.NewTable("t", items...) }
	a, b, s := schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull()), schema.Column("s", schema.Text())
	low, high := int64(-5), int64(99)

	add("serial", t(schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), postgres.Serial()), schema.Column("n", schema.SmallInteger(), postgres.Serial())))
	add("identity with all options", t(schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.IdentityAs(schema.Identity{
		Always: true, Start: 7, Increment: 3, Min: &low, Max: &high, Cache: 4, Cycle: true,
	}))))
	add("identity downwards", t(schema.Column("id", schema.SmallInteger(), schema.IdentityAs(schema.Identity{Increment: -1}))))
	add("identity that says the default", t(schema.Column("id", schema.Integer(), schema.IdentityAs(schema.Identity{Start: 1, Increment: 1, Cache: 1}))))
	add("enumerations", t(schema.Column("a", schema.Enum("Mood \"1\"", "sad", "ok"), schema.ServerDefault(schema.Literal("ok"))),
		schema.Column("b", schema.Enum("Mood \"1\"", "sad", "ok"), schema.NotNull()),
		schema.Column("c", postgres.Array(schema.Enum("Mood \"1\"", "sad", "ok")), schema.ServerDefault(schema.Literal("{sad}")))))
	add("options", t(id(), schema.Column("x", schema.Text(), postgres.Storage("EXTERNAL"), postgres.Statistics(7)), schema.Column("y", schema.Text(), postgres.Storage("EXTENDED")),
		postgres.Unlogged(), postgres.With("fillfactor", "70"), postgres.With("toast.autovacuum_enabled", "false"), postgres.With("autovacuum_enabled", "off")))
	add("row security", t(id(), postgres.RowSecurity(postgres.OwnerIncluded)), schema.NewTable("u", id(), postgres.RowSecurity(postgres.Others)))
	add("partitioned", t(a.Clone(), schema.Column("at", schema.DateTime(), schema.NotNull()), s.Clone(),
		schema.Index("ix", "s"), postgres.PartitionBy("range (at, lower( s ))")))
	add("inherits", schema.NewTable("parent", a.Clone(), s.Clone(), schema.CheckConstraint("ck", "a > 0")),
		schema.NewTable("t", a.Clone(), s.Clone(), b.Clone(), schema.CheckConstraint("ck", "a > 0"), postgres.Inherits("parent")))
	add("keys", t(a.Clone(), b.Clone(), s.Clone(), schema.PrimaryKeyConstraint("pk", "a").With(
		postgres.Including("b"), postgres.With("fillfactor", "80"), postgres.DeferKey(schema.Deferrable), postgres.ConstraintComment("it's")),
		schema.UniqueConstraint("uq", "b").With(schema.WithDeferral(schema.Deferrable), postgres.Including("s"), postgres.ConstraintComment("u"))))
	add("checks", t(a.Clone(), schema.CheckConstraint("ck1", "a > 0").With(postgres.NoInherit(), postgres.ConstraintComment("c")),
		schema.CheckConstraint("ck2", "a < 9").With(schema.NotValid()), schema.CheckConstraint("ck3", "true")))
	add("foreign keys", schema.NewTable("r", a.Clone(), b.Clone(), schema.UniqueConstraint("", "a", "b")),
		t(schema.Column("x", schema.Integer()), schema.Column("y", schema.Integer()),
			schema.ForeignKeyConstraint("fk1", []string{"x", "y"}, "r", []string{"a", "b"}, schema.Match("full"), schema.WithDeferral(schema.InitiallyDeferred)),
			schema.ForeignKeyConstraint("fk2", []string{"x", "y"}, "r", []string{"a", "b"}, schema.NotValid(), postgres.ConstraintComment("f"))))
	add("exclusions", t(schema.Column("c", postgres.Circle()), schema.Column("r", postgres.Int4Range()), a.Clone(),
		schema.ExcludeConstraint("", schema.Exclude("c", "&&")),
		schema.ExcludeConstraint("x1", schema.Exclude(`"r"`, "&&"), schema.Exclude("box(c)", "&&")).With(
			schema.Where("a > 0 and a < 100"), schema.WithDeferral(schema.Deferrable), postgres.ConstraintComment("x")),
		schema.ExcludeConstraint("x2", schema.Exclude("a + 1", "=")).With(schema.Using("btree"), postgres.Including("c"))))
	add("keys with collations", t(s.Clone(), schema.Column("v", schema.String(20), schema.Collate("C")),
		schema.IndexOn("i", schema.KeyExpr("lower(s)").Collate("C"), schema.KeyExpr("lower(v)").Collate("POSIX").Desc()),
		schema.ExcludeConstraint("x", schema.Exclude(`lower(s) collate "C" text_pattern_ops desc nulls last`, "=")).With(schema.Using("btree"))))
	add("indexes", t(s.Clone(), schema.Column("j", postgres.JSONB()), schema.Column("v", schema.String(20), schema.Collate("C")), a.Clone(), schema.Column("ts", postgres.TSVector()),
		schema.Index("i1", "j").With(schema.Using("gin")),
		schema.IndexOn("i2", schema.Key("j").Op("jsonb_path_ops")).With(schema.Using("GIN"), postgres.With("fastupdate", "off")),
		schema.IndexOn("i3", schema.Key("s").Op("text_pattern_ops").Collate("C").Desc(), schema.Key("v")),
		schema.IndexOn("i4", schema.KeyExpr("lower(v)"), schema.KeyExpr("(a + 1) * 2").Desc().NullsLast(), schema.KeyExpr("CASE WHEN a > 0 THEN 1 END")),
		schema.Index("i5", "s").With(schema.Using("hash"), schema.Comment("it's an index")),
		schema.Index("i6", "s").With(schema.UniqueIndex(), schema.Include("a", "v"), schema.Where("a in (1, 2)"), postgres.With("fillfactor", "50")),
		schema.IndexOn("i7", schema.Key("ts").Op("tsvector_ops(siglen='64')")).With(schema.Using("gist")),
		schema.IndexOn("i8", schema.Key("s").Op("text_ops"), schema.Key("v").Collate("C"), schema.KeyExpr("a")),
		schema.Index("i9", "a").With(schema.Using("brin"), postgres.With("pages_per_range", "8"))))
	add("defaults", t(append(defaults(), a.Clone())...))
	add("expressions", t(append(expressions(), a.Clone(), schema.Column("f", schema.Double()), schema.Column("v", schema.String(9)), s.Clone(),
		schema.Column("at", schema.DateTime(schema.WithTimeZone())), schema.Column("b", schema.Boolean()), schema.Column("order", schema.Integer()),
		schema.Column("d", schema.Date()), schema.Column("Up", postgres.Array(schema.Integer())))...))
	if takes(d, schema.UniqueConstraint("u", "a").With(schema.NullsNotDistinct())) {
		add("nulls not distinct", t(a.Clone(), schema.Index("i", "a").With(schema.UniqueIndex(), schema.NullsNotDistinct())))
		add("set some columns to null", schema.NewTable("r", a.Clone(), b.Clone(), schema.PrimaryKeyConstraint("", "a", "b")),
			t(schema.Column("x", schema.Integer()), schema.Column("y", schema.Integer()),
				schema.ForeignKeyConstraint("fk", []string{"x", "y"}, "r", []string{"a", "b"}, schema.OnDelete(schema.SetNull), schema.OnUpdate(schema.Cascade), postgres.SetColumns("y"))))
	}
	if takes(d, schema.CheckConstraint("c", "a > 0").With(schema.NotEnforced())) {
		add("not enforced", schema.NewTable("r", id()), t(a.Clone(), schema.CheckConstraint("c", "a > 0").With(schema.NotEnforced()),
			schema.ForeignKeyConstraint("fk", []string{"a"}, "r", []string{"id"}, postgres.NotEnforced())))
		add("periods", schema.NewTable("r", schema.Column("k", postgres.Int4Range()), schema.Column("p", postgres.DateRange()), schema.PrimaryKeyConstraint("pk", "k", "p").With(postgres.WithPeriod())),
			t(schema.Column("k", postgres.Int4Range()), schema.Column("p", postgres.DateRange()), schema.UniqueConstraint("u", "k", "p").With(postgres.WithPeriod()),
				schema.ForeignKeyConstraint("fk", []string{"k", "p"}, "r", []string{"k", "p"}, postgres.WithPeriod())))
	}
	return list
}

// defaults are columns whose defaults the server spells its own way.
func defaults() (items []schema.TableItem) {
	n := 0
	add := func(typ schema.Type, e schema.Expr) {
		n++
		items = append(items, schema.Column("d"+string(rune('a'+n)), typ, schema.ServerDefault(e)))
	}
	add(schema.Boolean(), schema.Literal("t"))
	add(schema.Boolean(), schema.SQL("TRUE"))
	add(schema.Boolean(), schema.SQL("not (1 = 2)"))
	add(schema.Boolean(), schema.SQL("length('a') in (1, 2)"))
	add(schema.Boolean(), schema.SQL("(1) is null and (true)"))
	add(schema.Integer(), schema.Literal(" 007 "))
	add(schema.Integer(), schema.SQL("+5"))
	add(schema.BigInteger(), schema.SQL("- 5"))
	add(schema.Numeric(10, 2), schema.Number("1e3"))
	add(schema.Double(), schema.Number("1.50"))
	add(schema.Double(), schema.Number("NaN"))
	add(schema.Float(24), schema.Literal("-inf"))
	add(schema.String(10), schema.SQL("E'a\\\\b'::varchar"))
	add(schema.Text(), schema.SQL("$x$it's$x$"))
	add(postgres.Char(5), schema.Literal("ab"))
	add(schema.Date(), schema.Literal("2026-1-2"))
	add(schema.Date(), schema.SQL("current_date"))
	add(schema.DateTime(), schema.Literal("2026-01-02T03:04:05.5"))
	add(schema.DateTime(schema.WithTimeZone()), schema.Literal("2026-01-02 03:04:05+02"))
	add(schema.DateTime(schema.WithTimeZone()), schema.SQL("now()"))
	add(schema.DateTime(), schema.SQL("now() at time zone 'utc'"))
	add(schema.UUID(), schema.Literal("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"))
	add(postgres.JSONB(), schema.Literal(`{"bb":[1,2.50,"\u00e9\n"],"a":null}`))
	add(schema.JSON(), schema.Literal(`{"a":1}`))
	add(schema.Blob(), schema.Literal([]byte{0, 1, 255}))
	add(schema.Blob(), schema.Literal("abc"))
	add(postgres.Array(schema.Integer()), schema.Literal("{}"))
	add(postgres.Array(schema.Text()), schema.SQL("ARRAY['a', 'b']"))
	add(schema.Text(), schema.SQL("NULL"))
	return items
}

// expressions are checks whose text the server changes more than rules can tell.
func expressions() (items []schema.TableItem) {
	for i, text := range []string{
		"v IN ('a', 'b')", "v NOT IN ('a','b')", "a between 1 and 10", "NOT (a = 1 OR f > 2.5 AND b)", "v LIKE 'a%' or v !~ '^b'",
		"length(v) > 2 AND lower(v) = v", `"order" > 0 and "Up"[1] <> 3`, "a::bigint % 2 = 0", "CAST(f AS integer) > 1", "f > 1.5e3",
		"at > '2020-1-1'", "d > date '2020-01-01'", "coalesce(v, s, 'x') <> ''", "case a when 1 then 'x' else 'y' end = 'x'", "v is not null",
		"(a, f) = (1, 2)", "substring(v from 1 for 2) = 'ab'", "trim(v) <> ''", "extract(year from at) > 2000", "a = any (array[1,2])", "s ~~* 'X%'",
		"position('a' in v) > 0", "b IS TRUE", "-a < +3", "a - -1 > 0", "v || 'x' <> E'a\\\\b'", "a > 0 -- comment", "s COLLATE \"C\" > 'a'",
	} {
		items = append(items, schema.CheckConstraint("ck"+string(rune('A'+i)), text))
	}
	return items
}

// alterCases are changes that only PostgreSQL has, or has in its own way.
func alterCases(d dialect.Dialect) (list []dialecttest.AlterCase) {
	z := schema.Column("z", schema.Integer(), schema.NotNull())
	t := func(items ...schema.TableItem) *schema.Table {
		return schema.NewTable("t", append([]schema.TableItem{z.Clone()}, items...)...)
	}
	add := func(name string, before, after *schema.Table, actions ...ddl.Action) {
		list = append(list, dialecttest.AlterCase{Name: name, Before: before, Actions: actions, After: after})
	}
	column := func(name string, change ddl.Aspect, before, after *schema.ColumnDef) {
		add(name, t(before), t(after), ddl.AlterColumn{Name: "c", Change: change, New: after, Existing: before, Known: ddl.AllAspect})
		add(name+", rest not known", t(before), t(after), ddl.AlterColumn{Name: "c", Change: change, New: after})
	}
	c := func(typ schema.Type, items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column("c", typ, items...)
	}
	def := func(v any) schema.ColumnItem { return schema.ServerDefault(schema.Literal(v)) }
	mood, other := schema.Enum("mood", "sad", "ok"), schema.Enum("other", "sad", "ok", "fine")

	column("text to integer", ddl.TypeAspect|ddl.DefaultAspect, c(schema.Text(), def("5")), c(schema.Integer(), def(6)))
	column("text to integer, default kept out", ddl.TypeAspect|ddl.DefaultAspect, c(schema.Text(), def("5")), c(schema.Integer()))
	column("text to enumeration", ddl.TypeAspect, c(schema.Text(), def("sad")), c(mood, def("sad")))
	column("enumeration to enumeration", ddl.TypeAspect, c(mood, schema.NotNull(), def("sad")), c(other, schema.NotNull(), def("sad")))
	column("enumeration to text", ddl.TypeAspect, c(mood, def("sad")), c(schema.Text(), def("sad")))
	column("boolean to small integer", ddl.TypeAspect, c(schema.Boolean()), c(schema.SmallInteger()))
	column("integer to boolean", ddl.TypeAspect|ddl.DefaultAspect, c(schema.Integer(), def(0)), c(schema.Boolean(), def(false)))
	column("string to text with default", ddl.TypeAspect, c(schema.String(10), def("x")), c(schema.Text(), def("x")))
	column("integer to big integer with default", ddl.TypeAspect, c(schema.Integer(), def(3)), c(schema.BigInteger(), def(3)))
	column("texts to integers", ddl.TypeAspect, c(postgres.Array(schema.Text())), c(postgres.Array(schema.Integer())))
	column("json to jsonb", ddl.TypeAspect, c(schema.JSON(), def("{}")), c(postgres.JSONB(), def("{}")))
	column("collation", ddl.CollationAspect, c(schema.Text()), c(schema.Text(), schema.Collate("C")))
	column("no collation", ddl.CollationAspect, c(schema.Text(), schema.Collate("C")), c(schema.Text()))
	column("add identity", ddl.AutoIncrementAspect, c(schema.Integer(), schema.NotNull()), c(schema.Integer(), schema.NotNull(), schema.AutoIncrement()))
	column("add identity to a nullable column", ddl.AutoIncrementAspect|ddl.NullableAspect, c(schema.Integer()), c(schema.Integer(), schema.NotNull(), schema.AutoIncrement()))
	column("drop identity", ddl.AutoIncrementAspect, c(schema.Integer(), schema.NotNull(), schema.AutoIncrement()), c(schema.Integer(), schema.NotNull()))
	column("drop serial", ddl.AutoIncrementAspect, c(schema.Integer(), schema.NotNull(), postgres.Serial()), c(schema.Integer(), schema.NotNull()))
	column("serial to identity with options", ddl.AutoIncrementAspect|ddl.IdentityAspect, c(schema.Integer(), schema.NotNull(), postgres.Serial()), c(schema.Integer(), schema.IdentityAs(schema.Identity{Always: true, Start: 5})))
	column("change identity", ddl.IdentityAspect, c(schema.Integer(), schema.IdentityAs(schema.Identity{Start: 3})), c(schema.Integer(), schema.IdentityAs(schema.Identity{Always: true, Start: 5, Increment: 2, Cycle: true})))
	column("identity to plain identity", ddl.IdentityAspect|ddl.AutoIncrementAspect, c(schema.Integer(), schema.IdentityAs(schema.Identity{Start: 3, Cache: 5})), c(schema.Integer(), schema.NotNull(), schema.AutoIncrement()))
	column("drop identity with options", ddl.IdentityAspect, c(schema.Integer(), schema.IdentityAs(schema.Identity{Start: 3})), c(schema.Integer(), schema.NotNull()))
	column("bigger identity", ddl.TypeAspect, c(schema.Integer(), schema.NotNull(), schema.AutoIncrement()), c(schema.BigInteger(), schema.NotNull(), schema.AutoIncrement()))
	column("bigger serial", ddl.TypeAspect, c(schema.Integer(), schema.NotNull(), postgres.Serial()), c(schema.BigInteger(), schema.NotNull(), postgres.Serial()))
	column("drop expression", ddl.ComputedAspect, c(schema.Integer(), schema.ComputedAs("z + 1", schema.Stored)), c(schema.Integer()))
	column("settings", ddl.OptionsAspect, c(schema.Text(), postgres.Statistics(5)), c(schema.Text(), postgres.Storage("MAIN")))
	column("settings back", ddl.OptionsAspect, c(schema.Text(), postgres.Storage("MAIN")), c(schema.Text(), postgres.Statistics(5)))
	if _, err := d.Column(schema.Column("c", schema.Integer(), schema.ComputedAs("1", schema.Virtual)), nil); err == nil {
		column("change expression", ddl.ComputedAspect, c(schema.Integer(), schema.ComputedAs("z + 1", schema.Stored)), c(schema.Integer(), schema.ComputedAs("z * 2", schema.Stored)))
	}

	option := func(name string, before, after *schema.Table, o schema.Option) {
		add(name, before, after, ddl.SetOption{Option: o})
	}
	option("unlogged", t(), t(postgres.Unlogged()), postgres.Unlogged())
	option("logged", t(postgres.Unlogged()), t(), postgres.Logged())
	option("parameter", t(), t(postgres.With("fillfactor", "60")), postgres.With("fillfactor", "60"))
	option("no parameter", t(postgres.With("fillfactor", "60")), t(), postgres.With("fillfactor", ""))
	option("row security", t(), t(postgres.RowSecurity(postgres.Others)), postgres.RowSecurity(postgres.Others))
	add("parameter taken away", t(postgres.With("fillfactor", "60"), postgres.Unlogged()), t(), ddl.ResetOption{Option: postgres.With("fillfactor", "60")}, ddl.ResetOption{Option: postgres.Unlogged()})
	add("key without a name", t(schema.Column("k", schema.Integer(), schema.PrimaryKey())), t(schema.Column("k", schema.Integer(), schema.NotNull())), ddl.DropConstraint{Kind: schema.PrimaryKeyKind})
	unique := schema.UniqueConstraint("", "z")
	add("unique without a name", t(unique), t(), ddl.DropConstraint{Kind: schema.UniqueKind, Was: unique})
	option("no row security", t(postgres.RowSecurity(postgres.OwnerIncluded)), t(), postgres.RowSecurity(postgres.NoOne))

	check := schema.CheckConstraint("ck", "z > 0").With(schema.NotValid(), postgres.ConstraintComment("it's"))
	add("constraint with comment", t(), t(check), ddl.AddConstraint{Constraint: check})
	exclude := schema.ExcludeConstraint("x", schema.Exclude("z", "=")).With(schema.Using("btree"))
	add("exclusion", t(), t(exclude), ddl.AddConstraint{Constraint: exclude})
	add("drop exclusion", t(exclude), t(), ddl.DropConstraint{Name: "x", Kind: schema.ExcludeKind})
	extra := schema.Column("e", schema.Text(), schema.NotNull(), def("x"), schema.Comment("new"), postgres.Statistics(3))
	add("several", t(c(schema.Text(), def("1")), schema.Column("d", schema.Text(), def("y")), schema.Column("gone", schema.Integer())),
		t(c(schema.Integer(), schema.NotNull(), def(2)), schema.Column("d", schema.String(5), def("y")), extra, schema.UniqueConstraint("uq", "c")),
		ddl.AlterColumn{Name: "c", Change: ddl.TypeAspect | ddl.NullableAspect | ddl.DefaultAspect, New: c(schema.Integer(), schema.NotNull(), def(2))},
		ddl.AlterColumn{Name: "d", Change: ddl.TypeAspect, New: schema.Column("d", schema.String(5))},
		ddl.AddColumn{Column: extra}, ddl.DropColumn{Name: "gone"}, ddl.AddConstraint{Constraint: schema.UniqueConstraint("uq", "c")})
	return list
}
