package sqlite_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

func start(t *testing.T, queries ...string) *run {
	t.Helper()
	d, db := open(t)
	r := newRun(t, d, db)
	r.exec(queries...)
	return r
}

func (r *run) equal(what string, got, want any) {
	r.t.Helper()
	if !reflect.DeepEqual(got, want) {
		r.t.Errorf("%s is\n%v\nwant\n%v", what, got, want)
	}
}

// hard is a table with everything that a copy made from a model would lose.
const hard = `CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the number, with a comma
    "first name" varchar( 50 ) COLLATE NOCASE NOT NULL ON CONFLICT REPLACE DEFAULT 'x, (y)', /* kept */
    [price] decimal(10,2) CONSTRAINT positive CHECK (account.price > 0),
    parent INT CONSTRAINT fk_self REFERENCES account(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    doubled AS (price * 2) VIRTUAL,
    raw BLOB DEFAULT x'00FF',
    state "my type" DEFAULT "on",
    gone TEXT,
    CONSTRAINT uq UNIQUE ("first name" COLLATE RTRIM DESC, state) ON CONFLICT IGNORE,
    CHECK ("first name" <> 'a, b') -- the last
)`

func TestRebuildKeepsWhatIsNotNamed(t *testing.T) {
	r := start(t, hard,
		`CREATE INDEX ix_price ON account (price DESC, lower("first name")) WHERE price > 1`,
		`CREATE INDEX ix_gone ON account (gone)`,
		`CREATE TABLE log (n INTEGER)`,
		`CREATE TRIGGER tr AFTER UPDATE OF price ON account BEGIN INSERT INTO log VALUES (new.id); END`,
		`CREATE TRIGGER tr_gone AFTER UPDATE OF gone ON account BEGIN SELECT 1; END`,
		`CREATE TRIGGER tr_log AFTER INSERT ON log BEGIN UPDATE account SET state = 'seen' WHERE id = new.n; END`,
		`CREATE VIEW names AS SELECT id, "first name" FROM account`,
		`CREATE TABLE child (id INTEGER PRIMARY KEY, a INTEGER REFERENCES account ON DELETE CASCADE)`,
		`INSERT INTO account (id, "first name", price, parent) VALUES (1, 'a', 5, NULL), (7, 'b', 6, 1), (9, 'c', 7, 7)`,
		`DELETE FROM account WHERE id = 9`,
		`INSERT INTO child VALUES (1, 1), (2, 7)`,
		`PRAGMA foreign_keys = ON`,
	)
	err := r.alter("account",
		ddl.DropColumn{Name: "gone"},
		ddl.AlterColumn{Name: "raw", Change: ddl.NullableAspect, New: &schema.ColumnDef{Name: "raw"}},
		ddl.AddColumn{Column: schema.Column("added", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now()))},
		ddl.AddConstraint{Constraint: schema.CheckConstraint("ck_id", "id > 0")},
	)
	if err != nil {
		t.Fatal(err)
	}
	want := `CREATE TABLE "account" (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the number, with a comma
    "first name" varchar( 50 ) COLLATE NOCASE NOT NULL ON CONFLICT REPLACE DEFAULT 'x, (y)', /* kept */
    [price] decimal(10,2) CONSTRAINT positive CHECK (price > 0),
    parent INT CONSTRAINT fk_self REFERENCES account(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    doubled AS (price * 2) VIRTUAL,
    raw BLOB DEFAULT x'00FF' NOT NULL,
    state "my type" DEFAULT "on",
    "added" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT uq UNIQUE ("first name" COLLATE RTRIM DESC, state) ON CONFLICT IGNORE,
    CHECK ("first name" <> 'a, b'),
    CONSTRAINT "ck_id" CHECK (id > 0) -- the last
)`
	r.equal("the table", r.sql("account"), want)
	r.equal("rows", r.rows(`SELECT id, "first name", price, parent, doubled, hex(raw), state FROM account ORDER BY id`),
		[]string{"1|a|5|<nil>|10|00FF|on|", "7|b|6|1|12|00FF|on|"})
	r.equal("child rows", r.rows("SELECT * FROM child"), []string{"1|1|", "2|7|"})
	r.equal("objects", r.rows("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"), []string{
		"index|ix_price|", "table|account|", "table|child|", "table|log|", "trigger|tr_log|", "trigger|tr|", "view|names|",
	})
	r.equal("foreign_keys", r.rows("PRAGMA foreign_keys"), []string{"1|"})
	r.equal("legacy_alter_table", r.rows("PRAGMA legacy_alter_table"), []string{"0|"})
	r.exec(`INSERT INTO account ("first name", price) VALUES ('d', 1)`, `UPDATE account SET price = 2 WHERE id = 10`)
	r.equal("the next number", r.rows(`SELECT id FROM account WHERE "first name" = 'd'`), []string{"10|"})
	r.equal("the trigger's work", r.rows("SELECT n FROM log"), []string{"10|"})
	r.equal("the view", r.rows("SELECT count(*) FROM names"), []string{"3|"})
	r.equal("references", r.rows("PRAGMA foreign_key_check"), []string{})
}

