package autogen_test

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// stored is a trigger, routine or event of the tests: what stands before and behind its
// name, and another definition.
type stored struct{ kind, name, definition, other string }

var storedObjects = []stored{
	{"TRIGGER", "touch", "BEFORE INSERT ON account FOR EACH ROW SET NEW.name = 'a;b'", "BEFORE INSERT ON account FOR EACH ROW BEGIN SET NEW.name = 'DEFINER'; END"},
	{"PROCEDURE", "forget", "(n INT) COMMENT 'SQL SECURITY' DELETE FROM account", "(INOUT n INT)\nBEGIN DELETE FROM account WHERE id > n; END"},
	{"FUNCTION", "twice", "(n ENUM('a','BEGIN')) RETURNS VARCHAR(3) CHARSET utf8mb4 DETERMINISTIC RETURN 'x'", "() RETURNS DECIMAL(5,2) NO SQL DETERMINISTIC\nlabel: BEGIN RETURN 1; END"},
	{"EVENT", "nightly", "ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO DELETE FROM account", "ON SCHEDULE EVERY 2 DAY STARTS '2030-01-01 00:00:00' DISABLE DO SELECT 1"},
}

// routine reports whether it has a SQL SECURITY.
func (o stored) routine() bool { return o.kind == "PROCEDURE" || o.kind == "FUNCTION" }

// store creates them all, belonging to an account, with a SQL SECURITY.
func (s *server) store(t *testing.T, definer, security string) {
	t.Helper()
	for _, o := range storedObjects {
		text := "CREATE DEFINER=" + definer + " " + o.kind + " `" + o.name + "` " + o.definition
		if err := s.exec(text); err != nil {
			t.Fatal(err)
		}
		if o.routine() && security != "" {
			if err := s.exec("ALTER " + o.kind + " " + o.name + " SQL SECURITY " + security); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// stored is what SHOW CREATE says of each, but for when it was made.
func (s *server) stored(t *testing.T) (out []string) {
	t.Helper()
	for _, o := range storedObjects {
		list, err := s.shownAs(o.kind, o.name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, list...)
	}
	return out
}

// shownAs is what SHOW CREATE says of one, column by column.
func (s *server) shownAs(kind, name string) (out []string, err error) {
	rows, err := s.conn.QueryContext(s.ctx, "SHOW CREATE "+kind+" "+name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	values, at := make([]sql.NullString, len(names)), make([]any, len(names))
	for i := range values {
		at[i] = &values[i]
	}
	for rows.Next() {
		err = errors.Join(err, rows.Scan(at...))
	}
	for i, name := range names {
		if name != "Created" {
			out = append(out, name+": "+values[i].String)
		}
	}
	return out, errors.Join(err, rows.Err())
}

// object is one with a definition.
func (o stored) object(definition string, opts ...schema.Option) ddl.Object {
	kinds := map[string]ddl.ObjectKind{"TRIGGER": ddl.TriggerKind, "PROCEDURE": ddl.ProcedureKind, "FUNCTION": ddl.FunctionKind, "EVENT": ddl.EventKind}
	out := ddl.Object{Kind: kinds[o.kind], Name: schema.Name{Name: o.name}, Definition: definition, Options: opts}
	if o.kind == "TRIGGER" {
		out.Table.Name = "account"
	}
	return out
}

// each makes an operation of each.
func each(do func(o stored) op.Operation) (out []op.Operation) {
	for _, o := range storedObjects {
		out = append(out, do(o))
	}
	return out
}

// back runs the reverse of operations.
func (s *server) back(t *testing.T, ops []op.Operation) error {
	t.Helper()
	var reversed []op.Operation
	for _, o := range slices.Backward(ops) {
		r, err := o.Reverse()
		if err != nil {
			t.Fatal(err)
		}
		reversed = append(reversed, r)
	}
	return s.run(reversed)
}

// leads runs operations and has the server say the same but for the definitions.
func leads(t *testing.T, what string, before, after []string, err error) {
	t.Helper()
	if err != nil || !slices.Equal(before, after) {
		t.Errorf("%s: %v\nthere is\n%s\nand was\n%s", what, err, strings.Join(after, "\n"), strings.Join(before, "\n"))
	}
}

// heads are what SHOW CREATE says before the name of each, and the routines' SQL SECURITY.
func heads(stored []string) (out []string) {
	for _, line := range stored {
		if _, text, ok := strings.Cut(line, ": CREATE DEFINER="); ok {
			security := ""
			if strings.Contains(text, "SQL SECURITY INVOKER") {
				security = " INVOKER"
			}
			i := strings.IndexAny(text, "TPFE")
			out = append(out, text[:max(i, 0)]+security)
		}
	}
	return out
}

// TestKeptDefiners: a trigger, routine or event of MySQL or MariaDB keeps its DEFINER,
// and a routine its SQL SECURITY, when it is replaced, and is what it was on the way back.
func TestKeptDefiners(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		accounts := append([]string{"`app`@`%`", "`root`@`localhost`"}, hostile...)
		if s.kind == testdb.KindMariaDB {
			role := "`r``" + s.db.Name[max(0, len(s.db.Name)-20):] + "`"
			if err := s.exec("CREATE OR REPLACE ROLE " + role); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.exec("DROP ROLE " + role) })
			accounts = append(accounts, role)
		}
		for i, account := range accounts {
			if err := errors.Join(s.reset(), s.exec("CREATE TABLE account (id INT PRIMARY KEY, name VARCHAR(50))")); err != nil {
				t.Fatal(err)
			}
			s.store(t, account, []string{"INVOKER", "DEFINER"}[i%2])
			before := s.stored(t)
			for what, anew := range map[string]bool{"replaced": false, "anew": true} {
				ops := each(func(o stored) op.Operation {
					return &op.ReplaceObject{Object: o.object(o.other), Was: o.definition, Anew: anew}
				})
				err := s.run(ops)
				after := s.stored(t)
				if slices.Equal(before, after) || !slices.Equal(sorted(heads(before)), sorted(heads(after))) {
					t.Errorf("%s: there is\n%s\nand was\n%s", what, strings.Join(after, "\n"), strings.Join(before, "\n"))
				}
				if err == nil {
					err = s.back(t, ops)
				}
				leads(t, what+" and back", before, s.stored(t), err)
			}
			leads(t, "or replace", before, s.stored(t), s.run(each(func(o stored) op.Operation {
				return &op.CreateObject{Object: o.object(o.definition), Replace: true}
			})))
		}
	})
}

