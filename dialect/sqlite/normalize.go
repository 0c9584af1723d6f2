package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

const savepoint = `"_gomig_normalize"`

// Normalize creates the tables in the connection's temporary database, which no
// other connection sees, reflects them, and rolls back to a savepoint: it works
// inside a transaction and on a database that cannot be written.
func (d database) Normalize(ctx context.Context, conn dialect.Conn, tables, around []*schema.Table) (out []*schema.Table, refused map[schema.Name]error, err error) {
	undo, err := apartFrom(ctx, conn)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, undo()) }()
	refused = map[schema.Name]error{}
	there := map[schema.Name]bool{}
	for i, t := range append(around[:len(around):len(around)], tables...) {
		if there[temporary(t).Name] {
			continue
		}
		err := d.try(ctx, conn, temporary(t))
		switch {
		case err == nil:
			there[temporary(t).Name] = true
		case ctx.Err() != nil:
			return nil, nil, ctx.Err()
		case i >= len(around):
			refused[t.Name] = err
		}
	}
	c, err := d.read(ctx, conn, "temp")
	if err != nil {
		return nil, nil, fmt.Errorf("normalizing: %w", err)
	}
	r := &dialect.Reflection{}
	d.model(c, "temp", nil, r)
	for _, t := range tables {
		for _, got := range r.Tables {
			if got.Name == temporary(t).Name && refused[t.Name] == nil {
				got = got.Clone()
				got.Name = t.Name
				out = append(out, d.Canonical(got))
			}
		}
	}
	return out, refused, nil
}

// apartFrom begins what undo takes back, whether in a transaction or not.
func apartFrom(ctx context.Context, conn dialect.Conn) (undo func() error, err error) {
	if _, err := conn.ExecContext(ctx, "SAVEPOINT "+savepoint); err != nil {
		return nil, fmt.Errorf("normalizing: %w", err)
	}
	return func() error {
		ctx := context.WithoutCancel(ctx)
		_, back := conn.ExecContext(ctx, "ROLLBACK TO "+savepoint)
		_, done := conn.ExecContext(ctx, "RELEASE "+savepoint)
		return errors.Join(back, done)
	}, nil
}

// temporary is the table in the temporary database.
func temporary(t *schema.Table) *schema.Table {
	t = t.Clone()
	t.Name.Schema = "temp"
	for _, fk := range t.ForeignKeys {
		fk.RefTable.Schema = "temp"
	}
	return t
}

// try creates a table with its indexes, all or nothing.
func (d database) try(ctx context.Context, conn dialect.Conn, t *schema.Table) error {
	stmts := []ddl.Statement{ddl.CreateTable{Table: t}}
	for _, i := range t.Indexes {
		stmts = append(stmts, ddl.CreateIndex{Table: t.Name, Index: i})
	}
	for _, s := range stmts {
		list, err := dialect.Compile(ctx, d, nil, s)
		if err == nil {
			_, err = conn.ExecContext(ctx, list[0].Text)
		}
		if err != nil {
			_, _ = conn.ExecContext(ctx, "DROP TABLE IF EXISTS "+`"temp".`+quoteIdent(t.Name.Name))
			return err
		}
	}
	return nil
}
