package env_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

const (
	versionsSQL = "CREATE TABLE \"alembic_version\" (\n    \"version_num\" VARCHAR(32) NOT NULL,\n    CONSTRAINT \"alembic_version_pkc\" PRIMARY KEY (\"version_num\")\n);\n\n"
	firstSQL    = "-- Running upgrade  -> a1, add one\n\nCREATE TABLE \"one\" (\n    \"id\" INTEGER NOT NULL,\n    PRIMARY KEY (\"id\")\n);\n\nINSERT INTO \"alembic_version\" (\"version_num\") VALUES ('a1');\n\n"
	secondSQL   = "-- Running upgrade a1 -> b2, add two\n\nCREATE TABLE \"two\" (\n    \"id\" INTEGER NOT NULL,\n    PRIMARY KEY (\"id\")\n);\n\nUPDATE \"alembic_version\" SET \"version_num\" = 'b2' WHERE \"version_num\" = 'a1';\n\n"
)

func TestScripts(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
	for _, c := range []struct {
		name  string
		task  env.Task
		start string
		o     env.Options
		want  string
	}{
		{
			name: "transactional", task: h.upgrade("head"),
			want: "BEGIN;\n\n" + versionsSQL + firstSQL + secondSQL + "COMMIT;\n\n",
		},
		{
			name: "per migration", task: h.upgrade("head"), o: env.Options{TransactionPerMigration: true},
			want: "BEGIN;\n\n" + versionsSQL + firstSQL + "COMMIT;\n\nBEGIN;\n\n" + secondSQL + "COMMIT;\n\n",
		},
		{
			name: "not transactional", task: h.upgrade("head"), o: env.Options{TransactionalDDL: env.No},
			want: versionsSQL + firstSQL + secondSQL,
		},
		{
			name: "not transactional, per migration", task: h.upgrade("head"), o: env.Options{TransactionalDDL: env.No, TransactionPerMigration: true},
			want: versionsSQL + firstSQL + secondSQL,
		},
		{
			name: "from a revision", task: h.upgrade("head"), start: "a1",
			want: "BEGIN;\n\n" + secondSQL + "COMMIT;\n\n",
		},
		{
			name: "from the options' revision", task: h.upgrade("head"), start: "b2", o: env.Options{StartingRevision: "a1"},
			want: "BEGIN;\n\n" + secondSQL + "COMMIT;\n\n",
		},
		{name: "nothing to do", task: h.upgrade("head"), start: "b2"},
		{
			name: "downgrade", task: h.downgrade("base"), start: "b2",
			want: "BEGIN;\n\n-- Running downgrade b2 -> a1, add two\n\nDROP TABLE \"two\";\n\n" +
				"UPDATE \"alembic_version\" SET \"version_num\" = 'a1' WHERE \"version_num\" = 'b2';\n\n" +
				"-- Running downgrade a1 -> , add one\n\nDROP TABLE \"one\";\n\nDELETE FROM \"alembic_version\" WHERE \"version_num\" = 'a1';\n\nCOMMIT;\n\n",
		},
		{
			name: "stamp", task: h.stamp("b2"),
			want: "BEGIN;\n\n" + versionsSQL + "-- Running stamp_revision  -> b2\n\nINSERT INTO \"alembic_version\" (\"version_num\") VALUES ('b2');\n\nCOMMIT;\n\n",
		},
		{name: "ensure_version", task: h.stamp("base"), want: "BEGIN;\n\n" + versionsSQL + "COMMIT;\n\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.Dialect = "postgresql"
			got, err := h.script(t, c.task, c.start, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// framed is what stands before, at the end of and behind the transaction of a
// script for SQLite.
var framed = func() (out [3]string) {
	f := sqlite.System().Offline("sqlite").(dialect.ScriptPreparer).PrepareScript()
	for i, list := range [][]dialect.SQL{f.Before, f.Commit, f.After} {
		for _, q := range list {
			out[i] += q.Text + ";\n\n"
		}
	}
	return out
}()

func TestScriptDialects(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	for name, want := range map[string]string{
		"mysql": "CREATE TABLE `alembic_version` (\n    `version_num` VARCHAR(32) NOT NULL,\n    PRIMARY KEY (`version_num`)\n);\n\n" +
			"-- Running upgrade  -> a1, add one\n\nCREATE TABLE `one` (\n    `id` INTEGER NOT NULL,\n    PRIMARY KEY (`id`)\n);\n\n" +
			"INSERT INTO `alembic_version` (`version_num`) VALUES ('a1');\n\n",
		"sqlite": framed[0] + "BEGIN;\n\n" + versionsSQL +
			"-- Running upgrade  -> a1, add one\n\nCREATE TABLE \"one\" (\n    \"id\" INTEGER PRIMARY KEY\n);\n\n" +
			"INSERT INTO \"alembic_version\" (\"version_num\") VALUES ('a1');\n\n" + framed[1] + "COMMIT;\n\n" + framed[2],
	} {
		for _, o := range []env.Options{{Dialect: name}, {URL: name + "://u:secret@nowhere/db"}} {
			if name == "sqlite" && o.URL != "" {
				o.URL = "sqlite:///no/such/dir.db"
			}
			got, err := h.script(t, h.upgrade("head"), "", o)
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
			}
		}
	}
}

// TestScriptStatements are the ways that a statement stands in a script.
func TestScriptStatements(t *testing.T) {
	for _, c := range []struct{ name, dialect, sql, want string }{
		{"plain", "postgresql", "SELECT 1", "SELECT 1;\n\n"},
		{"terminated", "postgresql", "\n  SELECT 1 ;  ", "SELECT 1;\n\n"},
		{"nothing", "postgresql", " ; ", ""},
		{"a comment at the end", "postgresql", "SELECT 1 -- one", "SELECT 1 -- one\n;\n\n"},
		{"a comment at the end, MySQL", "mysql", "SELECT 1 # one", "SELECT 1 # one\n;\n\n"},
		{"a comment before", "mysql", "-- one; two\nSELECT 1", "-- one; two\nSELECT 1;\n\n"},
		{"tabs and blanks in a string", "sqlite", "SELECT '\t  x'", "SELECT '\t  x';\n\n"},
		{"a semicolon in a string", "mysql", `SELECT 'a;\';b', "c;", 1 /* ; */`, `SELECT 'a;\';b', "c;", 1 /* ; */` + ";\n\n"},
		{
			"a trigger, MySQL", "mariadb", "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = '$$'; END;",
			"DELIMITER $$$\nCREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = '$$'; END$$$\nDELIMITER ;\n\n",
		},
		{
			"a trigger, SQLite", "sqlite", "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
			"CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;\n\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
				o.Exec(c.sql)
				return o.Err()
			}))
			got, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: c.dialect, TransactionalDDL: env.No})
			if err != nil {
				t.Fatal(err)
			}
			_, got, _ = strings.Cut(got, "do a1\n\n")
			got, _, _ = strings.Cut(got, "INSERT INTO")
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestScriptAutocommit(t *testing.T) {
	h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
		o.Exec("SELECT 1")
		o.AutocommitBlock(func(o *op.Operations) error {
			o.Exec("VACUUM")
			return nil
		})
		o.Exec("SELECT 2")
		o.AddIndex("one", schema.Index("ix", "id"), op.With(postgres.Concurrently()))
		return o.Err()
	}))
	insert := "INSERT INTO \"alembic_version\" (\"version_num\") VALUES ('a1');\n\n"
	index := "CREATE INDEX CONCURRENTLY \"ix\" ON \"one\" (\"id\");\n\n"
	for _, c := range []struct {
		o    env.Options
		want string
	}{
		{env.Options{}, "SELECT 1;\n\nCOMMIT;\n\nVACUUM;\n\nBEGIN;\n\nSELECT 2;\n\nCOMMIT;\n\n" + index + "BEGIN;\n\n" + insert + "COMMIT;\n\n"},
		{env.Options{TransactionalDDL: env.No}, "SELECT 1;\n\nVACUUM;\n\nSELECT 2;\n\n" + index + insert},
	} {
		c.o.Dialect = "postgresql"
		got, err := h.script(t, h.upgrade("head"), "", c.o)
		if err != nil {
			t.Fatal(err)
		}
		if _, got, _ = strings.Cut(got, "do a1\n\n"); got != c.want {
			t.Errorf("got\n%s\nwant\n%s", got, c.want)
		}
	}
}

