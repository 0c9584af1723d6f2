package postgres_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// send compiles a statement with the server at hand and runs it.
func send(t *testing.T, d dialect.Dialect, conn dialect.Conn, stmt ddl.Statement) error {
	t.Helper()
	list, err := dialect.Compile(t.Context(), d, dialecttest.Catalog(d, conn), stmt)
	if err != nil {
		return err
	}
	for _, q := range list {
		if _, err := conn.ExecContext(t.Context(), q.Text); err != nil {
			return fmt.Errorf("%s: %w", q.Text, err)
		}
	}
	return nil
}

// TestOptionsOfObjects: an option of its own is not left out without a word, and one
// of another database is.
func TestOptionsOfObjects(t *testing.T) {
	object := func(o schema.Option) (text string, err error) {
		stmt := ddl.CreateObject{Object: ddl.Object{Kind: ddl.FunctionKind, Name: schema.Name{Name: "f"}, Definition: "() x", Options: []schema.Option{o}}}
		list, err := dialect.Compile(t.Context(), postgres.System().Offline("postgresql"), nil, stmt)
		if err == nil {
			text = list[0].Text
		}
		return text, err
	}
	if text, err := object(mysql.CurrentUser()); err != nil || text != `CREATE FUNCTION "f" () x` {
		t.Error(text, err)
	}
	for _, o := range []schema.Option{postgres.Concurrently(), postgres.SecurityBarrier(true)} {
		if _, err := object(o); err == nil || err.Error() != `creating function "f": `+o.OptionKey()+` is no option of functions` {
			t.Error(err)
		}
	}
}

// TestCollationOfDomain: the type that is said again is the column's own, wherever it lies.
func TestCollationOfDomain(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	exec(t, conn, `CREATE SCHEMA "o.o"; CREATE DOMAIN "o.o"."D m" AS text; CREATE DOMAIN plain AS text; CREATE TABLE t (a "o.o"."D m", b plain)`)
	for _, column := range []string{"a", "b"} {
		action := ddl.AlterColumn{Name: column, Change: ddl.CollationAspect, New: &schema.ColumnDef{Name: column, Collation: "C"}}
		if err := send(t, d, conn, ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: []ddl.Action{action}}); err != nil {
			t.Error(err)
		}
	}
	for _, c := range reflect(t, d, conn, dialect.Scope{}).Tables[0].Columns {
		if _, named := c.Type.Def().(postgres.NamedType); c.Collation != "C" || !named {
			t.Errorf("column %s is %+v with collation %q", c.Name, c.Type.Def(), c.Collation)
		}
	}
}

// TestRebuildEnum: every column moves over, whatever its table, with its default
// and its rows.
func TestRebuildEnum(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	exec(t, conn, `CREATE TYPE "my mood" AS ENUM ('sad', 'ok', 'it''s'); CREATE SCHEMA other;
		CREATE TABLE a (id int PRIMARY KEY, m "my mood" NOT NULL DEFAULT 'ok', l "my mood"[] DEFAULT '{sad,ok}', CHECK (id > 0));
		CREATE INDEX ix ON a (m);
		CREATE TABLE other.b (n "my mood") PARTITION BY LIST (n);
		CREATE TABLE other.b1 PARTITION OF other.b FOR VALUES IN ('ok');
		CREATE TABLE other.c (m "my mood"); CREATE TABLE other.c1 (x int) INHERITS (other.c);
		INSERT INTO a VALUES (1, 'ok', '{ok}'); INSERT INTO other.c1 VALUES ('it''s', 1)`)
	rebuild := ddl.RebuildEnum{Name: schema.Name{Name: "my mood"}, Values: []string{"it's", "ok"}}
	err := send(t, d, conn, rebuild)
	if err == nil || !strings.Contains(err.Error(), "sad") && !strings.Contains(err.Error(), "partition key") {
		t.Errorf("a default that is gone, or a partition key, is no error: %v", err)
	}
	exec(t, conn, `DROP TABLE IF EXISTS other.b; DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP TABLE IF EXISTS other.c1, other.c;
		CREATE TYPE "my mood" AS ENUM ('sad', 'ok', 'it''s');
		CREATE TABLE a (id int PRIMARY KEY, m "my mood" NOT NULL DEFAULT 'ok', l "my mood"[] DEFAULT '{ok}');
		CREATE INDEX ix ON a (m);
		CREATE TABLE other.c (m "my mood"); CREATE TABLE other.c1 (x int) INHERITS (other.c);
		INSERT INTO a VALUES (1, 'ok', '{ok}'); INSERT INTO other.c1 VALUES ('it''s', 1)`)
	if err := send(t, d, conn, rebuild); err != nil {
		t.Fatal(err)
	}
	exec(t, conn, "INSERT INTO a VALUES (2)")
	var got string
	query := `SELECT concat((SELECT string_agg(m::text || l::text, ' ' ORDER BY id) FROM a), ' ', (SELECT string_agg(m::text, ' ') FROM other.c), ' ',
		enum_range(NULL::"my mood"), ' ', (SELECT count(*) FROM pg_type WHERE typname LIKE '%gomig%'))`
	if err := conn.QueryRowContext(t.Context(), query).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := `ok{ok} ok{ok} it's {it's,ok} 0`; got != want {
		t.Errorf("there is %s, want %s", got, want)
	}
	renamed := ddl.RebuildEnum{Name: rebuild.Name, Values: []string{"fine"}, Renamed: []ddl.Renaming{{From: "ok", To: "fine"}}}
	if err := send(t, d, conn, renamed); err == nil || !strings.Contains(err.Error(), `column "l" of table "public.a": values of an array cannot be renamed`) {
		t.Errorf("renaming in an array: %v", err)
	}
	exec(t, conn, `CREATE VIEW v AS SELECT m FROM a`)
	if err := send(t, d, conn, rebuild); err == nil || !strings.Contains(err.Error(), `"public.v" is a view or composite type with a column "m" of it`) {
		t.Errorf("with a view: %v", err)
	}
}

