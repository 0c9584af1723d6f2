package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

func raw(sql string) ddl.Statement { return ddl.Raw{SQL: sql} }

func TestCommitRefusesBrokenReferences(t *testing.T) {
	r := start(t,
		"CREATE TABLE p (id INTEGER PRIMARY KEY)", "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p)",
		"CREATE TABLE w (id TEXT PRIMARY KEY, p INTEGER REFERENCES p) WITHOUT ROWID",
		"INSERT INTO p VALUES (1), (2)", "INSERT INTO c VALUES (10, 1), (11, 2), (12, 99)", "INSERT INTO w VALUES ('x', 1), ('y', 98)",
	)
	// Rows 12 and y are broken already, which is not the run's business.
	if err := r.migrate(raw("INSERT INTO p VALUES (3)")); err != nil {
		t.Errorf("a run that breaks nothing: %v", err)
	}
	err := r.migrate(raw("DELETE FROM p WHERE id < 3"))
	var broken *sqlite.BrokenReferenceError
	if !errors.As(err, &broken) {
		t.Fatalf("error is %v", err)
	}
	r.equal("the error", *broken, sqlite.BrokenReferenceError{Table: "c", Row: "10", Parent: "p", More: 2})
	r.equal("the message", err.Error(), `row 10 of table "c" refers to a row of "p" that does not exist, and 2 more such rows: `+
		"delete or correct these rows in the revision (SELECT * FROM pragma_foreign_key_check lists them)")
	r.equal("rows after the failed run", r.rows("SELECT * FROM p"), []string{"1|", "2|", "3|"})
	r.equal("what the run left in the connection", r.rows("SELECT name FROM sqlite_temp_master"), []string{})
}

func TestCommitRefusesReferencesThatCannotBeChecked(t *testing.T) {
	r := start(t, "CREATE TABLE p (id INTEGER, x UNIQUE)", "CREATE TABLE c (p REFERENCES p (x))", "CREATE TABLE old (p REFERENCES p (id))",
		"INSERT INTO p VALUES (1, 1)", "INSERT INTO c VALUES (1)", "INSERT INTO old VALUES (1)")
	err := r.alter("p", ddl.DropConstraint{Kind: schema.UniqueKind, Was: schema.UniqueConstraint("", "x")})
	if err == nil || !strings.Contains(err.Error(), `checking the foreign keys of table "c"`) {
		t.Errorf("error is %v", err)
	}
	if err := r.alter("p", ddl.AddColumn{Column: schema.Column("y", schema.Integer())}); err != nil {
		t.Errorf("the table whose references could not be checked before is in the way: %v", err)
	}
}

func TestPrepareInsideTransaction(t *testing.T) {
	r := start(t, "PRAGMA foreign_keys = ON", "BEGIN")
	_, err := r.d.(dialect.Preparer).Prepare(t.Context(), r.conn)
	if err == nil || !strings.Contains(err.Error(), "setting PRAGMA foreign_keys to OFF: SQLite ignored it, as it does inside a transaction") {
		t.Errorf("error is %v", err)
	}
	r.exec("ROLLBACK")
	r.equal("foreign_keys", r.rows("PRAGMA foreign_keys"), []string{"1|"})
}

func TestRestoreAfterFailure(t *testing.T) {
	r := start(t, "PRAGMA foreign_keys = ON", "CREATE TABLE t (a)", "INSERT INTO t VALUES (NULL)", "CREATE VIEW v AS SELECT * FROM t")
	err := r.alter("t", ddl.AlterColumn{Name: "a", Change: ddl.NullableAspect, New: schema.Column("a", schema.NoType(), schema.NotNull())})
	if err == nil || !strings.Contains(err.Error(), "NOT NULL constraint failed") {
		t.Errorf("error is %v", err)
	}
	r.equal("pragmas", []string{r.rows("PRAGMA foreign_keys")[0], r.rows("PRAGMA legacy_alter_table")[0]}, []string{"1|", "0|"})
	r.equal("tables", r.rows("SELECT name FROM sqlite_master"), []string{"t|", "v|"})
}

func TestLock(t *testing.T) {
	d, db := open(t)
	a, b := newRun(t, d, db), newRun(t, d, db)
	ctx := t.Context()
	unlock, err := d.Lock(ctx, a.conn, "name", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	a.exec("CREATE TABLE t (a)")
	// What reads only is not held up.
	b.equal("tables seen meanwhile", b.rows("SELECT name FROM sqlite_master"), []string{})
	_, err = d.Lock(ctx, b.conn, "name", 30*time.Millisecond)
	if want := "another migration run holds the lock name; waited 30ms: wait for it to end, or raise lock_timeout"; err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := d.Lock(ended, b.conn, "name", 0); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context the error is %v", err)
	}
	b.equal("the connection's own patience", b.rows("PRAGMA busy_timeout"), []string{"10000|"})
	if err := unlock(context.WithoutCancel(ctx)); err != nil {
		t.Fatal(err)
	}
	a.equal("tables after unlocking without COMMIT", a.rows("SELECT name FROM sqlite_master"), []string{})
	unlock, err = d.Lock(ctx, b.conn, "name", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	b.exec("CREATE TABLE t (a)", "COMMIT")
	if err := unlock(ctx); err != nil {
		t.Errorf("unlocking what COMMIT has ended: %v", err)
	}
	a.equal("tables after COMMIT", a.rows("SELECT name FROM sqlite_master"), []string{"t|"})
}

func TestLockOfReadOnlyDatabase(t *testing.T) {
	file := testdb.SQLite(t)
	if _, err := file.DB.Exec("CREATE TABLE t (a)"); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+file.Name+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	r := newRun(t, sqlite.System().Offline(""), db)
	// SQLite begins a transaction that cannot write; the first write says so.
	unlock, err := r.d.Lock(t.Context(), r.conn, "name", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if err := unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	d, err := sqlite.System().Detect(t.Context(), r.conn)
	if err != nil {
		t.Fatal(err)
	}
	got, refused, err := d.(dialect.Normalizer).Normalize(t.Context(), r.conn, []*schema.Table{schema.NewTable("t", schema.Column("a", schema.Integer()))}, nil)
	if err != nil || len(refused) > 0 || len(got) != 1 {
		t.Errorf("normalizing on a read-only database gives %v, %v, %v", got, refused, err)
	}
}

func TestMemory(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	r := newRun(t, sqlite.System().Offline(""), db)
	r.exec("CREATE TABLE t (a)", "PRAGMA foreign_keys = ON")
	if err := r.alter("t", ddl.AddConstraint{Constraint: schema.UniqueConstraint("", "a")}); err != nil {
		t.Fatal(err)
	}
	r.equal("the table", r.sql("t"), `CREATE TABLE "t" (a, UNIQUE ("a"))`)
}