// TestScriptRefusals are what a script cannot have; nothing of it is written.
func TestScriptRefusals(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(context.Context, *op.Operations) error
		want string
	}{
		{"bound values", func(_ context.Context, o *op.Operations) error {
			o.Exec("DELETE FROM one WHERE id = $1", 7)
			return nil
		}, "execute DELETE FROM one WHERE id = $1: a script cannot bind parameters; write the values into the SQL as literals [SQL: DELETE FROM one WHERE id = $1]"},
		{"a query", func(_ context.Context, o *op.Operations) error {
			o.Query(func(func(...any) error) error { return nil }, "SELECT 1")
			return nil
		}, "query SELECT 1: this needs a connection, and a script has none; run it without --sql, or guard it by the environment's IsOfflineMode"},
		{"the connection", func(_ context.Context, o *op.Operations) error {
			_, err := o.Conn()
			return err
		}, "this needs a connection, and a script has none"},
		{"an error", func(context.Context, *op.Operations) error { return errors.New("no luck") }, "running upgrade a1 -> b2, do b2 (b2.go): no luck"},
		{"a panic", func(context.Context, *op.Operations) error { panic("no luck") }, "the revision panicked at env/script_test.go:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHistory(t, table("a1", "", "one"), does("b2", "a1", c.f))
			got, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: "postgresql"})
			wantError(t, err, "running upgrade a1 -> b2, do b2 (b2.go): ", c.want)
			if got != "" {
				t.Errorf("written: %s", got)
			}
		})
	}
}

