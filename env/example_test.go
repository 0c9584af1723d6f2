package env_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	_ "modernc.org/sqlite"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// A program migrates its own database when it starts. The revisions are those
// of its package of versions; there is no alembic.ini and no file to read.
func ExampleNewMigration() {
	var scripts script.Set // versions.Scripts
	scripts.Add(script.Revision{ID: "3512b954651e", Upgrade: func(_ context.Context, o *op.Operations) error {
		o.CreateTable("account",
			schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("name", schema.String(50), schema.NotNull()),
		)
		return o.Err()
	}})

	ctx := context.Background()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection would be another memory

	if err := migrate(ctx, db, &scripts); err != nil {
		fmt.Println(err)
		return
	}
	var name string
	err = db.QueryRowContext(ctx, "SELECT name FROM sqlite_schema WHERE name = 'account'").Scan(&name)
	fmt.Println(name, err)
	// Output:
	// at 3512b954651e
	// account <nil>
}

func migrate(ctx context.Context, db *sql.DB, scripts *script.Set) error {
	m, err := env.NewMigration(ctx, env.Embedded{
		Systems: []dialect.System{sqlite.System()},
		Scripts: []*script.Set{scripts},
	}, env.Options{DB: db})
	if err != nil {
		return err
	}
	defer m.Close()
	if err := m.Upgrade(ctx, "head"); err != nil {
		return err
	}
	at, err := m.CurrentRevision(ctx)
	fmt.Println("at", at)
	return err
}

// The same revisions as a script, for somebody else to run.
func ExampleEmbedded_script() {
	var scripts script.Set
	scripts.Add(script.Revision{ID: "3512b954651e", Upgrade: func(_ context.Context, o *op.Operations) error {
		o.Exec("CREATE TABLE account (id INTEGER PRIMARY KEY)")
		return o.Err()
	}})
	ctx := context.Background()
	m, err := env.NewMigration(ctx, env.Embedded{
		Systems: []dialect.System{sqlite.System()},
		Scripts: []*script.Set{&scripts},
		Script:  os.Stdout,
	}, env.Options{Dialect: "sqlite"})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := m.Upgrade(ctx, "head"); err != nil {
		fmt.Println(err)
	}
	// Output:
	// PRAGMA foreign_keys = OFF;
	//
	// CREATE TABLE temp."_gomig_broken_references" ("table", "row", "parent", "fresh", CONSTRAINT "rows refer to rows that do not exist" CHECK ("fresh" = 0));
	//
	// INSERT INTO temp."_gomig_broken_references" SELECT *, 0 FROM (SELECT "table", "rowid", "parent" FROM pragma_foreign_key_check);
	//
	// BEGIN;
	//
	// CREATE TABLE "alembic_version" (
	//     "version_num" VARCHAR(32) NOT NULL,
	//     CONSTRAINT "alembic_version_pkc" PRIMARY KEY ("version_num")
	// );
	//
	// -- Running upgrade  -> 3512b954651e
	//
	// CREATE TABLE account (id INTEGER PRIMARY KEY);
	//
	// INSERT INTO "alembic_version" ("version_num") VALUES ('3512b954651e');
	//
	// INSERT OR ROLLBACK INTO temp."_gomig_broken_references" SELECT *, 1 FROM (SELECT "table", "rowid", "parent" FROM pragma_foreign_key_check EXCEPT SELECT "table", "row", "parent" FROM temp."_gomig_broken_references");
	//
	// COMMIT;
	//
	// DROP TABLE temp."_gomig_broken_references";
	//
	// PRAGMA foreign_keys = ON;
}
