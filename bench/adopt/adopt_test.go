package adopt_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golang-migrate/migrate/v4"
	"github.com/golang-migrate/migrate/v4/database"
	migratemysql "github.com/golang-migrate/migrate/v4/database/mysql"
	migratepgx "github.com/golang-migrate/migrate/v4/database/pgx/v5"
	migratesqlite "github.com/golang-migrate/migrate/v4/database/sqlite"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/pressly/goose/v3"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// tool is a tool whose history is taken over.
type tool struct {
	name  string
	write func(t *testing.T, dir string, list []migration)
	run   func(t *testing.T, db *testdb.DB, dir string, to int) // 0 runs all
	stamp func(first string) []string                           // arguments that stamp a database at the tenth
	ids   string                                                // the form of a revision's id
}

func tools(kind testdb.Kind) []tool {
	return []tool{
		{"goose", writeGoose, runGoose, nil, "%05d"},
		{"golang-migrate", writeMigrate, runMigrate, nil, "%06d"},
		{"sql", func(t *testing.T, dir string, list []migration) { writeScripts(t, dir, kind, list) }, runClient, func(id string) []string { return []string{"stamp", id} }, "%02d"},
	}
}

func runGoose(t *testing.T, db *testdb.DB, dir string, to int) {
	dialect := map[testdb.Kind]goose.Dialect{testdb.KindSQLite: goose.DialectSQLite3, testdb.KindPostgres: goose.DialectPostgres}[db.Kind]
	if dialect == "" {
		dialect = goose.DialectMySQL
	}
	p, err := goose.NewProvider(dialect, db.DB, os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if to == 0 {
		_, err = p.Up(t.Context())
	} else {
		_, err = p.UpTo(t.Context(), int64(to))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func runMigrate(t *testing.T, db *testdb.DB, dir string, to int) {
	dsn := db.DSN
	if db.Driver == "mysql" {
		mark := "?"
		if strings.Contains(dsn, "?") {
			mark = "&"
		}
		dsn += mark + "multiStatements=true"
	}
	conn, err := sql.Open(db.Driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var driver database.Driver
	switch db.Driver {
	case "mysql":
		driver, err = migratemysql.WithInstance(conn, &migratemysql.Config{})
	case "pgx":
		driver, err = migratepgx.WithInstance(conn, &migratepgx.Config{})
	default:
		driver, err = migratesqlite.WithInstance(conn, &migratesqlite.Config{NoTxWrap: true})
	}
	if err != nil {
		t.Fatal(err)
	}
	source, err := iofs.New(os.DirFS(dir), ".")
	if err != nil {
		t.Fatal(err)
	}
	m, err := migrate.NewWithInstance("iofs", source, "db", driver)
	if err != nil {
		t.Fatal(err)
	}
	if to == 0 {
		err = m.Up()
	} else {
		err = m.Migrate(uint(to))
	}
	if err != nil && !errors.Is(err, migrate.ErrNoChange) {
		t.Fatal(err)
	}
}

// runClient runs a folder of scripts with the database's own client.
func runClient(t *testing.T, db *testdb.DB, dir string, to int) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range paths {
		if strings.HasSuffix(path, ".down.sql") {
			continue
		}
		if n++; to != 0 && n > to {
			return
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		db.Client(t, string(text))
	}
}

// accounts are the tables of the tools themselves.
var accounts = []string{"alembic_version", "goose_db_version", "goose_db_version_id_seq", "schema_migrations"}

// TestAdopt takes histories of twenty migrations over. From scratch, and from the
// middle of what the tool itself ran, gomig ends in the schema that the tool ends
// in, and goes back to the one that the tool had there.
func TestAdopt(t *testing.T) {
	gomig := filepath.Join(t.TempDir(), "gomig")
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	command(t, root, nil, "go", "build", "-o", gomig, "./cmd/gomig")
	for _, kind := range testdb.Kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			for _, tool := range tools(kind) {
				t.Run(tool.name, func(t *testing.T) { adopt(t, gomig, root, kind, tool) })
			}
		})
	}
}

func adopt(t *testing.T, gomig, root string, kind testdb.Kind, tool tool) {
	whole, half, fresh := testdb.Open(t, kind), testdb.Open(t, kind), testdb.Open(t, kind)
	dir := t.TempDir()
	tool.write(t, filepath.Join(dir, "old"), history(kind))
	tool.run(t, whole, filepath.Join(dir, "old"), 0)
	tool.run(t, half, filepath.Join(dir, "old"), 10)
	want, middle := whole.Dump(t, accounts...), half.Dump(t, accounts...)

	project(t, dir, root)
	run := func(db *testdb.DB, args ...string) {
		t.Helper()
		command(t, dir, []string{"DATABASE_URL=" + db.URL}, gomig, args...)
	}
	tenth := fmt.Sprintf(tool.ids, 10)
	run(fresh, "init", "migrations")
	run(fresh, "import", tool.name, "old")
	run(fresh, "upgrade", "head")
	same(t, "from scratch", want, fresh.Dump(t, accounts...))
	run(fresh, "downgrade", tenth)
	same(t, "back to the tenth", middle, fresh.Dump(t, accounts...))
	if tool.stamp != nil {
		run(half, tool.stamp(tenth)...)
	} else {
		run(half, "import", tool.name, "--stamp")
	}
	run(half, "upgrade", "head")
	same(t, "from the middle", want, half.Dump(t, accounts...))
	run(fresh, "downgrade", "base")
	same(t, "back to nothing", testdb.Open(t, kind).Dump(t, accounts...), fresh.Dump(t, accounts...))
}

// project makes a module that needs what gomig needs.
func project(t *testing.T, dir, root string) {
	t.Helper()
	own, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	_, requires, _ := strings.Cut(string(own), "\n")
	write(t, filepath.Join(dir, "go.mod"), "module example.com/shop\n"+requires+
		"\nrequire github.com/gomig-dev/gomig v0.0.0-00010101000000-000000000000\n\nreplace github.com/gomig-dev/gomig => "+root+"\n")
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.sum"), string(sum))
}

func command(t *testing.T, dir string, env []string, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), name, args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GOFLAGS=-mod=mod"), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
}

func same(t *testing.T, when, want, got string) {
	t.Helper()
	if want != got {
		t.Errorf("%s the schema is\n%s\nwant\n%s", when, got, want)
	}
}
