package mysql_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/schema"
)

// textCase is a statement and its SQL offline, or the error. An empty flavour is MySQL.
type textCase struct {
	flavor string
	stmt   ddl.Statement
	want   []string
	err    string
}

func checkTexts(t *testing.T, cases []textCase) {
	t.Helper()
	for _, c := range cases {
		flavor := c.flavor
		if flavor == "" {
			flavor = mysql.MySQL
		}
		list, err := dialect.Compile(t.Context(), mysql.System().Offline(flavor), nil, c.stmt)
		var got []string
		for _, q := range list {
			got = append(got, q.Text)
		}
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%s %+v gives %q, %v\nwant the error %s", flavor, c.stmt, got, err, c.err)
			}
			continue
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s %+v\n got %s (%v)\nwant %s", flavor, c.stmt, strings.Join(got, ";\n"), err, strings.Join(c.want, ";\n"))
		}
	}
}

func on(table string, actions ...ddl.Action) ddl.AlterTable {
	return ddl.AlterTable{Table: schema.SplitName(table), Actions: actions}
}

// TestAlterColumn has the cases of Alembic's own suite. What differs: names are
// always quoted, and a default that is dropped alone becomes NULL where the
// column is known to take NULL.
func TestAlterColumn(t *testing.T) {
	integer := schema.Column("c", schema.Integer())
	change := func(aspect ddl.Aspect, to, existing *schema.ColumnDef, known ddl.Aspect) ddl.AlterColumn {
		return ddl.AlterColumn{Name: "c", Change: aspect, New: to, Existing: existing, Known: known}
	}
	typ := ddl.TypeAspect
	checkTexts(t, []textCase{
		{stmt: on("s.t", change(ddl.CommentAspect, schema.Column("c", schema.Boolean(), schema.Comment("it's")), schema.Column("c", schema.Boolean()), typ)), want: []string{"ALTER TABLE `s`.`t` MODIFY `c` BOOL NULL COMMENT 'it''s'"}},
		{stmt: on("t", change(ddl.NullableAspect, schema.Column("c", schema.Integer(), schema.NotNull()), schema.Column("c", schema.Integer(), schema.Comment("old")), typ|ddl.CommentAspect)), want: []string{"ALTER TABLE `t` MODIFY `c` INTEGER NOT NULL COMMENT 'old'"}},
		{stmt: on("t", change(ddl.DefaultAspect, integer, integer, typ)), want: []string{"ALTER TABLE `t` ALTER COLUMN `c` DROP DEFAULT"}},
		{stmt: on("t", change(ddl.DefaultAspect, integer, integer, typ|ddl.NullableAspect)), want: []string{"ALTER TABLE `t` ALTER COLUMN `c` SET DEFAULT NULL"}},
		{stmt: on("t", change(ddl.DefaultAspect, schema.Column("c", schema.RawSQL("text collate utf8mb4_bin")), schema.Column("c", schema.RawSQL("text collate utf8mb4_bin")), typ|ddl.NullableAspect)), want: []string{"ALTER TABLE `t` ALTER COLUMN `c` DROP DEFAULT"}},
		{stmt: on("t", change(ddl.DefaultAspect, &schema.ColumnDef{Name: "c"}, nil, 0)), want: []string{"ALTER TABLE `t` ALTER COLUMN `c` DROP DEFAULT"}},
		{stmt: on("t", change(ddl.DefaultAspect, &schema.ColumnDef{Name: "c", Default: schema.Literal("1")}, nil, 0)), want: []string{"ALTER TABLE `t` ALTER COLUMN `c` SET DEFAULT '1'"}},
		{stmt: on("t", change(ddl.DefaultAspect, schema.Column("c", schema.DateTime(), schema.ServerDefault(schema.Now())), schema.Column("c", schema.DateTime()), typ)), want: []string{"ALTER TABLE `t` MODIFY `c` DATETIME NULL DEFAULT CURRENT_TIMESTAMP"}},
		{stmt: on("t", change(ddl.NullableAspect|ddl.DefaultAspect, &schema.ColumnDef{Name: "c", Default: schema.Literal("q")}, nil, 0)), err: `altering table "t": altering column "c": the server restates the whole column, and its type is not known here: say the existing type`},
		{stmt: on("t", change(typ|ddl.NullableAspect|ddl.DefaultAspect, schema.Column("c", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal("q"))), nil, 0)), want: []string{"ALTER TABLE `t` MODIFY `c` INTEGER NOT NULL DEFAULT 'q'"}},
		{stmt: on("t", change(ddl.NullableAspect, schema.Column("c", schema.Integer(), schema.NotNull()), schema.Column("c", schema.Integer(), schema.ServerDefault(schema.Literal("5"))), typ|ddl.DefaultAspect)), want: []string{"ALTER TABLE `t` MODIFY `c` INTEGER NOT NULL DEFAULT '5'"}},
		{stmt: on("t", change(ddl.AutoIncrementAspect, schema.Column("c", schema.Integer(), schema.AutoIncrement()), integer, typ)), want: []string{"ALTER TABLE `t` MODIFY `c` INTEGER NULL AUTO_INCREMENT"}},
		{stmt: on("t", change(ddl.NameAspect, schema.Column("d", schema.Integer()), integer, typ)), want: []string{"ALTER TABLE `t` RENAME COLUMN `c` TO `d`"}},
		{stmt: on("t", change(ddl.NameAspect|ddl.CommentAspect, schema.Column("d", schema.Integer(), schema.Comment("x")), integer, ddl.AllAspect)), want: []string{"ALTER TABLE `t` CHANGE `c` `d` INTEGER NULL COMMENT 'x'"}},
		{stmt: on("t", change(typ, schema.Column("c", schema.String(50)), schema.Column("c", schema.String(20), schema.Collate("utf8mb4_bin")), ddl.AllAspect)), want: []string{"ALTER TABLE `t` MODIFY `c` VARCHAR(50) COLLATE utf8mb4_bin NULL"}},
		{stmt: on("t", change(ddl.ComputedAspect, schema.Column("c", schema.Integer(), schema.ComputedAs("a + 1", schema.Virtual)), integer, ddl.AllAspect)), err: `altering table "t": altering column "c": a plain column cannot become a virtual generated column in place: drop the column and add it anew`},
	})
}

