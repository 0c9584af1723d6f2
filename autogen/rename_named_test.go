package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// TestRenamedInDefaults renames a column that the default of another one names,
// which MySQL refuses as long as it does, and on MariaDB one that partitions name.
func TestRenamedInDefaults(t *testing.T) {
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			table := func(name string, partitioned bool, items ...schema.ColumnItem) []*schema.Table {
				out := schema.NewTable("t", schema.Column(name, schema.Integer(), append(items, schema.NotNull())...),
					schema.Column("y", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.SQL(name+" + 1"))))
				if partitioned {
					mysql.PartitionBy("LINEAR KEY (y, " + name + ") PARTITIONS 2").AddToTable(out)
				}
				return tables(out)
			}
			for _, partitioned := range []bool{false, true} {
				if partitioned && kind == testdb.KindMySQL {
					continue // it keeps the name of a column that partitions are made by
				}
				if err := s.reset(); err != nil {
					t.Fatal(err)
				}
				if err := s.fill(table("x", partitioned), autogen.Options{}); err != nil {
					t.Fatal(err)
				}
				after := table("new x", partitioned, schema.RenamedFrom("x"))
				after[0].Columns[1].Default = schema.SQL("`new x` + 1")
				if partitioned {
					mysql.PartitionBy("LINEAR KEY (y, `new x`) PARTITIONS 2").AddToTable(after[0])
				}
				r, err := s.compare(after, autogen.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if kind == testdb.KindMariaDB && len(r.Upgrade)+len(r.Downgrade) != 2 {
					t.Errorf("more than a rename: %s%s", spell(r.Upgrade), spell(r.Downgrade))
				}
				if err := s.run(r.Upgrade); err != nil {
					t.Fatalf("%s\n%v", spell(r.Upgrade), err)
				}
				if err := s.settled(after, autogen.Options{}); err != nil {
					t.Error(err)
				}
				if err := s.run(r.Downgrade); err != nil {
					t.Fatalf("%s\n%v", spell(r.Downgrade), err)
				}
				if err := s.settled(table("x", partitioned), autogen.Options{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestRenamedInKeys renames a column that an option of the primary key names.
func TestRenamedInKeys(t *testing.T) {
	for kind, key := range map[testdb.Kind]func(column string) schema.ConstraintItem{
		testdb.KindMySQL:   func(c string) schema.ConstraintItem { return mysql.KeyPrefix(c, 20) },
		testdb.KindMariaDB: func(c string) schema.ConstraintItem { return mysql.KeyDescending(c) },
		testdb.KindSQLite:  func(c string) schema.ConstraintItem { return sqlite.KeyTerms(`"n", "` + c + `" DESC`) },
	} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			table := func(column string, items ...schema.ColumnItem) []*schema.Table {
				return tables(schema.NewTable("t", schema.Column(column, schema.String(60), append(items, schema.NotNull())...),
					schema.Column("n", schema.Integer(), schema.NotNull()), schema.PrimaryKeyConstraint("", "n", column).With(key(column))))
			}
			if err := s.fill(table("old x"), autogen.Options{}); err != nil {
				t.Fatal(err)
			}
			after := table("x", schema.RenamedFrom("old x"))
			r, err := s.compare(after, autogen.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Upgrade)+len(r.Downgrade) != 2 {
				t.Errorf("more than a rename: %s%s", spell(r.Upgrade), spell(r.Downgrade))
			}
			for _, step := range []struct {
				ops  []op.Operation
				then []*schema.Table
			}{{r.Upgrade, after}, {r.Downgrade, table("old x")}} {
				if err := s.run(step.ops); err != nil {
					t.Fatalf("%s\n%v", spell(step.ops), err)
				}
				if err := s.settled(step.then, autogen.Options{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
