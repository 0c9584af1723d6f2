package catalogue

import (
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// keys are changes of keys and checks.
func keys() (list []Change) {
	add := func(name string, on []testdb.Kind, directives int, from, to []schema.TableItem) {
		list = append(list, Change{Group: "constraint", Name: name, on: on, directives: directives, From: with(from...), To: with(to...)})
	}
	a, b := schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull())
	plus := func(extra ...schema.TableItem) []schema.TableItem { return append(items(a, b), extra...) }
	uq, ck := schema.UniqueConstraint, schema.CheckConstraint

	add("unique added", nil, 1, plus(), plus(uq("uq_a", "a")))
	add("unique without a name", nil, 1, plus(), plus(uq("", "a")))
	add("unique dropped", nil, 1, plus(uq("uq_a", "a")), plus())
	add("unique over another column", nil, 2, plus(uq("uq_a", "a")), plus(uq("uq_a", "b")))
	add("unique over one more column", nil, 2, plus(uq("uq_a", "a")), plus(uq("uq_a", "a", "b")))
	add("unique of another name", nil, 2, plus(uq("uq_a", "a")), plus(uq("uq_b", "a")))
	add("unique constraint to unique index", notMySQLs, 2, plus(uq("uq_a", "a")), plus(schema.Index("uq_a", "a").With(schema.UniqueIndex())))
	add("check added", nil, 1, plus(), plus(ck("ck_a", "a > 0")))
	add("check without a name", nil, 1, plus(), plus(ck("", "a > 0")))
	add("check dropped", nil, 1, plus(ck("ck_a", "a > 0")), plus())
	add("check dropped, without a name", nil, 1, plus(ck("", "a > 0")), plus())
	add("check of another bound", nil, 2, plus(ck("ck_a", "a > 0")), plus(ck("ck_a", "a > 1")))
	add("check of another operator", nil, 2, plus(ck("ck_a", "a > 0")), plus(ck("ck_a", "a >= 0")))
	add("check of another column", nil, 2, plus(ck("ck_a", "a > 0")), plus(ck("ck_a", "b > 0")))
	add("check by other brackets", nil, 2, plus(ck("ck_a", "(a > 0 OR b > 0) AND a < 9")), plus(ck("ck_a", "a > 0 OR b > 0 AND a < 9")))
	add("check changed, without a name", nil, 2, plus(ck("", "a > 0")), plus(ck("", "a > 1")))
	add("check of another name", nil, 2, plus(ck("ck_a", "a > 0")), plus(ck("ck_b", "a > 0")))
	add("check of a list", nil, 2, plus(ck("ck_a", "a IN (1, 2)")), plus(ck("ck_a", "a IN (1, 2, 3)")))

	fk := func(name string, extra ...schema.ForeignKeyItem) *schema.ForeignKeyDef {
		return schema.ForeignKeyConstraint(name, []string{"r"}, "p", []string{"id"}, extra...)
	}
	r := schema.Column("r", schema.Integer())
	ref := func(extra ...schema.TableItem) []schema.TableItem { return append(items(a, b, r), extra...) }
	add("foreign key added", nil, 1, ref(), ref(fk("fk_r")))
	add("foreign key without a name", nil, 1, ref(), ref(fk("")))
	add("foreign key dropped", nil, 1, ref(fk("fk_r")), ref())
	add("foreign key dropped, without a name", nil, 1, ref(fk("")), ref())
	add("foreign key with its column", nil, 2, plus(), ref(fk("fk_r")))
	add("foreign key on delete", nil, 2, ref(fk("fk_r")), ref(fk("fk_r", schema.OnDelete(schema.Cascade))))
	add("foreign key on delete, another", nil, 2, ref(fk("fk_r", schema.OnDelete(schema.Cascade))), ref(fk("fk_r", schema.OnDelete(schema.SetNull))))
	add("foreign key on update", nil, 2, ref(fk("fk_r")), ref(fk("fk_r", schema.OnUpdate(schema.Cascade))))
	add("foreign key to another column", nil, 2, ref(fk("fk_r")), ref(schema.ForeignKeyConstraint("fk_r", []string{"b"}, "p", []string{"id"})))
	add("foreign key to the table itself", nil, 2, ref(fk("fk_r")), ref(schema.ForeignKeyConstraint("fk_r", []string{"r"}, "t", []string{"id"})))
	list = append(list, Change{
		Group: "constraint", Name: "foreign key of two columns", From: withPair(plus()...),
		To: withPair(plus(schema.ForeignKeyConstraint("fk_ab", []string{"a", "b"}, "p", []string{"x", "y"}))...),
	})
	add("foreign key deferrable", notMySQLs, 2, ref(fk("fk_r")), ref(fk("fk_r", schema.WithDeferral(schema.InitiallyDeferred))))

	table := func(name string, on []testdb.Kind, directives int, from, to *schema.Table) {
		list = append(list, Change{Group: "primary key", Name: name, on: on, directives: directives, From: tables(from), To: tables(to)})
	}
	keyed := func(extra ...schema.TableItem) *schema.Table {
		return schema.NewTable("t", append(items(a, b), extra...)...)
	}
	pk := schema.PrimaryKeyConstraint
	table("added", nil, 1, keyed(), keyed(pk("pk_t", "a")))
	table("dropped", nil, 1, keyed(pk("pk_t", "a")), keyed())
	table("over another column", nil, 2, keyed(pk("pk_t", "a")), keyed(pk("pk_t", "b")))
	table("over one more column", nil, 2, keyed(pk("pk_t", "a")), keyed(pk("pk_t", "a", "b")))
	table("in another order", nil, 2, keyed(pk("pk_t", "a", "b")), keyed(pk("pk_t", "b", "a")))
	table("of another name", notMySQLs, 2, keyed(pk("pk_t", "a", "b")), keyed(pk("pk_other", "a", "b")))
	number := func(n ...schema.ColumnItem) *schema.Table {
		return schema.NewTable("t", schema.Column("id", schema.Integer(), append(n, schema.PrimaryKey())...), a)
	}
	table("numbered", notSQLite, 1, number(), number(schema.AutoIncrement()))
	table("no longer numbered", notSQLite, 1, number(schema.AutoIncrement()), number())
	return list
}

