package mysql_test

import (
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/schema"
)

func id() *schema.ColumnDef {
	return schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())
}

func tableCase(name string, items ...schema.TableItem) dialecttest.TableCase {
	return dialecttest.TableCase{Name: name, Tables: []*schema.Table{schema.NewTable("t", append([]schema.TableItem{id()}, items...)...)}}
}

// keyCase is a table whose primary key has options; options of the table may stand among them.
func keyCase(name string, options ...any) dialecttest.TableCase {
	key := schema.PrimaryKeyConstraint("", "a", "s")
	items := []schema.TableItem{schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("s", schema.String(20), schema.NotNull()), key}
	for _, o := range options {
		switch o := o.(type) {
		case schema.ConstraintItem:
			key.With(o)
		case schema.TableItem:
			items = append(items, o)
		}
	}
	return dialecttest.TableCase{Name: name, Tables: []*schema.Table{schema.NewTable("t", items...)}}
}

func columnCase(name string, t schema.Type, items ...schema.ColumnItem) dialecttest.TableCase {
	return tableCase(name, schema.Column("c", t, items...), schema.Column("z", schema.Integer()))
}

func defaults(value schema.Expr) schema.ColumnItem { return schema.ServerDefault(value) }

// ownCases are tables that only this family has, on both servers.
func ownCases() []dialecttest.TableCase {
	return append(optionCases(), append(defaultCases(), indexCases()...)...)
}

func optionCases() []dialecttest.TableCase {
	str := schema.Column("s", schema.String(20))
	point := schema.Column("p", mysql.Geometry(mysql.Point), schema.NotNull())
	return []dialecttest.TableCase{
		tableCase("engine", str, mysql.Engine("myisam")),
		tableCase("default engine", str, mysql.Engine("InnoDB")),
		tableCase("memory", str, mysql.Engine("MEMORY"), schema.Index("ix", "s").With(schema.Using("BTREE"))),
		tableCase("charset", str, mysql.Charset("latin1")),
		tableCase("charset and collation", str, mysql.Charset("latin1"), mysql.Collate("latin1_bin")),
		tableCase("collation", str, mysql.Collate("utf8mb4_bin")),
		tableCase("charset and columns", schema.Column("s", schema.String(20), mysql.Charset("utf8mb4")),
			schema.Column("u", schema.String(20), schema.Collate("latin1_bin")), schema.Column("v", schema.Text(), schema.Collate("latin1_swedish_ci")), mysql.Charset("latin1")),
		tableCase("row format", str, mysql.RowFormat("compact")),
		tableCase("statistics", str, mysql.TableOption("stats_persistent", "1")),
		tableCase("first number", str, mysql.AutoIncrementStart(1000)),
		tableCase("comment", str, schema.Comment("it's \\ \"x\"; 😀\n\t")),
		tableCase("hash partitions", mysql.PartitionBy("HASH (`id`) PARTITIONS 4")),
		tableCase("range partitions", mysql.PartitionBy("RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION `p1` VALUES LESS THAN MAXVALUE)")),
		tableCase("list partitions", mysql.PartitionBy("LIST (id) (PARTITION a VALUES IN (1,2), PARTITION b VALUES IN (3))")),
		columnCase("column charset", schema.String(10), mysql.Charset("latin1")),
		columnCase("column collation", schema.Enum("", "a", "b"), schema.Collate("latin1_bin")),
		columnCase("on update", schema.DateTime(schema.Precision(3)), schema.NotNull(), defaults(schema.Now()), mysql.OnUpdateNow()),
		columnCase("on update without default", schema.DateTime(), mysql.OnUpdateNow()),
		columnCase("invisible", schema.Integer(), mysql.Invisible()),
		columnCase("timestamp", mysql.Timestamp(0), schema.NotNull()),
		columnCase("timestamp null", mysql.Timestamp(0)),
		tableCase("two timestamps", schema.Column("a", mysql.Timestamp(3), schema.NotNull()), schema.Column("b", mysql.Timestamp(3), schema.NotNull())),
		columnCase("identity", schema.Integer(), schema.ComputedAs("`z` + 1", schema.StorageDefault)),
		columnCase("generated with collation", schema.String(20), schema.ComputedAs("concat('x', z)", schema.Stored), schema.Collate("utf8mb4_bin"), schema.Comment("c")),
		tableCase("spatial", point, schema.Index("ix", "p").With(schema.Using("SPATIAL"))),
		tableCase("fulltext", str, schema.Index("ix", "s").With(schema.Using("fulltext"), schema.Comment("words"))),
	}
}

