package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestSequenceOwners: a sequence goes and stays as it is declared, whatever becomes of
// the column that it belongs to, and belongs to that again when it comes back.
func TestSequenceOwners(t *testing.T) {
	const setUp = `CREATE SEQUENCE counted; CREATE SEQUENCE stays INCREMENT 5;
		CREATE TABLE item (id int PRIMARY KEY, n bigint NOT NULL DEFAULT nextval('counted'), m bigint);
		ALTER SEQUENCE counted OWNED BY item.n; ALTER SEQUENCE stays OWNED BY item.m`
	stays := func(m *schema.Metadata) { m.Sequence("stays", schema.Numbers{Increment: 5}) }
	gone := func(m *schema.Metadata) { m.Sequence("counted", schema.Dropped()) }
	key := schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey())
	item := func(items ...schema.TableItem) func(m *schema.Metadata) {
		return func(m *schema.Metadata) { m.Table("item", append([]schema.TableItem{key}, items...)...) }
	}
	m := schema.Column("m", schema.BigInteger())
	for name, st := range map[string]stage{
		"table": {declare(stays, gone), []string{"removed table 'item'", "removed sequence 'counted'"}, nil},
		"columns": {declare(stays, gone, item()), []string{
			"removed column 'item.n'", "removed column 'item.m'", "removed sequence 'counted'",
		}, nil},
		"nothing": {declare(stays, gone, item(m, schema.Column("n", schema.BigInteger(), schema.NotNull()))), []string{
			"server default on column 'item.n'", "removed sequence 'counted'",
		}, nil},
		"renamed": {declare(stays, gone, func(m *schema.Metadata) {
			m.Table("thing", schema.RenamedFrom("item"), key, schema.Column("k", schema.BigInteger(), schema.RenamedFrom("m")))
		}), []string{
			"renamed table 'item' to 'thing'", "renamed column 'thing.m' to 'thing.k'", "removed column 'thing.n'", "removed sequence 'counted'",
		}, nil},
		"declared": {declare(stays, func(m *schema.Metadata) { m.Sequence("counted") },
			item(m, schema.Column("n", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(schema.SQL("nextval('counted')"))))), nil, nil},
		"remade": {declare(stays, gone, item(schema.Column("m", schema.DateTime()))), []string{
			"type change from BIGINT to TIMESTAMP WITHOUT TIME ZONE on 'item.m' (nothing converts the values: the column is dropped and added again, and they are lost)",
			"removed column 'item.n'",
			"removed sequence 'counted'",
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := onServer(t, testdb.KindPostgres)
			if err := s.exec(setUp); err != nil {
				t.Fatal(err)
			}
			s.goes(t, st)
		})
	}
}
