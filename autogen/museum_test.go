package autogen_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// museum is what a database holds beside tables in the files of testdata/museum:
// named when it is read, and left alone.
var museum = map[testdb.Kind][]string{
	testdb.KindSQLite: {
		"shadow table area_node", "shadow table area_parent", "shadow table area_rowid", "shadow table search_config", "shadow table search_content",
		"shadow table search_data", "shadow table search_docsize", "shadow table search_idx", "trigger into_few", "trigger named", "trigger visited",
		"view few", "view fewer", "virtual table area", "virtual table search",
	},
	testdb.KindMySQL: {"event nightly", "function one", "procedure nothing", "trigger visited", "view few", "view mine"},
	testdb.KindMariaDB: {
		"event nightly", "function one", "procedure nothing", "sequence order_no",
		"trigger visited", "view few", "view mine",
	},
	testdb.KindPostgres: {
		"collation mine", "composite type pair", "domain positive", "extension pg_trgm", "foreign table distant", "function f()", "function twice(x integer)",
		"materialized view total", "partition log_new", "partition log_old", "partition log_one", "partition log_rest", "policy place.pol", "procedure p(IN a integer)",
		"range type span", "rule visit.ru", "sequence order_no", "statistics st", "trigger place.tr", "view few",
	},
}

// TestMuseum reads databases that hold something of everything the server has.
// What is read and declared as it is shows no difference; a change of every
// column of every table, and back, loses nothing that stands beside it.
func TestMuseum(t *testing.T) {
	everyServer(t, func(t *testing.T, s *server) {
		file := map[testdb.Kind]string{
			testdb.KindSQLite: "sqlite", testdb.KindMySQL: "mysql", testdb.KindMariaDB: "mariadb", testdb.KindPostgres: "postgres",
		}[s.kind]
		script, err := os.ReadFile(filepath.Join("testdata", "museum", file+".sql"))
		if err != nil {
			t.Fatal(err)
		}
		s.db.Client(t, string(script))
		if s.kind == testdb.KindMariaDB { // the server refuses to change a table with a history unless it may keep that as it is
			if err := s.exec("SET SESSION system_versioning_alter_history = KEEP"); err != nil {
				t.Fatal(err)
			}
		}
		before := s.db.Dump(t)
		have, err := s.holds(autogen.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(museum[s.kind], others(have)); d != "" {
			t.Errorf("other objects (-want +got):\n%s", d)
		}
		s.same(t, have.Tables)
		changed := clones(have.Tables)
		for _, table := range changed {
			changeAll(s, table)
		}
		o := autogen.Options{Metadata: []*schema.Metadata{metadata(changed...)}}
		r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range slices.Concat(r.Upgrade, r.Downgrade) {
			switch p.(type) {
			case *op.DropTable, *op.CreateTable, *op.DropObject:
				t.Errorf("unexpected: %s", p)
			}
		}
		if err := s.run(r.Upgrade); err != nil {
			t.Fatalf("upgrading: %v\n%s", err, strings.Join(s.log, "\n"))
		}
		s.same(t, changed)
		there, err := s.holds(o)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(museum[s.kind], others(there)); d != "" {
			t.Errorf("other objects after upgrading (-want +got):\n%s", d)
		}
		if err := s.run(r.Downgrade); err != nil {
			t.Fatalf("downgrading: %v\n%s", err, strings.Join(s.log, "\n"))
		}
		if d := cmp.Diff(strings.Split(flat(before), "\n"), strings.Split(flat(s.db.Dump(t)), "\n")); d != "" {
			t.Errorf("dump after there and back (-want +got):\n%s\n%s", d, strings.Join(s.log, "\n"))
		}
	})
}

// renamed is what SQLite makes of the name of a table that was copied.
var renamed = regexp.MustCompile(`(?m)^CREATE TABLE "(\w+)"`)

// flat is a dump without what SQLite's own ALTER leaves: blanks before a
// bracket, and quotes.
func flat(dump string) string {
	return renamed.ReplaceAllString(strings.ReplaceAll(dump, " )", ")"), "CREATE TABLE $1")
}

func others(r *dialect.Reflection) (out []string) {
	for _, o := range r.Others {
		if o.Kind != "extension" || o.Name.Name != "plpgsql" {
			out = append(out, o.Kind+" "+o.Name.String())
		}
	}
	slices.Sort(out)
	// The server says IN since version 14, and lists the constructors of range types.
	out = slices.DeleteFunc(out, func(s string) bool {
		return strings.Contains(s, "multirange") || strings.HasPrefix(s, "function span(")
	})
	for i, o := range out {
		out[i] = strings.Replace(o, "p(a integer)", "p(IN a integer)", 1)
	}
	return out
}

// same expects no difference to the tables.
func (s *server) same(t *testing.T, list []*schema.Table) {
	t.Helper()
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{metadata(clones(list)...)}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Upgrade)+len(r.Downgrade)+len(r.Warnings) > 0 {
		t.Errorf("up %s\ndown %s\ndetected %q\nwarned %q", spell(r.Upgrade), spell(r.Downgrade), r.Detected, r.Warnings)
	}
}

func clones(list []*schema.Table) (out []*schema.Table) {
	for _, t := range list {
		out = append(out, t.Clone())
	}
	return out
}

// changeAll changes every column of a table a little, and adds one: a comment
// where columns have some, which has MySQL restate the column; and in SQLite and
// PostgreSQL the type of one, which copies the table or its rows.
func changeAll(s *server, t *schema.Table) {
	for _, c := range t.Columns {
		switch s.kind {
		case testdb.KindMySQL, testdb.KindMariaDB, testdb.KindTiDB:
			if c.Type.Def() != nil && strings.Contains(fmt.Sprint(c.Type.Def()), "AS ROW ") {
				continue // MariaDB refuses to change since and until when a row counts
			}
			c.Comment = "changed"
		case testdb.KindPostgres:
			if c.Comment == "" {
				c.Comment = "changed"
			}
			if c.Name == "small" && t.Name.Name == "quick" || c.Name == "code" {
				c.Type = schema.String(9)
			}
		case testdb.KindSQLite:
			if c.Name == "small" {
				c.Type = schema.BigInteger()
			}
		}
	}
	t.Columns = append(t.Columns, schema.Column("extra", schema.Integer()))
}
