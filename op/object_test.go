package op_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// withOptions is a view that has options.
func withOptions(opts ...schema.Option) ddl.Object {
	o := defined(ddl.ViewKind, "v", "SELECT 1")
	o.Options = opts
	return o
}

// TestFurtherOperations: each says itself in Go as it was said, and so does its reverse.
func TestFurtherOperations(t *testing.T) {
	check := schema.CheckConstraint("ck", "a > 0")
	for said, c := range map[string]struct {
		do      func(o *op.Operations)
		op      op.Operation // what it invokes
		text    string
		reverse string // as a revision says it; or the end of why there is none
	}{
		`o.CreateView("v", "SELECT 1", op.IfNotExists)`: {
			func(o *op.Operations) { o.CreateView("v", "SELECT 1", op.IfNotExists) },
			&op.CreateObject{Object: defined(ddl.ViewKind, "v", "SELECT 1"), Guard: ddl.IfNotExists},
			`create view "v"`,
			`o.DropView("v", op.IfExists, op.ExistingDefinition("SELECT 1"))`,
		},
		`o.Schema("s").CreateView("v", "SELECT 1", op.OrReplace())`: {
			func(o *op.Operations) { o.Schema("s").CreateView("v", "SELECT 1", op.OrReplace()) },
			&op.CreateObject{Object: ddl.Object{Kind: ddl.ViewKind, Name: schema.Name{Schema: "s", Name: "v"}, Definition: "SELECT 1"}, Replace: true},
			`create view "s.v"`,
			"what it replaced is not known; say it by a Replace method",
		},
		`o.ReplaceView("v", "SELECT 2", "SELECT 1", op.Anew())`: {
			func(o *op.Operations) { o.ReplaceView("v", "SELECT 2", "SELECT 1", op.Anew()) },
			&op.ReplaceObject{Object: defined(ddl.ViewKind, "v", "SELECT 2"), Was: "SELECT 1", Anew: true},
			`replace view "v"`,
			`o.ReplaceView("v", "SELECT 1", "SELECT 2", op.Anew())`,
		},
		`o.ReplaceView("v", "SELECT 2", "")`: {
			func(o *op.Operations) { o.ReplaceView("v", "SELECT 2", "") },
			&op.ReplaceObject{Object: defined(ddl.ViewKind, "v", "SELECT 2")},
			`replace view "v"`, "its definition before is not known",
		},
		`o.CreateView("v", "SELECT 1", op.With(mysql.Definer("a\"b", "%"), mysql.SecurityInvoker, mysql.ViewMerge))`: {
			func(o *op.Operations) {
				o.CreateView("v", "SELECT 1", op.With(mysql.ViewMerge, mysql.SecurityInvoker, mysql.Definer("x", "y"), mysql.Definer(`a"b`, "%")))
			},
			&op.CreateObject{Object: withOptions(mysql.Definer(`a"b`, "%"), mysql.SecurityInvoker, mysql.ViewMerge)},
			`create view "v"`,
			`o.DropView("v", op.ExistingDefinition("SELECT 1"), op.ExistingOptions(mysql.Definer("a\"b", "%"), mysql.SecurityInvoker, mysql.ViewMerge))`,
		},
		`o.ReplaceView("v", "SELECT 1", "SELECT 2", op.With(mysql.CurrentUser(), mysql.ViewTempTable), op.ExistingOptions(mysql.Definer("app", "%")))`: {
			func(o *op.Operations) {
				o.ReplaceView("v", "SELECT 1", "SELECT 2", op.With(mysql.ViewTempTable, mysql.CurrentUser()), op.ExistingOptions(mysql.Definer("app", "%")))
			},
			&op.ReplaceObject{
				Object: withOptions(mysql.CurrentUser(), mysql.ViewTempTable), Was: "SELECT 2",
				WasOptions: []schema.Option{mysql.Definer("app", "%")},
			},
			`replace view "v"`,
			`o.ReplaceView("v", "SELECT 2", "SELECT 1", op.With(mysql.Definer("app", "%"), mysql.ViewTempTable), op.ExistingOptions(mysql.CurrentUser()))`,
		},
		`o.DropMaterializedView("v", op.IfExists, op.Cascade())`: {
			func(o *op.Operations) { o.DropMaterializedView("v", op.Cascade(), op.IfExists) },
			&op.DropObject{Object: defined(ddl.MaterializedViewKind, "v", ""), Guard: ddl.IfExists, Cascade: true},
			`drop materialized view "v"`,
			"its definition is not known; say it by op.ExistingDefinition",
		},
		`o.Schema("s").CreateTrigger("tr", "t", "x")`: {
			func(o *op.Operations) { o.Schema("s").CreateTrigger("tr", "t", "x") },
			&op.CreateObject{Object: ddl.Object{Kind: ddl.TriggerKind, Name: name("tr"), Table: inS, Definition: "x"}},
			`create trigger "tr" of table "s.t"`,
			`o.Schema("s").DropTrigger("tr", "t", op.ExistingDefinition("x"))`,
		},
		`o.DropProcedure("p", op.ExistingDefinition("()"))`: {
			func(o *op.Operations) { o.DropProcedure("p", op.ExistingDefinition("()")) },
			&op.DropObject{Object: defined(ddl.ProcedureKind, "p", "()")},
			`drop procedure "p"`, `o.CreateProcedure("p", "()")`,
		},
		`o.RefreshMaterializedView("v", op.Concurrently)`: {
			func(o *op.Operations) { o.RefreshMaterializedView("v", op.Concurrently) },
			&op.RefreshView{Name: name("v"), Concurrently: true},
			`refresh materialized view "v"`, "what the view held before is gone",
		},
		`o.CreateSchema("s", op.IfNotExists)`: {
			func(o *op.Operations) { o.CreateSchema("s", op.IfNotExists) },
			&op.CreateSchema{Name: "s", Guard: ddl.IfNotExists},
			`create schema "s"`, `o.DropSchema("s", op.IfExists)`,
		},
		`o.DropSchema("s", op.Cascade())`: {
			func(o *op.Operations) { o.DropSchema("s", op.Cascade()) },
			&op.DropSchema{Name: "s", Cascade: true},
			`drop schema "s"`, "what was in it is not known",
		},
		`o.RenameSchema("a", "b")`: {
			func(o *op.Operations) { o.RenameSchema("a", "b") },
			&op.RenameSchema{Name: "a", To: "b"},
			`rename schema "a" to "b"`, `o.RenameSchema("b", "a")`,
		},
		`o.Schema("s").CreateSequence("q", op.StartWith(1), op.IncrementBy(-2), op.MinValue(-9), op.NoMaxValue(), op.Cache(3), op.NoCycle(), op.OwnedBy("s.t", "c"), op.SequenceAs("INTEGER"))`: {
			func(o *op.Operations) {
				o.Schema("s").CreateSequence("q", op.StartWith(1), op.IncrementBy(-2), op.MinValue(-9), op.NoMaxValue(), op.Cache(3), op.NoCycle(), op.OwnedBy("s.t", "c"), op.SequenceAs("INTEGER"))
			},
			&op.CreateSequence{Name: schema.Name{Schema: "s", Name: "q"}, Items: []op.SequenceItem{op.StartWith(1), op.IncrementBy(-2), op.MinValue(-9), op.NoMaxValue(), op.Cache(3), op.NoCycle(), op.OwnedBy("s.t", "c"), op.SequenceAs("INTEGER")}},
			`create sequence "s.q"`,
			`o.Schema("s").DropSequence("q", op.ExistingSequence(op.StartWith(1), op.IncrementBy(-2), op.MinValue(-9), op.NoMaxValue(), op.Cache(3), op.NoCycle(), op.OwnedBy("s.t", "c"), op.SequenceAs("INTEGER")))`,
		},
		`o.AlterSequence("q", op.NoMinValue(), op.MaxValue(5), op.Cycle(), op.OwnedByNone(), op.IfExists, op.ExistingSequence(op.MaxValue(4)))`: {
			func(o *op.Operations) {
				o.AlterSequence("q", op.NoMinValue(), op.MaxValue(5), op.Cycle(), op.OwnedByNone(), op.IfExists, op.ExistingSequence(op.MaxValue(4)))
			},
			&op.AlterSequence{Name: name("q"), Items: []op.SequenceItem{op.NoMinValue(), op.MaxValue(5), op.Cycle(), op.OwnedByNone()}, Guard: ddl.IfExists, Was: []op.SequenceItem{op.MaxValue(4)}},
			`alter sequence "q"`,
			`o.AlterSequence("q", op.MaxValue(4), op.IfExists, op.ExistingSequence(op.NoMinValue(), op.MaxValue(5), op.Cycle(), op.OwnedByNone()))`,
		},
		`o.AlterSequence("q", op.RestartWith(7))`: {
			func(o *op.Operations) { o.AlterSequence("q", op.RestartWith(7)) },
			&op.AlterSequence{Name: name("q"), Items: []op.SequenceItem{op.RestartWith(7)}},
			`alter sequence "q"`, "the number at which it stood is not known",
		},
		`o.AlterSequence("q", op.Restart())`: {
			func(o *op.Operations) { o.AlterSequence("q", op.Restart()) },
			&op.AlterSequence{Name: name("q"), Items: []op.SequenceItem{op.Restart()}},
			`alter sequence "q"`, "the number at which it stood is not known",
		},
		`o.DropSequence("q", op.Cascade(), op.ExistingSequence())`: {
			func(o *op.Operations) { o.DropSequence("q", op.ExistingSequence(), op.Cascade()) },
			&op.DropSequence{Name: name("q"), Cascade: true, Was: []op.SequenceItem{}},
			`drop sequence "q"`, `o.CreateSequence("q")`,
		},
		`o.RenameSequence("q", "r")`: {
			func(o *op.Operations) { o.RenameSequence("q", "r") },
			&op.RenameSequence{Name: name("q"), To: "r"},
			`rename sequence "q" to "r"`, `o.RenameSequence("r", "q")`,
		},
		`o.Schema("x").CreateExtension("e", op.IfNotExists, op.Version("1"), op.Cascade())`: {
			func(o *op.Operations) {
				o.Schema("x").CreateExtension("e", op.Cascade(), op.Version("1"), op.IfNotExists)
			},
			&op.CreateExtension{Name: "e", Schema: "x", Version: "1", Guard: ddl.IfNotExists, Cascade: true},
			`create extension "e"`,
			`o.Schema("x").DropExtension("e", op.IfExists)`,
		},
		`o.DropExtension("e", op.Cascade())`: {
			func(o *op.Operations) { o.DropExtension("e", op.Cascade()) },
			&op.DropExtension{Name: "e", Cascade: true},
			`drop extension "e"`, "what depended on it is not known",
		},
		`o.RenameIndex("a", "b", "t", op.ExistingIndex(schema.Index("a", "x")))`: {
			func(o *op.Operations) { o.RenameIndex("a", "b", "t", op.ExistingIndex(schema.Index("a", "x"))) },
			&op.RenameIndex{Table: t1, Name: "a", To: "b", Was: schema.Index("a", "x")},
			`rename index "a" of table "t" to "b"`,
			`o.RenameIndex("b", "a", "t", op.ExistingIndex(schema.Index("b", "x")))`,
		},
		`o.RenameConstraint("ck", "b", "t", schema.CheckKind, op.ExistingConstraint(schema.CheckConstraint("ck", "a > 0")))`: {
			func(o *op.Operations) {
				o.RenameConstraint("ck", "b", "t", schema.CheckKind, op.ExistingConstraint(check))
			},
			&op.RenameConstraint{Table: t1, Name: "ck", To: "b", Kind: schema.CheckKind, Was: check},
			`rename check constraint "ck" of table "t" to "b"`,
			`o.RenameConstraint("b", "ck", "t", schema.CheckKind, op.ExistingConstraint(schema.CheckConstraint("ck", "a > 0")))`,
		},
		`o.ValidateConstraint("ck", "t", op.ExistingConstraint(schema.CheckConstraint("ck", "a > 0")))`: {
			func(o *op.Operations) { o.ValidateConstraint("ck", "t", op.ExistingConstraint(check)) },
			&op.ValidateConstraint{Table: t1, Name: "ck", Was: check},
			`validate constraint "ck" of table "t"`,
			`o.AlterTable("t", func(t *op.Table) {t.DropConstraint("ck", schema.CheckKind); t.AddConstraint(schema.CheckConstraint("ck", "a > 0").With(schema.NotValid()))})`,
		},
		`o.ValidateConstraint("ck", "t")`: {
			func(o *op.Operations) { o.ValidateConstraint("ck", "t") },
			&op.ValidateConstraint{Table: t1, Name: "ck"},
			`validate constraint "ck" of table "t"`,
			"what the constraint says is not known; say it by op.ExistingConstraint",
		},
		`o.RenameEnum("e", "f")`: {
			func(o *op.Operations) { o.RenameEnum("e", "f") },
			&op.RenameEnum{Name: name("e"), To: "f"},
			`rename enum "e" to "f"`, `o.RenameEnum("f", "e")`,
		},
		`o.Schema("s").RenameEnumValue("e", "a", "b")`: {
			func(o *op.Operations) { o.Schema("s").RenameEnumValue("e", "a", "b") },
			&op.RenameEnumValue{Name: schema.Name{Schema: "s", Name: "e"}, Value: "a", To: "b"},
			`rename value "a" of enum "s.e" to "b"`,
			`o.Schema("s").RenameEnumValue("e", "b", "a")`,
		},
		`o.RebuildEnum("e", []string{"b", "c"}, op.ExistingValues("a", "b"), op.RenameValue("a", "c"), op.EnumColumn("s.t", "m").Default(schema.Literal("a")).Array())`: {
			func(o *op.Operations) {
				o.RebuildEnum("e", []string{"b", "c"}, op.ExistingValues("a", "b"), op.RenameValue("a", "c"), op.EnumColumn("s.t", "m").Array().Default(schema.Literal("a")))
			},
			&op.RebuildEnum{Name: name("e"), Values: []string{"b", "c"}, Was: []string{"a", "b"}, Renamed: []ddl.Renaming{{From: "a", To: "c"}}, Columns: []ddl.EnumColumn{{Table: inS, Column: "m", Default: schema.Literal("a"), Array: true}}},
			`rebuild enum "e"`,
			`o.RebuildEnum("e", []string{"a", "b"}, op.ExistingValues("b", "c"), op.RenameValue("c", "a"), op.EnumColumn("s.t", "m").Default(schema.Literal("c")).Array())`,
		},
		`o.RebuildEnum("e", []string{"b"}, op.ExistingValues("a", "b"), op.RenameValue("a", "b"))`: {
			func(o *op.Operations) {
				o.RebuildEnum("e", []string{"b"}, op.ExistingValues("a", "b"), op.RenameValue("a", "b"))
			},
			&op.RebuildEnum{Name: name("e"), Values: []string{"b"}, Was: []string{"a", "b"}, Renamed: []ddl.Renaming{{From: "a", To: "b"}}},
			`rebuild enum "e"`, `which rows held "a" before is not known`,
		},
		`o.DropEnum("e", op.IfExists)`: {
			func(o *op.Operations) { o.DropEnum("e", op.IfExists) },
			&op.DropEnum{Name: name("e"), Guard: ddl.IfExists},
			`drop enum "e"`, "its values are not known",
		},
		`o.ExecNamed("SELECT :a", op.Binds{"a": 1})`: {
			func(o *op.Operations) { o.ExecNamed("SELECT :a", op.Binds{"a": 1}) },
			&op.ExecNamed{SQL: "SELECT :a", Binds: op.Binds{"a": 1}},
			"execute SELECT :a", "only its author knows what undoes it",
		},
		`o.UpdateRows("t", op.Row{"a": 1}, op.Row{"b": nil})`: {
			func(o *op.Operations) { o.UpdateRows("t", op.Row{"a": 1}, op.Row{"b": nil}) },
			&op.UpdateRows{Table: t1, Set: op.Row{"a": 1}, Where: op.Row{"b": nil}},
			`update rows of table "t"`, "what the rows held before is not known",
		},
		`o.DeleteRows("t", op.Row{"b": "x"})`: {
			func(o *op.Operations) { o.DeleteRows("t", op.Row{"b": "x"}) },
			&op.DeleteRows{Table: t1, Where: op.Row{"b": "x"}},
			`delete rows of table "t"`, "what the rows held is not known",
		},
	} {
		p := c.op
		o, r := start(t)
		c.do(o)
		if diff := cmp.Diff(lower(t, p), r.ran, exact); diff != "" || o.Err() != nil {
			t.Errorf("%s: run (-want +got): %s %v", said, diff, o.Err())
		}
		if got := source(t, p); got != said {
			t.Errorf("it says\n%s, want\n%s", got, said)
		}
		if p.String() != c.text {
			t.Errorf("%s: it is called %s, want %s", said, p, c.text)
		}
		back, err := p.Reverse()
		if err != nil {
			if !strings.HasSuffix(err.Error(), c.reverse) {
				t.Errorf("%s: %v, want %s", said, err, c.reverse)
			}
			continue
		}
		if got := source(t, back); got != c.reverse {
			t.Errorf("%s: its reverse says\n%s, want\n%s", said, got, c.reverse)
		}
	}
}

