package autogen_test

import (
	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// numbered is the key that most tables have.
func numbered() *schema.ColumnDef {
	return schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement())
}

// everydayTables are changes of whole tables: split, joined, and renamed with what points at them.
func everydayTables() []everyday {
	return []everyday{
		{
			name: "column moved between tables",
			before: func(m *schema.Metadata) {
				m.Table("account", numbered(),
					schema.Column("name", schema.String(50), schema.NotNull()),
					schema.Column("email", schema.String(80), schema.NotNull(), schema.Unique()),
				)
				m.Table("profile", numbered(),
					schema.Column("account_id", schema.BigInteger(), schema.NotNull(), schema.References("account.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("account", numbered(), schema.Column("name", schema.String(50), schema.NotNull()))
				m.Table("profile", numbered(),
					schema.Column("account_id", schema.BigInteger(), schema.NotNull(), schema.References("account.id"), schema.Indexed()),
					schema.Column("email", schema.String(80), schema.Unique()),
				)
			},
		},
		{
			name: "table split",
			before: func(m *schema.Metadata) {
				m.Table("orders", numbered(),
					schema.Column("customer", schema.String(50), schema.NotNull()), schema.Column("street", schema.String(50)),
					schema.Column("city", schema.String(50), schema.Indexed()),
					schema.Column("total", schema.Numeric(10, 2), schema.NotNull(), schema.ServerDefault(schema.Number("0"))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("address", numbered(),
					schema.Column("street", schema.String(50)), schema.Column("city", schema.String(50), schema.Indexed()),
				)
				m.Table("customer", numbered(),
					schema.Column("name", schema.String(50), schema.NotNull()),
					schema.Column("address_id", schema.BigInteger(), schema.References("address.id", schema.OnDelete(schema.SetNull))),
				)
				m.Table("orders", numbered(),
					schema.Column("customer_id", schema.BigInteger(), schema.References("customer.id", schema.OnDelete(schema.Cascade)), schema.Indexed()),
					schema.Column("total", schema.Numeric(10, 2), schema.NotNull(), schema.ServerDefault(schema.Number("0"))),
				)
			},
		},
		{
			name: "rename referenced table with self fk",
			before: func(m *schema.Metadata) {
				m.Table("category", numbered(),
					schema.Column("parent_id", schema.BigInteger(), schema.References("category.id"), schema.Indexed()),
					schema.Column("name", schema.String(20), schema.NotNull(), schema.Unique()),
				)
				m.Table("item", numbered(),
					schema.Column("category_id", schema.BigInteger(), schema.NotNull(), schema.References("category.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("section", schema.RenamedFrom("category"), numbered(),
					schema.Column("parent_id", schema.BigInteger(), schema.References("section.id"), schema.Indexed()),
					schema.Column("name", schema.String(20), schema.NotNull(), schema.Unique()),
				)
				m.Table("item", numbered(),
					schema.Column("section_id", schema.BigInteger(), schema.NotNull(), schema.References("section.id"), schema.Indexed(), schema.RenamedFrom("category_id")),
				)
			},
			rows: []string{"INSERT INTO category (name) VALUES ('c')", "INSERT INTO item (category_id) VALUES (1)"},
			up:   [2]string{"SELECT s.name FROM item i JOIN section s ON s.id = i.section_id", "c"},
			down: [2]string{"SELECT s.name FROM item i JOIN category s ON s.id = i.category_id", "c"},
		},
		{
			name:     "rename referenced table unnamed",
			unnamed:  true,
			anyNames: true,
			before: func(m *schema.Metadata) {
				m.Table("category", numbered(),
					schema.Column("parent_id", schema.BigInteger(), schema.References("category.id"), schema.Indexed()),
					schema.Column("name", schema.String(20), schema.NotNull(), schema.Unique()),
				)
				m.Table("item", numbered(),
					schema.Column("category_id", schema.BigInteger(), schema.NotNull(), schema.References("category.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("section", schema.RenamedFrom("category"), numbered(),
					schema.Column("parent_id", schema.BigInteger(), schema.References("section.id"), schema.Indexed()),
					schema.Column("name", schema.String(20), schema.NotNull(), schema.Unique()),
				)
				m.Table("item", numbered(),
					schema.Column("section_id", schema.BigInteger(), schema.NotNull(), schema.References("section.id"), schema.Indexed(), schema.RenamedFrom("category_id")),
				)
			},
			rows: []string{"INSERT INTO category (name) VALUES ('c')", "INSERT INTO item (category_id) VALUES (1)"},
			up:   [2]string{"SELECT s.name FROM item i JOIN section s ON s.id = i.section_id", "c"},
			down: [2]string{"SELECT s.name FROM item i JOIN category s ON s.id = i.category_id", "c"},
		},
		{
			name: "tables swapped",
			before: func(m *schema.Metadata) {
				m.Table("alpha", numbered(), schema.Column("x", schema.String(20), schema.NotNull(), schema.Indexed()))
				m.Table("beta", numbered(),
					schema.Column("y", schema.String(20), schema.NotNull(), schema.Unique()),
					schema.Column("alpha_id", schema.BigInteger(), schema.References("alpha.id")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("alpha", schema.RenamedFrom("beta"), numbered(),
					schema.Column("y", schema.String(20), schema.NotNull(), schema.Unique()),
					schema.Column("alpha_id", schema.BigInteger(), schema.References("beta.id")),
				)
				m.Table("beta", schema.RenamedFrom("alpha"), numbered(),
					schema.Column("x", schema.String(20), schema.NotNull(), schema.Indexed()),
				)
			},
		},
		{
			name: "chain of renames of tables",
			before: func(m *schema.Metadata) {
				m.Table("one", numbered(), schema.Column("x", schema.String(20), schema.Indexed()))
				m.Table("two", numbered(),
					schema.Column("x", schema.String(20), schema.Indexed()),
					schema.Column("one_id", schema.BigInteger(), schema.References("one.id")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("two", schema.RenamedFrom("one"), numbered(), schema.Column("x", schema.String(20), schema.Indexed()))
				m.Table("three", schema.RenamedFrom("two"), numbered(),
					schema.Column("x", schema.String(20), schema.Indexed()),
					schema.Column("two_id", schema.BigInteger(), schema.References("two.id"), schema.RenamedFrom("one_id")),
				)
			},
			rows: []string{"INSERT INTO one (x) VALUES ('1')", "INSERT INTO two (x, one_id) VALUES ('2', 1)"},
			up:   [2]string{"SELECT x FROM three WHERE two_id = 1", "2"},
			down: [2]string{"SELECT x FROM two WHERE one_id = 1", "2"},
		},
		{
			name: "table renamed away, new one takes its name",
			before: func(m *schema.Metadata) {
				m.Table("orders", numbered(),
					schema.Column("n", schema.String(20), schema.NotNull(), schema.Unique()),
					schema.Column("k", schema.Integer(), schema.Indexed()),
				)
				m.Table("line", numbered(),
					schema.Column("orders_id", schema.BigInteger(), schema.NotNull(), schema.References("orders.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("legacy_orders", schema.RenamedFrom("orders"), numbered(),
					schema.Column("n", schema.String(20), schema.NotNull(), schema.Unique()),
					schema.Column("k", schema.Integer(), schema.Indexed()),
				)
				m.Table("orders", numbered(),
					schema.Column("n", schema.String(20), schema.NotNull(), schema.Unique()),
					schema.Column("k", schema.Integer(), schema.Indexed()),
					schema.Column("legacy_id", schema.BigInteger(), schema.References("legacy_orders.id")),
				)
				m.Table("line", numbered(),
					schema.Column("orders_id", schema.BigInteger(), schema.NotNull(), schema.References("orders.id"), schema.Indexed()),
				)
			},
		},
		{
			name:     "table renamed away by option, unnamed, new one takes its name",
			on:       []testdb.Kind{testdb.KindSQLite, testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres}, // TiDB keeps orders_chk_1
			unnamed:  true,
			anyNames: true,
			options:  autogen.Options{Renames: []string{"orders:legacy_orders"}},
			before: func(m *schema.Metadata) {
				m.Table("orders", numbered(),
					schema.Column("n", schema.String(20), schema.NotNull(), schema.Unique()), schema.Column("k", schema.Integer()),
					schema.CheckConstraint("", "k > 0"),
				)
				m.Table("line", numbered(),
					schema.Column("orders_id", schema.BigInteger(), schema.NotNull(), schema.References("orders.id")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("legacy_orders", numbered(),
					schema.Column("n", schema.String(20), schema.NotNull(), schema.Unique()), schema.Column("k", schema.Integer()),
					schema.CheckConstraint("", "k > 0"),
				)
				m.Table("orders", numbered(),
					schema.Column("n", schema.String(20), schema.NotNull(), schema.Unique()), schema.Column("k", schema.Integer()),
					schema.CheckConstraint("", "k > 0"),
				)
				m.Table("line", numbered(),
					schema.Column("orders_id", schema.BigInteger(), schema.NotNull(), schema.References("orders.id")),
				)
			},
		},
		{
			name: "renamed and reshaped with new referenced table",
			before: func(m *schema.Metadata) {
				m.Table("post", numbered(),
					schema.Column("author", schema.String(50), schema.NotNull()),
					schema.Column("title", schema.String(50), schema.NotNull(), schema.Indexed()),
					schema.Column("n", schema.Integer(), schema.ComputedAs("length(title)", schema.Stored)),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("author", numbered(), schema.Column("name", schema.String(50), schema.NotNull(), schema.Unique()))
				m.Table("article", schema.RenamedFrom("post"), numbered(),
					schema.Column("author_id", schema.BigInteger(), schema.References("author.id", schema.OnDelete(schema.Cascade)), schema.Indexed()),
					schema.Column("headline", schema.String(80), schema.NotNull(), schema.Indexed(), schema.RenamedFrom("title")),
					schema.Column("n", schema.Integer(), schema.ComputedAs("length(headline)", schema.Stored)),
				)
			},
		},
		{
			name: "circle of two renamed",
			before: func(m *schema.Metadata) {
				m.Table("a", numbered(), schema.Column("b_id", schema.BigInteger(), schema.References("b.id")))
				m.Table("b", numbered(), schema.Column("a_id", schema.BigInteger(), schema.References("a.id")))
			},
			after: func(m *schema.Metadata) {
				m.Table("x", schema.RenamedFrom("a"), numbered(),
					schema.Column("y_id", schema.BigInteger(), schema.References("y.id"), schema.RenamedFrom("b_id")),
				)
				m.Table("y", schema.RenamedFrom("b"), numbered(),
					schema.Column("x_id", schema.BigInteger(), schema.References("x.id"), schema.RenamedFrom("a_id")),
				)
			},
			rows: []string{"INSERT INTO a (b_id) VALUES (NULL)", "INSERT INTO b (a_id) VALUES (1)"},
			up:   [2]string{"SELECT COUNT(*) FROM y JOIN x ON x.id = y.x_id", "1"},
		},
		{
			name: "drop referenced table with references",
			before: func(m *schema.Metadata) {
				m.Table("kind", numbered(), schema.Column("n", schema.String(10), schema.NotNull(), schema.Unique()))
				m.Table("t", numbered(),
					schema.Column("kind_id", schema.BigInteger(), schema.NotNull(), schema.References("kind.id"), schema.Indexed()),
					schema.Column("k", schema.Integer()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("k", schema.Integer()),
					schema.Column("kind", schema.String(10), schema.NotNull(), schema.ServerDefault(schema.Literal("a")), schema.Indexed()),
				)
			},
		},
		{
			name: "rename table with check and generated and view",
			before: func(m *schema.Metadata) {
				m.Table("booking", numbered(),
					schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull()),
					schema.Column("d", schema.Integer(), schema.ComputedAs("b - a", schema.Stored)),
					schema.CheckConstraint("range", "a < b"), schema.Index("ix_booking_d", "d"),
				)
				m.View("long_ones", schema.ViewAs("SELECT id, d FROM booking WHERE d > 5"))
			},
			after: func(m *schema.Metadata) {
				m.Table("stay", schema.RenamedFrom("booking"), numbered(),
					schema.Column("from_day", schema.Integer(), schema.NotNull(), schema.RenamedFrom("a")),
					schema.Column("to_day", schema.Integer(), schema.NotNull(), schema.RenamedFrom("b")),
					schema.Column("days", schema.Integer(), schema.ComputedAs("to_day - from_day", schema.Stored), schema.RenamedFrom("d")),
					schema.CheckConstraint("range", "from_day < to_day"), schema.Index("ix_stay_days", "days"),
				)
				m.View("long_ones", schema.ViewAs("SELECT id, days FROM stay WHERE days > 5"))
			},
			rows: []string{"INSERT INTO booking (a, b) VALUES (1, 10)"},
			up:   [2]string{"SELECT days FROM long_ones", "9"},
			down: [2]string{"SELECT d FROM long_ones", "9"},
		},
		{
			name: "renamed view under dropped and added table",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.String(20)))
				m.View("v", schema.ViewAs("SELECT id, x FROM t"))
			},
			after: func(m *schema.Metadata) {
				m.Table("u", numbered(), schema.Column("x", schema.String(20)))
				m.View("v", schema.ViewAs("SELECT id, x FROM u"))
			},
		},
		{
			name: "table becomes view",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.String(20)))
				m.Table("v", numbered(), schema.Column("x", schema.String(20)))
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.String(20)))
				m.View("v", schema.ViewAs("SELECT id, x FROM t"))
			},
		},
		{
			name: "view on two renamed tables and a new column",
			before: func(m *schema.Metadata) {
				m.Table("a", numbered(), schema.Column("x", schema.String(10)))
				m.Table("b", numbered(),
					schema.Column("a_id", schema.BigInteger(), schema.NotNull(), schema.References("a.id"), schema.Indexed()),
				)
				m.View("v", schema.ViewAs("SELECT b.id, a.x FROM a JOIN b ON b.a_id = a.id"))
				m.View("w", schema.ViewAs("SELECT x FROM v WHERE x IS NOT NULL"))
			},
			after: func(m *schema.Metadata) {
				m.Table("aa", schema.RenamedFrom("a"), numbered(),
					schema.Column("x", schema.String(10)), schema.Column("n", schema.Integer()),
				)
				m.Table("bb", schema.RenamedFrom("b"), numbered(),
					schema.Column("aa_id", schema.BigInteger(), schema.NotNull(), schema.RenamedFrom("a_id"), schema.References("aa.id"), schema.Indexed()),
				)
				m.View("v", schema.ViewAs("SELECT bb.id, aa.x, aa.n FROM aa JOIN bb ON bb.aa_id = aa.id"))
				m.View("w", schema.ViewAs("SELECT x FROM v WHERE x IS NOT NULL"))
			},
			rows: []string{"INSERT INTO a (x) VALUES ('q')", "INSERT INTO b (a_id) VALUES (1)"},
			up:   [2]string{"SELECT x FROM w", "q"},
			down: [2]string{"SELECT x FROM w", "q"},
		},
		{
			name: "join table gains surrogate key",
			before: func(m *schema.Metadata) {
				m.Table("u", numbered())
				m.Table("g", numbered())
				m.Table("u_g",
					schema.Column("u_id", schema.BigInteger(), schema.PrimaryKey(), schema.References("u.id", schema.OnDelete(schema.Cascade))),
					schema.Column("g_id", schema.BigInteger(), schema.PrimaryKey(), schema.References("g.id", schema.OnDelete(schema.Cascade))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("u", numbered())
				m.Table("g", numbered())
				m.Table("membership", schema.RenamedFrom("u_g"), numbered(),
					schema.Column("u_id", schema.BigInteger(), schema.NotNull(), schema.References("u.id", schema.OnDelete(schema.Cascade))),
					schema.Column("g_id", schema.BigInteger(), schema.NotNull(), schema.References("g.id", schema.OnDelete(schema.Cascade))),
					schema.UniqueConstraint("uq_membership", "u_id", "g_id"),
				)
			},
			rows: []string{"INSERT INTO u (id) VALUES (1)", "INSERT INTO g (id) VALUES (1)", "INSERT INTO u_g VALUES (1, 1)"},
			up:   [2]string{"SELECT COUNT(*) FROM membership", "1"},
		},
		{
			name:    "rename by option, column with table's new name",
			options: autogen.Options{Renames: []string{"t:u", "u.x:u.y"}},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.String(20), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("u", numbered(),
					schema.Column("y", schema.String(20), schema.Indexed()),
				)
			},
			rows: []string{"INSERT INTO t (x) VALUES ('v')"},
			up:   [2]string{"SELECT y FROM u", "v"},
		},
		{
			name: "view becomes table",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.Integer(), schema.NotNull()))
				m.View("v", schema.ViewAs("SELECT id, x FROM t"))
				m.View("w", schema.ViewAs("SELECT x FROM v"))
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.Integer(), schema.NotNull()))
				m.View("v", schema.Dropped())
				m.View("w", schema.ViewAs("SELECT x FROM t"))
			},
		},
	}
}
