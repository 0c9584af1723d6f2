package testdb

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/go-sql-driver/mysql"
)

// endpoint is where a server listens and who may enter.
type endpoint struct {
	kind           Kind
	host, port     string
	user, password string
	query          url.Values // what a given URL had beyond that, such as sslmode or tls
}

// parseEndpoint reads the value of a GOMIG_TEST_ variable: a URL as in
// alembic.ini or, for MySQL, MariaDB and TiDB, a DSN of go-sql-driver. The database it
// names is ignored, tests make their own.
func parseEndpoint(kind Kind, value string) (*endpoint, error) {
	if !strings.Contains(value, "://") {
		if kind == KindPostgres {
			return nil, fmt.Errorf("reading %s: want a URL such as postgresql://postgres@127.0.0.1:5432/", kind.env())
		}
		return parseMySQL(kind, value)
	}
	u, err := url.Parse(value)
	if err != nil {
		// The cause is left out: url.Error repeats the URL, password and all.
		return nil, fmt.Errorf("reading %s: not a URL", kind.env())
	}
	e := &endpoint{kind: kind, host: u.Hostname(), port: u.Port(), user: u.User.Username(), query: u.Query()}
	e.password, _ = u.User.Password()
	e.fill()
	return e, nil
}

func parseMySQL(kind Kind, dsn string) (*endpoint, error) {
	c, err := mysql.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", kind.env(), err)
	}
	if c.Net != "tcp" {
		return nil, fmt.Errorf("reading %s: the server is asked for over %s; name a host and a port", kind.env(), c.Net)
	}
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", kind.env(), err)
	}
	e := &endpoint{kind: kind, host: host, port: port, user: c.User, password: c.Passwd, query: url.Values{}}
	if c.TLSConfig != "" {
		e.query.Set("tls", c.TLSConfig)
	}
	e.fill()
	return e, nil
}

// fill puts the usual values where none was given.
func (e *endpoint) fill() {
	port, user := "3306", "root"
	switch e.kind {
	case KindPostgres:
		port, user = "5432", "postgres"
	case KindTiDB:
		port = "4000"
	default:
	}
	for _, f := range []struct {
		field *string
		usual string
	}{{&e.host, "127.0.0.1"}, {&e.port, port}, {&e.user, user}} {
		if *f.field == "" {
			*f.field = f.usual
		}
	}
}

// url is the address of a database as alembic.ini has it.
func (e *endpoint) url(database string) string {
	u := url.URL{
		Scheme: e.kind.scheme(), User: url.User(e.user), Path: "/" + database,
		Host: net.JoinHostPort(e.host, e.port), RawQuery: e.query.Encode(),
	}
	if e.password != "" {
		u.User = url.UserPassword(e.user, e.password)
	}
	return u.String()
}

// dsn is the same for the driver; an empty database is the one every server has.
func (e *endpoint) dsn(database string) string {
	if e.kind == KindPostgres {
		if database == "" {
			database = "postgres"
		}
		return e.url(database)
	}
	c := mysql.NewConfig()
	c.Net, c.Addr = "tcp", net.JoinHostPort(e.host, e.port)
	c.User, c.Passwd, c.DBName = e.user, e.password, database
	c.ParseTime = true
	c.TLSConfig = e.query.Get("tls")
	return c.FormatDSN()
}

// joinClose closes after an error and keeps both.
func joinClose(err error, c interface{ Close() error }) error { return errors.Join(err, c.Close()) }
