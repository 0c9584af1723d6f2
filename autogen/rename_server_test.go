package autogen_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// convention declares tables under the default naming convention.
func convention(f func(m *schema.Metadata)) []*schema.Table {
	m := schema.NewMetadata(schema.Options{NamingConvention: schema.DefaultNaming})
	f(m)
	return m.Tables()
}

// before and after are one schema before and after two tables and three columns
// got other names, with all that rests on them.
func before() []*schema.Table {
	return convention(func(m *schema.Metadata) {
		m.Table("account",
			schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("name", schema.String(50), schema.NotNull(), schema.Unique()),
			schema.Column("points", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Indexed()),
			schema.Column("parent_id", schema.BigInteger(), schema.References("account.id")),
			schema.CheckConstraint("points_positive", "points > 0"),
		)
		m.Table("purchase",
			schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("account_id", schema.BigInteger(), schema.NotNull(), schema.Indexed(), schema.References("account.id")),
			schema.Column("note", schema.String(20)),
		)
	})
}

func after() []*schema.Table {
	return convention(func(m *schema.Metadata) {
		m.Table("customer", schema.RenamedFrom("client", "account"),
			schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("full_name", schema.String(100), schema.NotNull(), schema.Unique(), schema.RenamedFrom("name")),
			schema.Column("Level", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Indexed(), schema.RenamedFrom("points")),
			schema.Column("parent_id", schema.BigInteger(), schema.References("customer.id")),
			schema.CheckConstraint("points_positive", `level > 0`),
		)
		m.Table("purchase",
			schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("customer_id", schema.BigInteger(), schema.NotNull(), schema.Indexed(), schema.References("customer.id")),
			schema.Column("note", schema.String(20)),
		)
	})
}

// What is renamed keeps its rows, goes back, and is in the end what a new
// database would be made.
func TestRenamesOnServers(t *testing.T) {
	t.Parallel()
	for _, kind := range testdb.Kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			after := after()
			if kind == testdb.KindPostgres { // which folds what is not quoted
				after[0].Checks[0].Expr = `"Level" > 0`
			}
			if err := s.renames(before(), after, autogen.Options{Renames: []string{"purchase.account_id:purchase.customer_id"}}); err != nil {
				t.Errorf("%v\n%s", err, strings.Join(s.log, "\n"))
			}
		})
	}
}

// What is computed of a column goes by its new name too. MySQL keeps the name of
// such a column, so that what is made of it is made anew.
func TestRenamesOfWhatIsComputed(t *testing.T) {
	t.Parallel()
	table := func(column, doubled string, items ...schema.ColumnItem) []*schema.Table {
		return convention(func(m *schema.Metadata) {
			m.Table("t",
				schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
				schema.Column(column, schema.Integer(), items...),
				schema.Column("doubled", schema.Integer(), schema.ComputedAs(doubled, schema.Stored)),
				schema.Index("ix_doubled", "doubled"),
				schema.CheckConstraint("text", "doubled <> 5 OR '"+"n' <> '"+column[:1]+"n'"),
			)
		})
	}
	for _, kind := range testdb.Kinds() {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, kind)
			if err := s.fill(table("n", "n * 2"), autogen.Options{}); err != nil {
				t.Fatal(err)
			}
			first, err := s.holds(autogen.Options{})
			if err != nil {
				t.Fatal(err)
			}
			after := table("nought", "nought * 2", schema.RenamedFrom("n"))
			r, err := s.compare(after, autogen.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.exec("INSERT INTO t (n) VALUES (3)"); err != nil {
				t.Fatal(err)
			}
			if err := s.run(r.Upgrade); err != nil {
				t.Fatalf("%s\n%v", spell(r.Upgrade), err)
			}
			if err := s.settled(after, autogen.Options{}); err != nil {
				t.Errorf("%s\n%v", spell(r.Upgrade), err)
			}
			var got int
			if err := s.conn.QueryRowContext(s.ctx, "SELECT doubled FROM t WHERE nought = 3").Scan(&got); err != nil || got != 6 {
				t.Errorf("%d, %v", got, err)
			}
			if err := s.run(r.Downgrade); err != nil {
				t.Fatalf("%s\n%v", spell(r.Downgrade), err)
			}
			back, err := s.holds(autogen.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := s.differ(first, back, nil); diff != "" {
				t.Errorf("not what it was:\n%s%s", diff, spell(r.Downgrade))
			}
			if kind != testdb.KindMySQL && len(r.Upgrade) > 3 {
				t.Errorf("more than a rename:%s", spell(r.Upgrade))
			}
		})
	}
}

func (s *server) renames(before, after []*schema.Table, o autogen.Options) error {
	plain := autogen.Options{}
	if err := s.fill(after, plain); err != nil {
		return err
	}
	fresh, err := s.holds(plain)
	if err != nil {
		return err
	}
	if err := s.reset(); err != nil {
		return err
	}
	if err := s.fill(before, plain); err != nil {
		return err
	}
	first, err := s.holds(plain)
	if err != nil {
		return err
	}
	if err := s.exec("INSERT INTO account (name, points) VALUES ('a', 7)", "INSERT INTO purchase (account_id, note) VALUES (1, 'x')"); err != nil {
		return err
	}
	r, err := s.compare(after, o)
	if err != nil {
		return err
	}
	if len(r.Likely) > 0 || len(r.Unused) > 0 {
		return fmt.Errorf("likely %v, unused %v", r.Likely, r.Unused)
	}
	for _, list := range [][]op.Operation{r.Upgrade, r.Downgrade} {
		if err := keepsRows(list); err != nil {
			return err
		}
	}
	if err := s.run(r.Upgrade); err != nil {
		return fmt.Errorf("upgrading%s\n%w", spell(r.Upgrade), err)
	}
	if err := s.settled(after, plain); err != nil {
		return fmt.Errorf("after upgrading%s\n%w", spell(r.Upgrade), err)
	}
	got, err := s.holds(plain)
	if err != nil {
		return err
	}
	if diff := s.differ(fresh, got, nil); diff != "" {
		return fmt.Errorf("not what a new database is:\n%s%s", diff, spell(r.Upgrade))
	}
	if err := s.run(r.Downgrade); err != nil {
		return fmt.Errorf("downgrading%s\n%w", spell(r.Downgrade), err)
	}
	if got, err = s.holds(plain); err != nil {
		return err
	}
	if diff := s.differ(first, got, nil); diff != "" {
		return fmt.Errorf("not what it was:\n%s%s", diff, spell(r.Downgrade))
	}
	var name, note string
	err = s.conn.QueryRowContext(s.ctx, "SELECT a.name, p.note FROM account a JOIN purchase p ON p.account_id = a.id").Scan(&name, &note)
	if err == nil && (name != "a" || note != "x") {
		err = fmt.Errorf("rows were %q %q", name, note)
	}
	return err
}

// keepsRows refuses operations that drop a table, a column or an index.
func keepsRows(list []op.Operation) error {
	for _, o := range list {
		switch o := o.(type) {
		case *op.DropTable, *op.DropColumn, *op.CreateTable, *op.AddColumn, *op.DropIndex:
			return fmt.Errorf("there is more than renames: %s", spell(list))
		case *op.AlterTable:
			if err := keepsRows(o.Changes); err != nil {
				return err
			}
		}
	}
	return nil
}
