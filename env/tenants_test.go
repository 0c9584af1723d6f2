package env_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// TestTenantsOnSchemas migrates schemas of one database, or databases of one
// server, over one pool, and leaves its connections as they were.
func TestTenantsOnSchemas(t *testing.T) {
	for _, k := range []testdb.Kind{testdb.KindPostgres, testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(k.String(), func(t *testing.T) {
			d := testdb.Open(t, k)
			names := make([]string, 12)
			for i := range names {
				if k == testdb.KindPostgres {
					names[i] = fmt.Sprintf("tenant'%d", i)
					if _, err := d.DB.ExecContext(t.Context(), `CREATE SCHEMA "`+names[i]+`"`); err != nil {
						t.Fatal(err)
					}
				} else {
					names[i] = testdb.Open(t, k).Name
				}
			}
			before := where(t, d.DB)
			h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
			e, log := h.context(h.upgrade("head"), nil)
			err := e.RunTenants(t.Context(), env.Tenants{Names: names, Parallel: 5, Options: func(_ context.Context, name string) (env.Options, error) {
				return env.Options{DB: d.DB, DefaultSchema: name}, nil
			}})
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range names {
				quoted := "`" + n + "`"
				if k == testdb.KindPostgres {
					quoted = `"` + n + `"`
				}
				equal(t, n, column(t, d.DB, "SELECT version_num FROM "+quoted+".alembic_version"), []string{"b2"})
				equal(t, n, column(t, d.DB, "SELECT COUNT(*) FROM "+quoted+".two"), []string{"0"})
			}
			equal(t, "tables outside", tables(t, d), []string{})
			for range 5 {
				if now := where(t, d.DB); now != before {
					t.Errorf("a connection was left in %q, not %q", now, before)
				}
			}
			if n := strings.Count(log.String(), "of 12 tenants: "); n != 12 {
				t.Errorf("%d lines of progress\n%s", n, log)
			}
			if !strings.Contains(log.String(), "12 tenants: 12 done") {
				t.Errorf("no summary\n%s", log)
			}
		})
	}
}

// where is the default schema of a connection of the pool.
func where(t *testing.T, db *sql.DB) string {
	t.Helper()
	if got := column(t, db, "SELECT current_setting('search_path')"); len(got) == 1 {
		return got[0]
	}
	return strings.Join(column(t, db, "SELECT DATABASE()"), "")
}

// TestTenantsFail has three of two hundred fail, which does not stop the others.
func TestTenantsFail(t *testing.T) {
	dir := t.TempDir()
	var names []string
	for i := range 200 {
		names = append(names, fmt.Sprintf("t%03d", i))
	}
	bad := []string{"t007", "t070", "t199"}
	h := newHistory(t, does("a1", "", func(_ context.Context, o *op.Operations) error {
		if slices.Contains(bad, o.Database()) {
			return errors.New("no luck")
		}
		o.Exec("CREATE TABLE one (id INTEGER)")
		return o.Err()
	}))
	list := dir + "/failed.txt"
	var now, most atomic.Int32
	tenants := env.Tenants{Names: names, Parallel: 8, Failed: list, Options: func(_ context.Context, name string) (env.Options, error) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		return env.Options{URL: "sqlite:///" + dir + "/" + name + ".db"}, nil
	}}
	e, log := h.context(h.upgrade("head"), nil)
	err := e.RunTenants(t.Context(), tenants)
	var failed *env.TenantsError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v", err)
	}
	equal(t, "names", failed.Names(), bad)
	wantError(t, err, "3 of 200 tenants failed (t007, t070, t199), the first by: running upgrade  -> a1, do a1 (a1.go): no luck; run those again by -x retry="+list)
	if got := most.Load(); got > 8 {
		t.Errorf("%d at a time", got)
	}
	text, err := os.ReadFile(list)
	if err != nil || string(text) != "t007\nt070\nt199\n" {
		t.Errorf("list %q, %v", text, err)
	}
	for _, want := range []string{"200 of 200 tenants: ", "200 tenants: 197 done, 3 failed", "tenant=t000"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q", want)
		}
	}

	bad = nil
	e = configured(t, h, h.upgrade("head"), "[alembic]\n", "retry="+list, "failed="+list)
	again, err := e.Tenants(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	again.Options = tenants.Options
	if err := e.RunTenants(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(list); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the list is still there: %v", err)
	}
}

func TestTenantsStop(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	tenants := env.Tenants{Names: []string{"a", "b", "c"}, Parallel: 1, StopOnFailure: true, Options: func(_ context.Context, name string) (env.Options, error) {
		if name == "b" {
			panic("no such tenant")
		}
		return env.Options{URL: "sqlite:///" + file(t, "x.db")}, nil
	}}
	e, _ := h.context(h.upgrade("head"), nil)
	wantError(t, e.RunTenants(t.Context(), tenants), "1 of 3 tenants failed (b), the first by: ", "no such tenant", "; 1 of 3 tenants not begun")

	// A context that ends does the same, and is in the error.
	ctx, cancel := context.WithCancel(t.Context())
	tenants.Options = func(ctx context.Context, _ string) (env.Options, error) {
		cancel()
		return env.Options{}, ctx.Err()
	}
	tenants.StopOnFailure = false
	err := e.RunTenants(ctx, tenants)
	wantError(t, err, "1 of 3 tenants failed (a)", "2 of 3 tenants not begun: context canceled")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is no context.Canceled", err)
	}

	tenants.Names = []string{"a", "b", "a"}
	wantError(t, e.RunTenants(t.Context(), tenants), "a tenant is listed twice: a")
	wantError(t, e.RunTenants(t.Context(), env.Tenants{}), "env.Tenants has no Options")
	tenants.Names, tenants.Parallel = nil, -1
	wantError(t, e.RunTenants(t.Context(), tenants), "-1 tenants at a time cannot be")
	tenants.Parallel = 0
	if err := e.RunTenants(t.Context(), tenants); err != nil {
		t.Error(err)
	}
}

