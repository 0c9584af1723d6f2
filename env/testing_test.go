package env_test

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

var systems = []dialect.System{mysql.System(), postgres.System(), sqlite.System()}

// history is a line of revisions for a test.
type history struct {
	scripts map[string]script.Registered
	graph   *revision.Map
}

// rev is a revision with a message.
type rev struct {
	script.Revision
	doc string
}

func newHistory(t testing.TB, revs ...rev) history {
	t.Helper()
	h := history{scripts: map[string]script.Registered{}}
	var list []revision.Revision
	for _, r := range revs {
		h.scripts[r.ID] = script.Registered{Revision: r.Revision}
		list = append(list, revision.Revision{ID: r.ID, Down: r.Down, DependsOn: r.DependsOn, Labels: r.Labels, Doc: r.doc, File: r.ID + ".go"})
	}
	g, err := revision.NewMap(list)
	if err != nil {
		t.Fatal(err)
	}
	h.graph = g
	return h
}

// table is a revision that creates a table and drops it again.
func table(id, down, name string) rev {
	return rev{script.Revision{
		ID: id, Down: parents(down),
		Upgrade: func(_ context.Context, o *op.Operations) error {
			o.CreateTable(name, schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()))
			return o.Err()
		},
		Downgrade: func(_ context.Context, o *op.Operations) error {
			o.DropTable(name)
			return o.Err()
		},
	}, "add " + name}
}

// does is a revision whose way up is f.
func does(id, down string, f func(ctx context.Context, o *op.Operations) error) rev {
	return rev{script.Revision{ID: id, Down: parents(down), Upgrade: f}, "do " + id}
}

func parents(down string) script.Parents {
	if down == "" {
		return script.Base()
	}
	return script.Revises(down)
}

// upgrade is the task of `upgrade target`.
func (h history) upgrade(target string) env.Task {
	return env.Task{Writes: true, Destination: target, Plan: func(_ context.Context, _ *env.Migration, heads []string) (revision.Plan, error) {
		return h.graph.Upgrade(heads, target)
	}}
}

func (h history) downgrade(target string) env.Task {
	return env.Task{Writes: true, Destination: target, Plan: func(_ context.Context, _ *env.Migration, heads []string) (revision.Plan, error) {
		return h.graph.Downgrade(heads, target)
	}}
}

func (h history) stamp(targets ...string) env.Task {
	return env.Task{Writes: true, EnsureTable: true, Plan: func(_ context.Context, _ *env.Migration, heads []string) (revision.Plan, error) {
		return h.graph.Stamp(heads, targets...)
	}}
}

// offline is the same task as a script.
func offline(t env.Task, start string) env.Task {
	t.Offline, t.Start = true, start
	return t
}

// context makes an environment of a task, with what it logs.
func (h history) context(task env.Task, out *bytes.Buffer) (*env.Context, *bytes.Buffer) {
	log := &bytes.Buffer{}
	s := env.Setup{Systems: systems, Graph: h.graph, Scripts: h.scripts, Task: task, Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))}
	if out != nil {
		s.Output = out
	}
	return env.New(s), log
}

// run does a task with options.
func (h history) run(t testing.TB, task env.Task, o env.Options) error {
	t.Helper()
	e, _ := h.context(task, nil)
	if err := e.Configure(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return e.RunMigrations(t.Context())
}

// mustRun does a task that must not fail.
func (h history) mustRun(t testing.TB, task env.Task, o env.Options) {
	t.Helper()
	if err := h.run(t, task, o); err != nil {
		t.Fatal(err)
	}
}

// script writes the script of a task.
func (h history) script(t testing.TB, task env.Task, start string, o env.Options) (string, error) {
	t.Helper()
	var out bytes.Buffer
	e, _ := h.context(offline(task, start), &out)
	if err := e.Configure(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	err := e.RunMigrations(t.Context())
	return out.String(), err
}

// rows are the rows of the version table, sorted; nil if there is no such table.
func rows(t testing.TB, db *sql.DB) []string {
	t.Helper()
	return column(t, db, "SELECT version_num FROM alembic_version ORDER BY 1")
}

// column is the first column of a query; nil if it fails, as it does for a table that is not there.
func column(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	r, err := db.QueryContext(t.Context(), query)
	if err != nil {
		return nil
	}
	defer r.Close()
	out := []string{}
	for r.Next() {
		var s string
		if err := r.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// tables are the names of the tables, sorted.
func tables(t testing.TB, d *testdb.DB) []string {
	t.Helper()
	query := map[testdb.Kind]string{
		testdb.KindSQLite:   "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
		testdb.KindPostgres: "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
		testdb.KindMySQL:    "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY 1",
	}
	query[testdb.KindMariaDB], query[testdb.KindTiDB] = query[testdb.KindMySQL], query[testdb.KindMySQL]
	return column(t, d.DB, query[d.Kind])
}

// each runs a test on every kind of server.
func each(t *testing.T, f func(t *testing.T, d *testdb.DB)) {
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) { f(t, testdb.Open(t, k)) })
	}
}

// eachServer is [each] without SQLite.
func eachServer(t *testing.T, f func(t *testing.T, d *testdb.DB)) {
	for _, k := range testdb.Kinds() {
		if k != testdb.KindSQLite {
			t.Run(k.String(), func(t *testing.T) { f(t, testdb.Open(t, k)) })
		}
	}
}

func equal[T comparable](t testing.TB, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func wantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one with %q", parts)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("error %q lacks %q", err, p)
		}
	}
}

// file is a path in the test's own directory.
func file(t testing.TB, name string) string { return filepath.Join(t.TempDir(), name) }
