package dburl_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/internal/dburl"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text string
		want dburl.URL
		str  string // "" if it is the text
	}{
		{
			"mysql+pymysql://u:p@h:3306/db?charset=utf8mb4",
			dburl.URL{Dialect: "mysql", Driver: "pymysql", User: "u", Password: "p", Host: "h", Port: 3306, Database: "db", Query: dburl.Query{{Key: "charset", Value: "utf8mb4"}}},
			"mysql+pymysql://u:***@h:3306/db?charset=utf8mb4",
		},
		{"mariadb://h", dburl.URL{Dialect: "mariadb", Host: "h"}, ""},
		{"tidb://root@h:4000/", dburl.URL{Dialect: "tidb", User: "root", Host: "h", Port: 4000}, "tidb://root@h:4000"},
		{"postgres://u@h/db", dburl.URL{Dialect: "postgresql", User: "u", Host: "h", Database: "db"}, "postgresql://u@h/db"},
		{"postgresql+psycopg2:///db", dburl.URL{Dialect: "postgresql", Driver: "psycopg2", Database: "db"}, ""},
		{"postgresql://u:@h", dburl.URL{Dialect: "postgresql", User: "u", Host: "h"}, "postgresql://u:***@h"},
		{"postgresql://[::1]:5433/db", dburl.URL{Dialect: "postgresql", Host: "::1", Port: 5433, Database: "db"}, ""},
		{"postgresql://[fe80::1]/db", dburl.URL{Dialect: "postgresql", Host: "fe80::1", Database: "db"}, ""},
		{
			"postgresql://u:p%40%2F%3A%25@h/a%20b",
			dburl.URL{Dialect: "postgresql", User: "u", Password: "p@/:%", Host: "h", Database: "a b"},
			"postgresql://u:***@h/a b",
		},
		{"mysql://u:50%@h", dburl.URL{Dialect: "mysql", User: "u", Password: "50%", Host: "h"}, "mysql://u:***@h"},
		{"mysql://u:a:b/c?d#e@h", dburl.URL{Dialect: "mysql", User: "u", Password: "a:b/c?d#e", Host: "h"}, "mysql://u:***@h"},
		{
			"mysql://u@/db?unix_socket=/run/my.sock",
			dburl.URL{Dialect: "mysql", User: "u", Database: "db", Query: dburl.Query{{Key: "unix_socket", Value: "/run/my.sock"}}},
			"",
		},
		{"mysql:///db?user=u&password=p%20q&host=h&port=1&empty=", dburl.URL{Dialect: "mysql", User: "u", Password: "p q", Host: "h", Port: 1, Database: "db"}, "mysql://u:***@h:1/db"},
		{"postgresql://u@h/db?sslpassword=x&a=b+c", dburl.URL{
			Dialect: "postgresql", User: "u", Host: "h", Database: "db",
			Query: dburl.Query{{Key: "sslpassword", Value: "x"}, {Key: "a", Value: "b c"}},
		}, "postgresql://u@h/db?sslpassword=***&a=b%20c"},
		{"sqlite://", dburl.URL{Dialect: "sqlite"}, ""},
		{"sqlite:///:memory:", dburl.URL{Dialect: "sqlite", Database: ":memory:"}, ""},
		{"sqlite:///rel.db", dburl.URL{Dialect: "sqlite", Database: "rel.db"}, ""},
		{"sqlite:///a@b c.db", dburl.URL{Dialect: "sqlite", Database: "a@b c.db"}, "sqlite:///a%40b c.db"},
		{"sqlite+pysqlite:////abs/x.db?timeout=1", dburl.URL{
			Dialect: "sqlite", Driver: "pysqlite", Database: "/abs/x.db", Query: dburl.Query{{Key: "timeout", Value: "1"}},
		}, ""},
		{" sqlite:///x.db\n", dburl.URL{Dialect: "sqlite", Database: "x.db"}, "sqlite:///x.db"},
	} {
		got, err := dburl.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if diff := cmp.Diff(c.want, got, cmpopts.IgnoreUnexported(dburl.URL{})); diff != "" {
			t.Errorf("%s:\n%s", c.text, diff)
		}
		if c.str == "" {
			c.str = c.text
		}
		if got.String() != c.str {
			t.Errorf("%s: String() = %s, want %s", c.text, got, c.str)
		}
	}
}

