package testdb_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// each runs a test on every kind.
func each(t *testing.T, test func(t *testing.T, kind testdb.Kind)) {
	t.Helper()
	for _, kind := range testdb.All() {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			test(t, kind)
		})
	}
}

func TestOpenGivesEmptyDatabase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind testdb.Kind) {
		db := testdb.Open(t, kind)
		if db.Kind != kind {
			t.Errorf("kind: got %v, want %v (version %s)", db.Kind, kind, db.Version)
		}
		query := "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" + db.Name + "'"
		switch kind {
		case testdb.KindSQLite:
			query = "SELECT COUNT(*) FROM sqlite_master"
		case testdb.KindPostgres:
			query = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"
		case testdb.KindMySQL, testdb.KindMariaDB, testdb.KindTiDB:
		}
		var tables int
		if err := db.DB.QueryRowContext(t.Context(), query).Scan(&tables); err != nil {
			t.Fatal(err)
		}
		if tables != 0 {
			t.Errorf("a fresh database has %d tables", tables)
		}
	})
}

func TestFlavor(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind testdb.Kind) {
		db := testdb.Open(t, kind)
		maria := strings.Contains(db.Version, "MariaDB")
		if maria != (kind == testdb.KindMariaDB) {
			t.Errorf("%v: the server says it is %q", kind, db.Version)
		}
	})
}

func TestDatabasesAreIsolated(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind testdb.Kind) {
		a, b := testdb.Open(t, kind), testdb.Open(t, kind)
		if a.Name == b.Name || a.URL == b.URL || a.DSN == b.DSN {
			t.Fatalf("two databases share a name: %q, %q", a.URL, b.URL)
		}
		for _, db := range []*testdb.DB{a, b} {
			if _, err := db.DB.ExecContext(t.Context(), "CREATE TABLE t (id INTEGER PRIMARY KEY)"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := a.DB.ExecContext(t.Context(), "INSERT INTO t VALUES (1)"); err != nil {
			t.Fatal(err)
		}
		var rows int
		if err := b.DB.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM t").Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows != 0 {
			t.Errorf("a row of one database shows in the other")
		}
	})
}

func TestClient(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind testdb.Kind) {
		db := testdb.Open(t, kind)
		script := "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20));\n" +
			"INSERT INTO t VALUES (1, 'žluť'), (2, 'b');\nSELECT id, name FROM t ORDER BY id;\n"
		if got, want := db.Client(t, script), "1\tžluť\n2\tb\n"; got != want {
			t.Errorf("client printed %q, want %q", got, want)
		}
		_, err := db.RunClient(t.Context(), "SELECT * FROM missing;\nINSERT INTO t VALUES (3, 'c');\n")
		if err == nil || !strings.Contains(err.Error(), "missing") {
			t.Errorf("failing script: got error %v, want one about the missing table", err)
		}
		if got := db.Client(t, "SELECT COUNT(*) FROM t;"); got != "2\n" {
			t.Errorf("the script went on after its error: %q rows", got)
		}
	})
}

// A test may forget a connection with an open transaction; the drop does not
// wait for it.
func TestDropEndsForgottenConnections(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind testdb.Kind) {
		if kind == testdb.KindSQLite {
			return // a file has no connections to end
		}
		t.Run("forgetful", func(t *testing.T) {
			db, other := testdb.Open(t, kind), testdb.Open(t, kind)
			if _, err := other.DB.ExecContext(t.Context(), "SELECT 1"); err != nil {
				t.Fatal(err)
			}
			if _, err := db.DB.ExecContext(t.Context(), "CREATE TABLE t (id INTEGER PRIMARY KEY)"); err != nil {
				t.Fatal(err)
			}
			// A context of its own, as the test's would end the transaction in time.
			tx, err := db.DB.BeginTx(context.Background(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.ExecContext(t.Context(), "SELECT * FROM t"); err != nil {
				t.Fatal(err)
			}
		})
	})
}

func TestStartOutsideTests(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, kind testdb.Kind) {
		if kind == testdb.KindSQLite {
			_, err := testdb.Start(t.Context(), kind)
			if err == nil {
				t.Error("SQLite has no server, but one was started")
			}
			return
		}
		testdb.Open(t, kind) // skips where there is none
		server, err := testdb.Start(t.Context(), kind)
		if err != nil {
			t.Fatal(err)
		}
		db, err := server.NewDatabase(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := db.DB.PingContext(t.Context()); err != nil {
			t.Error(err)
		}
		if err := errors.Join(db.Drop(t.Context()), server.Close()); err != nil {
			t.Error(err)
		}
	})
}
