package op_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var update = flag.Bool("update", false, "write the golden SQL in testdata again")

// opCase is one thing that an operation can be asked for.
type opCase struct {
	name   string
	before []op.Operation // makes what the operation needs
	do     op.Operation
	on     []string // the dialects it is for; none for all of them
	lasts  []string // the dialects where undoing it in a script does not give back all of the schema before
	since  int      // the major version of PostgreSQL that takes the statements; 0 for any
}

// operations are the cases of every operation, by the name of its golden files.
// A new operation is one more entry.
func operations() map[string][]opCase {
	all := map[string][]opCase{}
	for _, m := range []map[string][]opCase{tableCases(), columnCases(), constraintCases(), indexCases(), objectCases(), definedCases(), databaseCases(), renamingCases()} {
		maps.Copy(all, m)
	}
	return all
}

// server is where the statements of a dialect are run.
type server struct {
	dialect string
	kind    testdb.Kind
}

var servers = []server{
	{"mysql", testdb.KindMySQL},
	{"mariadb", testdb.KindMariaDB},
	{"tidb", testdb.KindTiDB},
	{"postgresql", testdb.KindPostgres},
	{"sqlite", testdb.KindSQLite},
}

// sameTables compares reflected tables, all fields of all types.
var sameTables = cmp.Options{
	cmp.Exporter(func(reflect.Type) bool { return true }),
	cmpopts.IgnoreFields(dialect.Reflection{}, "Problems"),
	cmpopts.IgnoreFields(schema.Table{}, "errs"),
	cmpopts.EquateEmpty(),
}

var systems = []dialect.System{mysql.System(), postgres.System(), sqlite.System()}

// invoking is a revision that runs operations.
func invoking(id string, after script.Parents, ops ...op.Operation) script.Revision {
	return script.Revision{ID: id, Down: after, Upgrade: func(_ context.Context, o *op.Operations) error {
		for _, p := range ops {
			o.Invoke(p)
		}
		return o.Err()
	}}
}

// offline is the script of revisions up to a target, as `upgrade target --sql` prints it.
func offline(t testing.TB, dialectName, target string, revisions ...script.Revision) (string, error) {
	t.Helper()
	var out bytes.Buffer
	m, err := env.NewMigration(t.Context(),
		env.Embedded{Systems: systems, Scripts: []*script.Set{set(revisions)}, Script: &out},
		env.Options{Dialect: dialectName, TransactionPerMigration: true})
	if err != nil {
		t.Fatal(err)
	}
	err = m.Upgrade(t.Context(), target)
	return out.String(), err
}

func set(revisions []script.Revision) *script.Set {
	s := &script.Set{}
	for _, r := range revisions {
		s.Add(r)
	}
	return s
}

// spoken is a case in the words of one dialect: a script in three parts, which
// make what is needed, do it, and undo it.
type spoken struct {
	parts   []string
	refused error // the operation is
	stays   error // there is no reverse, or it is refused
}

func (c opCase) spoken(t testing.TB, dialectName string) (s spoken) {
	t.Helper()
	revisions := []script.Revision{invoking("before", script.Base(), c.before...), invoking("do", script.Revises("before"), c.do)}
	back, err := c.do.Reverse()
	if s.stays = err; err == nil {
		revisions = append(revisions, invoking("undo", script.Revises("do"), back))
		text, err := offline(t, dialectName, "undo", revisions...)
		if err == nil {
			s.parts = parts(text)
			return s
		}
		s.stays = cause(err)
	}
	text, err := offline(t, dialectName, "do", revisions...)
	if err == nil {
		s.parts = parts(text)
		return s
	}
	s.refused = cause(err)
	if _, err := offline(t, dialectName, "before", revisions...); err != nil {
		t.Fatalf("what the case needs is refused: %v", err)
	}
	return s
}

// cause is what an operation failed of, without the step around it.
func cause(err error) error {
	if e, ok := errors.AsType[*op.Error](err); ok {
		return e
	}
	return err
}

var (
	stepBegins = regexp.MustCompile(`(?m)^(BEGIN;\n\n)?-- Running upgrade .*\n\n`)
	stepEnds   = regexp.MustCompile("(?m)^UPDATE [\"`]alembic_version[\"`] ")
)

// parts cuts a script where its revisions begin.
func parts(text string) (list []string) {
	begins := stepBegins.FindAllStringIndex(text, -1)
	at := 0
	for _, b := range begins[1:] {
		list, at = append(list, text[at:b[0]]), b[0]
	}
	return append(list, text[at:])
}

// statements are what a part of a script says beside the version table.
func statements(part string) string {
	text := part[stepBegins.FindStringIndex(part)[1]:]
	text = strings.TrimSpace(text[:stepEnds.FindStringIndex(text)[0]])
	if text == "" {
		return "-- nothing to do\n"
	}
	return strings.ReplaceAll(text, "\n\n", "\n") + "\n"
}

// frame is what stands before the first transaction, for the parts behind it.
func (s spoken) frame() string {
	if before, _, ok := strings.Cut(s.parts[0], "BEGIN;\n"); ok {
		return before
	}
	return ""
}

