package dburl_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/internal/dburl"
)

func TestSource(t *testing.T) {
	for _, c := range []struct {
		url, driver, dsn string
		notes            []string
	}{
		{"mysql://", "mysql", "tcp(127.0.0.1:3306)/?charset=utf8mb4&parseTime=true", nil},
		{"tidb://root@h/x", "mysql", "root@tcp(h:4000)/x?charset=utf8mb4&parseTime=true", nil},
		{"mysql+pymysql://u:p%40%2F:w@[::1]:33/a%2Fb", "mysql", "u:p@/:w@tcp([::1]:33)/a%2Fb?charset=utf8mb4&parseTime=true", nil},
		{"mariadb://u@/db?unix_socket=/run/m(1).sock", "mysql", "u@unix(/run/m(1).sock)/db?charset=utf8mb4&parseTime=true", nil},
		{
			"mysql://h/db?charset=utf8&connect_timeout=1.5&multiStatements=true&use_unicode=1", "mysql",
			"tcp(h:3306)/db?charset=utf8mb4&parseTime=true&timeout=1500ms",
			[]string{
				`parameter "charset" of the database URL: utf8mb4 is used instead, since Go's strings are UTF-8`,
				`parameter "multiStatements" of the database URL: is never on: gomig sends one statement at a time`,
				`parameter "use_unicode" of the database URL: is left out: it has no meaning for Go's driver`,
			},
		},
		{"mysql://h/?sql_mode=ANSI,TRADITIONAL&lock_wait_timeout=5&ssl_mode=REQUIRED", "mysql", "tcp(h:3306)/?charset=utf8mb4&lock_wait_timeout=5&parseTime=true&sql_mode=%27ANSI%2CTRADITIONAL%27&tls=skip-verify", nil},
		{"mysql://h/?ssl=true&ssl_check_hostname=false", "mysql", "tcp(h:3306)/?charset=utf8mb4&parseTime=true&tls=skip-verify", nil},
		{"postgresql+psycopg2://u:p%40 w@h:5433/db?sslmode=disable", "pgx", "postgres://u:p%40%20w@h:5433/db?default_query_exec_mode=describe_exec&sslmode=disable", nil},
		{"postgresql://u@/db?host=/var/run/postgresql", "pgx", "postgres://u@/db?default_query_exec_mode=describe_exec&host=%2Fvar%2Frun%2Fpostgresql", nil},
		{"postgresql:///db?host=h1:1&host=h2:2", "pgx", "postgres:///db?default_query_exec_mode=describe_exec&host=h1%2Ch2&port=1%2C2", nil},
		{"postgresql://h/db?port=7", "pgx", "postgres://h/db?default_query_exec_mode=describe_exec&port=7", nil},
		{"postgresql+asyncpg://h/db?ssl=require&command_timeout=5&client_encoding=utf8", "pgx", "postgres://h/db?default_query_exec_mode=describe_exec&sslmode=require", []string{
			`parameter "command_timeout" of the database URL: is left out: it has no meaning for Go's driver`,
		}},
		{"sqlite://", "sqlite", "file::memory:?_pragma=busy_timeout%285000%29&_time_format=sqlite&_txlock=immediate", nil},
		{"sqlite:///rel 100%25.db", "sqlite", "file:rel%20100%25.db?_pragma=busy_timeout%285000%29&_time_format=sqlite&_txlock=immediate", nil},
		{"sqlite:////abs.db?timeout=20&check_same_thread=false", "sqlite", "file:///abs.db?_pragma=busy_timeout%2820000%29&_time_format=sqlite&_txlock=immediate", []string{
			`parameter "check_same_thread" of the database URL: is left out: it has no meaning for Go's driver`,
		}},
		{`sqlite:///C:\data\x.db`, "sqlite", "file:///C:/data/x.db?_pragma=busy_timeout%285000%29&_time_format=sqlite&_txlock=immediate", nil},
		{"sqlite:///file:x.db?uri=true&mode=ro&_pragma=foreign_keys(1)", "sqlite", "file:x.db?_pragma=busy_timeout%285000%29&_pragma=foreign_keys%281%29&_time_format=sqlite&_txlock=deferred&mode=ro", nil},
	} {
		u, err := dburl.Parse(c.url)
		if err != nil {
			t.Errorf("%s: %v", c.url, err)
			continue
		}
		got, err := u.Source()
		if err != nil || got.Driver != c.driver || string(got.DSN) != c.dsn {
			t.Errorf("%s:\n got %s %s, %v\nwant %s %s", c.url, got.Driver, string(got.DSN), err, c.driver, c.dsn)
		}
		if diff := cmp.Diff(c.notes, got.Notes); diff != "" {
			t.Errorf("%s: notes:\n%s", c.url, diff)
		}
	}
}

