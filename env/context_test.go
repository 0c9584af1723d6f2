package env_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func TestContextArguments(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
	task := offline(h.upgrade("head"), "a1")
	task.Tag = "v1"
	s := env.Setup{Systems: systems, Graph: h.graph, Scripts: h.scripts, Task: task, XArgs: []string{"a=1", "flag", "a=2=3", "=x"}}
	e := env.New(s)
	if e.Logger() == nil || e.Config() != nil || !e.IsOfflineMode() {
		t.Error("a context without logger and configuration")
	}
	if _, err := e.DatabaseURL(); err == nil {
		t.Error("a URL without any configuration")
	}
	if got := e.RevisionArgument() + " " + e.StartingRevisionArgument() + " " + e.TagArgument(); got != "head a1 v1" {
		t.Errorf("arguments %q", got)
	}
	equal(t, "heads", e.HeadRevisions(), []string{"b2"})
	if id, err := e.HeadRevision(); id != "b2" || err != nil {
		t.Errorf("head %q, %v", id, err)
	}
	equal(t, "-x", e.XArguments(), s.XArgs)
	if got, want := e.XArgumentMap(), map[string]string{"a": "2=3", "flag": "", "": "x"}; !maps.Equal(got, want) {
		t.Errorf("-x map %v, want %v", got, want)
	}
	if v, ok := e.XArgument("a"); v != "2=3" || !ok {
		t.Errorf("-x a: %q, %v", v, ok)
	}
	if _, ok := e.XArgument("b"); ok {
		t.Error("-x b")
	}
	if err := e.Configure(t.Context(), env.Options{Dialect: "mysql", Tag: "mine", TemplateArgs: map[string]any{"x": 1, "y": 1}}); err != nil {
		t.Fatal(err)
	}
	if err := e.Configure(t.Context(), env.Options{Dialect: "mysql", TemplateArgs: map[string]any{"x": 2}}); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(e.TemplateArgs()); got != "map[x:2 y:1]" {
		t.Errorf("template arguments %s", got)
	}
	if got := e.TagArgument(); got != "v1" {
		t.Errorf("tag %q", got)
	}
	if yes, err := e.IsTransactionalDDL(); yes || err != nil {
		t.Errorf("transactional %v, %v", yes, err)
	}

	two := newHistory(t, table("a1", "", "one"), table("b2", "", "two"))
	e, _ = two.context(two.upgrade("head"), nil)
	_, err := e.HeadRevision()
	wantError(t, err, "Multiple head")
	equal(t, "heads", e.HeadRevisions(), []string{"a1", "b2"})
}