func TestAlterTable(t *testing.T) {
	add := func(name string) ddl.AddColumn { return ddl.AddColumn{Column: schema.Column(name, schema.Integer())} }
	drop := func(name string, kind schema.ConstraintKind) ddl.DropConstraint {
		return ddl.DropConstraint{Name: name, Kind: kind}
	}
	unique := ddl.AddConstraint{Constraint: schema.UniqueConstraint("uq", "a")}
	online := on("t", add("a"), unique)
	online.Options = []schema.Option{mysql.WithAlgorithm(mysql.InPlace), mysql.WithLock(mysql.LockNone)}
	wrong := online
	wrong.Options = []schema.Option{mysql.WithAlgorithm("QUICK")}
	checkTexts(t, []textCase{
		{stmt: online, want: []string{"ALTER TABLE `t` ADD COLUMN `a` INTEGER, ADD CONSTRAINT `uq` UNIQUE (`a`), ALGORITHM=INPLACE, LOCK=NONE"}},
		{flavor: mysql.TiDB, stmt: online, want: []string{"ALTER TABLE `t` ADD COLUMN `a` INTEGER, ALGORITHM=INPLACE, LOCK=NONE", "ALTER TABLE `t` ADD CONSTRAINT `uq` UNIQUE (`a`), ALGORITHM=INPLACE, LOCK=NONE"}},
		{stmt: wrong, err: `altering table "t": there is no algorithm "QUICK": use mysql.Instant, NoCopy, InPlace or Copy`},
		{stmt: on("t", drop("f", schema.ForeignKeyKind)), want: []string{"ALTER TABLE `t` DROP FOREIGN KEY `f`"}},
		{stmt: on("t", drop("f", schema.UniqueKind)), want: []string{"ALTER TABLE `t` DROP INDEX `f`"}},
		{stmt: on("t", drop("primary", schema.PrimaryKeyKind)), want: []string{"ALTER TABLE `t` DROP PRIMARY KEY"}},
		{stmt: on("t", drop("f", schema.CheckKind)), want: []string{"ALTER TABLE `t` DROP CHECK `f`"}},
		{flavor: mysql.MariaDB, stmt: on("t", drop("f", schema.CheckKind)), want: []string{"ALTER TABLE `t` DROP CONSTRAINT `f`"}},
		{stmt: on("t", drop("f", 0)), want: []string{"ALTER TABLE `t` DROP CONSTRAINT `f`"}},
		{flavor: mysql.TiDB, stmt: on("t", drop("f", 0)), err: `altering table "t": dropping constraint "f": TiDB drops each kind of constraint by words of its own: say which kind it is`},
		{stmt: on("t", ddl.AddColumn{Column: schema.Column("a", schema.Integer()), Guard: ddl.IfNotExists}), err: `altering table "t": adding column "a": MySQL has no ADD COLUMN IF NOT EXISTS: leave the guard out`},
		{flavor: mysql.MariaDB, stmt: on("t", ddl.AddColumn{Column: schema.Column("a", schema.Integer()), Guard: ddl.IfNotExists, Place: ddl.Place{After: "b"}}, ddl.DropColumn{Name: "c", Guard: ddl.IfExists}), want: []string{"ALTER TABLE `t` ADD COLUMN IF NOT EXISTS `a` INTEGER AFTER `b`, DROP COLUMN IF EXISTS `c`"}},
		{stmt: on("t", ddl.RenameColumn{Name: "a", To: "b"}, add("a"), add("c")), want: []string{"ALTER TABLE `t` RENAME COLUMN `a` TO `b`", "ALTER TABLE `t` ADD COLUMN `a` INTEGER, ADD COLUMN `c` INTEGER"}},
		// What a column is put behind must be there when the statement ends.
		{stmt: on("t", ddl.AddColumn{Column: schema.Column("a", schema.Integer()), Place: ddl.Place{After: "b"}}, ddl.DropColumn{Name: "c"}, ddl.DropColumn{Name: "B"}), want: []string{"ALTER TABLE `t` ADD COLUMN `a` INTEGER AFTER `b`, DROP COLUMN `c`", "ALTER TABLE `t` DROP COLUMN `B`"}},
		{stmt: on("t", ddl.AddColumn{Column: schema.Column("a", schema.Integer()), Place: ddl.Place{Before: "b"}}), err: `altering table "t": adding column "a": MySQL places a column FIRST or AFTER another: say so instead of before "b"`},
		{stmt: on("t", ddl.SetOption{Option: mysql.Engine("InnoDB")}, ddl.SetOption{Option: mysql.Charset("utf8mb4")}, ddl.SetOption{Option: mysql.PartitionBy("HASH (id)")}), want: []string{"ALTER TABLE `t` ENGINE=InnoDB, DEFAULT CHARSET=utf8mb4", "ALTER TABLE `t` PARTITION BY HASH (id)"}},
		{stmt: on("t"), want: nil},
	})
}

