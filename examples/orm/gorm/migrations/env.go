// Package migrations is the migration environment: every gomig command that needs the database calls Run.
// Set target to your own metadata, so that `gomig revision --autogenerate` and `gomig check` know what the database
// should look like; change the functions below to connect in another way.
package migrations

import (
	"context"

	// The driver of the database. Others that gomig knows by their URLs:
	// modernc.org/sqlite, github.com/go-sql-driver/mysql, github.com/jackc/pgx/v5/stdlib. This one is what
	// the SQLite driver of GORM without C brings; two cannot both be called sqlite.
	_ "github.com/glebarez/go-sqlite"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/examples/orm/gorm/models"
)

// target is the schema that autogenerate compares the database with (target_metadata in env.py).
var target = models.Metadata

// Run is called by every command that needs the database (run_migrations in env.py).
func Run(ctx context.Context, e *env.Context) error {
	if e.IsOfflineMode() {
		return runOffline(ctx, e)
	}
	return runOnline(ctx, e)
}

// runOffline writes an SQL script: it needs the URL to know the dialect, but no connection.
func runOffline(ctx context.Context, e *env.Context) error {
	url, err := e.DatabaseURL()
	if err != nil {
		return err
	}
	err = e.Configure(ctx, env.Options{
		URL:            url,
		TargetMetadata: env.Targets(target),
		LiteralBinds:   true,
	})
	if err != nil {
		return err
	}
	return e.RunMigrations(ctx)
}

// runOnline connects to the database and migrates it.
func runOnline(ctx context.Context, e *env.Context) error {
	url, err := e.DatabaseURL()
	if err != nil {
		return err
	}
	db, err := e.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	err = e.Configure(ctx, env.Options{
		DB:             db,
		URL:            url,
		TargetMetadata: env.Targets(target),
	})
	if err != nil {
		return err
	}
	return e.RunMigrations(ctx)
}