// A column that is taken to be something else is that in the copy, its values
// untouched and its constraints kept.
func TestRebuildTakesColumns(t *testing.T) {
	r := start(t, "CREATE TABLE t (a TEXT COLLATE NOCASE CHECK (a <> ''), b VARCHAR(5) UNIQUE)", "INSERT INTO t VALUES ('x', '007')")
	batch := func(name string) ddl.Statement {
		return ddl.AlterTable{
			Table: schema.Name{Name: "t"}, Actions: []ddl.Action{ddl.AddConstraint{Constraint: schema.CheckConstraint("ck", "b > ''")}},
			Batch: &ddl.Batch{Columns: []*schema.ColumnDef{schema.Column(name, schema.Blob(), schema.NotNull(), schema.ServerDefault(schema.Literal("y")))}},
		}
	}
	if err := r.migrate(batch("b")); err != nil {
		t.Fatal(err)
	}
	r.equal("the table", r.sql("t"), "CREATE TABLE \"t\" (a TEXT COLLATE NOCASE CHECK (a <> ''), b BLOB UNIQUE NOT NULL DEFAULT 'y', CONSTRAINT \"ck\" CHECK (b > ''))")
	r.equal("rows", r.rows("SELECT a, typeof(b), b FROM t"), []string{"x|text|007|"})
	if err := r.migrate(batch("c")); err == nil || !strings.Contains(err.Error(), `taking column "c" as the batch says: there is no column "c"`) {
		t.Errorf("got %v", err)
	}
}

func TestRebuildKeepsHiddenRowids(t *testing.T) {
	r := start(t, "CREATE TABLE t (a TEXT, rowid_ TEXT)", "INSERT INTO t (rowid, a) VALUES (5, 'x'), (900, 'y')")
	if err := r.alter("t", ddl.AddConstraint{Constraint: schema.CheckConstraint("ck", "a <> ''")}); err != nil {
		t.Fatal(err)
	}
	r.equal("rowids", r.rows("SELECT rowid, a FROM t"), []string{"5|x|", "900|y|"})
}

func TestRebuildWithNamesTaken(t *testing.T) {
	r := start(t, `CREATE TABLE "t" (a)`, `CREATE TABLE "_gomig_tmp_t" (b)`, `CREATE VIEW "_gomig_tmp_2_t" AS SELECT 1`, "INSERT INTO t VALUES (1)")
	if err := r.alter("t", ddl.AddConstraint{Constraint: schema.UniqueConstraint("", "a")}); err != nil {
		t.Fatal(err)
	}
	r.equal("names", r.rows("SELECT name FROM sqlite_master WHERE type <> 'index' ORDER BY 1"), []string{"_gomig_tmp_2_t|", "_gomig_tmp_t|", "t|"})
	r.equal("rows", r.rows("SELECT a FROM t"), []string{"1|"})
}

