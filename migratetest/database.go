package migratetest

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/op"
)

// Database is a database at some revision, for a test of what the next ones do
// to its rows:
//
//	d := migratetest.Before(t, suite, "c5e09b1347fd")
//	d.Insert("customer", op.Row{"id": 1, "first_name": "Ada", "last_name": "Lovelace"})
//	d.Upgrade("c5e09b1347fd")
//	got := d.Rows("SELECT full_name FROM customer")
//
// Its methods end the test if they fail.
type Database struct {
	DB *sql.DB

	t     testing.TB
	suite Suite
}

// At is a database that was upgraded to a revision, which may be any symbol that
// `gomig upgrade` takes: "head", "base+3", the beginning of an id. It goes when the test ends.
func At(t testing.TB, s Suite, target string) *Database {
	t.Helper()
	d := s.open(t)
	if target != "base" {
		d.Upgrade(target)
	}
	return d
}

// Before is a database at which a revision is the next one to run: all that it
// follows and depends on is applied.
func Before(t testing.TB, s Suite, target string) *Database {
	t.Helper()
	d := s.open(t)
	g, err := s.graph()
	if err != nil {
		t.Fatalf("reading the revisions: %v", err)
	}
	n, err := g.ResolveOne(target, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n == nil {
		t.Fatalf("there is nothing before %s", target)
	}
	plan, err := g.Upgrade(nil, n.ID())
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range plan.Steps {
		if step.Revision != n {
			d.Upgrade(step.Revision.ID())
		}
	}
	return d
}

// Upgrade runs revisions up to a target.
func (d *Database) Upgrade(target string) {
	d.t.Helper()
	if err := d.up(target); err != nil {
		d.t.Fatalf("upgrading to %s: %v", target, err)
	}
}

// Downgrade takes revisions back to a target.
func (d *Database) Downgrade(target string) {
	d.t.Helper()
	if err := d.down(target); err != nil {
		d.t.Fatalf("downgrading to %s: %v", target, err)
	}
}

func (d *Database) up(target string) error {
	m := d.migration()
	defer d.close(m)
	return m.Upgrade(d.t.Context(), target)
}

func (d *Database) down(target string) error {
	m := d.migration()
	defer d.close(m)
	return m.Downgrade(d.t.Context(), target)
}

// Insert inserts rows, which must all have the same columns; values are what
// [op.Row] takes.
func (d *Database) Insert(table string, rows ...op.Row) {
	d.t.Helper()
	m := d.migration()
	defer d.close(m)
	o := m.Operations(d.t.Context())
	o.BulkInsert(table, rows...)
	if err := o.Err(); err != nil {
		d.t.Fatal(err)
	}
}

// Exec executes one statement.
func (d *Database) Exec(query string, args ...any) {
	d.t.Helper()
	if _, err := d.DB.ExecContext(d.t.Context(), query, args...); err != nil {
		d.t.Fatalf("%s: %v", query, err)
	}
}

// Rows is what a query gives, as text, which is the same with every driver: NULL
// is "NULL", a time is as RFC 3339 has it.
func (d *Database) Rows(query string, args ...any) [][]string {
	d.t.Helper()
	out, err := d.rows(query, args)
	if err != nil {
		d.t.Fatalf("%s: %v", query, err)
	}
	return out
}

func (d *Database) rows(query string, args []any) (out [][]string, err error) {
	rows, err := d.DB.QueryContext(d.t.Context(), query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, to := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		to[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		row := make([]string, len(values))
		for i, v := range values {
			row[i] = text(v)
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// text is a value of a driver as text.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return "NULL"
	case []byte:
		return string(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(v)
}

// migration is for one piece of work: the database may be one with a single
// connection, such as SQLite's :memory:.
func (d *Database) migration() *env.Migration {
	d.t.Helper()
	m, err := env.NewMigration(d.t.Context(), d.suite.embedded(), d.suite.options(d.DB))
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

func (d *Database) close(m *env.Migration) {
	d.t.Helper()
	if err := m.Close(); err != nil {
		d.t.Errorf("giving back the connection: %v", err)
	}
}
