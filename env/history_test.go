package env_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// compares is the task of `check --history`; found gets what differs.
func (h history) compares(found *[]string) env.Task {
	return env.Task{History: true, Plan: func(ctx context.Context, m *env.Migration, heads []string) (revision.Plan, error) {
		at, err := h.graph.AtHeads(heads)
		if err != nil || !at {
			return revision.Plan{}, fmt.Errorf("the scratch database is at %v: %w", heads, err)
		}
		r, err := m.Compare(ctx)
		if err == nil {
			*found = r.Detected
		}
		return revision.Plan{}, err
	}}
}

func (h history) setup(task env.Task, dev string) env.Setup {
	return env.Setup{Systems: systems, Graph: h.graph, Scripts: h.scripts, Task: task, DevURL: dev}
}

// scratchDatabases are those on a server, other than SQLite's, that tests of this
// process did not find there.
func scratchDatabases(t testing.TB, d *testdb.DB) []string {
	t.Helper()
	query := "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA"
	if d.Kind == testdb.KindPostgres {
		query = "SELECT datname FROM pg_database"
	}
	return slices.DeleteFunc(column(t, d.DB, query), func(name string) bool { return !strings.HasPrefix(name, dialect.ScratchPrefix) })
}

var declaredOne = func() *schema.Metadata {
	m := schema.NewMetadata(schema.Options{})
	m.Table("one", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("x", schema.Integer()),
		schema.CheckConstraint("ck", "x BETWEEN 1 AND 5 + 1"))
	return m
}()

// TestHistory compares the history with a declaration, whichever way the
// environment connects; the database itself is not touched, and nothing is left.
func TestHistory(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		applied := 0
		h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
			o.AddColumn("one", schema.Column("x", schema.Integer()))
			if o.Dialect() == "sqlite" {
				o.AlterTable("one", func(t *op.Table) { t.AddConstraint(schema.CheckConstraint("ck", "x BETWEEN 1 AND 5+1")) })
			} else {
				o.CreateCheckConstraint("ck", "one", "x BETWEEN 1 AND 5+1")
			}
			return o.Err()
		}))
		targets := []*schema.Metadata{declaredOne}
		var used []string
		ways := map[string]func(ctx context.Context, e *env.Context) (env.Options, error){
			"Open": func(ctx context.Context, e *env.Context) (env.Options, error) {
				db, err := e.Open(ctx, d.URL)
				return env.Options{DB: db, URL: d.URL}, err
			},
			"URL": func(context.Context, *env.Context) (env.Options, error) { return env.Options{URL: d.URL}, nil },
			"DB":  func(context.Context, *env.Context) (env.Options, error) { return env.Options{DB: d.DB}, nil },
			"Conn": func(ctx context.Context, _ *env.Context) (env.Options, error) {
				conn, err := d.DB.Conn(ctx)
				if err == nil {
					t.Cleanup(func() { _ = conn.Close() })
				}
				return env.Options{Conn: conn}, err
			},
		}
		for name, way := range ways {
			for _, ending := range []string{"", "changed its mind", "context canceled"} {
				var found []string
				e := env.New(h.setup(h.compares(&found), d.URL))
				ctx, cancel := context.WithCancel(t.Context())
				err := e.Call(ctx, func(ctx context.Context, e *env.Context) error {
					o, err := way(ctx, e)
					if err != nil {
						return err
					}
					o.TargetMetadata = targets
					o.OnVersionApply = []func(context.Context, env.VersionInfo) error{func(context.Context, env.VersionInfo) error {
						applied++
						return nil
					}}
					if err := e.Configure(ctx, o); err != nil {
						return err
					}
					if d.Kind != testdb.KindSQLite {
						used = append(used, databaseName(ctx, t, e, d.Kind))
					}
					switch ending {
					case "changed its mind":
						return errors.New(ending)
					case "context canceled":
						cancel()
					}
					return e.RunMigrations(ctx)
				})
				cancel()
				if ending == "context canceled" { // pgx says that the connection is bad
					wantError(t, err)
				} else if ending != "" {
					wantError(t, err, ending)
				} else if err != nil || len(found) > 0 {
					t.Errorf("by %s: %v, %v", name, found, err)
				}
			}
		}
		if applied > 0 {
			t.Error("a history that is looked at calls OnVersionApply")
		}
		equal(t, "tables", tables(t, d), []string{})
		for _, name := range used {
			if _, ok := dialect.ScratchBorn(name); !ok || slices.Contains(scratchDatabases(t, d), name) {
				t.Errorf("the history ran in %q, which is left", name)
			}
		}
	})
}

func databaseName(ctx context.Context, t *testing.T, e *env.Context, k testdb.Kind) (name string) {
	t.Helper()
	conn, err := e.Conn()
	if err != nil {
		t.Fatal(err)
	}
	query := "SELECT DATABASE()"
	if k == testdb.KindPostgres {
		query = "SELECT current_database()"
	}
	if err := conn.QueryRowContext(ctx, query).Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestHistoryRefuses what cannot be run in one scratch database, and URLs that do not fit.
func TestHistoryRefuses(t *testing.T) {
	var found []string
	h := newHistory(t, table("a1", "", "one"))
	call := func(h history, dev string, o env.Options) error {
		e := env.New(h.setup(h.compares(&found), dev))
		return e.Call(t.Context(), func(ctx context.Context, e *env.Context) error {
			if err := e.Configure(ctx, o); err != nil {
				return err
			}
			return e.RunMigrations(ctx)
		})
	}
	wantError(t, call(h, "", env.Options{URL: "mysql://root:secret@nowhere/x"}), "name one with --dev-url mysql://")
	wantError(t, call(h, "sqlite://", env.Options{URL: "postgresql://nowhere/x"}), "--dev-url names a server of sqlite, but the database is one of postgresql")
	wantError(t, call(h, "", env.Options{}), "which kind of database it is does not show")
	d := testdb.MySQL(t)
	elsewhere := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
		o.CreateTable("one", schema.InSchema("other"), schema.Column("id", schema.Integer()))
		return o.Err()
	}))
	targets := []*schema.Metadata{declaredOne}
	wantError(t, call(elsewhere, d.URL, env.Options{URL: d.URL, TargetMetadata: targets}), `it names "other.one", which is in another database`)
	m := schema.NewMetadata(schema.Options{})
	m.Table("one", schema.InSchema("other"), schema.Column("id", schema.Integer()))
	wantError(t, call(h, d.URL, env.Options{URL: d.URL, TargetMetadata: []*schema.Metadata{m}}), `table "other.one" is declared in another database`)
}