func TestRebuildInAttachedFile(t *testing.T) {
	d, db := open(t)
	r := newRun(t, d, db)
	r.direct("ATTACH ? AS aux", [][]any{{t.TempDir() + "/aux.db"}})
	r.exec("CREATE TABLE aux.t (id INTEGER PRIMARY KEY AUTOINCREMENT, a)", "CREATE TABLE t (other)", "CREATE INDEX aux.ix ON t (a)",
		"CREATE TRIGGER aux.tr AFTER INSERT ON t BEGIN SELECT 1; END", "INSERT INTO aux.t VALUES (4, 'x')")
	err := r.migrate(ddl.AlterTable{Table: schema.Name{Schema: "aux", Name: "t"}, Actions: []ddl.Action{ddl.AddConstraint{Constraint: schema.UniqueConstraint("uq", "a")}}})
	if err != nil {
		t.Fatal(err)
	}
	r.equal("rows", r.rows("SELECT * FROM aux.t"), []string{"4|x|"})
	r.equal("objects", r.rows("SELECT type, name FROM aux.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"), []string{"index|ix|", "table|t|", "trigger|tr|"})
	r.equal("the other table", r.sql("t"), "CREATE TABLE t (other)")
}

func TestRebuildRefuses(t *testing.T) {
	drop := func(name string) ddl.Action { return ddl.DropColumn{Name: name} }
	for name, k := range map[string]struct {
		setup   []string
		actions []ddl.Action
		want    string
	}{
		"view":          {[]string{"CREATE TABLE t (a, b)", "CREATE VIEW v AS SELECT b FROM t"}, []ddl.Action{drop("b")}, `altering table "t": the column "b" cannot go: the view "v" uses it`},
		"trigger":       {[]string{"CREATE TABLE t (a, b)", "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT new.b; END"}, []ddl.Action{drop("b")}, `the trigger "tr" uses it`},
		"check":         {[]string{"CREATE TABLE t (a, b, CHECK (a > b))"}, []ddl.Action{drop("b")}, "CHECK (a > b) uses it"},
		"generated":     {[]string{"CREATE TABLE t (a, b, c AS (b + 1))"}, []ddl.Action{drop("b")}, "AS (b + 1) uses it"},
		"self":          {[]string{"CREATE TABLE t (a, b UNIQUE, FOREIGN KEY (a) REFERENCES t (b))"}, []ddl.Action{drop("b")}, "REFERENCES t (b) uses it"},
		"no table":      {nil, []ddl.Action{drop("b")}, `altering table "t": there is no such table`},
		"is a view":     {[]string{"CREATE VIEW t AS SELECT 1 AS b"}, []ddl.Action{drop("b")}, "it is a view"},
		"virtual":       {[]string{"CREATE VIRTUAL TABLE t USING fts5 (b)"}, []ddl.Action{drop("b")}, "it is a virtual table"},
		"no column":     {[]string{"CREATE TABLE t (a UNIQUE)"}, []ddl.Action{ddl.AlterColumn{Name: "b", Change: ddl.NullableAspect, New: &schema.ColumnDef{}}}, `there is no column "b"`},
		"two keys":      {[]string{"CREATE TABLE t (a PRIMARY KEY, b)"}, []ddl.Action{ddl.AddConstraint{Constraint: schema.PrimaryKeyConstraint("", "b")}}, "it has a primary key already"},
		"no constraint": {[]string{"CREATE TABLE t (a CONSTRAINT x UNIQUE, CHECK (a > 0))"}, []ddl.Action{ddl.DropConstraint{Name: "y", Kind: schema.CheckKind}}, `there is no check constraint "y"; it has "x"; for one without a name give Batch.Naming`},
		"an index":      {[]string{"CREATE TABLE t (a)", "CREATE UNIQUE INDEX ux ON t (a)"}, []ddl.Action{ddl.DropConstraint{Name: "ux", Kind: schema.UniqueKind}}, `"ux" is no constraint but a unique index`},
		"last column":   {[]string{"CREATE TABLE t (a UNIQUE)"}, []ddl.Action{drop("a")}, "no column left"},
		"again":         {[]string{"CREATE TABLE t (a, b)"}, []ddl.Action{ddl.RenameColumn{Name: "a", To: "c"}, ddl.AddColumn{Column: schema.Column("a", schema.Integer(), schema.NotNull())}}, "renamed and added again in one group"},
		"order":         {[]string{"CREATE TABLE t (a, b)"}, []ddl.Action{ddl.AddColumn{Column: schema.Column("c", schema.Integer()), Place: ddl.Place{After: "x"}}}, `there is no column "x"`},
		"computed":      {[]string{"CREATE TABLE t (a, b DEFAULT 1)"}, []ddl.Action{ddl.AlterColumn{Name: "b", Change: ddl.ComputedAspect, New: schema.Column("b", schema.Integer(), schema.ComputedAs("a + 1", schema.Virtual))}}, `the column "b" would be computed and have a default, which no column can; take its default away in the same group`},
		"numbering":     {[]string{"CREATE TABLE t (a, b)"}, []ddl.Action{ddl.AlterColumn{Name: "a", Change: ddl.AutoIncrementAspect, New: schema.Column("a", schema.Integer(), schema.AutoIncrement())}}, "SQLite numbers only a table's whole primary key"},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, k.setup...)
			before := r.rows("SELECT type, name, sql FROM sqlite_master")
			err := r.alter("t", k.actions...)
			if err == nil || !strings.Contains(err.Error(), k.want) {
				t.Errorf("error is %v, want %q", err, k.want)
			}
			r.equal("the schema afterwards", r.rows("SELECT type, name, sql FROM sqlite_master"), before)
		})
	}
}

