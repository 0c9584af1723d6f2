package op_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// victim is the variable that makes the test binary the process that is killed.
const victim = "GOMIG_TEST_KILL"

// TestKilled kills a process that copies a table on SQLite, at moments that it
// does not expect. The database is then as it was before the copy, or as behind it.
func TestKilled(t *testing.T) {
	rounds := 10
	if testing.Short() {
		rounds = 3
	}
	for _, mode := range []string{"delete", "wal"} {
		t.Run(mode, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "test.db")
			before, after := bystander(t, path, mode)
			moments := rand.New(rand.NewPCG(1, 2))
			seen := map[string]int{}
			for range rounds {
				kill(t, path, time.Duration(moments.IntN(60_000))*time.Microsecond)
				state := inspected(t, path)
				switch state {
				case before:
					seen["before"]++
				case after:
					seen["after"]++
				default:
					t.Fatalf("the database is neither as before nor as behind a copy:\n%s\nbefore:\n%s\nafter:\n%s", state, before, after)
				}
			}
			t.Log(seen)
		})
	}
}

// copies are a revision that makes tables with rows and what hangs on them, and
// one that copies a table there and back.
func copies() []script.Revision {
	child := order(schema.ForeignKeyConstraint("fk", []string{"customer_id"}, "customer", []string{"id"}, schema.OnDelete(schema.Cascade)))
	made := create(customer(schema.Index("ix_name", "name"), schema.CheckConstraint("ck_age", "age < 1000")), child)
	made = append(made, exec(
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO customer (id, name, age) SELECT i, 'name ' || i, i % 90 FROM n",
		`INSERT INTO "order" (customer_id) SELECT id FROM customer WHERE id % 3 = 0`,
		"CREATE VIEW adults AS SELECT id, name FROM customer WHERE age >= 18",
		"CREATE TRIGGER tr AFTER INSERT ON customer BEGIN UPDATE customer SET city = 'Bergen' WHERE id = NEW.id; END",
	)...)
	change := altering(name("customer"), "age", op.SetType(schema.BigInteger()), op.SetNotNull(), op.Existing(schema.Integer()))
	back, err := change.Reverse()
	second := invoking("change", script.Revises("make"), change)
	second.Downgrade = func(_ context.Context, o *op.Operations) error {
		if err != nil {
			return err
		}
		o.Invoke(back)
		return o.Err()
	}
	return []script.Revision{invoking("make", script.Base(), made...), second}
}

func copying(ctx context.Context, db *testdb.DB) (*env.Migration, error) {
	return env.NewMigration(ctx, env.Embedded{Systems: systems, Scripts: []*script.Set{set(copies())}}, env.Options{DB: db.DB})
}

// bystander makes the database, and says how it looks before a copy and behind one.
func bystander(t *testing.T, path, mode string) (before, after string) {
	t.Helper()
	db, err := testdb.NewSQLite(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.DB.Close() }()
	if _, err := db.DB.ExecContext(t.Context(), "PRAGMA journal_mode = "+mode); err != nil {
		t.Fatal(err)
	}
	m, err := copying(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Close() }()
	if err := m.Upgrade(t.Context(), "change"); err != nil {
		t.Fatal(err)
	}
	after = inspected(t, path)
	if err := m.Downgrade(t.Context(), "make"); err != nil {
		t.Fatal(err)
	}
	return inspected(t, path), after
}

// kill starts the process, and kills it a while after it has begun.
func kill(t *testing.T, path string, wait time.Duration) {
	t.Helper()
	cmd := osexec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestVictim$")
	cmd.Env = append(os.Environ(), victim+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "begun" {
		t.Errorf("the process said %q", lines.Text())
	}
	<-time.After(wait)
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	for lines.Scan() {
		t.Errorf("the process said %q", lines.Text())
	}
	_ = cmd.Wait() // it was killed
}

// TestVictim is the process that [TestKilled] kills: it copies there and back without end, and does nothing where nobody kills it.
func TestVictim(t *testing.T) {
	path := os.Getenv(victim)
	if path == "" {
		return
	}
	ctx := context.Background()
	db, err := testdb.NewSQLite(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := copying(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("begun")
	for err == nil {
		if err = m.Downgrade(ctx, "make"); err == nil {
			err = m.Upgrade(ctx, "change")
		}
	}
	t.Fatal(err)
}

// inspected is all of a database as text, with what SQLite says of its health.
func inspected(t *testing.T, path string) string {
	t.Helper()
	db, err := testdb.NewSQLite(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.DB.Close() }()
	var out []string
	for _, query := range []string{
		"PRAGMA integrity_check", `SELECT "table" FROM pragma_foreign_key_check`,
		"SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name",
		"SELECT version_num FROM alembic_version",
		"SELECT count(*) || ' ' || sum(id * age) || ' ' || count(DISTINCT name) FROM customer",
		`SELECT count(*) || ' ' || sum(id * customer_id) FROM "order"`, "SELECT count(*) FROM adults",
	} {
		rows, err := db.DB.QueryContext(t.Context(), query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close() //nolint:sqlclosecheck // each before the next
	}
	if !slices.Contains(out, "ok") {
		t.Errorf("%s is damaged: %s", path, out[0])
	}
	return strings.Join(out, "\n")
}
