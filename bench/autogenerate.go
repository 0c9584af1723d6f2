package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// autogenerate measures the comparison of a large schema in which nothing changed.
func autogenerate(ctx context.Context, b *bench) error {
	for _, e := range engines {
		s, err := server(ctx, e)
		if err != nil {
			fmt.Printf("%s is left out: %v\n\n", e.name, err)
			continue
		}
		if err := b.autogenerateOn(ctx, e, s); err != nil {
			return err
		}
		if s != nil {
			_ = s.Close()
		}
	}
	return nil
}

func (b *bench) autogenerateOn(ctx context.Context, e engine, s *testdb.Server) error {
	name := "autogenerate-" + e.gomig
	if _, err := b.write(fmt.Sprintf(modelsText, b.tables), name, "models", "models.go"); err != nil {
		return err
	}
	p, err := b.newProject(ctx, name, e.gomig, 0, "--target", "bench.example/shop/models.Metadata")
	if err != nil {
		return err
	}
	if _, err := b.write(createAll, name, "migrations", "versions", "aaaaaaaaaaaa_create_all.go"); err != nil {
		return err
	}
	db, err := b.database(ctx, e, s, 0)
	if err != nil {
		return err
	}
	defer func() { _ = db.Drop(ctx) }()
	at := []string{b.gomig, "-q", "-x", "database.url=" + db.URL}
	if _, err := (command{name: "gomig upgrade head", dir: p.dir, args: append(at, "upgrade", "head")}).run(ctx); err != nil {
		return err
	}
	commands := []command{{name: "gomig check", dir: p.dir, args: append(at, "check")}}
	if has("alembic") {
		dir, err := b.newAlembic(name+"-alembic", 0, fmt.Sprintf(alembicModels, b.tables))
		if err != nil {
			return err
		}
		versions := filepath.Join(dir, "migrations", "versions")
		commands = append(commands, command{name: "alembic revision --autogenerate", make: func() *exec.Cmd {
			cmd := exec.CommandContext(ctx, "sh", "-c", "rm -f "+versions+"/*.py && alembic revision --autogenerate")
			cmd.Dir = dir
			return cmd
		}, env: []string{"DATABASE_URL=" + alchemyURL(e, db)}})
		if err := b.emptyVersionTable(ctx, db); err != nil {
			return err
		}
		commands[0].before = func() error { return b.stamp(ctx, p, db) }
		commands[1].before = func() error { return b.emptyVersionTable(ctx, db) }
	}
	return measure(ctx, b, fmt.Sprintf("### autogenerate, %d tables of 10 columns and 3 indexes, nothing changed, %s", b.tables, e.name), commands...)
}

// emptyVersionTable lets Alembic, whose project has no revisions, begin.
func (b *bench) emptyVersionTable(ctx context.Context, db *testdb.DB) error {
	_, err := db.RunClient(ctx, "DELETE FROM alembic_version;")
	return err
}

func (b *bench) stamp(ctx context.Context, p project, db *testdb.DB) error {
	_, err := db.RunClient(ctx, "DELETE FROM alembic_version; INSERT INTO alembic_version VALUES ('aaaaaaaaaaaa');")
	return err
}

// alchemyURL is a database as SQLAlchemy knows it, with the drivers of Debian.
func alchemyURL(_ engine, db *testdb.DB) string {
	for _, r := range []struct{ from, to string }{
		{"mysql://", "mysql+pymysql://"}, {"mariadb://", "mysql+pymysql://"}, {"postgresql://", "postgresql+psycopg2://"},
	} {
		if rest, ok := strings.CutPrefix(db.URL, r.from); ok {
			return r.to + rest
		}
	}
	return db.URL
}

const modelsText = `package models

import (
	"fmt"

	"github.com/gomig-dev/gomig/schema"
)

var Metadata = declare(schema.NewMetadata(schema.Options{}))

func declare(m *schema.Metadata) *schema.Metadata {
	for i := range %d {
		t := fmt.Sprintf("t%%04d", i)
		m.Table(t,
			schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("name", schema.String(50), schema.NotNull()),
			schema.Column("code", schema.String(20)),
			schema.Column("amount", schema.Integer(), schema.NotNull()),
			schema.Column("total", schema.BigInteger()),
			schema.Column("price", schema.Numeric(10, 2)),
			schema.Column("note", schema.Text()),
			schema.Column("day", schema.Date()),
			schema.Column("made", schema.DateTime()),
			schema.Column("state", schema.String(10), schema.NotNull()),
			schema.Index("ix_"+t+"_name", "name"),
			schema.Index("ix_"+t+"_code", "code"),
			schema.Index("ix_"+t+"_day", "day", "state"),
		)
	}
	return m
}
`

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
    sa.Table(t, target_metadata,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("code", sa.String(20)),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger()),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("note", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("made", sa.DateTime()),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Index("ix_" + t + "_name", "name"),
        sa.Index("ix_" + t + "_code", "code"),
        sa.Index("ix_" + t + "_day", "day", "state"),
    )
`
