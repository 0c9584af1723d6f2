package env_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

// long is a history of n revisions of a table and an index each.
func long(n int) []rev {
	revs := make([]rev, n)
	for i := range revs {
		name := fmt.Sprintf("t%04d", i)
		down := ""
		if i > 0 {
			down = revs[i-1].ID
		}
		revs[i] = rev{script.Revision{ID: fmt.Sprintf("%012x", i+1), Down: parents(down), Upgrade: func(_ context.Context, o *op.Operations) error {
			o.CreateTable(name,
				schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
				schema.Column("name", schema.String(100), schema.NotNull()),
			)
			o.CreateIndex("ix_"+name, name, "name")
			return o.Err()
		}}, "add " + name}
	}
	return revs
}

// BenchmarkRun runs a history on an empty database, and the same SQL in the
// server's own client: the two should be near each other.
func BenchmarkRun(b *testing.B) {
	const n = 300
	for _, k := range testdb.Kinds() {
		b.Run(k.String()+"/gomig", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				d, h := testdb.Open(b, k), newHistory(b, long(n)...)
				b.StartTimer()
				h.mustRun(b, h.upgrade("head"), env.Options{URL: d.URL})
			}
		})
		b.Run(k.String()+"/client", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				d, h := testdb.Open(b, k), newHistory(b, long(n)...)
				text, err := h.script(b, h.upgrade("head"), "", env.Options{Dialect: dialectName(d)})
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				d.Client(b, text)
			}
		})
	}
}

// TestRoundTrips counts what is sent for a revision: its statements, its row of
// the version table and, where each has a transaction of its own, its end.
func TestRoundTrips(t *testing.T) {
	each(t, func(t *testing.T, d *testdb.DB) {
		db, r := record(t, d)
		counts := map[int]int{}
		first := newHistory(t)
		first.mustRun(t, first.stamp("base"), env.Options{DB: db}) // makes the version table
		r.take()
		for _, n := range []int{10, 30} {
			h := newHistory(t, long(n)...)
			h.mustRun(t, h.upgrade("head"), env.Options{DB: db})
			sent := r.take()
			counts[n] = len(sent)
			for _, s := range sent {
				if strings.HasPrefix(s, "PREPARE") && !strings.Contains(s, "_LOCK") {
					t.Errorf("needless: %s", s)
				}
			}
			h.mustRun(t, h.stamp("base"), env.Options{DB: db})
			for i := range n {
				execute(t, d.DB, fmt.Sprintf("DROP TABLE t%04d", i))
			}
			r.take()
		}
		each := (counts[30] - counts[10]) / 20
		want := 3
		if family(d) == "mysql" {
			want = 4 // its commit
		}
		if each != want || (counts[30]-counts[10])%20 != 0 {
			t.Errorf("%v statements for 10 and 30 revisions: not %d each", counts, want)
		}
	})
}

// BenchmarkScript writes a long script.
func BenchmarkScript(b *testing.B) {
	h := newHistory(b, long(1000)...)
	for b.Loop() {
		var out bytes.Buffer
		e, _ := h.context(offline(h.upgrade("head"), ""), &out)
		if err := e.Configure(b.Context(), env.Options{Dialect: "postgresql"}); err != nil {
			b.Fatal(err)
		}
		if err := e.RunMigrations(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