func defaultCases() []dialecttest.TableCase {
	return []dialecttest.TableCase{
		columnCase("text default", schema.Text(), defaults(schema.Literal("it's \\ x"))),
		columnCase("json default", schema.JSON(), defaults(schema.Literal("{}"))),
		columnCase("json array default", schema.JSON(), defaults(schema.SQL("(json_array())"))),
		columnCase("bit default", mysql.Bit(8), defaults(schema.SQL("b'101'"))),
		columnCase("bit number default", mysql.Bit(8), defaults(schema.Literal(5))),
		columnCase("bytes default", schema.Binary(8), defaults(schema.Literal([]byte("a\\'b")))),
		columnCase("fixed bytes default", mysql.FixedBinary(4), defaults(schema.Literal([]byte("ab")))),
		columnCase("today", schema.Date(), defaults(schema.Now())),
		columnCase("uuid", schema.String(36), defaults(schema.SQL("uuid()"))),
		columnCase("brackets", schema.Integer(), defaults(schema.SQL("((1 + 2))"))),
		columnCase("arithmetic", schema.Integer(), defaults(schema.SQL("1 + 2 * 3"))),
		columnCase("Alembic's on update", mysql.Timestamp(0), defaults(schema.SQL("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP"))),
		columnCase("now()", schema.DateTime(), defaults(schema.SQL("now()"))),
		columnCase("now(6)", schema.DateTime(schema.Precision(6)), defaults(schema.SQL("NOW(6)"))),
		columnCase("number as string", schema.Integer(), defaults(schema.Literal("007"))),
		columnCase("string as number", schema.String(10), defaults(schema.Literal(7))),
		columnCase("raw string", schema.String(10), defaults(schema.SQL("'it''s'"))),
		columnCase("raw negative", schema.Integer(), defaults(schema.SQL("- 3"))),
		columnCase("decimal", schema.Numeric(10, 2), defaults(schema.Literal(1.5))),
		columnCase("decimal string", schema.Numeric(10, 0), defaults(schema.Literal("15"))),
		columnCase("float", schema.Float(0), defaults(schema.Literal(0.1))),
		columnCase("big double", schema.Double(), defaults(schema.Number("1e10"))),
		columnCase("year", mysql.Year(), defaults(schema.Literal(2026))),
		columnCase("boolean number", schema.Boolean(), defaults(schema.SQL("1"))),
		columnCase("boolean word", schema.Boolean(), defaults(schema.SQL("TRUE"))),
		columnCase("boolean string", schema.Boolean(), defaults(schema.Literal("0"))),
		columnCase("date", schema.Date(), defaults(schema.Literal("2026-1-2"))),
		columnCase("date and time", schema.DateTime(schema.Precision(3)), defaults(schema.Literal("2026-01-02T03:04:05.5"))),
		columnCase("time", schema.Time(), defaults(schema.Literal("10:00"))),
		columnCase("beyond the basic plane", schema.String(10), defaults(schema.Literal("é😀"))),
		columnCase("enum default", schema.Enum("", "a'b", `c\d`), schema.NotNull(), defaults(schema.Literal(`c\d`))),
		columnCase("set default", mysql.Set("a", "b"), defaults(schema.Literal("a,b"))),
		columnCase("null word", schema.String(5), defaults(schema.SQL("NULL"))),
	}
}

func indexCases() []dialecttest.TableCase {
	a, b := schema.Column("a", schema.Integer()), schema.Column("b", schema.Integer())
	s := schema.Column("s", schema.String(20))
	return []dialecttest.TableCase{
		tableCase("two uniques that begin alike", a, b, schema.UniqueConstraint("", "a"), schema.UniqueConstraint("", "a", "b"), schema.UniqueConstraint("", "b", "a")),
		tableCase("method", a, schema.Index("ix", "a").With(schema.Using("hash"))),
		tableCase("invisible index", a, schema.Index("ix", "a").With(mysql.Invisible())),
		tableCase("comment on an index", a, schema.Index("ix", "a").With(schema.Comment("it's"))),
		tableCase("whole prefix", s, schema.IndexOn("ix", schema.Key("s").Prefix(20))),
		tableCase("unique prefix", s, schema.IndexOn("ix", schema.Key("s").Prefix(5).Desc()).With(schema.UniqueIndex())),
		keyCase("prefix in the primary key", mysql.KeyPrefix("s", 5), mysql.KeyDescending("a")),
		keyCase("whole prefix in the primary key", mysql.KeyPrefix("s", 20)),
		keyCase("method and comment of the primary key", mysql.KeyMethod("hash"), mysql.KeyComment("it's")),
		keyCase("method of the primary key in memory", mysql.KeyMethod("BTREE"), mysql.Engine("MEMORY")),
		tableCase("options of a unique constraint", s, schema.UniqueConstraint("u", "s").With(mysql.KeyPrefix("s", 5), mysql.KeyComment("why"))),
		tableCase("index named like its key", a, schema.ForeignKeyConstraint("", []string{"a"}, "t", []string{"id"}), schema.Index("a", "a")),
		tableCase("index named like its foreign key", a, schema.ForeignKeyConstraint("fk", []string{"a"}, "t", []string{"id"}), schema.Index("fk", "a")),
	}
}

