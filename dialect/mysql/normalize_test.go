package mysql_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// scratchDatabases are those there are.
func (s *session) scratchDatabases() (out []string) {
	s.t.Helper()
	rows, err := s.conn.QueryContext(s.t.Context(), "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'gomig#_scratch#_%' ESCAPE '#'")
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			s.t.Fatal(err)
		}
		out = append(out, name)
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	return out
}

// number is the connection's.
func (s *session) number() (id string) {
	s.t.Helper()
	if err := s.conn.QueryRowContext(s.t.Context(), "SELECT CONNECTION_ID()").Scan(&id); err != nil {
		s.t.Fatal(err)
	}
	return id
}

// stopping ends a context behind a number of statements.
type stopping struct {
	dialect.Conn
	left   int
	cancel context.CancelCauseFunc
}

func (c *stopping) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if c.left--; c.left < 0 {
		c.cancel(errors.New("stopped by the test"))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return c.Conn.ExecContext(ctx, query, args...)
}

func TestNormalizeLeavesNothing(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		const old = "gomig_scratch_1000_1_1_0"
		s.exec("CREATE DATABASE IF NOT EXISTS " + old)
		tables := []*schema.Table{
			schema.NewTable("a", id(), schema.Column("x", schema.Integer()), schema.CheckConstraint("ck", "x between 1 AND 5")),
			schema.NewTable("b", id(), schema.Column("a_id", schema.Integer(), schema.References("a.id"))),
		}
		got, refused, err := s.d.Normalize(t.Context(), s.conn, tables, nil)
		if err != nil || len(refused) > 0 || len(got) != 2 || len(got[1].ForeignKeys) != 1 {
			t.Fatalf("normalizing: %v, %v, %v", got, refused, err)
		}
		for stop := range 5 {
			ctx, cancel := context.WithCancelCause(t.Context())
			conn := &stopping{Conn: s.conn, left: stop, cancel: cancel}
			_, _, _ = s.d.Normalize(ctx, conn, tables, nil)
			cancel(nil)
		}
		if slices.Contains(s.scratchDatabases(), old) {
			t.Error("the scratch database of an old run is still there")
		}
		for _, name := range s.scratchDatabases() {
			// Others may be normalizing now; this connection's number is in the names of its own.
			if strings.Contains(name, "_"+s.number()+"_") {
				t.Errorf("the scratch database %s is left", name)
			}
		}
		var quiet int
		if err := s.conn.QueryRowContext(t.Context(), "SELECT @@SESSION.sql_log_bin").Scan(&quiet); err != nil || quiet != 1 {
			t.Errorf("sql_log_bin is %d, %v", quiet, err)
		}
	})
}

func TestDetectSeesTheSession(t *testing.T) {
	s := connect(t, testdb.KindMySQL, "SET SESSION sql_mode = 'ANSI_QUOTES'")
	if got := s.d.Canonical(schema.NewTable("t", schema.Column("a", schema.Integer()), schema.CheckConstraint("ck", `"a" > 0`))).Checks[0].Expr; got != "`a` > 0" {
		t.Errorf("under ANSI_QUOTES the check is %s", got)
	}
	if !s.d.HasCheck() || s.d.DropCheckSyntax() != "DROP CHECK" || !s.d.ExpressionIndexes() || !s.d.ExpressionDefaults() || s.d.OneChangePerAlter() {
		t.Error("capabilities of MySQL are wrong")
	}
}

// killing ends its own connection behind a number of statements, as a killed
// process does.
type killing struct {
	dialect.Conn
	left int
	kill func()
}

func (c *killing) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if c.left--; c.left == 0 {
		c.kill()
	}
	return c.Conn.ExecContext(ctx, query, args...)
}

// TestNormalizeKilled: what a run leaves that was killed tells by its name what
// it is and when it was made.
func TestNormalizeKilled(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		db := testdb.Open(t, map[bool]testdb.Kind{true: testdb.KindMariaDB, false: testdb.KindMySQL}[s.d.Name() == mysql.MariaDB])
		victim, err := db.DB.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = victim.Close() }()
		session, err := s.d.SessionID(t.Context(), victim)
		if err != nil {
			t.Fatal(err)
		}
		conn := &killing{Conn: victim, left: 3, kill: func() { // the database is there, and no table yet
			if err := s.d.Kill(t.Context(), s.conn, session); err != nil {
				t.Error(err)
			}
		}}
		table := schema.NewTable("a", id(), schema.Column("x", schema.Integer(), schema.ServerDefault(schema.SQL("1 + 1"))))
		if _, _, err := s.d.Normalize(t.Context(), conn, []*schema.Table{table}, nil); err == nil {
			t.Fatal("a killed connection gives no error")
		}
		found := false
		for _, name := range s.scratchDatabases() {
			if !strings.Contains(name, "_"+session+"_") {
				continue
			}
			found = true
			if born, ok := dialect.ScratchBorn(name); !ok || born.Year() < 2020 {
				t.Errorf("the name %s does not tell its age", name)
			}
			s.exec("DROP DATABASE " + name)
		}
		if !found {
			t.Error("nothing was left: the test has no case")
		}
	})
}
