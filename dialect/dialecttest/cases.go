package dialecttest

import (
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// table shortens the cases.
func table(name string, items ...schema.TableItem) *schema.Table {
	return schema.NewTable(name, items...)
}

func id() *schema.ColumnDef {
	return schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())
}

func one(name string, needs arbitrary.Feature, items ...schema.TableItem) TableCase {
	return TableCase{name, needs, []*schema.Table{table("t", items...)}}
}

// cases is everything a table can say that all databases, or those that do not lack it, keep.
func cases(c Config) []TableCase {
	list := append(keyCases(), referenceCases()...)
	list = append(list, checkCases()...)
	list = append(list, indexCases()...)
	list = append(list, columnCases()...)
	if c.Collation != "" {
		list = append(list, one("collation", 0, id(), schema.Column("a", schema.String(20), schema.Collate(c.Collation)), schema.Column("b", schema.String(20))))
	}
	return list
}

func keyCases() []TableCase {
	a, b := schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull())
	return []TableCase{
		one("no key", 0, schema.Column("a", schema.Integer())),
		one("numbered", 0, id()),
		one("numbered big", 0, schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()), schema.Column("x", schema.Text())),
		one("key not numbered", 0, schema.Column("id", schema.BigInteger(), schema.PrimaryKey())),
		one("string key", 0, schema.Column("code", schema.String(10), schema.PrimaryKey())),
		one("named key", 0, a.Clone(), schema.PrimaryKeyConstraint("pk_t", "a")),
		one("two columns", 0, a.Clone(), b.Clone(), schema.PrimaryKeyConstraint("", "a", "b")),
		one("two columns the other way", 0, a.Clone(), b.Clone(), schema.PrimaryKeyConstraint("pk_t", "b", "a")),
		one("unique", 0, id(), schema.Column("a", schema.Integer(), schema.Unique())),
		one("named uniques", 0, id(), a.Clone(), b.Clone(), schema.UniqueConstraint("uq_b", "b"), schema.UniqueConstraint("uq_ba", "b", "a")),
		one("unique and unique index", 0, id(), a.Clone(), b.Clone(), schema.UniqueConstraint("uq_a", "a"), schema.Index("ux_b", "b").With(schema.UniqueIndex())),
		one("deferrable unique", arbitrary.DeferrableUniques, id(), a.Clone(), schema.UniqueConstraint("uq_a", "a").With(schema.WithDeferral(schema.InitiallyDeferred))),
		one("nulls not distinct", arbitrary.NullsNotDistinct, id(), schema.Column("a", schema.Integer()), schema.UniqueConstraint("uq_a", "a").With(schema.NullsNotDistinct())),
	}
}

func referenceCases() []TableCase {
	parent := func() *schema.Table { return table("parent", id(), schema.Column("name", schema.String(20))) }
	pair := func() *schema.Table {
		return table("parent", schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.String(10), schema.NotNull()), schema.PrimaryKeyConstraint("", "a", "b"))
	}
	with := func(name string, needs arbitrary.Feature, items ...schema.ForeignKeyItem) TableCase {
		fk := schema.ForeignKeyConstraint("fk_p", []string{"p"}, "parent", []string{"id"}, items...)
		return TableCase{name, needs, []*schema.Table{parent(), table("child", id(), schema.Column("p", schema.Integer()), fk)}}
	}
	list := []TableCase{
		{"reference", 0, []*schema.Table{parent(), table("child", id(), schema.Column("p", schema.Integer(), schema.References("parent.id")))}},
		{"two references to one table", 0, []*schema.Table{parent(), table(
			"child", id(), schema.Column("p", schema.Integer(), schema.References("parent.id")),
			schema.Column("q", schema.Integer(), schema.References("parent.id", schema.OnDelete(schema.Cascade))),
		)}},
		{"reference of two columns", 0, []*schema.Table{pair(), table(
			"child", id(), schema.Column("x", schema.String(10)), schema.Column("y", schema.Integer()),
			schema.ForeignKeyConstraint("fk_p", []string{"y", "x"}, "parent", []string{"a", "b"}),
		)}},
		{"self reference", 0, []*schema.Table{table("node", id(), schema.Column("parent", schema.Integer(), schema.References("node.id", schema.OnDelete(schema.Cascade))))}},
		{"reference with an index of its own", 0, []*schema.Table{parent(), table("child", id(), schema.Column("p", schema.Integer(), schema.References("parent.id"), schema.Indexed()))}},
		{"reference with a longer index", 0, []*schema.Table{parent(), table(
			"child", id(), schema.Column("p", schema.Integer(), schema.References("parent.id")), schema.Column("n", schema.Integer()), schema.Index("ix_pn", "p", "n"),
		)}},
		{"reference that is the key", 0, []*schema.Table{parent(), table("child", schema.Column("p", schema.Integer(), schema.PrimaryKey(), schema.References("parent.id")))}},
		{"reference to a unique", 0, []*schema.Table{
			table("parent", id(), schema.Column("code", schema.String(10), schema.NotNull()), schema.UniqueConstraint("uq_code", "code")),
			table("child", id(), schema.Column("code", schema.String(10)), schema.ForeignKeyConstraint("", []string{"code"}, "parent", []string{"code"})),
		}},
		with("match full", arbitrary.MatchFull, schema.Match("FULL")),
		with("deferrable", arbitrary.DeferrableKeys, schema.WithDeferral(schema.Deferrable)),
		with("initially deferred", arbitrary.DeferrableKeys, schema.WithDeferral(schema.InitiallyDeferred)),
		with("set default", arbitrary.SetDefaultAction, schema.OnDelete(schema.SetDefault), schema.OnUpdate(schema.SetDefault)),
	}
	for _, a := range []schema.Action{schema.NoAction, schema.Restrict, schema.Cascade, schema.SetNull} {
		list = append(list, with("on delete "+string(a), 0, schema.OnDelete(a)), with("on update "+string(a), 0, schema.OnUpdate(a)))
	}
	return list
}