func TestContextMisuse(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	e, _ := h.context(h.upgrade("head"), nil)
	_, noMigration := e.MigrationContext()
	_, noConn := e.Conn()
	_, noAnswer := e.IsTransactionalDDL()
	for _, err := range []error{
		noMigration, noConn, noAnswer, e.RunMigrations(t.Context()), e.Execute(t.Context(), "SELECT 1"), e.StaticOutput("x"),
	} {
		wantError(t, err, "the environment is not configured: call e.Configure before this")
	}
	if e.Configured() || e.Close() != nil {
		t.Error("configured, or closing what is not is an error")
	}
	d := testdb.SQLite(t)
	if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
		t.Fatal(err)
	}
	if err := e.RunMigrations(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{e.RunMigrations(t.Context()), e.Execute(t.Context(), "SELECT 1")} {
		wantError(t, err, "this migration is over and its connection given back; configure another one")
	}

	// A run inside a run.
	var inner error
	again := newHistory(t, does("x", "", func(ctx context.Context, _ *op.Operations) error {
		inner = errors.Join(e.RunMigrations(ctx), e.Configure(ctx, env.Options{DB: d.DB}))
		return nil
	}))
	e, _ = again.context(again.upgrade("head"), nil)
	if err := e.Configure(t.Context(), env.Options{DB: d.DB, VersionTable: "v2"}); err != nil {
		t.Fatal(err)
	}
	if err := e.RunMigrations(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantError(t, inner, "a run is under way already on this connection", "under way already on this connection; run one after the other\n")

	// Configured and never run, or twice: no connection is lost.
	for range 2 {
		if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
			t.Fatal(err)
		}
	}
	if n := d.DB.Stats().InUse; n != 1 {
		t.Errorf("%d connections in use", n)
	}
	if err := e.Call(t.Context(), func(context.Context, *env.Context) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := d.DB.Stats().InUse; n != 0 {
		t.Errorf("%d connections in use", n)
	}
}

// TestOptionsOfScripts refuses with a connection what only a script can have.
func TestOptionsOfScripts(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	d := testdb.SQLite(t)
	for _, c := range []struct {
		o    env.Options
		want string
	}{
		{env.Options{LiteralBinds: true}, "configuring the environment: env.Options has LiteralBinds, which only scripts have; set it in offline mode only (env.Context.IsOfflineMode)"},
		{env.Options{ServerVersion: "3.35"}, "configuring the environment: env.Options has a ServerVersion, which a connection says by itself; set it in offline mode only (env.Context.IsOfflineMode)"},
	} {
		c.o.DB = d.DB
		e, _ := h.context(h.upgrade("head"), nil)
		if err := e.Configure(t.Context(), c.o); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
		c.o.DB, c.o.Dialect = nil, "sqlite"
		if _, err := h.script(t, h.upgrade("head"), "", c.o); err != nil {
			t.Error(err)
		}
	}
	if n := d.DB.Stats().InUse; n != 0 {
		t.Errorf("%d connections in use", n)
	}
}

// TestTwoDatabases configures and runs two in one go.
func TestTwoDatabases(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	first, second := testdb.SQLite(t), testdb.SQLite(t)
	e, _ := h.context(h.upgrade("head"), nil)
	err := e.Call(t.Context(), func(ctx context.Context, e *env.Context) error {
		for _, o := range []env.Options{{DB: first.DB}, {URL: second.URL, VersionTable: "v2"}} {
			if err := e.Configure(ctx, o); err != nil {
				return err
			}
			if err := e.RunMigrations(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "first", tables(t, first), []string{"alembic_version", "one"})
	equal(t, "second", tables(t, second), []string{"one", "v2"})

	// Scripts of both in one output.
	var out bytes.Buffer
	e, _ = h.context(offline(h.upgrade("head"), ""), &out)
	for _, dialect := range []string{"postgresql", "mysql"} {
		if err := e.Configure(t.Context(), env.Options{Dialect: dialect}); err != nil {
			t.Fatal(err)
		}
		if err := e.StaticOutput("-- " + dialect); err != nil {
			t.Fatal(err)
		}
		if err := e.RunMigrations(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := e.Execute(t.Context(), "SELECT 'done'"); err != nil {
			t.Fatal(err)
		}
	}
	got := out.String()
	if !strings.HasPrefix(got, "-- postgresql\n\nBEGIN;") || !strings.Contains(got, "COMMIT;\n\nSELECT 'done';\n\n-- mysql\n\nCREATE TABLE `alembic_version`") {
		t.Errorf("script\n%s", got)
	}
}

func TestExecute(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"))
		e, _ := h.context(h.upgrade("head"), nil)
		if err := e.Configure(t.Context(), env.Options{DB: d.DB}); err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		if err := e.Execute(t.Context(), "CREATE TABLE mine (id INTEGER)"); err != nil {
			t.Fatal(err)
		}
		if err := e.StaticOutput("nonsense that is only for scripts"); err != nil {
			t.Fatal(err)
		}
		placeholder := "?"
		if d.Kind == testdb.KindPostgres {
			placeholder = "$1"
		}
		if err := e.Execute(t.Context(), "INSERT INTO mine (id) VALUES ("+placeholder+")", 7); err != nil {
			t.Fatal(err)
		}
		c, err := e.Conn()
		if err != nil {
			t.Fatal(err)
		}
		var id int
		if err := c.QueryRowContext(t.Context(), "SELECT id FROM mine").Scan(&id); err != nil || id != 7 {
			t.Errorf("got %d, %v", id, err)
		}
		wantError(t, e.Execute(t.Context(), "nonsense"), "nonsense")
		m, err := e.MigrationContext()
		if err != nil {
			t.Fatal(err)
		}
		o := m.Operations(t.Context())
		o.CreateTable("other", schema.Column("id", schema.Integer()))
		if err := o.Err(); err != nil {
			t.Fatal(err)
		}
		if err := e.RunMigrations(t.Context()); err != nil {
			t.Fatal(err)
		}
		equal(t, "tables", tables(t, d), []string{"alembic_version", "mine", "one", "other"})
	})
}

// TestDetection knows the database by the driver, by its own answer, or by what the options say.
func TestDetection(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"))
		want := dialectName(d)
		check := func(what string, o env.Options) {
			t.Helper()
			e, _ := h.context(h.upgrade("head"), nil)
			if err := e.Configure(t.Context(), o); err != nil {
				t.Errorf("%s: %v", what, err)
				return
			}
			defer e.Close()
			m, err := e.MigrationContext()
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Dialect().Name(); got != want {
				t.Errorf("%s: dialect %q", what, got)
			}
		}
		c, err := d.DB.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		tx, err := d.DB.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		unknown, _ := record(t, d)
		check("a pool", env.Options{DB: d.DB})
		check("a connection", env.Options{Conn: c})
		check("a transaction", env.Options{Tx: tx})
		check("a pool of an unknown driver", env.Options{DB: unknown})
		check("a pool and its URL", env.Options{DB: d.DB, URL: d.URL})
		check("a URL", env.Options{URL: d.URL})
		check("all of them", env.Options{Tx: tx, Conn: c, DB: d.DB, URL: d.URL, Dialect: want})
		// What is asked of a transaction leaves it whole.
		if _, err := tx.ExecContext(t.Context(), "SELECT 1"); err != nil {
			t.Error(err)
		}

		e, _ := h.context(h.upgrade("head"), nil)
		other := "mysql"
		if family(d) == "mysql" {
			other = "postgresql"
		}
		wantError(t, e.Configure(t.Context(), env.Options{DB: d.DB, Dialect: other}), "env.Options says "+other+", but its connection is one to "+family(d))
		wantError(t, e.Configure(t.Context(), env.Options{URL: d.URL, Dialect: other}), `env.Options has the dialect "`+other+`" and a URL of `)
		wantError(t, e.Configure(t.Context(), env.Options{DB: d.DB, Dialect: "oracle"}), `unknown dialect "oracle"; known are mysql, mariadb, tidb, postgresql, sqlite`)
		wantError(t, e.Configure(t.Context(), env.Options{Dialect: want}), "there is nothing to connect to; give env.Options a DB, a Conn, a Tx or a URL")
		wantError(t, e.Configure(t.Context(), env.Options{DB: d.DB, URL: "nonsense"}), "reading the database URL: ")
		if n := d.DB.Stats().InUse; n != 2 {
			t.Errorf("%d connections in use", n)
		}
	})
}

// TestFirstCounts uses the first of what to connect to that is given.
func TestFirstCounts(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	used, other := testdb.SQLite(t), testdb.SQLite(t)
	c, err := used.DB.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.mustRun(t, h.upgrade("head"), env.Options{Conn: c, DB: other.DB, URL: other.URL})
	if err := c.PingContext(t.Context()); err != nil {
		t.Errorf("the caller's connection was closed: %v", err)
	}
	_ = c.Close()
	h.mustRun(t, h.downgrade("base"), env.Options{DB: used.DB, URL: other.URL})
	h.mustRun(t, h.stamp("head"), env.Options{DB: used.DB, URL: other.URL})
	equal(t, "used", rows(t, used.DB), []string{"a1"})
	equal(t, "other", tables(t, other), []string{})
}

func TestOpen(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	e, _ := h.context(h.upgrade("head"), nil)
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nowhere := gone.Addr().String()
	_ = gone.Close()
	for _, c := range []struct {
		url  string
		want []string
	}{
		{"", []string{"reading the database URL: "}},
		{"oracle://scott:tiger@host/db", []string{"reading the database URL: ", "oracle"}},
		{"mysql://root:s3cret%40x@" + nowhere + "/db", []string{"connecting to mysql://root:***@" + nowhere + "/db: ", "; check database.url and that the server is running"}},
		{"postgresql://root:s3cret%40x@" + nowhere + "/db", []string{"connecting to postgresql://root:***@" + nowhere + "/db: ", "; check database.url and that the server is running"}},
		{"sqlite:////no/such/folder/s3cret.db", []string{"connecting to sqlite:////no/such/folder/s3cret.db: "}},
	} {
		_, err := e.Open(t.Context(), c.url)
		wantError(t, err, c.want...)
		if strings.Contains(err.Error(), "s3cret@x") || strings.Contains(err.Error(), "s3cret%40x") || strings.Contains(err.Error(), "tiger") {
			t.Errorf("the password shows: %v", err)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("more than one line: %v", err)
		}
	}
}

// TestWrongPassword asks servers that want one.
func TestWrongPassword(t *testing.T) {
	for _, k := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres} {
		t.Run(k.String(), func(t *testing.T) {
			d := testdb.Open(t, k)
			h := newHistory(t, table("a1", "", "one"))
			e, _ := h.context(h.upgrade("head"), nil)
			scheme, rest, _ := strings.Cut(d.URL, "://")
			_, place, _ := strings.Cut(rest, "@")
			_, err := e.Open(t.Context(), scheme+"://nobody:s3%2Fcret@"+place)
			wantError(t, err, "connecting to "+scheme+"://nobody:***@", "nobody")
			if strings.Contains(err.Error(), "s3/cret") || strings.Contains(err.Error(), "s3%2Fcret") {
				t.Errorf("the password shows: %v", err)
			}
			wantError(t, e.Configure(t.Context(), env.Options{URL: scheme + "://nobody:s3%2Fcret@" + place}), "connecting to ")
		})
	}
}

func TestDatabaseURL(t *testing.T) {
	c, err := config.Parse([]byte("[alembic]\nscript_location = here\ndatabase.url = sqlite:///x.db\n"), config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h := newHistory(t)
	e := env.New(env.Setup{Config: c, Graph: h.graph})
	url, err := e.DatabaseURL()
	if err != nil || !strings.HasPrefix(url, "sqlite:///") || !strings.HasSuffix(url, "x.db") {
		t.Errorf("got %q, %v", url, err)
	}
}

// failingWriter takes nothing.
type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestOutputFails(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	_, err := h.script(t, h.upgrade("head"), "", env.Options{Dialect: "mysql", OutputBuffer: failingWriter{}})
	wantError(t, err, "writing the script: short write")
}

// TestClosedPool is a pool that the caller closed before.
func TestClosedPool(t *testing.T) {
	db, err := sql.Open("sqlite", file(t, "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	h := newHistory(t)
	e, _ := h.context(h.upgrade("head"), nil)
	wantError(t, e.Configure(t.Context(), env.Options{DB: db}), "taking a connection of the pool: sql: database is closed")
}
