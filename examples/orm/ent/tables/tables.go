// Package tables takes the schema that ent generates for gomig's own. Of what ent
// generates, this example keeps the package migrate alone.
package tables

import (
	"context"
	"database/sql"
	"fmt"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	entschema "entgo.io/ent/dialect/sql/schema"
	_ "modernc.org/sqlite" // the driver

	"github.com/gomig-dev/gomig/examples/orm/ent/ent/migrate"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/schema/atlasschema"
)

// Metadata is the schema as ent would make it on SQLite. Ent asks a database for
// its version and settings: here an empty one in memory.
func Metadata(ctx context.Context) (*schema.Metadata, error) {
	db, err := sql.Open("sqlite", ":memory:?_pragma=foreign_keys(1)")
	if err != nil {
		return nil, fmt.Errorf("reading ent's tables: %w", err)
	}
	defer db.Close()
	m, err := entschema.NewMigrate(entsql.OpenDB(dialect.SQLite, db))
	if err != nil {
		return nil, fmt.Errorf("reading ent's tables: %w", err)
	}
	realm, err := m.StateReader(migrate.Tables...)(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading ent's tables: %w", err)
	}
	return atlasschema.Metadata(realm, atlasschema.Options{})
}
