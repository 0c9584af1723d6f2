package env_test

import (
	"database/sql"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
)

func TestSent(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		h := newHistory(t, table("a1", "", "one"), table("b2", "a1", "two"))
		for _, per := range []bool{false, true} {
			db, r := record(t, d)
			h.mustRun(t, h.upgrade("head"), env.Options{DB: db, TransactionPerMigration: per})
			for _, s := range r.take() {
				t.Log(s)
			}
			h.mustRun(t, h.downgrade("base"), env.Options{DB: db})
			t.Log("------")
		}
		_ = sql.ErrNoRows
	})
}
