package env_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// TestInterleaved lets another run have the database where SQLite's lock is away
// for a moment: between two transactions of one run.
func TestInterleaved(t *testing.T) {
	for _, c := range []struct {
		name   string
		task   func(h history) env.Task // of the first run
		other  string                   // what the other upgrades to
		rows   string
		counts map[string]int // how often each revision ran
	}{
		{
			"the other goes as far", func(h history) env.Task { return h.upgrade("head") }, "head",
			"r04",
			map[string]int{"r00": 1, "r01": 1, "r02": 1, "r03": 1, "r04": 1},
		},
		{
			"the other goes a part of the way", func(h history) env.Task { return h.upgrade("head") }, "r02",
			"r04",
			map[string]int{"r00": 1, "r01": 1, "r02": 1, "r03": 1, "r04": 1},
		},
		{
			"the other goes less far", func(h history) env.Task { return h.upgrade("+3") }, "r01",
			"r02",
			map[string]int{"r00": 1, "r01": 1, "r02": 1},
		},
		{
			"the other goes further", func(h history) env.Task { return h.upgrade("+2") }, "r02",
			"r02",
			map[string]int{"r00": 1, "r01": 1, "r02": 1},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := testdb.SQLite(t)
			ran := map[string]int{}
			h := line(t, 5, func(id string) { ran[id]++ })
			db, r := record(t, d)
			var begun atomic.Int32
			r.before = func(query string) error {
				if query == "BEGIN IMMEDIATE" && begun.Add(1) == 2 {
					h.mustRun(t, h.upgrade(c.other), env.Options{DB: pool(t, d)})
				}
				return nil
			}
			h.mustRun(t, c.task(h), env.Options{DB: db, TransactionPerMigration: true})
			equal(t, "rows", rows(t, d.DB), []string{c.rows})
			for id, n := range ran {
				if n != c.counts[id] {
					t.Errorf("%s ran %d times", id, n)
				}
			}
			if len(ran) != len(c.counts) {
				t.Errorf("ran %v", ran)
			}
		})
	}
}

// TestLostConnection loses the connection in the middle of a run: one error, and
// a pool that is as good as new.
func TestLostConnection(t *testing.T) {
	kill := map[testdb.Kind]string{
		testdb.KindMySQL: "SELECT CONNECTION_ID()", testdb.KindMariaDB: "SELECT CONNECTION_ID()", testdb.KindTiDB: "SELECT CONNECTION_ID()", testdb.KindPostgres: "SELECT pg_backend_pid()",
	}
	for k, ask := range kill {
		if !slices.Contains(testdb.Kinds(), k) {
			continue
		}
		t.Run(k.String(), func(t *testing.T) {
			d := testdb.Open(t, k)
			lose := true
			var m *env.Migration
			h := line(t, 3, func(id string) {
				if id != "r01" || !lose {
					return
				}
				c, err := m.Conn()
				if err != nil {
					t.Fatal(err)
				}
				var session string
				if err := c.QueryRowContext(t.Context(), ask).Scan(&session); err != nil {
					t.Fatal(err)
				}
				end := "KILL " + session
				if k == testdb.KindPostgres {
					end = "SELECT pg_terminate_backend(" + session + ")"
				}
				execute(t, d.DB, end)
			})
			db := pool(t, d)
			e, _ := h.context(h.upgrade("head"), nil)
			if err := e.Configure(t.Context(), env.Options{DB: db}); err != nil {
				t.Fatal(err)
			}
			var err error
			if m, err = e.MigrationContext(); err != nil {
				t.Fatal(err)
			}
			wantError(t, e.RunMigrations(t.Context()), "running upgrade r00 -> r01")
			lose = false
			h.mustRun(t, h.upgrade("head"), env.Options{DB: db})
			equal(t, "rows", rows(t, d.DB), []string{"r02"})
			if n := db.Stats().InUse; n != 0 {
				t.Errorf("%d connections in use", n)
			}
		})
	}
}

// TestSinglePool runs on a pool that has one connection, and cancels there too.
func TestSinglePool(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		db := pool(t, d)
		db.SetMaxOpenConns(1)
		h := line(t, 3, func(string) {})
		h.mustRun(t, h.upgrade("head"), env.Options{DB: db})
		h.mustRun(t, h.downgrade("base"), env.Options{DB: db})
		equal(t, "tables", tables(t, d), []string{"alembic_version"})
	})
}

func TestLockTimeoutConfigured(t *testing.T) {
	d := testdb.SQLite(t)
	h, inside, leave := hold(t)
	first := make(chan error)
	e, _ := h.context(h.upgrade("head"), nil)
	if err := e.Configure(t.Context(), env.Options{DB: pool(t, d)}); err != nil {
		t.Fatal(err)
	}
	go func() { first <- e.RunMigrations(t.Context()) }()
	<-inside
	for text, want := range map[string]string{
		"20ms": "waited 20ms", "0.03": "waited 30ms", "": "", "soon": `reading lock_timeout: "soon" is neither`, "0": "neither", "-1": "neither", "NaN": "neither",
	} {
		c, err := config.Parse([]byte("[alembic]\nscript_location = here\nlock_timeout = "+text+"\n"), config.Options{})
		if err != nil {
			t.Fatal(err)
		}
		e := env.New(env.Setup{Config: c, Systems: systems, Graph: h.graph, Scripts: h.scripts, Task: h.upgrade("head")})
		err = e.Configure(t.Context(), env.Options{DB: d.DB})
		if err == nil && want != "" {
			err = e.RunMigrations(t.Context())
		}
		if want == "" {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		wantError(t, err, want)
	}
	close(leave)
	if err := <-first; err != nil {
		t.Error(err)
	}
}
