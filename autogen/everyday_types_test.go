package autogen_test

import (
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// everydayTypes are changes of types of columns with what speaks of them.
func everydayTypes() []everyday {
	pg := []testdb.Kind{testdb.KindPostgres}
	return []everyday{
		{
			name: "string to int with default and check",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.String(10), schema.NotNull(), schema.ServerDefault(schema.Literal("1"))),
					schema.CheckConstraint("n_pos", "n <> ''"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
					schema.CheckConstraint("n_pos", "n > 0"),
				)
			},
			rows: []string{"INSERT INTO t (n) VALUES ('5')"},
			up:   [2]string{"SELECT n FROM t", "5"},
		},
		{
			name: "boolean from int flag",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("active", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("active", schema.Boolean(), schema.NotNull(), schema.ServerDefault(schema.Literal(true)), schema.Indexed()),
				)
			},
			rows: []string{"INSERT INTO t (active) VALUES (1)"},
		},
		{
			name: "columns swapped by type",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.String(20), schema.NotNull()), schema.Column("y", schema.Integer(), schema.NotNull()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("x", schema.Integer(), schema.NotNull()), schema.Column("y", schema.String(20), schema.NotNull()),
				)
			},
		},
		{
			name: "datetime to date, check",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("d", schema.DateTime(), schema.NotNull()), schema.CheckConstraint("late", "d > '2020-01-01'"),
					schema.Index("ix_t_d", "d"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("d", schema.Date(), schema.NotNull()), schema.CheckConstraint("late", "d > '2020-01-01'"),
					schema.Index("ix_t_d", "d"),
				)
			},
			rows: []string{"INSERT INTO t (d) VALUES ('2021-01-01')"},
		},
		{
			name: "varchar to text, check and partial index",
			on:   []testdb.Kind{testdb.KindPostgres, testdb.KindSQLite},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.String(20), schema.NotNull(), schema.ServerDefault(schema.Literal("x"))),
					schema.CheckConstraint("pos", "n <> '' AND length(n) > 0"), schema.Index("ix_t_n", "n").With(schema.Where("n > 'a'")),
					schema.IndexOn("ix_t_e", schema.KeyExpr("lower(n)")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.Text(), schema.NotNull(), schema.ServerDefault(schema.Literal("x"))),
					schema.CheckConstraint("pos", "n <> '' AND length(n) > 0"), schema.Index("ix_t_n", "n").With(schema.Where("n > 'a'")),
					schema.IndexOn("ix_t_e", schema.KeyExpr("lower(n)")),
				)
			},
			rows: []string{"INSERT INTO t (n) VALUES ('5')"},
		},
		{
			name: "timestamps become zoned",
			on:   pg,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now()), schema.Indexed()),
					schema.Column("d", schema.Date(), schema.ComputedAs("CAST(at AS date)", schema.Stored)),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("at", schema.DateTime(schema.WithTimeZone()), schema.NotNull(), schema.ServerDefault(schema.Now()), schema.Indexed()),
				)
			},
		},
		{
			name: "json to jsonb, array, exclude",
			on:   pg,
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("j", schema.JSON(), schema.NotNull(), schema.ServerDefault(schema.Literal("{}"))),
					schema.Column("tags", schema.Text()), schema.Column("d", postgres.DateRange()),
					schema.ExcludeConstraint("ex", schema.Exclude("d", "&&")).With(schema.Using("gist")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("j", postgres.JSONB(), schema.NotNull(), schema.ServerDefault(schema.Literal("{}"))),
					schema.Column("tags", postgres.Array(schema.Text())),
					schema.Column("days", postgres.DateRange(), schema.RenamedFrom("d")),
					schema.ExcludeConstraint("ex", schema.Exclude("days", "&&")).With(schema.Using("gist")),
				)
			},
		},
		{
			name: "type change with default and check",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
					schema.CheckConstraint("n_pos", "n > 0"), schema.Index("ix_t_n", "n"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.Numeric(12, 2), schema.NotNull(), schema.ServerDefault(schema.Number("1.50"))),
					schema.CheckConstraint("n_pos", "n > 0"), schema.Index("ix_t_n", "n"),
				)
			},
			rows: []string{"INSERT INTO t (n) VALUES (5)"},
		},
		{
			name: "numeric to int, check and partial index",
			on:   []testdb.Kind{testdb.KindPostgres, testdb.KindSQLite},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.Numeric(10, 2), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
					schema.CheckConstraint("pos", "n >= 0"), schema.Index("ix_t_n", "n").With(schema.Where("n > 0")),
					schema.IndexOn("ix_t_e", schema.KeyExpr("(n + 1)")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
					schema.CheckConstraint("pos", "n >= 0"), schema.Index("ix_t_n", "n").With(schema.Where("n > 0")),
					schema.IndexOn("ix_t_e", schema.KeyExpr("(n + 1)")),
				)
			},
			rows: []string{"INSERT INTO t (n) VALUES (5)"},
			up:   [2]string{"SELECT n FROM t", "5"},
		},
		{
			name: "int to bigint, check and partial index",
			on:   []testdb.Kind{testdb.KindPostgres, testdb.KindSQLite},
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
					schema.CheckConstraint("pos", "n > 0"), schema.Index("ix_t_n", "n").With(schema.Where("n > 1")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("n", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
					schema.CheckConstraint("pos", "n > 0"), schema.Index("ix_t_n", "n").With(schema.Where("n > 1")),
				)
			},
			rows: []string{"INSERT INTO t (n) VALUES (1)"},
		},
	}
}
