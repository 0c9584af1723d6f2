package dburl

import (
	"strconv"
	"strings"
)

// Error says what is wrong with a database URL. It shows nothing of the URL that may be a password.
type Error struct{ Problem string }

// Error is one line.
func (e *Error) Error() string { return "reading the database URL: " + e.Problem }

func problem(s string) error { return &Error{Problem: s} }

// Parse reads `dialect[+driver]://[user[:password]@][host[:port]][/database][?key=value&…]`.
//
// It is SQLAlchemy's form: `sqlite:///file.db` is a relative and `sqlite:////file.db` an absolute path, `sqlite://` is in
// memory, and a password may hold anything but a plain @. Where SQLAlchemy would guess, an error says what to encode.
func Parse(text string) (URL, error) {
	text = strings.TrimSpace(text)
	scheme, rest, err := splitScheme(text)
	if err != nil {
		return URL{}, err
	}
	name, driver, _ := strings.Cut(scheme, "+")
	u := URL{Driver: driver}
	if u.Dialect, err = dialect(name); err != nil {
		return URL{}, err
	}
	if u.Dialect == SQLite {
		err = u.parseFile(rest)
	} else {
		err = u.parseServer(rest)
	}
	if err == nil {
		err = u.checkNUL()
	}
	if err != nil {
		return URL{}, err
	}
	return u, nil
}

func splitScheme(text string) (scheme, rest string, err error) {
	if text == "" {
		return "", "", problem("it is empty; write for example sqlite:///app.db or mysql://user:password@host/database")
	}
	for i := range len(text) {
		if text[i] < ' ' || text[i] == 0x7f {
			return "", "", problem("it holds a line break or control character; percent-encode it (%0A)")
		}
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || !validScheme(scheme) {
		if strings.Contains(text, "@tcp(") || strings.Contains(text, "@unix(") {
			return "", "", problem("this looks like a DSN of go-sql-driver; write mysql://user:password@host:port/database")
		}
		return "", "", problem("it does not begin with a dialect and ://; write for example sqlite:///app.db or mysql://user:password@host/database")
	}
	return strings.ToLower(scheme), rest, nil
}

func validScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || (c < '0' || c > '9') && strings.IndexByte("+-_.", c) < 0) {
			return false
		}
	}
	return s != ""
}

// parseFile reads what follows sqlite://.
func (u *URL) parseFile(rest string) error {
	rest, query, _ := strings.Cut(rest, "?")
	if rest != "" && rest[0] != '/' {
		return problem("an SQLite URL names no host: write sqlite:///file.db with three slashes for a relative path, with four for an absolute one, or sqlite:// for a database in memory")
	}
	u.Database = unescape(strings.TrimPrefix(rest, "/"))
	u.Query = parseQuery(query)
	return nil
}

// parseServer reads what follows mysql:// and its like.
func (u *URL) parseServer(rest string) error {
	if at := strings.IndexByte(rest, '@'); at >= 0 {
		if err := u.parseUser(rest[:at]); err != nil {
			return err
		}
		rest = rest[at+1:]
		if strings.Contains(rest, "@") {
			return problem("it holds more than one @; percent-encode those in the user name, password, database or parameters as %40")
		}
	}
	rest, query, _ := strings.Cut(rest, "?")
	address, database, _ := strings.Cut(rest, "/")
	if err := u.parseAddress(address); err != nil {
		return err
	}
	u.Database = unescape(database)
	u.Query = parseQuery(query)
	return u.adopt()
}

func (u *URL) parseUser(info string) error {
	user, password, ok := strings.Cut(info, ":")
	if strings.ContainsAny(user, "/?") {
		return problem("it holds an @ where none can be; percent-encode it as %40, and a / in the user name as %2F")
	}
	// mysql://host:3306/database?x=a@b could be a host or a user whose password begins with 3306/.
	if digits := strings.TrimLeft(password, "0123456789"); digits != password && digits != "" && strings.IndexByte("/?", digits[0]) >= 0 {
		return problem("it can be read in two ways: percent-encode an @ outside of user:password@ as %40, or the / and ? of the password as %2F and %3F")
	}
	u.User, u.Password, u.hasPassword = unescape(user), Secret(unescape(password)), ok
	return nil
}

func (u *URL) parseAddress(address string) error {
	host, port := address, ""
	switch end := strings.IndexByte(address, ']'); {
	case strings.HasPrefix(address, "[") && end > 0:
		host, port = address[1:end], address[end+1:]
		if port != "" && port[0] != ':' {
			return problem("after the ] of an IPv6 address there must be :port or /database")
		}
		port = strings.TrimPrefix(port, ":")
	case strings.Count(address, ":") > 1:
		return problem("an IPv6 address must stand in brackets: [::1]:5432; percent-encode a : in the user name as %3A")
	default:
		host, port, _ = strings.Cut(address, ":")
	}
	u.Host = unescape(host)
	if strings.ContainsAny(u.Host, "()[]@ \t") {
		return problem("its host is not a host name; percent-encode special characters in the user name and password")
	}
	if port == "" {
		return nil
	}
	return u.setPort(port)
}

// setPort does not show what it refuses: in mysql://root:secret it is the password.
func (u *URL) setPort(port string) error {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return problem("its port is not a number from 1 to 65535; if that is the password, the @host after it is missing")
	}
	u.Port = int(n)
	return nil
}

// adopt moves parameters that say what the URL proper can say. SQLAlchemy lets the parameters win.
func (u *URL) adopt() error {
	for _, p := range u.Query {
		switch p.Key {
		case "user":
			u.User = p.Value
		case "password", "passwd":
			u.Password, u.hasPassword = Secret(p.Value), true
		case "database", "dbname", "db":
			u.Database = p.Value
		}
	}
	u.Query = u.Query.without("user", "password", "passwd", "database", "dbname", "db")
	if u.Dialect == PostgreSQL {
		return nil // host and port may be lists there
	}
	if host, ok := u.Query.Get("host"); ok {
		u.Host = host
	}
	port, ok := u.Query.Get("port")
	u.Query = u.Query.without("host", "port")
	if ok {
		return u.setPort(port)
	}
	return nil
}

func parseQuery(text string) Query {
	var q Query
	for pair := range strings.SplitSeq(text, "&") {
		key, value, _ := strings.Cut(pair, "=")
		key, value = unescape(strings.ReplaceAll(key, "+", " ")), unescape(strings.ReplaceAll(value, "+", " "))
		if key != "" && value != "" { // as parse_qsl: an empty value is none
			q = append(q, Param{key, value})
		}
	}
	return q
}

func (u *URL) checkNUL() error {
	all := u.User + string(u.Password) + u.Host + u.Database
	for _, p := range u.Query {
		all += p.Key + p.Value
	}
	if strings.Contains(all, "\x00") {
		return problem("it holds a NUL character (%00), which no database accepts")
	}
	return nil
}
