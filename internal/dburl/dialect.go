package dburl

import (
	"fmt"
	"slices"

	"github.com/gomig-dev/gomig/internal/nearest"
)

// Dialects lists the names a URL may begin with.
func Dialects() []string { return []string{MySQL, MariaDB, TiDB, PostgreSQL, SQLite} }

// dialect finds the dialect of a scheme. postgres is an old name of postgresql that servers of all kinds still hand out.
func dialect(name string) (string, error) {
	if name == "postgres" {
		return PostgreSQL, nil
	}
	if slices.Contains(Dialects(), name) {
		return name, nil
	}
	if len(name) > 30 {
		name = name[:30] + "…"
	}
	hint := ""
	if near := meant(name); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return "", problem(fmt.Sprintf("unknown dialect %q (known: mysql, mariadb, tidb, postgresql, sqlite)%s", name, hint))
}

// meant is the dialect that was probably meant.
func meant(name string) string {
	switch name {
	case "pg", "pgsql", "psql", "pgx", "cockroachdb", "cockroach", "redshift":
		return PostgreSQL
	case "sqlite2", "sqlite3", "file":
		return SQLite
	case "maria":
		return MariaDB
	}
	return nearest.Name(name, append(Dialects(), "postgres"), 3)
}
