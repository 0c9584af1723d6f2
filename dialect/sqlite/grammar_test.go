package sqlite_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// offline is the script of a statement as one text.
func offline(s ddl.Statement) (string, error) {
	texts, err := script(s)
	return strings.Join(texts, "\n"), err
}

// script compiles a statement without a connection.
func script(s ddl.Statement) (texts []string, err error) {
	list, err := dialect.Compile(context.Background(), sqlite.System().Offline("sqlite"), nil, s)
	for _, q := range list {
		texts = append(texts, q.Text)
	}
	return texts, err
}

func alter(actions ...ddl.Action) ddl.Statement {
	return ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: actions}
}

func TestStatements(t *testing.T) {
	id := func() *schema.ColumnDef { return schema.Column("id", schema.Integer(), schema.PrimaryKey()) }
	create := func(items ...schema.TableItem) ddl.Statement {
		return ddl.CreateTable{Table: schema.NewTable("t", items...)}
	}
	add := func(c *schema.ColumnDef) ddl.Action { return ddl.AddColumn{Column: c} }
	tn := schema.Name{Name: "t"}
	for name, k := range map[string]struct {
		s    ddl.Statement
		want string
	}{
		"create": {
			create(id(), schema.Column("a", schema.String(50), schema.NotNull(), schema.ServerDefault(schema.Literal("it's")))),
			"CREATE TABLE \"t\" (\n    \"id\" INTEGER PRIMARY KEY,\n    \"a\" VARCHAR(50) NOT NULL DEFAULT 'it''s'\n)",
		},
		"named and numbered for good": {
			create(schema.Column("id", schema.BigInteger(), sqlite.AutoIncrement()), schema.PrimaryKeyConstraint("pk", "id")),
			"CREATE TABLE \"t\" (\n    \"id\" INTEGER CONSTRAINT \"pk\" PRIMARY KEY AUTOINCREMENT\n)",
		},
		"line breaks that the client would change": {
			create(schema.Column("a", schema.Text(), schema.ServerDefault(schema.Literal("it's\r\nso\r"))), schema.Column("b", schema.Text(), schema.ServerDefault(schema.SQL("'' || CHAR(13,10) || ''")))),
			"CREATE TABLE \"t\" (\n    \"a\" TEXT DEFAULT ('it''s' || char(13, 10) || 'so\r'),\n    \"b\" TEXT DEFAULT ('' || char(13, 10) || '')\n)",
		},
		"options": {
			create(schema.Column("a", schema.String(5), schema.PrimaryKey()), sqlite.Strict(), sqlite.WithoutRowid()),
			"CREATE TABLE \"t\" (\n    \"a\" TEXT NOT NULL,\n    PRIMARY KEY (\"a\")\n) STRICT, WITHOUT ROWID",
		},
		"reference": {
			create(id(), schema.Column("p", schema.Integer(), schema.References("main.p.id", schema.OnDelete(schema.SetNull), schema.WithDeferral(schema.InitiallyDeferred)))),
			"CREATE TABLE \"t\" (\n    \"id\" INTEGER PRIMARY KEY,\n    \"p\" INTEGER,\n    FOREIGN KEY (\"p\") REFERENCES \"p\" (\"id\") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED\n)",
		},
		"comment in a check": {create(schema.Column("a", schema.Integer()), schema.CheckConstraint("", "a > 0 -- why")), "CREATE TABLE \"t\" (\n    \"a\" INTEGER,\n    CHECK (a > 0 -- why\n)\n)"},
		"in a schema":        {ddl.CreateIndex{Table: schema.Name{Schema: "aux", Name: "t"}, Index: schema.Index("ix", "a"), Guard: ddl.IfNotExists}, `CREATE INDEX IF NOT EXISTS "aux"."ix" ON "t" ("a")`},
		"index":              {ddl.CreateIndex{Table: tn, Index: schema.IndexOn("ix", schema.Key("a").Desc().Collate("NOCASE"), schema.KeyExpr("lower(b)")).With(schema.UniqueIndex(), schema.Where("a > 0"))}, `CREATE UNIQUE INDEX "ix" ON "t" ("a" COLLATE "NOCASE" DESC, lower(b)) WHERE a > 0`},
		"drop index":         {ddl.DropIndex{Table: tn, Name: "ix", Guard: ddl.IfExists}, `DROP INDEX IF EXISTS "ix"`},
		"rename table":       {ddl.RenameTable{Table: tn, To: "u"}, `ALTER TABLE "t" RENAME TO "u"`},
		"rename in case":     {ddl.RenameTable{Table: tn, To: "T"}, "ALTER TABLE \"t\" RENAME TO \"_gomig_tmp\"\nALTER TABLE \"_gomig_tmp\" RENAME TO \"T\""},
		"comment":            {ddl.SetTableComment{Table: tn, Comment: "x"}, ""},
		"enum":               {ddl.CreateEnum{Name: schema.Name{Name: "e"}, Values: []string{"a"}}, ""},
		"add column":         {alter(add(schema.Column("a", schema.Text(), schema.NotNull(), schema.ServerDefault(schema.SQL("('x')"))))), `ALTER TABLE "t" ADD COLUMN "a" TEXT NOT NULL DEFAULT 'x'`},
		"add column with reference": {
			alter(add(schema.Column("a", schema.Integer())), ddl.AddConstraint{Constraint: schema.ForeignKeyConstraint("fk", []string{"a"}, "p", []string{"id"})}),
			`ALTER TABLE "t" ADD COLUMN "a" INTEGER CONSTRAINT "fk" REFERENCES "p" ("id")`,
		},
		"add virtual":    {alter(add(schema.Column("a", schema.Integer(), schema.ComputedAs("b + 1", schema.Virtual)))), `ALTER TABLE "t" ADD COLUMN "a" INTEGER GENERATED ALWAYS AS (b + 1) VIRTUAL`},
		"several":        {alter(ddl.RenameColumn{Name: "a", To: "b"}, ddl.DropColumn{Name: "c"}), "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"b\"\nALTER TABLE \"t\" DROP COLUMN \"c\""},
		"only a comment": {alter(ddl.AlterColumn{Name: "a", Change: ddl.CommentAspect, New: schema.Column("a", schema.Integer(), schema.Comment("x"))}), ""},
		"copied": {
			ddl.AlterTable{Table: tn, Actions: []ddl.Action{ddl.AlterColumn{Name: "a", Change: ddl.TypeAspect, New: schema.Column("a", schema.Integer())}}, Batch: &ddl.Batch{
				CopyFrom: schema.NewTable("t", schema.Column("id", schema.Integer(), schema.PrimaryKey(), sqlite.AutoIncrement()), schema.Column("a", schema.String(5), schema.Indexed())),
			}},
			`CREATE TABLE "_gomig_tmp_t" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "a" INTEGER
)
INSERT INTO "_gomig_tmp_t" ("id", "a") SELECT "id", CAST("a" AS INTEGER) AS "a" FROM "t"
DELETE FROM "sqlite_sequence" WHERE name = '_gomig_tmp_t'
INSERT INTO "sqlite_sequence" (name, seq) SELECT '_gomig_tmp_t', seq FROM "sqlite_sequence" WHERE name = 't'
DROP TABLE "t"
PRAGMA legacy_alter_table = ON
ALTER TABLE "_gomig_tmp_t" RENAME TO "t"
PRAGMA legacy_alter_table = OFF
CREATE INDEX "ix_t_a" ON "t" ("a")`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := offline(k.s)
			if err != nil {
				t.Fatal(err)
			}
			if got != k.want {
				t.Errorf("is\n%s\nwant\n%s", got, k.want)
			}
		})
	}
}

