package autogen_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// onMySQLs runs a test on MySQL and on MariaDB.
func onMySQLs(t *testing.T, test func(t *testing.T, s *server)) {
	t.Helper()
	for _, kind := range []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			test(t, onServer(t, kind))
		})
	}
}

// hostile are accounts that are quoted with care, as the servers write them.
var hostile = []string{"`we``ird\"@x'y\\ü`@`%`", "``@`localhost`", "`a b`@`10.0.0.0/255.0.0.0`"}

// optioned fills a database with views that have what CREATE OR REPLACE forgets.
func (s *server) optioned(t *testing.T) {
	t.Helper()
	list := []string{
		"CREATE TABLE account (id INT NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL)",
		"CREATE VIEW plain AS SELECT id FROM account",
		"CREATE ALGORITHM=TEMPTABLE VIEW worked AS SELECT id FROM account",
		"CREATE ALGORITHM=MERGE DEFINER=`app`@`%` SQL SECURITY INVOKER VIEW few AS SELECT id FROM account WITH CASCADED CHECK OPTION",
	}
	for i, account := range hostile {
		list = append(list, fmt.Sprintf("CREATE DEFINER=%s VIEW hostile%d AS SELECT id FROM account", account, i))
	}
	if s.kind == testdb.KindMariaDB {
		role := "role`" + s.db.Name[max(0, len(s.db.Name)-20):]
		quoted := "`" + strings.ReplaceAll(role, "`", "``") + "`"
		list = append(list, "CREATE OR REPLACE ROLE "+quoted, "CREATE DEFINER="+quoted+" VIEW hostile3 AS SELECT id FROM account")
		t.Cleanup(func() { _ = s.exec("DROP ROLE " + quoted) })
	}
	if err := s.exec(list...); err != nil {
		t.Fatal(err)
	}
}

// optionedViews are the names of those views.
func (s *server) optionedViews() []string {
	out := []string{"few", "hostile0", "hostile1", "hostile2", "plain", "worked"}
	if s.kind == testdb.KindMariaDB {
		out = slices.Insert(out, 4, "hostile3")
	}
	return out
}

// TestKeptOptionsOfViews: a view of MySQL or MariaDB keeps its ALGORITHM, DEFINER and SQL
// SECURITY when it is replaced, both ways, comes back with them when it was dropped,
// and gets others where a declaration says so.
func TestKeptOptionsOfViews(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		s.optioned(t)
		all := func(query string, opts ...schema.ViewItem) func(*schema.Metadata) {
			return func(m *schema.Metadata) {
				for _, name := range s.optionedViews() {
					m.View(name, append([]schema.ViewItem{schema.ViewAs(query)}, opts...)...)
				}
			}
		}
		each := func(verb string) (out []string) {
			for _, name := range s.optionedViews() {
				out = append(out, verb+" view '"+name+"'")
			}
			return out
		}
		s.goes(t,
			stage{declare(account(), all("SELECT id, name FROM account")), each("changed"), nil},
			stage{declare(account(), all("SELECT name FROM account", mysql.SecurityInvoker, mysql.Definer("o`dd", "localhost"))), each("changed"), nil},
			stage{declare(account(), all("SELECT name FROM account", mysql.ViewUndefined, mysql.SecurityDefiner, mysql.Definer("o`dd", "LOCALHOST"))), each("changed"), nil},
			stage{declare(account(), all("SELECT name FROM account", mysql.CurrentUser())), each("changed"), nil},
			stage{declare(account(), all("SELECT name FROM account")), nil, nil},
			// What cannot be merged the server does not.
			stage{declare(account(), all("SELECT count(*) AS n FROM account", mysql.ViewMerge)), each("changed"), nil},
		)
		if err := s.reset(); err != nil {
			t.Fatal(err)
		}
		s.optioned(t)
		s.goes(t, stage{declare(account(), all("", schema.Dropped())), func() []string {
			out := each("removed")
			slices.Sort(out)
			return out
		}(), nil})
	})
}

