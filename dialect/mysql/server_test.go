package mysql_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

func both(t *testing.T, test func(t *testing.T, s *session)) {
	t.Helper()
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) { test(t, connect(t, kind)) })
	}
}

func TestDropIndexBelowForeignKey(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		parent := schema.NewTable("p", id())
		child := schema.NewTable("c", id(), schema.Column("p_id", schema.Integer(), schema.References("p.id")), schema.Index("ix", "p_id", "id"))
		s.create(parent)
		s.create(child)
		got := s.run(ddl.DropIndex{Table: child.Name, Name: "ix"})
		want := []string{"ALTER TABLE `c` ADD INDEX `c_ibfk_1` (`p_id`), DROP INDEX `ix`"}
		if !slices.Equal(got, want) {
			t.Errorf("dropping the index:\n%q, want\n%q", got, want)
		}
		fks := s.reflect(dialect.Scope{}).Tables[0]
		if len(fks.Indexes) != 0 || len(fks.ForeignKeys) != 1 {
			t.Errorf("left are indexes %v, foreign keys %v", fks.Indexes, fks.ForeignKeys)
		}
		got = s.run(ddl.AlterTable{Table: child.Name, Actions: []ddl.Action{ddl.DropConstraint{Name: "c_ibfk_1", Kind: schema.ForeignKeyKind}}})
		if want := []string{"ALTER TABLE `c` DROP FOREIGN KEY `c_ibfk_1`, DROP INDEX `c_ibfk_1`"}; !slices.Equal(got, want) {
			t.Errorf("dropping the key:\n%q, want\n%q", got, want)
		}
	})
}

// TestForeignAttributes: what the model does not hold survives a restatement.
func TestForeignAttributes(t *testing.T) {
	s := connect(t, testdb.KindMySQL)
	s.exec("CREATE TABLE t (id INT PRIMARY KEY, c VARCHAR(10) COLUMN_FORMAT DYNAMIC STORAGE MEMORY DEFAULT 'x' COMMENT 'n')")
	s.alter(schema.NewTable("t", id()), nullable("c", schema.Column("c", schema.String(10), schema.NotNull())))
	want := "`c` varchar(10) NOT NULL /*!50606 STORAGE MEMORY */ /*!50606 COLUMN_FORMAT DYNAMIC */ DEFAULT 'x' COMMENT 'n'"
	if text := s.showCreate("t"); !strings.Contains(text, want) {
		t.Errorf("no %s in\n%s", want, text)
	}
}

// TestColumnChecks: MariaDB keeps a check with its column; it survives a
// restatement, and goes only when it is dropped.
func TestColumnChecks(t *testing.T) {
	s := connect(t, testdb.KindMariaDB)
	s.exec("CREATE TABLE t (id INT PRIMARY KEY, c INT COMMENT 'n' CHECK (c > 0 AND c <> 7), j JSON, v INT WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING")
	table := schema.NewTable("t", id())
	s.exec("SET SESSION system_versioning_alter_history = KEEP")
	s.alter(table, nullable("c", schema.Column("c", schema.Integer(), schema.NotNull())), nullable("v", schema.Column("v", schema.Integer(), schema.NotNull())))
	text := s.showCreate("t")
	for _, want := range []string{"`c` int(11) NOT NULL COMMENT 'n' CHECK (`c` > 0 and `c` <> 7)", "`v` int(11) NOT NULL WITHOUT SYSTEM VERSIONING", "CHECK (json_valid(`j`))"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if checks := s.reflect(dialect.Scope{}).Tables[0].Checks; len(checks) != 1 || checks[0].Name != "c" {
		t.Errorf("checks are %+v", checks)
	}
	s.alter(table, ddl.DropConstraint{Name: "c", Kind: schema.CheckKind})
	if text := s.showCreate("t"); strings.Contains(text, "`c` > 0") || !strings.Contains(text, "`c` int(11) NOT NULL COMMENT 'n'") {
		t.Errorf("after dropping the check:\n%s", text)
	}
}

// TestRenamedJSON: MariaDB lists the check of a JSON column under the name that the column had.
func TestRenamedJSON(t *testing.T) {
	s := connect(t, testdb.KindMariaDB)
	s.exec("CREATE TABLE t (id INT PRIMARY KEY, c JSON, d JSON)", "ALTER TABLE t RENAME COLUMN c TO e")
	got := s.reflect(dialect.Scope{}).Tables[0]
	if len(got.Checks) > 0 || got.Column("e").Type.Def() != schema.JSON().Def() || got.Column("d").Type.Def() != schema.JSON().Def() {
		t.Errorf("columns %v and %v, checks %v", got.Column("e").Call(), got.Column("d").Call(), got.Checks)
	}
}

func TestGeneratedPrimaryKeyIsHidden(t *testing.T) {
	s := connect(t, testdb.KindMySQL, "SET SESSION sql_generate_invisible_primary_key = ON")
	table := schema.NewTable("t", schema.Column("a", schema.Integer()), schema.Column("b", schema.Integer(), mysql.Invisible()))
	s.create(table)
	s.same(table)
}

func TestOthers(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		s.exec("CREATE TABLE t (id INT PRIMARY KEY)", "CREATE VIEW v AS SELECT id FROM t", "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1",
			"CREATE PROCEDURE p() SELECT 1", "CREATE FUNCTION f() RETURNS INT DETERMINISTIC NO SQL RETURN 1", "CREATE EVENT e ON SCHEDULE EVERY 1 YEAR DISABLE DO SELECT 1")
		want := "[{event e} {function f} {procedure p} {trigger tr} {view v}]"
		if mariadb(s) {
			s.exec("CREATE SEQUENCE s")
			want = "[{event e} {function f} {procedure p} {sequence s} {trigger tr} {view v}]"
		}
		r := s.reflect(dialect.Scope{})
		if got := fmt.Sprint(r.Others); got != want || len(r.Tables) != 1 || len(r.Problems) != 0 {
			t.Errorf("others are %s, want %s; tables %v, problems %v", got, want, r.Tables, r.Problems)
		}
	})
}