func TestFurtherRefusals(t *testing.T) {
	for want, f := range map[string]func(o *op.Operations){
		`create view "v": op.IfExists does not guard what is made; say op.IfNotExists`:                          func(o *op.Operations) { o.CreateView("v", "x", op.IfExists) },
		`create view "v": op.OrReplace and op.IfNotExists exclude each other`:                                   func(o *op.Operations) { o.CreateView("v", "x", op.OrReplace(), op.IfNotExists) },
		`create view "": the view has no name`:                                                                  func(o *op.Operations) { o.CreateView("", "x") },
		`drop trigger "a" of table "": the trigger has no table`:                                                func(o *op.Operations) { o.DropTrigger("a", "") },
		`refresh materialized view "v": op.Concurrently and op.WithNoData exclude each other`:                   func(o *op.Operations) { o.RefreshMaterializedView("v", op.WithNoData, op.Concurrently) },
		`drop schema "s": op.IfNotExists does not guard what is dropped; say op.IfExists`:                       func(o *op.Operations) { o.DropSchema("s", op.IfNotExists) },
		`create sequence "s": the sequence is told its least number twice`:                                      func(o *op.Operations) { o.CreateSequence("s", op.MinValue(1), op.NoMinValue()) },
		`create sequence "s": a new sequence starts; say op.StartWith instead of a restart`:                     func(o *op.Operations) { o.CreateSequence("s", op.Restart()) },
		`alter sequence "s": there is nothing to change`:                                                        func(o *op.Operations) { o.AlterSequence("s") },
		`rename index "" of table "t" to "b": an index is renamed from a name to another; one of them is empty`: func(o *op.Operations) { o.RenameIndex("", "b", "t") },
		`rename unique constraint "a" of table "t" to "": the new name is empty`:                                func(o *op.Operations) { o.RenameConstraint("a", "", "t", schema.UniqueKind) },
		`rename unique constraint "a" of table "t" to "b": op.ExistingConstraint is a check constraint`: func(o *op.Operations) {
			o.RenameConstraint("a", "b", "t", schema.UniqueKind, op.ExistingConstraint(schema.CheckConstraint("a", "x")))
		},
		`validate constraint "" of table "t": the constraint has no name`:    func(o *op.Operations) { o.ValidateConstraint("", "t") },
		`rebuild enum "e": there are no values`:                              func(o *op.Operations) { o.RebuildEnum("e", nil) },
		`rebuild enum "e": "a" becomes "c", which is none of the new values`: func(o *op.Operations) { o.RebuildEnum("e", []string{"b"}, op.RenameValue("a", "c")) },
		`rebuild enum "e": "a" becomes "b", but is none of the values before`: func(o *op.Operations) {
			o.RebuildEnum("e", []string{"b"}, op.RenameValue("a", "b"), op.ExistingValues("x"))
		},
		`execute : there is no SQL`:                                                           func(o *op.Operations) { o.ExecNamed(" ", nil) },
		`execute x: the value of :a: unsupported type chan int, a chan`:                       func(o *op.Operations) { o.ExecNamed("x", op.Binds{"a": make(chan int)}) },
		`update rows of table "t": there is no column to set`:                                 func(o *op.Operations) { o.UpdateRows("t", nil, nil) },
		`delete rows of table "t": column "a": there is no value; say schema.Null() for NULL`: func(o *op.Operations) { o.DeleteRows("t", op.Row{"a": schema.NoExpr()}) },
	} {
		o, r := start(t)
		f(o)
		if o.Err() == nil || o.Err().Error() != want || len(r.ran) > 0 {
			t.Errorf("%v after %v, want %s", o.Err(), r.ran, want)
		}
	}
}

