package main

import (
	"context"
	"errors"
	"fmt"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/mysql"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// atlas is the library of Atlas, whose drivers are the open ones.
type atlas struct{}

func (atlas) name() string { return "Atlas" }

// atlasDriver opens a connection's driver.
func atlasDriver(k testdb.Kind, db schema.ExecQuerier) (migrate.Driver, error) {
	switch k {
	case testdb.KindSQLite:
		return sqlite.Open(db)
	case testdb.KindPostgres:
		return postgres.Open(db)
	default:
		return mysql.Open(db)
	}
}

// compare gives the statements of the plan, or the kinds of the changes where
// nothing is planned for them.
func (atlas) compare(ctx context.Context, from, to state) (found, _ []string, err error) {
	err = diff(ctx, from.db, to.db, func(d migrate.Driver, changes []schema.Change) error {
		if plan, err := d.PlanChanges(ctx, "plan", changes); err == nil {
			for _, c := range plan.Changes {
				found = append(found, c.Cmd)
			}
		}
		if len(found) == 0 {
			for _, c := range changes {
				found = append(found, fmt.Sprintf("%T", c))
			}
		}
		return nil
	})
	return found, nil, err
}

func (atlas) apply(ctx context.Context, from, to state) error {
	return diff(ctx, from.db, to.db, func(d migrate.Driver, changes []schema.Change) error {
		return d.ApplyChanges(ctx, changes)
	})
}

// diff inspects two databases, which it does anew each time since a comparison
// changes what it is given, and calls f with what leads the first to the second.
func diff(ctx context.Context, a, b *testdb.DB, f func(migrate.Driver, []schema.Change) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.Join(err, fmt.Errorf("panic: %v", r))
		}
	}()
	from, have, err := inspect(ctx, a)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.close()) }()
	to, want, err := inspect(ctx, b)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.close()) }()
	want.Name = have.Name // which two databases of one server cannot share
	// Both come from a server, so nothing has to be brought into its words.
	changes, err := from.SchemaDiff(have, want, schema.DiffNormalized())
	if err != nil || len(changes) == 0 {
		return err
	}
	return f(from.Driver, changes)
}

// inspector is a driver with the connection that it works on.
type inspector struct {
	migrate.Driver
	close func() error
}

func inspect(ctx context.Context, db *testdb.DB) (*inspector, *schema.Schema, error) {
	conn, err := db.DB.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	d, err := atlasDriver(db.Kind, conn)
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	s, err := d.InspectSchema(ctx, "", nil)
	if err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return &inspector{d, conn.Close}, s, nil
}
