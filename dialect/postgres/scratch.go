package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// CreateScratch makes a database, and not a schema of one: a revision may name
// schemas, create some, and add extensions, and in a database of its own all of
// that means what it says. It needs the right CREATEDB.
func (s server) CreateScratch(ctx context.Context, conn dialect.Conn) (string, error) {
	var stem string
	var now int64
	const query = `SELECT extract(epoch FROM now())::bigint, pg_catalog.pg_backend_pid() || '_' || floor(random() * 1000000000)::bigint`
	if err := conn.QueryRowContext(ctx, query).Scan(&now, &stem); err != nil {
		return "", fmt.Errorf("creating a scratch database: %w", err)
	}
	if err := dropLeft(ctx, conn, time.Unix(now, 0)); err != nil {
		return "", fmt.Errorf("creating a scratch database: %w", err)
	}
	name := fmt.Sprintf("%s%d_%s", dialect.ScratchPrefix, now, stem)
	if _, err := conn.ExecContext(ctx, "CREATE DATABASE "+quoteIdent(name)); err != nil {
		return "", fmt.Errorf("creating a scratch database: %w", err)
	}
	return name, nil
}

// DropScratch drops the database and ends the connections to it.
func (s server) DropScratch(ctx context.Context, conn dialect.Conn, name string) error {
	if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+quoteIdent(name)+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("dropping the scratch database %q: %w", name, err)
	}
	return nil
}

// dropLeft drops what killed runs left. The server refuses to drop a database
// that somebody is connected to, and another user's: those stay.
func dropLeft(ctx context.Context, conn dialect.Conn, now time.Time) error {
	old, err := leftNames(ctx, conn, now)
	for _, name := range old {
		_, _ = conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+quoteIdent(name))
	}
	return err
}

func leftNames(ctx context.Context, conn dialect.Conn, now time.Time) (old []string, err error) {
	rows, err := conn.QueryContext(ctx, `SELECT datname FROM pg_catalog.pg_database WHERE datname LIKE 'gomig\_scratch\_%' ORDER BY datname`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if born, ok := dialect.ScratchBorn(name); ok && now.Sub(born) > dialect.ScratchAge {
			old = append(old, name)
		}
	}
	return old, rows.Err()
}

// ScratchFor takes over the time zone and the styles, in which the server spells what
// expressions hold, and the default schema and the search path, by which it finds what
// they name and says where that is.
func (s server) ScratchFor(other dialect.Dialect) dialect.Dialect {
	if o, ok := other.(server); ok {
		s.zone, s.schema, s.others = o.zone, o.schema, o.settings
	}
	return s
}

var (
	_ dialect.ScratchDatabases = server{}
	_ dialect.ScratchFor       = server{}
)
