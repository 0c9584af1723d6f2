package autogen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// stage is one state of a declared schema, and what is detected on the way to it.
type stage struct {
	declare  func(m *schema.Metadata)
	detected []string
	warnings []string // parts of them
}

// goes takes a server through stages: each is reached by what is found, nothing
// is found then, and the way back leads to what was.
func (s *server) goes(t *testing.T, stages ...stage) {
	t.Helper()
	before := s.dump(t)
	for i, st := range stages {
		m := schema.NewMetadata(schema.Options{})
		st.declare(m)
		o := autogen.Options{Metadata: []*schema.Metadata{m}}
		r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
		if err != nil {
			t.Fatalf("stage %d: %v", i, err)
		}
		if d := cmp.Diff(st.detected, r.Detected); d != "" {
			t.Errorf("stage %d: detected (-want +got):\n%s", i, d)
		}
		if len(r.Warnings) != len(st.warnings) {
			t.Errorf("stage %d: warned %q, want %q", i, r.Warnings, st.warnings)
		} else {
			for k, w := range st.warnings {
				if !strings.Contains(r.Warnings[k], w) {
					t.Errorf("stage %d: warned %q, want %q", i, r.Warnings[k], w)
				}
			}
		}
		if err := s.run(r.Upgrade); err != nil {
			t.Fatalf("stage %d: upgrading: %v\n%s", i, err, strings.Join(s.log, "\n"))
		}
		there := s.dump(t)
		s.nothing(t, i, "after upgrading", o)
		if err := s.run(r.Downgrade); err != nil {
			t.Fatalf("stage %d: downgrading: %v\n%s", i, err, strings.Join(s.log, "\n"))
		}
		if d := cmp.Diff(before, s.dump(t)); d != "" {
			t.Errorf("stage %d: after downgrading (-want +got):\n%s", i, d)
		}
		if err := s.run(r.Upgrade); err != nil {
			t.Fatalf("stage %d: upgrading again: %v\n%s", i, err, strings.Join(s.log, "\n"))
		}
		before = s.dump(t)
		if d := cmp.Diff(there, before); d != "" {
			t.Errorf("stage %d: after upgrading again (-want +got):\n%s", i, d)
		}
	}
}

// nothing expects no difference.
func (s *server) nothing(t *testing.T, i int, when string, o autogen.Options) {
	t.Helper()
	r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Upgrade) > 0 || len(r.Downgrade) > 0 || len(r.Warnings) > 0 {
		t.Errorf("stage %d: %s there is %q up and %q down, detected %q, warned %q", i, when, r.Upgrade, r.Downgrade, r.Detected, r.Warnings)
	}
}

