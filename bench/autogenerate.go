package main

import (
	"context"
	_ "embed"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/bench/alchemy"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// changedTables is how many tables differ where some do.
const changedTables = 10

//go:embed models/models.go
var modelsText string

// modelsOf is the source of models with so many tables, of which some are changed.
func modelsOf(tables, changed int) string {
	return strings.Replace(modelsText, "Declare(1000, 0)", fmt.Sprintf("Declare(%d, %d)", tables, changed), 1)
}

// autogenerate measures the comparison of a large schema in which nothing, or
// little, changed.
func autogenerate(ctx context.Context, b *bench) error {
	return b.onEngines(ctx, func(e engine, s *testdb.Server) error {
		l, err := b.newLarge(ctx, e, s, "compared", b.tables)
		if err != nil {
			return err
		}
		defer func() { _ = l.db.Drop(ctx) }()
		for _, changed := range []int{0, changedTables} {
			if err := l.compare(ctx, b, s, changed); err != nil {
				return err
			}
		}
		return nil
	})
}

// onEngines calls f with each engine that is to be had.
func (b *bench) onEngines(ctx context.Context, f func(engine, *testdb.Server) error) error {
	for _, e := range engines {
		if !b.measures(e) {
			continue
		}
		s, err := server(ctx, e)
		if err != nil {
			fmt.Printf("%s is left out: %v\n\n", e.name, err)
			continue
		}
		if err := f(e, s); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		if s != nil {
			_ = s.Close()
		}
	}
	return nil
}

// measures tells whether a server is among those to measure on.
func (b *bench) measures(e engine) bool {
	return len(b.engines) == 0 || slices.Contains(b.engines, e.gomig)
}

// large is a project with many tables, and the database that has them.
type large struct {
	project
	engine engine
	name   string
	tables int
	db     *testdb.DB
}

func (b *bench) newLarge(ctx context.Context, e engine, s *testdb.Server, what string, tables int) (*large, error) {
	l := &large{engine: e, name: fmt.Sprintf("%s-%s-%d", what, e.gomig, tables), tables: tables}
	if err := b.write(modelsOf(tables, 0), l.name, "models", "models.go"); err != nil {
		return nil, err
	}
	var err error
	if l.project, err = b.newProject(ctx, l.name, e.gomig, 0, "--target", "bench.example/shop/models.Metadata"); err != nil {
		return nil, err
	}
	if err := b.write(createAll, l.name, "migrations", "versions", "aaaaaaaaaaaa_create_all.go"); err != nil {
		return nil, err
	}
	if l.db, err = b.database(ctx, e, s); err != nil {
		return nil, err
	}
	_, err = command{name: "gomig upgrade head", dir: l.dir, args: l.gomig(b, "upgrade", "head")}.run(ctx)
	return l, err
}

// gomig is a command line of gomig on the database.
func (l *large) gomig(b *bench, args ...string) []string {
	return append([]string{b.gomig, "-q", "-x", "database.url=" + l.db.URL}, args...)
}

// check is the command that is measured: where there are differences it exits with 1.
func (l *large) check(b *bench) command {
	return command{name: "gomig check", dir: l.dir, args: l.gomig(b, "check"), exits: []int{0, 1}}
}

// compare measures the comparison beside Alembic's and sqldef's.
func (l *large) compare(ctx context.Context, b *bench, s *testdb.Server, changed int) error {
	if err := b.write(modelsOf(l.tables, changed), l.name, "models", "models.go"); err != nil {
		return err
	}
	commands := []command{l.check(b)}
	if b.hasAlembic() {
		dir, err := b.newAlembic(fmt.Sprintf("%s-alembic-%d", l.name, changed), 0, fmt.Sprintf(alembicModels, l.tables, changed))
		if err != nil {
			return err
		}
		versions := filepath.Join(dir, "migrations", "versions")
		commands = append(commands, command{name: "alembic revision --autogenerate", make: func() *exec.Cmd {
			cmd := exec.CommandContext(ctx, "sh", "-c", "rm -f "+versions+"/*.py && "+b.alembic+" revision --autogenerate")
			cmd.Dir = dir
			return cmd
		}, env: []string{"DATABASE_URL=" + alchemy.URL(l.db)}})
		commands[0].before = func() error { return b.stamp(ctx, l.db) }
		commands[1].before = func() error { return b.emptyVersionTable(ctx, l.db) }
	}
	if c, err := l.sqldefCheck(ctx, b, s, changed); err != nil {
		fmt.Printf("sqldef is left out: %v\n\n", err)
	} else {
		commands = append(commands, c)
	}
	what := "nothing changed"
	if changed > 0 {
		what = fmt.Sprintf("%d changed", changed)
	}
	return measure(ctx, b, fmt.Sprintf("### autogenerate, %d tables of 10 columns and 3 indexes, %s, %s", l.tables, what, l.engine.name), commands...)
}

// emptyVersionTable lets Alembic, whose project has no revisions, begin.
func (b *bench) emptyVersionTable(ctx context.Context, db *testdb.DB) error {
	_, err := db.RunClient(ctx, "DELETE FROM alembic_version;")
	return err
}

// stamp puts gomig's project back to where it was.
func (b *bench) stamp(ctx context.Context, db *testdb.DB) error {
	_, err := db.RunClient(ctx, "DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('aaaaaaaaaaaa');")
	return err
}

const createAll = `package versions

import (
	"context"

	"bench.example/shop/models"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{ID: "aaaaaaaaaaaa", Down: script.Base(), Upgrade: upgrade})

func upgrade(ctx context.Context, o *op.Operations) error {
	for _, t := range models.Metadata.Tables() {
		o.CreateTableOf(t)
	}
	return o.Err()
}
`

const alembicModels = `
import sqlalchemy as sa
target_metadata = sa.MetaData()
for i in range(%d):
    t = "t%%04d" %% i
    changed = i < %d
    sa.Table(t, target_metadata,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("code", sa.String(40 if changed else 20)),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger()),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("note", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("made", sa.DateTime()),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Index("ix_" + t + "_name", "name"),
        sa.Index("ix_" + t + "_code", "code"),
        sa.Column("further", sa.Integer()) if changed else sa.Index("ix_" + t + "_day", "day", "state"),
    )
`