// TestTenantsOffline writes the scripts one after the other, in order.
func TestTenantsOffline(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	var out bytes.Buffer
	e, _ := h.context(offline(h.upgrade("head"), ""), &out)
	tenants := env.Tenants{Names: []string{"b", "a"}, Options: func(_ context.Context, name string) (env.Options, error) {
		return env.Options{Dialect: "postgresql", DefaultSchema: name}, nil
	}}
	if err := e.RunTenants(t.Context(), tenants); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if !strings.HasPrefix(got, "SET search_path TO \"b\";\n\nBEGIN;") || strings.Index(got, `TO "a"`) < strings.Index(got, "COMMIT;") {
		t.Errorf("script\n%s", got)
	}
}

// TestTenantsAutogenerate compares with the first only.
func TestTenantsAutogenerate(t *testing.T) {
	h := newHistory(t, table("a1", "", "one"))
	task := h.upgrade("head")
	task.Writes, task.Autogenerate = false, true
	var mu sync.Mutex
	var seen []string
	e, _ := h.context(task, nil)
	tenants := env.Tenants{Names: []string{"b", "a"}, Options: func(_ context.Context, name string) (env.Options, error) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, name)
		return env.Options{URL: "sqlite:///" + file(t, name+".db")}, nil
	}}
	if err := e.RunTenants(t.Context(), tenants); err != nil {
		t.Fatal(err)
	}
	equal(t, "asked", seen, []string{"b"})
	tenants.Names = nil
	wantError(t, e.RunTenants(t.Context(), tenants), "there is no tenant yet")
}

func TestTenantSettings(t *testing.T) {
	h := newHistory(t)
	d := testdb.SQLite(t)
	if _, err := d.DB.ExecContext(t.Context(), "CREATE TABLE tenant (name TEXT, n INTEGER)"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.DB.ExecContext(t.Context(), "INSERT INTO tenant VALUES ('x y', 1), ('z', 2)"); err != nil {
		t.Fatal(err)
	}
	const list = "[alembic]\ntenants.names = a, b\ntenants.parallel = 3\ntenants.stop_on_failure = yes\ntenants.failed = f\ntenants.url = sqlite:///x/{tenant}.db\n"
	const query = "[alembic]\ntenants.query = SELECT name, n FROM tenant ORDER BY n\n"
	for _, c := range []struct {
		ini  string
		x    []string
		db   *sql.DB
		want string
	}{
		{ini: list, want: "[a b] 3 true f"},
		{ini: list, x: []string{"tenant=c", "tenant=d", "parallel=7", "stop=no", "failed=g"}, want: "[c d] 7 false g"},
		{ini: query, db: d.DB, want: "[x y z] 0 false "},
		{ini: query, x: []string{"stop"}, db: d.DB, want: "[x y z] 0 true "},
		{ini: query, want: "a script needs the names of the tenants"},
		{ini: "[alembic]\ntenants.query = SELECT nothing\n", db: d.DB, want: "asking for the tenants (tenants.query): "},
		{ini: "[alembic]\n", want: "there is no list of tenants"},
		{ini: list, x: []string{"parallel=none"}, want: `tenants.parallel: "none" is not a number of tenants`},
		{ini: list, x: []string{"stop=perhaps"}, want: `tenants.stop_on_failure: "perhaps" is neither true nor false`},
		{ini: list, x: []string{"retry=" + file(t, "none")}, want: "reading the tenants to run again (-x retry): "},
	} {
		got, err := configured(t, h, h.upgrade("head"), c.ini, c.x...).Tenants(t.Context(), c.db)
		text := fmt.Sprintf("%v %d %v %s", got.Names, got.Parallel, got.StopOnFailure, got.Failed)
		if err != nil {
			text = err.Error()
		}
		if !strings.HasPrefix(text, c.want) {
			t.Errorf("%v: got %s, want %s", c.x, text, c.want)
		}
	}
	e := configured(t, h, h.upgrade("head"), list)
	for name, want := range map[string]string{
		"a b%": "sqlite:///x/a%20b%25.db", "..": "sqlite:///x/...db", "a/../b": `"a/../b" cannot be part of a URL`, "": `"" cannot be part of a URL`,
	} {
		got, err := e.TenantURL(name)
		if err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
	if got, err := configured(t, h, h.upgrade("head"), query).TenantURL("a"); got != "" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	_, err := configured(t, h, h.upgrade("head"), "[alembic]\ntenants.url = sqlite:///x.db\n").TenantURL("a")
	wantError(t, err, "tenants.url in alembic.ini does not say where the name of the tenant goes")
}
