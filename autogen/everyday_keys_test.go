package autogen_test

import (
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// everydayKeys are changes of keys with what points at them.
func everydayKeys() []everyday {
	return []everyday{
		{
			name: "pk int to bigint with fks",
			before: func(m *schema.Metadata) {
				m.Table("account",
					schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
					schema.Column("name", schema.String(20)),
				)
				m.Table("purchase",
					schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
					schema.Column("account_id", schema.Integer(), schema.NotNull(), schema.References("account.id"), schema.Indexed()),
					schema.Column("parent_id", schema.Integer(), schema.References("purchase.id")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("account", numbered(), schema.Column("name", schema.String(20)))
				m.Table("purchase", numbered(),
					schema.Column("account_id", schema.BigInteger(), schema.NotNull(), schema.References("account.id"), schema.Indexed()),
					schema.Column("parent_id", schema.BigInteger(), schema.References("purchase.id")),
				)
			},
			rows: []string{"INSERT INTO account (name) VALUES ('n')", "INSERT INTO purchase (account_id) VALUES (1)", "INSERT INTO purchase (account_id, parent_id) VALUES (1, 1)"},
			up:   [2]string{"SELECT COUNT(*) FROM purchase p JOIN account a ON a.id = p.account_id", "2"},
			down: [2]string{"SELECT COUNT(*) FROM purchase p JOIN account a ON a.id = p.account_id", "2"},
		},
		{
			name: "unique to pk",
			before: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("code", schema.String(20), schema.NotNull(), schema.Unique()), schema.Column("name", schema.String(20)),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("code", schema.String(20), schema.PrimaryKey()), schema.Column("name", schema.String(20)),
				)
			},
			rows: []string{"INSERT INTO t VALUES ('a', 'b')"},
		},
		{
			name: "unique to pk, surrogate dropped, referenced",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("code", schema.String(20), schema.NotNull(), schema.Unique()), schema.Column("name", schema.String(20)),
				)
				m.Table("r", numbered(),
					schema.Column("code", schema.String(20), schema.NotNull(), schema.References("t.code"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("code", schema.String(20), schema.PrimaryKey()), schema.Column("name", schema.String(20)),
				)
				m.Table("r", numbered(),
					schema.Column("code", schema.String(20), schema.NotNull(), schema.References("t.code"), schema.Indexed()),
				)
			},
			rows: []string{"INSERT INTO t (code, name) VALUES ('a', 'b')", "INSERT INTO r (code) VALUES ('a')"},
		},
		{
			name: "natural pk to surrogate",
			before: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("code", schema.String(20), schema.PrimaryKey()), schema.Column("name", schema.String(20)),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("code", schema.String(20), schema.NotNull(), schema.Unique()), schema.Column("name", schema.String(20)),
				)
			},
			rows: []string{"INSERT INTO t (code, name) VALUES ('a', 'b')", "INSERT INTO t (code, name) VALUES ('b', 'b')"},
		},
		{
			name: "self fk changed",
			before: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("parent_id", schema.BigInteger(), schema.References("t.id")),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t", numbered(),
					schema.Column("parent_id", schema.BigInteger(), schema.References("t.id", schema.OnDelete(schema.Cascade)), schema.Indexed()),
				)
			},
			rows: []string{"INSERT INTO t (parent_id) VALUES (NULL)", "INSERT INTO t (parent_id) VALUES (1)"},
		},
		{
			name: "renamed column in pk referenced by composite fk",
			before: func(m *schema.Metadata) {
				m.Table("org",
					schema.Column("region", schema.String(10), schema.PrimaryKey()),
					schema.Column("num", schema.Integer(), schema.PrimaryKey()), schema.Column("n", schema.String(10)),
				)
				m.Table("emp", numbered(),
					schema.Column("region", schema.String(10), schema.NotNull()),
					schema.Column("org_num", schema.Integer(), schema.NotNull()),
					schema.ForeignKeyConstraint("", []string{"region", "org_num"}, "org", []string{"region", "num"}),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("org",
					schema.Column("area", schema.String(10), schema.PrimaryKey(), schema.RenamedFrom("region")),
					schema.Column("num", schema.Integer(), schema.PrimaryKey()), schema.Column("n", schema.String(10)),
				)
				m.Table("emp", numbered(),
					schema.Column("area", schema.String(10), schema.NotNull(), schema.RenamedFrom("region")),
					schema.Column("org_num", schema.Integer(), schema.NotNull()),
					schema.ForeignKeyConstraint("", []string{"area", "org_num"}, "org", []string{"area", "num"}),
				)
			},
			rows: []string{"INSERT INTO org VALUES ('eu', 1, 'x')", "INSERT INTO emp (region, org_num) VALUES ('eu', 1)"},
			up:   [2]string{"SELECT o.n FROM emp e JOIN org o ON o.area = e.area", "x"},
		},
		{
			name: "rename and type change referenced",
			before: func(m *schema.Metadata) {
				m.Table("account", schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()))
				m.Table("post",
					schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
					schema.Column("user_id", schema.Integer(), schema.NotNull(), schema.References("account.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("account", schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()))
				m.Table("post",
					schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
					schema.Column("account_id", schema.BigInteger(), schema.NotNull(), schema.References("account.id", schema.OnDelete(schema.Cascade)), schema.Indexed(), schema.RenamedFrom("user_id")),
				)
			},
			rows: []string{"INSERT INTO account (id) VALUES (1)", "INSERT INTO post (user_id) VALUES (1)"},
			up:   [2]string{"SELECT account_id FROM post", "1"},
		},
		{
			name: "fk target changes table",
			before: func(m *schema.Metadata) {
				m.Table("a", numbered())
				m.Table("b", numbered())
				m.Table("r", numbered(),
					schema.Column("x_id", schema.BigInteger(), schema.References("a.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("b", numbered())
				m.Table("r", numbered(),
					schema.Column("x_id", schema.BigInteger(), schema.References("b.id"), schema.Indexed()),
				)
			},
		},
		{
			name: "soft delete partial unique",
			on:   []testdb.Kind{testdb.KindPostgres, testdb.KindSQLite},
			before: func(m *schema.Metadata) {
				m.Table("account", numbered(),
					schema.Column("email", schema.String(50), schema.NotNull(), schema.Unique()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("account", numbered(),
					schema.Column("email", schema.String(50), schema.NotNull()), schema.Column("deleted_at", schema.DateTime()),
					schema.Index("uq_account_email", "email").With(schema.UniqueIndex(), schema.Where("deleted_at IS NULL")),
				)
			},
			rows: []string{"INSERT INTO account (email) VALUES ('a')"},
		},
		{
			name: "column gone from primary key and unique key",
			before: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("tenant", schema.Integer(), schema.PrimaryKey()),
					schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("x", schema.String(20), schema.NotNull()),
					schema.UniqueConstraint("uq_t_tx", "tenant", "x"),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("t",
					schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("x", schema.String(20), schema.NotNull()),
					schema.UniqueConstraint("uq_t_x", "x"),
				)
			},
		},
		{
			name: "tenant added to keys, referenced",
			before: func(m *schema.Metadata) {
				m.Table("doc", numbered(), schema.Column("slug", schema.String(20), schema.NotNull(), schema.Unique()))
				m.Table("rev", numbered(),
					schema.Column("doc_id", schema.BigInteger(), schema.NotNull(), schema.References("doc.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("tenant", numbered())
				m.Table("doc", numbered(),
					schema.Column("tenant_id", schema.BigInteger(), schema.NotNull(), schema.References("tenant.id")),
					schema.Column("slug", schema.String(20), schema.NotNull()),
					schema.UniqueConstraint("uq_doc_slug", "tenant_id", "slug"), schema.UniqueConstraint("uq_doc_t", "tenant_id", "id"),
				)
				m.Table("rev", numbered(),
					schema.Column("tenant_id", schema.BigInteger(), schema.NotNull()),
					schema.Column("doc_id", schema.BigInteger(), schema.NotNull()),
					schema.ForeignKeyConstraint("fk_rev_doc", []string{"tenant_id", "doc_id"}, "doc", []string{"tenant_id", "id"}),
					schema.Index("ix_rev_doc", "tenant_id", "doc_id"),
				)
			},
		},
		{
			name: "uuid key from string",
			before: func(m *schema.Metadata) {
				m.Table("a", schema.Column("id", schema.String(36), schema.PrimaryKey()))
				m.Table("b",
					schema.Column("id", schema.String(36), schema.PrimaryKey()),
					schema.Column("a_id", schema.String(36), schema.NotNull(), schema.References("a.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("a", schema.Column("id", schema.UUID(), schema.PrimaryKey()))
				m.Table("b",
					schema.Column("id", schema.UUID(), schema.PrimaryKey()),
					schema.Column("a_id", schema.UUID(), schema.NotNull(), schema.References("a.id"), schema.Indexed()),
				)
			},
			on:   []testdb.Kind{testdb.KindPostgres, testdb.KindMariaDB, testdb.KindSQLite}, // MySQL keeps a UUID without its hyphens
			rows: []string{"INSERT INTO a VALUES ('0b8f5b4e-65a5-4a5e-9d5e-2a8b5c0d1e2f')", "INSERT INTO b VALUES ('1b8f5b4e-65a5-4a5e-9d5e-2a8b5c0d1e2f', '0b8f5b4e-65a5-4a5e-9d5e-2a8b5c0d1e2f')"},
			up:   [2]string{"SELECT COUNT(*) FROM a JOIN b ON a.id = b.a_id", "1"},
		},
		{
			name: "set null to cascade with not null",
			before: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.References("p.id", schema.OnDelete(schema.SetNull)), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.NotNull(), schema.References("p.id", schema.OnDelete(schema.Cascade)), schema.Indexed()),
				)
			},
			rows: []string{"INSERT INTO p (id) VALUES (7)", "INSERT INTO t (p_id) VALUES (7)"},
		},
		{
			name: "unique to composite with fk column",
			before: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.NotNull(), schema.References("p.id"), schema.Unique()),
					schema.Column("k", schema.Integer(), schema.NotNull()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.NotNull(), schema.References("p.id")),
					schema.Column("k", schema.Integer(), schema.NotNull()), schema.UniqueConstraint("uq_t_k_p", "k", "p_id"),
				)
			},
			rows: []string{"INSERT INTO p (id) VALUES (7)", "INSERT INTO t (p_id, k) VALUES (7, 1)"},
		},
		{
			name: "one to one from one to many",
			before: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.NotNull(), schema.References("p.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t",
					schema.Column("p_id", schema.BigInteger(), schema.PrimaryKey(), schema.References("p.id", schema.OnDelete(schema.Cascade))),
				)
			},
			rows: []string{"INSERT INTO p (id) VALUES (7)", "INSERT INTO t (p_id) VALUES (7)"},
		},
		{
			name: "autoincrement removed, referenced",
			before: func(m *schema.Metadata) {
				m.Table("p", numbered())
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.NotNull(), schema.References("p.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("p", schema.Column("id", schema.BigInteger(), schema.PrimaryKey()))
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.NotNull(), schema.References("p.id"), schema.Indexed()),
				)
			},
			rows: []string{"INSERT INTO p (id) VALUES (7)", "INSERT INTO t (p_id) VALUES (7)"},
		},
		{
			name: "pk column renamed",
			before: func(m *schema.Metadata) {
				m.Table("p", numbered(), schema.Column("n", schema.String(10)))
				m.Table("t", numbered(),
					schema.Column("p_id", schema.BigInteger(), schema.NotNull(), schema.References("p.id"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("p",
					schema.Column("p_key", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement(), schema.RenamedFrom("id")),
					schema.Column("n", schema.String(10)),
				)
				m.Table("t", numbered(),
					schema.Column("p_key", schema.BigInteger(), schema.NotNull(), schema.References("p.p_key"), schema.Indexed(), schema.RenamedFrom("p_id")),
				)
			},
			rows: []string{"INSERT INTO p (n) VALUES ('x')", "INSERT INTO t (p_id) VALUES (1)"},
			up:   [2]string{"SELECT n FROM p JOIN t ON p.p_key = t.p_key", "x"},
		},
		{
			name: "fk to unique repointed to id, unique dropped",
			before: func(m *schema.Metadata) {
				m.Table("a", numbered(), schema.Column("code", schema.String(20), schema.NotNull(), schema.Unique()))
				m.Table("b", numbered(),
					schema.Column("a_code", schema.String(20), schema.NotNull(), schema.References("a.code"), schema.Indexed()),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("a", numbered(),
					schema.Column("label", schema.String(20), schema.NotNull(), schema.RenamedFrom("code")),
				)
				m.Table("b", numbered(),
					schema.Column("a_id", schema.BigInteger(), schema.NotNull(), schema.References("a.id"), schema.Indexed()),
				)
			},
		},
		{
			name: "pk reordered, referenced",
			before: func(m *schema.Metadata) {
				m.Table("a",
					schema.Column("x", schema.Integer(), schema.PrimaryKey()), schema.Column("y", schema.Integer(), schema.PrimaryKey()),
				)
				m.Table("b", numbered(),
					schema.Column("x", schema.Integer()), schema.Column("y", schema.Integer()),
					schema.ForeignKeyConstraint("", []string{"x", "y"}, "a", []string{"x", "y"}),
				)
			},
			after: func(m *schema.Metadata) {
				m.Table("a",
					schema.Column("x", schema.Integer(), schema.NotNull()), schema.Column("y", schema.Integer(), schema.NotNull()),
					schema.PrimaryKeyConstraint("", "y", "x"),
				)
				m.Table("b", numbered(),
					schema.Column("x", schema.Integer()), schema.Column("y", schema.Integer()),
					schema.ForeignKeyConstraint("", []string{"y", "x"}, "a", []string{"y", "x"}),
				)
			},
			rows: []string{"INSERT INTO a VALUES (1, 2)", "INSERT INTO b (x, y) VALUES (1, 2)"},
		},
	}
}
