package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// sqldefPrograms are the programs of sqldef, by the kind of database.
var sqldefPrograms = map[testdb.Kind]string{
	testdb.KindSQLite: "sqlite3def", testdb.KindMySQL: "mysqldef", testdb.KindMariaDB: "mysqldef", testdb.KindPostgres: "psqldef",
}

// buildSqldef compiles the program of sqldef for an engine, unless it is there. Its
// requirements are in a module of their own, for they are not those of the bench.
func (b *bench) buildSqldef(ctx context.Context, e engine) error {
	name := sqldefPrograms[e.kind]
	if _, err := os.Stat(filepath.Join(b.dir, name)); err == nil {
		return nil
	}
	return goBuild(ctx, filepath.Join(b.root, "bench", "sqldef"), filepath.Join(b.dir, name), "github.com/sqldef/sqldef/v3/cmd/"+name)
}

// sqldef is a command of sqldef on a database.
func (b *bench) sqldef(ctx context.Context, e engine, db *testdb.DB, flags ...string) (func() *exec.Cmd, error) {
	args := append([]string{db.Name}, flags...)
	var env []string
	if e.kind != testdb.KindSQLite {
		at, err := url.Parse(db.URL)
		if err != nil {
			return nil, err
		}
		user := "-u"
		if e.kind == testdb.KindPostgres {
			user = "-U"
			env = append(env, "PGSSLMODE=disable")
		}
		args = append(args, user, at.User.Username(), "-h", at.Hostname())
		port := "-P"
		if e.kind == testdb.KindPostgres {
			port = "-p"
		}
		args = append(args, port, at.Port())
		if password, ok := at.User.Password(); ok {
			env = append(env, "MYSQL_PWD="+password, "PGPASSWORD="+password)
		}
	}
	return func() *exec.Cmd {
		cmd := exec.CommandContext(ctx, filepath.Join(b.dir, sqldefPrograms[e.kind]), args...)
		cmd.Env = append(cmd.Environ(), env...)
		return cmd
	}, nil
}

// sqldefCheck is sqldef's comparison with what the models of the project declare.
// The desired schema is what sqldef itself reads from a database that has it, so
// nothing is lost by a translation.
func (l *large) sqldefCheck(ctx context.Context, b *bench, s *testdb.Server, changed int) (c command, err error) {
	if err := b.buildSqldef(ctx, l.engine); err != nil {
		return c, err
	}
	wanted := *l
	if wanted.db, err = b.database(ctx, l.engine, s); err != nil {
		return c, err
	}
	defer func() { _ = wanted.db.Drop(ctx) }()
	if _, err := (command{name: "gomig upgrade head", dir: l.dir, args: wanted.gomig(b, "upgrade", "head")}).run(ctx); err != nil {
		return c, err
	}
	export, err := b.sqldef(ctx, l.engine, wanted.db, "--export")
	if err != nil {
		return c, err
	}
	var desired, errs bytes.Buffer
	cmd := export()
	cmd.Stdout, cmd.Stderr = &desired, &errs
	if err := cmd.Run(); err != nil {
		return c, fmt.Errorf("%s --export: %w: %s", sqldefPrograms[l.engine.kind], err, errs.Bytes())
	}
	name := fmt.Sprintf("%s-%d.sql", l.name, changed)
	if err := b.write(desired.String(), name); err != nil {
		return c, err
	}
	check, err := b.sqldef(ctx, l.engine, l.db, "--check", "--enable-drop", "--file="+filepath.Join(b.dir, name))
	return command{name: sqldefPrograms[l.engine.kind] + " --check", make: check, exits: []int{0, 2}}, err // 2: there are differences
}