func TestStatementErrors(t *testing.T) {
	create := func(items ...schema.TableItem) ddl.Statement {
		return ddl.CreateTable{Table: schema.NewTable("t", items...)}
	}
	index := func(i *schema.IndexDef) ddl.Statement {
		return ddl.CreateIndex{Table: schema.Name{Name: "t"}, Index: i}
	}
	a := schema.Column("a", schema.Integer())
	key := func(items ...schema.ConstraintItem) schema.TableItem {
		return schema.UniqueConstraint("uq", "a").With(items...)
	}
	for name, k := range map[string]struct {
		s    ddl.Statement
		want string
	}{
		"numbered and not the key": {create(schema.Column("a", schema.Integer(), schema.AutoIncrement())), `column "a": SQLite numbers only a table's whole primary key`},
		"numbered text":            {create(schema.Column("a", schema.Text(), schema.PrimaryKey(), schema.AutoIncrement())), "SQLite numbers only"},
		"numbered without rowid":   {create(schema.Column("a", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()), sqlite.WithoutRowid()), "SQLite numbers only"},
		"identity with options":    {create(schema.Column("a", schema.Integer(), schema.IdentityAs(schema.Identity{Start: 5}), schema.PrimaryKey())), "SQLite numbers rows from 1 by 1"},
		"default of the number":    {create(schema.Column("a", schema.Integer(), schema.PrimaryKey(), schema.ServerDefault(schema.Literal(1)))), "can have neither a default nor an expression"},
		"deferrable unique":        {create(a, key(schema.WithDeferral(schema.Deferrable))), `unique constraint "uq": SQLite cannot defer`},
		"nulls not distinct":       {create(a, key(schema.NullsNotDistinct())), "NULL never equals NULL"},
		"not enforced":             {create(a, schema.CheckConstraint("ck", "a > 0").With(schema.NotEnforced())), "SQLite enforces every check"},
		"exclude":                  {create(a, schema.ExcludeConstraint("ex", schema.Exclude("a", "="))), "SQLite has no exclude constraint"},
		"another file":             {create(a, schema.ForeignKeyConstraint("fk", []string{"a"}, "aux.p", []string{"id"})), `it points at "aux.p", but SQLite has no references between database files`},
		"resolution":               {create(schema.Column("a", schema.Integer(), schema.NotNull(), sqlite.OnConflict("MAYBE"))), `the resolution "MAYBE" is none of`},
		"type":                     {create(schema.Column("a", schema.RawSQL("INT, b INT"))), "it is not one type name"},
		"type with a constraint":   {create(schema.Column("a", schema.RawSQL("INT UNIQUE"))), "it is not one type name"},
		"type that ends the table": {create(schema.Column("a", schema.RawSQL("INT); DROP TABLE x; --"))), "it is not one type name"},
		"number":                   {create(schema.Column("a", schema.Integer(), schema.ServerDefault(schema.Number("1; DROP TABLE t")))), "it is none"},
		"NUL in a default":         {create(schema.Column("a", schema.Text(), schema.ServerDefault(schema.Literal("a\x00")))), "SQLite cannot hold a NUL"},
		"NUL in a name":            {create(schema.Column("a\x00b", schema.Text())), "SQLite cannot hold a NUL"},
		"no name":                  {index(schema.Index("", "a")), "a name must not be empty"},
		"method":                   {index(schema.Index("ix", "a").With(schema.Using("gin"))), `index "ix": SQLite has no index method but its b-tree`},
		"include":                  {index(schema.Index("ix", "a").With(schema.Include("b"))), "keeps no columns beside the key"},
		"prefix":                   {index(schema.IndexOn("ix", schema.Key("a").Prefix(3))), "indexes no leading characters"},
		"operators":                {index(schema.IndexOn("ix", schema.Key("a").Op("x"))), "no operator classes"},
		"nulls last":               {index(schema.IndexOn("ix", schema.Key("a").NullsLast())), "NULL below all else"},
		"constraint offline":       {alter(ddl.AddConstraint{Constraint: schema.UniqueConstraint("", "a")}), `altering table "t": SQLite cannot add a unique constraint with ALTER TABLE, and to copy the table a script must know it: give Batch.CopyFrom, or run online`},
		"not null offline":         {alter(ddl.AddColumn{Column: schema.Column("a", schema.Integer(), schema.NotNull())}), "SQLite cannot add a column that is NOT NULL without a default"},
		"guard offline":            {alter(ddl.DropColumn{Name: "a", Guard: ddl.IfExists}), "SQLite has no IF EXISTS"},
		"never":                    {ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: []ddl.Action{ddl.DropConstraint{Name: "x"}}, Batch: &ddl.Batch{Recreate: ddl.RecreateNever}}, "SQLite cannot drop a constraint with ALTER TABLE, and Recreate says never to copy the table"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := offline(k.s)
			if err == nil || !strings.Contains(err.Error(), k.want) {
				t.Errorf("error is %v, want %q; the SQL is\n%s", err, k.want, got)
			}
		})
	}
}

