package autogen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// roles makes roles that are a test's own, and drops them behind it.
func (s *server) roles(t *testing.T, names ...string) (out []any) {
	t.Helper()
	for _, n := range names {
		role := fmt.Sprintf("%s %q %s", n, "'", s.db.Name[max(0, len(s.db.Name)-20):])
		quoted := `"` + strings.ReplaceAll(role, `"`, `""`) + `"`
		if err := s.exec("CREATE ROLE " + quoted); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.exec("DROP OWNED BY "+quoted, "DROP ROLE "+quoted); err != nil {
				t.Error(err)
			}
		})
		out = append(out, quoted)
	}
	return out
}

// TestBesideViews: a view that is made anew keeps its owner, its comments, its
// defaults and who may do what with it, and comes back with them.
func TestBesideViews(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	roles := s.roles(t, "ann", "bob", "owner")
	text := `CREATE TABLE account (id int PRIMARY KEY, name varchar(50) NOT NULL, state varchar(20));
		CREATE VIEW "odd ""view" WITH (security_barrier=true) AS SELECT id, state AS "the ""state", name FROM account;
		CREATE VIEW few AS SELECT id, state FROM account;
		CREATE VIEW plain AS SELECT state FROM account;
		CREATE MATERIALIZED VIEW kept AS SELECT id, state FROM account;
		CREATE INDEX ix_kept ON kept (state);
		CREATE UNIQUE INDEX uq_kept ON kept (id);
		COMMENT ON INDEX ix_kept IS 'how it is found';
		COMMENT ON VIEW "odd ""view" IS 'it''s \ odd :name ? %[4]s $1
of two lines';
		COMMENT ON COLUMN "odd ""view"."the ""state" IS 'a state';
		COMMENT ON COLUMN "odd ""view".name IS 'a name';
		ALTER VIEW "odd ""view" ALTER COLUMN name SET DEFAULT 'it''s';
		GRANT SELECT, INSERT ON "odd ""view" TO %[1]s;
		GRANT UPDATE ON "odd ""view" TO %[1]s WITH GRANT OPTION;
		GRANT SELECT ON "odd ""view" TO PUBLIC;
		GRANT UPDATE ("the ""state", name), INSERT (name) ON "odd ""view" TO %[2]s WITH GRANT OPTION;
		GRANT SELECT (id, state) ON few TO PUBLIC;
		REVOKE TRUNCATE ON few FROM CURRENT_USER;
		COMMENT ON MATERIALIZED VIEW kept IS 'kept';
		COMMENT ON COLUMN kept.state IS 'kept too';
		GRANT CREATE, USAGE ON SCHEMA public TO %[3]s;
		ALTER VIEW few OWNER TO %[3]s;
		ALTER MATERIALIZED VIEW kept OWNER TO %[3]s;
		GRANT SELECT ON kept TO %[2]s;
		ALTER DEFAULT PRIVILEGES GRANT SELECT, DELETE ON TABLES TO %[1]s WITH GRANT OPTION;
		ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC`
	if err := s.exec(fmt.Sprintf(text, append(roles, "%d")...)); err != nil {
		t.Fatal(err)
	}
	views := func(m *schema.Metadata) {
		m.View(`odd "view`, schema.ViewAs(`SELECT id, state AS "the ""state", name FROM account`))
		m.View("few", schema.ViewAs("SELECT id, state FROM account"))
		m.View("plain", schema.ViewAs("SELECT state FROM account"))
		m.MaterializedView("kept", schema.ViewAs("SELECT id, state FROM account"),
			schema.Index("ix_kept", "state").With(schema.Comment("how it is found")), schema.Index("uq_kept", "id").With(schema.UniqueIndex()))
	}
	longer := account(schema.Column("state", schema.String(30)))
	s.goes(t,
		stage{declare(longer, views), []string{"type change from VARCHAR(20) to VARCHAR(30) on 'account.state'"}, nil},
		stage{ // columns go, and what is said of those that stay is kept
			declare(longer, func(m *schema.Metadata) {
				m.View(`odd "view`, schema.ViewAs(`SELECT id, state AS "the ""state" FROM account`))
				m.View("few", schema.ViewAs("SELECT state FROM account"))
			}),
			[]string{"changed view 'few'", `changed view 'odd "view'`},
			nil,
		},
		stage{
			declare(longer, func(m *schema.Metadata) { m.View("few", schema.Dropped()) }, func(m *schema.Metadata) { m.View(`odd "view`, schema.Dropped()) }),
			[]string{"removed view 'few'", `removed view 'odd "view'`},
			nil,
		},
	)
	if all := s.dump(t); !slices.ContainsFunc(all, func(l string) bool { return strings.HasPrefix(l, "owner of kept is owner") }) {
		t.Errorf("there is\n%s", strings.Join(all, "\n"))
	}
}

// TestLostBesideViews: what does not come back with a view is told by name.
func TestLostBesideViews(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(`CREATE TABLE account (id int PRIMARY KEY, name varchar(50) NOT NULL, state varchar(20));
		CREATE VIEW few AS SELECT id, state FROM account;
		CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
		CREATE TRIGGER on_few INSTEAD OF INSERT ON few FOR EACH ROW EXECUTE FUNCTION nothing();
		CREATE RULE quiet AS ON DELETE TO few DO INSTEAD NOTHING;
		CREATE VIEW gone AS SELECT id FROM account;
		CREATE RULE quiet AS ON UPDATE TO gone DO INSTEAD NOTHING;
		CREATE MATERIALIZED VIEW kept AS SELECT id, state FROM account;
		CREATE INDEX ix_kept ON kept (state);
		ALTER MATERIALIZED VIEW kept CLUSTER ON ix_kept;
		ALTER MATERIALIZED VIEW kept ALTER COLUMN state SET STATISTICS 7`); err != nil {
		t.Fatal(err)
	}
	m := schema.NewMetadata(schema.Options{})
	account(schema.Column("state", schema.String(30)))(m)
	m.View("few", schema.ViewAs("SELECT id, state FROM account"))
	m.View("gone", schema.Dropped())
	m.MaterializedView("kept", schema.ViewAs("SELECT id, state FROM account"), schema.Index("ix_kept", "state"))
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"view 'few' is made anew without what it had: rule 'quiet', trigger 'on_few'; create it again behind",
		"view 'gone' goes, and the way down does not bring back what it had: rule 'quiet'",
		"view 'kept' is made anew without what it had: CLUSTER ON 'ix_kept', the statistics target of column 'state'; create it again behind",
	}
	slices.Sort(r.Warnings)
	if !slices.Equal(r.Warnings, want) {
		t.Errorf("warned\n%s\nwant\n%s", strings.Join(r.Warnings, "\n"), strings.Join(want, "\n"))
	}
}
