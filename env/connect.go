package env

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/dburl"
)

// pick finds the family of databases and the flavour that the options mean.
func pick(systems []dialect.System, o Options, driver string) (dialect.System, string, error) {
	name := o.Dialect
	if o.URL != "" {
		u, err := dburl.Parse(o.URL)
		if err != nil {
			return nil, "", fmt.Errorf("reading the database URL: %w", err)
		}
		name = u.Dialect
	}
	if name == "" {
		name = driver
	}
	if name == "" {
		return nil, "", errors.New("configuring the environment: which database it is does not show; give env.Options a URL or a Dialect")
	}
	var known []string
	for _, s := range systems {
		if slices.Contains(s.Flavors(), name) || s.Name() == name {
			return s, name, nil
		}
		known = append(known, s.Flavors()...)
	}
	return nil, "", fmt.Errorf("configuring the environment: unknown dialect %q; known are %s", name, strings.Join(known, ", "))
}

// driverDialect guesses the dialect from the type of a driver's connection.
func driverDialect(conn any) string {
	t := fmt.Sprintf("%T", conn)
	for _, g := range []struct{ part, dialect string }{
		{"mysql", "mysql"}, {"stdlib", "postgresql"}, {"pgx", "postgresql"}, {"pq.", "postgresql"}, {"sqlite", "sqlite"},
	} {
		if strings.Contains(t, g.part) {
			return g.dialect
		}
	}
	return ""
}

// connection is the one connection of a run.
type connection struct {
	dialect.Conn
	caller bool         // in the caller's own transaction
	close  func() error // gives back what the run took
}

// connect gives the connection that the options name.
func connect(ctx context.Context, setup Setup, o Options) (*connection, string, error) {
	nothing := func() error { return nil }
	switch {
	case o.Tx != nil:
		return &connection{Conn: o.Tx, caller: true, close: nothing}, "", nil
	case o.Conn != nil:
		return &connection{Conn: o.Conn, close: nothing}, connDialect(o.Conn), nil
	case o.DB != nil:
		c, err := o.DB.Conn(ctx)
		if err != nil {
			return nil, "", fmt.Errorf("taking a connection of the pool: %w", err)
		}
		return &connection{Conn: c, close: c.Close}, connDialect(c), nil
	case o.URL != "":
		e := Context{setup: setup}
		db, err := e.Open(ctx, o.URL)
		if err != nil {
			return nil, "", err
		}
		c, err := db.Conn(ctx)
		if err != nil {
			return nil, "", errors.Join(fmt.Errorf("taking a connection of the pool: %w", err), db.Close())
		}
		return &connection{Conn: c, close: func() error { return errors.Join(c.Close(), db.Close()) }}, "", nil
	}
	return nil, "", errors.New("configuring the environment: give env.Options a DB, a Conn, a Tx or a URL")
}

func connDialect(c *sql.Conn) (name string) {
	_ = c.Raw(func(dc any) error {
		name = driverDialect(dc)
		return nil
	})
	return name
}
