package dburl

import (
	"net"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/internal/truth"
)

// mysql writes `user:password@tcp(host:port)/database?…` for go-sql-driver.
//
// charset is utf8mb4, because Go's strings are UTF-8 and MySQL's utf8 is not all of it. parseTime is on, so that a
// DATETIME reads as time.Time (in UTC, unless loc says otherwise) on every database alike. multiStatements is never on:
// one call is one statement, and what fails can be named.
func (u URL) mysql() (Source, error) {
	p := &params{}
	socket := ""
	for _, q := range u.Query {
		if q.Key == "unix_socket" {
			socket = q.Value
			continue
		}
		if err := p.mysql(q); err != nil {
			return Source{}, err
		}
	}
	p.usual("charset", "utf8mb4")
	p.set("parseTime", "true")
	// The driver splits its DSN at the first colon, the last @ and the last slash; nothing there is encoded.
	switch {
	case strings.Contains(u.User, ":"):
		return Source{}, problem("its user name holds a colon, which the MySQL driver cannot take")
	case strings.ContainsAny(u.Host, "/"):
		return Source{}, problem("its host is a path; write ?unix_socket=/path for a socket")
	case strings.Contains(socket, "@"):
		return Source{}, refused("unix_socket", "holds an @, which the MySQL driver cannot take")
	}
	dsn := u.User
	if u.HasPassword() {
		dsn += ":" + string(u.Password)
	}
	if dsn != "" {
		dsn += "@"
	}
	dsn += u.mysqlAddress(socket) + "/" + escape(u.Database, "") + "?" + p.encode()
	return Source{Driver: "mysql", DSN: Secret(dsn), Notes: p.notes}, nil
}

func (u URL) mysqlAddress(socket string) string {
	if socket != "" {
		return "unix(" + socket + ")"
	}
	host, port := u.Host, u.Port
	if host == "" {
		host = "127.0.0.1"
	}
	if port == 0 {
		port = 3306
		if u.Dialect == TiDB {
			port = 4000
		}
	}
	return "tcp(" + net.JoinHostPort(host, strconv.Itoa(port)) + ")"
}

// mysql takes one parameter of a URL, in the words of PyMySQL, mysqlclient, Connector/Python or of the Go driver.
func (p *params) mysql(q Param) error {
	switch q.Key {
	case "charset":
		if q.Value != "utf8mb4" {
			p.note(q.Key, "utf8mb4 is used instead, since Go's strings are UTF-8")
		}
	case "connect_timeout", "connection_timeout":
		return p.seconds("timeout", q)
	case "read_timeout":
		return p.seconds("readTimeout", q)
	case "write_timeout":
		return p.seconds("writeTimeout", q)
	case "max_allowed_packet":
		p.set("maxAllowedPacket", q.Value)
	case "multiStatements":
		p.note(q.Key, "is never on: gomig sends one statement at a time")
	case "parseTime":
		if on, _ := truth.Parse(q.Value); !on {
			p.note(q.Key, "is always on, so that times read alike on every database")
		}
	case "autocommit", "isolation_level":
		p.note(q.Key, "is left out: gomig begins and ends transactions itself")
	case "read_default_file", "read_default_group":
		p.note(q.Key, "is left out: MySQL's option files are not read in Go; write the settings into the URL")
	case "init_command":
		p.note(q.Key, "is left out: run the statement in env.go, or give a session variable as a parameter")
	case "use_unicode", "binary_prefix", "client_flag", "cursorclass", "conv", "converter_class", "use_pure", "buffered",
		"raw", "raise_on_warnings", "get_warnings", "auth_plugin", "local_infile", "named_pipe", "program_name",
		"defer_connect", "consume_results", "no_delay", "bind_address", "auth_plugin_map", "driver", "odbc_connect":
		p.note(q.Key, "is left out: it has no meaning for Go's driver")
	case "allowAllFiles", "allowCleartextPasswords", "allowFallbackToPlaintext", "allowNativePasswords", "allowOldPasswords",
		"checkConnLiveness", "clientFoundRows", "collation", "columnsWithAlias", "compress", "connectionAttributes",
		"interpolateParams", "loc", "maxAllowedPacket", "readTimeout", "rejectReadOnly", "serverPubKey", "timeTruncate",
		"timeout", "tls", "writeTimeout":
		p.set(q.Key, q.Value)
	default:
		if strings.HasPrefix(q.Key, "ssl") {
			return p.mysqlTLS(q)
		}
		return p.mysqlVariable(q)
	}
	return nil
}

// mysqlTLS maps the switches of TLS. A certificate cannot be named in a DSN of the Go driver, and to leave it out would
// connect without the check that was asked for.
func (p *params) mysqlTLS(q Param) error {
	on, isSwitch := truth.Parse(q.Value)
	switch key := strings.ReplaceAll(q.Key, "-", "_"); {
	case key == "ssl_disabled" && isSwitch && on:
		p.set("tls", "false")
	case key == "ssl_disabled" && isSwitch:
	case key == "ssl" && isSwitch, key == "ssl_verify_cert" && isSwitch && on, key == "ssl_verify_identity" && isSwitch && on:
		p.usual("tls", strconv.FormatBool(on))
	case (key == "ssl_check_hostname" || key == "ssl_verify_identity" || key == "ssl_verify_cert") && isSwitch:
		if !on {
			p.set("tls", "skip-verify")
		}
	case key == "ssl_mode":
		return p.mysqlMode(q)
	default:
		return refused(q.Key, "cannot be given to Go's MySQL driver in a URL: use tls=true to check against the system's certificates, or open the connection in env.go")
	}
	return nil
}

func (p *params) mysqlMode(q Param) error {
	mode, ok := map[string]string{
		"DISABLED": "false", "PREFERRED": "preferred", "REQUIRED": "skip-verify",
		"VERIFY_CA": "true", "VERIFY_IDENTITY": "true",
	}[strings.ToUpper(q.Value)]
	if !ok {
		return refused(q.Key, "must be DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY")
	}
	p.set("tls", mode)
	return nil
}

var (
	variableName  = pattern.Lazy(`^[a-z][a-z0-9_]*$`)
	variablePlain = pattern.Lazy(`^(-?[0-9]+(\.[0-9]+)?|'[^'\\]*')$`)
)

// mysqlVariable takes any other parameter as a session variable, which the driver sets by `SET name = value` without
// quoting. So the value is a number, or is quoted here.
func (p *params) mysqlVariable(q Param) error {
	if !variableName().MatchString(q.Key) {
		p.note(q.Key, "is left out: it is neither a parameter of Go's driver nor a session variable")
		return nil
	}
	value := q.Value
	if !variablePlain().MatchString(value) {
		if strings.ContainsAny(value, `'\`) {
			return refused(q.Key, "holds a quote or a backslash, which a session variable cannot be given here")
		}
		value = "'" + value + "'"
	}
	p.set(q.Key, value)
	return nil
}

// seconds gives a time in seconds to a parameter that wants Go's form.
func (p *params) seconds(key string, q Param) error {
	f, err := strconv.ParseFloat(q.Value, 64)
	if err != nil || f < 0 || f > 1e6 {
		return refused(q.Key, "is not a number of seconds")
	}
	p.set(key, strconv.FormatInt(int64(f*1000), 10)+"ms")
	return nil
}
