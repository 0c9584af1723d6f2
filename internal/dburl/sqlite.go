package dburl

import (
	"slices"
	"strconv"
	"strings"
)

// sqlite writes a file: URI for modernc.org/sqlite.
//
// busy_timeout is 5 seconds, as in Python, so that a second writer waits instead of failing. Transactions begin
// IMMEDIATE: one that reads first and writes later could not wait for the lock (https://sqlite.org/lang_transaction.html).
// Times are written as SQLite's own functions read them; the driver's default is the form of Go's time.Time.String.
func (u URL) sqlite() (Source, error) {
	if strings.Contains(u.Driver, "cipher") {
		return Source{}, problem("encrypted SQLite databases (sqlite+" + u.Driver + ") cannot be opened by the driver")
	}
	p := &params{}
	busy, txlock := "5000", "immediate"
	for _, q := range u.Query {
		switch {
		case q.Key == "timeout":
			f, err := strconv.ParseFloat(q.Value, 64)
			if err != nil || f < 0 || f > 1e6 {
				return Source{}, refused(q.Key, "is not a number of seconds")
			}
			busy = strconv.FormatInt(int64(f*1000), 10)
		case q.Key == "_pragma":
			p.list = append(p.list, q) // any number of them
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(q.Value)), "busy_timeout") {
				busy = ""
			}
		case q.Key == "mode" && q.Value == "ro", q.Key == "immutable":
			p.set(q.Key, q.Value)
			txlock = "deferred" // a database that cannot be written has no lock to take first
		case strings.HasPrefix(q.Key, "_"), slices.Contains(uriParams, q.Key):
			p.set(q.Key, q.Value)
		case q.Key == "uri":
		default:
			p.note(q.Key, "is left out: it has no meaning for Go's driver")
		}
	}
	if busy != "" {
		p.list = append(Query{{"_pragma", "busy_timeout(" + busy + ")"}}, p.list...)
	}
	p.usual("_time_format", "sqlite")
	p.usual("_txlock", txlock)
	return Source{Driver: "sqlite", DSN: Secret(u.sqliteFile() + "?" + p.encode()), Notes: p.notes}, nil
}

// uriParams are those that SQLite itself reads (https://sqlite.org/uri.html).
var uriParams = []string{"cache", "mode", "vfs", "nolock", "psow", "immutable"}

func (u URL) sqliteFile() string {
	path := u.Database
	if _, ok := u.Query.Get("uri"); ok { // sqlite:///file:app.db?uri=true
		path = strings.TrimPrefix(path, "file:")
	}
	switch {
	case path == "":
		path = ":memory:"
	case len(path) > 2 && path[1] == ':' && (path[2] == '\\' || path[2] == '/'): // C:\app.db
		path = "/" + strings.ReplaceAll(path, `\`, "/")
	}
	path = escape(path, "/:")
	if strings.HasPrefix(path, "/") {
		return "file://" + path
	}
	return "file:" + path
}