func checkCases() []TableCase {
	x, y := schema.Column("x", schema.Integer()), schema.Column("y", schema.Integer())
	check := func(name, expr string) TableCase {
		return one("check "+name, arbitrary.Checks, id(), x.Clone(), y.Clone(), schema.Column("s", schema.String(20)), schema.CheckConstraint("ck_t", expr))
	}
	return []TableCase{
		check("comparison", "x > 0"),
		check("brackets", "((x > 0))"),
		check("logic", "x > 0 AND (y < 10 OR y IS NULL)"),
		check("list", "x IN (1, 2, 3)"),
		check("between", "x between 1 and 10"),
		check("string", "s <> 'it''s'"),
		check("function", "length(s) > 2"),
		check("arithmetic", "x + y * 2 - 1 < 100"),
		check("like", "s LIKE 'a%'"),
		check("case", "CASE WHEN x > 0 THEN y ELSE -y END > 0"),
		one("unnamed check", arbitrary.Checks, id(), x.Clone(), schema.CheckConstraint("", "x <> 3")),
		one("two unnamed checks", arbitrary.Checks, id(), x.Clone(), y.Clone(), schema.CheckConstraint("", "y <> 3"), schema.CheckConstraint("", "x < y")),
		one("check at a column", arbitrary.Checks, id(), schema.Column("x", schema.Integer(), schema.Check("ck_x", "x > 1"))),
	}
}

func indexCases() []TableCase {
	cols := func(items ...schema.TableItem) []schema.TableItem {
		return append([]schema.TableItem{
			id(), schema.Column("a", schema.Integer()), schema.Column("b", schema.Integer()), schema.Column("s", schema.String(40)),
		}, items...)
	}
	return []TableCase{
		one("index", 0, cols(schema.Index("ix_a", "a"))...),
		one("index of two columns", 0, cols(schema.Index("ix_ba", "b", "a"), schema.Index("ix_ab", "a", "b"))...),
		one("unique index", 0, cols(schema.Index("ux_a", "a").With(schema.UniqueIndex()))...),
		one("descending", arbitrary.DescendingIndexes, cols(schema.IndexOn("ix", schema.Key("a").Desc(), schema.Key("b")))...),
		one("nulls order", arbitrary.NullsOrder, cols(schema.IndexOn("ix", schema.Key("a").Desc().NullsLast(), schema.Key("b").NullsFirst()))...),
		one("nulls in their usual order", arbitrary.NullsOrder, cols(schema.IndexOn("ix", schema.Key("a").NullsLast(), schema.Key("b").Desc().NullsFirst()))...),
		one("prefix", arbitrary.PrefixIndexes, cols(schema.IndexOn("ix", schema.Key("s").Prefix(10)))...),
		one("expression", arbitrary.ExpressionIndexes, cols(schema.IndexOn("ix", schema.KeyExpr("lower(s)"), schema.Key("a")))...),
		one("expression with brackets", arbitrary.ExpressionIndexes, cols(schema.IndexOn("ix", schema.KeyExpr("(a + b)").Desc()))...),
		one("partial", arbitrary.PartialIndexes, cols(schema.Index("ix", "a").With(schema.Where("b > 0")))...),
		one("partial unique", arbitrary.PartialIndexes, cols(schema.Index("ix", "a").With(schema.UniqueIndex(), schema.Where("(s IS NOT NULL)")))...),
		one("include", arbitrary.IncludeColumns, cols(schema.Index("ix", "a").With(schema.Include("b", "s")))...),
	}
}

func columnCases() []TableCase {
	n := schema.Column("n", schema.Integer(), schema.NotNull())
	return []TableCase{
		one("not null", 0, id(), schema.Column("a", schema.String(10), schema.NotNull()), schema.Column("b", schema.String(10))),
		one("not null with default", 0, id(), schema.Column("a", schema.String(10), schema.NotNull(), schema.ServerDefault(schema.Literal("x")))),
		one("comments", arbitrary.Comments, id(), schema.Column("a", schema.Integer(), schema.Comment("it's \"a\"; -- \\ é\nline")), schema.Comment("the 'table'")),
		one("stored", arbitrary.StoredColumns, id(), n.Clone(), schema.Column("g", schema.BigInteger(), schema.ComputedAs("n * 2", schema.Stored))),
		one("virtual", arbitrary.VirtualColumns, id(), n.Clone(), schema.Column("g", schema.BigInteger(), schema.ComputedAs("n * 2", schema.Virtual))),
		one("virtual in an index", arbitrary.VirtualColumns|arbitrary.VirtualIndexes, id(), n.Clone(), schema.Column("g", schema.BigInteger(), schema.ComputedAs("n * 2", schema.Virtual)), schema.Index("ix_g", "g")),
		one("identity", arbitrary.IdentityColumns, schema.Column("id", schema.BigInteger(), schema.IdentityAs(schema.Identity{Always: true, Start: 10, Increment: 5}), schema.PrimaryKey())),
		one("identity without options", arbitrary.IdentityColumns, schema.Column("id", schema.Integer(), schema.IdentityAs(schema.Identity{}), schema.PrimaryKey())),
	}
}