func TestScriptMisuse(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	e, _ := h.context(offline(h.upgrade("head"), ""), nil)
	wantError(t, e.Configure(t.Context(), env.Options{}), "a script needs to know the database; give env.Options a URL or a Dialect")
	_, err := h.script(t, h.upgrade("head"), "nowhere", env.Options{Dialect: "sqlite"})
	wantError(t, err, "nowhere")
	long := strings.Repeat("x", 40)
	_, err = newHistory(t, table(long, "", "one")).script(t, newHistory(t, table(long, "", "one")).upgrade("head"), "", env.Options{Dialect: "mysql"})
	wantError(t, err, "has 40 characters")
}

// TestScriptLineBreaks: outside quotes it does not matter what a client makes of CR LF.
func TestScriptLineBreaks(t *testing.T) {
	for _, name := range []string{"mysql", "sqlite", "postgresql"} {
		for text, refused := range map[string]bool{
			"SELECT 1,\r\n2 -- it's\r\n": false, "SELECT 'a\rb\nc'": false, "SELECT 'a\r\nb'": true, "SELECT 1 AS \"a\r\nb\"": true,
		} {
			h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error { o.Exec(text); return o.Err() }))
			_, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: name})
			if got := err != nil && strings.Contains(err.Error(), "line break of two characters (CR LF)"); got != (refused && name != "postgresql") || err != nil && !got {
				t.Errorf("%s: %q: %v", name, text, err)
			}
		}
	}
}

// TestScriptBackslashes: the client of MySQL leaves out a backslash that ends a line,
// which says something in a name alone.
func TestScriptBackslashes(t *testing.T) {
	for text, refused := range map[string]bool{
		"SELECT 1 AS `a\\\nb`": true, "SELECT 1 AS `a\\\\\nb`": false, "SELECT 1 AS `a``\\\\\\\nb`": true,
		"SELECT 'a\\\nb'": false, "SELECT 1 -- `a\\\n": false, "SELECT 1 AS `a\nb`": false,
	} {
		h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error { o.Exec(text); return o.Err() }))
		_, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: "mysql"})
		if got := err != nil && strings.Contains(err.Error(), "a backslash before a line break"); got != refused || err != nil && !got {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// hostile is a message that would like to be SQL, or a command of a client.
const hostile = "it's; DROP TABLE one;\n-- \\\n\\! touch /tmp/x\r\\q\x00 /* \" ` $$ DELIMITER //\n.quit"

// statements is a history of what is hard to put into a script.
func statements(t testing.TB) history {
	values := []string{"it's", `a\b\\`, "semi;colon", "-- no comment", "# nor this", "/* nor this", "line\nbreak;\nDELIMITER //\n.quit\n\\q\n", "\ttab", `"quoted" and ` + "`quoted`", "$$ $a$ :name %s ?", "ünïcödé ☃", "", "dos\r\nlines\r\n\r\n'\r", "\r\n"}
	first := rev{script.Revision{ID: "a1", Upgrade: func(_ context.Context, o *op.Operations) error {
		o.CreateTable("one",
			schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
			schema.Column("name", schema.String(200), schema.NotNull(), schema.ServerDefault(schema.Literal("it's;\r\n--"))),
		)
		for i, v := range values {
			o.BulkInsert("one", op.Row{"id": i, "name": v})
		}
		o.BulkInsert("one", op.Row{"id": 100, "name": "x"}, op.Row{"id": 101, "name": "y"})
		return o.Err()
	}}, hostile}
	second := does("b2", "a1", func(_ context.Context, o *op.Operations) error {
		o.AddColumn("one", schema.Column("more", schema.Integer()))
		o.CreateIndex("ix one;", "one", "more", "name")
		o.Exec("UPDATE one SET more = id -- the same")
		o.Exec("UPDATE one SET more = 5 WHERE id = 5;")
		return o.Err()
	})
	return newHistory(t, first, second, table("c3", "b2", "it's; a \"table\" `"), does("d4", "c3", func(_ context.Context, o *op.Operations) error {
		if o.Dialect() == "tidb" { // it drops no column of an index of several
			o.DropIndex("ix one;", "one")
		}
		o.DropColumn("one", "more")
		return o.Err()
	}))
}

// TestScriptIsTheRun runs a script in the server's own client: the result is
// that of a run on a connection.
func TestScriptIsTheRun(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := statements(t)
		for _, o := range []env.Options{{}, {TransactionPerMigration: true}} {
			for _, target := range []string{"c3", "d4"} {
				ran, scripted := testdb.Open(t, d.Kind), testdb.Open(t, d.Kind)
				o.DB = ran.DB
				h.mustRun(t, h.upgrade(target), o)
				o.DB, o.Dialect = nil, dialectName(d)
				text, err := h.script(t, h.upgrade(target), "", o)
				if err != nil {
					t.Fatal(err)
				}
				scripted.Client(t, text)
				compareDatabases(t, scripted, ran)
			}
		}
	})
}

