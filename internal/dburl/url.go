// Package dburl understands database URLs as SQLAlchemy writes them and spells them for Go's drivers.
//
// It imports no driver. A password never appears in an error, in a String or in a log.
package dburl

import (
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
)

// The dialects, as a URL names them.
const (
	MySQL      = "mysql"
	MariaDB    = "mariadb"
	TiDB       = "tidb"
	PostgreSQL = "postgresql"
	SQLite     = "sqlite"
)

// URL is a database URL, decoded. The zero value is none.
type URL struct {
	Dialect  string // one of the constants
	Driver   string // what follows the dialect: "pymysql" in mysql+pymysql://; a hint that Go has no use for
	User     string
	Password Secret
	Host     string // without the brackets of an IPv6 address
	Port     int    // 0 for the dialect's own
	Database string // a file for SQLite, where "" is a database in memory
	Query    Query

	hasPassword bool // an empty password is one
}

// Query is the parameters of a URL in the order they were written.
type Query []Param

// Param is one parameter.
type Param struct{ Key, Value string }

// Get returns the last value of a parameter. It is false if there is none.
func (q Query) Get(key string) (string, bool) {
	for _, p := range slices.Backward(q) {
		if p.Key == key {
			return p.Value, true
		}
	}
	return "", false
}

// All returns every value of a parameter, in order.
func (q Query) All(key string) []string {
	var values []string
	for _, p := range q {
		if p.Key == key {
			values = append(values, p.Value)
		}
	}
	return values
}

func (q Query) without(keys ...string) Query {
	var rest Query
	for _, p := range q {
		if !slices.Contains(keys, p.Key) {
			rest = append(rest, p)
		}
	}
	return rest
}

// Secret is a text that formats as ***. string(s) gives it away.
type Secret string

// String masks the secret; an empty one is empty.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "***"
}

// GoString masks the secret.
func (s Secret) GoString() string { return strconv.Quote(s.String()) }

// MarshalText masks the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue masks the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// InMemory reports whether the database is SQLite's and gone with its connection, so that a pool of connections would be
// as many databases.
func (u URL) InMemory() bool {
	if u.Dialect != SQLite {
		return false
	}
	mode, _ := u.Query.Get("mode")
	return u.Database == "" || u.Database == ":memory:" || strings.TrimPrefix(u.Database, "file:") == ":memory:" || mode == "memory"
}

// WithDatabase returns the URL of another database on the same server.
func (u URL) WithDatabase(name string) URL {
	u.Database = name
	return u
}

// String is the URL with its password as ***.
func (u URL) String() string {
	if u.Dialect == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(u.Dialect)
	if u.Driver != "" {
		b.WriteString("+" + u.Driver)
	}
	b.WriteString("://" + u.userinfo("***") + u.address())
	if u.Database != "" {
		b.WriteString("/" + escape(u.Database, "/:\\ "))
	}
	for i, p := range u.Query {
		b.WriteByte("?&"[min(i, 1)])
		value := escape(p.Value, "/:,")
		if secret(p.Key) {
			value = "***"
		}
		b.WriteString(escape(p.Key, "") + "=" + value)
	}
	return b.String()
}

// GoString is String, so that no format shows the password.
func (u URL) GoString() string { return "dburl.URL(" + strconv.Quote(u.String()) + ")" }

// LogValue is String.
func (u URL) LogValue() slog.Value { return slog.StringValue(u.String()) }

// HasPassword reports whether the URL gives a password, if only an empty one.
func (u URL) HasPassword() bool { return u.hasPassword || u.Password != "" }

func (u URL) userinfo(password string) string {
	switch {
	case u.HasPassword():
		return escape(u.User, "") + ":" + password + "@"
	case u.User != "":
		return escape(u.User, "") + "@"
	}
	return ""
}

func (u URL) address() string {
	host := escape(u.Host, ":")
	switch {
	case u.Port != 0:
		return net.JoinHostPort(host, strconv.Itoa(u.Port))
	case strings.Contains(host, ":"):
		return "[" + host + "]"
	}
	return host
}

// secret reports whether a parameter holds a password.
func secret(key string) bool {
	key = strings.ToLower(key)
	if strings.HasSuffix(key, "passwords") { // allowNativePasswords and its like are switches
		return false
	}
	for _, word := range []string{"pass", "pwd", "secret", "token"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}

const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// escape percent-encodes every byte that is neither unreserved in a URL nor in also.
func escape(s, also string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; strings.IndexByte(unreserved, c) >= 0 || strings.IndexByte(also, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
		}
	}
	return b.String()
}

// unescape decodes %XX. What is not a byte in hexadecimal stays as it is, as Python's unquote does, so that a password
// with a plain percent sign works.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return string(out)
}
