package mysql_test

import (
	"database/sql"
	"os"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// session is one connection to a fresh database.
type session struct {
	t    *testing.T
	d    *mysql.Dialect
	conn *sql.Conn
	name string
}

// connect opens a fresh database, runs the statements and asks what it is.
func connect(t *testing.T, kind testdb.Kind, first ...string) *session {
	t.Helper()
	db := testdb.Open(t, kind)
	conn, err := db.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	s := &session{t: t, conn: conn, name: db.Name}
	s.exec(first...)
	d, err := mysql.System().Detect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	s.d = d.(*mysql.Dialect)
	return s
}

func (s *session) exec(stmts ...string) {
	s.t.Helper()
	for _, text := range stmts {
		if _, err := s.conn.ExecContext(s.t.Context(), text); err != nil {
			s.t.Fatalf("%s\n%v", text, err)
		}
	}
}

// compile spells a statement with the server at hand.
func (s *session) compile(stmt ddl.Statement) []string {
	s.t.Helper()
	list, err := dialect.Compile(s.t.Context(), s.d, dialecttest.Catalog(s.d, s.conn), stmt)
	if err != nil {
		s.t.Fatal(err)
	}
	out := make([]string, len(list))
	for i, q := range list {
		out[i] = q.Text
	}
	return out
}

func (s *session) run(stmt ddl.Statement) []string {
	s.t.Helper()
	list := s.compile(stmt)
	s.exec(list...)
	return list
}

func (s *session) create(t *schema.Table) {
	s.t.Helper()
	s.run(ddl.CreateTable{Table: t})
	for _, i := range t.Indexes {
		s.run(ddl.CreateIndex{Table: t.Name, Index: i})
	}
}

func (s *session) alter(t *schema.Table, actions ...ddl.Action) []string {
	s.t.Helper()
	return s.run(ddl.AlterTable{Table: t.Name, Actions: actions})
}

func (s *session) drop(t *schema.Table) { s.t.Helper(); s.run(ddl.DropTable{Table: t.Name}) }

func (s *session) reflect(scope dialect.Scope) *dialect.Reflection {
	s.t.Helper()
	r, err := s.d.Reflect(s.t.Context(), s.conn, scope)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

// same compares the database with a table.
func (s *session) same(want ...*schema.Table) {
	s.t.Helper()
	var canonical []*schema.Table
	for _, t := range want {
		canonical = append(canonical, s.d.Canonical(t))
	}
	r := s.reflect(dialect.Scope{})
	if diff := dialecttest.Diff(canonical, r.Tables); diff != "" || len(r.Problems) > 0 {
		s.t.Errorf("reflected (-want +got), problems %v:\n%s", r.Problems, diff)
	}
}

// showCreate is the server's own words for a table.
func (s *session) showCreate(table string) string {
	s.t.Helper()
	var name, text string
	if err := s.conn.QueryRowContext(s.t.Context(), "SHOW CREATE TABLE `"+table+"`").Scan(&name, &text); err != nil {
		s.t.Fatal(err)
	}
	return text
}

// nullable changes whether a column takes NULL.
func nullable(name string, c *schema.ColumnDef) ddl.AlterColumn {
	return ddl.AlterColumn{Name: name, Change: ddl.NullableAspect, New: c}
}

// writtenExpressions are the recorded expressions as a user writes them.
func writtenExpressions(t *testing.T) (out []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/expressions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if expr, _, ok := strings.Cut(line, "\t"); ok && !strings.HasPrefix(line, "#") && !strings.Contains(expr, "x.a") {
			out = append(out, expr)
		}
	}
	return out
}
