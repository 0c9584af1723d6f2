package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// TestConstraintsStayNotValid changes columns below a check and a foreign key that are
// not valid yet, since rows are in the way of them: they are made anew as they were.
func TestConstraintsStayNotValid(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	tables := func(id, amount schema.Type) []*schema.Table {
		return convention(func(m *schema.Metadata) {
			m.Table("account", schema.Column("id", id, schema.PrimaryKey()))
			m.Table("payment",
				schema.Column("account_id", id, schema.NotNull(), schema.References("account.id")),
				schema.Column("amount", amount, schema.NotNull()),
				schema.CheckConstraint("positive", "amount > 0"),
			)
		})
	}
	err := s.exec(
		"CREATE TABLE account (id integer CONSTRAINT pk_account PRIMARY KEY)",
		"CREATE TABLE payment (account_id integer NOT NULL, amount numeric(10, 2) NOT NULL)",
		"INSERT INTO payment VALUES (7, -1)",
		"ALTER TABLE payment ADD CONSTRAINT ck_payment_positive CHECK (amount > 0) NOT VALID",
		"ALTER TABLE payment ADD CONSTRAINT fk_payment_account_id_account FOREIGN KEY (account_id) REFERENCES account (id) NOT VALID",
	)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.settled(tables(schema.Integer(), schema.Numeric(10, 2)), autogen.Options{}); err != nil {
		t.Fatal(err)
	}
	r, err := s.compare(tables(schema.BigInteger(), schema.Integer()), autogen.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, ops := range [][]op.Operation{r.Upgrade, r.Downgrade} {
		if err := s.run(ops); err != nil {
			t.Fatalf("%v%s", err, spell(ops))
		}
		var n int
		if err := s.conn.QueryRowContext(s.ctx, "SELECT count(*) FROM pg_constraint WHERE NOT convalidated AND contype IN ('c', 'f')").Scan(&n); err != nil || n != 2 {
			t.Errorf("%d constraints are not valid, want 2 (%v)%s", n, err, spell(ops))
		}
	}
}