func TestOtherStatements(t *testing.T) {
	name := schema.SplitName("foo.t2")
	ix := func(items ...schema.IndexItem) ddl.CreateIndex {
		return ddl.CreateIndex{Table: schema.Name{Name: "t"}, Index: schema.Index("ix", "a").With(items...)}
	}
	guarded, online := ix(), ix()
	guarded.Guard = ddl.IfNotExists
	online.Options = []schema.Option{mysql.WithAlgorithm(mysql.InPlace), mysql.WithLock(mysql.LockShared)}
	dropOnline := ddl.DropIndex{Table: schema.Name{Name: "t"}, Name: "ix", Options: online.Options}
	keys := ddl.CreateIndex{Table: schema.Name{Name: "t"}, Index: schema.IndexOn("ix", schema.Key("a").Prefix(5).Desc(), schema.KeyExpr("lower(b)"))}
	checkTexts(t, []textCase{
		{stmt: ddl.SetTableComment{Table: name, Comment: "t2's"}, want: []string{"ALTER TABLE `foo`.`t2` COMMENT 't2''s'"}},
		{stmt: ddl.SetTableComment{Table: name}, want: []string{"ALTER TABLE `foo`.`t2` COMMENT ''"}},
		{flavor: mysql.TiDB, stmt: ddl.RenameTable{Table: name, To: "T2"}, want: []string{"ALTER TABLE `foo`.`t2` RENAME TO `foo`.`_gomig_tmp`", "ALTER TABLE `foo`.`_gomig_tmp` RENAME TO `foo`.`T2`"}},
		{stmt: ddl.RenameTable{Table: name, To: "t3"}, want: []string{"ALTER TABLE `foo`.`t2` RENAME TO `foo`.`t3`"}},
		{stmt: ddl.DropTable{Table: name, Guard: ddl.IfExists}, want: []string{"DROP TABLE IF EXISTS `foo`.`t2`"}},
		{stmt: ddl.CreateEnum{Name: name}, want: nil},
		{stmt: ddl.DropEnum{Name: name}, want: nil},
		{stmt: ddl.AddEnumValue{Name: name, Value: "x"}, err: `adding a value to the enumeration "foo.t2": on MySQL the values stand in the columns' types: alter the type of each column`},
		{stmt: ix(), want: []string{"CREATE INDEX `ix` ON `t` (`a`)"}},
		{stmt: online, want: []string{"CREATE INDEX `ix` ON `t` (`a`) ALGORITHM=INPLACE LOCK=SHARED"}},
		{stmt: dropOnline, want: []string{"DROP INDEX `ix` ON `t` ALGORITHM=INPLACE LOCK=SHARED"}},
		{flavor: mysql.MariaDB, stmt: dropOnline, want: []string{"ALTER TABLE `t` DROP INDEX `ix`, ALGORITHM=INPLACE, LOCK=SHARED"}},
		{stmt: keys, want: []string{"CREATE INDEX `ix` ON `t` (`a`(5) DESC, (lower(b)))"}},
		{flavor: mysql.MariaDB, stmt: keys, err: `creating index "ix": MariaDB has no index on the expression lower(b): add a generated column and index that`},
		{stmt: ix(schema.UniqueIndex(), schema.Using("hash"), schema.Comment("c"), mysql.Invisible()), want: []string{"CREATE UNIQUE INDEX `ix` USING HASH ON `t` (`a`) COMMENT 'c' INVISIBLE"}},
		{flavor: mysql.MariaDB, stmt: ix(mysql.Invisible()), want: []string{"CREATE INDEX `ix` ON `t` (`a`) IGNORED"}},
		{stmt: ix(schema.Using("FULLTEXT"), mysql.Parser("ngram")), want: []string{"CREATE FULLTEXT INDEX `ix` ON `t` (`a`) WITH PARSER `ngram`"}},
		{stmt: ix(schema.Where("a > 0")), err: `creating index "ix": MySQL has no partial indexes: leave the predicate out`},
		{stmt: ix(schema.Include("b")), err: `creating index "ix": MySQL has no included columns: add them to the key`},
		{stmt: ix(schema.Using("gin")), err: `creating index "ix": there is no index method "gin": use BTREE, HASH, FULLTEXT or SPATIAL`},
		{stmt: guarded, err: `creating index "ix": MySQL has no CREATE INDEX IF NOT EXISTS: leave the guard out`},
		{flavor: mysql.MariaDB, stmt: guarded, want: []string{"CREATE INDEX IF NOT EXISTS `ix` ON `t` (`a`)"}},
		{stmt: ddl.DropIndex{Name: "ix"}, err: `dropping index "ix": MySQL needs the table of an index: name it`},
	})
}