// TestReadObjects: views and sequences are read, with what a view's query does not say.
func TestReadObjects(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		s.exec("CREATE TABLE t (id INT PRIMARY KEY)", "CREATE VIEW plain AS SELECT id FROM t",
			"CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW special AS SELECT id FROM t")
		if mariadb(s) {
			s.exec("CREATE SEQUENCE s MINVALUE 5 INCREMENT 2")
		}
		r := s.reflect(dialect.Scope{})
		if err := dialect.ReadObjects(t.Context(), s.d, s.conn, dialect.Scope{}, r); err != nil {
			t.Fatal(err)
		}
		if len(r.Others) > 0 || len(r.Views) != 2 || r.Views[0].Options != "" || r.Views[1].Options != "ALGORITHM=MERGE SQL SECURITY INVOKER" {
			t.Errorf("views are %+v, others %v", r.Views, r.Others)
		}
		if !mariadb(s) {
			return
		}
		want := schema.Numbers{Min: schema.Bound(5), Increment: 2}
		if got := dialect.PlainSequence(s.d, r.Sequences[0]).Numbers; fmt.Sprint(*got.Min) != "5" || got.Start != 0 || got.Max != nil || got.Increment != want.Increment {
			t.Errorf("the sequence is %+v, want %+v", got, want)
		}
	})
}

func mariadb(s *session) bool { return s.d.Name() == mysql.MariaDB }

// TestSchemas: tables of another database, and keys into it.
func TestSchemas(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		other := s.name + "_b"
		s.exec("CREATE DATABASE " + other + " COLLATE latin1_bin")
		defer s.exec("DROP DATABASE " + other)
		p := schema.NewTable("p", id(), schema.Column("s", schema.String(5)), schema.InSchema(other))
		c := schema.NewTable("c", id(), schema.Column("p", schema.Integer()),
			schema.ForeignKeyConstraint("fk", []string{"p"}, other+".p", []string{"id"}))
		s.create(p)
		s.create(c)
		s.same(c)
		r := s.reflect(dialect.Scope{Schemas: []string{other}})
		if len(r.Tables) != 2 || r.Tables[1].Name != p.Name || len(r.Tables[1].Options) != 0 || r.Tables[1].Columns[1].Collation != "" {
			t.Errorf("tables are %+v", r.Tables)
		}
		for name, want := range map[schema.Name]bool{p.Name: true, c.Name: true, {Name: "p"}: false, {Schema: s.name, Name: "c"}: true} {
			if got, err := s.d.HasTable(t.Context(), s.conn, name); got != want || err != nil {
				t.Errorf("HasTable(%v) = %v, %v", name, got, err)
			}
		}
		if _, err := s.d.ReflectTable(t.Context(), s.conn, schema.Name{Name: "none"}); err == nil || !strings.Contains(err.Error(), "there is no such table") {
			t.Errorf("reflecting what is not there: %v", err)
		}
		s.exec("DROP TABLE c")
	})
}

