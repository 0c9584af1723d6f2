package dburl

import (
	"fmt"
	"slices"
	"strings"
)

// Source is what sql.Open takes.
type Source struct {
	Driver string // "mysql", "pgx" or "sqlite": the names under which the drivers register
	DSN    Secret
	// Notes says, one line each, which parameters of the URL mean something else in Go or nothing at all, and why.
	Notes []string
}

// Source spells the URL for the Go driver of its dialect: github.com/go-sql-driver/mysql, github.com/jackc/pgx/v5/stdlib
// or modernc.org/sqlite. A parameter that would weaken the connection if it were left out is an error.
func (u URL) Source() (Source, error) {
	switch u.Dialect {
	case MySQL, MariaDB, TiDB:
		return u.mysql()
	case PostgreSQL:
		return u.postgres()
	case SQLite:
		return u.sqlite()
	}
	_, err := dialect(u.Dialect)
	return Source{}, err
}

// params collects the parameters of a DSN.
type params struct {
	list  Query
	notes []string
}

func (p *params) set(key, value string) {
	p.list = append(p.list.without(key), Param{key, value})
}

// usual sets a parameter that the URL has not set.
func (p *params) usual(key, value string) {
	if _, ok := p.list.Get(key); !ok {
		p.list = append(p.list, Param{key, value})
	}
}

func (p *params) note(key, reason string) {
	p.notes = append(p.notes, fmt.Sprintf("parameter %q of the database URL: %s", key, reason))
}

// encode writes the parameters sorted by key, with %20 for a space: libpq's form knows no +.
func (p *params) encode() string {
	slices.SortStableFunc(p.list, func(a, b Param) int { return strings.Compare(a.Key, b.Key) })
	parts := make([]string, len(p.list))
	for i, q := range p.list {
		parts[i] = escape(q.Key, "") + "=" + escape(q.Value, "")
	}
	return strings.Join(parts, "&")
}

func refused(key, why string) error {
	return problem(fmt.Sprintf("its parameter %q %s", key, why))
}
