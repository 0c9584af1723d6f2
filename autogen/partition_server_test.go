package autogen_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestPartitionedTables: what is declared as it was read makes the same table
// again, by the server's own words.
func TestPartitionedTables(t *testing.T) {
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			one, two := onServer(t, kind), onServer(t, kind)
			files := []string{"testdata/partitions.sql"}
			if kind == testdb.KindMariaDB {
				files = append(files, "testdata/partitions.mariadb.sql")
			}
			for _, f := range files {
				text, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				one.db.Client(t, string(text))
			}
			have, err := one.d.Reflect(one.ctx, one.conn, dialect.Scope{Verbatim: true})
			if err != nil {
				t.Fatal(err)
			}
			one.same(t, have.Tables)
			if err := two.fill(have.Tables, autogen.Options{}); err != nil {
				t.Fatal(err)
			}
			for _, table := range have.Tables {
				if d := cmp.Diff(one.shown(t, table.Name), two.shown(t, table.Name)); d != "" {
					t.Errorf("(-taken +made)\n%s", d)
				}
			}
		})
	}
}

// TestPartitionsInOtherWords: what the server says in other words than the
// declaration is no difference, and what it does say is one.
func TestPartitionsInOtherWords(t *testing.T) {
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			table := func(clause string) []*schema.Table {
				return tables(schema.NewTable("log", schema.Column("id", schema.Integer(), schema.NotNull()),
					schema.Column("rank", schema.Integer(), schema.NotNull()), schema.Column("At", schema.Date(), schema.NotNull()), mysql.PartitionBy(clause)))
			}
			for _, clause := range []string{
				"range(to_days(at)) (partition P0 values less than (TO_DAYS('2020-01-01')) engine = innodb comment = 'old', partition p1 values less than maxvalue engine InnoDB)",
				"RANGE (YEAR(`At`) - 1) (PARTITION p0 VALUES LESS THAN (2 * 1000) ENGINE InnoDB, PARTITION p1 VALUES LESS THAN (MAXVALUE) STORAGE ENGINE InnoDB)",
				"HASH ((id + `rank`) * 2) PARTITIONS 4",
				"LIST (id % 3) (PARTITION a VALUES IN (0, 1 + 1), PARTITION b VALUES IN (1))",
				"KEY (`rank`, id)",
				"LINEAR KEY ALGORITHM = 2 (id) PARTITIONS 2",
			} {
				if err := s.reset(); err != nil {
					t.Fatal(err)
				}
				if err := s.fill(table(clause), autogen.Options{}); err != nil {
					t.Errorf("%s: %v", clause, err)
				}
				r, err := s.compare(table("HASH (id) PARTITIONS 7"), autogen.Options{})
				if err != nil || len(r.Upgrade) != 1 || len(r.Downgrade) != 1 {
					t.Errorf("%s: to another one: %v, %v", clause, r, err)
				}
			}
		})
	}
}
