package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// project is a user's project with a history of revisions.
type project struct{ dir string }

// newProject makes a Go module with an environment, by gomig itself, and a
// history: each revision creates a table of five columns and an index.
func (b *bench) newProject(ctx context.Context, name, dialect string, revisions int, flags ...string) (project, error) {
	p := project{filepath.Join(b.dir, name)}
	if err := b.write("module bench.example/shop\n\ngo 1.26\n", name, "go.mod"); err != nil {
		return p, err
	}
	cmd := exec.CommandContext(ctx, b.gomig, append([]string{"init", "migrations", "--dialect", dialect}, flags...)...)
	cmd.Dir = p.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return p, fmt.Errorf("gomig init: %w: %s", err, out)
	}
	for i := range revisions {
		if err := b.addRevision(name, i); err != nil {
			return p, err
		}
	}
	return p, nil
}

func revisionID(i int) string { return fmt.Sprintf("%012x", 0xa00000000000+i) }

// addRevision writes a revision as autogenerate would.
func (b *bench) addRevision(name string, i int) error {
	return b.write(revisionSource(i), name, "migrations", "versions", revisionID(i)+"_add_table.go")
}

func revisionSource(i int) string {
	down := "script.Base()"
	if i > 0 {
		down = fmt.Sprintf("script.Revises(%q)", revisionID(i-1))
	}
	return strings.NewReplacer("@ID", revisionID(i), "@DOWN", down, "@TABLE", fmt.Sprintf("t%04d", i)).Replace(revisionText)
}

const revisionText = `// add @TABLE
//
// Revision ID: @ID
// Create Date: 2026-11-20 10:00:00

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "@ID", Down: @DOWN,
	Upgrade: upgrade@ID, Downgrade: downgrade@ID,
})

func upgrade@ID(ctx context.Context, o *op.Operations) error {
	o.CreateTable("@TABLE",
		schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("name", schema.String(50), schema.NotNull()),
		schema.Column("amount", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
		schema.Column("note", schema.Text()),
		schema.Column("day", schema.Date()),
	)
	o.CreateIndex("ix_@TABLE_name", "@TABLE", "name")
	return o.Err()
}

func downgrade@ID(ctx context.Context, o *op.Operations) error {
	o.DropIndex("ix_@TABLE_name", "@TABLE")
	o.DropTable("@TABLE")
	return o.Err()
}
`

// newAlembic makes an Alembic project with the same history, and gives its directory.
func (b *bench) newAlembic(name string, revisions int, metadata string) (string, error) {
	if err := b.write(alembicINI, name, "alembic.ini"); err != nil {
		return "", err
	}
	if err := b.write("target_metadata = None\n"+metadata+alembicEnv, name, "migrations", "env.py"); err != nil {
		return "", err
	}
	if err := b.write(alembicTemplate, name, "migrations", "script.py.mako"); err != nil {
		return "", err
	}
	if err := b.write("", name, "migrations", "versions", ".keep"); err != nil {
		return "", err
	}
	for i := range revisions {
		down := "None"
		if i > 0 {
			down = fmt.Sprintf("%q", revisionID(i-1))
		}
		id := revisionID(i)
		text := strings.NewReplacer("@ID", id, "@DOWN", down, "@TABLE", fmt.Sprintf("t%04d", i)).Replace(alembicRevision)
		if err := b.write(text, name, "migrations", "versions", id+"_add_table.py"); err != nil {
			return "", err
		}
	}
	return filepath.Join(b.dir, name), nil
}

const alembicINI = "[alembic]\nscript_location = %(here)s/migrations\n"

const alembicEnv = `
import os
from alembic import context
from sqlalchemy import create_engine
engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata)
    with context.begin_transaction():
        context.run_migrations()
`

const alembicTemplate = `"""${message}"""
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
from alembic import op
import sqlalchemy as sa
def upgrade():
    ${upgrades if upgrades else "pass"}
def downgrade():
    ${downgrades if downgrades else "pass"}
`

const alembicRevision = `"""add @TABLE"""
revision = "@ID"
down_revision = @DOWN
from alembic import op
import sqlalchemy as sa

def upgrade():
    op.create_table("@TABLE",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("note", sa.Text()),
        sa.Column("day", sa.Date()),
    )
    op.create_index("ix_@TABLE_name", "@TABLE", ["name"])

def downgrade():
    op.drop_index("ix_@TABLE_name", "@TABLE")
    op.drop_table("@TABLE")
`
