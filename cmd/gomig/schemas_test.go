package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
	"github.com/gomig-dev/gomig/gen/structs"
	"github.com/gomig-dev/gomig/internal/sqlscript"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// What a declaration in Go does not say: objects that tables rest on, and those
// that rest on tables. They are made by the schema's own statements.
var (
	beneath = regexp.MustCompile(`(?is)^(/\*M!\d+ )?(SET |CREATE (EXTENSION|SCHEMA|DOMAIN|FUNCTION|PROCEDURE)\b|CREATE TYPE \S+ AS \(|COMMENT ON DOMAIN\b)`)
	above   = regexp.MustCompile(`(?is)^(CREATE (TRIGGER|POLICY|EVENT|VIRTUAL)\b|CREATE TABLE \S+ PARTITION OF|COMMENT ON (VIEW|SEQUENCE|TYPE)\b)`)
)

// large is a schema of testdata/schemas on one server.
type large struct {
	kind         testdb.Kind
	file, name   string
	whole, again *testdb.DB
	statements   []string
}

// run runs some of the schema's statements.
func (l *large) run(t *testing.T, db *testdb.DB, which func(string) bool) {
	t.Helper()
	for _, s := range l.statements {
		if !which(s) {
			continue
		}
		if _, err := db.DB.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

// TestLargeSchemas: a database becomes Go, the Go is compiled, and what it makes
// on another database is equal to the first by the server's own dump.
func TestLargeSchemas(t *testing.T) {
	t.Parallel()
	list := []*large{
		{kind: testdb.KindPostgres, file: "commerce.postgresql.sql", name: "commerce"},
		{kind: testdb.KindMySQL, file: "helpdesk.mysql.sql", name: "helpdesk"},
		{kind: testdb.KindMariaDB, file: "helpdesk.mysql.sql", name: "helpdeskmaria"},
		{kind: testdb.KindSQLite, file: "clinic.sqlite.sql", name: "clinic"},
	}
	w := newWorld(t)
	dir := t.TempDir()
	var imports, models strings.Builder
	for _, l := range list {
		l.whole, l.again = testdb.Open(t, l.kind), testdb.Open(t, l.kind)
		script, err := os.ReadFile(filepath.Join(w.root, "testdata/schemas", l.file))
		if err != nil {
			t.Fatal(err)
		}
		if l.statements, err = sqlscript.Split(dialectOf(l.kind), string(script)); err != nil {
			t.Fatal(err)
		}
		l.run(t, l.whole, func(string) bool { return true })
		for name, flags := range map[string][]string{l.name: nil, l.name + "rows": {"--structs"}} {
			args := append([]string{"inspect", l.whole.URL, "-q", "-o", filepath.Join(dir, name)}, flags...)
			if l.kind == testdb.KindPostgres {
				args = append(args, "--schema", "*")
			}
			var stderr bytes.Buffer
			if code := gomigcli.Main(t.Context(), gomigcli.Program{Args: args, Stdout: &stderr, Stderr: &stderr}); code != 0 {
				t.Fatalf("gomig %s: %s", strings.Join(args, " "), stderr.String())
			}
			imports.WriteString("\t\"example.com/large/" + name + "\"\n")
			models.WriteString("\t\"" + name + "\": " + name + ".Metadata,\n")
		}
	}
	w.goModule(t, dir)
	w.generate(t, dir)
	write(t, filepath.Join(dir, "main.go"), strings.NewReplacer("//IMPORTS", imports.String(), "//MODELS", models.String()).Replace(createProgram))
	create := filepath.Join(dir, "create")
	w.command(t, dir, "go", "build", "-o", create, ".")
	for _, l := range list {
		t.Run(l.name, func(t *testing.T) {
			w.command(t, dir, create, l.name+"rows", l.whole.URL, "compare") // the structs say what the database is
			l.run(t, l.again, beneath.MatchString)
			w.command(t, dir, create, l.name, l.again.URL)
			l.run(t, l.again, above.MatchString)
			if l.kind == testdb.KindSQLite { // which keeps the statements as they were written
				if diff := cmp.Diff(inspected(t, l.whole), inspected(t, l.again)); diff != "" {
					t.Errorf("the second database (+) differs from the first (-):\n%s", diff)
				}
				return
			}
			if diff := cmp.Diff(dumpLines(t, l.whole), dumpLines(t, l.again)); diff != "" {
				t.Errorf("the second database (+) differs from the first (-):\n%s", diff)
			}
		})
	}
}

// inspected is a schema as the statements that would make it.
func inspected(t *testing.T, db *testdb.DB) string {
	t.Helper()
	var out, stderr bytes.Buffer
	args := []string{"inspect", db.URL, "--format", "sql"}
	if code := gomigcli.Main(t.Context(), gomigcli.Program{Args: args, Stdout: &out, Stderr: &stderr}); code != 0 {
		t.Fatal(stderr.String())
	}
	return out.String()
}

// dumpLines are the lines of a dump, with storage parameters in one order.
func dumpLines(t *testing.T, db *testdb.DB) []string {
	t.Helper()
	lines := strings.Split(db.Dump(t), "\n")
	for i, line := range lines {
		if list, ok := strings.CutPrefix(line, "WITH ("); ok {
			list, end := strings.TrimRight(list, ");"), line[len(strings.TrimRight(line, ");")):]
			params := strings.Split(list, ", ")
			slices.Sort(params)
			lines[i] = "WITH (" + strings.Join(params, ", ") + end
		}
	}
	return lines
}

// dialectOf is the name of the dialect that a server speaks.
func dialectOf(kind testdb.Kind) string {
	if kind == testdb.KindPostgres {
		return "postgresql"
	}
	return kind.String()
}

// generate declares the schema of all packages of structs in a module.
func (w *world) generate(t *testing.T, dir string) {
	t.Helper()
	found, err := structs.Read(t.Context(), structs.Options{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		src, err := structs.Source(p, structs.Apart{})
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(p.Dir, "schema_gen.go"), string(src))
	}
}

// goModule makes a module that needs what gomig needs.
func (w *world) goModule(t *testing.T, dir string) {
	t.Helper()
	own, err := os.ReadFile(filepath.Join(w.root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	_, requires, _ := strings.Cut(string(own), "\n")
	write(t, filepath.Join(dir, "go.mod"), "module example.com/large\n"+requires+
		"\nrequire github.com/gomig-dev/gomig v0.0.0-00010101000000-000000000000\n\nreplace github.com/gomig-dev/gomig => "+w.root+"\n")
	sum, err := os.ReadFile(filepath.Join(w.root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.sum"), string(sum))
}

func (w *world) command(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), w.goEnv...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(name), err, out)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// createProgram makes what a metadata declares in a database. Schemas are there already.
const createProgram = `package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"

//IMPORTS)

var models = map[string]*schema.Metadata{
//MODELS}

type runner struct {
	dia  dialect.Dialect
	conn dialect.Conn
}

func (r runner) Run(ctx context.Context, s ddl.Statement) error {
	list, err := dialect.Compile(ctx, r.dia, nil, s)
	for _, q := range list {
		if _, e := r.conn.ExecContext(ctx, q.Text); e != nil {
			return fmt.Errorf("%s: %w", q.Text, e)
		}
	}
	return err
}
func (r runner) Conn() (op.Conn, error) { return r.conn, nil }
func (r runner) Dialect() string        { return r.dia.Name() }

func main() {
	if err := run(context.Background(), models[os.Args[1]], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, m *schema.Metadata, url string) error {
	if err := m.Err(); err != nil {
		return err
	}
	db, err := env.New(env.Setup{}).Open(ctx, url)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	scheme, _, _ := strings.Cut(url, ":")
	i := slices.IndexFunc(gomig.Dialects(), func(s dialect.System) bool { return slices.Contains(s.Flavors(), scheme) })
	d, err := gomig.Dialects()[i].Detect(ctx, conn)
	if err != nil {
		return err
	}
	if len(os.Args) > 3 {
		return compare(ctx, d, conn, m)
	}
	r := &dialect.Reflection{Tables: m.Tables(), Sequences: m.Sequences()}
	for _, v := range m.Views() {
		r.Views = append(r.Views, dialect.View{Name: v.Name, Materialized: v.Materialized, Definition: v.Query, Indexes: v.Indexes, Own: v.Options})
	}
	for _, t := range r.Tables {
		for _, c := range t.Columns {
			e, ok := c.Type.Def().(schema.EnumType)
			n := schema.Name{Schema: e.Schema, Name: e.Name}
			if ok && e.Name != "" && !slices.ContainsFunc(r.Enums, func(o dialect.Enum) bool { return o.Name == n }) {
				r.Enums = append(r.Enums, dialect.Enum{Name: n, Values: e.EnumValues()})
			}
		}
	}
	o := op.New(ctx, runner{d, conn})
	for _, p := range autogen.Create(d, r) {
		if _, ok := p.(*op.CreateSchema); !ok {
			o.Invoke(p)
		}
	}
	return o.Err()
}

// compare tells how a database differs from what a metadata declares.
func compare(ctx context.Context, d dialect.Dialect, conn dialect.Conn, m *schema.Metadata) error {
	r, err := autogen.Compare(ctx, d, conn, autogen.Options{
		Metadata:       []*schema.Metadata{m},
		IncludeSchemas: d.Name() == "postgresql", // elsewhere a schema is a database, and others are not this test's
	})
	if err != nil {
		return err
	}
	for _, line := range r.Warnings {
		fmt.Println(line)
	}
	if !r.Empty() {
		return fmt.Errorf("they differ:\n%s", strings.Join(r.Detected, "\n"))
	}
	return nil
}
`
