package autogen_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// server is a real database that operations run on as a revision's would.
type server struct {
	ctx  context.Context
	kind testdb.Kind
	d    dialect.Dialect
	db   *testdb.DB
	conn *sql.Conn
	dir  string // of SQLite's files
	n    int    // of them
	log  []string
	rows int // to insert into each table before it changes

	asked int // queries, each of which is another text

	ended string // why the last change did not go all the way there and back; empty if it did
}

// onServer opens an empty database of the kind.
func onServer(t *testing.T, kind testdb.Kind) *server {
	t.Helper()
	s := &server{ctx: context.WithoutCancel(t.Context()), kind: kind, db: testdb.Open(t, kind)}
	if kind == testdb.KindSQLite {
		s.dir = t.TempDir()
	}
	if err := s.connect(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.conn.Close()
		_ = s.db.DB.Close()
	})
	return s
}

func (s *server) connect() (err error) {
	if s.conn, err = s.db.DB.Conn(s.ctx); err != nil {
		return err
	}
	system := map[testdb.Kind]dialect.System{
		testdb.KindSQLite: sqlite.System(), testdb.KindMySQL: mysql.System(), testdb.KindMariaDB: mysql.System(), testdb.KindPostgres: postgres.System(),
		testdb.KindTiDB: mysql.System(),
	}[s.kind]
	s.d, err = system.Detect(s.ctx, s.conn)
	return err
}

// reset empties the database, whatever is in it.
func (s *server) reset() error {
	s.log = nil
	switch s.kind {
	case testdb.KindSQLite:
		_ = s.conn.Close()
		_ = s.db.DB.Close()
		s.n++
		var err error
		if s.db, err = testdb.NewSQLite(s.ctx, filepath.Join(s.dir, fmt.Sprintf("%d.db", s.n))); err != nil {
			return err
		}
		return s.connect()
	case testdb.KindPostgres:
		return s.exec("DROP SCHEMA IF EXISTS public CASCADE", "DROP SCHEMA IF EXISTS other CASCADE", "CREATE SCHEMA public")
	default:
		name := "`" + strings.ReplaceAll(s.db.Name, "`", "``") + "`"
		return s.exec("DROP DATABASE "+name, "CREATE DATABASE "+name, "USE "+name)
	}
}

func (s *server) exec(list ...string) error {
	for _, q := range list {
		if _, err := s.conn.ExecContext(s.ctx, q); err != nil {
			return fmt.Errorf("running\n%s\n%w", q, err)
		}
	}
	return nil
}

// run runs operations as a revision: on a prepared connection, in a transaction
// where the database undoes schema changes, and with the checks before its commit.
func (s *server) run(ops []op.Operation) error {
	return s.work(func(o *op.Operations) {
		for _, p := range ops {
			o.Invoke(p)
		}
	})
}

