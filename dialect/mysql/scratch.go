package mysql

import (
	"context"
	"fmt"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// CreateScratch makes a database with the collation of the connection's own, if
// it has one. The connection holds a lock of its name as long as it lives.
func (d *Dialect) CreateScratch(ctx context.Context, conn dialect.Conn) (string, error) {
	stem, err := scratchStem(ctx, conn)
	if err != nil {
		return "", fmt.Errorf("creating a scratch database: %w", err)
	}
	name := stem + "_h"
	// A server without such locks (a Galera cluster refuses them) goes by age alone.
	_ = query(ctx, conn, "SELECT GET_LOCK('"+name+"', 0)", func(*row) {})
	text := "CREATE DATABASE " + quoted(name)
	if c := d.set.schemaCollation[d.set.database]; c != "" {
		text += " COLLATE " + c
	}
	if _, err := conn.ExecContext(ctx, text); err != nil {
		return "", fmt.Errorf("creating a scratch database: %w", err)
	}
	return name, nil
}

// DropScratch drops the database and gives back the lock of its name.
func (d *Dialect) DropScratch(ctx context.Context, conn dialect.Conn, name string) error {
	if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+quoted(name)); err != nil {
		return fmt.Errorf("dropping the scratch database %q: %w", name, err)
	}
	_ = query(ctx, conn, "SELECT RELEASE_LOCK('"+name+"')", func(*row) {})
	return nil
}

// scratchStem is the beginning of a name that no other run has, by the server's
// own clock and numbers. What killed runs left is dropped.
func scratchStem(ctx context.Context, conn dialect.Conn) (stem string, err error) {
	var now time.Time
	err = query(ctx, conn, "SELECT UNIX_TIMESTAMP(), CONNECTION_ID(), CAST(FLOOR(RAND() * 1000000000) AS UNSIGNED)", func(r *row) {
		stem = dialect.ScratchPrefix + r.text(0) + "_" + r.text(1) + "_" + r.text(2)
		now, _ = dialect.ScratchBorn(stem)
	})
	if err != nil {
		return "", err
	}
	return stem, dropLeft(ctx, conn, now)
}

// dropLeft drops old scratch databases. One that cannot be dropped, because it is
// in use or another user's, is left: it is in nobody's way.
func dropLeft(ctx context.Context, conn dialect.Conn, now time.Time) error {
	var old []string
	const names = "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'gomig#_scratch#_%' ESCAPE '#'"
	err := query(ctx, conn, names, func(r *row) {
		if born, ok := dialect.ScratchBorn(r.text(0)); ok && now.Sub(born) > dialect.ScratchAge {
			old = append(old, r.text(0))
		}
	})
	for _, name := range old {
		free := true
		_ = query(ctx, conn, "SELECT IS_FREE_LOCK('"+name+"')", func(r *row) { free = r.text(0) != "0" })
		if free {
			_, _ = conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+quoted(name))
		}
	}
	return err
}

// ScratchFor takes over what decides the meaning of a table beyond its own
// text: the schemas with their collations, and the row format.
func (d *Dialect) ScratchFor(other dialect.Dialect) dialect.Dialect {
	o, ok := other.(*Dialect)
	if !ok {
		return d
	}
	c := *d
	c.set.database, c.set.schemaCollation = o.set.database, o.set.schemaCollation
	c.set.engine, c.set.rowFormat = o.set.engine, o.set.rowFormat
	return &c
}

var (
	_ dialect.ScratchDatabases = (*Dialect)(nil)
	_ dialect.ScratchFor       = (*Dialect)(nil)
)