// golden is the text of a case in a golden file.
func (s spoken) golden(name string) string {
	text := "-- " + name + "\n"
	switch {
	case s.refused != nil:
		return text + comment("refused", s.refused)
	case s.stays != nil:
		return text + statements(s.parts[1]) + comment("no way back", s.stays)
	}
	return text + statements(s.parts[1]) + "-- back\n" + statements(s.parts[2])
}

func comment(what string, err error) string {
	return "-- " + what + ": " + strings.ReplaceAll(err.Error(), "\n", "\n-- ") + "\n"
}

// TestGolden holds the SQL of every operation against testdata/<dialect>/<operation>.sql.
func TestGolden(t *testing.T) {
	for _, s := range servers {
		files := map[string]bool{}
		for name, cases := range operations() {
			path := filepath.Join("testdata", s.dialect, name+".sql")
			var texts []string
			for _, c := range cases {
				if c.isFor(s.dialect) {
					texts = append(texts, c.spoken(t, s.dialect).golden(c.name))
				}
			}
			if len(texts) > 0 {
				files[path] = true
				compare(t, path, strings.Join(texts, "\n"))
			}
		}
		have, err := filepath.Glob(filepath.Join("testdata", s.dialect, "*.sql"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range have {
			if !files[path] {
				t.Errorf("%s belongs to no operation: remove it", path)
			}
		}
	}
}

func (c opCase) isFor(dialectName string) bool {
	return len(c.on) == 0 || slices.Contains(c.on, dialectName)
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); if it is meant, run the test with -update:\n%s", path, diff)
	}
}

// TestGoldenRuns runs every golden statement by the server's own client, and
// looks whether the way back leads to where it began.
func TestGoldenRuns(t *testing.T) {
	for _, s := range servers {
		if !slices.Contains(testdb.All(), s.kind) {
			continue
		}
		t.Run(s.dialect, func(t *testing.T) {
			t.Parallel()
			for name, cases := range operations() {
				for _, c := range cases {
					if c.isFor(s.dialect) {
						t.Run(name+"/"+c.name, func(t *testing.T) { c.run(t, s) })
					}
				}
			}
		})
	}
}

func (c opCase) run(t *testing.T, s server) {
	text := c.spoken(t, s.dialect)
	if text.refused != nil {
		return
	}
	db := testdb.Open(t, s.kind)
	if c.since > 0 && s.kind == testdb.KindPostgres && major(t, db) < c.since {
		return // an older server does not know it
	}
	if s.kind == testdb.KindTiDB && strings.Contains(text.parts[1], "gomig_sales") { // whose databases are all the server's, and where the script that drops one is refused
		drop := func() {
			if _, err := db.DB.ExecContext(context.WithoutCancel(t.Context()), "DROP DATABASE IF EXISTS gomig_sales"); err != nil {
				t.Error(err)
			}
		}
		drop()
		t.Cleanup(drop)
	}
	frame := text.frame()
	db.Client(t, text.parts[0])
	before := reflected(t, db)
	db.Client(t, frame+text.parts[1])
	if text.stays != nil {
		return
	}
	db.Client(t, frame+text.parts[2])
	after := reflected(t, db)
	if diff := cmp.Diff(before, after, sameTables...); diff != "" && !slices.Contains(c.lasts, s.dialect) {
		t.Errorf("undoing it did not give back the schema (-before +after):\n%s\n%s\n%s", text.parts[1], text.parts[2], diff)
	}
}

// major is the first number of PostgreSQL's version.
func major(t testing.TB, db *testdb.DB) (n int) {
	t.Helper()
	if err := db.DB.QueryRowContext(t.Context(), "SELECT current_setting('server_version_num')::int / 10000").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// reflected is what a database holds, with the columns of each table in the
// order of their names: most databases can only append one.
func reflected(t testing.TB, db *testdb.DB) *dialect.Reflection {
	t.Helper()
	conn, err := db.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	d, err := systemOf(db.Kind).Detect(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Reflect(t.Context(), conn, dialect.Scope{AllSchemas: db.Kind == testdb.KindPostgres})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Errorf("%s %q: %v", p.Object.Kind, p.Object.Name, p.Err)
	}
	for _, table := range r.Tables {
		slices.SortFunc(table.Columns, func(a, b *schema.ColumnDef) int { return strings.Compare(a.Name, b.Name) })
	}
	return r
}

func systemOf(k testdb.Kind) dialect.System {
	switch k {
	case testdb.KindPostgres:
		return postgres.System()
	case testdb.KindSQLite:
		return sqlite.System()
	case testdb.KindMySQL, testdb.KindMariaDB, testdb.KindTiDB:
	}
	return mysql.System()
}

// TestEveryOperationHasCases fails for an operation that the table lacks.
func TestEveryOperationHasCases(t *testing.T) {
	have := map[string]bool{}
	for _, cases := range operations() {
		for _, c := range cases {
			have[reflect.TypeOf(c.do).Elem().Name()] = true
		}
	}
	for _, name := range declared(t) {
		if !have[name] {
			t.Errorf("the operation %s has no golden SQL: add cases to the table of operations", name)
		}
	}
}

// declared are the types of this package with a method Lower.
func declared(t *testing.T) (names []string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "Lower" {
				continue
			}
			if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
				names = append(names, star.X.(*ast.Ident).Name)
			}
		}
	}
	return names
}
