package autogen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestTiDB makes changes of what TiDB alone has, or keeps where no catalogue tells
// of it, and of what it refuses: that is said beforehand, and nothing is run.
func TestTiDB(t *testing.T) {
	s := onServer(t, testdb.KindTiDB)
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey())
	a := schema.Column("a", schema.Integer())
	with := func(items ...schema.TableItem) []*schema.Table {
		return tables(schema.NewTable("t", append([]schema.TableItem{id}, items...)...))
	}
	keyed := func(key *schema.PrimaryKeyDef) []*schema.Table {
		return tables(schema.NewTable("t", schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull()), key))
	}
	loose := func(columns ...string) *schema.PrimaryKeyDef {
		return schema.PrimaryKeyConstraint("", columns...).With(mysql.Nonclustered())
	}
	random := func(items ...schema.TableItem) []*schema.Table {
		return tables(schema.NewTable("t", append([]schema.TableItem{
			schema.Column("id", schema.BigInteger(), schema.NotNull(), mysql.AutoRandom(5), schema.Comment("k")), schema.PrimaryKeyConstraint("", "id"),
		}, items...)...))
	}
	noted := random()
	noted[0].Columns[0].Comment = "key"
	computed := func(typ schema.Type, how schema.Storage) []*schema.Table {
		return with(schema.Column("a", typ), schema.Column("g", schema.BigInteger(), schema.ComputedAs("a + 1", how)))
	}
	for name, c := range map[string]struct {
		from, to []*schema.Table
		refused  string // empty for nothing
	}{
		"a check that is not enforced":         {with(a, schema.CheckConstraint("ck", "a > 0")), with(a, schema.CheckConstraint("ck", "a > 0").With(schema.NotEnforced())), ""},
		"leading zeros":                        {with(a), with(schema.Column("a", mysql.ZeroFill(schema.Integer(), 8))), ""},
		"a column beside random numbers":       {random(), random(a), ""},
		"a column of random numbers":           {random(), noted, ""},
		"a key that the rows are not kept by":  {keyed(loose("id")), keyed(loose("id", "b")), ""},
		"a key that the rows are kept by":      {keyed(schema.PrimaryKeyConstraint("", "id")), keyed(schema.PrimaryKeyConstraint("", "id", "b")), "the upgrade of table 't' cannot run as it is: TiDB keeps the rows by this key (it is clustered)"},
		"what a virtual column is made of":     {computed(schema.Integer(), schema.Virtual), computed(schema.BigInteger(), schema.Virtual), ""},
		"a virtual column that becomes stored": {computed(schema.Integer(), schema.Virtual), computed(schema.Integer(), schema.Stored), "the upgrade of table 't' cannot run as it is: TiDB changes the expression of no stored generated column"},
		"a stored column that becomes virtual": {computed(schema.Integer(), schema.Stored), computed(schema.Integer(), schema.Virtual), "the downgrade of table 't' cannot run as it is: TiDB changes the expression of no stored generated column"},
		"a new stored column":                  {with(a), computed(schema.Integer(), schema.Stored), "the upgrade of table 't' cannot run as it is: TiDB adds no stored generated column"},
		"a new numbered column":                {with(), tables(schema.NewTable("t", schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()))), "the upgrade of table 't' cannot run as it is: TiDB gives AUTO_INCREMENT to no column"},
		"random numbers for a column":          {tables(schema.NewTable("t", schema.Column("id", schema.BigInteger(), schema.PrimaryKey()))), random(), "the upgrade of table 't' cannot run as it is: TiDB gives AUTO_RANDOM to no column"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := s.thereAndBackResult(c.from, c.to, autogen.Options{})
			switch {
			case err != nil:
				t.Error(err)
			case strings.HasSuffix(s.ended, "unsupported"):
				t.Error("the server refused it, and that was not said before")
			case c.refused == "" && len(r.Warnings) > 0, c.refused != "" && !slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.HasPrefix(w, c.refused) }):
				t.Errorf("warned of %q, want %q", r.Warnings, c.refused)
			}
		})
	}
}
