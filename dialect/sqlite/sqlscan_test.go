package sqlite

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the oracle of the parser
	"pgregory.net/rapid"
)

func kindsOf(src string) string {
	var b strings.Builder
	for _, t := range scan(src) {
		fmt.Fprintf(&b, "%d:%s|", t.kind, src[t.start:t.end])
	}
	return b.String()
}

func TestScan(t *testing.T) {
	for src, want := range map[string]string{
		"a$1 é":          "1:a$1|0: |1:é|",
		"'it''s'x":       "3:'it''s'|1:x|",
		`"a""b"`:         `2:"a""b"|`,
		"`a``b`[c]":      "2:`a``b`|2:[c]|",
		"x'0F' X''":      "4:x'0F'|0: |4:X''|",
		"1.5e-3+.5 0xF":  "5:1.5e-3|7:+|5:.5|0: |5:0xF|",
		"1e":             "5:1|1:e|",
		"1_000":          "5:1_000|",
		"-- c\na/* d */": "0:-- c\n|1:a|0:/* d */|",
		"/* open":        "0:/* open|",
		"a->>'b'||c":     "1:a|7:->>|3:'b'|7:|||1:c|",
		"<>!=<==":        "7:<>|7:!=|7:<=|7:=|",
		"?1 :a @b $c ?":  "6:?1|0: |6::a|0: |6:@b|0: |6:$c|0: |6:?|",
		"'open":          "8:'open|",
		"[open":          "8:[open|",
		"x'open":         "8:x'open|",
		"\\":             "8:\\|",
	} {
		if got := kindsOf(src); got != want {
			t.Errorf("scan(%q) is %s, want %s", src, got, want)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"CREATE TABLE t (a, b)", "'", "--", "/*", "x'", "0x", "é\xff", "?", ":"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		at := 0
		for _, tok := range scan(src) {
			if tok.start != at || tok.end <= tok.start {
				t.Fatalf("scan(%q) has a gap at %d", src, at)
			}
			at = tok.end
		}
		if at != len(src) {
			t.Fatalf("scan(%q) ends at %d", src, at)
		}
	})
}

