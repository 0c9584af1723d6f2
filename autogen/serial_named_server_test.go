package autogen_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

const ownSequences = `CREATE SCHEMA other;
	CREATE SEQUENCE my_seq; CREATE TABLE t (id bigint PRIMARY KEY DEFAULT nextval('my_seq'), small smallint NOT NULL, "odd 'N" int NOT NULL,
		CONSTRAINT few CHECK (id + 0 BETWEEN 1 AND 5000));
	ALTER SEQUENCE my_seq OWNED BY t.id;
	CREATE SEQUENCE "it's \ My" OWNED BY t.small; ALTER TABLE t ALTER small SET DEFAULT nextval('"it''s \ My"');
	CREATE SEQUENCE t_odd_seq AS int OWNED BY t."odd 'N"; ALTER TABLE t ALTER "odd 'N" SET DEFAULT nextval('t_odd_seq');
	CREATE TABLE other.grown (id serial PRIMARY KEY); ALTER TABLE other.grown ALTER id TYPE bigint;
	CREATE TABLE renamed (id serial PRIMARY KEY); ALTER TABLE renamed RENAME TO after;
	INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES`

// TestSequencesOfTheirOwnName: a serial column whose sequence has another name or type
// than SERIAL gives it is read as such, is no difference to a declaration that leaves it
// open, and is what is created from what was read.
func TestSequencesOfTheirOwnName(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(ownSequences); err != nil {
		t.Fatal(err)
	}
	before := s.dump(t)
	said := schema.NewMetadata(schema.Options{})
	all, err := s.d.Reflect(s.ctx, s.conn, dialect.Scope{AllSchemas: true, Verbatim: true})
	if err != nil || len(all.Others) > 0 {
		t.Fatalf("read with %v beside: %v", all.Others, err)
	}
	open := schema.NewMetadata(schema.Options{})
	for _, table := range all.Tables {
		said.Add(table)
		table = table.Clone()
		for _, c := range table.Columns {
			c.Options = schema.UnsetOption(c.Options, postgres.Serial().OptionKey())
		}
		for _, k := range table.Checks {
			k.Expr = "id + 0 BETWEEN 1 AND 5000" // which the server must compare
		}
		open.Add(table)
	}
	for name, m := range map[string]*schema.Metadata{"said": said, "open": open} {
		s.nothing(t, 0, name, autogen.Options{Metadata: []*schema.Metadata{m}, IncludeSchemas: true})
	}
	// All dropped and back, and then made anew.
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{schema.NewMetadata(schema.Options{})}, IncludeSchemas: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, ops := range [][]op.Operation{r.Upgrade, r.Downgrade} {
			if err := s.run(ops); err != nil {
				t.Fatalf("%v\n%s", err, strings.Join(s.log, ";\n"))
			}
		}
		if d := cmp.Diff(before, s.dump(t)); d != "" {
			t.Errorf("made anew (-want +got):\n%s", d)
		}
	}
	if err := s.exec("DROP SCHEMA public CASCADE; DROP SCHEMA other CASCADE; CREATE SCHEMA public; CREATE SCHEMA other"); err != nil {
		t.Fatal(err)
	}
	if err := s.work(func(o *op.Operations) { o.CreateAll(said) }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, s.dump(t)); d != "" {
		t.Errorf("created from what was read (-want +got):\n%s", d)
	}
}

