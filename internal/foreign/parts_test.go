package foreign

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/internal/sqlscript"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	in := func(sql string) Part { return Part{SQL: sql} }
	out := func(sql string) Part { return Part{SQL: sql, Autocommit: true} }
	for _, tt := range []struct {
		name, dialect, text string
		loose               bool
		want                []Part
	}{
		{"as it is written", "postgresql", "\n-- why\nSELECT 1;\n\nSELECT 2", false, []Part{in("-- why\nSELECT 1;\n\nSELECT 2\n")}},
		{"nothing", "mysql", "-- nothing\n", false, nil},
		{"loose", "postgresql", "SELECT 1;", true, []Part{out("SELECT 1;\n")}},
		{"its own transaction", "postgresql", "BEGIN;\nSELECT 1;\nSELECT 2;\nCOMMIT;\n", false, []Part{in("SELECT 1;\n\nSELECT 2;\n\n")}},
		{"another's words", "mysql", "START TRANSACTION; SELECT 1; COMMIT", false, []Part{in("SELECT 1;\n\n")}},
		{"its own in between", "postgresql", "SELECT 1; COMMIT; VACUUM; BEGIN; SELECT 2;", false, []Part{in("SELECT 1;\n\n"), out("VACUUM;\n\n"), in("SELECT 2;\n\n")}},
		{"loose with its own", "postgresql", "SELECT 1; BEGIN; SELECT 2; COMMIT; SELECT 3;", true, []Part{out("SELECT 1;\n\n"), in("SELECT 2;\n\n"), out("SELECT 3;\n\n")}},
		{"concurrently", "postgresql", "CREATE INDEX /* a */ CONCURRENTLY ix ON t (a);", false, []Part{out("CREATE INDEX /* a */ CONCURRENTLY ix ON t (a);\n")}},
		{"concurrently among others", "postgresql", "CREATE TABLE t (a int); CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a); SELECT 1;", false, []Part{in("CREATE TABLE t (a int);\n\n"), out("CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a);\n\n"), in("SELECT 1;\n\n")}},
		{"a value that says it", "postgresql", "INSERT INTO t VALUES ('CONCURRENTLY; COMMIT; VACUUM');", false, []Part{in("INSERT INTO t VALUES ('CONCURRENTLY; COMMIT; VACUUM');\n")}},
		{"a name elsewhere", "mysql", "ALTER TYPE a ADD VALUE 'b';", false, []Part{in("ALTER TYPE a ADD VALUE 'b';\n")}},
		{"a trigger is no transaction", "sqlite", "CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; END; PRAGMA foreign_keys = off;", false, []Part{in("CREATE TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; END;\n\n"), out("PRAGMA foreign_keys = off;\n\n")}},
		{"delimiter", "mysql", "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nDELIMITER ;\nCOMMIT;\nSELECT 2;", false, []Part{in("CREATE PROCEDURE p() BEGIN SELECT 1; END;\n\n"), out("SELECT 2;\n\n")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := split(tt.dialect, tt.text, tt.loose)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if _, err := split("postgresql", "SELECT 1; ROLLBACK;", false); err == nil {
		t.Error("a ROLLBACK is taken over")
	}
}

// TestWhole: what is one statement stays one, on every dialect.
func TestWhole(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"SELECT 1", "SELECT 1; SELECT 2", "SELECT 1 -- why", "SELECT 1 -- a; b", "DO $$ BEGIN PERFORM 1; END $$", "SELECT 4 // 2; SELECT 1",
		"CREATE FUNCTION f() RETURNS int BEGIN DECLARE x int; IF x > 1 THEN SET x = 2; END IF; RETURN x; END",
	} {
		for _, dialect := range []string{"mysql", "mariadb", "postgresql", "sqlite"} {
			text, err := whole(dialect, s+";")
			if err != nil {
				t.Fatal(err)
			}
			got, err := sqlscript.Split(dialect, "SELECT 0;\n"+text+"SELECT 9;")
			if diff := cmp.Diff([]string{"SELECT 0", s, "SELECT 9"}, got); diff != "" || err != nil {
				t.Errorf("%s: %q is written %q: %v\n%s", dialect, s, text, err, diff)
			}
		}
	}
}
