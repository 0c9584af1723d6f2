package sqlite_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// memory is an empty database in memory.
func memory(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func (r *run) reflect(s dialect.Scope) *dialect.Reflection {
	r.t.Helper()
	got, err := r.d.Reflect(r.t.Context(), r.conn, s)
	if err != nil {
		r.t.Fatal(err)
	}
	return got
}

func TestReflectWhatOthersMade(t *testing.T) {
	r := start(t, `CREATE TABLE Parent (Code TEXT PRIMARY KEY, n int) WITHOUT ROWID`,
		`create table child (
			id integer primary key asc, -- CHECK (x)
			"a""b" varchar( 10 ) default 'CHECK (y)' collate nocase not null on conflict fail,
			c decimal(10,2) default "word", d timestamp default current_timestamp, e default (1+ 2), f int default '7', g text default 8,
			h bool default true, i blob default x'ff', j datetime default null, k INT8 default +5,
			p text references parent deferrable initially deferred,
			q generated always as (id+1) stored, r as ( "id" - 1 ),
			constraint [my check] check ( "a""b" <> 'x' and ID>=0 ) constraint u unique ('c', D desc),
			foreign key (P) references PARENT (code) on delete set null on update no action match simple not deferrable
		)`,
		`create unique index ix on child ( "a""b", c desc, lower ( p ) collate nocase ) where C  is  not  null`)
	no := func(name string, typ schema.Type, items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column(name, typ, items...)
	}
	def := schema.ServerDefault
	want := []*schema.Table{
		{
			Name: schema.Name{Name: "Parent"}, Columns: []*schema.ColumnDef{no("Code", schema.Text(), schema.NotNull()), no("n", schema.Integer())},
			PrimaryKey: schema.PrimaryKeyConstraint("", "Code"), Options: []schema.Option{sqlite.WithoutRowid()},
		},
		{
			Name: schema.Name{Name: "child"},
			Columns: []*schema.ColumnDef{
				no("id", schema.Integer(), schema.NotNull(), schema.AutoIncrement()),
				no(`a"b`, schema.String(10), schema.NotNull(), def(schema.Literal("CHECK (y)")), schema.Collate("NOCASE"), sqlite.OnConflict(sqlite.Fail)),
				no("c", schema.RawSQL("DECIMAL(10, 2)"), def(schema.Literal("word"))), no("d", schema.RawSQL("TIMESTAMP"), def(schema.Now())),
				no("e", schema.NoType(), def(schema.SQL("1 + 2"))), no("f", schema.Integer(), def(schema.Literal(7))), no("g", schema.Text(), def(schema.Literal("8"))),
				no("h", schema.Boolean(), def(schema.Literal(true))), no("i", schema.Blob(), def(schema.Literal([]byte{255}))), no("j", schema.DateTime()),
				no("k", schema.RawSQL("INT8"), def(schema.Literal(5))), no("p", schema.Text()),
				no("q", schema.NoType(), schema.ComputedAs("id + 1", schema.Stored)), no("r", schema.NoType(), schema.ComputedAs("id - 1", schema.Virtual)),
			},
			PrimaryKey: schema.PrimaryKeyConstraint("", "id"),
			Uniques:    []*schema.UniqueDef{schema.UniqueConstraint("u", "c", "d").With(sqlite.KeyTerms(`"c", "d" DESC`))},
			Checks:     []*schema.CheckDef{schema.CheckConstraint("my check", `"a""b" <> 'x' AND id >= 0`)},
			ForeignKeys: []*schema.ForeignKeyDef{
				schema.ForeignKeyConstraint("", []string{"p"}, "Parent", []string{"Code"}, schema.WithDeferral(schema.InitiallyDeferred)),
				schema.ForeignKeyConstraint("", []string{"p"}, "Parent", []string{"Code"}, schema.OnDelete(schema.SetNull)),
			},
			Indexes: []*schema.IndexDef{schema.IndexOn("ix", schema.Key(`a"b`), schema.Key("c").Desc(), schema.KeyExpr("lower(p)").Collate("NOCASE")).With(schema.UniqueIndex(), schema.Where("c IS NOT NULL"))},
		},
	}
	if diff := dialecttest.Diff(want, r.reflect(dialect.Scope{}).Tables); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReflectOthers(t *testing.T) {
	r := start(t,
		"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)", "ANALYZE", "CREATE TABLE docs_of_mine (a)",
		"CREATE VIRTUAL TABLE docs USING fts5(body)", "CREATE VIRTUAL TABLE boxes USING rtree(id, a, b)",
		"CREATE VIEW v AS SELECT * FROM t", "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END", "CREATE TEMP TABLE secret (a)",
	)
	got := r.reflect(dialect.Scope{})
	var tables, others []string
	for _, t := range got.Tables {
		tables = append(tables, t.Name.String())
	}
	for _, o := range got.Others {
		others = append(others, o.Kind+" "+o.Name.String())
	}
	r.equal("tables", tables, []string{"docs_of_mine", "t"})
	r.equal("others", others, []string{
		"virtual table boxes", "shadow table boxes_node", "shadow table boxes_parent", "shadow table boxes_rowid",
		"virtual table docs", "shadow table docs_config", "shadow table docs_content", "shadow table docs_data", "shadow table docs_docsize", "shadow table docs_idx",
		"trigger tr", "view v",
	})
}

func TestReflectGoesOnBehindTheUnreadable(t *testing.T) {
	r := start(t, "CREATE TABLE a (x)", "CREATE TABLE b (y)", "CREATE TABLE c (z, FOREIGN KEY (z) REFERENCES nowhere)", "CREATE INDEX ix ON a (x)",
		"PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = 'CREATE TABLE b (y' WHERE name = 'b'")
	got := r.reflect(dialect.Scope{})
	var tables []string
	for _, t := range got.Tables {
		tables = append(tables, t.Name.String())
	}
	r.equal("tables", tables, []string{"a", "c"})
	if len(got.Problems) != 1 || got.Problems[0].Object != (dialect.Object{Kind: "table", Name: schema.Name{Name: "b"}}) {
		t.Errorf("problems are %v", got.Problems)
	}
	r.equal("the reference to no table", fmt.Sprint(got.Tables[1].ForeignKeys[0].RefTable, got.Tables[1].ForeignKeys[0].RefColumns), "nowhere []")
}

// TestReflectWithoutNames: what has no name is named as a problem, and nothing else suffers.
func TestReflectWithoutNames(t *testing.T) {
	for _, k := range []struct{ nameless, want string }{
		{`CREATE INDEX "" ON u (a)`, `index "": the index on table "u" has no name, which nothing can declare; drop it and create it with one`},
		{`CREATE TABLE "" (a)`, `table "": the table has no name, which nothing can declare; give it one by ALTER TABLE "" RENAME TO …`},
		{`CREATE TABLE t (a, "")`, `table "t": a column has no name, which nothing can declare; give it one by ALTER TABLE "t" RENAME COLUMN "" TO …`},
	} {
		r := start(t, "CREATE TABLE u (a REFERENCES t)", k.nameless)
		got := r.reflect(dialect.Scope{})
		if len(got.Tables) != 1 || got.Tables[0].Name.Name != "u" || len(got.Tables[0].Indexes) != 0 {
			t.Errorf("%s: tables are %v", k.nameless, got.Tables)
		}
		var problems []string
		for _, p := range got.Problems {
			problems = append(problems, p.Object.Kind+" "+strconv.Quote(p.Object.Name.Name)+": "+p.Err.Error())
		}
		r.equal("problems", problems, []string{k.want})
	}
}

func TestReflectAttached(t *testing.T) {
	r := start(t, "CREATE TABLE t (id INTEGER PRIMARY KEY)")
	r.direct("ATTACH ? AS other", [][]any{{t.TempDir() + "/other.db"}})
	r.exec("CREATE TABLE other.t (id INTEGER PRIMARY KEY, p INTEGER REFERENCES t (id))", "CREATE INDEX other.ix ON t (p)")
	want := []*schema.Table{
		r.d.Canonical(schema.NewTable("t", schema.Column("id", schema.Integer(), schema.PrimaryKey()))),
		r.d.Canonical(schema.NewTable("t", schema.InSchema("other"), schema.Column("id", schema.Integer(), schema.PrimaryKey()),
			schema.Column("p", schema.Integer(), schema.References("other.t.id")), schema.Index("ix", "p"))),
	}
	for _, s := range []dialect.Scope{{Schemas: []string{"", "main", "other"}}, {AllSchemas: true}} {
		if diff := dialecttest.Diff(want, r.reflect(s).Tables); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", s, diff)
		}
	}
	if diff := dialecttest.Diff(want[:1], r.reflect(dialect.Scope{}).Tables); diff != "" {
		t.Errorf("the default scope (-want +got):\n%s", diff)
	}
	if _, err := r.d.Reflect(t.Context(), r.conn, dialect.Scope{Schemas: []string{"none"}}); err == nil {
		t.Error("a schema that is not there was reflected")
	}
	for name, want := range map[schema.Name]bool{
		{Name: "T"}: true, {Schema: "main", Name: "t"}: true, {Schema: "other", Name: "t"}: true,
		{Schema: "none", Name: "t"}: false, {Name: "ix"}: false, {Name: "x"}: false,
	} {
		if got, err := r.d.HasTable(t.Context(), r.conn, name); err != nil || got != want {
			t.Errorf("HasTable(%v) is %v, %v", name, got, err)
		}
	}
}

func TestReflectLeavesTheSession(t *testing.T) {
	r := start(t, "CREATE TABLE t (a)", "BEGIN", "INSERT INTO t VALUES (1)")
	r.reflect(dialect.Scope{AllSchemas: true})
	r.exec("ROLLBACK")
	r.equal("rows after ROLLBACK", r.rows("SELECT * FROM t"), []string{})
}

func TestEqualExpr(t *testing.T) {
	d := sqlite.System().Offline("")
	for _, k := range []struct {
		a, b string
		want dialect.Verdict
	}{
		{"a>0", "a > 0", dialect.Same},
		{"((a > 0))", `"A" > 0 -- c`, dialect.Same},
		{"a is not null", "`a` IS NOT NULL", dialect.Same},
		{"LOWER(a) == 'x'", "lower(a) = 'x'", dialect.Same},
		{"a != 1", "a <> 1", dialect.Same},
		{"x'ab' = b", "X'AB' = B", dialect.Same},
		{"a = 'x'", "a = 'X'", dialect.Different},
		{"a > 0", "a > 1", dialect.Different},
		{"a > 0", "b > 0", dialect.Different},
		{"a = 'b'", `a = "b"`, dialect.Different},
		{"(a) + (b)", "a + b", dialect.Different},
		{"a - -1", "a - - 1", dialect.Same},
		{"a--1\n", "a", dialect.Same},
	} {
		if got := d.EqualExpr(k.a, k.b); got != k.want || d.EqualExpr(k.b, k.a) != k.want {
			t.Errorf("EqualExpr(%q, %q) is %v, want %v", k.a, k.b, got, k.want)
		}
	}
}

func TestCanonicalExpr(t *testing.T) {
	d := sqlite.System().Offline("")
	for src, want := range map[string]string{
		"( (a>0) )":                               "a > 0",
		`"a" > 0 and [b] <0`:                      "a > 0 AND b < 0",
		`"text" = 'x'`:                            `"text" = 'x'`,
		"a in(1,2 , 3)":                           "a IN (1, 2, 3)",
		"COALESCE( a,-1 )+ -b*- 2":                "coalesce(a, -1) + -b * -2",
		"case when a then - 1 else b end":         "CASE WHEN a THEN -1 ELSE b END",
		"a between 1 and 2 or not(b)":             "a BETWEEN 1 AND 2 OR NOT (b)",
		"t . a || 'x  y' /* z */":                 "t.a || 'x  y'",
		`"select" = 1`:                            `"select" = 1`,
		"cast(a as text) collate nocase like '%'": "CAST(a AS text) COLLATE nocase LIKE '%'",
		"a - (-1)":                                "a - (-1)",
		"A == B":                                  "a = b",
	} {
		t1 := schema.NewTable("t", schema.Column("a", schema.Integer()), schema.Column("b", schema.Integer()), schema.Column("select", schema.Integer()), schema.CheckConstraint("", src))
		if got := d.Canonical(t1).Checks[0].Expr; got != want {
			t.Errorf("%q becomes %q, want %q", src, got, want)
		}
	}
}

func TestCanonicalDefault(t *testing.T) {
	d := sqlite.System().Offline("")
	for _, k := range []struct {
		typ         schema.Type
		given, want schema.Expr
	}{
		{schema.Integer(), schema.Literal("5"), schema.Literal(5)},
		{schema.Integer(), schema.SQL("( 5 )"), schema.Literal(5)},
		{schema.Integer(), schema.SQL("-5"), schema.Literal(-5)},
		{schema.Integer(), schema.Literal("05"), schema.Literal("05")},
		{schema.Integer(), schema.Literal(true), schema.Literal(1)},
		{schema.Boolean(), schema.Literal(1), schema.Literal(true)},
		{schema.Boolean(), schema.Literal("0"), schema.Literal(false)},
		{schema.Boolean(), schema.SQL("TRUE"), schema.Literal(true)},
		{schema.String(5), schema.Literal(5), schema.Literal("5")},
		{schema.String(5), schema.SQL("'it''s'"), schema.Literal("it's")},
		{schema.Blob(), schema.Literal("5"), schema.Literal("5")},
		{schema.DateTime(), schema.SQL("(current_timestamp)"), schema.Now()},
		{schema.DateTime(), schema.SQL("datetime( 'now' )"), schema.SQL("datetime('now')")},
		{schema.Integer(), schema.Null(), schema.NoExpr()},
		{schema.Integer(), schema.Literal(1).WithVariant("sqlite", schema.Literal(2)), schema.Literal(2)},
		{schema.Integer(), schema.Literal(1).WithVariant("mysql", schema.Literal(2)), schema.Literal(1)},
	} {
		if got := d.Canonical(schema.NewTable("t", schema.Column("c", k.typ, schema.ServerDefault(k.given)))).Columns[0].Default; !got.Equal(k.want) {
			t.Errorf("%+v of %+v becomes %+v, want %+v", k.given, k.typ.Call(), got, k.want)
		}
	}
}

func TestDetect(t *testing.T) {
	conn, err := memory(t).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	d, err := sqlite.System().Detect(t.Context(), conn)
	if err != nil || d.Name() != "sqlite" || !slices.Equal(d.Names(), []string{"sqlite"}) || !d.TransactionalDDL() {
		t.Errorf("%v, %v", d, err)
	}
	s := sqlite.System()
	if s.Name() != "sqlite" || !slices.Equal(s.Flavors(), []string{"sqlite"}) || s.Offline("sqlite").Name() != "sqlite" {
		t.Errorf("%v", s)
	}
}
