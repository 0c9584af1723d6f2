package dialect_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

type temporary struct{}

func (temporary) OptionKey() string          { return "tiny.temporary" }
func (temporary) Call() schema.Call          { return schema.Call{} }
func (temporary) TablePrefix() string        { return "TEMPORARY" }
func (temporary) AddToTable(t *schema.Table) { t.Options = schema.SetOption(t.Options, temporary{}) }

var (
	t1 = schema.Name{Name: "t"}
	st = schema.Name{Schema: "s", Name: "t"}
)

func TestCompile(t *testing.T) {
	g, loud := &tiny{}, talkative{&tiny{}}
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey())
	full := schema.NewTable("t", id, schema.InSchema("s"), schema.Comment("WITH X"), temporary{},
		schema.CheckConstraint("ck", "id > 0"),
		schema.ForeignKeyConstraint("", []string{"id"}, "s.p", []string{"a"},
			schema.OnDelete(schema.SetNull), schema.OnUpdate(schema.Cascade), schema.Match("full"), schema.WithDeferral(schema.InitiallyDeferred)))
	create := `CREATE TEMPORARY TABLE <s>.<t> (
    <id> INTEGER,
    CONSTRAINT <ck> CHECK (id > 0),
    FOREIGN KEY (<id>) REFERENCES <s>.<p> (<a>) MATCH FULL ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITH X`
	compile(t, g, ddl.CreateTable{Table: full}, create)
	compile(t, loud, ddl.CreateTable{Table: full}, create, "COMMENT ON t")
	compile(t, g, ddl.CreateTable{Table: schema.NewTable("t", id), Guard: ddl.IfNotExists}, "CREATE TABLE IF NOT EXISTS <t> (\n    <id> INTEGER\n)")
	compile(t, g, ddl.CreateTable{Table: schema.NewTable("t")}, "CREATE TABLE <t> ()")
	compile(t, g, ddl.DropTable{Table: st}, "DROP TABLE <s>.<t>")
	compile(t, g, ddl.DropTable{Table: t1, Guard: ddl.IfExists}, "DROP TABLE IF EXISTS <t>")
	compile(t, g, ddl.AlterTable{Table: t1}, "ALTER")
	compile(t, g, ddl.CreateIndex{Table: t1, Index: schema.Index("ix", "a")}, "CREATE ix")
	compile(t, loud, ddl.CreateIndex{Table: t1, Index: schema.Index("ix", "a")}, "CREATE ix", "COMMENT ON ix")
	compile(t, g, ddl.DropIndex{Table: t1, Name: "ix"}, "DROP ix")
	for _, s := range []ddl.Statement{ddl.RenameTable{}, ddl.SetTableComment{}, ddl.CreateEnum{}, ddl.DropEnum{}, ddl.AddEnumValue{}} {
		compile(t, g, s, fmt.Sprintf("%T", s))
	}
	got, err := dialect.Compile(t.Context(), g, nil, ddl.Raw{SQL: "SELECT ?", Args: []any{1}})
	if diff := cmp.Diff([]dialect.SQL{{Text: "SELECT ?", Args: []any{1}}}, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestCompileRows(t *testing.T) {
	g := &tiny{}
	is := func(column string, v any) ddl.Assignment {
		return ddl.Assignment{Column: column, Value: schema.Literal(v)}
	}
	compile(t, g, ddl.InsertRows{Table: st, Columns: []string{"a", "b"}, Rows: [][]schema.Expr{
		{schema.Literal(1), schema.Null()}, {schema.Literal("x"), schema.Literal(2)},
	}}, "INSERT INTO <s>.<t> (<a>, <b>) VALUES ('1', NULL),\n    ('x', '2')")
	compile(t, g, ddl.InsertRows{Table: t1, Columns: []string{"a"}})
	compile(t, g, ddl.UpdateRows{Table: t1, Set: []ddl.Assignment{is("a", 1), is("b", nil)}, Where: []ddl.Assignment{is("c", 2), is("d", nil)}},
		"UPDATE <t> SET <a> = '1', <b> = NULL WHERE <c> = '2' AND <d> IS NULL")
	compile(t, g, ddl.UpdateRows{Table: t1, Set: []ddl.Assignment{is("a", 1)}}, "UPDATE <t> SET <a> = '1'")
	compile(t, g, ddl.DeleteRows{Table: t1, Where: []ddl.Assignment{is("a", 1)}}, "DELETE FROM <t> WHERE <a> = '1'")
	compile(t, g, ddl.DeleteRows{Table: st}, "DELETE FROM <s>.<t>")
}

// Many rows are put into several statements, none lost and in order.
func TestManyRows(t *testing.T) {
	s := ddl.InsertRows{Table: t1, Columns: []string{"a"}}
	for i := range 1201 {
		s.Rows = append(s.Rows, []schema.Expr{schema.Literal(i)})
	}
	got, err := dialect.Compile(t.Context(), &tiny{}, nil, s)
	if err != nil || len(got) != 3 {
		t.Fatalf("%d statements, %v", len(got), err)
	}
	n := 0
	for _, q := range got {
		for row := range strings.SplitSeq(strings.TrimPrefix(q.Text, "INSERT INTO <t> (<a>) VALUES "), ",\n    ") {
			if want := fmt.Sprintf("('%d')", n); row != want {
				t.Fatalf("row %d is %s", n, row)
			}
			n++
		}
	}
	if n != 1201 {
		t.Errorf("%d rows", n)
	}
}

func TestCompileErrors(t *testing.T) {
	table := func(items ...schema.TableItem) ddl.CreateTable {
		return ddl.CreateTable{Table: schema.NewTable("t", append(items, schema.Column("a", schema.Text()))...)}
	}
	fk := func(items ...schema.ForeignKeyItem) ddl.CreateTable {
		return table(schema.ForeignKeyConstraint("fk", []string{"a"}, "p", []string{"b"}, items...))
	}
	bad, loud := ddl.Assignment{Column: "a", Value: schema.SQL("!")}, talkative{&tiny{}}
	for _, c := range []struct {
		name string
		g    dialect.Grammar
		s    ddl.Statement
		want string
	}{
		{"no statement", nil, nil, "compiling <nil>: unknown statement"},
		{"table name", nil, ddl.CreateTable{Table: schema.NewTable("!")}, "no such word"},
		{"schema name", nil, ddl.DropTable{Table: schema.Name{Schema: "!", Name: "t"}}, "no such word"},
		{"column", nil, table(schema.Column("!", schema.Text())), `column "!": no such word`},
		{"constraint name", nil, table(schema.CheckConstraint("!", "1")), `check constraint "!": no such word`},
		{"table options", nil, table(schema.Comment("!")), "no such word"},
		{"comments", loud, ddl.CreateTable{Table: schema.NewTable("mute")}, "no such word"},
		{"index", loud, ddl.CreateIndex{Index: schema.Index("!")}, "no such word"},
		{"index comments", loud, ddl.CreateIndex{Index: schema.Index("mute")}, "no such word"},
		{"index drop", nil, ddl.DropIndex{Name: "!"}, "no such word"},
		{"referred table", nil, table(schema.ForeignKeyConstraint("", []string{"a"}, "!", []string{"b"})), `foreign key: no such word`},
		{"referred column", nil, table(schema.ForeignKeyConstraint("", []string{"a"}, "p", []string{"!"})), `foreign key: no such word`},
		{"action", nil, fk(schema.OnDelete("CASCADE; DROP TABLE p")), `foreign key "fk": "CASCADE; DROP TABLE p" is no action of a foreign key; there are RESTRICT, CASCADE, SET NULL and SET DEFAULT`},
		{"action of an update", nil, fk(schema.OnUpdate("x")), `foreign key "fk": "x" is no action of a foreign key; there are RESTRICT, CASCADE, SET NULL and SET DEFAULT`},
		{"match", nil, fk(schema.Match("BOX")), `foreign key "fk": "BOX" is no match of a foreign key; there are FULL, PARTIAL and SIMPLE`},
		{"insert into", nil, ddl.InsertRows{Table: schema.Name{Name: "!"}}, "no such word"},
		{"insert column", nil, ddl.InsertRows{Table: t1, Columns: []string{"!"}}, "no such word"},
		{"insert too few", nil, ddl.InsertRows{Table: t1, Columns: []string{"a", "b"}, Rows: [][]schema.Expr{{schema.Null(), schema.Null()}, {schema.Null()}}}, "row 2 has 1 values for 2 columns"},
		{"insert value", nil, ddl.InsertRows{Table: t1, Columns: []string{"a"}, Rows: [][]schema.Expr{{schema.SQL("!")}}}, `row 1, column "a": no such word`},
		{"update table", nil, ddl.UpdateRows{Table: schema.Name{Name: "!"}}, "no such word"},
		{"update value", nil, ddl.UpdateRows{Table: t1, Set: []ddl.Assignment{bad}}, `column "a": no such word`},
		{"update condition", nil, ddl.UpdateRows{Table: t1, Where: []ddl.Assignment{bad}}, `column "a": no such word`},
		{"delete table", nil, ddl.DeleteRows{Table: schema.Name{Name: "!"}}, "no such word"},
		{"delete column", nil, ddl.DeleteRows{Table: t1, Where: []ddl.Assignment{{Column: "!"}}}, "no such word"},
		{"option taken away", nil, ddl.AlterTable{Table: t1, Actions: []ddl.Action{ddl.ResetOption{Option: temporary{}}}}, `this database cannot take option "tiny.temporary" from a table; set another value`},
	} {
		if c.g == nil {
			c.g = &tiny{}
		}
		got, err := dialect.Compile(t.Context(), c.g, nil, c.s)
		if err == nil || err.Error() != c.want || got != nil {
			t.Errorf("%s: got %v, %v", c.name, got, err)
		}
	}
	g := &tiny{resets: true}
	compile(t, g, ddl.AlterTable{Table: t1, Actions: []ddl.Action{ddl.ResetOption{Option: temporary{}}}}, "ALTER")
}

// A constraint that is dropped without a name gets the one the server made up.
func TestDropUnnamedConstraint(t *testing.T) {
	a := schema.Column("a", schema.Integer())
	reflected := schema.NewTable("t", a, schema.Column("b", schema.Integer()), schema.PrimaryKeyConstraint("t_pkey", "a"),
		schema.UniqueConstraint("t_a_b_key", "a", "b"),
		schema.CheckConstraint("t_check", "a > 0"), schema.CheckConstraint("t_check1", "a > 0"),
		schema.CheckConstraint("somebodys_check", "a > 0"), schema.CheckConstraint("t_check2", "a > 1"), schema.CheckConstraint("t_check10", "a > 1"),
		schema.CheckConstraint("t_check3", "?b"), schema.CheckConstraint("t_check4", "?b"),
		schema.ForeignKeyConstraint("t_a_fkey", []string{"a"}, "p", []string{"id"}),
		schema.ForeignKeyConstraint("t_a_fkey1", []string{"a"}, "p", []string{"id"}, schema.OnDelete(schema.Cascade)),
		schema.ExcludeConstraint("t_excl", schema.Exclude("a", "=")).With(schema.Using("gist")),
		schema.Index("b", "b").With(schema.UniqueIndex()), schema.Index("t_b_key", "b").With(schema.UniqueIndex()))
	drop := func(c schema.Constraint) ddl.DropConstraint { return ddl.DropConstraint{Kind: c.Kind(), Was: c} }
	check := drop(schema.CheckConstraint("", "A > 0"))
	for _, c := range []struct {
		name    string
		actions []ddl.DropConstraint
		want    []string
	}{
		{"unique, whatever the order", []ddl.DropConstraint{drop(schema.UniqueConstraint("", "b", "a"))}, []string{"t_a_b_key"}},
		{"unique that became an index", []ddl.DropConstraint{drop(schema.UniqueConstraint("", "b"))}, []string{"t_b_key"}},
		{"check in canonical form", []ddl.DropConstraint{check}, []string{"t_check1"}},
		{"the last by number", []ddl.DropConstraint{drop(schema.CheckConstraint("", "a > 1"))}, []string{"t_check10"}},
		{"one after another, somebody's last", []ddl.DropConstraint{check, check, check}, []string{"t_check1", "t_check", "somebodys_check"}},
		{"checks that say the same", []ddl.DropConstraint{check, check}, []string{"t_check1", "t_check"}},
		{"beside one with a name", []ddl.DropConstraint{check, {Name: "t_check", Kind: schema.CheckKind}}, []string{"t_check1", "t_check"}},
		{"the last of those that may be it and say the same", []ddl.DropConstraint{drop(schema.CheckConstraint("", "other"))}, []string{"t_check4"}},
		{"the only check that may be it", []ddl.DropConstraint{drop(schema.CheckConstraint("", "other")), {Name: "t_check4", Kind: schema.CheckKind}}, []string{"t_check3", "t_check4"}},
		{"foreign key", []ddl.DropConstraint{drop(schema.ForeignKeyConstraint("", []string{"a"}, "public.p", []string{"id"}))}, []string{"t_a_fkey"}},
		{"foreign key that does the same", []ddl.DropConstraint{drop(schema.ForeignKeyConstraint("", []string{"a"}, "p", []string{"id"}, schema.OnDelete(schema.Cascade)))}, []string{"t_a_fkey1"}},
		{"foreign key to the primary key", []ddl.DropConstraint{drop(schema.ForeignKeyConstraint("", []string{"a"}, "p", nil))}, []string{"t_a_fkey"}},
		{"exclusion", []ddl.DropConstraint{drop(schema.ExcludeConstraint("", schema.Exclude("a", "=")).With(schema.Using("gist")))}, []string{"t_excl"}},
		{"primary key", []ddl.DropConstraint{{Kind: schema.PrimaryKeyKind}}, []string{"t_pkey"}},
		{"not there, and need not be", []ddl.DropConstraint{{Kind: schema.UniqueKind, Was: schema.UniqueConstraint("", "x"), Guard: ddl.IfExists}}, nil},
	} {
		g := talkative{&tiny{}}
		s := ddl.AlterTable{Table: t1}
		for _, a := range c.actions {
			s.Actions = append(s.Actions, a)
		}
		if _, err := dialect.Compile(t.Context(), g, held{t1: reflected}, s); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, a := range g.altered.Actions {
			got = append(got, a.(ddl.DropConstraint).Name)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if s.Actions[0].(ddl.DropConstraint).Name != "" {
			t.Errorf("%s: the statement was changed", c.name)
		}
	}
}

func TestDropUnnamedConstraintErrors(t *testing.T) {
	reflected := schema.NewTable("t", schema.Column("a", schema.Integer()),
		schema.CheckConstraint("c1", "?a"), schema.CheckConstraint("c2", "?b"),
		schema.ExcludeConstraint("ex", schema.Exclude("a", "=")), schema.ForeignKeyConstraint("fk", []string{"a"}, "p", []string{"id"}))
	for _, c := range []struct {
		name string
		was  schema.Constraint
		cat  dialect.Catalog
		want string
	}{
		{"no table", schema.UniqueConstraint("", "a"), held{}, `finding the name of a constraint: there is no table "t"`},
		{"unique", schema.UniqueConstraint("", "a"), held{t1: reflected}, `dropping the unnamed unique constraint: table "t" has none that says the same`},
		{"two checks that may be it", schema.CheckConstraint("", "x"), held{t1: reflected}, `dropping the unnamed check constraint: table "t" has none that says the same`},
		{"foreign key to another table", schema.ForeignKeyConstraint("", []string{"a"}, "q", []string{"id"}), held{t1: reflected}, `dropping the unnamed foreign key: table "t" has none that says the same`},
		{"exclusion by another operator", schema.ExcludeConstraint("", schema.Exclude("a", "&&")), held{t1: reflected}, `dropping the unnamed exclude constraint: table "t" has none that says the same`},
		{"exclusion of another expression", schema.ExcludeConstraint("", schema.Exclude("b", "=")), held{t1: reflected}, `dropping the unnamed exclude constraint: table "t" has none that says the same`},
	} {
		_, err := dialect.Compile(t.Context(), talkative{&tiny{}}, c.cat, ddl.AlterTable{Table: t1, Actions: []ddl.Action{ddl.DropConstraint{Kind: c.was.Kind(), Was: c.was}}})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
	g := &tiny{} // offline, only the grammar can know
	unnamed := ddl.DropConstraint{Kind: schema.UniqueKind, Was: schema.UniqueConstraint("", "a")}
	compile(t, g, ddl.AlterTable{Table: t1, Actions: []ddl.Action{unnamed}}, "ALTER")
	if diff := cmp.Diff([]ddl.Action{unnamed}, g.altered.Actions); diff != "" {
		t.Error(diff)
	}
}

func TestLockedError(t *testing.T) {
	for want, err := range map[string]error{
		`another migration run holds the lock x; waited 2s: wait for it to end, or raise lock_timeout`:                &dialect.LockedError{Name: "x", Waited: 2 * time.Second},
		`another migration run holds the lock x (connection 7); waited 0s: wait for it to end, or raise lock_timeout`: &dialect.LockedError{Name: "x", Holder: "connection 7"},
	} {
		if err.Error() != want {
			t.Errorf("got %s", err)
		}
	}
	var locked *dialect.LockedError
	if !errors.As(fmt.Errorf("running: %w", &dialect.LockedError{}), &locked) {
		t.Error("it is not found in a chain")
	}
}
