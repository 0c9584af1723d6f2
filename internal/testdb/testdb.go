// Package testdb gives tests real databases: a fresh one for each test, dropped
// when the test ends.
//
// A server is looked for in this order: the one that GOMIG_TEST_MYSQL,
// GOMIG_TEST_MARIADB, GOMIG_TEST_POSTGRES or GOMIG_TEST_TIDB names; binaries installed on this
// machine, started on a free port of 127.0.0.1 with throwaway data; none, which
// skips the test with the reason. GOMIG_TEST_REQUIRE=mysql,mariadb,postgres makes
// such skips failures. An unexpected error is never a skip.
//
// A server started here is shared by every test binary of the machine and user
// and goes away by itself some minutes after its last use, see [Start].
package testdb

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	// The drivers that the returned databases are opened with.
	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// DB is a fresh, empty database of one test.
type DB struct {
	Kind    Kind   // which product, as the server itself says
	Version string // the server's answer to SELECT VERSION()
	Name    string // of the database; for SQLite the path of the file
	URL     string // as alembic.ini has it: mysql://root@127.0.0.1:3306/name, sqlite:////path
	DSN     string // the same for the driver
	Driver  string // name of the database/sql driver: mysql, pgx, sqlite
	DB      *sql.DB

	server *Server // nil for SQLite
}

// MySQL returns a fresh database on a MySQL server, never on MariaDB.
func MySQL(t testing.TB) *DB { t.Helper(); return Open(t, KindMySQL) }

// MariaDB returns a fresh database on a MariaDB server.
func MariaDB(t testing.TB) *DB { t.Helper(); return Open(t, KindMariaDB) }

// Postgres returns a fresh database on a PostgreSQL server.
func Postgres(t testing.TB) *DB { t.Helper(); return Open(t, KindPostgres) }

// TiDB returns a fresh database on a TiDB server.
func TiDB(t testing.TB) *DB { t.Helper(); return Open(t, KindTiDB) }

// SQLite returns a fresh SQLite database in a file of its own.
func SQLite(t testing.TB) *DB { t.Helper(); return Open(t, KindSQLite) }

// Open returns a fresh database of the kind. It is dropped and its connections
// are closed when the test ends. Without a server the test is skipped or fails,
// as the package comment says.
func Open(t testing.TB, kind Kind) *DB {
	t.Helper()
	length := full
	if testing.Short() {
		length = short
	}
	apply(t, kind, nil, length)
	if kind == KindSQLite {
		db, err := NewSQLite(t.Context(), filepath.Join(t.TempDir(), "test.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.DB.Close() })
		return db
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	server, err := Start(ctx, kind)
	apply(t, kind, err, full)
	t.Cleanup(func() { _ = server.Close() })
	db, err := server.NewDatabase(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := db.Drop(ctx); err != nil {
			t.Error(err)
		}
	})
	return db
}

// patience bounds everything that waits for a server, its first start included.
const patience = 3 * time.Minute

// apply skips or fails the test as [judge] says.
func apply(t testing.TB, kind Kind, err error, length testLength) {
	t.Helper()
	if _, bad := parseKinds(os.Getenv(onlyEnv)); bad != nil {
		t.Fatalf("reading %s: %v", onlyEnv, bad)
	}
	switch v, why := judge(kind, err, os.Getenv(requireEnv), length); v {
	case skip:
		t.Skip(why)
	case fail:
		t.Fatal(why)
	case proceed:
	}
}
