package autogen_test

import (
	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// everydayColumns are changes of columns with what is made of them.
func everydayColumns() []everyday {
	notSQLite := []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres}
	return []everyday{
		{
			name: "rename column in everything",
			before: func(m *schema.Metadata) {
				m.Table("ware", numbered(),
					schema.Column("price", schema.Integer(), schema.NotNull()), schema.Column("tax", schema.Integer(), schema.NotNull()),
					schema.Column("total", schema.Integer(), schema.ComputedAs("price + tax", schema.Stored)),
					schema.CheckConstraint("positive", "price > 0 AND tax >= 0"), schema.Index("ix_ware_price_tax", "price", "tax"), schema.UniqueConstraint("uq_ware_tax_price", "tax", "price"),
				)
				m.View("cheap", schema.ViewAs("SELECT id, price, total FROM ware WHERE price < 10"))
			},
			after: func(m *schema.Metadata) {
				m.Table("ware", numbered(),
					schema.Column("cost", schema.Integer(), schema.NotNull(), schema.RenamedFrom("price")),
					schema.Column("tax", schema.Integer(), schema.NotNull()),
					schema.Column("total", schema.Integer(), schema.ComputedAs("cost + tax", schema.Stored)),
					schema.CheckConstraint("positive", "cost > 0 AND tax >= 0"), schema.Index("ix_ware_cost_tax", "cost", "tax"), schema.UniqueConstraint("uq_ware_tax_cost", "tax", "cost"),
				)
				m.View("cheap", schema.ViewAs("SELECT id, cost, total FROM ware WHERE cost < 10"))
			},
			rows: []string{"INSERT INTO ware (price, tax) VALUES (3, 1)"},
			up:   [2]string{"SELECT cost FROM cheap", "3"},
			down: [2]string{"SELECT price FROM cheap", "3"},
		},
		{
			name: "not null with default at once",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("status", schema.String(20)), schema.Column("n", schema.Integer()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("status", schema.String(20), schema.NotNull(), schema.ServerDefault(schema.Literal("new"))),
					schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
				)
			},
			rows: []string{"INSERT INTO t (status, n) VALUES ('x', 1)"},
		},
		{
			name: "chain of renames of columns",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.String(20), schema.Indexed()), schema.Column("y", schema.String(20), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("y", schema.String(20), schema.Indexed(), schema.RenamedFrom("x")),
					schema.Column("z", schema.String(20), schema.Indexed(), schema.RenamedFrom("y")),
				)
			},
			rows: []string{"INSERT INTO t (x, y) VALUES ('1', '2')"},
			up:   [2]string{"SELECT z FROM t WHERE y = '1'", "2"},
			down: [2]string{"SELECT y FROM t WHERE x = '1'", "2"},
		},
		{
			name: "comments with quotes and newlines",
			on:   notSQLite,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.String(20), schema.Comment("it's\na \\ \"thing\" `q`; -- no\n/* c */")),
					schema.Comment("a\r\nb'c"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.String(20), schema.Comment("it''s\n\na \\n \"thing\" ?:x %s $1")),
					schema.Comment("\ta\nb''c\\"),
				)
			},
		},
		{
			name: "comment and rename at once",
			on:   notSQLite,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.String(20), schema.NotNull(), schema.Comment("old")), schema.Comment("old"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("u", schema.RenamedFrom("t"), numbered(),
					schema.Column("y", schema.String(30), schema.RenamedFrom("x"), schema.Comment("new")), schema.Comment("new"),
				)
			},
			rows: []string{"INSERT INTO t (x) VALUES ('v')"},
			up:   [2]string{"SELECT y FROM u", "v"},
			down: [2]string{"SELECT x FROM t", "v"},
		},
		{
			name:   "timestamps added with now",
			before: func(m *schema.Metadata) { m.Table("account", numbered()) },
			after: func(m *schema.Metadata) {
				m.Table("account", numbered(),
					schema.Column("created_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
					schema.Column("updated_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
				)
			},
		},
		{
			name: "column renamed away, new one takes its name",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("status", schema.String(20), schema.NotNull(), schema.Indexed()),
					schema.CheckConstraint("st", "status <> ''"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("old_status", schema.String(20), schema.NotNull(), schema.RenamedFrom("status"), schema.Indexed()),
					schema.Column("status", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(0)), schema.Indexed()),
					schema.CheckConstraint("st", "status >= 0"),
				)
			},
			rows: []string{"INSERT INTO t (status) VALUES ('a')"},
			up:   [2]string{"SELECT old_status FROM t WHERE status = 0", "a"},
			down: [2]string{"SELECT status FROM t", "a"},
		},
		{
			name: "column in everything dropped",
			before: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(),
					schema.Column("a", schema.BigInteger(), schema.NotNull(), schema.References("p.id")),
					schema.Column("b", schema.Integer(), schema.NotNull()),
					schema.Column("c", schema.BigInteger(), schema.ComputedAs("a + b", schema.Stored)),
					schema.CheckConstraint("ab", "a <> b"), schema.Index("ix_t_ab", "a", "b"),
					schema.UniqueConstraint("uq_t_ba", "b", "a"), schema.Index("ix_t_c", "c"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(), schema.Column("b", schema.Integer(), schema.NotNull()))
			},
		},
		{
			name: "rename, type, null, default, comment at once",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("a", schema.String(10)), schema.Column("z", schema.Integer()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("b", schema.String(30), schema.NotNull(), schema.ServerDefault(schema.Literal("q")), schema.RenamedFrom("a"), schema.Unique()),
					schema.Column("z", schema.Integer()),
				)
			},
			rows: []string{"INSERT INTO t (a) VALUES ('x')"},
			up:   [2]string{"SELECT b FROM t", "x"},
		},
		{
			name:    "rename with order",
			on:      []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB, testdb.KindSQLite},
			options: autogen.Options{CompareColumnOrder: true},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("a", schema.String(10)), schema.Column("b", schema.Integer()), schema.Column("c", schema.Integer()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("c", schema.Integer()), schema.Column("d", schema.String(10), schema.RenamedFrom("a")),
					schema.Column("n", schema.Integer()), schema.Column("b", schema.Integer()),
				)
			},
			rows: []string{"INSERT INTO t (a, b, c) VALUES ('x', 2, 3)"},
			up:   [2]string{"SELECT d FROM t WHERE b = 2 AND c = 3", "x"},
		},
		{
			name: "plain column to computed and back",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("a", schema.Integer(), schema.NotNull()),
					schema.Column("b", schema.Integer(), schema.NotNull(), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("a", schema.Integer(), schema.NotNull()),
					schema.Column("b", schema.Integer(), schema.ComputedAs("a * 2", schema.Stored), schema.Indexed()),
				)
			},
		},
		{
			name: "computed over renamed and retyped",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("a", schema.Integer(), schema.NotNull()),
					schema.Column("b", schema.Integer(), schema.ComputedAs("a * 2", schema.Stored), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("aa", schema.BigInteger(), schema.NotNull(), schema.RenamedFrom("a")),
					schema.Column("b", schema.BigInteger(), schema.ComputedAs("aa * 2", schema.Stored), schema.Indexed()),
				)
			},
			rows: []string{"INSERT INTO t (a) VALUES (4)"},
			up:   [2]string{"SELECT b FROM t", "8"},
			down: [2]string{"SELECT b FROM t", "8"},
		},
		{
			name: "many to one split of name with unique over both",
			before: func(m *schema.Metadata) {
				m.Table("person", numbered(),
					schema.Column("name", schema.String(50), schema.NotNull(), schema.Unique()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("person", numbered(),
					schema.Column("first_name", schema.String(50), schema.NotNull(), schema.ServerDefault(schema.Literal(""))),
					schema.Column("last_name", schema.String(50), schema.NotNull(), schema.RenamedFrom("name")),
					schema.UniqueConstraint("", "last_name", "first_name"),
				)
			},
			rows: []string{"INSERT INTO person (name) VALUES ('x')"},
			up:   [2]string{"SELECT last_name FROM person", "x"},
		},
	}
}
