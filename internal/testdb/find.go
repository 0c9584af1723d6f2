package testdb

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// sbin are the folders of servers that are often not on the PATH.
var sbin = []string{"/usr/local/sbin", "/usr/sbin", "/usr/local/bin", "/usr/bin", "/usr/libexec", "/opt/homebrew/bin"}

// program returns the path of the first of the names that is found in one of
// the folders, on the PATH or among the usual places, in that order.
func program(dirs []string, names ...string) (string, bool) {
	for _, dir := range dirs {
		for _, name := range names {
			if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
				return path, true
			}
		}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			if path, err = filepath.Abs(path); err == nil {
				return path, true
			}
		}
	}
	for _, dir := range sbin {
		for _, name := range names {
			if path, err := exec.LookPath(filepath.Join(dir, name)); err == nil {
				return path, true
			}
		}
	}
	return "", false
}

// mysqlCache is where scripts/get-mysql puts MySQL.
func mysqlCache() string { return cached("gomig-mysql") }

// cached is the folder of the programs that a script under scripts keeps in the
// user's cache; empty if there is none.
func cached(name string) string {
	dir := os.Getenv("XDG_CACHE_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(home, ".cache")
	}
	return filepath.Join(dir, name, "bin")
}

// findMySQLd returns a mysqld that is MySQL's.
func findMySQLd(ctx context.Context) (string, error) {
	if path := os.Getenv("GOMIG_MYSQLD"); path != "" {
		if isMariaDB(ctx, path) {
			return "", fmt.Errorf("GOMIG_MYSQLD=%s is MariaDB's, not MySQL's", path)
		}
		return path, nil
	}
	for _, path := range []string{"mysqld", filepath.Join(mysqlCache(), "mysqld")} {
		if path, err := exec.LookPath(path); err == nil && !isMariaDB(ctx, path) {
			return filepath.Abs(path)
		}
	}
	return "", &UnavailableError{
		KindMySQL, "no mysqld of MySQL found",
		"run scripts/get-mysql, or set GOMIG_MYSQLD to one or GOMIG_TEST_MYSQL to a server's URL",
	}
}

// findMariaDBd returns a MariaDB server and the program that makes its data folder.
func findMariaDBd(ctx context.Context) (server, install string, err error) {
	missing := func(what string) error {
		return &UnavailableError{
			KindMariaDB, what + " not found",
			"install mariadb-server (apt-get install mariadb-server), or set GOMIG_TEST_MARIADB to a server's URL",
		}
	}
	server, ok := program(nil, "mariadbd")
	if !ok {
		if server, ok = program(nil, "mysqld"); !ok || !isMariaDB(ctx, server) {
			return "", "", missing("mariadbd")
		}
	}
	install, ok = program([]string{filepath.Dir(server)}, "mariadb-install-db", "mysql_install_db")
	if !ok {
		return "", "", missing("mariadb-install-db")
	}
	return server, install, nil
}

func isMariaDB(ctx context.Context, server string) bool {
	out, err := exec.CommandContext(ctx, server, "--version").Output()
	return err == nil && flavor(string(out)) == KindMariaDB
}

// findPostgres returns the folder of a PostgreSQL server's programs. Debian
// keeps them off the PATH, one folder a version; the newest is taken.
func findPostgres() (string, error) {
	if dir := os.Getenv("GOMIG_POSTGRES"); dir != "" {
		if _, err := exec.LookPath(filepath.Join(dir, "initdb")); err != nil {
			return "", fmt.Errorf("GOMIG_POSTGRES=%s is not the folder of a PostgreSQL server: %w", dir, err)
		}
		return dir, nil
	}
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is well-formed
	slices.SortFunc(dirs, func(a, b string) int { return debianVersion(b) - debianVersion(a) })
	for _, name := range []string{"postgres", "initdb"} {
		if path, err := exec.LookPath(name); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	dirs = append(dirs, "/usr/local/pgsql/bin", "/opt/homebrew/bin")
	for _, dir := range dirs {
		_, err1 := exec.LookPath(filepath.Join(dir, "postgres"))
		_, err2 := exec.LookPath(filepath.Join(dir, "initdb"))
		if err1 == nil && err2 == nil {
			return dir, nil
		}
	}
	return "", &UnavailableError{
		KindPostgres, "no postgres and initdb found",
		"install postgresql (apt-get install postgresql), or set GOMIG_POSTGRES to their folder or GOMIG_TEST_POSTGRES to a server's URL",
	}
}

// findTiDB returns a TiDB server.
func findTiDB() (string, error) {
	if path := os.Getenv("GOMIG_TIDB"); path != "" {
		return path, nil
	}
	for _, path := range []string{"tidb-server", filepath.Join(cached("gomig-tidb"), "tidb-server")} {
		if path, err := exec.LookPath(path); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", &UnavailableError{
		KindTiDB, "no tidb-server found",
		"run scripts/get-tidb, which compiles one in some minutes, or set GOMIG_TIDB to one or GOMIG_TEST_TIDB to a server's URL",
	}
}

// debianVersion is the 15 of /usr/lib/postgresql/15/bin.
func debianVersion(dir string) int {
	v, _ := strconv.ParseFloat(filepath.Base(filepath.Dir(dir)), 64)
	return int(v * 10) // 9.6 is below 10
}

// foundClientDirs are the folders where the client that belongs to a server of
// the kind may lie, apart from the PATH.
func foundClientDirs(kind Kind) []string {
	switch kind {
	case KindMySQL:
		dirs := []string{mysqlCache()}
		if path := os.Getenv("GOMIG_MYSQLD"); path != "" {
			dirs = slices.Insert(dirs, 0, filepath.Dir(path))
		}
		return dirs
	case KindPostgres:
		if dir, err := findPostgres(); err == nil {
			return []string{dir}
		}
	case KindMariaDB, KindSQLite, KindTiDB:
	}
	return nil
}

// quiet is an environment without the variables that would lead a database's
// own programs to another server or configuration.
func quiet(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		for _, prefix := range []string{"PG", "MYSQL_", "MARIADB_"} {
			if strings.HasPrefix(v, prefix) {
				return true
			}
		}
		return false
	})
}
