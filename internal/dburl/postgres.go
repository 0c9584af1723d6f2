package dburl

import (
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/internal/truth"
)

// postgres writes a URL for pgx, which reads libpq's form. What the URL does not say, pgx takes from PGHOST, PGUSER and
// the other variables of libpq, as psycopg2 does.
func (u URL) postgres() (Source, error) {
	p := &params{}
	for _, q := range u.Query {
		if err := p.postgres(q); err != nil {
			return Source{}, err
		}
	}
	// A statement that pgx prepared and kept fails once its table was changed ("cached plan must not change result type"),
	// and changing tables is what a migration does. Without arguments a statement is one message in any mode.
	p.usual("default_query_exec_mode", "describe_exec")
	address := u.address()
	hosts := u.Query.All("host")
	port, hasPort := u.Query.Get("port")
	if len(hosts) > 0 {
		address = ""
		list, ports := postgresHosts(hosts, u.Port)
		if p.set("host", list); strings.Trim(ports, ",") != "" {
			p.set("port", ports)
		}
	}
	if hasPort {
		p.set("port", port)
		if len(hosts) == 0 {
			address = URL{Host: u.Host}.address()
		}
	}
	dsn := "postgres://" + u.userinfo(escape(string(u.Password), "")) + address + "/" + escape(u.Database, "")
	if len(p.list) > 0 {
		dsn += "?" + p.encode()
	}
	return Source{Driver: "pgx", DSN: Secret(dsn), Notes: p.notes}, nil
}

// postgresHosts makes libpq's two lists of SQLAlchemy's ?host=h1:5432&host=h2:5432. A socket's directory is a host too.
func postgresHosts(values []string, port int) (hosts, ports string) {
	var hh, pp []string
	for _, value := range values {
		for h := range strings.SplitSeq(value, ",") {
			own := ""
			if port != 0 {
				own = strconv.Itoa(port)
			}
			if i := strings.LastIndexByte(h, ':'); i >= 0 && !strings.HasPrefix(h, "/") && (strings.Count(h, ":") == 1 || strings.HasSuffix(h[:i], "]")) {
				h, own = h[:i], h[i+1:]
			}
			hh, pp = append(hh, strings.Trim(h, "[]")), append(pp, own)
		}
	}
	return strings.Join(hh, ","), strings.Join(pp, ",")
}

// postgres takes one parameter of a URL, in the words of libpq (psycopg2), asyncpg, pg8000 or of pgx. Any that it does not
// know is a setting of the session, and the server judges it.
func (p *params) postgres(q Param) error {
	switch q.Key {
	case "host", "port":
	case "client_encoding":
		if v := strings.ToLower(strings.ReplaceAll(q.Value, "-", "")); v != "utf8" {
			p.note(q.Key, "UTF8 is used instead, since Go's strings are UTF-8")
		}
	case "ssl":
		return p.postgresTLS(q)
	case "timeout":
		p.usual("connect_timeout", q.Value)
	case "fallback_application_name":
		p.usual("application_name", q.Value)
	case "sslcrl", "sslcrldir", "requirepeer", "ssl_min_protocol_version", "ssl_max_protocol_version":
		return refused(q.Key, "cannot be given to pgx: leaving it out would check less than was asked for; open the connection in env.go")
	case "async_fallback", "prepared_statement_cache_size", "prepared_statement_name_func", "command_timeout",
		"server_settings", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
		"gssencmode", "gsslib", "sslcompression", "requiressl", "replication", "load_balance_hosts", "tcp_keepalive",
		"executemany_mode", "use_native_hstore", "prepare_threshold":
		p.note(q.Key, "is left out: it has no meaning for Go's driver")
	default:
		p.set(q.Key, q.Value)
	}
	return nil
}

// postgresTLS maps asyncpg's ssl, which takes libpq's modes or a switch.
func (p *params) postgresTLS(q Param) error {
	mode := q.Value
	if on, ok := truth.Parse(mode); ok {
		mode = map[bool]string{true: "require", false: "disable"}[on]
	}
	switch mode {
	case "disable", "allow", "prefer", "require", "verify-ca", "verify-full":
		p.usual("sslmode", mode)
		return nil
	}
	return refused(q.Key, "must be disable, allow, prefer, require, verify-ca or verify-full")
}