// TestSequencesGetNames changes how a column is numbered: by which sequence, of which
// type, or by none, there, back and there again, on a connection and as a script does,
// which cannot ask the database.
func TestSequencesGetNames(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	kinds := []struct {
		name  string
		typ   schema.Type
		items []schema.ColumnItem
	}{
		{"serial", schema.BigInteger(), []schema.ColumnItem{postgres.Serial()}},
		{"by my_seq", schema.BigInteger(), []schema.ColumnItem{postgres.SerialBy("my_seq")}},
		{"by an odd one", schema.BigInteger(), []schema.ColumnItem{postgres.SerialBy(`it's "my" \ seq`)}},
		{"by an integer", schema.BigInteger(), []schema.ColumnItem{postgres.SerialBy("my_seq", "integer")}},
		{"smaller, by my_seq", schema.Integer(), []schema.ColumnItem{postgres.SerialBy("my_seq")}},
		{"smaller, by a bigint", schema.Integer(), []schema.ColumnItem{postgres.SerialBy("t_n_seq", "bigint")}},
		{"identity", schema.BigInteger(), []schema.ColumnItem{schema.AutoIncrement()}},
		{"identity from 10", schema.BigInteger(), []schema.ColumnItem{schema.IdentityAs(schema.Identity{Start: 10})}},
		{"plain", schema.BigInteger(), []schema.ColumnItem{schema.NotNull()}},
		{"default", schema.BigInteger(), []schema.ColumnItem{schema.NotNull(), schema.ServerDefault(schema.Literal(7))}},
		{"gone", schema.BigInteger(), nil},
	}
	for _, from := range kinds {
		for _, to := range kinds {
			if !strings.Contains(from.name+to.name, "by ") {
				continue
			}
			t.Run(from.name+" to "+to.name, func(t *testing.T) {
				declared := func(typ schema.Type, items []schema.ColumnItem) autogen.Options {
					m := schema.NewMetadata(schema.Options{})
					columns := []schema.TableItem{schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.IdentityAs(schema.Identity{Start: 5}))}
					if items != nil {
						columns = append(columns, schema.Column("n", typ, items...))
					}
					m.Table("t", columns...)
					return autogen.Options{Metadata: []*schema.Metadata{m}}
				}
				change := func(o autogen.Options) *autogen.Result {
					t.Helper()
					r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
					if err == nil {
						err = s.run(r.Upgrade)
					}
					if err != nil {
						t.Fatalf("%v\n%s", err, strings.Join(s.log, ";\n"))
					}
					return r
				}
				for _, run := range []func([]op.Operation) error{s.run, s.script} {
					if err := s.reset(); err != nil {
						t.Fatal(err)
					}
					change(declared(from.typ, from.items))
					if err := s.exec("INSERT INTO t DEFAULT VALUES", "INSERT INTO t DEFAULT VALUES"); err != nil && from.name != "plain" {
						t.Fatal(err)
					}
					was := s.dump(t)
					s.log = nil
					o := declared(to.typ, to.items)
					r := change(o)
					s.nothing(t, 0, "after upgrading", o)
					is := s.dump(t)
					for _, way := range []struct {
						ops  []op.Operation
						want []string
					}{{r.Downgrade, was}, {r.Upgrade, is}} {
						if err := run(way.ops); err != nil {
							t.Fatalf("%v\n%s", err, strings.Join(s.log, ";\n"))
						}
						if d := cmp.Diff(way.want, s.dump(t)); d != "" {
							t.Errorf("(-want +got):\n%s\n%s", d, strings.Join(s.log, ";\n"))
						}
					}
					if to.items != nil && to.name != "plain" {
						if err := s.exec("INSERT INTO t DEFAULT VALUES"); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
	}
}

// TestSequencesOfWhatIsRenamed: a sequence keeps its name where the table or the column
// that it is called after gets another, and is renamed where the declaration says so.
func TestSequencesOfWhatIsRenamed(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	one := func(table, from, column, fromColumn, sequence string) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			c := schema.Column(column, schema.Integer(), postgres.SerialBy(sequence))
			if fromColumn != "" {
				schema.RenamedFrom(fromColumn).AddToColumn(c)
			}
			items := []schema.TableItem{c}
			if from != "" {
				items = append(items, schema.RenamedFrom(from))
			}
			m.Table(table, items...)
		}
	}
	s.goes(t,
		stage{one("a", "", "id", "", "a_id_seq"), []string{"added table 'a'"}, nil},
		stage{one("b", "a", "id", "", "a_id_seq"), []string{"renamed table 'a' to 'b'"}, nil},
		stage{one("b", "", "id", "", "b_id_seq"), []string{"option change on column 'b.id'"}, nil},
		stage{one("c", "b", "id", "", "c_id_seq"), []string{"renamed table 'b' to 'c'", "option change on column 'c.id'"}, nil},
		stage{one("c", "", "n", "id", "c_id_seq"), []string{"renamed column 'c.id' to 'c.n'"}, nil},
		stage{one("c", "", "m", "n", "c_m_seq"), []string{"renamed column 'c.n' to 'c.m'", "option change on column 'c.m'"}, nil},
		stage{one("d", "c", "k", "m", "d_k_seq"), []string{"renamed table 'c' to 'd'", "renamed column 'd.m' to 'd.k'", "option change on column 'd.k'"}, nil},
		stage{one("d", "", "k", "", "numbers"), []string{"option change on column 'd.k'"}, nil},
		stage{one("anew", "", "k", "", "numbers"), []string{"added table 'anew'", "removed table 'd'"}, nil}, // which frees the name first
	)
	two := declare(one("anew", "", "k", "", "numbers"), one("second", "", "k", "", "others"))
	s.goes(t,
		stage{two, []string{"added table 'second'"}, nil},
		stage{one("second", "", "k", "", "numbers"), []string{"removed table 'anew'", "option change on column 'second.k'"}, nil},
		stage{one("anew", "", "k", "", "numbers"), []string{"added table 'anew'", "removed table 'second'"}, nil},
	)
	// A table that is there already has its sequence.
	again := schema.NewTable("again", schema.Column("id", schema.Integer(), postgres.SerialBy("its_own")))
	for range 2 {
		if err := s.run([]op.Operation{&op.CreateTable{Table: again, Guard: ddl.IfNotExists}}); err != nil {
			t.Fatal(err)
		}
	}
}

// script runs operations as a script, which is made without asking the database.
func (s *server) script(ops []op.Operation) error {
	o := op.New(s.ctx, scriptRunner{&runner{s, s.conn}})
	for _, p := range ops {
		o.Invoke(p)
	}
	return o.Err()
}

type scriptRunner struct{ *runner }

// Run compiles and executes a statement.
func (r scriptRunner) Run(ctx context.Context, s ddl.Statement) error {
	list, err := dialect.Compile(ctx, r.d, nil, s)
	if err != nil {
		return err
	}
	for _, q := range list {
		r.log = append(r.log, q.Text)
		if err := r.exec(q.Text); err != nil {
			return err
		}
	}
	return nil
}