// TestSaidDefiners: what is said of them holds, both ways; what is dropped comes back.
func TestSaidDefiners(t *testing.T) {
	app, me := mysql.Definer("app", "%"), mysql.CurrentUser()
	onMySQLs(t, func(t *testing.T, s *server) {
		if err := s.exec("CREATE TABLE account (id INT PRIMARY KEY, name VARCHAR(50))"); err != nil {
			t.Fatal(err)
		}
		s.store(t, "`app`@`%`", "")
		before := s.stored(t)
		thereAndBack := func(what, between string, ops []op.Operation) {
			t.Helper()
			err := s.run(ops)
			for _, head := range heads(s.stored(t)) {
				if head != between {
					t.Errorf("%s: one is %q, want %q", what, head, between)
				}
			}
			if err == nil {
				err = s.back(t, ops)
			}
			leads(t, what, before, s.stored(t), err)
		}
		thereAndBack("another account", "`root`@`localhost` ", each(func(o stored) op.Operation {
			return &op.ReplaceObject{Object: o.object(o.other, me), Was: o.definition, WasOptions: []schema.Option{app}}
		}))
		thereAndBack("the account that it is", "`app`@`%` ", each(func(o stored) op.Operation {
			return &op.ReplaceObject{Object: o.object(o.other, app), Was: o.definition}
		}))
		ops := each(func(o stored) op.Operation { return &op.DropObject{Object: o.object(o.definition, app)} })
		err := s.run(ops)
		if err == nil {
			err = s.back(t, ops)
		}
		leads(t, "dropped", before, s.stored(t), err)

		// SQL SECURITY that a definition says goes with the definition.
		invoker := func(text string) string { return strings.Replace(text, "DELETE", "SQL SECURITY INVOKER DELETE", 1) }
		o := storedObjects[1]
		ops = []op.Operation{&op.ReplaceObject{Object: o.object(invoker(o.definition)), Was: o.definition}}
		err = s.run(ops)
		if said := heads(s.stored(t)); said[1] != "`app`@`%`  INVOKER" {
			t.Errorf("it is %q", said)
		}
		if err == nil {
			err = s.back(t, ops)
		}
		leads(t, "SQL SECURITY in the definition", before, s.stored(t), err)

		// One that is kept and has no place in what is said.
		if err := s.exec("CREATE PROCEDURE odd() SQL SECURITY INVOKER SELECT 1"); err != nil {
			t.Fatal(err)
		}
		err = s.work(func(o *op.Operations) { o.ReplaceProcedure("odd", "(\"", "() SELECT 1") })
		if err == nil || !strings.Contains(err.Error(), `creating procedure "odd": it is SQL SECURITY INVOKER, and where that belongs in the definition cannot be told`) {
			t.Error(err)
		}
	})
}

// TestDefinersWithoutTheRight: who may not have them belong to another is told what to
// do, and loses nothing.
func TestDefinersWithoutTheRight(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		if err := s.exec("CREATE TABLE account (id INT PRIMARY KEY, name VARCHAR(50))"); err != nil {
			t.Fatal(err)
		}
		s.store(t, "`app`@`%`", "INVOKER")
		before := s.stored(t)
		other := s.as(t, "d", "ALL")
		for _, o := range storedObjects {
			for what, p := range map[string]op.Operation{
				"replaced":   &op.ReplaceObject{Object: o.object(o.other), Was: o.definition},
				"anew":       &op.ReplaceObject{Object: o.object(o.other), Was: o.definition, Anew: true},
				"or replace": &op.CreateObject{Object: o.object(o.other), Replace: true},
			} {
				err := other.run([]op.Operation{p})
				if err == nil || !strings.Contains(err.Error(), "1227") {
					t.Fatalf("%s %s: %v", o.kind, what, err)
				}
				want := "the " + strings.ToLower(o.kind) + " belongs to another account than the one that migrates"
				if advice := s.d.(dialect.Adviser).Advice(other.log[len(other.log)-1], err); !strings.HasPrefix(advice, want) {
					t.Errorf("%s %s: advice %q", o.kind, what, advice)
				}
			}
		}
		leads(t, "refused", before, s.stored(t), nil)
		ops := each(func(o stored) op.Operation {
			return &op.ReplaceObject{Object: o.object(o.other, mysql.CurrentUser()), Was: o.definition}
		})
		err := other.run(ops)
		for _, head := range heads(s.stored(t)) {
			if err != nil || !strings.HasPrefix(head, "`d") {
				t.Errorf("%v: one is %q", err, head)
			}
		}
		if err := other.back(t, ops); err != nil { // they are its own now
			t.Error(err)
		}
	})
}
