package testdb

import (
	"errors"
	"testing"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	missing := &UnavailableError{KindMySQL, "no mysqld of MySQL found", "run scripts/get-mysql"}
	const said = "no MySQL to test on: no mysqld of MySQL found; run scripts/get-mysql"
	broken := errors.New("starting MySQL: disk full")
	for _, c := range []struct {
		name    string
		kind    Kind
		err     error
		require string
		length  testLength
		want    verdict
		why     string
	}{
		{"found", KindMySQL, nil, "", full, proceed, ""},
		{"found and required", KindMySQL, nil, "mysql", full, proceed, ""},
		{"missing", KindMySQL, missing, "", full, skip, said},
		{"missing, another required", KindMySQL, missing, "postgres", full, skip, said},
		{"missing and required", KindMySQL, missing, "mariadb, mysql", full, fail, said + " (GOMIG_TEST_REQUIRE=mariadb, mysql)"},
		{"broken", KindMySQL, broken, "", full, fail, "starting MySQL: disk full"},
		{"broken and required", KindMySQL, broken, "mysql", full, fail, "starting MySQL: disk full"},
		{"short", KindMySQL, nil, "", short, skip, "-short: not tested on MySQL"},
		{"short but required", KindMySQL, nil, "mysql", short, proceed, ""},
		{"short on a file", KindSQLite, nil, "", short, proceed, ""},
		{
			"misspelt", KindMySQL, nil, "mysql,postgresql", full, fail,
			`reading GOMIG_TEST_REQUIRE: unknown kind of test server "postgresql": want sqlite, mysql, mariadb, postgres or tidb`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, why := judge(c.kind, c.err, c.require, c.length)
			if got != c.want || why != c.why {
				t.Errorf("got %d %q, want %d %q", got, why, c.want, c.why)
			}
		})
	}
}

func TestFlavorOfVersion(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]Kind{
		"9.7.4":                          KindMySQL,
		"8.0.11-TiDB-v8.5.4":             KindTiDB,
		"10.11.11-MariaDB-0+deb12u1":     KindMariaDB,
		"5.5.5-10.6.12-mariadb":          KindMariaDB,
		"PostgreSQL 15.13 (Debian) on …": KindPostgres,
		"3.51.0":                         KindSQLite,
		"/usr/sbin/mysqld  Ver 10.11.11-MariaDB-0+deb12u1 for debian-linux-gnu": KindMariaDB,
	} {
		if got := flavor(version); got != want {
			t.Errorf("%q: got %v, want %v", version, got, want)
		}
	}
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind                   Kind
		value, url, dsn, admin string
	}{
		{
			KindMySQL, "mysql://127.0.0.1:3307/", "mysql://root@127.0.0.1:3307/d",
			"root@tcp(127.0.0.1:3307)/d?parseTime=true", "root@tcp(127.0.0.1:3307)/?parseTime=true",
		},
		{
			KindMariaDB, "me:p@ss@tcp(db.example:3306)/x?tls=skip-verify", "mysql://me:p%40ss@db.example:3306/d?tls=skip-verify",
			"me:p@ss@tcp(db.example:3306)/d?parseTime=true&tls=skip-verify", "me:p@ss@tcp(db.example:3306)/?parseTime=true&tls=skip-verify",
		},
		{
			KindTiDB, "tidb://127.0.0.1/", "tidb://root@127.0.0.1:4000/d",
			"root@tcp(127.0.0.1:4000)/d?parseTime=true", "root@tcp(127.0.0.1:4000)/?parseTime=true",
		},
		{
			KindPostgres, "postgres://me:s%3Acret@[::1]/x?sslmode=disable", "postgresql://me:s%3Acret@[::1]:5432/d?sslmode=disable",
			"postgresql://me:s%3Acret@[::1]:5432/d?sslmode=disable", "postgresql://me:s%3Acret@[::1]:5432/postgres?sslmode=disable",
		},
	} {
		e, err := parseEndpoint(c.kind, c.value)
		if err != nil {
			t.Errorf("%s: %v", c.value, err)
			continue
		}
		if got := [3]string{e.url("d"), e.dsn("d"), e.dsn("")}; got != [3]string{c.url, c.dsn, c.admin} {
			t.Errorf("%s:\n got %q\nwant %q", c.value, got, [3]string{c.url, c.dsn, c.admin})
		}
	}
}

func TestEndpointRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind        Kind
		value, want string
	}{
		{KindMySQL, "mysql://root:secret@host:port/", "reading GOMIG_TEST_MYSQL: not a URL"},
		{KindMySQL, "root@unix(/run/s)/", "reading GOMIG_TEST_MYSQL: the server is asked for over unix; name a host and a port"},
		{KindPostgres, "host=localhost", "reading GOMIG_TEST_POSTGRES: want a URL such as postgresql://postgres@127.0.0.1:5432/"},
	} {
		if _, err := parseEndpoint(c.kind, c.value); err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.value, err, c.want)
		}
	}
}