// dump is what the server itself says of all it holds.
func (s *server) dump(t *testing.T) []string {
	t.Helper()
	query := map[testdb.Kind]string{
		testdb.KindSQLite: "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
		testdb.KindPostgres: `SELECT format('%s %s %s %s', c.relkind, c.relname, pg_get_viewdef(c.oid), ARRAY(SELECT unnest(c.reloptions) ORDER BY 1)) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
UNION ALL SELECT format('column %s.%s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT format('owner of %s is %s', c.relname, pg_get_userbyid(c.relowner)) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
UNION ALL SELECT format('comment on %s %s: %s', c.relname, d.objsubid, d.description) FROM pg_class c JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT DISTINCT format('%s on %s for %s %s', x.privilege_type, c.relname, x.grantee::regrole, x.is_grantable) FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('v', 'm')
UNION ALL SELECT DISTINCT format('%s on %s.%s for %s %s', x.privilege_type, c.relname, a.attname, x.grantee::regrole, x.is_grantable) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) x WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT format('sequence %s belongs to %s %s', d.objid::regclass, d.refobjid::regclass, d.refobjsubid > 0) FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' AND d.deptype = 'a'
UNION ALL SELECT format('sequence %s %s', sequencename, to_jsonb(s) - 'last_value' - 'schemaname' - 'sequenceowner') FROM pg_sequences s WHERE schemaname = 'public'`,
		testdb.KindMySQL: `SELECT CONCAT('view ', TABLE_NAME, ' ', VIEW_DEFINITION, ' ', CHECK_OPTION) FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()
UNION ALL SELECT CONCAT_WS(' ', TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLUMN_DEFAULT) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
	}
	query[testdb.KindMariaDB] = query[testdb.KindMySQL] + " UNION ALL SELECT CONCAT('sequence ', TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_TYPE = 'SEQUENCE' AND TABLE_SCHEMA = DATABASE()"
	rows, err := s.conn.QueryContext(s.ctx, query[s.kind])
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		out = append(out, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if s.kind == testdb.KindMariaDB {
		for i, line := range out {
			name, ok := strings.CutPrefix(line, "sequence ")
			if !ok {
				continue
			}
			var text string
			if err := s.conn.QueryRowContext(s.ctx, "SHOW CREATE SEQUENCE "+name).Scan(&name, &text); err != nil {
				t.Fatal(err)
			}
			out[i] = text
		}
	}
	if s.kind == testdb.KindMySQL || s.kind == testdb.KindMariaDB {
		for _, line := range out {
			if words := strings.Fields(line); words[0] == "view" {
				out = append(out, s.viewHead(t, words[1]))
			}
		}
	}
	for i := range out { // SQLite keeps the white space of its own edits
		out[i] = strings.NewReplacer("\n)", ")", "( ", "(").Replace(out[i])
	}
	slices.Sort(out)
	return out
}

// viewHead is what SHOW CREATE VIEW says before the query.
func (s *server) viewHead(t *testing.T, name string) string {
	t.Helper()
	var text string
	if err := s.conn.QueryRowContext(s.ctx, "SHOW CREATE VIEW `"+name+"`").Scan(&name, &text, new(string), new(string)); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(text, " AS select ")
	return head
}

func account(items ...schema.TableItem) func(m *schema.Metadata) {
	return func(m *schema.Metadata) {
		m.Table("account", append([]schema.TableItem{
			schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
			schema.Column("name", schema.String(50), schema.NotNull()),
		}, items...)...)
	}
}

func declare(list ...func(m *schema.Metadata)) func(m *schema.Metadata) {
	return func(m *schema.Metadata) {
		for _, f := range list {
			f(m)
		}
	}
}

func view(name, query string) func(m *schema.Metadata) {
	return func(m *schema.Metadata) { m.View(name, schema.ViewAs(query)) }
}

// TestViews takes views, one upon the other, through everything that may happen
// to them and to what they rest on.
func TestViews(t *testing.T) {
	everyServer(t, func(t *testing.T, s *server) {
		state := schema.Column("state", schema.String(20), schema.NotNull())
		longer := schema.Column("state", schema.String(200), schema.NotNull())
		// A second view whose name comes first in the alphabet.
		young := view("a_few", "SELECT name FROM recent WHERE name <> 'O''Brien `public`.x'")
		changedView := []string{"changed view 'recent'"}
		widened := []string{"type change from VARCHAR(20) to VARCHAR(200) on 'account.state'"}
		s.goes(t,
			stage{
				declare(account(state), view("recent", "select id, name from account where id > 10 and state = 'new'"), young),
				[]string{"added table 'account'", "added view 'recent'", "added view 'a_few'"},
				nil,
			},
			// Other words, the same view.
			stage{declare(account(state), view("recent", "SELECT  id, name -- the new ones\nFROM account WHERE id>10 AND state = 'new'"), young), sqliteSpelling(s), nil},
			stage{declare(account(state), view("recent", "select id, name, state from account where id > 10"), young), changedView, nil},
			// A column below changes, the view does not.
			stage{declare(account(longer), view("recent", "select id, name, state from account where id > 10"), young), widened, nil},
			// A column goes, and the view with it becomes another.
			stage{
				declare(account(), view("recent", "select name, id from account"), young),
				[]string{"removed column 'account.state'", "changed view 'recent'"},
				nil,
			},
			// The table and a column get other names, and the column another type.
			stage{
				declare(people(schema.String(50)), view("recent", "select full_name as name, id from person"), young),
				[]string{"renamed table 'account' to 'person'", "renamed column 'person.name' to 'person.full_name'", "changed view 'recent'"},
				nil,
			},
			stage{
				declare(people(schema.String(60)), view("recent", "select full_name as name, id from person"), young),
				[]string{"type change from VARCHAR(50) to VARCHAR(60) on 'person.full_name'"},
				nil,
			},
			// And both at once, back again.
			stage{
				declare(func(m *schema.Metadata) {
					m.Table("account", schema.RenamedFrom("person"), schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
						schema.Column("name", schema.String(50), schema.NotNull(), schema.RenamedFrom("full_name")))
				}, view("recent", "select name, id from account"), young),
				[]string{"renamed table 'person' to 'account'", "renamed column 'account.full_name' to 'account.name'", "type change from VARCHAR(60) to VARCHAR(50) on 'account.name'", "changed view 'recent'"},
				nil,
			},
			// What nobody declares any more is left alone; what is dropped goes.
			stage{account(), nil, nil},
			stage{declare(account(), func(m *schema.Metadata) {
				m.View("recent", schema.Dropped())
				m.View("a_few", schema.Dropped())
				m.View("never", schema.Dropped())
			}), []string{"removed view 'recent'", "removed view 'a_few'"}, nil},
		)
	})
}

func people(name schema.Type) func(m *schema.Metadata) {
	return func(m *schema.Metadata) {
		m.Table("person", schema.RenamedFrom("account"), schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
			schema.Column("full_name", name, schema.NotNull(), schema.RenamedFrom("name")))
	}
}

// sqliteSpelling: SQLite keeps the letters of a query as they were written.
func sqliteSpelling(s *server) []string {
	if s.kind == testdb.KindSQLite {
		return []string{"changed view 'recent'"}
	}
	return nil
}

// TestViewsOfPostgres are materialized views with indexes, check options, and
// views in other schemas; and views that nobody declares on what changes.
func TestViewsOfPostgres(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec("CREATE SCHEMA billing", "CREATE TYPE mood AS ENUM ('sad', 'happy')"); err != nil {
		t.Fatal(err)
	}
	invoice := func(amount schema.Type) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			m.Table("invoice", schema.InSchema("billing"), schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("amount", amount))
		}
	}
	total := func(query string, items ...schema.ViewItem) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			m.MaterializedView("total", append(items, schema.ViewAs(query))...)
		}
	}
	const sums = "SELECT id, sum(amount) AS amount FROM billing.invoice GROUP BY id"
	large := func(m *schema.Metadata) {
		m.View("large", schema.InSchema("billing"), schema.ViewAs("SELECT * FROM billing.invoice WHERE amount > 100 WITH LOCAL CHECK OPTION"))
	}
	up := "type change from INTEGER to BIGINT on 'billing.invoice.amount'"
	s.goes(t,
		stage{
			declare(invoice(schema.Integer()), total(sums, schema.Index("ix_total", "amount")), large),
			[]string{"added table 'billing.invoice'", "added materialized view 'total'", "added view 'billing.large'"},
			nil,
		},
		stage{declare(invoice(schema.Integer()), total(sums, schema.Index("ix_total", "amount", "id")), large), []string{"changed index 'ix_total' on 'total'"}, nil},
		stage{declare(invoice(schema.BigInteger()), total(sums, schema.Index("ix_total", "amount", "id")), large), []string{up}, nil},
		stage{
			declare(invoice(schema.BigInteger()), total("SELECT max(amount) AS amount FROM billing.invoice", schema.Index("ix_total", "amount")), large),
			[]string{"changed materialized view 'total'"},
			nil,
		},
	)
	if err := s.exec("CREATE VIEW stranger AS SELECT amount FROM billing.invoice"); err != nil {
		t.Fatal(err)
	}
	m := schema.NewMetadata(schema.Options{})
	invoice(schema.Integer())(m)
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
	if err != nil {
		t.Fatal(err)
	}
	if all := strings.Join(r.Warnings, "\n"); !strings.Contains(all, "view 'stranger', which nobody declares, rests on 'billing.invoice.amount'") {
		t.Errorf("warned %s", all)
	}
}

// TestOptionsOfViews: what a view is told beside its query holds when it is made
// anew or replaced, and when it comes back.
func TestOptionsOfViews(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(`CREATE TABLE account (id int PRIMARY KEY, name varchar(50) NOT NULL, state varchar(20));
		CREATE VIEW barred WITH (check_option=cascaded, security_barrier=true) AS SELECT id, state FROM account WHERE id > 0;
		CREATE MATERIALIZED VIEW kept WITH (fillfactor=70, autovacuum_enabled=off) AS SELECT id, state FROM account`); err != nil {
		t.Fatal(err)
	}
	const rows, query = "SELECT id, state FROM account", "SELECT id, state FROM account WHERE id > 0 WITH CASCADED CHECK OPTION"
	kept := func(m *schema.Metadata) { m.MaterializedView("kept", schema.ViewAs(rows)) }
	longer := account(schema.Column("state", schema.String(30)))
	s.goes(t,
		stage{declare(longer, view("barred", query), kept), []string{"type change from VARCHAR(20) to VARCHAR(30) on 'account.state'"}, nil},
		stage{
			declare(longer, view("barred", "SELECT id, state, name FROM account WHERE id > 0 WITH CASCADED CHECK OPTION"), kept),
			[]string{"changed view 'barred'"},
			nil,
		},
		stage{
			declare(longer, func(m *schema.Metadata) { m.View("barred", schema.Dropped()) }, func(m *schema.Metadata) { m.MaterializedView("kept", schema.ViewAs("SELECT state FROM account")) }),
			[]string{"removed view 'barred'", "changed materialized view 'kept'"},
			nil,
		},
	)
}

// TestViewsOnRebuiltEnums: a view on an array of an enumeration makes room for its
// rebuilding as one on a plain column does.
func TestViewsOnRebuiltEnums(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	person := func(values ...string) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			m.Table("person", schema.Column("id", schema.Integer()), schema.Column("moods", postgres.Array(schema.Enum("mood", values...))))
			m.View("moody", schema.ViewAs("SELECT id, moods FROM person"))
		}
	}
	s.goes(t,
		stage{declare(person("sad", "happy", "bored")), []string{"added enum 'mood'", "added table 'person'", "added view 'moody'"}, nil},
		stage{declare(person("sad", "happy")), []string{"removed value 'bored' from enum 'mood'"}, nil},
	)
}

// TestStrangersOfSQLite: SQLite drops no column that a view names.
func TestStrangersOfSQLite(t *testing.T) {
	s := onServer(t, testdb.KindSQLite)
	if err := s.exec("CREATE TABLE account (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL, state TEXT, other TEXT)",
		"CREATE VIEW stranger AS SELECT state FROM account"); err != nil {
		t.Fatal(err)
	}
	m := schema.NewMetadata(schema.Options{})
	account()(m)
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "view 'stranger', which nobody declares, rests on 'account.state'") {
		t.Errorf("warned %q", r.Warnings)
	}
}

// TestSequences takes sequences that stand by themselves through their changes.
func TestSequences(t *testing.T) {
	for _, kind := range []testdb.Kind{testdb.KindPostgres, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) {
			s := onServer(t, kind)
			sequence := func(n schema.Numbers) func(m *schema.Metadata) {
				return func(m *schema.Metadata) { m.Sequence("order_no", n) }
			}
			next := "nextval('order_no')"
			if kind == testdb.KindMariaDB {
				next = "nextval(order_no)"
			}
			order := func(items ...schema.ColumnItem) func(m *schema.Metadata) {
				return func(m *schema.Metadata) {
					m.Table("purchase", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("number", schema.BigInteger(), items...))
				}
			}
			numbered := schema.ServerDefault(schema.SQL(next))
			s.goes(t,
				stage{declare(sequence(schema.Numbers{}), order(numbered)), []string{"added table 'purchase'", "added sequence 'order_no'"}, nil},
				stage{declare(sequence(schema.Numbers{Start: 1, Increment: 1}), order(numbered)), nil, nil},
				stage{declare(sequence(schema.Numbers{Increment: 5, Max: schema.Bound(1000000), Cycle: true, Cache: 10}), order(numbered)), []string{"changed sequence 'order_no'"}, nil},
				stage{declare(sequence(schema.Numbers{Increment: -1, Min: schema.Bound(-50)}), order(numbered)), []string{"changed sequence 'order_no'"}, nil},
				stage{order(), []string{"server default on column 'purchase.number'"}, nil},
				stage{declare(order(), func(m *schema.Metadata) { m.Sequence("order_no", schema.Dropped()) }), []string{"removed sequence 'order_no'"}, nil},
			)
		})
	}
}

// TestObjectsThatAreNotThere: what a database lacks is an error that says so.
func TestObjectsThatAreNotThere(t *testing.T) {
	s := onServer(t, testdb.KindSQLite)
	for want, f := range map[string]func(m *schema.Metadata){
		`sequence "s" is declared, and sqlite has none`:                   func(m *schema.Metadata) { m.Sequence("s") },
		`view "v" is declared as a materialized one, and sqlite has none`: func(m *schema.Metadata) { m.MaterializedView("v", schema.ViewAs("SELECT 1")) },
		`declaring view "v": it has no query`:                             func(m *schema.Metadata) { m.View("v") },
		`declaring view "v": it is declared at`: func(m *schema.Metadata) {
			m.View("v", schema.ViewAs("SELECT 1"))
			m.View("v", schema.ViewAs("SELECT 1"))
		},
	} {
		m := schema.NewMetadata(schema.Options{})
		f(m)
		_, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}
