package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestKeysThatSayWhatTheyHave: the collation and the operator class that an expression
// has by itself are no difference where they are declared, and others are.
func TestKeysThatSayWhatTheyHave(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	account := func(key schema.IndexPart) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			m.Table("account", schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("name", schema.Text(), schema.Collate("C")),
				schema.IndexOn("ix", key))
		}
	}
	const lower = "lower(name)"
	changed := []string{"changed index 'ix' on 'account'"}
	s.goes(t,
		stage{declare(account(schema.KeyExpr(lower))), []string{"added table 'account'", "added index 'ix' on '('lower(name)')'"}, nil},
		stage{declare(account(schema.KeyExpr(lower).Collate("C"))), nil, nil},
		stage{declare(account(schema.KeyExpr(lower).Op("text_ops"))), nil, nil},
		stage{declare(account(schema.KeyExpr(lower).Collate("C").Op("text_ops"))), nil, nil},
		stage{declare(account(schema.KeyExpr(lower).Collate("POSIX"))), changed, nil},
		stage{declare(account(schema.KeyExpr("lower(name COLLATE \"POSIX\")").Collate("POSIX"))), changed, nil},
		stage{declare(account(schema.KeyExpr(lower).Op("text_pattern_ops"))), changed, nil},
		stage{declare(account(schema.KeyExpr(lower).Collate("default"))), changed, nil},
		stage{declare(account(schema.KeyExpr(lower).Collate("C"))), changed, nil},
	)
}

// TestKeysOfMaterializedViews: of their indexes the server has said all already.
func TestKeysOfMaterializedViews(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	kept := func(key schema.IndexPart) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			m.Table("account", schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("name", schema.Text()))
			m.MaterializedView("kept", schema.ViewAs("SELECT id, name FROM account"), schema.IndexOn("ix", key))
		}
	}
	changed := []string{"changed index 'ix' on 'kept'"}
	s.goes(t,
		stage{declare(kept(schema.KeyExpr("lower(name)"))), []string{"added table 'account'", "added materialized view 'kept'"}, nil},
		stage{declare(kept(schema.KeyExpr("upper(name)"))), changed, nil},
		stage{declare(kept(schema.KeyExpr("(upper((name)))").Op("text_ops"))), nil, nil},
		stage{declare(kept(schema.KeyExpr("upper(name)").Collate("C"))), changed, nil},
		stage{declare(kept(schema.KeyExpr("coalesce(name, 'x')").Collate("C"))), changed, nil},
	)
}
