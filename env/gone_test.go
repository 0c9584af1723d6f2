package env_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
)

// TestSessionKilled ends the session under a revision: the error says what
// happened, and not that there is nothing left to be put in order.
func TestSessionKilled(t *testing.T) {
	for kind, kill := range map[testdb.Kind]string{
		testdb.KindMySQL: "KILL CONNECTION_ID()", testdb.KindMariaDB: "KILL CONNECTION_ID()",
		testdb.KindPostgres: "SELECT pg_terminate_backend(pg_backend_pid())",
	} {
		t.Run(kind.String(), func(t *testing.T) {
			d := testdb.Open(t, kind)
			killed := true
			h := newHistory(t, table("a1", "", "one"), does("b2", "a1", func(_ context.Context, o *op.Operations) error {
				o.BulkInsert("one", op.Row{"id": 1})
				if killed {
					o.Exec(kill)
				}
				return o.Err()
			}))
			options := env.Options{DB: d.DB, TransactionPerMigration: true}
			err := h.run(t, h.upgrade("head"), options)
			wantError(t, err, "running upgrade a1 -> b2, do b2 (b2.go): execute "+kill)
			if strings.Contains(err.Error(), "\n") || !errors.As(err, new(*env.StepError)) {
				t.Errorf("error %v", err)
			}
			killed = false
			h.mustRun(t, h.upgrade("head"), options)
			equal(t, "rows", column(t, d.DB, "SELECT id FROM one"), []string{"1"})
		})
	}
}
