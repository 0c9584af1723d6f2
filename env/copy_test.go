package env_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// TestErrorsOfCopies: what is wrong with the rows that SQLite copies is said of
// the table, not of its copy.
func TestErrorsOfCopies(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*op.Table){
		"NOT NULL constraint failed: t.a (": func(t *op.Table) { t.AlterColumn("a", op.SetNotNull()) },
		"UNIQUE constraint failed: t.b, t.c (": func(t *op.Table) {
			t.AddConstraint(schema.UniqueConstraint("u", "b", "c"))
		},
		"CHECK constraint failed: c > 5 (": func(t *op.Table) { t.AddConstraint(schema.CheckConstraint("", "c > 5")) },
	} {
		d := testdb.Open(t, testdb.KindSQLite)
		h := newHistory(t, does("a", "", func(_ context.Context, o *op.Operations) error {
			o.Exec("CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER)")
			o.Exec("INSERT INTO t VALUES (NULL, 1, 1), (2, 1, 1)")
			o.AlterTable("t", change)
			return o.Err()
		}))
		err := h.run(t, h.upgrade("head"), env.Options{DB: d.DB, Dialect: "sqlite"})
		wantError(t, err, want, `[SQL: INSERT INTO "_gomig_tmp_t"`)
		if strings.Count(err.Error(), "_gomig_tmp_") != 1 {
			t.Errorf("the error speaks of the copy: %v", err)
		}
	}
}
