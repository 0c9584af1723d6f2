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

// family finds the databases that a dialect's name belongs to.
func family(systems []dialect.System, name string) (dialect.System, error) {
	var known []string
	for _, s := range systems {
		if slices.Contains(s.Flavors(), name) || s.Name() == name {
			return s, nil
		}
		known = append(known, s.Flavors()...)
	}
	return nil, fmt.Errorf("configuring the environment: unknown dialect %q; known are %s", name, strings.Join(known, ", "))
}

// named gives the dialect that the options name: by the URL, or else outright.
// Nil means that they name none.
func named(systems []dialect.System, o Options) (system dialect.System, flavor string, err error) {
	if o.Dialect != "" {
		flavor = o.Dialect
		if system, err = family(systems, flavor); err != nil {
			return nil, "", err
		}
	}
	if o.URL == "" {
		return system, flavor, nil
	}
	u, err := dburl.Parse(o.URL)
	if err != nil {
		return nil, "", err
	}
	s, err := family(systems, u.Dialect)
	if err != nil {
		return nil, "", err
	}
	if system != nil && s.Name() != system.Name() {
		return nil, "", fmt.Errorf("configuring the environment: env.Options has the dialect %q and a URL of %s; leave one of them out", o.Dialect, u.Dialect)
	}
	return s, u.Dialect, nil
}

// offlineDialect is the dialect of a script, for a server of a version if one is given.
func offlineDialect(system dialect.System, flavor, version string) (dialect.Dialect, error) {
	if version == "" {
		return system.Offline(flavor), nil
	}
	v, ok := system.(dialect.VersionedOffline)
	if !ok {
		return nil, fmt.Errorf("configuring the environment: %s does not tell its versions apart; leave ServerVersion %q out of env.Options", system.Name(), version)
	}
	d, err := v.OfflineVersion(flavor, version)
	if err != nil {
		return nil, fmt.Errorf("configuring the environment: ServerVersion: %w", err)
	}
	return d, nil
}

// forScripts is an error if the options say something that a connection does not take.
func (o Options) forScripts() error {
	what := ""
	switch {
	case o.LiteralBinds:
		what = "LiteralBinds, which only scripts have"
	case o.ServerVersion != "":
		what = "a ServerVersion, which a connection says by itself"
	default:
		return nil
	}
	return fmt.Errorf("configuring the environment: env.Options has %s; set it in offline mode only (env.Context.IsOfflineMode)", what)
}

// online gives the family of the database behind a connection: as the options
// say, else as its driver says, else as the server itself does.
func online(ctx context.Context, systems []dialect.System, o Options, conn *connection, driver string) (dialect.System, error) {
	system, name, err := named(systems, o)
	if err != nil {
		return nil, err
	}
	if driver != "" {
		s, err := family(systems, driver)
		if err != nil {
			return nil, err
		}
		if system != nil && s.Name() != system.Name() {
			return nil, fmt.Errorf("configuring the environment: env.Options says %s, but its connection is one to %s", name, s.Name())
		}
		return s, nil
	}
	if system != nil {
		return system, nil
	}
	if name = ask(ctx, conn); name == "" {
		return nil, errors.New("configuring the environment: which database it is does not show; give env.Options a URL or a Dialect")
	}
	return family(systems, name)
}

// ask asks a server of unknown make. PostgreSQL and the MySQL family have the
// function, so that a caller's transaction stays whole; SQLite has its own.
func ask(ctx context.Context, conn dialect.Conn) string {
	var text string
	if conn.QueryRowContext(ctx, "SELECT version()").Scan(&text) == nil {
		if strings.HasPrefix(text, "PostgreSQL") || strings.HasPrefix(text, "CockroachDB") {
			return "postgresql"
		}
		return "mysql"
	}
	if conn.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&text) == nil {
		return "sqlite"
	}
	return ""
}

// connDialect is what the driver of a connection is for; empty if its name does not tell.
func connDialect(c *sql.Conn) (name string) {
	_ = c.Raw(func(dc any) error {
		name = driverDialect(fmt.Sprintf("%T", dc))
		return nil
	})
	return name
}

// driverDialect tells the dialect by the type of a driver's connection.
func driverDialect(typ string) string {
	pkg, _, _ := strings.Cut(strings.TrimPrefix(typ, "*"), ".")
	switch pkg {
	case "mysql":
		return "mysql"
	case "stdlib", "pgx", "pq":
		return "postgresql"
	case "sqlite", "sqlite3":
		return "sqlite"
	}
	return ""
}