func TestGuards(t *testing.T) {
	r := start(t, "CREATE TABLE t (a, b)")
	text := schema.Column("a", schema.Text())
	for _, act := range []ddl.Action{
		ddl.AddColumn{Column: text, Guard: ddl.IfNotExists},
		ddl.DropColumn{Name: "x", Guard: ddl.IfExists},
		ddl.DropConstraint{Name: "x", Guard: ddl.IfExists},
	} {
		if err := r.alter("t", act); err != nil {
			t.Errorf("%+v: %v", act, err)
		}
	}
	r.equal("columns", r.rows("SELECT name FROM pragma_table_info('t')"), []string{"a|", "b|"})
	if err := r.alter("t", ddl.DropColumn{Name: "b", Guard: ddl.IfExists}, ddl.AddColumn{Column: schema.Column("c", schema.Text()), Guard: ddl.IfNotExists}); err != nil {
		t.Fatal(err)
	}
	r.equal("columns", r.rows("SELECT name FROM pragma_table_info('t')"), []string{"a|", "c|"})
}

func TestNativeDropColumn(t *testing.T) {
	r := start(t, "CREATE TABLE t (a, b, c)", "CREATE INDEX ix ON t (b)", "CREATE VIEW v AS SELECT a FROM t")
	if err := r.alter("t", ddl.DropColumn{Name: "c"}); err != nil {
		t.Fatal(err)
	}
	// SQLite's own ALTER keeps the text as it stands; a copy writes the name in quotes.
	r.equal("the table", r.sql("t"), "CREATE TABLE t (a, b)")
	if err := r.alter("t", ddl.DropColumn{Name: "b"}); err != nil {
		t.Fatal(err)
	}
	r.equal("the table", r.sql("t"), `CREATE TABLE "t" (a)`)
	r.equal("objects", r.rows("SELECT name FROM sqlite_master"), []string{"t|", "v|"})
}

