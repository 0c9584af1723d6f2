package autogen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// runsBothWays takes a server from nothing to each schema, on to the next, and
// back again to nothing, always by what is found: the operations run as they are.
func (s *server) runsBothWays(t *testing.T, declared ...func(m *schema.Metadata)) {
	t.Helper()
	var back []*autogen.Result
	held := func() *dialect.Reflection {
		r, err := s.holds(autogen.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	states := []*dialect.Reflection{held()}
	for i, f := range declared {
		m := schema.NewMetadata(schema.Options{})
		f(m)
		o := autogen.Options{Metadata: []*schema.Metadata{m}}
		r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.run(r.Upgrade); err != nil {
			t.Fatalf("upgrading to %d: %v\n%s", i, err, strings.Join(s.log, "\n"))
		}
		s.nothing(t, i, "after upgrading", o)
		back, states = append(back, r), append(states, held())
	}
	for i, r := range slices.Backward(back) {
		s.log = nil
		if err := s.run(r.Downgrade); err != nil {
			t.Fatalf("downgrading from %d: %v\n%s", i, err, strings.Join(s.log, "\n"))
		}
		if d := s.differ(states[i], held(), nil); d != "" {
			t.Errorf("after downgrading from %d (-want +got):\n%s\n%s", i, d, strings.Join(s.log, "\n"))
		}
	}
}

// ring declares tables of these names, each pointing at the next and at itself.
func ring(key schema.Type, names ...string) func(m *schema.Metadata) {
	return func(m *schema.Metadata) {
		for i, n := range names {
			next := names[(i+1)%len(names)]
			m.Table(n,
				schema.Column("id", key, schema.NotNull(), schema.PrimaryKey()),
				schema.Column("next_id", key), schema.Column("up_id", key),
				schema.ForeignKeyConstraint("fk_"+n+"_next", []string{"next_id"}, next, []string{"id"}),
				schema.ForeignKeyConstraint("fk_"+n+"_up", []string{"up_id"}, n, []string{"id"}),
			)
		}
	}
}

// TestOrderOfCircles makes, changes and drops tables that point at each other
// and at themselves.
func TestOrderOfCircles(t *testing.T) {
	everyServer(t, func(t *testing.T, s *server) {
		s.runsBothWays(t,
			ring(schema.Integer(), "c", "a", "b"),
			ring(schema.BigInteger(), "c", "a", "b"), // the keys and all that point at them
			ring(schema.BigInteger(), "a", "d"),      // two tables of the circle go, one comes into it
			func(*schema.Metadata) {},
		)
	})
}

// TestOrderOfTypes makes and drops what rests on types, sequences and tables at once.
func TestOrderOfTypes(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	all := func(values []string, number schema.Type) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			m.Sequence("number_seq", schema.Numbers{Start: 5})
			mood := schema.Enum("mood", values...)
			m.Table("zoo", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("m", mood, schema.ServerDefault(schema.Literal(values[0]))))
			m.Table("ape", schema.Column("zoo_id", schema.Integer(), schema.References("zoo.id")), schema.Column("m", mood),
				schema.Column("number", number, schema.ServerDefault(schema.SQL("nextval('number_seq')"))),
				schema.CheckConstraint("ck_mood", "m <> '"+values[0]+"'"))
			m.View("b_happy", schema.ViewAs("SELECT zoo.id, ape.m, ape.number FROM zoo JOIN ape ON zoo.id = ape.zoo_id WHERE zoo.m = '"+values[1]+"'"))
			m.MaterializedView("a_count", schema.ViewAs("SELECT m, count(*) AS n FROM b_happy GROUP BY m"), schema.Index("ix_count", "n"))
			m.Table("young", postgres.Inherits("zoo"), schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
				schema.Column("m", mood, schema.ServerDefault(schema.Literal(values[0]))))
			m.Table("infant", postgres.Inherits("young"), schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
				schema.Column("m", mood, schema.ServerDefault(schema.Literal(values[0]))))
		}
	}
	s.runsBothWays(t,
		all([]string{"sad", "happy"}, schema.BigInteger()),
		all([]string{"sad", "happy", "so"}, schema.BigInteger()),
		all([]string{"sad", "happy", "so"}, schema.Numeric(20, 0)),
		func(m *schema.Metadata) {
			m.View("b_happy", schema.Dropped())
			m.View("a_count", schema.Dropped())
			m.Sequence("number_seq", schema.Dropped())
		},
	)
}

// TestOrderOfViews drops tables below views, and lets views change places.
func TestOrderOfViews(t *testing.T) {
	everyServer(t, func(t *testing.T, s *server) {
		base := func(m *schema.Metadata) {
			m.Table("base", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("x", schema.Integer()))
		}
		s.runsBothWays(t,
			declare(base, view("one", "SELECT id, x FROM base"), view("two", "SELECT id, x FROM one")),
			declare(base, view("two", "SELECT id, x FROM base"), view("one", "SELECT id, x FROM two WHERE x > 1")),
			declare(account(), view("two", "SELECT id FROM account"), view("one", "SELECT id FROM two")),
			declare(account(), func(m *schema.Metadata) { m.View("one", schema.Dropped()) }, view("two", "SELECT name FROM account")),
		)
	})
}
