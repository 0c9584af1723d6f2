package autogen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

func TestColumnOrder(t *testing.T) {
	moving := autogen.Options{CompareColumnOrder: true}
	moves, places := dialect.Traits{MovesColumns: true}, dialect.Traits{MovesColumns: true, PlacesColumns: true}
	abcd := tables(table("t", col("a"), col("b"), col("c"), col("d")))
	golden(t, "column_order", []difference{
		{name: "not asked for", traits: moves, have: abcd, want: tables(table("t", col("d"), col("b"), col("c"), col("a")))},
		{name: "one to the front", traits: moves, options: moving, have: abcd, want: tables(table("t", col("d"), col("a"), col("b"), col("c")))},
		{name: "one to the end", traits: moves, options: moving, have: abcd, want: tables(table("t", col("b"), col("c"), col("d"), col("a")))},
		{name: "turned round", traits: moves, options: moving, have: abcd, want: tables(table("t", col("d"), col("c"), col("b"), col("a")))},
		{name: "beside one that goes", traits: moves, options: moving, have: abcd, want: tables(table("t", col("c"), col("a"), col("d")))},
		{name: "before the key", traits: moves, options: moving, have: abcd, want: tables(schema.NewTable("t",
			col("a"), schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()), col("b"), col("c"), col("d")))},
		{name: "a new one among them, appended", traits: moves, options: moving, have: abcd, want: tables(table("t", col("a"), col("n"), col("b"), col("c"), col("d")))},
		{name: "a new one among them, placed", traits: places, options: moving, have: abcd, want: tables(table("t", col("b"), col("n"), col("a"), col("c"), col("d")))},
		{name: "changed and moved", traits: moves, options: moving, have: abcd, want: tables(table("t", col("b"), schema.Column("a", schema.Text()), col("c"), col("d")))},
		{name: "where none moves", options: moving, have: abcd, want: tables(table("t", col("b"), col("a"), col("c"), col("d")))},
	})
}

// TestColumnOrderOnServers puts columns into a random order, adds and drops some, and takes all of it back, rows kept.
func TestColumnOrderOnServers(t *testing.T) {
	for _, k := range testdb.Kinds() {
		if k == testdb.KindPostgres {
			continue // moves none: see the case "where none moves"
		}
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, k)
			rapid.Check(t, func(rt *rapid.T) {
				if err := s.reset(); err != nil {
					rt.Fatal(err)
				}
				if err := s.reordered(rt, autogen.Options{CompareColumnOrder: true}); err != nil {
					rt.Fatalf("%v\n%s", err, strings.Join(s.log, ";\n"))
				}
			})
		})
	}
}

// reordered takes a table from one random order of random columns to another and back.
func (s *server) reordered(rt *rapid.T, o autogen.Options) error {
	have, want := orderedTable(rt, "have"), orderedTable(rt, "want")
	if err := s.fill(have, o); err != nil {
		return err
	}
	if err := s.exec("INSERT INTO t (id, kept) VALUES (1, 'one'), (2, 'two')"); err != nil {
		return err
	}
	before, err := s.holds(o)
	if err != nil {
		return err
	}
	r, err := s.compare(want, o)
	if err != nil {
		return err
	}
	if err := s.run(r.Upgrade); err != nil {
		return fmt.Errorf("upgrading: %w", err)
	}
	if err := s.settled(want, o); err != nil {
		return err
	}
	after, err := s.holds(o)
	if err != nil {
		return err
	}
	if got, want := namesInOrder(after.Tables[0]), namesInOrder(want[0]); !slices.Equal(got, want) {
		return fmt.Errorf("the columns stand as %v, want %v", got, want)
	}
	if err := s.run(r.Downgrade); err != nil {
		return fmt.Errorf("downgrading: %w", err)
	}
	back, err := s.holds(o)
	if err != nil {
		return err
	}
	if got, want := namesInOrder(back.Tables[0]), namesInOrder(before.Tables[0]); !slices.Equal(got, want) {
		return fmt.Errorf("the columns stand as %v again, want %v", got, want)
	}
	var n int
	if err := s.conn.QueryRowContext(s.ctx, "SELECT count(*) FROM t WHERE id = 1 AND kept = 'one' OR id = 2 AND kept = 'two'").Scan(&n); err != nil {
		return err
	}
	if n != 2 {
		return fmt.Errorf("of two rows %d are left", n)
	}
	return nil
}

// orderedTable is a table of a key, a column with values, and some others, one of them generated, in any order.
func orderedTable(rt *rapid.T, label string) []*schema.Table {
	items := []schema.TableItem{
		schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("kept", schema.String(20), schema.NotNull()),
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		if rapid.Bool().Draw(rt, label+" has "+name) {
			items = append(items, schema.Column(name, rapid.SampledFrom([]schema.Type{schema.Integer(), schema.BigInteger()}).Draw(rt, label+" "+name)))
		}
	}
	if rapid.Bool().Draw(rt, label+" has a generated one") {
		items = append(items, schema.Column("g", schema.String(20), schema.ComputedAs("upper(kept)", schema.Stored)))
	}
	items = rapid.Permutation(items).Draw(rt, label)
	return []*schema.Table{schema.NewTable("t", append(items, schema.Index("ix_t_kept", "kept"))...)}
}

// namesInOrder are the names of columns as they stand.
func namesInOrder(t *schema.Table) (names []string) {
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return names
}