// TestRoutineSignatures: a routine is dropped by its arguments, read from its definition.
func TestRoutineSignatures(t *testing.T) {
	t.Parallel()
	for definition, want := range map[string]string{
		"":                           `"f"`,
		"RETURNS int":                `"f"`,
		"(":                          `"f"`,
		"('x":                        `"f"`,
		"() RETURNS int":             `"f"()`,
		" /* a ( */ ( ) AS ''":       `"f"()`,
		"(int) RETURNS int":          `"f"(int)`,
		"(IN A integer, OUT b text)": `"f"(in a integer, out b text)`,
		`("A b" "my type" DEFAULT 'x,)', c numeric(3, 1) = 4, VARIADIC d int[] := '{}')`: `"f"("A b" "my type", c numeric(3, 1), variadic d int[])`,
		"(a x.y%TYPE, b double precision -- so\n, c timestamp(3) with time zone)":        `"f"(a x."y" % type, b double precision, c timestamp(3) with time zone)`,
	} {
		o := ddl.Object{Kind: ddl.FunctionKind, Name: schema.Name{Name: "f"}, Definition: definition}
		if got := compile(offline(), ddl.DropObject{Object: o}); got != "DROP FUNCTION "+want {
			t.Errorf("%q: %s, want %s", definition, got, want)
		}
	}
}

// TestRoutines drops what it creates, by the signatures that it reads.
func TestRoutines(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	for _, definition := range []string{
		"(a int DEFAULT 1, b text = 'x,(') RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"(VARIADIC a int[] DEFAULT '{}') RETURNS int LANGUAGE sql AS 'SELECT 1'",
		`(OUT "A b" double precision, INOUT c timestamp(3) with time zone) LANGUAGE sql AS 'SELECT 1::float8, now()'`,
		"() RETURNS TABLE (a int, b numeric(3, 1)) LANGUAGE sql AS 'SELECT 1, 2.5'",
		"(a pg_catalog.int4, b \"char\") RETURNS int LANGUAGE sql AS 'SELECT 1'",
	} {
		o := ddl.Object{Kind: ddl.FunctionKind, Name: schema.Name{Name: "f"}, Definition: definition}
		for _, stmt := range []ddl.Statement{ddl.CreateObject{Object: o}, ddl.CreateObject{Object: o, Replace: true, Was: definition}, ddl.DropObject{Object: o}} {
			if err := send(t, d, conn, stmt); err != nil {
				t.Error(err)
			}
		}
	}
	if others := reflect(t, d, conn, dialect.Scope{}).Others; len(others) > 0 {
		t.Errorf("left are %v", others)
	}
}

// TestRenameConstraint: also a primary key whose name only the server knows.
func TestRenameConstraint(t *testing.T) {
	t.Parallel()
	d, conn := session(t)
	exec(t, conn, "CREATE TABLE t (id int PRIMARY KEY, a int); ALTER TABLE t ADD CONSTRAINT late CHECK (a > 0) NOT VALID")
	stmt := ddl.AlterTable{Table: schema.Name{Name: "t"}, Actions: []ddl.Action{
		ddl.RenameConstraint{To: "pk", Kind: schema.PrimaryKeyKind}, ddl.ValidateConstraint{Name: "late"}, ddl.RenameConstraint{Name: "late", To: "in time"},
	}}
	if err := send(t, d, conn, stmt); err != nil {
		t.Fatal(err)
	}
	table := reflect(t, d, conn, dialect.Scope{}).Tables[0]
	want := []schema.Constraint{schema.PrimaryKeyConstraint("pk", "id"), schema.CheckConstraint("in time", "a > 0")}
	if diff := cmp.Diff(want, table.Constraints()); diff != "" {
		t.Error(diff)
	}
}
