package postgres_test

import (
	"testing"

	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// What may stand where is a matter of types.
var (
	_ = []schema.TableItem{
		postgres.Unlogged(), postgres.Logged(), postgres.PartitionBy("LIST (a)"), postgres.Inherits("p"), postgres.AccessMethod("heap"),
		postgres.RowSecurity(postgres.Others), postgres.Tablespace("fast"), postgres.With("fillfactor", "70"),
	}
	_ = []schema.ColumnItem{postgres.Serial(), postgres.SerialBy("s"), postgres.Storage("MAIN"), postgres.Compression("lz4"), postgres.Statistics(5), postgres.Inherited()}
	_ = []schema.IndexItem{postgres.Tablespace("fast"), postgres.With("fillfactor", "70"), postgres.Concurrently()}
	_ = []schema.ConstraintItem{
		postgres.Tablespace("fast"), postgres.With("fillfactor", "70"), postgres.Including("a"), postgres.ConstraintComment("c"),
		postgres.NoInherit(), postgres.Inherited(), postgres.WithPeriod(), postgres.DeferKey(schema.Deferrable),
	}
	_ = []schema.ForeignKeyItem{postgres.ConstraintComment("c"), postgres.SetColumns("a"), postgres.NotEnforced(), postgres.WithPeriod()}
)

func TestOptionsStandInOrder(t *testing.T) {
	t.Parallel()
	table := schema.NewTable("t", schema.Column("a", schema.Integer()),
		postgres.With("fillfactor", "70"), postgres.Unlogged(), postgres.With("fillfactor", "60"), postgres.Inherits("p"), postgres.Logged())
	var keys []string
	for _, o := range table.Options {
		keys = append(keys, o.OptionKey())
	}
	want := []string{"postgresql.inherits", "postgresql.persistence", "postgresql.with.fillfactor"}
	for i := range want {
		if len(keys) != len(want) || keys[i] != want[i] {
			t.Fatalf("options are %q, want %q", keys, want)
		}
	}
	if o, _ := schema.Find[postgres.StorageOption](table.Options); o.Value != "60" {
		t.Errorf("the later of two options of one key is %q", o.Value)
	}
}