func FuzzQuote(f *testing.F) {
	for _, s := range arbitrary.Hostile() {
		f.Add(s)
	}
	d, db := sqlite.System().Offline(""), memory(f)
	f.Fuzz(func(t *testing.T, s string) {
		name, err := d.Quote(s)
		if (err != nil) != (s == "" || strings.Contains(s, "\x00")) {
			t.Fatalf("Quote(%q) is %s, %v", s, name, err)
		}
		text, err := d.Expr(schema.Literal(s))
		if (err != nil) != strings.Contains(s, "\x00") {
			t.Fatalf("literal %q is %s, %v", s, text, err)
		}
		if err != nil {
			return
		}
		column, err := d.Quote("_" + s)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query("SELECT CAST(" + text + " AS BLOB) AS " + column)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		var got []byte
		if !rows.Next() || rows.Scan(&got) != nil || string(got) != s {
			t.Fatalf("literal %q came back as %q (%v)", s, got, rows.Err())
		}
		if cols, _ := rows.Columns(); cols[0] != "_"+s {
			t.Fatalf("name %q came back as %q", "_"+s, cols[0])
		}
	})
}

func TestSpellings(t *testing.T) {
	d := sqlite.System().Offline("")
	none := func(*rapid.T) string { return "e" }
	types := rapid.OneOf(arbitrary.Type(none), rapid.SampledFrom([]schema.Type{sqlite.Real(), sqlite.Any(), schema.NoType(), schema.RawSQL("x(1,+2)"), schema.RawSQL(`"a-b"`)}))
	rapid.Check(t, func(t *rapid.T) {
		typ := types.Draw(t, "type")
		once := d.Canonical(schema.NewTable("t", schema.Column("c", typ))).Columns[0].Type
		text, err := d.Type(typ)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := d.Type(once); err != nil || !strings.EqualFold(strings.ReplaceAll(again, " ", ""), strings.ReplaceAll(text, " ", "")) {
			t.Fatalf("%v is spelled %s, canonical %s (%v)", typ, text, again, err)
		}
		if twice := d.Canonical(schema.NewTable("t", schema.Column("c", once))).Columns[0].Type; !twice.Equal(once) {
			t.Fatalf("%v becomes %v, then %v", typ, once, twice)
		}
	})
}
