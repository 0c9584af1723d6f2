package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

type storyKey struct{}

// A story is one script as it runs: beside what testscript keeps, its database
// and its session, which is what a terminal would show.
type story struct {
	tb    testing.TB
	world *world
	work  string
	ts    *testscript.TestScript
	db    *testdb.DB
	more  []named // databases beside db
}

// named is a database with the name of the variable that holds its URL.
type named struct {
	name string
	db   *testdb.DB
}

// verb makes a command of scripts. None of them can be negated: what a command
// is to say and how it is to end is in the session.
func verb(f func(*story, []string) error) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg {
			ts.Fatalf("this command takes no !")
		}
		s, ok := ts.Value(storyKey{}).(*story)
		if !ok {
			ts.Fatalf("the script was not set up")
		}
		s.ts = ts
		ts.Check(f(s, args))
	}
}

// module PATH makes a Go module of the directory, with everything in its go.mod
// that gomig and the drivers need.
func (s *story) module(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: module path")
	}
	own, err := os.ReadFile(filepath.Join(s.world.root, "go.mod"))
	if err != nil {
		return err
	}
	_, requires, _ := strings.Cut(string(own), "\n")
	mod := "module " + args[0] + "\n" + requires +
		"\nrequire github.com/gomig-dev/gomig v0.0.0-00010101000000-000000000000\n\nreplace github.com/gomig-dev/gomig => " + s.world.root + "\n"
	sum, err := os.ReadFile(filepath.Join(s.world.root, "go.sum"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.ts.MkAbs("go.mod"), []byte(mod), 0o666); err != nil {
		return err
	}
	return os.WriteFile(s.ts.MkAbs("go.sum"), sum, 0o666)
}

// db KIND makes a fresh database, which $DATABASE_URL then names, with its parts
// in $SCHEME, $HOST and $DB. Without a kind it is of the one that the story runs on.
func (s *story) open(args []string) error {
	name := s.ts.Getenv("KIND")
	if len(args) == 1 {
		name = args[0]
	}
	kind, err := testdb.ParseKind(name)
	if err != nil || len(args) > 1 {
		return fmt.Errorf("usage: db sqlite|mysql|mariadb|postgres (%w)", err)
	}
	s.db = testdb.Open(s.tb, kind)
	u, err := url.Parse(s.db.URL)
	if err != nil {
		return err
	}
	for name, value := range map[string]string{"DATABASE_URL": s.db.URL, "SCHEME": u.Scheme, "HOST": u.Host, "DB": s.db.Name} {
		s.ts.Setenv(name, value)
	}
	return nil
}

// other NAME [KIND] makes one more database, whose URL $NAME then is and whose
// own name $NAME_NAME; the verbs that look into a database leave it alone.
func (s *story) other(args []string) error {
	name := s.ts.Getenv("KIND")
	if len(args) == 2 {
		name = args[1]
	}
	kind, err := testdb.ParseKind(name)
	if err != nil || len(args) == 0 || len(args) > 2 {
		return fmt.Errorf("usage: other name sqlite|mysql|mariadb|postgres (%w)", err)
	}
	d := testdb.Open(s.tb, kind)
	s.more = append(s.more, named{args[0], d})
	s.ts.Setenv(args[0], d.URL)
	s.ts.Setenv(args[0]+"_NAME", d.Name)
	return nil
}

// swap FILE OLD NEW replaces a text that stands in a file once; \n in NEW ends a line.
func (s *story) swap(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("usage: swap file old new")
	}
	text := s.ts.ReadFile(args[0])
	if n := strings.Count(text, args[1]); n != 1 {
		return fmt.Errorf("%q stands in %s %d times", args[1], args[0], n)
	}
	return os.WriteFile(s.ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], strings.ReplaceAll(args[2], `\n`, "\n"), 1)), 0o666)
}

// client FILE runs a script of SQL in the server's own client.
func (s *story) client(args []string) error {
	if len(args) != 1 || s.db == nil {
		return fmt.Errorf("usage: client file, with a database")
	}
	script := s.ts.ReadFile(args[0])
	return s.note("client < "+args[0], s.db.Client(s.tb, script))
}

// sql STATEMENT runs a statement and notes the rows it gives.
func (s *story) sql(args []string) error {
	if len(args) != 1 || s.db == nil {
		return fmt.Errorf("usage: sql statement, with a database")
	}
	out, err := s.query(args[0])
	if err != nil {
		return err
	}
	return s.note("sql "+args[0], out)
}