// TestCreateAll: what is referred to comes first, and a circle is closed at the end.
func TestCreateAll(t *testing.T) {
	var m schema.Metadata
	column := func(name string, items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column(name, schema.Integer(), items...)
	}
	m.Table("a", column("id", schema.PrimaryKey()), column("b_id", schema.References("b.id")), column("own", schema.References("a.id")), column("out", schema.References("z.id")))
	m.Table("b", column("id", schema.PrimaryKey()), column("c_id", schema.References("c.id")), schema.Column("e", schema.Enum("e", "x")))
	m.Table("c", column("id", schema.PrimaryKey()), column("a_id", schema.References("a.id")), schema.Column("e", schema.Enum("e", "x")),
		schema.Column("f", postgres.Array(schema.Enum("f", "x"))), schema.Column("g", schema.Text().WithVariant("fake", schema.Enum("g", "x"))),
		schema.Column("h", schema.Enum("h", "x").WithVariant("fake", schema.Text())), schema.Column("i", schema.Text().WithVariant("other", schema.Enum("i", "x"))))
	o, r := start(t)
	o.CreateAll(&m, op.IfNotExists)
	var got []string
	for _, s := range r.ran {
		switch s := s.(type) {
		case ddl.CreateEnum:
			got = append(got, "enum "+s.Name.String())
		case ddl.CreateTable:
			text := "table " + s.Table.Name.String()
			for _, fk := range s.Table.ForeignKeys {
				text += " -> " + fk.RefTable.String()
			}
			got = append(got, text)
		case ddl.AlterTable:
			got = append(got, "alter "+s.Table.String()+" -> "+s.Actions[0].(ddl.AddConstraint).Constraint.(*schema.ForeignKeyDef).RefTable.String())
		}
	}
	want := []string{"enum e", "enum f", "enum g", "table c", "table b -> c", "table a -> b -> a -> z", "alter c -> a"}
	if diff := cmp.Diff(want, got); diff != "" || o.Err() != nil {
		t.Errorf("%s %v", diff, o.Err())
	}
	m.Table("a")
	o, r = start(t)
	o.CreateAll(&m)
	if o.Err() == nil || len(r.ran) > 0 {
		t.Errorf("a declaration with a mistake gives %v", o.Err())
	}
}
