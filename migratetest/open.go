package migratetest

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// open gives an empty database for one test.
func (s Suite) open(t testing.TB) *Database {
	t.Helper()
	d := &Database{t: t, suite: s}
	switch {
	case s.Open != nil && s.DB != nil:
		t.Fatal("migratetest.Suite has both Open and DB: give one of them")
	case s.Open != nil:
		if d.DB = s.Open(t); d.DB == nil {
			t.Fatal("the Open function of migratetest.Suite gave no database")
		}
	case s.DB != nil:
		d.DB = s.DB
	default:
		d.DB = openSQLite(t)
	}
	d.refuseUsed()
	if s.DB != nil {
		t.Cleanup(d.empty)
	}
	return d
}

// openSQLite opens a new file, by whatever driver the test has.
func openSQLite(t testing.TB) *sql.DB {
	t.Helper()
	drivers := sql.Drivers()
	i := slices.IndexFunc(drivers, func(name string) bool { return name == "sqlite" || name == "sqlite3" })
	if i < 0 {
		t.Fatal(`there is no driver for SQLite: import _ "modernc.org/sqlite" in the test, or give migratetest.Suite a DB`)
	}
	db, err := sql.Open(drivers[i], filepath.Join(t.TempDir(), "migratetest.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// refuseUsed ends the test if the database holds anything: it is not to be lost.
func (d *Database) refuseUsed() {
	d.t.Helper()
	m := d.migration()
	defer d.close(m)
	r, err := d.reflect(m)
	if err != nil {
		d.t.Fatalf("reflecting the database: %v", err)
	}
	heads, err := m.CurrentHeads(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	switch {
	case len(r.Tables) > 0:
		d.t.Fatalf("the database is not empty: it has the table %s; give migratetest.Suite a database of its own, which the tests may fill and empty", r.Tables[0].Name)
	case len(heads) > 0:
		d.t.Fatalf("the database is at revision %s already; give migratetest.Suite a database of its own, which the tests may fill and empty", heads[0])
	}
}

// empty removes what a test has left in a database that others use after it.
func (d *Database) empty() {
	d.t.Helper()
	ctx := outlive(d.t)
	m, err := env.NewMigration(ctx, d.suite.embedded(), d.suite.options(d.DB))
	if err != nil {
		d.t.Errorf("emptying the database behind the test: %v", err)
		return
	}
	_ = m.Downgrade(ctx, "base") // what is left then has no way back
	if err := errors.Join(drop(ctx, m), m.Close()); err != nil {
		d.t.Errorf("emptying the database behind the test: %v", err)
	}
}

// drop drops every table that takes part in autogenerate, and the version table.
func drop(ctx context.Context, m *env.Migration) error {
	conn, err := m.Conn()
	if err != nil {
		return err
	}
	options := m.AutogenerateOptions()
	options.Metadata = []*schema.Metadata{schema.NewMetadata(schema.Options{})}
	r, err := autogen.Compare(ctx, m.Dialect(), conn, options)
	if err != nil {
		return err
	}
	o := m.Operations(ctx)
	for _, p := range r.Upgrade {
		o.Invoke(p)
	}
	version := options.VersionTable
	exists, err := m.Dialect().HasTable(ctx, conn, version)
	if err == nil && exists {
		o.Schema(version.Schema).DropTable(version.Name)
	}
	return errors.Join(err, o.Err())
}

// graph is the history.
func (s Suite) graph() (*revision.Map, error) {
	list, err := script.Join(s.Scripts...)
	if err != nil {
		return nil, err
	}
	return script.Graph(list)
}
