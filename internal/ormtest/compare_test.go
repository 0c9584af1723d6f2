package ormtest

import (
	"context"
	"database/sql"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// servers are the databases that the libraries are held to.
var servers = []testdb.Kind{testdb.KindMariaDB, testdb.KindMySQL, testdb.KindPostgres}

// onEach runs a test on each server, with an empty database.
func onEach(t *testing.T, test func(t *testing.T, kind testdb.Kind, db *sql.DB)) {
	t.Helper()
	for _, kind := range servers {
		t.Run(kind.String(), func(t *testing.T) {
			test(t, kind, testdb.Open(t, kind).DB)
		})
	}
}

// noDifference fails if autogenerate sees a difference between the database and
// the metadata, leaving one table out.
func noDifference(t *testing.T, kind testdb.Kind, db *sql.DB, m *schema.Metadata, without string) {
	t.Helper()
	if err := m.Err(); err != nil {
		t.Fatal(err)
	}
	ctx := context.WithoutCancel(t.Context())
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	system := mysql.System()
	if kind == testdb.KindPostgres {
		system = postgres.System()
	}
	d, err := system.Detect(ctx, conn)
	if err != nil {
		t.Fatal(err)
	}
	got, err := autogen.Compare(ctx, d, conn, autogen.Options{
		Metadata: []*schema.Metadata{m}, IncludeTable: func(n schema.Name) bool { return n.Name != without },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range got.Warnings {
		t.Errorf("warning: %s", w)
	}
	for i, line := range got.Detected {
		t.Errorf("difference %d: %s", i, line)
	}
	for _, o := range got.Upgrade {
		t.Logf("would: %s", o)
	}
}
