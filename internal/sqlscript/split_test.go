package sqlscript_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/internal/sqlscript"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	const trigger = "CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN\n  UPDATE b SET n = 1;\n  IF NEW.x > 0 THEN SET @y = 1; END IF;\nEND"
	for _, tt := range []struct {
		name, dialect, script string
		want                  []string
	}{
		{"two", "sqlite", "SELECT 1; SELECT 2;", []string{"SELECT 1", "SELECT 2"}},
		{"no separator at the end", "sqlite", "SELECT 1;\nSELECT 2", []string{"SELECT 1", "SELECT 2"}},
		{"empty", "mysql", " ;;\n-- nothing\n;", nil},
		{"strings", "postgresql", "SELECT ';', ''';'; SELECT 2", []string{"SELECT ';', ''';'", "SELECT 2"}},
		{"backslash", "mysql", `SELECT 'a\';b'; SELECT "x\";y"`, []string{`SELECT 'a\';b'`, `SELECT "x\";y"`}},
		{"no backslash", "postgresql", `SELECT 'a\'; SELECT 2`, []string{`SELECT 'a\'`, "SELECT 2"}},
		{"escape string", "postgresql", `SELECT E'a\';b'; SELECT 2`, []string{`SELECT E'a\';b'`, "SELECT 2"}},
		{"comments", "mysql", "-- a;b\nSELECT 1 # c;d\n+ 2; /* e;f */ SELECT 3", []string{"SELECT 1 # c;d\n+ 2", "SELECT 3"}},
		{"minus minus", "mysql", "SELECT 1--1; SELECT 2", []string{"SELECT 1--1", "SELECT 2"}},
		{"nested comment", "postgresql", "/* a /* b; */ c; */ SELECT 1; SELECT 2", []string{"SELECT 1", "SELECT 2"}},
		{"dollar quote", "postgresql", "CREATE FUNCTION f() RETURNS int AS $b$ BEGIN; RETURN 1; END $b$ LANGUAGE plpgsql; SELECT 2", []string{"CREATE FUNCTION f() RETURNS int AS $b$ BEGIN; RETURN 1; END $b$ LANGUAGE plpgsql", "SELECT 2"}},
		{"dollars in a name", "postgresql", "SELECT a$b$; SELECT c$b$", []string{"SELECT a$b$", "SELECT c$b$"}},
		{"parameter", "postgresql", "PREPARE p AS SELECT $1; EXECUTE p(2)", []string{"PREPARE p AS SELECT $1", "EXECUTE p(2)"}},
		{"brackets", "sqlite", "SELECT [a;b]; SELECT 2", []string{"SELECT [a;b]", "SELECT 2"}},
		{"backquotes", "mysql", "SELECT `a;b`; SELECT 2", []string{"SELECT `a;b`", "SELECT 2"}},
		{"trigger", "mysql", trigger + ";\nSELECT 2;", []string{trigger, "SELECT 2"}},
		{"trigger of SQLite", "sqlite", "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET n = 1; DELETE FROM c; END; SELECT 2", []string{"CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET n = 1; DELETE FROM c; END", "SELECT 2"}},
		{"delimiter", "mysql", "DELIMITER //\n" + trigger + "//\nDELIMITER ;\nSELECT 2;", []string{trigger, "SELECT 2"}},
		{"labelled block", "mysql", "CREATE PROCEDURE p() lbl: BEGIN SELECT 1; END lbl; SELECT 2", []string{"CREATE PROCEDURE p() lbl: BEGIN SELECT 1; END lbl", "SELECT 2"}},
		{"comment behind END", "mysql", "CREATE PROCEDURE p() BEGIN SELECT 1; END /* p */; SELECT 2", []string{"CREATE PROCEDURE p() BEGIN SELECT 1; END /* p */", "SELECT 2"}},
		{"conditional comment", "mysql", "/*!40101 SET NAMES utf8 */; SELECT 2", []string{"/*!40101 SET NAMES utf8 */", "SELECT 2"}},
		{"conditional comment of MariaDB", "mariadb", "/*M!100607 CREATE SEQUENCE s */; SELECT 2", []string{"/*M!100607 CREATE SEQUENCE s */", "SELECT 2"}},
		{"conditional comment of another", "mysql", "/*M!100607 CREATE SEQUENCE s */; SELECT 2", []string{"SELECT 2"}},
		{"atomic body", "postgresql", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 2", []string{"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END", "SELECT 2"}},
		{"letters of several bytes", "sqlite", "SELECT 'ä;ö'; SELECT 'ü'", []string{"SELECT 'ä;ö'", "SELECT 'ü'"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := sqlscript.Split(tt.dialect, tt.script)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSplitErrors(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		"SELECT 1;\nSELECT 'a":   "reading the SQL script: line 2: the quote ' is not closed",
		"/* a":                   "reading the SQL script: line 1: the comment is not closed",
		"SELECT $x$ a; SELECT 1": "reading the SQL script: line 1: the dollar quote $x$ is not closed",
	} {
		if _, err := sqlscript.Split("postgresql", script); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", script, err, want)
		}
	}
}

// FuzzSplit: nothing panics, and the statements stand in the script in their order.
func FuzzSplit(f *testing.F) {
	f.Add("mysql", "SELECT 1; DELIMITER //\nSELECT 2//")
	f.Add("postgresql", "SELECT $a$;$a$; -- x\nSELECT E'\\''")
	f.Add("sqlite", "CREATE TRIGGER t BEGIN SELECT 1; END; SELECT [;]")
	f.Fuzz(func(t *testing.T, dialect, script string) {
		list, err := sqlscript.Split(dialect, script)
		if err != nil {
			return
		}
		for _, s := range list {
			i := strings.Index(script, s)
			if i < 0 {
				t.Fatalf("%q is not in %q", s, script)
			}
			script = script[i+len(s):]
		}
	})
}
