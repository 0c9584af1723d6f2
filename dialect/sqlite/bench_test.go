package sqlite_test

import (
	"fmt"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// BenchmarkReflect reads 1,000 tables of 10 columns, 3 indexes and a foreign key.
func BenchmarkReflect(b *testing.B) {
	db := testdb.SQLite(b)
	conn, err := db.DB.Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	exec := func(q string) {
		if _, err := conn.ExecContext(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
	exec("BEGIN")
	for i := range 1000 {
		exec(fmt.Sprintf(`CREATE TABLE t%d (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b VARCHAR(50) DEFAULT 'x', c NUMERIC(10, 2), d DATETIME,
			e TEXT, f BOOLEAN DEFAULT 1, g INTEGER, h INTEGER CHECK (h > 0), p INTEGER REFERENCES t%d (id), UNIQUE (a))`, i, max(0, i-1)))
		for _, col := range "bcd" {
			exec(fmt.Sprintf("CREATE INDEX ix_%d_%c ON t%d (%c)", i, col, i, col))
		}
	}
	exec("COMMIT")
	d, err := sqlite.System().Detect(b.Context(), conn)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, err := d.Reflect(b.Context(), conn, dialect.Scope{})
		if err != nil || len(r.Tables) != 1000 || len(r.Problems) > 0 {
			b.Fatalf("%d tables, %v, %v", len(r.Tables), r.Problems, err)
		}
	}
}