func TestCreateTable(t *testing.T) {
	full := schema.NewTable("t",
		schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement(), schema.Comment("key")),
		schema.Column("s", schema.String(20), schema.NotNull(), schema.ServerDefault(schema.Literal("x")), mysql.Charset("latin1"), schema.Collate("latin1_bin")),
		schema.Column("at", mysql.Timestamp(3), schema.ServerDefault(schema.Now()), mysql.OnUpdateNow()),
		schema.Column("u", mysql.Unsigned(schema.Integer()), mysql.Invisible()),
		schema.Column("d", schema.JSON(), schema.ServerDefault(schema.Literal("{}"))),
		schema.Column("g", schema.Integer(), schema.ComputedAs("u + 1", schema.Stored)),
		schema.CheckConstraint("ck", "u > 0").With(schema.NotEnforced()),
		schema.ForeignKeyConstraint("fk", []string{"u"}, "p", []string{"id"}, schema.OnDelete(schema.Cascade), schema.OnUpdate(schema.SetNull)),
		mysql.Engine("InnoDB"), mysql.Charset("utf8mb4"), mysql.Collate("utf8mb4_bin"), mysql.RowFormat("DYNAMIC"), mysql.AutoIncrementStart(100),
		mysql.TableOption("stats_persistent", "1"), mysql.PartitionBy("HASH (id) PARTITIONS 2"), schema.Comment("it's"),
	)
	refuse := func(items ...schema.TableItem) ddl.CreateTable {
		return ddl.CreateTable{Table: schema.NewTable("t", items...)}
	}
	checkTexts(t, []textCase{
		{stmt: ddl.CreateTable{Table: full, Guard: ddl.IfNotExists}, want: []string{
			"CREATE TABLE IF NOT EXISTS `t` (\n" +
				"    `id` BIGINT NOT NULL AUTO_INCREMENT COMMENT 'key',\n" +
				"    `s` VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'x',\n" +
				"    `at` TIMESTAMP(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),\n" +
				"    `u` INTEGER UNSIGNED INVISIBLE,\n" +
				"    `d` JSON DEFAULT ('{}'),\n" +
				"    `g` INTEGER GENERATED ALWAYS AS (u + 1) STORED,\n" +
				"    PRIMARY KEY (`id`),\n" +
				"    CONSTRAINT `ck` CHECK (u > 0) NOT ENFORCED,\n" +
				"    CONSTRAINT `fk` FOREIGN KEY (`u`) REFERENCES `p` (`id`) ON DELETE CASCADE ON UPDATE SET NULL\n" +
				") AUTO_INCREMENT=100 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ENGINE=InnoDB STATS_PERSISTENT=1 ROW_FORMAT=DYNAMIC COMMENT='it''s' PARTITION BY HASH (id) PARTITIONS 2",
		}},
		{stmt: refuse(schema.Column("a", schema.String(0))), err: `column "a": VARCHAR needs a length on MySQL: say schema.String(255), or schema.Text()`},
		{stmt: refuse(schema.Column("a", schema.NoType())), err: `column "a": the column has no type, and MySQL needs one`},
		{stmt: refuse(schema.Column("a", mysql.Unsigned(schema.Text()))), err: `column "a": UNSIGNED is for numbers: write it around an integer, numeric, float or double type`},
		{stmt: refuse(schema.Column("a", mysql.Inet4())), err: `column "a": INET4 and INET6 are MariaDB's: on MySQL say mysql.FixedBinary(4) or (16)`},
		{stmt: refuse(schema.Column("a", schema.Enum("e"))), err: `column "a": ENUM needs at least one value`},
		{stmt: refuse(schema.Column("a", schema.Integer(), schema.Collate("x; DROP"))), err: `column "a": "x; DROP" is no name of a character set, collation, engine or format`},
		{flavor: mysql.MariaDB, stmt: refuse(schema.Column("a", schema.Integer(), schema.NotNull(), schema.ComputedAs("1", schema.Stored))), err: `column "a": a generated column cannot be NOT NULL on MariaDB: leave NotNull out, or add a check`},
		{stmt: refuse(schema.Column("a", schema.Integer()), schema.UniqueConstraint("u", "a").With(schema.WithDeferral(schema.Deferrable))), err: `unique constraint "u": MySQL has no deferrable constraints: leave the deferral out`},
		{stmt: refuse(schema.Column("a", schema.Integer()), schema.ForeignKeyConstraint("f", []string{"a"}, "p", []string{"id"}, schema.Match("FULL"))), err: `foreign key "f": MATCH FULL makes MySQL ignore ON DELETE and ON UPDATE: leave it out`},
		{flavor: mysql.MariaDB, stmt: refuse(schema.Column("a", schema.Integer()), schema.CheckConstraint("c", "a > 0").With(schema.NotEnforced())), err: `check constraint "c": MariaDB has no NOT ENFORCED checks: leave the check out`},
		{stmt: refuse(schema.Column("a", schema.Integer()), mysql.SystemVersioned()), err: `MySQL has no system-versioned tables: leave mysql.SystemVersioned() out`},
	})
}