// historyThatHangs runs a history until it is killed in the middle of it.
func historyThatHangs(url string) error {
	g, err := revision.NewMap([]revision.Revision{{ID: "a1"}})
	if err != nil {
		return err
	}
	scripts := map[string]script.Registered{"a1": {Revision: script.Revision{ID: "a1", Upgrade: func(ctx context.Context, o *op.Operations) error {
		var name string
		query := "SELECT DATABASE()"
		if strings.HasPrefix(url, "postgres") {
			query = "SELECT current_database()"
		}
		conn, err := o.Conn()
		if err != nil {
			return err
		}
		if err := conn.QueryRowContext(ctx, query).Scan(&name); err != nil {
			return err
		}
		fmt.Println("in", name)
		_, _ = io.Copy(io.Discard, os.Stdin)
		return nil
	}}}}
	h := history{graph: g, scripts: scripts}
	var found []string
	e := env.New(h.setup(h.compares(&found), url))
	return e.Call(context.Background(), func(ctx context.Context, e *env.Context) error {
		if err := e.Configure(ctx, env.Options{URL: url}); err != nil {
			return err
		}
		return e.RunMigrations(ctx)
	})
}

// TestHistoryKilled: what a killed run leaves has a name that tells what it is,
// and goes with a later run, once it is old; one in use stays.
func TestHistoryKilled(t *testing.T) {
	for _, k := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres} {
		t.Run(k.String(), func(t *testing.T) {
			d := testdb.Open(t, k)
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), processVariable+"=history "+d.Driver+" "+d.URL)
			cmd.Stderr = os.Stderr
			if _, err := cmd.StdinPipe(); err != nil {
				t.Fatal(err)
			}
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(out)
			name := ""
			for name == "" && lines.Scan() {
				name, _ = strings.CutPrefix(lines.Text(), "in ")
			}
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if _, ok := dialect.ScratchBorn(name); !ok || !slices.Contains(scratchDatabases(t, d), name) {
				t.Fatalf("the run was in %q, and there are %v", name, scratchDatabases(t, d))
			}
			t.Cleanup(func() { // before the server's connections close
				_, _ = d.DB.ExecContext(context.WithoutCancel(t.Context()), "DROP DATABASE IF EXISTS "+name)
			})
			old := fmt.Sprintf("%s1000_%s", dialect.ScratchPrefix, d.Name[len(d.Name)-8:])
			execute(t, d.DB, "CREATE DATABASE "+old)
			h := newHistory(t, table("a1", "", "one"))
			var found []string
			e := env.New(h.setup(h.compares(&found), d.URL))
			if err := e.Call(t.Context(), func(ctx context.Context, e *env.Context) error {
				if err := e.Configure(ctx, env.Options{URL: d.URL, TargetMetadata: []*schema.Metadata{declaredOne}}); err != nil {
					return err
				}
				return e.RunMigrations(ctx)
			}); err != nil {
				t.Fatal(err)
			}
			left := scratchDatabases(t, d)
			if slices.Contains(left, old) || !slices.Contains(left, name) {
				t.Errorf("left are %v: %s should be gone and %s, which is young, there", left, old, name)
			}
		})
	}
}

// TestDevURL normalises on another server than the database's.
func TestDevURL(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		dev := testdb.Open(t, d.Kind)
		h := newHistory(t)
		compare := func(url string) (detected, warnings []string) {
			task := env.Task{Plan: func(ctx context.Context, m *env.Migration, _ []string) (revision.Plan, error) {
				r, err := m.Compare(ctx)
				if err == nil {
					detected, warnings = r.Detected, r.Warnings
				}
				return revision.Plan{}, err
			}}
			e := env.New(h.setup(task, url))
			if err := e.Call(t.Context(), func(ctx context.Context, e *env.Context) error {
				if err := e.Configure(ctx, env.Options{DB: d.DB, URL: d.URL, TargetMetadata: []*schema.Metadata{declaredOne}}); err != nil {
					return err
				}
				return e.RunMigrations(ctx)
			}); err != nil {
				t.Fatal(err)
			}
			return detected, warnings
		}
		execute(t, d.DB, "CREATE TABLE one (id INTEGER NOT NULL PRIMARY KEY, x INTEGER, CONSTRAINT ck CHECK (x >= 1 AND x <= 5 + 1))")
		detected, warnings := compare(dev.URL)
		if len(warnings) > 0 {
			t.Errorf("warnings: %v", warnings)
		}
		want, _ := compare("")
		equal(t, "detected", detected, want)
		if _, warnings = compare("oracle://x"); len(warnings) == 0 && len(want) > 0 && d.Kind == testdb.KindPostgres {
			t.Error("a server that cannot be asked gives no warning")
		}
	})
}