// TestOptionsOfViewsInRevisions: what is said in a revision of a view's options.
func TestOptionsOfViewsInRevisions(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		if err := s.exec("CREATE TABLE account (id INT NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL)",
			"CREATE ALGORITHM=MERGE DEFINER=`app`@`%` SQL SECURITY INVOKER VIEW few AS SELECT id FROM account"); err != nil {
			t.Fatal(err)
		}
		few := func(items ...schema.ViewItem) func(*schema.Metadata) {
			return func(m *schema.Metadata) { m.View("few", items...) }
		}
		changed := schema.ViewAs("SELECT 1 AS one")
		for name, c := range map[string]struct {
			declared           func(*schema.Metadata)
			upgrade, downgrade string // what is behind the queries
		}{
			"another query": {few(changed), "op.With(mysql.SecurityInvoker, mysql.ViewMerge)", "op.With(mysql.SecurityInvoker, mysql.ViewMerge)"},
			"declared as it is": {
				few(changed, mysql.Definer("app", "%"), mysql.SecurityInvoker),
				`op.With(mysql.Definer("app", "%"), mysql.SecurityInvoker, mysql.ViewMerge)`, `op.With(mysql.Definer("app", "%"), mysql.SecurityInvoker, mysql.ViewMerge)`,
			},
			"another option": {
				few(schema.ViewAs("SELECT id FROM account"), mysql.SecurityDefiner),
				"op.With(mysql.SecurityDefiner, mysql.ViewMerge), op.ExistingOptions(mysql.SecurityInvoker)",
				"op.With(mysql.SecurityInvoker, mysql.ViewMerge), op.ExistingOptions(mysql.SecurityDefiner)",
			},
			"another account": {
				few(changed, mysql.CurrentUser()),
				`op.With(mysql.CurrentUser(), mysql.SecurityInvoker, mysql.ViewMerge), op.ExistingOptions(mysql.Definer("app", "%"))`,
				`op.With(mysql.Definer("app", "%"), mysql.SecurityInvoker, mysql.ViewMerge), op.ExistingOptions(mysql.CurrentUser())`,
			},
			"dropped": {
				few(schema.Dropped()),
				`op.ExistingOptions(mysql.Definer("app", "%"), mysql.SecurityInvoker, mysql.ViewMerge)`,
				`op.With(mysql.Definer("app", "%"), mysql.SecurityInvoker, mysql.ViewMerge)`,
			},
		} {
			m := schema.NewMetadata(schema.Options{})
			declare(account(), c.declared)(m)
			r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
			if err != nil {
				t.Fatal(err)
			}
			for way, w := range map[string]struct {
				ops  []op.Operation
				want string
			}{"up": {r.Upgrade, c.upgrade}, "down": {r.Downgrade, c.downgrade}} {
				if len(w.ops) != 1 {
					t.Fatalf("%s, %s: %v", name, way, w.ops)
				}
				said, err := gen.Expr(w.ops[0])
				if err != nil {
					t.Fatal(err)
				}
				got := strings.NewReplacer("\n\t", " ", ",\n)", ")").Replace(said.GoString())
				if !strings.HasSuffix(got, ", "+w.want+")") || strings.Count(got, "mysql.") != strings.Count(w.want, "mysql.") {
					t.Errorf("%s, %s: %s\nwant …%s)", name, way, got, w.want)
				}
			}
			if len(r.Warnings) > 0 {
				t.Errorf("%s: warned %q", name, r.Warnings)
			}
		}
	})
}

// TestOptionsOfViewsByHand: operations written by hand keep what they do not say.
func TestOptionsOfViewsByHand(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		s.optioned(t)
		heads := func() (out []string) {
			for _, name := range s.optionedViews() {
				out = append(out, s.viewHead(t, name))
			}
			return out
		}
		before := heads()
		for what, do := range map[string]func(*op.Operations, string){
			"replaced":   func(o *op.Operations, v string) { o.ReplaceView(v, "SELECT name FROM account", "") },
			"anew":       func(o *op.Operations, v string) { o.ReplaceView(v, "SELECT name FROM account", "", op.Anew()) },
			"or replace": func(o *op.Operations, v string) { o.CreateView(v, "SELECT name FROM account", op.OrReplace()) },
			"in a schema": func(o *op.Operations, v string) {
				o.Schema(s.db.Name).ReplaceView(v, "SELECT name FROM "+s.db.Name+".account", "")
			},
		} {
			err := s.work(func(o *op.Operations) {
				for _, v := range s.optionedViews() {
					do(o, v)
				}
			})
			if after := heads(); err != nil || !slices.Equal(after, before) {
				t.Errorf("%s: %v\nthere is\n%s\nand was\n%s", what, err, strings.Join(after, "\n"), strings.Join(before, "\n"))
			}
		}
		err := s.work(func(o *op.Operations) {
			o.CreateView("fresh", "SELECT id FROM account", op.OrReplace(), op.With(mysql.ViewMerge))
		})
		if head := s.viewHead(t, "fresh"); err != nil || !strings.HasPrefix(head, "CREATE ALGORITHM=MERGE DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW") {
			t.Errorf("%v: %s", err, head)
		}
	})
}

// as is a server seen by another account, which has some privileges on the database.
func (s *server) as(t *testing.T, begin, privileges string) *server {
	t.Helper()
	user := begin + s.db.Name[max(0, len(s.db.Name)-20):]
	if err := s.exec("CREATE USER '"+user+"'@'localhost' IDENTIFIED BY 'x'", "GRANT "+privileges+" ON "+s.db.Name+".* TO '"+user+"'@'localhost'"); err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(s.db.URL)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open(s.db.Driver, user+":x@tcp("+u.Host+")/"+s.db.Name)
	if err != nil {
		t.Fatal(err)
	}
	other := &server{ctx: s.ctx, kind: s.kind, d: s.d, db: s.db}
	if other.conn, err = pool.Conn(s.ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = other.conn.Close(), pool.Close()
		if err := s.exec("DROP USER '" + user + "'@'localhost'"); err != nil {
			t.Error(err)
		}
	})
	return other
}

