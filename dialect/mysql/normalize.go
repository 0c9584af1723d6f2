package mysql

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Normalize creates the tables in scratch databases of their own, reflects them
// there and drops the databases, also when ctx ends. Foreign keys are left out
// there and put back: rules decide them, and so no other table is needed. As DDL
// does on these servers, it commits a transaction that is open on conn. The
// error of a user without the right to create databases is the server's.
func (d *Dialect) Normalize(ctx context.Context, conn dialect.Conn, tables, _ []*schema.Table) (_ []*schema.Table, _ map[schema.Name]error, err error) {
	s := &scratch{d: d, conn: conn, databases: map[string]string{}}
	clean := context.WithoutCancel(ctx)
	defer func() {
		if e := s.drop(clean); e != nil {
			err = errors.Join(err, fmt.Errorf("normalizing: %w", e))
		}
	}()
	restore := quietBinlog(ctx, conn)
	defer restore(clean)
	if s.stem, err = scratchStem(ctx, conn); err != nil {
		return nil, nil, fmt.Errorf("normalizing: %w", err)
	}
	refused, err := s.create(ctx, tables)
	if err != nil {
		return nil, nil, fmt.Errorf("normalizing: %w", err)
	}
	out, err := s.reflect(ctx, tables, refused)
	if err != nil {
		return nil, nil, fmt.Errorf("normalizing: %w", err)
	}
	return out, refused, nil
}

// scratch is the databases of one normalization, one for each schema of the tables.
type scratch struct {
	d         *Dialect
	conn      dialect.Conn
	stem      string
	databases map[string]string // schema → scratch database
}

func isScratch(name string) bool { return strings.HasPrefix(name, dialect.ScratchPrefix) }

// database is the scratch database of a schema, made when it is first needed
// and with the schema's own collation, so that defaults mean the same.
func (s *scratch) database(ctx context.Context, in string) (string, error) {
	if name, ok := s.databases[in]; ok {
		return name, nil
	}
	name := s.stem + "_" + strconv.Itoa(len(s.databases))
	text := "CREATE DATABASE " + quoted(name)
	if c := s.d.set.schemaCollation[s.d.schemaOf(schema.Name{Schema: in})]; c != "" {
		text += " COLLATE " + c
	}
	s.databases[in] = name
	if _, err := s.conn.ExecContext(ctx, text); err != nil {
		return "", fmt.Errorf("creating a scratch database: %w", err)
	}
	return name, nil
}

func (s *scratch) drop(ctx context.Context) error {
	var errs []error
	for _, name := range s.databases {
		if _, err := s.conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+quoted(name)); err != nil {
			errs = append(errs, fmt.Errorf("dropping the scratch database %q: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// create makes the tables without their foreign keys. What the server refuses is collected.
func (s *scratch) create(ctx context.Context, tables []*schema.Table) (map[schema.Name]error, error) {
	refused := map[schema.Name]error{}
	for _, t := range tables {
		db, err := s.database(ctx, t.Name.Schema)
		if err != nil {
			return nil, err
		}
		if err := s.createOne(ctx, t, db); err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			refused[t.Name] = err
		}
	}
	return refused, nil
}

func (s *scratch) createOne(ctx context.Context, t *schema.Table, db string) error {
	c := t.Clone()
	c.Name.Schema, c.ForeignKeys = db, nil
	c.Options = schema.UnsetOption(c.Options, TemporaryOption{}.OptionKey())
	early := c.EarlyIndexes()
	stmts := []ddl.Statement{ddl.CreateTable{Table: c, Inside: early}}
	for _, i := range c.Indexes {
		if slices.Contains(early, i) {
			continue
		}
		stmts = append(stmts, ddl.CreateIndex{Table: c.Name, Index: i})
	}
	for _, stmt := range stmts {
		list, err := dialect.Compile(ctx, s.d, nil, stmt)
		if err != nil {
			return err
		}
		for _, q := range list {
			if _, err := s.conn.ExecContext(ctx, q.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

// reflect reads the scratch databases and gives the tables their own names and foreign keys again.
func (s *scratch) reflect(ctx context.Context, tables []*schema.Table, refused map[schema.Name]error) ([]*schema.Table, error) {
	var scope dialect.Scope
	for _, db := range s.databases {
		scope.Schemas = append(scope.Schemas, db)
	}
	slices.Sort(scope.Schemas)
	scope.Include = func(n schema.Name) bool { return isScratch(n.Schema) }
	r, err := s.d.Reflect(ctx, s.conn, scope)
	if err != nil {
		return nil, err
	}
	byName := map[schema.Name]*schema.Table{}
	for _, t := range r.Tables {
		byName[t.Name] = t
	}
	for _, p := range r.Problems {
		byName[p.Object.Name] = nil
	}
	var out []*schema.Table
	for _, t := range tables {
		if refused[t.Name] != nil {
			continue
		}
		want := s.d.Canonical(t)
		got := byName[s.d.canonicalName(schema.Name{Schema: s.databases[t.Name.Schema], Name: t.Name.Name})]
		if got == nil {
			refused[t.Name] = errors.New("the server made something of it that cannot be read back")
			continue
		}
		got.Name, got.ForeignKeys = want.Name, want.ForeignKeys
		out = append(out, s.d.Canonical(got))
	}
	return out, nil
}

// quietBinlog keeps what follows out of the binary log, where the user may: a
// replica has no use for scratch databases. Without the right nothing changes.
func quietBinlog(ctx context.Context, conn dialect.Conn) func(context.Context) {
	if variable(ctx, conn, "SESSION.sql_log_bin") != "1" {
		return func(context.Context) {}
	}
	if _, err := conn.ExecContext(ctx, "SET SESSION sql_log_bin = 0"); err != nil {
		return func(context.Context) {}
	}
	return func(ctx context.Context) { _, _ = conn.ExecContext(ctx, "SET SESSION sql_log_bin = 1") }
}
