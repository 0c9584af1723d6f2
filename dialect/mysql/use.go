package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
)

var _ dialect.SchemaSwitcher = system{}

// SwitchSchema makes a database the session's (USE). There is no way back to
// none: the connection is then not to be used any more.
func (system) SwitchSchema(ctx context.Context, conn dialect.Conn, name string, _ bool) (func(context.Context) error, error) {
	var before sql.NullString
	if err := conn.QueryRowContext(ctx, "SELECT DATABASE()").Scan(&before); err != nil {
		return nil, fmt.Errorf("switching to database %q: %w", name, err)
	}
	if err := use(ctx, conn, name); err != nil {
		return nil, fmt.Errorf("switching to database %q: %w; create it first, or look at its name", name, err)
	}
	return func(ctx context.Context) error {
		if !before.Valid {
			return errNoDatabase
		}
		if err := use(ctx, conn, before.String); err != nil {
			return fmt.Errorf("switching back to database %q: %w", before.String, err)
		}
		return nil
	}, nil
}

var errNoDatabase = errors.New("switching back to no database: MySQL cannot; close the connection, or connect to a database")

func use(ctx context.Context, conn dialect.Conn, name string) error {
	q, err := (&Dialect{}).Quote(name)
	if err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "USE "+q)
	return err
}

// SwitchSchemaScript is USE.
func (system) SwitchSchemaScript(name string) ([]dialect.SQL, error) {
	q, err := (&Dialect{}).Quote(name)
	if err != nil {
		return nil, err
	}
	return []dialect.SQL{{Text: "USE " + q}}, nil
}