// alter is a change of the table t by the actions.
func alter(name string, before, after []schema.TableItem, actions ...ddl.Action) dialecttest.AlterCase {
	table := func(items []schema.TableItem) *schema.Table {
		return schema.NewTable("t", append([]schema.TableItem{id()}, items...)...)
	}
	return dialecttest.AlterCase{
		Name: name, Others: []*schema.Table{schema.NewTable("other", id())},
		Before: table(before), After: table(after), Actions: actions,
	}
}

func items(list ...schema.TableItem) []schema.TableItem { return list }

// keeps changes one thing of a column of which nothing is known; all the rest must stay.
func keeps(name string, aspect ddl.Aspect, before, after *schema.ColumnDef) dialecttest.AlterCase {
	z := schema.Column("z", schema.Integer())
	return alter("keeps "+name, items(before, z), items(after, z), ddl.AlterColumn{Name: before.Name, Change: aspect, New: after})
}

func alterCases() []dialecttest.AlterCase {
	col := func(t schema.Type, items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column("c", t, items...)
	}
	note := schema.Comment("new")
	list := []dialecttest.AlterCase{
		keeps("charset", ddl.CommentAspect, col(schema.String(9), mysql.Charset("latin1")), col(schema.String(9), mysql.Charset("latin1"), note)),
		keeps("collation of a longer string", ddl.TypeAspect, col(schema.String(9), schema.Collate("utf8mb4_bin")), col(schema.String(19), schema.Collate("utf8mb4_bin"))),
		keeps("no collation of a number", ddl.TypeAspect, col(schema.String(9), schema.Collate("utf8mb4_bin")), col(schema.Integer())),
		keeps("on update", ddl.NullableAspect, col(schema.DateTime(), defaults(schema.Now()), mysql.OnUpdateNow()), col(schema.DateTime(), schema.NotNull(), defaults(schema.Now()), mysql.OnUpdateNow())),
		keeps("on update without default", ddl.DefaultAspect, col(mysql.Timestamp(3), defaults(schema.Now()), mysql.OnUpdateNow()), col(mysql.Timestamp(3), mysql.OnUpdateNow())),
		keeps("reference system", ddl.CommentAspect, col(mysql.GeometryIn(mysql.Point, 4326)), col(mysql.GeometryIn(mysql.Point, 4326), note)),
		keeps("generated", ddl.CommentAspect, col(schema.Integer(), schema.ComputedAs("z + 1", schema.Stored)), col(schema.Integer(), schema.ComputedAs("z + 1", schema.Stored), note)),
		keeps("invisible", ddl.CommentAspect, col(schema.Integer(), mysql.Invisible()), col(schema.Integer(), mysql.Invisible(), note)),
		keeps("expression default", ddl.CommentAspect, col(schema.String(36), defaults(schema.SQL("(uuid())"))), col(schema.String(36), defaults(schema.SQL("(uuid())")), note)),
		keeps("hostile texts", ddl.NullableAspect, col(schema.Enum("", `a\'`, "b"), defaults(schema.Literal(`a\'`)), schema.Comment(`\ ' "`)), col(schema.Enum("", `a\'`, "b"), schema.NotNull(), defaults(schema.Literal(`a\'`)), schema.Comment(`\ ' "`))),
		keeps("json", ddl.CommentAspect, col(schema.JSON()), col(schema.JSON(), note)),
		keeps("not json", ddl.TypeAspect, col(schema.JSON()), col(mysql.LongText())),
		keeps("text default", ddl.DefaultAspect, col(schema.Text(), defaults(schema.Literal("a"))), col(schema.Text(), defaults(schema.Literal("b")))),
		keeps("no text default", ddl.DefaultAspect, col(schema.Text(), defaults(schema.Literal("a"))), col(schema.Text())),
		keeps("default that is called", ddl.DefaultAspect, col(schema.String(40)), col(schema.String(40), defaults(schema.SQL("uuid()")))),
		keeps("another expression", ddl.ComputedAspect, col(schema.Integer(), schema.ComputedAs("z + 1", schema.Stored)), col(schema.Integer(), schema.ComputedAs("z + 2", schema.Stored))),
		keeps("plain from stored", ddl.ComputedAspect, col(schema.Integer(), schema.ComputedAs("z + 1", schema.Stored)), col(schema.Integer())),
	}
	list[11].Name = "JSON becomes text"
	return append(list, keyAlters()...)
}