// oracle is SQLite itself, in memory.
func oracle(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// agreeWith creates what src says, if SQLite takes it, and compares what is read
// from the text with what SQLite lists.
func agreeWith(db *sql.DB, src string) error {
	if strings.Contains(strings.ToUpper(src), "SELECT") || strings.Contains(src, ";") || strings.IndexByte(src, 0) >= 0 {
		return nil
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.Exec(src); err != nil {
		return nil
	}
	var name, text string
	if err := tx.QueryRow("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'").Scan(&name, &text); err != nil {
		return nil
	}
	c, err := parseCreateTable(text)
	if err != nil {
		return fmt.Errorf("SQLite takes %q: %w", text, err)
	}
	if c.name != name {
		return fmt.Errorf("%q makes the table %q, read was %q", text, name, c.name)
	}
	rows, err := tx.Query("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)", name)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var keys int
	for i := 0; rows.Next(); i++ {
		var column, typ string
		var pk, hidden int
		if err := rows.Scan(&column, &typ, &pk, &hidden); err != nil {
			return err
		}
		if i >= len(c.columns) || c.columns[i].name != column {
			return fmt.Errorf("%q has the column %q at %d, read were %v", text, column, i, c.columns)
		}
		got := normalType(c.cut(c.columns[i].typeAt))
		// Of a type in quotes SQLite lists no more than what is in the first pair of them.
		if !strings.ContainsAny(c.cut(c.columns[i].typeAt), "'\"`[") && fold(got) != fold(normalType(typ)) {
			return fmt.Errorf("%q has the type %q at %q, read was %q", text, typ, column, got)
		}
		if (hidden > 1) != (c.clause(i, generatedClause) >= 0) {
			return fmt.Errorf("%q: column %q is generated or is not, unlike what was read", text, column)
		}
		if pk > 0 {
			keys++
		}
	}
	have := 0
	for i := range c.columns {
		if c.clause(i, primaryKeyClause) >= 0 {
			have++
		}
	}
	for _, k := range c.table {
		if k.kind == primaryKeyClause {
			have += len(k.terms)
		}
	}
	if (have > 0) != (keys > 0) {
		return fmt.Errorf("%q has a primary key of %d columns, read were %d", text, keys, have)
	}
	return rows.Err()
}

var createTexts = []string{
	"CREATE TABLE t (a)",
	"CREATE TABLE IF NOT EXISTS main.t (a INT, b VARCHAR(10), c DECIMAL(10, +2), d LONG LONG WORDS)",
	"create temp table \"t\"\"x\" ([a b] 'my type' (1), `c` \"q\", 'd')",
	"CREATE TABLE t (a INTEGER CONSTRAINT pk PRIMARY KEY ASC ON CONFLICT FAIL AUTOINCREMENT NOT NULL ON CONFLICT ABORT)",
	"CREATE TABLE t (a DEFAULT -1, b DEFAULT +.5e3, c DEFAULT x'00', d DEFAULT CURRENT_TIMESTAMP, e DEFAULT word, f DEFAULT \"q\", g DEFAULT (1 + (2)), h DEFAULT NULL NOT NULL, i DEFAULT 'x')",
	"CREATE TABLE t (a CHECK (a > ')'), b CONSTRAINT x COLLATE nocase CONSTRAINT y UNIQUE ON CONFLICT REPLACE CONSTRAINT z)",
	"CREATE TABLE t (a REFERENCES p, b REFERENCES p (x) ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL NOT DEFERRABLE INITIALLY IMMEDIATE, c REFERENCES p DEFERRABLE INITIALLY DEFERRED NOT NULL)",
	"CREATE TABLE t (a, b AS (a + 1), c GENERATED ALWAYS AS (a) STORED, d INT GENERATED ALWAYS AS (b) VIRTUAL NOT NULL, generated, always INT)",
	"CREATE TABLE t (a, b, PRIMARY KEY (a DESC, b COLLATE nocase ASC) ON CONFLICT IGNORE, CONSTRAINT u UNIQUE (b) CHECK (a) FOREIGN KEY (a, b) REFERENCES p (x, y) ON DELETE CASCADE DEFERRABLE)",
	"CREATE TABLE t (a INTEGER, PRIMARY KEY (a AUTOINCREMENT))",
	"CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID, STRICT",
	"CREATE TABLE t (a TEXT PRIMARY KEY) STRICT /* c */, WITHOUT ROWID -- end",
	"CREATE TABLE t (/* c */ a /* d */ INT /* e */, -- f\n b, /* g */ UNIQUE (a) -- h\n)",
	"CREATE TABLE t (key, date, action, replace TEXT, temp, row INT, \"check\", [order])",
	"CREATE TABLE t (a INT NULL, b NULL ON CONFLICT FAIL, c NOT NULL DEFERRABLE)",
}

func TestParseCreateTable(t *testing.T) {
	db := oracle(t)
	for _, src := range createTexts {
		if err := agreeWith(db, src); err != nil {
			t.Error(err)
		}
		if _, err := parseCreateTable(src); err != nil && !strings.Contains(src, "NULL DEFERRABLE") {
			t.Error(err)
		}
	}
	for _, src := range []string{"", "CREATE TABLE", "CREATE TABLE t", "CREATE TABLE t (", "CREATE TABLE t ()", "CREATE TABLE t (a,)", "CREATE TABLE t (a CHECK (a)", "CREATE TABLE t (a) x", "CREATE VIEW v AS SELECT 1", "CREATE TABLE t (a 'b)"} {
		if _, err := parseCreateTable(src); err == nil {
			t.Errorf("%q was read", src)
		}
	}
}

func FuzzParseCreateTable(f *testing.F) {
	for _, src := range createTexts {
		f.Add(src)
	}
	db := oracle(f)
	f.Fuzz(func(t *testing.T, src string) {
		if err := agreeWith(db, src); err != nil {
			t.Fatal(err)
		}
	})
}

// TestParseDrawnTables draws statements of SQLite's grammar, most of which SQLite takes.
func TestParseDrawnTables(t *testing.T) {
	db := oracle(t)
	rapid.Check(t, func(t *rapid.T) {
		if err := agreeWith(db, drawCreate(t)); err != nil {
			t.Fatal(err)
		}
	})
}

func drawCreate(t *rapid.T) string {
	pick := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "piece") }
	sep := func() string { return pick(" ", "\n", " /* , ( */ ", "-- ,)\n", "\t ") }
	clause := func() string {
		return pick("", "", "CONSTRAINT [n m] ") + pick("NOT NULL", "NULL", "UNIQUE", "CHECK (1 <> ')')", "DEFAULT 'a,b'", "DEFAULT (1)", "DEFAULT -1.5", "DEFAULT x",
			"COLLATE NOCASE", "REFERENCES p", "REFERENCES p(x) ON DELETE CASCADE", "DEFERRABLE", "NOT DEFERRABLE INITIALLY DEFERRED", "PRIMARY KEY", "PRIMARY KEY DESC",
			"NOT NULL ON CONFLICT REPLACE", "AS (a)", "GENERATED ALWAYS AS (1) STORED", "CONSTRAINT x", "MATCH y", "ON UPDATE RESTRICT")
	}
	var b strings.Builder
	b.WriteString("CREATE TABLE" + sep() + pick("t", `"t t"`, "[t]", "`t`", "'t'") + sep() + "(")
	for i := range rapid.IntRange(1, 3).Draw(t, "columns") {
		if i > 0 {
			b.WriteString("," + sep())
		}
		fmt.Fprintf(&b, pick("c%d", `"c %d"`, "[c%d]", "`c%d`"), i)
		b.WriteString(sep() + pick("", "INT", "varchar(10)", "decimal ( 1 , -2 )", "a b c", `"q r"`, "generated", "always", "generated always", "key (1)"))
		for range rapid.IntRange(0, 3).Draw(t, "clauses") {
			b.WriteString(sep() + clause())
		}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "constraints") {
		if i == 0 || rapid.Bool().Draw(t, "comma") {
			b.WriteString(",")
		}
		b.WriteString(sep() + pick("UNIQUE (c0)", "CHECK (1)", "PRIMARY KEY (c0 DESC, c1)", "CONSTRAINT k FOREIGN KEY (c0) REFERENCES p DEFERRABLE", "CONSTRAINT alone", "UNIQUE (c0 COLLATE BINARY) ON CONFLICT FAIL"))
	}
	b.WriteString(")" + pick("", " WITHOUT ROWID", " STRICT", "STRICT, WITHOUT ROWID"))
	return b.String()
}