func TestParseErrors(t *testing.T) {
	const prefix = "reading the database URL: "
	for text, want := range map[string]string{
		"":                                "it is empty; write for example sqlite:///app.db or mysql://user:password@host/database",
		"root:secret@tcp(h:3306)/db":      "this looks like a DSN of go-sql-driver; write mysql://user:password@host:port/database",
		"secret":                          "it does not begin with a dialect and ://; write for example sqlite:///app.db or mysql://user:password@host/database",
		"pa:ss@wo://rd":                   "it does not begin with a dialect and ://; write for example sqlite:///app.db or mysql://user:password@host/database",
		"mysq://h":                        `unknown dialect "mysq" (known: mysql, mariadb, tidb, postgresql, sqlite); did you mean "mysql"?`,
		"sqlite3:///x":                    `unknown dialect "sqlite3" (known: mysql, mariadb, tidb, postgresql, sqlite); did you mean "sqlite"?`,
		"oracle://h":                      `unknown dialect "oracle" (known: mysql, mariadb, tidb, postgresql, sqlite)`,
		"driver://user:pass@localhost/db": `unknown dialect "driver" (known: mysql, mariadb, tidb, postgresql, sqlite)`,
		"mysql://u:sec@ret@h/db":          "it holds more than one @; percent-encode those in the user name, password, database or parameters as %40",
		"mysql://h:3306/db?mail=a@b":      "it can be read in two ways: percent-encode an @ outside of user:password@ as %40, or the / and ? of the password as %2F and %3F",
		"mysql://h/db?mail=a@b":           "it holds an @ where none can be; percent-encode it as %40, and a / in the user name as %2F",
		"mysql://root:secret":             "its port is not a number from 1 to 65535; if that is the password, the @host after it is missing",
		"mysql://h:70000/db":              "its port is not a number from 1 to 65535; if that is the password, the @host after it is missing",
		"postgresql://::1/db":             "an IPv6 address must stand in brackets: [::1]:5432; percent-encode a : in the user name as %3A",
		"postgresql://[::1]x/db":          "after the ] of an IPv6 address there must be :port or /database",
		"mysql://a b/db":                  "its host is not a host name; percent-encode special characters in the user name and password",
		"sqlite://app.db":                 "an SQLite URL names no host: write sqlite:///file.db with three slashes for a relative path, with four for an absolute one, or sqlite:// for a database in memory",
		"mysql://u:p\n@h/db":              "it holds a line break or control character; percent-encode it (%0A)",
		"mysql://h/d%00b":                 "it holds a NUL character (%00), which no database accepts",
	} {
		if u, err := dburl.Parse(text); err == nil || err.Error() != prefix+want {
			t.Errorf("%q: got %v, %v\nwant %s", text, u, err, want)
		}
	}
}

func TestInMemory(t *testing.T) {
	for text, want := range map[string]bool{
		"sqlite://": true, "sqlite:///:memory:": true, "sqlite:///file::memory:?uri=true": true, "sqlite:///x?mode=memory": true,
		"sqlite:///x.db": false, "mysql://h": false,
	} {
		if u, err := dburl.Parse(text); err != nil || u.InMemory() != want {
			t.Errorf("%s: %v, %v", text, u.InMemory(), err)
		}
	}
}

// TestPasswordNeverShows formats a URL with any password in every way there is.
func TestPasswordNeverShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const mark = "Zq7"
		password := mark + rapid.String().Draw(t, "password") + mark
		encoded := url.QueryEscape(password)
		encoded = strings.ReplaceAll(encoded, "+", "%20")
		if rapid.Bool().Draw(t, "plain") {
			encoded = password
		}
		dialect := rapid.SampledFrom([]string{"mysql", "postgresql", "mariadb+x", "oracle"}).Draw(t, "dialect")
		host := rapid.SampledFrom([]string{"h", "h:1/db", "", "[::1", "h:x", "/db?sslpassword=" + mark, "h/db?ssl_ca=x"}).Draw(t, "host")
		u, err := dburl.Parse(dialect + "://u:" + encoded + "@" + host)
		var shown string
		if err != nil {
			shown = err.Error()
		} else {
			source, err := u.Source()
			js, _ := json.Marshal(source)
			var log strings.Builder
			slog.New(slog.NewTextHandler(&log, nil)).Info("x", "url", u, "dsn", source.DSN)
			shown = fmt.Sprint(u, err, source, log.String()) + fmt.Sprintf("%+v %#v %v %#v %s %q", u, u, &u, source, u.Password, u) + string(js)
		}
		if strings.Contains(shown, mark) {
			t.Fatalf("the password shows: %s", shown)
		}
	})
}

// TestEncodedRoundTrip reads back any parts, percent-encoded.
func TestEncodedRoundTrip(t *testing.T) {
	text := rapid.StringMatching(`[^\x00]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		user, password, db := text.Draw(t, "user"), text.Draw(t, "password"), text.Draw(t, "database")
		e := url.PathEscape
		enc := func(s string) string { return strings.NewReplacer(":", "%3A", "@", "%40").Replace(e(s)) }
		u, err := dburl.Parse("postgresql://" + enc(user) + ":" + enc(password) + "@h/" + enc(db))
		if err != nil {
			t.Fatal(err)
		}
		if u.User != user || string(u.Password) != password || u.Database != db {
			t.Fatalf("got %q %q %q", u.User, string(u.Password), u.Database)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"mysql+pymysql://u:p@h:3306/db?charset=utf8", "sqlite:////x?mode=ro", "postgres://[::1]:1/x?host=/a&host=b:2", "a@tcp("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, err := dburl.Parse(text)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("error of several lines: %q", err)
			}
			return
		}
		if p := string(u.Password); len(p) > 5 && strings.Contains(text, p) && strings.Count(text, p) == 1 && strings.Contains(u.String(), p) {
			t.Errorf("the password shows in %s", u)
		}
		if _, err := u.Source(); err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("error of several lines: %q", err)
		}
		again, err := dburl.Parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q: String is not stable: %q then %q, %v", text, u, again, err)
		}
	})
}
