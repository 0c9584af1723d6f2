package autogen_test

import (
	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// everydayOwn are changes of what only some databases have.
func everydayOwn() []everyday {
	pg := []testdb.Kind{testdb.KindPostgres}
	my := []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB}
	lite := []testdb.Kind{testdb.KindSQLite}
	return []everyday{
		{
			name: "identity from serial, and start",
			on:   pg,
			before: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.IdentityAs(schema.Identity{Always: true, Start: 10})),
					schema.Column("n", schema.Integer(), schema.AutoIncrement()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.IdentityAs(schema.Identity{Start: 100, Increment: 2})),
					schema.Column("n", schema.Integer()),
				)
			},
			rows: []string{"INSERT INTO t (n) VALUES (5)"},
		},
		{
			name: "inherited column of another type, with checks of its own",
			on:   pg,
			before: func(m *schema.Metadata) {
				m.Table("plant", numbered(), schema.Column("n", schema.Numeric(10, 2)))
				m.Table("apple", postgres.Inherits("plant"), schema.Column("id", schema.BigInteger(), schema.NotNull()), schema.Column("n", schema.Numeric(10, 2)),
					schema.CheckConstraint("ripe", "n > 0"),
					schema.Index("ix_ripe", "id").With(schema.Where("n > 5")))
				m.Table("zebra", postgres.Inherits("plant"), schema.Column("id", schema.BigInteger(), schema.NotNull()), schema.Column("n", schema.Numeric(10, 2)),
					schema.CheckConstraint("ripe", "n > 0"))
			},
			after: func(m *schema.Metadata) {
				m.Table("plant", numbered(), schema.Column("n", schema.Integer()))
				m.Table("apple", postgres.Inherits("plant"), schema.Column("id", schema.BigInteger(), schema.NotNull()), schema.Column("n", schema.Integer()),
					schema.CheckConstraint("ripe", "n > 0"),
					schema.Index("ix_ripe", "id").With(schema.Where("n > 5")))
				m.Table("zebra", postgres.Inherits("plant"), schema.Column("id", schema.BigInteger(), schema.NotNull()), schema.Column("n", schema.Integer()),
					schema.CheckConstraint("ripe", "n > 0"))
			},
			rows: []string{"INSERT INTO plant (n) VALUES (5)", "INSERT INTO apple (id, n) VALUES (1, 5)"},
		},
		{
			name:    "enum in other schema with array and defaults",
			on:      pg,
			schemas: []string{"other"},
			options: autogen.Options{IncludeSchemas: true},
			before: func(m *schema.Metadata) {
				m.Table("t", schema.InSchema("other"), numbered(),
					schema.Column("st", schema.EnumIn("other", "state", "new", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("new"))),
					schema.Column("sts", postgres.Array(schema.EnumIn("other", "state", "new", "old")), schema.NotNull(), schema.ServerDefault(schema.SQL("'{}'"))),
					schema.Index("ix_other_st", "id").With(schema.Where("st = 'new'")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("u", schema.RenamedFrom("t"), schema.InSchema("other"), numbered(),
					schema.Column("state", schema.EnumIn("other", "state", "new", "open"), schema.NotNull(), schema.ServerDefault(schema.Literal("open")), schema.RenamedFrom("st")),
					schema.Column("sts", postgres.Array(schema.EnumIn("other", "state", "new", "open")), schema.NotNull(), schema.ServerDefault(schema.SQL("'{open}'"))),
					schema.Index("ix_other_st", "id").With(schema.Where("state = 'open'")),
				)
			},
			rows: []string{"INSERT INTO other.t (st) VALUES ('new')"},
			up:   [2]string{"SELECT state FROM other.u", "new"},
		},
		{
			name: "array of an enum with a literal default",
			on:   pg,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("sts", postgres.Array(schema.Enum("state", "new", "old")), schema.NotNull(), schema.ServerDefault(schema.Literal("{new,old}"))),
					schema.Column("st", schema.Enum("state", "new", "old"), schema.ServerDefault(schema.SQL("'old'::state"))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("sts", postgres.Array(schema.Enum("state", "new", "old", "in progress")), schema.NotNull(), schema.ServerDefault(schema.Literal(`{"in progress",new}`))),
					schema.Column("st", schema.Enum("state", "new", "old", "in progress"), schema.ServerDefault(schema.SQL("'in progress'::state"))),
				)
			},
			rows: []string{"INSERT INTO t (sts) VALUES ('{}')"},
		},
		{
			name: "on update timestamp and comment renamed",
			on:   my,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now()), schema.Comment("when"), mysql.OnUpdateNow()),
					schema.Column("u", mysql.Unsigned(schema.Integer()), schema.NotNull(), schema.ServerDefault(schema.Literal(3))),
					schema.Comment("c"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("changed_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now()), schema.Comment("when"), mysql.OnUpdateNow(), schema.RenamedFrom("at")),
					schema.Column("v", mysql.Unsigned(schema.BigInteger()), schema.NotNull(), schema.ServerDefault(schema.Literal(4)), schema.RenamedFrom("u")),
					schema.Comment("c2"),
				)
			},
			rows: []string{"INSERT INTO t (u) VALUES (9)"},
			up:   [2]string{"SELECT v FROM t", "9"},
		},
		{
			name: "collation of a string key",
			on:   my,
			before: func(m *schema.Metadata) {
				m.Table("c", schema.Column("code", schema.String(20), schema.PrimaryKey(), schema.Collate("utf8mb4_bin")))
				m.Table("d", numbered(),
					schema.Column("code", schema.String(20), schema.NotNull(), schema.References("c.code"), schema.Collate("utf8mb4_bin")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("c",
					schema.Column("code", schema.String(20), schema.PrimaryKey(), schema.Collate("utf8mb4_unicode_ci")),
				)
				m.Table("d", numbered(),
					schema.Column("code", schema.String(20), schema.NotNull(), schema.References("c.code"), schema.Collate("utf8mb4_unicode_ci")),
				)
			},
			rows: []string{"INSERT INTO c VALUES ('x')", "INSERT INTO d (code) VALUES ('x')"},
		},
		{
			name: "mat view on view on retyped",
			on:   pg,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.Integer(), schema.NotNull()))
				m.View("v", schema.ViewAs("SELECT id, x FROM t"))
				m.MaterializedView("mv",
					schema.ViewAs("SELECT x, count(*) AS n FROM v GROUP BY x"), schema.Index("uq_mv", "x").With(schema.UniqueIndex()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.Numeric(10, 2), schema.NotNull()), schema.CheckConstraint("x", "x > 0"),
				)
				m.View("v", schema.ViewAs("SELECT id, x FROM t"))
				m.MaterializedView("mv",
					schema.ViewAs("SELECT x, count(*) AS n FROM v GROUP BY x"), schema.Index("uq_mv", "x").With(schema.UniqueIndex()),
				)
			},
			rows: []string{"INSERT INTO t (x) VALUES (5)", "REFRESH MATERIALIZED VIEW mv"},
			up:   [2]string{"SELECT n FROM mv", "1"}, down: [2]string{"SELECT n FROM mv", "1"},
		},
		{
			name: "named sequence used by two renamed tables",
			on:   []testdb.Kind{testdb.KindPostgres, testdb.KindMariaDB},
			before: func(m *schema.Metadata) {
				next := schema.SQL("nextval('num')").WithVariant("mariadb", schema.SQL("nextval(num)"))
				m.Sequence("num")
				m.Table("a", numbered(),
					schema.Column("n", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(next)),
				)
				m.Table("b", numbered(),
					schema.Column("n", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(next)),
				)
			},
			after: func(m *schema.Metadata) {
				next := schema.SQL("nextval('num')").WithVariant("mariadb", schema.SQL("nextval(num)"))
				m.Sequence("num", schema.Numbers{Increment: 5})
				m.Table("aa", schema.RenamedFrom("a"), numbered(),
					schema.Column("nn", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(next), schema.RenamedFrom("n")),
				)
				m.Table("bb", schema.RenamedFrom("b"), numbered(),
					schema.Column("nn", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(next), schema.RenamedFrom("n")),
				)
			},
			rows: []string{"INSERT INTO a (id) VALUES (7)"},
			up:   [2]string{"SELECT nn FROM aa", "1"},
		},
		{
			name: "strict, autoincrement, renamed",
			on:   lite,
			before: func(m *schema.Metadata) {
				m.Table("a",
					schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
					schema.Column("x", schema.Text(), schema.NotNull(), schema.ServerDefault(schema.Literal("q"))), sqlite.Strict(),
				)
				m.Table("b", numbered(),
					schema.Column("a_id", schema.Integer(), schema.References("a.id", schema.OnDelete(schema.Cascade))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("aa", schema.RenamedFrom("a"),
					schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
					schema.Column("y", schema.Text(), schema.RenamedFrom("x")),
					schema.Column("z", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
				)
				m.Table("b", numbered(),
					schema.Column("aa_id", schema.Integer(), schema.RenamedFrom("a_id"), schema.NotNull(), schema.References("aa.id")),
				)
			},
			rows: []string{"INSERT INTO a (x) VALUES ('v')", "INSERT INTO b (a_id) VALUES (1)"},
			up:   [2]string{"SELECT y FROM aa JOIN b ON b.aa_id = aa.id", "v"}, down: [2]string{"SELECT x FROM a JOIN b ON b.a_id = a.id", "v"},
		},
		{
			name: "functional unique index on renamed",
			on:   []testdb.Kind{testdb.KindSQLite, testdb.KindPostgres, testdb.KindMySQL},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("email", schema.String(50), schema.NotNull()),
					schema.IndexOn("uq_t_email", schema.KeyExpr("(lower(email))")).With(schema.UniqueIndex()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("mail", schema.String(50), schema.NotNull(), schema.RenamedFrom("email")),
					schema.IndexOn("uq_t_mail", schema.KeyExpr("(lower(mail))")).With(schema.UniqueIndex()),
				)
			},
			rows: []string{"INSERT INTO t (email) VALUES ('A')"},
			up:   [2]string{"SELECT mail FROM t", "A"},
		},
	}
}