func TestRebuildRefusesForeignKeysOn(t *testing.T) {
	r := start(t, "CREATE TABLE t (a)", "PRAGMA foreign_keys = ON")
	s := ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: []ddl.Action{ddl.AddConstraint{Constraint: schema.UniqueConstraint("", "a")}}}
	_, err := dialect.Compile(t.Context(), r.d, dialecttest.Catalog(r.d, r.conn), s)
	if err == nil || !strings.Contains(err.Error(), "PRAGMA foreign_keys is on") {
		t.Errorf("error is %v", err)
	}
}

// rebuildCase is a change of a text into a text.
type rebuildCase struct {
	name, before string
	actions      []ddl.Action
	batch        ddl.Batch
	want         string
}

func change(name string, aspect ddl.Aspect, col *schema.ColumnDef) ddl.Action {
	return ddl.AlterColumn{Name: name, Change: aspect, New: col}
}

func rebuildCases() []rebuildCase {
	col, def := schema.Column, func(v any) schema.ColumnItem { return schema.ServerDefault(schema.Literal(v)) }
	acts := func(a ...ddl.Action) []ddl.Action { return a }
	cons := func(c schema.Constraint) ddl.Action { return ddl.AddConstraint{Constraint: c} }
	return []rebuildCase{
		{"type", "t (a INT, b)", acts(change("a", ddl.TypeAspect, col("a", schema.String(5)))), ddl.Batch{}, `"t" (a VARCHAR(5), b)`},
		{"type where none was", "t (a, b)", acts(change("b", ddl.TypeAspect, col("b", schema.Text()))), ddl.Batch{}, `"t" (a, b TEXT)`},
		{"no type", "t (a INT NOT NULL)", acts(change("a", ddl.TypeAspect, col("a", schema.NoType()))), ddl.Batch{}, `"t" (a NOT NULL)`},
		{"type of the row's number", "t (a INTEGER PRIMARY KEY)", acts(change("a", ddl.TypeAspect, col("a", schema.BigInteger()))), ddl.Batch{}, `"t" (a INTEGER PRIMARY KEY)`},
		{"default", "t (a INT DEFAULT (1 + 1) NOT NULL)", acts(change("a", ddl.DefaultAspect, col("a", schema.Integer(), def(3)))), ddl.Batch{}, `"t" (a INT DEFAULT 3 NOT NULL)`},
		{"no default", "t (a INT CONSTRAINT d DEFAULT -1 NOT NULL)", acts(change("a", ddl.DefaultAspect, col("a", schema.Integer()))), ddl.Batch{}, `"t" (a INT NOT NULL)`},
		{"named default", "t (a INT CONSTRAINT d DEFAULT -1)", acts(change("a", ddl.DefaultAspect, col("a", schema.Integer(), def(2)))), ddl.Batch{}, `"t" (a INT CONSTRAINT d DEFAULT 2)`},
		{"nullable", "t (a INT NOT NULL ON CONFLICT FAIL UNIQUE)", acts(change("a", ddl.NullableAspect, col("a", schema.Integer()))), ddl.Batch{}, `"t" (a INT UNIQUE)`},
		{"not null over NULL", "t (a INT NULL UNIQUE)", acts(change("a", ddl.NullableAspect, col("a", schema.Integer(), schema.NotNull()))), ddl.Batch{}, `"t" (a INT NOT NULL UNIQUE)`},
		{"collation", "t (a TEXT)", acts(change("a", ddl.CollationAspect, col("a", schema.Text(), schema.Collate("NOCASE")))), ddl.Batch{}, `"t" (a TEXT COLLATE "NOCASE")`},
		{"computed", "t (a INT, b AS (a + 1))", acts(change("b", ddl.ComputedAspect, col("b", schema.NoType(), schema.ComputedAs("a + 2", schema.Stored)))), ddl.Batch{}, `"t" (a INT, b GENERATED ALWAYS AS (a + 2) STORED)`},
		{"no longer computed", "t (a INT, b INT GENERATED ALWAYS AS (a + 1) STORED)", acts(change("b", ddl.ComputedAspect, col("b", schema.Integer()))), ddl.Batch{}, `"t" (a INT, b INT)`},
		{"conflict", "t (a INT NOT NULL)", acts(change("a", ddl.OptionsAspect, col("a", schema.Integer(), schema.NotNull(), sqlite.OnConflict(sqlite.Ignore)))), ddl.Batch{}, `"t" (a INT NOT NULL ON CONFLICT IGNORE)`},
		{"autoincrement", "t (a INTEGER PRIMARY KEY ON CONFLICT FAIL, b)", acts(change("a", ddl.AutoIncrementAspect, col("a", schema.Integer(), sqlite.AutoIncrement()))), ddl.Batch{}, `"t" (a INTEGER PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT, b)`},
		{"autoincrement in a key of the table", "t (a INTEGER, PRIMARY KEY (a))", acts(change("a", ddl.AutoIncrementAspect, col("a", schema.Integer(), sqlite.AutoIncrement()))), ddl.Batch{}, `"t" (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))`},
		{"no autoincrement", "t (a INTEGER PRIMARY KEY AUTOINCREMENT, b)", acts(change("a", ddl.AutoIncrementAspect, col("a", schema.Integer()))), ddl.Batch{}, `"t" (a INTEGER PRIMARY KEY, b)`},
		{"numbering of another integer", "t (a BIGINT PRIMARY KEY)", acts(change("a", ddl.AutoIncrementAspect, col("a", schema.BigInteger(), schema.AutoIncrement()))), ddl.Batch{}, `"t" (a INTEGER PRIMARY KEY)`},
		{"drop a column and its keys", "t (a INT, b INT REFERENCES p, c INT, UNIQUE (b, c), CHECK (b > 0), CHECK (c > 0))", acts(ddl.DropColumn{Name: "b"}), ddl.Batch{}, `"t" (a INT, c INT, CHECK (c > 0))`},
		{"drop the last column", "t (a INT, b INT UNIQUE)", acts(ddl.DropColumn{Name: "b"}), ddl.Batch{}, `"t" (a INT)`},
		{"drop a column between comments", "t (\n  a INT, -- first\n  b INT UNIQUE, -- second\n  c INT -- third\n)", acts(ddl.DropColumn{Name: "b"}), ddl.Batch{}, "\"t\" (\n  a INT, -- first\n   -- second\n  c INT -- third\n)"},
		{"drop the last behind a comment", "t (\n  a INT, -- first\n  b INT UNIQUE -- second\n)", acts(ddl.DropColumn{Name: "b"}), ddl.Batch{}, "\"t\" (\n  a INT -- first\n   -- second\n)"},
		{"constraints without commas", "t (a INT, UNIQUE (a) CHECK (a > 0) CONSTRAINT x CHECK (a > 1))", acts(ddl.DropConstraint{Name: "x"}, cons(schema.UniqueConstraint("u", "a"))), ddl.Batch{}, `"t" (a INT, UNIQUE (a) CHECK (a > 0), CONSTRAINT "u" UNIQUE ("a"))`},
		{"drop a check at a column", "t (a INT CONSTRAINT ck CHECK (a > 0) NOT NULL)", acts(ddl.DropConstraint{Name: "CK", Kind: schema.CheckKind}), ddl.Batch{}, `"t" (a INT NOT NULL)`},
		{"drop a reference at a column", "t (a INT CONSTRAINT fk REFERENCES p (id) NOT DEFERRABLE, b)", acts(ddl.DropConstraint{Name: "fk"}), ddl.Batch{}, `"t" (a INT, b)`},
		{"drop an unnamed primary key", "t (a TEXT PRIMARY KEY, b)", acts(ddl.DropConstraint{Kind: schema.PrimaryKeyKind}), ddl.Batch{}, `"t" (a TEXT NOT NULL, b)`},
		{"drop by convention", "t (a INT REFERENCES p (id), b UNIQUE)", acts(ddl.DropConstraint{Name: "fk_t_a_p", Kind: schema.ForeignKeyKind}, ddl.DropConstraint{Name: "uq_t_b"}), ddl.Batch{Naming: schema.DefaultNaming}, `"t" (a INT, b)`},
		{"drop by what it says", "t (a INT, b INT, UNIQUE (b, a), UNIQUE (a, b), CHECK (a>0))", acts(
			ddl.DropConstraint{Kind: schema.UniqueKind, Was: schema.UniqueConstraint("", "a", "b")}, ddl.DropConstraint{Kind: schema.CheckKind, Was: schema.CheckConstraint("", "a > 0")},
		), ddl.Batch{}, `"t" (a INT, b INT, UNIQUE (b, a))`},
		{"drop what is said twice", "t (a INT UNIQUE REFERENCES p REFERENCES p (id), UNIQUE (a) ON CONFLICT FAIL, CONSTRAINT u UNIQUE (a), UNIQUE (a), FOREIGN KEY (a) REFERENCES p)", acts(
			ddl.DropConstraint{Kind: schema.UniqueKind, Was: schema.UniqueConstraint("", "a")},
			ddl.DropConstraint{Kind: schema.ForeignKeyKind, Was: schema.ForeignKeyConstraint("", []string{"a"}, "p", []string{"id"})},
		), ddl.Batch{}, `"t" (a INT, UNIQUE (a) ON CONFLICT FAIL, CONSTRAINT u UNIQUE (a))`},
		{"drop the one that says all of it", "t (a INT UNIQUE, UNIQUE (a) ON CONFLICT FAIL)", acts(
			ddl.DropConstraint{Kind: schema.UniqueKind, Was: schema.UniqueConstraint("", "a").With(sqlite.OnConflict(sqlite.Fail))},
		), ddl.Batch{}, `"t" (a INT UNIQUE)`},
		{"drop what need not be there", "t (a INT)", acts(ddl.DropConstraint{Name: "x", Guard: ddl.IfExists}), ddl.Batch{}, `"t" (a INT)`},
		{"add a primary key", "t (a TEXT, b)", acts(cons(schema.PrimaryKeyConstraint("pk", "a"))), ddl.Batch{}, `"t" (a TEXT NOT NULL, b, CONSTRAINT "pk" PRIMARY KEY ("a"))`},
		{"first", "t (\n\ta INT,\n\tb INT\n)", acts(ddl.AddColumn{Column: col("c", schema.Integer()), Place: ddl.Place{First: true}}), ddl.Batch{}, "\"t\" (\n\t\"c\" INTEGER,\n\ta INT,\n\tb INT\n)"},
		{"after", "t (a INT, b INT)", acts(ddl.AddColumn{Column: col("c", schema.Integer()), Place: ddl.Place{After: "a"}}), ddl.Batch{}, `"t" (a INT, "c" INTEGER, b INT)`},
		{"before", "t (a INT, b INT)", acts(ddl.AddColumn{Column: col("c", schema.Integer()), Place: ddl.Place{Before: "b"}}), ddl.Batch{}, `"t" (a INT, "c" INTEGER, b INT)`},
		{"move", "t (a INT, b INT, c INT)", acts(ddl.AlterColumn{Name: "c", Place: ddl.Place{First: true}}), ddl.Batch{}, `"t" (c INT, a INT, b INT)`},
		{"move after", "t (a INT, b INT, c INT)", acts(ddl.AlterColumn{Name: "a", Place: ddl.Place{After: "b"}}), ddl.Batch{}, `"t" (b INT, a INT, c INT)`},
		{"order", "t (a INT, b INT, c INT, d INT)", nil, ddl.Batch{Order: [][]string{{"c", "a"}, {"d", "b"}}}, `"t" (c INT, a INT, d INT, b INT)`},
		{"always", "t (a INT)", nil, ddl.Batch{Recreate: ddl.RecreateAlways}, `"t" (a INT)`},
		{"items", "t (a INT)", nil, ddl.Batch{Items: []schema.TableItem{schema.CheckConstraint("ck", "a > 0"), sqlite.Strict()}}, `"t" (a INT, CONSTRAINT "ck" CHECK (a > 0)) STRICT`},
		{"options", "t (a TEXT PRIMARY KEY) WITHOUT ROWID", acts(ddl.SetOption{Option: sqlite.Strict()}), ddl.Batch{}, `"t" (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`},
		{"strict types", "t (a TEXT UNIQUE) STRICT", acts(ddl.AddColumn{Column: col("b", schema.String(5), schema.NotNull())}), ddl.Batch{}, `"t" (a TEXT UNIQUE, "b" TEXT NOT NULL) STRICT`},
		{"rename with a change", "t (a INT, b INT CHECK (b > a))", acts(
			ddl.RenameColumn{Name: "a", To: "x"}, change("x", ddl.NullableAspect, col("x", schema.Integer(), schema.NotNull())), cons(schema.CheckConstraint("ck", "x > 0")), cons(schema.UniqueConstraint("", "x")),
		), ddl.Batch{}, `"t" ("x" INT NOT NULL, b INT CHECK (b > "x"), CONSTRAINT "ck" CHECK ("x" > 0), UNIQUE ("x"))`},
		{"swap names", "t (a INT, b INT UNIQUE)", acts(
			ddl.RenameColumn{Name: "a", To: "x"}, ddl.RenameColumn{Name: "b", To: "a"}, ddl.RenameColumn{Name: "x", To: "b"}, change("b", ddl.NullableAspect, col("b", schema.Integer(), schema.NotNull())),
		), ddl.Batch{}, `"t" ("b" INT NOT NULL, "a" INT UNIQUE)`},
		{"drop and add again", "t (a INT, b INT UNIQUE)", acts(ddl.DropColumn{Name: "b"}, ddl.AddColumn{Column: col("b", schema.Text())}), ddl.Batch{}, `"t" (a INT, "b" TEXT)`},
	}
}

