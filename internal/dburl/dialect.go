package dburl

import (
	"fmt"
	"slices"
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
	if near := nearest(name); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return "", problem(fmt.Sprintf("unknown dialect %q (known: mysql, mariadb, tidb, postgresql, sqlite)%s", name, hint))
}

// nearest is the dialect that was probably meant.
func nearest(name string) string {
	switch name {
	case "pg", "pgsql", "psql", "pgx", "cockroachdb", "cockroach", "redshift":
		return PostgreSQL
	case "sqlite2", "sqlite3", "file":
		return SQLite
	case "maria":
		return MariaDB
	}
	best, at := "", 3
	for _, known := range append(Dialects(), "postgres") {
		if d := distance(name, known); d < at {
			best, at = known, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
