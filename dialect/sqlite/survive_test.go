package sqlite_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

const lacking = arbitrary.Comments | arbitrary.IdentityColumns | arbitrary.NullsOrder | arbitrary.IncludeColumns |
	arbitrary.PrefixIndexes | arbitrary.DeferrableUniques | arbitrary.NullsNotDistinct

// TestRebuildKeepsRows copies random tables with rows, triggers, a view and a
// table that refers to them, and looks for anything that changed unasked.
func TestRebuildKeepsRows(t *testing.T) {
	d, db := open(t)
	r := newRun(t, d, db)
	r.exec("PRAGMA foreign_keys = ON")
	opts := arbitrary.Options{Lacks: lacking}
	rapid.Check(t, func(t *rapid.T) {
		before := arbitrary.Table(opts).Draw(t, "table")
		change := arbitrary.Alterations(opts, before).Draw(t, "change")
		s := &survival{run: r, T: t, table: before}
		defer s.clear()
		s.prepare()
		kept := s.kept(change)
		rows, others := s.values(kept, nil), s.others()
		always := &ddl.Batch{Recreate: ddl.RecreateAlways}
		if err := r.migrate(ddl.AlterTable{Table: before.Name, Actions: change.Actions, Batch: always}); err != nil {
			t.Fatalf("%v\n%s", err, r.sql(before.Name.Name))
		}
		s.table = change.After
		if got := s.values(kept, change.Actions); !reflect.DeepEqual(got, rows) {
			t.Fatalf("rows are %v, were %v\n%s", got, rows, r.sql(before.Name.Name))
		}
		if got := s.others(); !reflect.DeepEqual(got, others) {
			t.Fatalf("what was not named is\n%v\nand was\n%v", got, others)
		}
	})
}

// survival is a table with rows, and what hangs on it.
type survival struct {
	*run
	*rapid.T
	table *schema.Table
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (s *survival) do(query string) {
	if _, err := s.conn.ExecContext(context.Background(), query); err != nil {
		s.Fatalf("%s: %v", query, err)
	}
}

func (s *survival) prepare() {
	var stmts []ddl.Statement
	stmts = append(stmts, ddl.CreateTable{Table: s.table})
	for _, i := range s.table.Indexes {
		stmts = append(stmts, ddl.CreateIndex{Table: s.table.Name, Index: i})
	}
	if err := s.migrate(stmts...); err != nil {
		s.Fatal(err)
	}
	name := quote(s.table.Name.Name)
	if pk := s.table.PrimaryKey; pk != nil && len(pk.Columns) == 1 {
		s.do("CREATE TABLE child (p REFERENCES " + name + " (" + quote(pk.Columns[0]) + ") ON DELETE CASCADE ON UPDATE CASCADE)")
	} else {
		s.do("CREATE TABLE child (p)")
	}
	s.do("PRAGMA foreign_keys = OFF")
	s.fill(name)
	s.do("PRAGMA foreign_keys = ON")
	s.do("CREATE TRIGGER tr AFTER INSERT ON " + name + " BEGIN INSERT INTO child VALUES (1); END")
	s.do("CREATE TRIGGER tr_child AFTER INSERT ON child BEGIN DELETE FROM " + name + " WHERE 0; END")
	s.do("CREATE VIEW v AS SELECT * FROM " + name)
}

// fill inserts rows; those that a constraint refuses are left out.
func (s *survival) fill(name string) {
	for range rapid.IntRange(0, 4).Draw(s.T, "rows") {
		var cols, values []string
		for _, c := range s.table.Columns {
			if c.Computed == nil {
				cols = append(cols, quote(c.Name))
				values = append(values, rapid.SampledFrom([]string{"1", "2", "'x'", "'2026-01-02'", "1.5", "X'00'", "NULL", "''"}).Draw(s.T, "value"))
			}
		}
		// Which constraint refuses does not matter here.
		if _, err := s.conn.ExecContext(context.Background(), "INSERT INTO "+name+" ("+strings.Join(cols, ", ")+") VALUES ("+strings.Join(values, ", ")+")"); err != nil {
			continue
		}
		if pk := s.table.PrimaryKey; pk != nil && len(pk.Columns) == 1 {
			s.do("INSERT INTO child SELECT " + quote(pk.Columns[0]) + " FROM " + name + " LIMIT 1")
		}
	}
}

// kept are the columns that are there before and after, by their first names.
func (s *survival) kept(a arbitrary.Alteration) (list []string) {
	for _, c := range a.Before.Columns {
		gone := slices.ContainsFunc(a.Actions, func(act ddl.Action) bool {
			drop, ok := act.(ddl.DropColumn)
			return ok && drop.Name == c.Name
		})
		if !gone {
			list = append(list, c.Name)
		}
	}
	return list
}

// values are the rows' values and hidden numbers, types included.
func (s *survival) values(columns []string, after []ddl.Action) []string {
	exprs := []string{"rowid"}
	for _, name := range columns {
		for _, act := range after {
			if rename, ok := act.(ddl.RenameColumn); ok && rename.Name == name {
				name = rename.To
			}
		}
		exprs = append(exprs, "typeof("+quote(name)+") || quote("+quote(name)+")")
	}
	return s.rows("SELECT " + strings.Join(exprs, ", ") + " FROM " + quote(s.table.Name.Name))
}

// others are the other table's rows, the triggers and views, and the connection's switches.
func (s *survival) others() []string {
	var list []string
	for _, q := range []string{
		"SELECT rowid, p FROM child", "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view') OR name = 'child'",
		"PRAGMA foreign_keys", "PRAGMA legacy_alter_table", "PRAGMA integrity_check",
	} {
		list = append(list, fmt.Sprint(s.rows(q)))
	}
	return list
}

func (s *survival) clear() {
	s.exec("PRAGMA foreign_keys = OFF", "DROP VIEW IF EXISTS v", "DROP TABLE IF EXISTS child")
	r, err := s.d.Reflect(context.Background(), s.conn, dialect.Scope{})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, t := range r.Tables {
		s.exec("DROP TABLE " + quote(t.Name.Name))
	}
	s.exec("PRAGMA foreign_keys = ON")
}