func FuzzParseCreateIndex(f *testing.F) {
	f.Add("a")
	f.Add("a COLLATE nocase DESC, lower(b) ASC")
	f.Add("(a + b) COLLATE binary, 'c' NULLS LAST) WHERE (a > 0")
	db := oracle(f)
	if _, err := db.Exec("CREATE TABLE t (a, b, c)"); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, keys string) {
		if strings.ContainsAny(keys, ";\x00") {
			return
		}
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		if _, err := tx.Exec("CREATE INDEX ix ON t (" + keys + ")"); err != nil {
			return
		}
		var text string
		if err := tx.QueryRow("SELECT sql FROM sqlite_master WHERE name = 'ix'").Scan(&text); err != nil {
			return
		}
		c, err := parseCreateIndex(text)
		if err != nil {
			t.Fatalf("SQLite takes %q: %v", text, err)
		}
		rows, err := tx.Query(`SELECT coalesce(name, ''), "desc", coll, cid FROM pragma_index_xinfo('ix') WHERE key = 1`)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for i := 0; rows.Next(); i++ {
			var column, collation string
			var desc bool
			var cid int
			if err := rows.Scan(&column, &desc, &collation, &cid); err != nil {
				t.Fatal(err)
			}
			p := c.parts[i]
			if p.desc != desc || column != "" && !sameName(p.column, column) || p.collation != "" && !sameName(p.collation, collation) {
				t.Fatalf("%q: key %d is %q desc=%v collate %q, read was %+v", text, i, column, desc, collation, p)
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	})
}