func (s *server) work(do func(*op.Operations)) (err error) {
	if p, ok := s.d.(dialect.Preparer); ok {
		restore, err := p.Prepare(s.ctx, s.conn)
		if err != nil {
			return fmt.Errorf("preparing: %w", err)
		}
		defer func() { err = errors.Join(err, restore(s.ctx)) }()
	}
	if !s.d.TransactionalDDL() {
		return s.invoke(s.conn, do)
	}
	tx, err := s.conn.BeginTx(s.ctx, nil)
	if err != nil {
		return err
	}
	if err := s.invoke(tx, do); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if k, ok := s.d.(dialect.CommitChecker); ok {
		if err := k.CheckCommit(s.ctx, tx); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

func (s *server) invoke(conn dialect.Conn, do func(*op.Operations)) error {
	o := op.New(s.ctx, &runner{s, conn})
	do(o)
	return o.Err()
}

// runner executes the statements of operations.
type runner struct {
	*server
	on dialect.Conn
}

// Run compiles and executes a statement.
func (r *runner) Run(ctx context.Context, s ddl.Statement) error {
	list, err := dialect.Compile(ctx, r.d, dialecttest.Catalog(r.d, r.on), s)
	if err != nil {
		return err
	}
	for _, q := range list {
		r.log = append(r.log, q.Text)
		if _, err := r.on.ExecContext(ctx, q.Text, q.Args...); err != nil {
			return fmt.Errorf("running\n%s\n%w", q.Text, err)
		}
	}
	return nil
}

func (r *runner) Conn() (op.Conn, error) { return r.on, nil }
func (r *runner) Dialect() string        { return r.d.Name() }

// compare compares the database with a declaration. Warnings are errors, but for those that say one of allowed.
func (s *server) compare(want []*schema.Table, o autogen.Options, allowed ...string) (*autogen.Result, error) {
	o.Metadata = []*schema.Metadata{metadata(want...)}
	r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
	if err != nil {
		return nil, err
	}
	for _, w := range r.Warnings {
		if !slices.ContainsFunc(allowed, func(a string) bool { return strings.Contains(w, a) }) {
			return nil, fmt.Errorf("warning: %s", w)
		}
	}
	return r, nil
}

// create makes an empty database hold what is declared, by op.CreateAll.
func (s *server) create(want []*schema.Table) error {
	err := s.work(func(o *op.Operations) { o.CreateAll(metadata(want...)) })
	if err != nil {
		return fmt.Errorf("creating: %w", err)
	}
	return nil
}

// fill makes an empty database hold what is declared, as a first revision does.
func (s *server) fill(want []*schema.Table, o autogen.Options) error {
	r, err := s.compare(want, o)
	if err == nil {
		err = s.run(r.Upgrade)
	}
	if err != nil {
		return fmt.Errorf("creating: %w", err)
	}
	return s.settled(want, o)
}

// settled tells what a comparison still finds where there should be nothing.
func (s *server) settled(want []*schema.Table, o autogen.Options) error {
	r, err := s.compare(want, o)
	switch {
	case err != nil:
		return err
	case !r.Empty() || len(r.Downgrade) > 0 || len(r.Detected) > 0:
		return fmt.Errorf("differences where there are none: %q, up %s, down %s", r.Detected, spell(r.Upgrade), spell(r.Downgrade))
	}
	return nil
}

// holds is what the database holds.
func (s *server) holds(o autogen.Options) (*dialect.Reflection, error) {
	r, err := s.d.Reflect(s.ctx, s.conn, dialect.Scope{AllSchemas: o.IncludeSchemas})
	if err != nil {
		return nil, err
	}
	for _, p := range r.Problems {
		return nil, fmt.Errorf("reflecting %s %q: %w", p.Object.Kind, p.Object.Name, p.Err)
	}
	return r, nil
}

// spell names operations, one a line.
func spell(ops []op.Operation) string {
	var b strings.Builder
	for _, o := range ops {
		b.WriteString("\n  " + o.String())
		if g, ok := o.(*op.AlterTable); ok {
			b.WriteString(":" + strings.ReplaceAll(spell(g.Changes), "\n", "\n  "))
		}
	}
	return b.String()
}

// differ tells how two states of a database differ, empty if they do not. The
// order of columns counts where it can be said, and of the names of constraints
// those in named; nil for all of them.
func (s *server) differ(want, got *dialect.Reflection, named map[string]bool) string {
	d := dialecttest.Diff(s.plain(want.Tables, named), s.plain(got.Tables, named))
	if !slices.EqualFunc(want.Enums, got.Enums, func(a, b dialect.Enum) bool { return a.Name == b.Name && slices.Equal(a.Values, b.Values) }) {
		d += fmt.Sprintf("enums: want %v, got %v\n", want.Enums, got.Enums)
	}
	if fmt.Sprint(want.Others) != fmt.Sprint(got.Others) {
		d += fmt.Sprintf("others: want %v, got %v\n", want.Others, got.Others)
	}
	return d
}

func (s *server) plain(tables []*schema.Table, named map[string]bool) (out []*schema.Table) {
	for _, t := range tables {
		t = t.Clone()
		unname(t, named)
		if !dialect.TraitsOf(s.d).PlacesColumns {
			slices.SortFunc(t.Columns, func(a, b *schema.ColumnDef) int { return strings.Compare(a.Name, b.Name) })
		}
		out = append(out, s.d.Canonical(t)) // in order again
	}
	return out
}

// unname takes the names of constraints, and those of indexes that are not in
// named: a name that one side leaves open is no difference. nil leaves all.
func unname(t *schema.Table, named map[string]bool) {
	if named == nil {
		return
	}
	if t.PrimaryKey != nil {
		t.PrimaryKey.Name = ""
	}
	for _, k := range t.Uniques {
		k.Name = ""
		slices.Sort(k.Columns)
	}
	for _, k := range t.Checks {
		k.Name = ""
	}
	for _, k := range t.Excludes {
		k.Name = ""
	}
	for _, k := range t.ForeignKeys {
		k.Name = ""
	}
	for _, k := range t.Indexes {
		if !named[k.Name] {
			k.Name = ""
		}
	}
}

// namesOf are the names of indexes that a declaration gives.
func namesOf(tables []*schema.Table) map[string]bool {
	out := map[string]bool{}
	for _, t := range tables {
		for _, i := range t.Indexes {
			out[i.Name] = true
		}
	}
	return out
}
