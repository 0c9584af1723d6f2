package autogen_test

import (
	"fmt"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestNumberedKeys: MySQL and MariaDB want a numbered column to be in a key at
// any time, which need not be the primary one. A table is made with it, and one
// leads to each other.
func TestNumberedKeys(t *testing.T) {
	x, y := schema.Column("x", schema.Integer(), schema.NotNull()), schema.Column("y", schema.Integer())
	plain := schema.Column("n", schema.Integer(), schema.NotNull())
	n := schema.Column("n", schema.Integer(), schema.NotNull(), schema.AutoIncrement())
	pk := schema.PrimaryKeyConstraint("", "x")
	variants := [][]schema.TableItem{
		{x, y, pk},
		{x, y, plain, pk},
		{x, y, plain, pk, schema.Index("ix", "n")},
		{x, y, n, pk, schema.Index("ix", "n")},
		{x, y, n, pk, schema.Index("ix", "n", "y")},
		{x, y, n, pk, schema.Index("ix", "n").With(schema.UniqueIndex())},
		{x, y, n, schema.Index("other", "n", "x")},
		{x, y, n, pk, schema.UniqueConstraint("uq", "n")},
		{x, y, n, schema.PrimaryKeyConstraint("", "n"), schema.Index("by_x", "x")},
		{x, y, n, schema.PrimaryKeyConstraint("", "x", "n"), schema.Index("ix", "n"), schema.Index("by_x", "x")},
		{x, y, n, pk, schema.IndexOn("ix", schema.Key("n").Desc())},
		{x, y, n, schema.PrimaryKeyConstraint("", "x", "n"), mysql.Engine("MyISAM")},
	}
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			table := func(i int) []*schema.Table { return tables(schema.NewTable("numbered", variants[i]...).Clone()) }
			for i := range variants {
				if err := s.reset(); err != nil {
					t.Fatal(err)
				}
				if err := s.fill(table(i), autogen.Options{}); err != nil {
					t.Errorf("variant %d: %v", i, err)
				}
				for j := range variants {
					if i == j || i == len(variants)-1 || j == len(variants)-1 { // one engine cannot hold all
						continue
					}
					if err := s.thereAndBack(table(i), table(j), autogen.Options{}); err != nil {
						t.Error(fmt.Errorf("from %d to %d: %w", i, j, err))
					}
				}
			}
		})
	}
}
