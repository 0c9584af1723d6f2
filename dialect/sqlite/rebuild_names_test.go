package sqlite_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

// What is called like a dropped column, and is none, stays.
func TestRebuildTellsColumnsFromOtherNames(t *testing.T) {
	r := start(t,
		`CREATE TABLE status (id INTEGER PRIMARY KEY, status TEXT CHECK (status <> ''), other TEXT, CHECK (status.other <> 'status'))`,
		`CREATE INDEX status_other ON status (other)`,
		`CREATE INDEX ix_kind ON status (id) WHERE other IN ('status', 'x')`,
		`CREATE INDEX ix_gone ON status (other, "status" DESC)`,
		`CREATE INDEX ix_text ON status ('status')`,
		`CREATE INDEX ix_where ON status (id) WHERE other IS NOT DISTINCT FROM status`,
		`CREATE TABLE log (n)`,
		`CREATE TRIGGER tr AFTER INSERT ON status BEGIN INSERT INTO log SELECT status.id FROM main.status JOIN status AS s; UPDATE status SET other = 'b' WHERE id = new.id; END`,
		`CREATE VIEW v AS SELECT status.id, other FROM "status"`,
		`INSERT INTO status VALUES (1, 'on', 'a')`,
	)
	if err := r.alter("status", ddl.DropColumn{Name: "status"}); err != nil {
		t.Fatal(err)
	}
	r.equal("the table", r.sql("status"), `CREATE TABLE "status" (id INTEGER PRIMARY KEY, other TEXT, CHECK (other <> 'status'))`)
	r.equal("what stayed", r.rows("SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger', 'view') ORDER BY 1"),
		[]string{"ix_kind|", "status_other|", "tr|", "v|"})
	r.equal("rows", r.rows("SELECT * FROM v"), []string{"1|b|"})

	r = start(t, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> ''), b TEXT)", "CREATE INDEX a ON t (b)")
	if err := r.alter("t", ddl.DropColumn{Name: "a"}); err != nil {
		t.Fatal(err)
	}
	r.equal("an index named like the column", r.sql("a"), "CREATE INDEX a ON t (b)")

	for _, object := range []string{
		"CREATE VIEW v AS SELECT status FROM status", "CREATE VIEW v AS SELECT s.status FROM status s",
		"CREATE TRIGGER v AFTER INSERT ON status BEGIN INSERT INTO log VALUES (new.status); END",
		"CREATE TRIGGER v AFTER INSERT ON log BEGIN UPDATE status SET status = 1; END",
	} {
		r = start(t, "CREATE TABLE log (n)", "CREATE TABLE status (id INTEGER PRIMARY KEY, status TEXT CHECK (status <> ''))", object)
		if err := r.alter("status", ddl.DropColumn{Name: "status"}); err == nil || !strings.Contains(err.Error(), `"v" uses it`) {
			t.Errorf("%s: %v", object, err)
		}
	}
}

// SQLite takes a clause right behind brackets or quotes. Another type is parted from it.
func TestRebuildPartsWords(t *testing.T) {
	r := start(t, `CREATE TABLE t ("a"NOT NULL, b VARCHAR(10)NOT NULL,c NUMERIC(5)PRIMARY KEY)`)
	typ := func(name string, typ schema.Type) ddl.Action {
		return ddl.AlterColumn{Name: name, Change: ddl.TypeAspect, New: schema.Column(name, typ)}
	}
	if err := r.alter("t", typ("a", schema.Integer()), typ("b", schema.Text()), typ("c", schema.Text())); err != nil {
		t.Fatal(err)
	}
	r.equal("the table", r.sql("t"), `CREATE TABLE "t" ("a" INTEGER NOT NULL, b TEXT NOT NULL,c TEXT PRIMARY KEY)`)
}

// A constraint that leaves out or replaces rows which violate it does so with new
// rows, never with those that are copied.
func TestRebuildLosesNoRows(t *testing.T) {
	for _, how := range []sqlite.Resolution{sqlite.Ignore, sqlite.Replace, sqlite.Fail} {
		r := start(t, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)", "INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, NULL)")
		unique := &schema.UniqueDef{Name: "uq", Columns: []string{"a"}, Options: []schema.Option{sqlite.OnConflict(how)}}
		if err := r.alter("t", ddl.AddConstraint{Constraint: unique}); err == nil || !strings.Contains(err.Error(), "UNIQUE constraint failed") {
			t.Errorf("%v: %v", how, err)
		}
		r.equal("rows", r.rows("SELECT * FROM t"), []string{"1|x|", "2|x|", "3|<nil>|"})
	}
	r := start(t, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE ON CONFLICT REPLACE)", "INSERT INTO t VALUES (1, '1'), (2, '01')")
	if err := r.alter("t", ddl.AlterColumn{Name: "a", Change: ddl.TypeAspect, New: schema.Column("a", schema.Integer())}); err == nil {
		t.Error("two values that become one took each other's place")
	}
	r.equal("rows", r.rows("SELECT * FROM t"), []string{"1|1|", "2|01|"})

	// A default that stands in for NULL loses nothing.
	r = start(t, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'none')", "INSERT INTO t VALUES (1, NULL)")
	filled := schema.Column("a", schema.Text(), schema.NotNull(), sqlite.OnConflict(sqlite.Replace))
	if err := r.alter("t", ddl.AlterColumn{Name: "a", Change: ddl.NullableAspect, New: filled}); err != nil {
		t.Error(err)
	}
	r.equal("rows", r.rows("SELECT * FROM t"), []string{"1|none|"})
}
