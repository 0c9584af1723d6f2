package dialecttest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// session is one connection to one database, used as a migration run uses it.
type session struct {
	ctx  context.Context
	d    dialect.Dialect
	db   *sql.DB
	conn *sql.Conn
	c    Config
}

func open(t *testing.T, c Config) *session {
	t.Helper()
	d, db := c.Open(t)
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &session{ctx: context.WithoutCancel(t.Context()), d: d, db: db, conn: conn, c: c}
}

// Catalog answers a grammar's questions by reflecting over conn.
func Catalog(d dialect.Dialect, conn dialect.Conn) dialect.Catalog { return catalog{d, conn} }

type catalog struct {
	d    dialect.Dialect
	conn dialect.Conn
}

func (c catalog) Conn() dialect.Conn { return c.conn }

func (c catalog) Table(ctx context.Context, name schema.Name) (*schema.Table, error) {
	scope := dialect.Scope{Include: func(n schema.Name) bool { return n == name }}
	if name.Schema != "" {
		scope.Schemas = []string{name.Schema}
	}
	r, err := c.d.Reflect(ctx, c.conn, scope)
	if err != nil {
		return nil, err
	}
	for _, t := range r.Tables {
		if t.Name == name {
			return t, nil
		}
	}
	return nil, fmt.Errorf("reflecting table %q: there is no such table", name)
}

// run does what a migration run does with statements: prepares the connection,
// runs all in one transaction where the database undoes schema changes, checks,
// commits, and restores the connection.
func (s *session) run(stmts ...ddl.Statement) (err error) {
	if p, ok := s.d.(dialect.Preparer); ok {
		restore, err := p.Prepare(s.ctx, s.conn)
		if err != nil {
			return fmt.Errorf("preparing: %w", err)
		}
		defer func() { err = errors.Join(err, restore(s.ctx)) }()
	}
	if !s.d.TransactionalDDL() {
		return s.exec(s.conn, stmts)
	}
	tx, err := s.conn.BeginTx(s.ctx, nil)
	if err != nil {
		return err
	}
	if err := s.exec(tx, stmts); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if k, ok := s.d.(dialect.CommitChecker); ok {
		if err := k.CheckCommit(s.ctx, tx); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// exec compiles and runs statements one after the other.
func (s *session) exec(conn dialect.Conn, stmts []ddl.Statement) error {
	for _, stmt := range stmts {
		list, err := dialect.Compile(s.ctx, s.d, Catalog(s.d, conn), stmt)
		if err != nil {
			return fmt.Errorf("compiling %T: %w", stmt, err)
		}
		for _, q := range list {
			if _, err := conn.ExecContext(s.ctx, q.Text, q.Args...); err != nil {
				return fmt.Errorf("running\n%s\n%w", q.Text, err)
			}
		}
	}
	return nil
}

// create is the statements that make tables with their enumerations and indexes.
func create(tables []*schema.Table) (stmts []ddl.Statement) {
	for _, e := range enums(tables) {
		stmts = append(stmts, ddl.CreateEnum{Name: schema.Name{Schema: e.Schema, Name: e.Name}, Values: e.EnumValues()})
	}
	for _, t := range tables {
		stmts = append(stmts, ddl.CreateTable{Table: t})
		for _, i := range t.Indexes {
			stmts = append(stmts, ddl.CreateIndex{Table: t.Name, Index: i})
		}
	}
	return stmts
}

// drop is the reverse of create.
func drop(tables []*schema.Table) (stmts []ddl.Statement) {
	for _, t := range slices.Backward(tables) {
		stmts = append(stmts, ddl.DropTable{Table: t.Name})
	}
	for _, e := range enums(tables) {
		stmts = append(stmts, ddl.DropEnum{Name: schema.Name{Schema: e.Schema, Name: e.Name}})
	}
	return stmts
}

// enums are the named enumerations that columns use, each once.
func enums(tables []*schema.Table) (list []schema.EnumType) {
	for _, t := range tables {
		for _, c := range t.Columns {
			if e, ok := c.Type.Def().(schema.EnumType); ok && e.Name != "" && !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	return list
}

// reflect reads the default schema. A problem is an error.
func (s *session) reflect() ([]*schema.Table, error) {
	r, err := s.d.Reflect(s.ctx, s.conn, dialect.Scope{})
	if err != nil {
		return nil, fmt.Errorf("reflecting: %w", err)
	}
	for _, p := range r.Problems {
		return nil, fmt.Errorf("reflecting %s %q: %w", p.Object.Kind, p.Object.Name, p.Err)
	}
	return r.Tables, nil
}

func (s *session) mustQuote(name string) string {
	q, err := s.d.Quote(name)
	if err != nil {
		return "cannot quote: " + err.Error()
	}
	return q
}

// clear drops what a failed test left, as far as that goes: references make
// some tables undroppable until others are gone.
func (s *session) clear(tables []*schema.Table) {
	for range tables {
		for _, stmt := range drop(tables) {
			_ = s.run(stmt)
		}
	}
}