// TestOptionsOfViewsWithoutTheRight: who may not have a view belong to another is told
// what to do, and loses nothing.
func TestOptionsOfViewsWithoutTheRight(t *testing.T) {
	onMySQLs(t, func(t *testing.T, s *server) {
		if err := s.exec("CREATE TABLE account (id INT NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL)", "CREATE ALGORITHM=MERGE VIEW few AS SELECT id FROM account"); err != nil {
			t.Fatal(err)
		}
		o := s.as(t, "u", "SELECT, CREATE VIEW, SHOW VIEW, DROP")
		before := s.viewHead(t, "few")
		replace := func(opts ...op.ReplaceObjectOption) error {
			return o.work(func(o *op.Operations) { o.ReplaceView("few", "SELECT name FROM account", "", opts...) })
		}
		for _, opts := range [][]op.ReplaceObjectOption{nil, {op.Anew()}} {
			err := replace(opts...)
			if err == nil || !strings.Contains(err.Error(), "1227") {
				t.Fatalf("replaced: %v", err)
			}
			advice := s.d.(dialect.Adviser).Advice(o.log[len(o.log)-1], err)
			if !strings.Contains(advice, "or say op.With(mysql.CurrentUser())") {
				t.Errorf("advice %q", advice)
			}
			if head := s.viewHead(t, "few"); head != before {
				t.Errorf("there is %s, and was %s", head, before)
			}
		}
		if err := replace(op.With(mysql.CurrentUser())); err != nil {
			t.Error(err)
		}
		if head := s.viewHead(t, "few"); !strings.Contains(head, "ALGORITHM=MERGE DEFINER=`u") {
			t.Errorf("there is %s", head)
		}
		if err := replace(); err != nil { // it is its own now
			t.Error(err)
		}
		if s.kind == testdb.KindMariaDB {
			return // tells its ALGORITHM to everybody
		}
		hidden := s.as(t, "h", "SELECT, CREATE VIEW, DROP")
		before = s.viewHead(t, "few")
		err := hidden.work(func(o *op.Operations) { o.ReplaceView("few", "SELECT id FROM account", "") })
		if err == nil || !strings.Contains(err.Error(), "grant that, or say op.With(mysql.ViewUndefined)") || s.viewHead(t, "few") != before {
			t.Errorf("replaced: %v", err)
		}
	})
}

// TestSecurityOfViews: a view of PostgreSQL keeps security_barrier and security_invoker
// when it is replaced or comes back, and gets others where a declaration says so.
func TestSecurityOfViews(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(`CREATE TABLE account (id int PRIMARY KEY, name varchar(50) NOT NULL);
		CREATE VIEW few WITH (security_invoker=true, check_option=local) AS SELECT id FROM account WHERE id > 0;
		CREATE VIEW plain AS SELECT id FROM account;
		CREATE VIEW without_columns AS SELECT FROM account`); err != nil {
		t.Fatal(err)
	}
	const checked = "SELECT id FROM account WHERE id > 0 WITH LOCAL CHECK OPTION"
	few := func(query string, opts ...schema.ViewItem) func(*schema.Metadata) {
		return declare(account(), func(m *schema.Metadata) { m.View("few", append([]schema.ViewItem{schema.ViewAs(query)}, opts...)...) })
	}
	on, off := postgres.SecurityInvoker(true), postgres.SecurityInvoker(false)
	s.goes(t,
		stage{few(checked), nil, nil},
		stage{few(checked, on), nil, nil},
		stage{few("SELECT id, name FROM account"), []string{"changed view 'few'"}, nil},
		stage{few("SELECT id, name FROM account", off), []string{"changed view 'few'"}, nil},
		stage{few("SELECT id, name FROM account", postgres.SecurityBarrier(true)), []string{"changed view 'few'"}, nil},
		stage{few("SELECT name FROM account", on, postgres.SecurityBarrier(false)), []string{"changed view 'few'"}, nil},
		stage{declare(account(), func(m *schema.Metadata) { m.View("few", schema.Dropped()) }), []string{"removed view 'few'"}, nil},
		stage{few("SELECT id FROM account", on, postgres.SecurityBarrier(true)), []string{"added view 'few'"}, nil},
	)
	// A revision that was written by hand says nothing of them.
	if err := s.run([]op.Operation{&op.CreateObject{Replace: true, Object: ddl.Object{Kind: ddl.ViewKind, Name: schema.Name{Name: "few"}, Definition: "SELECT id FROM account WHERE id > 1"}}}); err != nil {
		t.Fatal(err)
	}
	if there := strings.Join(s.dump(t), "\n"); !strings.Contains(there, "id > 1); {security_barrier=true,security_invoker=true}") {
		t.Errorf("the replaced view is not what it was: %s", there)
	}
}
