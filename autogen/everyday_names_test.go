package autogen_test

import (
	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// everydayNames are changes of names that databases treat each in their own way, of enumerations and of what lies in several schemas.
func everydayNames() []everyday {
	pg := []testdb.Kind{testdb.KindPostgres}
	return []everyday{
		{
			name:    "same names in two schemas",
			on:      pg,
			schemas: []string{"other"},
			options: autogen.Options{IncludeSchemas: true},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.String(20), schema.Indexed()))
				m.Table("t", schema.InSchema("other"), numbered(),
					schema.Column("x", schema.String(20), schema.Indexed()),
					schema.Column("t_id", schema.BigInteger(), schema.References("public.t.id")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("u", schema.RenamedFrom("t"), numbered(),
					schema.Column("y", schema.String(30), schema.Indexed(), schema.RenamedFrom("x")),
				)
				m.Table("u", schema.RenamedFrom("t"), schema.InSchema("other"), numbered(),
					schema.Column("y", schema.String(30), schema.Indexed(), schema.RenamedFrom("x")),
					schema.Column("u_id", schema.BigInteger(), schema.References("public.u.id"), schema.RenamedFrom("t_id")),
				)
				m.View("v", schema.ViewAs("SELECT a.id FROM public.u a JOIN other.u b ON b.u_id = a.id"))
			},
		},
		{
			name:    "moved to another schema",
			on:      pg,
			schemas: []string{"other"},
			options: autogen.Options{IncludeSchemas: true},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.String(20), schema.Indexed()))
				m.Table("r", numbered(), schema.Column("t_id", schema.BigInteger(), schema.References("t.id")))
			},
			after: func(m *schema.Metadata) {
				m.Table("t", schema.InSchema("other"), numbered(), schema.Column("x", schema.String(20), schema.Indexed()))
				m.Table("r", numbered(), schema.Column("t_id", schema.BigInteger(), schema.References("other.t.id")))
			},
		},
		{
			name: "enum column",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("state", "new", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("new"))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("state", "new", "open", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("open"))),
				)
			},
			rows: []string{"INSERT INTO t (st) VALUES ('old')"},
			up:   [2]string{"SELECT st FROM t", "old"},
		},
		{
			name: "enum value gone with default, view",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("state", "fresh", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("fresh")), schema.Indexed()),
					schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
					schema.CheckConstraint("k", "st <> 'old' OR n > 0"),
				)
				m.View("v", schema.ViewAs("SELECT id, st FROM t WHERE st <> 'old'"))
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("state", "new", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("new")), schema.Indexed()),
					schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
					schema.CheckConstraint("k", "st <> 'old' OR n > 0"),
				)
				m.View("v", schema.ViewAs("SELECT id, st FROM t WHERE st <> 'old'"))
			},
			rows: []string{"INSERT INTO t (st) VALUES ('old')"},
		},
		{
			name: "enum column renamed and values added and table renamed",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("state", "new", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("new")), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("u", schema.RenamedFrom("t"), numbered(),
					schema.Column("status", schema.Enum("state", "new", "older"), schema.NotNull(), schema.ServerDefault(schema.Literal("older")), schema.Indexed(), schema.RenamedFrom("st")),
				)
			},
			rows: []string{"INSERT INTO t (st) VALUES ('new')"},
			up:   [2]string{"SELECT status FROM u", "new"},
		},
		{
			name: "enum to string and string to enum",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("state", "new", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("new"))),
					schema.Column("k", schema.String(20), schema.NotNull(), schema.ServerDefault(schema.Literal("a"))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.String(20), schema.NotNull(), schema.ServerDefault(schema.Literal("new"))),
					schema.Column("k", schema.Enum("kind", "a", "b"), schema.NotNull(), schema.ServerDefault(schema.Literal("a"))),
				)
			},
			rows: []string{"INSERT INTO t (st) VALUES ('old')"},
			up:   [2]string{"SELECT st FROM t", "old"},
		},
		{
			name: "enum type renamed",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("state", "new", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("new"))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("st", schema.Enum("status", "new", "old"), schema.NotNull(), schema.ServerDefault(schema.Literal("new"))),
				)
			},
			rows: []string{"INSERT INTO t (st) VALUES ('old')"},
			up:   [2]string{"SELECT st FROM t", "old"},
		},
		{
			name: "default uses a sequence then identity",
			on:   []testdb.Kind{testdb.KindPostgres, testdb.KindMariaDB},
			before: func(m *schema.Metadata) {
				m.Sequence("num")
				m.Table("t", numbered(),
					schema.Column("n", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(schema.SQL("nextval('num')").WithVariant("mariadb", schema.SQL("nextval(num)")))),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
				)
				m.Sequence("num", schema.Dropped())
			},
		},
		{
			name: "materialized view below rename",
			on:   pg,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(), schema.Column("x", schema.Integer(), schema.NotNull()))
				m.MaterializedView("mv",
					schema.ViewAs("SELECT x, count(*) AS n FROM t GROUP BY x"), schema.Index("uq_mv_x", "x").With(schema.UniqueIndex()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("u", schema.RenamedFrom("t"), numbered(),
					schema.Column("y", schema.BigInteger(), schema.NotNull(), schema.RenamedFrom("x")),
				)
				m.MaterializedView("mv",
					schema.ViewAs("SELECT y, count(*) AS n FROM u GROUP BY y"), schema.Index("uq_mv_y", "y").With(schema.UniqueIndex()),
				)
			},
		},
		{
			name: "case-only rename of a column",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("userName", schema.String(20), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("username", schema.String(20), schema.Indexed(), schema.RenamedFrom("userName")),
				)
			},
			rows: []string{"INSERT INTO t (id) VALUES (1)"},
		},
		{
			name:   "case-only rename of a column, undeclared",
			before: func(m *schema.Metadata) { m.Table("t", numbered(), schema.Column("userName", schema.String(20))) },
			after:  func(m *schema.Metadata) { m.Table("t", numbered(), schema.Column("username", schema.String(20))) },
			rows:   []string{"INSERT INTO t (id) VALUES (1)"},
		},
		{
			name: "case-only rename of a table",
			before: func(m *schema.Metadata) {
				m.Table("Account", numbered(),
					schema.Column("x", schema.String(20), schema.Indexed()),
					schema.Column("p_id", schema.BigInteger(), schema.References("Account.id")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("account", schema.RenamedFrom("Account"), numbered(),
					schema.Column("x", schema.String(20), schema.Indexed()),
					schema.Column("p_id", schema.BigInteger(), schema.References("account.id")),
				)
			},
		},
		{
			name:   "case-only rename of a table, undeclared",
			before: func(m *schema.Metadata) { m.Table("Account", numbered(), schema.Column("x", schema.String(20))) },
			after:  func(m *schema.Metadata) { m.Table("account", numbered(), schema.Column("x", schema.String(20))) },
		},
	}
}