// A key says beside its columns what an index says.
func TestKeyOptions(t *testing.T) {
	table := func(c schema.Constraint) ddl.CreateTable {
		return ddl.CreateTable{Table: schema.NewTable("t", schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Text(), schema.NotNull()), c.(schema.TableItem))}
	}
	text := func(key string) []string {
		return []string{"CREATE TABLE `t` (\n    `a` INTEGER NOT NULL,\n    `b` TEXT NOT NULL,\n    " + key + "\n)"}
	}
	pk := func(items ...schema.ConstraintItem) ddl.CreateTable {
		return table(schema.PrimaryKeyConstraint("", "a", "b").With(items...))
	}
	checkTexts(t, []textCase{
		{stmt: pk(mysql.KeyPrefix("B", 70), mysql.KeyDescending("a")), want: text("PRIMARY KEY (`a` DESC, `b`(70))")},
		{stmt: pk(mysql.KeyMethod("hash"), mysql.KeyComment("it's")), want: text("PRIMARY KEY USING HASH (`a`, `b`) COMMENT 'it''s'")},
		{stmt: table(schema.UniqueConstraint("u", "b").With(mysql.KeyPrefix("b", 9), mysql.KeyMethod("BTREE"))), want: text("CONSTRAINT `u` UNIQUE USING BTREE (`b`(9))")},
		{stmt: pk(mysql.KeyPrefix("c", 70)), err: `primary key: the key has no column "c", which KeyPrefix names: name one of a, b`},
		{stmt: pk(mysql.KeyMethod("GIN")), err: `primary key: there is no index method "GIN": use BTREE, HASH, FULLTEXT or SPATIAL`},
	})
}