// TestScriptInTwoParts goes on from where a first script ended, and back.
func TestScriptInTwoParts(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
		part := func(task env.Task, start string) {
			t.Helper()
			text, err := h.script(t, task, start, env.Options{Dialect: dialectName(d)})
			if err != nil {
				t.Fatal(err)
			}
			d.Client(t, text)
		}
		part(h.upgrade("a1"), "")
		part(h.upgrade("head"), "a1")
		equal(t, "tables", tables(t, d), []string{"alembic_version", "one", "two"})
		equal(t, "rows", rows(t, d.DB), []string{"b2"})
		part(h.downgrade("a1"), "b2")
		h.mustRun(t, h.downgrade("base"), env.Options{DB: d.DB})
		equal(t, "tables", tables(t, d), []string{"alembic_version"})
	})
}

// TestScriptTrigger runs the script of a compound statement in the client.
func TestScriptTrigger(t *testing.T) {
	triggers := map[testdb.Kind]string{
		testdb.KindMySQL:    "CREATE TRIGGER g BEFORE INSERT ON one FOR EACH ROW BEGIN SET NEW.id = NEW.id + 1; SET NEW.id = NEW.id + 1; END",
		testdb.KindSQLite:   "CREATE TRIGGER g AFTER INSERT ON one BEGIN UPDATE one SET id = id + 1; UPDATE one SET id = id + 1; END",
		testdb.KindPostgres: "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW.id + 1; NEW.id := NEW.id + 1; RETURN NEW; END $$",
	}
	triggers[testdb.KindMariaDB] = triggers[testdb.KindMySQL]
	each(t, func(t *testing.T, d *testdb.DB) {
		if d.Kind == testdb.KindTiDB {
			return // it has no triggers
		}
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			o.Exec(triggers[d.Kind])
			if d.Kind == testdb.KindPostgres {
				o.Exec("CREATE TRIGGER g BEFORE INSERT ON one FOR EACH ROW EXECUTE FUNCTION f()")
			}
			o.BulkInsert("one", op.Row{"id": 1})
			return o.Err()
		}))
		text, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: dialectName(d)})
		if err != nil {
			t.Fatal(err)
		}
		d.Client(t, text)
		equal(t, "rows", column(t, d.DB, "SELECT id FROM one"), []string{"3"})
	})
}

// TestOutputBuffer gives the script another place than the command's.
func TestOutputBuffer(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	var mine bytes.Buffer
	theirs, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: "postgresql", OutputBuffer: &mine})
	if err != nil {
		t.Fatal(err)
	}
	if theirs != "" || mine.String() != "BEGIN;\n\n"+versionsSQL+firstSQL+"COMMIT;\n\n" {
		t.Errorf("theirs %q, mine %q", theirs, mine.String())
	}
}

// TestScriptVersion writes scripts for servers of a version.
func TestScriptVersion(t *testing.T) {
	h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
		o.CreateTable("one", schema.Column("id", schema.UUID()), schema.Column("s", schema.Text(), postgres.Compression("lz4")))
		return o.Err()
	}))
	for _, c := range []struct{ dialect, version, holds, err string }{
		{"postgresql", "", "COMPRESSION lz4", ""},
		{"postgresql", "14.2", "COMPRESSION lz4", ""},
		{"postgresql", "13", "", "COMPRESSION of a column needs PostgreSQL 14; the server is 13"},
		{"mariadb", "10.6", "`id` CHAR(32)", ""},
		{"mariadb", "10.11", "`id` UUID", ""},
		{"mysql", "10.11.4-MariaDB", "`id` UUID", ""},
		{"sqlite", "3.35", "CREATE TABLE", ""},
	} {
		got, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: c.dialect, ServerVersion: c.version})
		if c.err != "" {
			wantError(t, err, c.err)
			continue
		}
		if err != nil || !strings.Contains(got, c.holds) {
			t.Errorf("%s %s: %v, %s", c.dialect, c.version, err, got)
		}
	}
	e, _ := h.context(offline(h.upgrade("head"), ""), nil)
	wantError(t, e.Configure(t.Context(), env.Options{Dialect: "mysql", ServerVersion: "5.7"}),
		"configuring the environment: ServerVersion: MySQL 5.7 is too old: gomig is for 8.0 and later")
}
