package sqlite_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// TestRenameIndex: the index is made again of its own text.
func TestRenameIndex(t *testing.T) {
	t.Parallel()
	r := start(t, "CREATE TABLE t (a TEXT UNIQUE, b INTEGER)", "INSERT INTO t VALUES ('x', 1)", "ATTACH ':memory:' AS f", "CREATE TABLE f.t (a)", "CREATE INDEX f.ix ON t (a)",
		`CREATE UNIQUE INDEX IF NOT EXISTS "IX a" /* so */ ON t (lower(a) COLLATE NOCASE, b DESC) WHERE b > 0 -- end`)
	rename := func(in, from, to string) ddl.Statement {
		return ddl.RenameIndex{Table: schema.Name{Schema: in, Name: "t"}, Name: from, To: to}
	}
	if err := r.migrate(rename("", "ix A", `the "new"`), rename("f", "ix", "iy")); err != nil {
		t.Fatal(err)
	}
	r.equal("index", r.sql(`the "new"`), `CREATE UNIQUE INDEX "the ""new""" /* so */ ON t (lower(a) COLLATE NOCASE, b DESC) WHERE b > 0 -- end`)
	r.equal("indexes of the other file", r.rows("SELECT name FROM f.sqlite_master WHERE type = 'index'"), []string{"iy|"})
	for name, want := range map[string]string{
		"none":                 `renaming index "none": there is no such index`,
		"sqlite_autoindex_t_1": `renaming index "sqlite_autoindex_t_1": it belongs to a constraint, whose name is the constraint's: rename that`,
	} {
		if err := r.migrate(rename("", name, "x")); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// TestRenameConstraint: the name in the text changes, and nothing beside it.
func TestRenameConstraint(t *testing.T) {
	t.Parallel()
	r := start(t, `CREATE TABLE t (a INTEGER CONSTRAINT "ck" CHECK (a > 0) /* so */ CHECK (a < 9), b TEXT, constraint u UNIQUE (b) ON CONFLICT IGNORE) -- end`, "INSERT INTO t VALUES (1, 'x')")
	if err := r.alter("t", ddl.RenameConstraint{Name: "CK", To: "positive"}, ddl.RenameConstraint{Name: "u", To: "it's", Kind: schema.UniqueKind},
		ddl.RenameConstraint{To: "small", Was: schema.CheckConstraint("", "a < 9")}); err != nil {
		t.Fatal(err)
	}
	want := `(a INTEGER CONSTRAINT "positive" CHECK (a > 0) /* so */ CONSTRAINT "small" CHECK (a < 9), b TEXT, CONSTRAINT "it's" UNIQUE (b) ON CONFLICT IGNORE)`
	if got := r.sql("t"); !strings.Contains(got, want) {
		t.Errorf("the table is %s, want %s", got, want)
	}
	r.equal("rows", r.rows("SELECT * FROM t"), []string{"1|x|"})
	err := r.alter("t", ddl.RenameConstraint{Name: "u", To: "x"})
	if want := `altering table "t": there is no constraint "u"; it has "positive", "small", "it's"`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	err = r.alter("t", ddl.ValidateConstraint{Name: "small"})
	if want := `altering table "t": validating constraint "small": SQLite has no constraints that were added as not valid: leave it out`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