// query runs a statement: a line for each row, its columns between bars.
func (s *story) query(statement string) (string, error) {
	rows, err := s.db.DB.QueryContext(s.tb.Context(), statement)
	if err != nil {
		return "", fmt.Errorf("running %s: %w", statement, err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for rows.Next() {
		cells, to := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			return "", err
		}
		for i, c := range cells {
			if b, ok := c.([]byte); ok {
				c = string(b)
			}
			if i > 0 {
				out.WriteString(" | ")
			}
			fmt.Fprint(&out, c)
		}
		out.WriteString("\n")
	}
	return out.String(), rows.Err()
}

// heads notes the rows of the version table.
func (s *story) heads([]string) error {
	out, err := s.query("SELECT version_num FROM alembic_version")
	if err != nil {
		return err
	}
	ids := strings.Fields(out)
	slices.Sort(ids)
	return s.note("heads", lines(ids))
}

// tables notes the names of the tables.
func (s *story) tables([]string) error {
	_, r, err := s.reflect()
	if err != nil {
		return err
	}
	var names []string
	for _, t := range r.Tables {
		names = append(names, t.Name.String())
	}
	return s.note("tables", lines(names))
}

// schema FILE writes the database's schema, as the statements that would make
// it, into a file. The version table is left out, and so is the order of columns:
// one that was dropped comes back as the last.
func (s *story) schema(args []string) error {
	if len(args) != 1 || s.db == nil {
		return fmt.Errorf("usage: schema file, with a database")
	}
	d, r, err := s.reflect()
	if err != nil {
		return err
	}
	var out strings.Builder
	for _, e := range r.Enums {
		fmt.Fprintf(&out, "enum %s %q\n", e.Name, e.Values)
	}
	for _, t := range r.Tables {
		if t.Name.Name == "alembic_version" {
			continue
		}
		slices.SortFunc(t.Columns, func(a, b *schema.ColumnDef) int { return strings.Compare(a.Name, b.Name) })
		statements, err := dialect.Compile(s.tb.Context(), d, nil, ddl.CreateTable{Table: t})
		if err != nil {
			return err
		}
		for _, q := range statements {
			out.WriteString(q.Text + "\n")
		}
		for _, i := range t.Indexes {
			statements, err := dialect.Compile(s.tb.Context(), d, nil, ddl.CreateIndex{Table: t.Name, Index: i})
			if err != nil {
				return err
			}
			for _, q := range statements {
				out.WriteString(q.Text + "\n")
			}
		}
	}
	return os.WriteFile(s.ts.MkAbs(args[0]), []byte(out.String()), 0o666)
}

// dump FILE writes the database's schema, as the server's own program dumps it,
// into a file. The version table is left out.
func (s *story) dump(args []string) error {
	if len(args) != 1 || s.db == nil {
		return fmt.Errorf("usage: dump file, with a database")
	}
	text := s.db.Dump(s.tb, "alembic_version")
	if s.db.Kind == testdb.KindTiDB { // it names the database in the queries of views
		text = strings.ReplaceAll(text, s.db.Name, "$DB")
	}
	return os.WriteFile(s.ts.MkAbs(args[0]), []byte(text), 0o666)
}

// reflect reads what is in the database.
func (s *story) reflect() (dialect.Dialect, *dialect.Reflection, error) {
	ctx := s.tb.Context()
	if s.db == nil {
		return nil, nil, fmt.Errorf("there is no database; use db first")
	}
	conn, err := s.db.DB.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close()
	d, err := s.detect(ctx, conn)
	if err != nil {
		return nil, nil, err
	}
	r, err := d.Reflect(ctx, conn, dialect.Scope{})
	if err != nil {
		return nil, nil, err
	}
	for _, p := range r.Problems {
		return nil, nil, p.Err
	}
	return d, r, nil
}

func (s *story) detect(ctx context.Context, conn dialect.Conn) (dialect.Dialect, error) {
	flavor := map[testdb.Kind]string{testdb.KindPostgres: "postgresql"}[s.db.Kind]
	if flavor == "" {
		flavor = s.db.Kind.String()
	}
	for _, system := range gomig.Dialects() {
		if slices.Contains(system.Flavors(), flavor) {
			return system.Detect(ctx, conn)
		}
	}
	return nil, fmt.Errorf("no dialect speaks %s", flavor)
}

func lines(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return strings.Join(list, "\n") + "\n"
}
