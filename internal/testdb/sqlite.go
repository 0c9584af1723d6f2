package testdb

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
)

// NewSQLite opens the SQLite database in the file at path, which is made if it
// does not exist. It is closed by [DB.Drop], which leaves the file to its folder.
func NewSQLite(ctx context.Context, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening SQLite %q: %w", path, err)
	}
	d := &DB{
		Kind: KindSQLite, Name: path, Driver: KindSQLite.driver(),
		URL: "sqlite:///" + filepath.ToSlash(path),
		// Two connections of one test wait for each other instead of failing.
		DSN: path + "?_pragma=busy_timeout(10000)",
	}
	if d.DB, err = sql.Open(d.Driver, d.DSN); err != nil {
		return nil, fmt.Errorf("opening SQLite %q: %w", path, err)
	}
	if err := d.DB.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&d.Version); err != nil {
		return nil, fmt.Errorf("opening SQLite %q: %w", path, joinClose(err, d.DB))
	}
	return d, nil
}