// indexes are changes of indexes.
func indexes() (list []Change) {
	a, b := schema.Column("a", schema.Integer()), schema.Column("b", schema.String(60))
	add := func(name string, on []testdb.Kind, directives int, from, to *schema.IndexDef) {
		side := func(i *schema.IndexDef) []*schema.Table {
			if i == nil {
				return alone(a, b)
			}
			return alone(a, b, i)
		}
		list = append(list, Change{Group: "index", Name: name, on: on, directives: directives, From: side(from), To: side(to)})
	}
	ix, on, key, expr := schema.Index, schema.IndexOn, schema.Key, schema.KeyExpr
	add("added", nil, 1, nil, ix("ix", "a"))
	add("added, unique", nil, 1, nil, ix("ix", "a").With(schema.UniqueIndex()))
	add("dropped", nil, 1, ix("ix", "a"), nil)
	add("unique", nil, 2, ix("ix", "a"), ix("ix", "a").With(schema.UniqueIndex()))
	add("over another column", nil, 2, ix("ix", "a"), ix("ix", "b"))
	add("over one more column", nil, 2, ix("ix", "a"), ix("ix", "a", "b"))
	add("in another order", nil, 2, ix("ix", "a", "b"), ix("ix", "b", "a"))
	add("descending", nil, 2, ix("ix", "a"), on("ix", key("a").Desc()))
	add("of another name", nil, 2, ix("ix", "a"), ix("ix2", "a"))
	add("expression added", notMariaDB, 1, nil, on("ix", expr("(lower(b))")))
	add("expression dropped", notMariaDB, 1, on("ix", expr("(lower(b))")), nil)
	add("expression changed", notMariaDB, 2, on("ix", expr("(lower(b))")), on("ix", expr("(upper(b))")))
	add("column to expression", notMariaDB, 2, ix("ix", "a"), on("ix", expr("(a + 1)")))
	add("predicate added", notMySQLs, 2, ix("ix", "a"), ix("ix", "a").With(schema.Where("a > 0")))
	add("predicate changed", notMySQLs, 2, ix("ix", "a").With(schema.Where("a > 0")), ix("ix", "a").With(schema.Where("a > 1")))
	add("predicate dropped", notMySQLs, 2, ix("ix", "a").With(schema.Where("a > 0")), ix("ix", "a"))
	add("predicate of null", notMySQLs, 2, ix("ix", "a").With(schema.Where("a IS NULL")), ix("ix", "a").With(schema.Where("a IS NOT NULL")))
	return list
}

// wholeTables are changes of whole tables.
func wholeTables() (list []Change) {
	add := func(name string, on []testdb.Kind, directives int, from, to []*schema.Table) {
		list = append(list, Change{Group: "table", Name: name, on: on, directives: directives, From: from, To: to})
	}
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())
	table := func(name string, extra ...schema.TableItem) *schema.Table {
		return schema.NewTable(name, append(items(id), extra...)...)
	}
	ref := func(to string) schema.TableItem {
		return schema.Column(to+"_id", schema.Integer(), schema.References(to+".id", schema.Named("fk_"+to)))
	}
	a := table("a")
	add("added", nil, 1, tables(a), tables(a, table("b")))
	add("dropped", nil, 1, tables(a, table("b")), tables(a))
	add("added with a reference", nil, 1, tables(a), tables(a, table("b", ref("a"))))
	add("added with an index", nil, 2, tables(a), tables(a, table("b", schema.Column("x", schema.Integer()), schema.Index("ix_b", "x"))))
	add("two added that refer to each other", nil, 3, tables(a), tables(a, table("b", ref("d")), table("d", ref("b"))))
	list[len(list)-1].also = map[testdb.Kind]int{testdb.KindSQLite: 2}
	add("one added that refers to itself", nil, 1, tables(a), tables(a, table("b", ref("b"))))
	add("referring table dropped with the one it refers to", nil, 2, tables(a, table("b"), table("d", ref("b"))), tables(a))
	add("added, and referred to", nil, 3, tables(a), tables(table("a", ref("b")), table("b")))
	add("comment added", notSQLite, 1, tables(a), tables(table("a", schema.Comment("it's \"new\""))))
	add("comment changed", notSQLite, 1, tables(table("a", schema.Comment("old"))), tables(table("a", schema.Comment("new"))))
	add("comment dropped", notSQLite, 1, tables(table("a", schema.Comment("old"))), tables(a))
	return list
}
