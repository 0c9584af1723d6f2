package catalogue

import (
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// mysqlOnly are changes of what only MySQL and MariaDB have.
func mysqlOnly() (list []Change) {
	group, on, directives := "", onMySQLs, 1
	add := func(name string, from, to []schema.TableItem) {
		list = append(list, Change{Group: group, Name: name, on: on, directives: directives, From: alone(from...), To: alone(to...)})
	}
	one := func(name string, from, to schema.TableItem) { add(name, items(from), items(to)) }
	typ := func(name string, from, to schema.Type) { one(name, c(from), c(to)) }

	group = "MySQL type"
	typ("unsigned", schema.Integer(), mysql.Unsigned(schema.Integer()))
	typ("tiny", schema.SmallInteger(), mysql.TinyInteger())
	typ("medium", schema.Integer(), mysql.MediumInteger())
	typ("year", schema.SmallInteger(), mysql.Year())
	typ("medium text", schema.Text(), mysql.MediumText())
	typ("long blob", schema.Blob(), mysql.LongBlob())
	typ("char", schema.String(10), mysql.Char(10))
	typ("fixed binary", schema.Binary(16), mysql.FixedBinary(16))
	typ("bits", mysql.Bit(4), mysql.Bit(8))
	typ("timestamp", schema.DateTime(), mysql.Timestamp(0))
	typ("set values", mysql.Set("a", "b"), mysql.Set("a", "b", "c"))
	typ("set values in another order", mysql.Set("a", "b"), mysql.Set("b", "a"))
	typ("digits of a float", mysql.FloatDigits(7, 3), mysql.FloatDigits(9, 3))
	typ("zerofill", mysql.Unsigned(schema.Integer()), mysql.ZeroFill(schema.Integer(), 8))
	on = onMySQL
	typ("vector", mysql.Vector(3), mysql.Vector(4))
	on = onMariaDB
	typ("address", schema.String(45), mysql.Inet6())
	directives = 2
	typ("time to uuid", schema.Time(), schema.UUID())
	directives = 1

	group, on = "MySQL column", onMySQLs
	now := schema.ServerDefault(schema.Now())
	one("on update", c(schema.DateTime(), now), c(schema.DateTime(), now, mysql.OnUpdateNow()))
	one("on update dropped", c(schema.DateTime(), now, mysql.OnUpdateNow()), c(schema.DateTime(), now))
	one("collation", c(schema.String(20), schema.Collate("utf8mb4_bin")), c(schema.String(20), schema.Collate("utf8mb4_unicode_ci")))
	one("character set", c(schema.String(20)), c(schema.String(20), mysql.Charset("latin1")))
	one("character set of a text", c(schema.Text(), mysql.Charset("ascii")), c(schema.Text(), mysql.Charset("latin1")))
	one("invisible", c(schema.Integer()), c(schema.Integer(), mysql.Invisible()))
	one("visible again", c(schema.Integer(), mysql.Invisible()), c(schema.Integer()))
	on = onMariaDB
	one("compressed", c(schema.Text()), c(schema.Text(), mysql.Compressed()))
	on = onMySQL
	one("reference system", c(mysql.GeometryIn(mysql.Point, 4326)), c(mysql.GeometryIn(mysql.Point, 3857)))

	group, on, directives = "MySQL index", onMySQLs, 2
	a, b := schema.Column("a", schema.Integer()), schema.Column("b", schema.String(60))
	index := func(name string, from, to *schema.IndexDef) { add(name, items(a, b, from), items(a, b, to)) }
	ix, over, key := schema.Index, schema.IndexOn, schema.Key
	index("prefix", ix("ix", "b"), over("ix", key("b").Prefix(10)))
	index("longer prefix", over("ix", key("b").Prefix(10)), over("ix", key("b").Prefix(20)))
	index("fulltext", ix("ix", "b"), ix("ix", "b").With(schema.Using("FULLTEXT")))
	index("comment", ix("ix", "b"), ix("ix", "b").With(schema.Comment("why")))
	index("invisible", ix("ix", "b"), ix("ix", "b").With(mysql.Invisible()))
	on = onMySQL
	index("words by ngrams", ix("ix", "b").With(schema.Using("FULLTEXT")), ix("ix", "b").With(schema.Using("FULLTEXT"), mysql.Parser("ngram")))
	group, on = "MySQL primary key", onMySQLs
	pk := func(cols ...string) *schema.PrimaryKeyDef { return schema.PrimaryKeyConstraint("", cols...) }
	keyed := func(name string, from, to *schema.PrimaryKeyDef, more ...schema.TableItem) {
		side := func(k *schema.PrimaryKeyDef) []*schema.Table {
			return tables(schema.NewTable("t", append(items(schema.Column("a", schema.Integer(), schema.NotNull()),
				schema.Column("b", schema.String(60), schema.NotNull()), k), more...)...))
		}
		list = append(list, Change{Group: group, Name: name, on: on, directives: 2, From: side(from), To: side(to)})
	}
	keyed("prefix", pk("a", "b"), pk("a", "b").With(mysql.KeyPrefix("b", 10)))
	keyed("longer prefix", pk("b").With(mysql.KeyPrefix("b", 10)), pk("b").With(mysql.KeyPrefix("b", 20)))
	keyed("descending", pk("a", "b"), pk("a", "b").With(mysql.KeyDescending("a")))
	keyed("comment", pk("a"), pk("a").With(mysql.KeyComment("why")))
	keyed("method", pk("a"), pk("a").With(mysql.KeyMethod("BTREE")), mysql.Engine("MEMORY"))
	on = onMySQL
	group = "MySQL constraint"
	check := schema.CheckConstraint("ck", "a > 0")
	add("check not enforced", items(a, check), items(a, schema.CheckConstraint("ck", "a > 0").With(schema.NotEnforced())))

	group, on, directives = "MySQL table", onMySQLs, 1
	table := func(name string, from, to []schema.TableItem) {
		add(name, append(items(a), from...), append(items(a), to...))
	}
	table("engine", nil, items(mysql.Engine("MyISAM")))
	table("row format", nil, items(mysql.RowFormat("COMPRESSED")))
	table("row format, another", items(mysql.RowFormat("COMPACT")), items(mysql.RowFormat("DYNAMIC")))
	table("character set", items(mysql.Charset("latin1")), items(mysql.Charset("utf8mb4")))
	table("collation", items(mysql.Collate("utf8mb4_bin")), items(mysql.Collate("utf8mb4_unicode_ci")))
	table("any other option", nil, items(mysql.TableOption("STATS_PERSISTENT", "1")))
	table("partitions", nil, items(mysql.PartitionBy("HASH (`id`) PARTITIONS 2")))
	table("more partitions", items(mysql.PartitionBy("HASH (`id`) PARTITIONS 2")), items(mysql.PartitionBy("HASH (`id`) PARTITIONS 4")))
	on = onMariaDB
	table("history", nil, items(mysql.SystemVersioned()))

	moved := Change{Group: "MySQL column", Name: "numbered beside a reference", on: onMySQLs, directives: 3, also: map[testdb.Kind]int{}}
	p := func(number ...schema.ColumnItem) *schema.Table {
		return schema.NewTable("p", schema.Column("id", schema.Integer(), append(number, schema.PrimaryKey())...))
	}
	child := single(schema.Column("r", schema.Integer(), schema.References("p.id", schema.Named("fk_r"))))
	moved.From, moved.To = tables(p(), child), tables(p(schema.AutoIncrement()), child)
	return append(list, moved)
}