func TestSourceErrors(t *testing.T) {
	for text, want := range map[string]string{
		"mysql://a%3Ab:p@h":            "its user name holds a colon, which the MySQL driver cannot take",
		"mysql://%2Frun%2Fx/db":        "its host is a path; write ?unix_socket=/path for a socket",
		"mysql:///?unix_socket=%40abs": `its parameter "unix_socket" holds an @, which the MySQL driver cannot take`,
		"mysql://h/?ssl_ca=/x.pem":     `its parameter "ssl_ca" cannot be given to Go's MySQL driver in a URL: use tls=true to check against the system's certificates, or open the connection in env.go`,
		"mysql://h/?ssl_mode=on":       `its parameter "ssl_mode" must be DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY`,
		"mysql://h/?sql_mode='a'b":     `its parameter "sql_mode" holds a quote or a backslash, which a session variable cannot be given here`,
		"mysql://h/?connect_timeout=x": `its parameter "connect_timeout" is not a number of seconds`,
		"postgresql://h/?sslcrl=x":     `its parameter "sslcrl" cannot be given to pgx: leaving it out would check less than was asked for; open the connection in env.go`,
		"postgresql://h/?ssl=x":        `its parameter "ssl" must be disable, allow, prefer, require, verify-ca or verify-full`,
		"sqlite+pysqlcipher:///x":      "encrypted SQLite databases (sqlite+pysqlcipher) cannot be opened by the driver",
		"sqlite:///x?timeout=x":        `its parameter "timeout" is not a number of seconds`,
	} {
		u, err := dburl.Parse(text)
		if err == nil {
			_, err = u.Source()
		}
		if err == nil || err.Error() != "reading the database URL: "+want {
			t.Errorf("%s: got %v\nwant %s", text, err, want)
		}
	}
}

// TestDriversUnderstand gives the DSN of any parts to the drivers' own parsers.
func TestDriversUnderstand(t *testing.T) {
	part := rapid.StringMatching(`[^\x00]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		u := dburl.URL{
			User: "u" + strings.ReplaceAll(part.Draw(t, "user"), ":", ""), Password: dburl.Secret(part.Draw(t, "password")),
			Host: rapid.SampledFrom([]string{"h", "::1", "10.0.0.1"}).Draw(t, "host"), Port: rapid.IntRange(1, 65535).Draw(t, "port"),
			Database: "d" + part.Draw(t, "database"),
		}
		u.Dialect = dburl.MySQL
		s, err := u.Source()
		if err != nil {
			t.Fatal(err)
		}
		m, err := mysql.ParseDSN(string(s.DSN))
		if err != nil {
			t.Fatal(err)
		}
		if m.User != u.User || m.Passwd != string(u.Password) || m.DBName != u.Database || !m.ParseTime || m.MultiStatements {
			t.Fatalf("%s: %+v", string(s.DSN), m)
		}
		u.Dialect = dburl.PostgreSQL
		if s, err = u.Source(); err != nil {
			t.Fatal(err)
		}
		p, err := pgx.ParseConfig(string(s.DSN))
		if err != nil {
			t.Fatal(err)
		}
		if p.User != u.User || p.Password != string(u.Password) || p.Database != u.Database || p.Host != u.Host || int(p.Port) != u.Port {
			t.Fatalf("%s: %+v", string(s.DSN), p.Config)
		}
	})
}

func TestSQLiteOpens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%20?#&é@.db")
	u := dburl.URL{Dialect: dburl.SQLite, Database: path}
	s, err := u.Source()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open(s.Driver, string(s.DSN))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE t (at DATETIME)"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "INSERT INTO t VALUES (?)", time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if got := query(t, db, "SELECT typeof(at) || ' ' || datetime(at) FROM t"); got != "text 2026-11-20 10:00:00" {
		t.Errorf("a time was written as %s", got)
	}
	if got := query(t, db, "SELECT file FROM pragma_database_list"); got != path {
		t.Errorf("opened %q, want %q", got, path)
	}
	if got := query(t, db, "PRAGMA busy_timeout"); got != "5000" {
		t.Errorf("busy_timeout = %s", got)
	}
}

func query(t *testing.T, db *sql.DB, q string) (s string) {
	t.Helper()
	if err := db.QueryRowContext(context.WithoutCancel(t.Context()), q).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}
