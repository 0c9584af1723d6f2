package autogen_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestUniqueReferences: a column that refers to another table and is unique, as in a
// relation of one to one, by a constraint without a name: the key stays while its index
// does, and goes and comes with what it rests on.
func TestUniqueReferences(t *testing.T) {
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, k)
			declared := func(typ schema.Type, items ...schema.TableItem) []*schema.Table {
				return tables(
					schema.NewTable("p", schema.Column("id", typ, schema.PrimaryKey())),
					schema.NewTable("c", append([]schema.TableItem{schema.Column("r_id", typ), schema.Column("n", schema.Integer())}, items...)...),
				)
			}
			key, unique := schema.ForeignKeyConstraint("fk_r", []string{"r_id"}, "p", []string{"id"}), schema.UniqueConstraint("", "r_id")
			small, big := schema.Integer(), schema.BigInteger()
			stages := [][]*schema.Table{
				declared(small), declared(small, unique), declared(small, unique, key), declared(small, key), declared(small, key, unique, schema.Index("ix", "r_id", "n")),
				declared(big, key, unique), declared(big, key, schema.UniqueConstraint("", "r_id", "n")), declared(big, key),
			}
			if k == testdb.KindTiDB { // which changes no type of a primary key
				stages = stages[:5]
			}
			for i := range stages[1:] {
				if err := s.thereAndBack(stages[i], stages[i+1], autogen.Options{}); err != nil {
					t.Errorf("stage %d: %v\n%s", i, err, strings.Join(s.log, "\n"))
				}
			}
		})
	}
}