// TestRewritesKeepMeaning lets the servers compute each recorded expression
// beside its canonical form.
func TestRewritesKeepMeaning(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		const columns = "a int, b varchar(50), c int, d date, ts datetime, tm time, j json"
		s.exec("CREATE TABLE x ("+columns+")", `INSERT INTO x VALUES (1, 'x', 2, '2020-01-01', '2020-01-01', '10:00', '{"a": 1}'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL),
			(0, '', -1, '2021-02-03', '2021-02-03 04:05:06', '00:00', '[1]'), (-7, 'a\\b', 0, '1999-12-31', '1999-12-31', '23:59', 'null'), (10, 'it''s', 1, '2020-01-01', '2020-01-01', '1:2:3', '"x"')`)
		for _, expr := range writtenExpressions(t) {
			table := s.d.Canonical(schema.NewTable("x", schema.Column("a", schema.Integer()), schema.CheckConstraint("ck", expr)))
			canonical := table.Checks[0].Expr
			text := "SELECT COUNT(*) FROM x WHERE NOT (((" + expr + ") <=> (" + canonical + ")) OR ((" + expr + ") IS TRUE) = ((" + canonical + ") IS TRUE) AND ((" + expr + ") IS NULL) = ((" + canonical + ") IS NULL))"
			var wrong int
			if err := s.conn.QueryRowContext(t.Context(), text).Scan(&wrong); err != nil {
				if s.conn.QueryRowContext(t.Context(), "SELECT ("+expr+") FROM x LIMIT 0").Err() == nil && !unsupported(err) {
					t.Errorf("%s as %s: %v", expr, canonical, err)
				}
				continue
			}
			if wrong != 0 {
				t.Errorf("%s and %s differ in %d rows", expr, canonical, wrong)
			}
		}
	})
}

// unsupported reports what one server has and the other has not, and errors of the data.
func unsupported(err error) bool {
	for _, s := range []string{"1064", "1305", "1054", "1109", "1191", "1210", "1292", "3020", "3141", "1235", "1411", "1582", "4079", "1191", "3064", "3516", "1104", "1630"} {
		if strings.Contains(err.Error(), "Error "+s) {
			return true
		}
	}
	return false
}

// TestUnreadable: one table that cannot be opened is a problem of its own.
func TestUnreadable(t *testing.T) {
	s := connect(t, testdb.KindMariaDB)
	s.exec("CREATE TABLE good (id INT PRIMARY KEY)", "CREATE TABLE part (id INT) ENGINE=MyISAM",
		"CREATE TABLE merged (id INT) ENGINE=MERGE UNION=(part)", "DROP TABLE part")
	r := s.reflect(dialect.Scope{})
	if len(r.Tables) != 1 || r.Tables[0].Name.Name != "good" || len(r.Problems) != 1 || r.Problems[0].Object.Name.Name != "merged" || r.Problems[0].Err == nil {
		t.Errorf("tables %v, problems %v", r.Tables, r.Problems)
	}
}

// TestImplicitTimestamps: old defaults of TIMESTAMP, as MariaDB had them before 10.10.
func TestImplicitTimestamps(t *testing.T) {
	s := connect(t, testdb.KindMariaDB, "SET SESSION explicit_defaults_for_timestamp = OFF", "SET SESSION sql_mode = ''")
	table := schema.NewTable("t", schema.Column("n", mysql.Timestamp(0)), schema.Column("a", mysql.Timestamp(0), schema.NotNull()), schema.Column("b", mysql.Timestamp(3), schema.NotNull()))
	s.create(table)
	s.same(table)
}

// TestAllSchemas reads every database but the server's own.
func TestAllSchemas(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		s.create(schema.NewTable("t", id()))
		r := s.reflect(dialect.Scope{AllSchemas: true, Include: func(n schema.Name) bool {
			return n.Schema == "" || n.Schema == "mysql" || n.Schema == "sys" || n.Schema == "information_schema"
		}})
		if len(r.Tables) != 1 || r.Tables[0].Name.String() != "t" || r.DefaultSchema != s.name {
			t.Errorf("tables %v in %q", r.Tables, r.DefaultSchema)
		}
	})
}