func keyAlters() []dialecttest.AlterCase {
	a, b, c := schema.Column("a", schema.Integer()), schema.Column("b", schema.String(9)), schema.Column("c", schema.String(19), schema.NotNull())
	fk := schema.ForeignKeyConstraint("fk", []string{"a"}, "other", []string{"id"})
	cascade := schema.ForeignKeyConstraint("fk", []string{"a"}, "other", []string{"id"}, schema.OnDelete(schema.Cascade))
	unnamed := schema.ForeignKeyConstraint("", []string{"a"}, "other", []string{"id"})
	unique := schema.UniqueConstraint("uq", "a", "b")
	dropKey := func(name string) ddl.Action { return ddl.DropConstraint{Name: name, Kind: schema.ForeignKeyKind} }
	return []dialecttest.AlterCase{
		alter("key and its index", items(a, fk), items(a), dropKey("fk")),
		alter("unnamed key and its index", items(a, unnamed), items(a), dropKey("t_ibfk_1")),
		alter("key but not the index of the user", items(a, fk, schema.Index("ix", "a")), items(a, schema.Index("ix", "a")), dropKey("fk")),
		alter("key anew", items(a, fk), items(a, cascade), dropKey("fk"), ddl.AddConstraint{Constraint: cascade}),
		alter("unique below a key", items(a, b, unique, fk), items(a, b, fk), ddl.DropConstraint{Name: "uq", Kind: schema.UniqueKind}),
		alter("key and unique below it", items(a, b, unique, fk), items(a, b), ddl.DropConstraint{Name: "uq", Kind: schema.UniqueKind}, dropKey("fk")),
		alter("rename and alter", items(b), items(c), ddl.RenameColumn{Name: "b", To: "c"},
			ddl.AlterColumn{Name: "c", Change: ddl.TypeAspect | ddl.NullableAspect, New: c}),
		alter("rename while altering", items(b), items(c), ddl.AlterColumn{Name: "b", Change: ddl.TypeAspect | ddl.NullableAspect | ddl.NameAspect, New: c}),
		alter("move", items(a, b), items(b, a), ddl.AlterColumn{Name: "b", New: b, Place: ddl.Place{After: "id"}}),
		alter("column with its key", items(b), items(b, a, fk), ddl.AddColumn{Column: a}, ddl.AddConstraint{Constraint: fk}),
		alter("two columns in order", nil, items(a, b), ddl.AddColumn{Column: a}, ddl.AddColumn{Column: b, Place: ddl.Place{After: "a"}}),
		alter("options", items(b), items(b, mysql.Engine("MyISAM"), mysql.RowFormat("DYNAMIC")), ddl.SetOption{Option: mysql.Engine("MyISAM")}, ddl.SetOption{Option: mysql.RowFormat("dynamic")}),
		alter("no options", items(b, mysql.Engine("MyISAM"), mysql.RowFormat("DYNAMIC"), mysql.Charset("latin1"), mysql.TableOption("STATS_PERSISTENT", "1")), items(schema.Column("b", schema.String(9), schema.Collate("latin1_swedish_ci"))),
			ddl.ResetOption{Option: mysql.Engine("MyISAM")}, ddl.ResetOption{Option: mysql.RowFormat("DYNAMIC")}, ddl.ResetOption{Option: mysql.Charset("latin1")}, ddl.ResetOption{Option: mysql.TableOption("STATS_PERSISTENT", "1")}),
		alter("no partitions", items(b, mysql.PartitionBy("HASH (id) PARTITIONS 2")), items(b), ddl.ResetOption{Option: mysql.PartitionBy("HASH (id) PARTITIONS 2")}),
		alter("partitions", items(b), items(b, mysql.PartitionBy("HASH (id) PARTITIONS 2")), ddl.SetOption{Option: mysql.PartitionBy("HASH (id) PARTITIONS 2")}),
	}
}
