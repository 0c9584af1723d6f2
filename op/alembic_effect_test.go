package op_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// world is there before the calls of every case on a dialect.
func world(kind testdb.Kind) []string {
	if kind != testdb.KindPostgres {
		return nil
	}
	return []string{
		"CREATE SCHEMA foo", "CREATE SCHEMA remote", `CREATE SCHEMA "MixedSchema"`,
		"CREATE TABLE t1 (id INTEGER, c2 INTEGER UNIQUE, foo INTEGER, bar INTEGER)",
		"CREATE TABLE c2 (id INTEGER PRIMARY KEY)",
		`CREATE TABLE t2 (id INTEGER PRIMARY KEY, "MixedCase" INTEGER UNIQUE, bat INTEGER, hoho INTEGER, UNIQUE (bat, hoho))`,
		"CREATE TABLE t3 (id INTEGER PRIMARY KEY)",
		"CREATE TABLE foo.t1 (id INTEGER)",
		"CREATE TABLE remote.t2 (c2 INTEGER PRIMARY KEY)",
		`CREATE TABLE "MixedCase" (id INTEGER PRIMARY KEY)`,
		`CREATE TABLE "MixedCaseTable" ("MixedCaseColumn" INTEGER PRIMARY KEY)`,
		`CREATE TABLE "MixedSchema"."MixedTable" ("MixedCol" INTEGER PRIMARY KEY)`,
		`CREATE TABLE "MixedSchema".t2 (id INTEGER PRIMARY KEY)`,
		"CREATE TABLE somename (id INTEGER)",
		"CREATE TABLE account (id INTEGER, name TEXT)", "INSERT INTO account VALUES (1, 'account 1'), (2, 'account 3')",
		"CREATE TABLE bats (foo TEXT)", "INSERT INTO bats VALUES ('x')",
		"CREATE TABLE locations (coordinates TEXT)", "CREATE TABLE tname (x INTEGER)",
		"CREATE FUNCTION foo(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
		"CREATE TABLE t (c VARCHAR(15))",
	}
}

// TestAlembicDifferences proves each difference on the server.
func TestAlembicDifferences(t *testing.T) {
	cases := map[testdb.Kind][]alembicCase{}
	for _, c := range alembicCases(t) {
		if d, listed := c.difference(); listed && d.proof != notSaid {
			cases[c.kind()] = append(cases[c.kind()], c)
		}
	}
	for _, kind := range testdb.Kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			l := newLab(t, kind)
			for _, c := range cases[kind] {
				t.Run(c.ID, func(t *testing.T) { c.prove(t, l) })
			}
		})
	}
}

func (c alembicCase) kind() testdb.Kind {
	switch c.Dialect {
	case "mysql":
		return testdb.KindMySQL
	case "mariadb":
		return testdb.KindMariaDB
	case "sqlite":
		return testdb.KindSQLite
	}
	return testdb.KindPostgres
}

func (c alembicCase) prove(t *testing.T, l *lab) {
	d, _ := c.difference()
	mine, refused := c.said(t)
	if d.proof == bothRefuse {
		if refused == nil || len(c.Errors) == 0 {
			t.Errorf("gomig says %q, Alembic %q", mine, c.SQL)
		}
		return
	}
	if d.mine != nil {
		mine, refused = compiled(t, c.offlineDialect(), d.mine)
	}
	theirs := c.theirs()
	if d.theirs != nil {
		theirs = d.theirs
	}
	run := func(statements []string) (effect, error) {
		if from := d.replace[0]; from != "" {
			statements = strings.Split(strings.ReplaceAll(strings.Join(statements, "\x00"), from, d.replace[1]), "\x00")
		}
		return l.effect(t, d.setup, statements)
	}
	if l.kind == testdb.KindPostgres && d.since > l.major {
		return // an older server does not know it
	}
	got, err := run(mine)
	if refused == nil && err != nil {
		t.Fatalf("the server refuses gomig's SQL: %v\n%q", err, mine)
	}
	if d.proof == mineRuns {
		return
	}
	want, err := run(theirs)
	switch {
	case d.proof == theirsRefused && err == nil:
		t.Errorf("the server takes Alembic's SQL: %q", theirs)
	case d.proof == sameEffect && (err != nil || refused != nil):
		t.Errorf("Alembic's %q: %v\ngomig's %q: %v", theirs, err, mine, refused)
	case d.proof == sameEffect:
		if diff := cmp.Diff(want, got, sameTables...); diff != "" {
			t.Errorf("the effects differ (-Alembic +gomig):\n%q\n%q\n%s", theirs, mine, diff)
		}
	}
}

// effect is what statements leave.
type effect struct {
	Tables []*schema.Table
	Rows   []string
}

// lab is a connection on which statements are tried.
type lab struct {
	kind  testdb.Kind
	conn  *sql.Conn
	d     dialect.Dialect
	major int // of PostgreSQL's version
	reads int
}

func newLab(t *testing.T, kind testdb.Kind) *lab {
	t.Helper()
	db := testdb.Open(t, kind)
	l := &lab{kind: kind}
	if kind == testdb.KindPostgres {
		l.major = major(t, db)
	}
	var err error
	if l.conn, err = db.DB.Conn(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.conn.Close() })
	if l.d, err = systemOf(kind).Detect(t.Context(), l.conn); err != nil {
		t.Fatal(err)
	}
	return l
}

// effect tries statements in a database where nothing is left of those before.
func (l *lab) effect(t *testing.T, setup, statements []string) (e effect, err error) {
	t.Helper()
	if l.d.TransactionalDDL() {
		l.must(t, "BEGIN")
		defer l.must(t, "ROLLBACK")
	} else {
		l = newLab(t, l.kind)
	}
	for _, s := range append(world(l.kind), setup...) {
		l.must(t, s)
	}
	for _, s := range statements {
		if _, err := l.conn.ExecContext(t.Context(), s); err != nil {
			return e, fmt.Errorf("%s: %w", s, err)
		}
	}
	r, err := l.d.Reflect(t.Context(), l.conn, dialect.Scope{AllSchemas: l.kind == testdb.KindPostgres})
	if err != nil {
		t.Fatal(err)
	}
	e.Tables = r.Tables
	for _, table := range r.Tables {
		e.Rows = append(e.Rows, table.Name.String(), strings.Join(l.rows(t, table.Name), "\n"))
	}
	return e, nil
}

func (l *lab) must(t *testing.T, s string) {
	t.Helper()
	if _, err := l.conn.ExecContext(t.Context(), s); err != nil {
		t.Fatalf("%s: %v", s, err)
	}
}

// rows are the rows of a table as text.
func (l *lab) rows(t *testing.T, table schema.Name) (list []string) {
	t.Helper()
	name, err := dialect.QuoteName(l.d, table)
	if err != nil {
		t.Fatal(err)
	}
	l.reads++ // each a query of its own: pgx keeps the plan of one that it knows
	rows, err := l.conn.QueryContext(t.Context(), fmt.Sprintf("SELECT * FROM %s /* %d */", name, l.reads))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values, dest := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprint(columns, values))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
