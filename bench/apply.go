package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"

	"github.com/gomig-dev/gomig/bench/alchemy"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// engine is a server with what each program calls it.
type engine struct {
	kind                          testdb.Kind
	name, gomig, goose, gooseName string
}

var engines = []engine{
	{testdb.KindSQLite, "SQLite", "sqlite", "sqlite3", "sqlite"},
	{testdb.KindMariaDB, "MariaDB", "mariadb", "mysql", "mysql"},
	{testdb.KindMySQL, "MySQL", "mysql", "mysql", "mysql"},
	{testdb.KindPostgres, "PostgreSQL", "postgresql", "postgres", "pgx"},
}

// database is a fresh database of an engine.
func (b *bench) database(ctx context.Context, e engine, s *testdb.Server) (*testdb.DB, error) {
	if s == nil {
		b.databases++
		return testdb.NewSQLite(ctx, filepath.Join(b.dir, fmt.Sprintf("%s-%d.db", e.gomig, b.databases)))
	}
	return s.NewDatabase(ctx)
}

// server starts the server of an engine, if there is one.
func server(ctx context.Context, e engine) (*testdb.Server, error) {
	if e.kind == testdb.KindSQLite {
		return nil, nil
	}
	return testdb.Start(ctx, e.kind)
}

// apply measures a whole history on an empty database, against the same SQL in
// the server's own client, goose and Alembic.
func apply(ctx context.Context, b *bench) error {
	return b.onEngines(ctx, func(e engine, s *testdb.Server) error { return b.applyOn(ctx, e, s) })
}

func (b *bench) applyOn(ctx context.Context, e engine, s *testdb.Server) error {
	p, err := b.newProject(ctx, "apply-"+e.gomig, e.gomig, b.revisions)
	if err != nil {
		return err
	}
	var db *testdb.DB
	fresh := func() (err error) {
		if db != nil {
			_ = db.Drop(ctx)
		}
		db, err = b.database(ctx, e, s)
		return err
	}
	if err := fresh(); err != nil {
		return err
	}
	script, err := b.offline(ctx, p, db.URL)
	if err != nil {
		return err
	}
	gomig := command{name: "gomig upgrade head", before: fresh, make: func() *exec.Cmd {
		cmd := exec.CommandContext(ctx, b.gomig, "-q", "-x", "database.url="+db.URL, "upgrade", "head")
		cmd.Dir = p.dir
		return cmd
	}}
	if _, err := db.ClientCommand(ctx); err != nil {
		return err
	}
	client := command{name: "the same SQL in the server's client", before: fresh, stdin: script, make: func() *exec.Cmd {
		cmd, _ := db.ClientCommand(ctx) // it was found above
		return cmd
	}}
	driver := command{name: "the same SQL through the Go driver alone", before: fresh, stdin: script, make: func() *exec.Cmd {
		return exec.CommandContext(ctx, filepath.Join(b.dir, "driver"), e.gooseName, db.DSN)
	}}
	goosed := command{name: "goose up, compiled Go migrations", before: fresh, make: func() *exec.Cmd {
		return exec.CommandContext(ctx, filepath.Join(b.dir, "goose"), e.goose, e.gooseName, db.DSN, fmt.Sprint(b.revisions))
	}}
	commands := []command{gomig, client, driver, goosed}
	if b.hasAlembic() {
		dir, err := b.newAlembic("apply-alembic-"+e.gomig, b.revisions, "")
		if err != nil {
			return err
		}
		commands = append(commands, command{name: "alembic upgrade head", before: fresh, make: func() *exec.Cmd {
			cmd := exec.CommandContext(ctx, "env", "DATABASE_URL="+alchemy.URL(db), b.alembic, "upgrade", "head")
			cmd.Dir = dir
			return cmd
		}})
	}
	return measure(ctx, b, fmt.Sprintf("### %d revisions on an empty database, %s", b.revisions, e.name), commands...)
}
