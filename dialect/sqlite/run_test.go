package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/schema"
)

// run is one connection, used as a migration run uses it.
type run struct {
	t    *testing.T
	d    dialect.Dialect
	conn *sql.Conn
}

func newRun(t *testing.T, d dialect.Dialect, db *sql.DB) *run {
	t.Helper()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &run{t, d, conn}
}

// direct runs SQL once for each list of parameters.
func (r *run) direct(query string, params [][]any) {
	r.t.Helper()
	if len(params) == 0 {
		params = [][]any{nil}
	}
	for _, args := range params {
		if _, err := r.conn.ExecContext(r.t.Context(), query, args...); err != nil {
			r.t.Fatalf("%s: %v", query, err)
		}
	}
}

// exec runs statements outside any preparation.
func (r *run) exec(queries ...string) {
	r.t.Helper()
	for _, q := range queries {
		r.direct(q, nil)
	}
}

// migrate runs statements as a migration does: prepared, locked, checked, committed.
func (r *run) migrate(stmts ...ddl.Statement) (err error) {
	ctx := context.Background()
	restore, err := r.d.(dialect.Preparer).Prepare(ctx, r.conn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, restore(ctx)) }()
	unlock, err := r.d.Lock(ctx, r.conn, "test", 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock(ctx)) }()
	for _, s := range stmts {
		list, err := dialect.Compile(ctx, r.d, dialecttest.Catalog(r.d, r.conn), s)
		if err != nil {
			return err
		}
		for _, q := range list {
			if _, err := r.conn.ExecContext(ctx, q.Text, q.Args...); err != nil {
				return err
			}
		}
	}
	if err := r.d.(dialect.CommitChecker).CheckCommit(ctx, r.conn); err != nil {
		return err
	}
	_, err = r.conn.ExecContext(ctx, "COMMIT")
	return err
}

// alter changes the table.
func (r *run) alter(table string, actions ...ddl.Action) error {
	return r.migrate(ddl.AlterTable{Table: schema.Name{Name: table}, Actions: actions})
}

// rows are the rows of a query, each as one string.
func (r *run) rows(query string) []string {
	r.t.Helper()
	rows, err := r.conn.QueryContext(r.t.Context(), query)
	if err != nil {
		r.t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	cols, _ := rows.Columns()
	var all [][]any
	for rows.Next() {
		row, dest := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			r.t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		r.t.Fatal(err)
	}
	return spelled(all)
}

// sql is the text that SQLite keeps of an object.
func (r *run) sql(name string) string {
	r.t.Helper()
	var s sql.NullString
	if err := r.conn.QueryRowContext(r.t.Context(), "SELECT sql FROM sqlite_master WHERE name = ?", name).Scan(&s); err != nil {
		r.t.Fatalf("%s: %v", name, err)
	}
	return s.String
}
