package env_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
)

func TestSectionURL(t *testing.T) {
	h := newHistory(t)
	const ini = "[alembic]\ndatabase.url = sqlite:///main.db\n[one]\nsqlalchemy.url = sqlite:///one.db\n[two]\ndatabase.url = sqlite:///two.db\nreports.url = sqlite:///reports.db\n[none]\n"
	e := configured(t, h, h.upgrade("head"), ini)
	for _, c := range []struct{ section, prefix, want string }{
		{"", "", "sqlite:///main.db"},
		{"alembic", "", "sqlite:///main.db"},
		{"one", "", "sqlite:///one.db"},
		{"two", "", "sqlite:///two.db"},
		{"two", "reports.", "sqlite:///reports.db"},
		{"two", "other.", "there is no other.url in the section [two] of alembic.ini; add it there: other.url = sqlite:///two.db"},
		{"none", "", "there is no database.url in the section [none] of alembic.ini"},
		{"three", "", `No config file section named "three"`},
	} {
		got, err := e.SectionURL(c.section, c.prefix)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(strings.ToLower(got), strings.ToLower(c.want)) && c.section != "three" {
			t.Errorf("[%s] %s: got %s, want %s", c.section, c.prefix, got, c.want)
		}
		if c.section == "three" && err == nil {
			t.Error("a section that is not there")
		}
	}
	if _, err := env.New(env.Setup{Graph: h.graph}).SectionURL("one", ""); err == nil {
		t.Error("a section without any configuration")
	}
}

func TestSectionPool(t *testing.T) {
	h := newHistory(t)
	for ini, want := range map[string]env.Pool{
		"":                       {},
		"database.pool_size = 3": {MaxOpen: 3, MaxIdle: 3},
		"database.pool_size = 0": {},
		"database.pool_size = 3\ndatabase.max_overflow = 2":                                                                       {MaxOpen: 5, MaxIdle: 3},
		"sqlalchemy.pool_size = 3\nsqlalchemy.max_overflow = -1\nsqlalchemy.pool_recycle = 1800\nsqlalchemy.pool_pre_ping = true": {MaxIdle: 3, MaxLifetime: 30 * time.Minute},
		"database.pool_recycle = -1\ndatabase.connect_timeout = 1.5":                                                              {ConnectTimeout: 1500 * time.Millisecond},
		"database.max_open_conns = 4\ndatabase.max_idle_conns = 0\ndatabase.conn_max_lifetime = 1h\ndatabase.conn_max_idle_time = 5m\ndatabase.pool_timeout = 3s": {
			MaxOpen: 4, MaxIdle: -1, MaxLifetime: time.Hour, MaxIdleTime: 5 * time.Minute, ConnectTimeout: 3 * time.Second,
		},
	} {
		got, err := configured(t, h, h.upgrade("head"), "[alembic]\n"+ini+"\n").SectionPool("", "")
		if err != nil || got != want {
			t.Errorf("%s: got %+v, %v; want %+v", ini, got, err, want)
		}
	}
	for ini, want := range map[string]string{
		"database.pool = 3":              "reading database.pool in the section [alembic] of alembic.ini: there is no such setting; known are url, pool_size",
		"database.pool_size = few":       `reading database.pool_size in the section [alembic] of alembic.ini: "few" is not a whole number`,
		"database.pool_recycle = long":   `"long" is neither a number of seconds nor a duration such as 30m`,
		"database.pool_pre_ping = maybe": `"maybe" is neither true nor false`,
	} {
		_, err := configured(t, h, h.upgrade("head"), "[alembic]\n"+ini+"\n").SectionPool("", "")
		wantError(t, err, want)
	}
}

// TestOpenSection opens a pool with its bounds.
func TestOpenSection(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"))
		e := configured(t, h, h.upgrade("head"), "[alembic]\n[shop]\ndatabase.url = "+strings.ReplaceAll(d.URL, "%", "%%")+"\ndatabase.max_open_conns = 3\n")
		db, err := e.OpenSection(t.Context(), "shop", "")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if n := db.Stats().MaxOpenConnections; n != 3 {
			t.Errorf("%d connections at most", n)
		}
		h.mustRun(t, h.upgrade("head"), env.Options{DB: db})
		equal(t, "rows", rows(t, d.DB), []string{"a1"})
		driver, dsn, err := e.DataSource(d.URL)
		if err != nil || driver != d.Driver || dsn == "" {
			t.Errorf("source %q, %q, %v", driver, dsn, err)
		}
	})
	h := newHistory(t)
	e := configured(t, h, h.upgrade("head"), "[alembic]\n")
	db, err := e.OpenPool(t.Context(), "sqlite://", env.Pool{MaxOpen: 5})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := db.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections to a database in memory", n)
	}
	_, err = e.OpenPool(context.Background(), "mysql://root@192.0.2.1/x", env.Pool{ConnectTimeout: time.Nanosecond})
	wantError(t, err, "connecting to mysql://root@192.0.2.1/x: ", "no connection within 1ns (connect_timeout)")
}