// What TiDB alone has is made there, and not said elsewhere.
func TestTiDBOptions(t *testing.T) {
	table := func(key mysql.ClusteredOption, random mysql.AutoRandomOption) ddl.CreateTable {
		return ddl.CreateTable{Table: schema.NewTable("t", schema.Column("id", schema.BigInteger(), schema.NotNull(), random),
			schema.PrimaryKeyConstraint("", "id").With(key))}
	}
	text := func(column, key string) []string {
		return []string{"CREATE TABLE `t` (\n    `id` BIGINT NOT NULL" + column + ",\n    PRIMARY KEY (`id`)" + key + "\n)"}
	}
	checkTexts(t, []textCase{
		{flavor: mysql.TiDB, stmt: table(mysql.Clustered(), mysql.AutoRandom(5)), want: text(" AUTO_RANDOM(5)", " CLUSTERED")},
		{flavor: mysql.TiDB, stmt: table(mysql.Nonclustered(), mysql.AutoRandomRange(4, 54)), want: text(" AUTO_RANDOM(4, 54)", " NONCLUSTERED")},
		{flavor: mysql.MySQL, stmt: table(mysql.Nonclustered(), mysql.AutoRandom(5)), want: text("", "")},
		{flavor: mysql.TiDB, stmt: table(mysql.Clustered(), mysql.AutoRandom(16)), err: `column "id": mysql.AutoRandom(16): TiDB takes 1 to 15 bits`},
		{flavor: mysql.TiDB, stmt: table(mysql.Clustered(), mysql.AutoRandomRange(5, 8)), err: `column "id": mysql.AutoRandomRange(5, 8): TiDB takes numbers of 32 to 64 bits`},
	})
}