func TestRebuildText(t *testing.T) {
	for _, k := range rebuildCases() {
		t.Run(k.name, func(t *testing.T) {
			r := start(t, "CREATE TABLE p (id INTEGER PRIMARY KEY)", "CREATE TABLE "+k.before)
			if k.batch.Recreate == ddl.RecreateAuto && len(k.batch.Order) == 0 {
				k.batch.Recreate = ddl.RecreateAlways
			}
			if err := r.migrate(ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: k.actions, Batch: &k.batch}); err != nil {
				t.Fatal(err)
			}
			r.equal("the table", r.sql("t"), "CREATE TABLE "+k.want)
		})
	}
}

func TestRebuildFromDescription(t *testing.T) {
	r := start(t, "CREATE TABLE t (a INT, b INT, CHECK (a > 0))", "CREATE INDEX old ON t (a)", "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END", "INSERT INTO t VALUES (1, 2)")
	as := schema.NewTable("t", schema.Column("a", schema.Integer()), schema.Column("b", schema.BigInteger()), schema.Index("ix", "b"))
	err := r.migrate(ddl.AlterTable{
		Table: as.Name, Actions: []ddl.Action{ddl.AddConstraint{Constraint: schema.UniqueConstraint("uq", "a")}}, Batch: &ddl.Batch{CopyFrom: as},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.equal("objects", r.rows("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"), []string{
		`index|ix|CREATE INDEX "ix" ON "t" ("b")|`,
		"table|t|CREATE TABLE \"t\" (\n    \"a\" INTEGER,\n    \"b\" BIGINT,\n    CONSTRAINT \"uq\" UNIQUE (\"a\")\n)|",
		"trigger|tr|CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END|",
	})
	r.equal("rows", r.rows("SELECT * FROM t"), []string{"1|2|"})
}

func TestResetOptions(t *testing.T) {
	r := start(t, "CREATE TABLE t (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID", "INSERT INTO t VALUES ('x')")
	for _, k := range []struct {
		option schema.Option
		want   string
	}{
		{sqlite.WithoutRowid(), `CREATE TABLE "t" (a TEXT PRIMARY KEY) STRICT`},
		{sqlite.Strict(), `CREATE TABLE "t" (a TEXT PRIMARY KEY)`},
	} {
		if err := r.alter("t", ddl.ResetOption{Option: k.option}); err != nil {
			t.Fatal(err)
		}
		r.equal("the table", r.sql("t"), k.want)
	}
	r.equal("rows", r.rows("SELECT * FROM t"), []string{"x|"})
}

func TestCastsOnlyWhereTheKindOfValueChanges(t *testing.T) {
	r := start(t, "CREATE TABLE t (d TEXT, n VARCHAR(5), i INT, b TEXT)", "INSERT INTO t VALUES ('2026-01-02', '7.5x', 3, '1')")
	alter := func(name string, typ schema.Type) ddl.Action {
		return change(name, ddl.TypeAspect, schema.Column(name, typ))
	}
	err := r.alter("t", alter("d", schema.Date()), alter("n", schema.Numeric(5, 2)), alter("i", schema.String(5)), alter("b", schema.JSON()))
	if err != nil {
		t.Fatal(err)
	}
	r.equal("values", r.rows("SELECT typeof(d), CAST(d AS TEXT), typeof(n), n, typeof(i), i, typeof(b) FROM t"), []string{"text|2026-01-02|real|7.5|text|3|integer|"})
}
