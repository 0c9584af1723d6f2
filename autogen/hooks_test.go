package autogen_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// lines is operations, one a line.
func lines(list []op.Operation) string {
	var b strings.Builder
	for _, o := range list {
		fmt.Fprintln(&b, o)
	}
	return b.String()
}

func found(r *autogen.Result) string {
	return "up:\n" + lines(r.Upgrade) + "down:\n" + lines(r.Downgrade)
}

// asked collects what a hook is asked about.
type asked struct{ lines []string }

func (a *asked) note(format string, args ...any) {
	if l := fmt.Sprintf(format, args...); !slices.Contains(a.lines, l) {
		a.lines = append(a.lines, l)
	}
}

func TestIncludeName(t *testing.T) {
	t.Parallel()
	have := tables(
		schema.NewTable("a", schema.Column("id", schema.Integer()), schema.Column("legacy_x", schema.Integer()),
			schema.UniqueConstraint("legacy_uq", "id"), schema.CheckConstraint("legacy_ck", "id > 0"), schema.Index("legacy_ix", "id"),
			schema.ForeignKeyConstraint("legacy_fk", []string{"id"}, "b", []string{"id"})),
		schema.NewTable("legacy", schema.Column("id", schema.Integer())),
		schema.NewTable("t", schema.Column("id", schema.Integer()), schema.InSchema("old")),
	)
	want := tables(
		schema.NewTable("a", schema.Column("id", schema.Integer())),
		schema.NewTable("legacy", schema.Column("id", schema.Integer())),
	)
	d := &fake{found: dialect.Reflection{Enums: []dialect.Enum{{Name: schema.Name{Name: "legacy_enum"}}}}}
	d.traits.EnumTypes = true
	var a asked
	r := compare(t, d, have, want, autogen.Options{IncludeSchemas: true, Hooks: autogen.Hooks{
		IncludeName: func(kind autogen.Kind, name string, p autogen.Parents) bool {
			a.note("%s %q in %q %q %q", kind, name, p.Schema, p.Table, p.Qualified())
			return !strings.HasPrefix(name, "legacy") && (kind != autogen.SchemaKind || name != "old")
		},
	}})
	// What is left out counts as not there: the declared table is added.
	if diff := cmp.Diff("up:\ncreate table \"legacy\"\ndown:\ndrop table \"legacy\"\n", found(r)); diff != "" {
		t.Error(diff)
	}
	slices.Sort(a.lines)
	if diff := cmp.Diff([]string{
		`check_constraint "legacy_ck" in "" "a" "a"`,
		`column "id" in "" "a" "a"`,
		`column "legacy_x" in "" "a" "a"`,
		`foreign_key_constraint "legacy_fk" in "" "a" "a"`,
		`index "legacy_ix" in "" "a" "a"`,
		`schema "" in "" "" ""`,
		`schema "old" in "" "" ""`,
		`table "a" in "" "" ""`,
		`table "legacy" in "" "" ""`,
		`unique_constraint "legacy_uq" in "" "a" "a"`,
	}, a.lines); diff != "" {
		t.Error(diff)
	}
}

func TestIncludeObject(t *testing.T) {
	t.Parallel()
	id := schema.Column("id", schema.Integer())
	have := tables(
		schema.NewTable("both", id, schema.Column("x_gone", schema.Integer()), schema.Column("x_same", schema.Integer()),
			schema.Index("x_ix", "id"), schema.UniqueConstraint("x_uq", "id"), schema.CheckConstraint("x_ck", "id > 1"),
			schema.ForeignKeyConstraint("x_fk", []string{"id"}, "b", []string{"id"}), schema.Index("x_ix_gone", "id")),
		schema.NewTable("x_gone", id),
		schema.NewTable("x_changed", id),
	)
	want := tables(
		schema.NewTable("both", id, schema.Column("x_new", schema.Integer()), schema.Column("x_same", schema.Text(), schema.NotNull()),
			schema.Index("x_ix", "id", "x_same"), schema.UniqueConstraint("x_uq", "id", "x_same"), schema.CheckConstraint("x_ck", "id > 2"),
			schema.CheckConstraint("", "id > 3"), schema.CheckConstraint("", "id > 4"),
			schema.ForeignKeyConstraint("x_fk_new", []string{"id"}, "c", []string{"id"})),
		schema.NewTable("new", id, schema.Index("x_ix_new", "id"), schema.Index("ix_new", "id")),
		schema.NewTable("x_new", id),
		schema.NewTable("x_changed", schema.Column("id", schema.Text())),
	)
	var a asked
	r := compare(t, &fake{}, have, want, autogen.Options{Hooks: autogen.Hooks{IncludeObject: func(o autogen.Object) bool {
		with := "nothing"
		if o.CompareTo != nil {
			with = fmt.Sprintf("%s (%t)", o.CompareTo.Name, o.CompareTo.Reflected)
		}
		a.note("%s %q of %q (%t) with %s", o.Kind, o.Name, o.Table.Name, o.Reflected, with)
		if k, ok := o.Constraint.(*schema.CheckDef); ok && k.Name == "" {
			return k.Expr != "id > 3"
		}
		return !strings.HasPrefix(o.Name, "x_")
	}}})
	if diff := cmp.Diff(`up:
create table "new"
create index "ix_new" on table "new"
add check constraint to table "both"
down:
drop check constraint of table "both"
drop table "new"
`, found(r)); diff != "" {
		t.Error(diff)
	}
	if add, ok := r.Upgrade[2].(*op.AddConstraint); !ok || add.Constraint.(*schema.CheckDef).Expr != "id > 4" {
		t.Errorf("the wrong check is added: %#v", r.Upgrade[2])
	}
	slices.Sort(a.lines)
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(`
check_constraint "" of "both" (false) with nothing
check_constraint "x_ck" of "both" (false) with x_ck (true)
column "id" of "both" (false) with id (true)
column "x_gone" of "both" (true) with nothing
column "x_new" of "both" (false) with nothing
column "x_same" of "both" (false) with x_same (true)
foreign_key_constraint "x_fk" of "both" (true) with nothing
foreign_key_constraint "x_fk_new" of "both" (false) with nothing
index "ix_new" of "new" (false) with nothing
index "x_ix" of "both" (false) with x_ix (true)
index "x_ix_gone" of "both" (true) with nothing
index "x_ix_new" of "new" (false) with nothing
table "both" of "both" (false) with both (true)
table "new" of "new" (false) with nothing
table "x_changed" of "x_changed" (false) with x_changed (true)
table "x_gone" of "x_gone" (true) with nothing
table "x_new" of "x_new" (false) with nothing
unique_constraint "x_uq" of "both" (false) with x_uq (true)
`), "\n"), a.lines); diff != "" {
		t.Error(diff)
	}
	// The declaration is as it was.
	if !want[0].Column("x_same").Type.Equal(schema.Text()) || len(want[1].Indexes) != 2 {
		t.Error("the hook's answers changed the declaration")
	}
}

func TestIncludeEnum(t *testing.T) {
	t.Parallel()
	d := &fake{found: dialect.Reflection{Enums: []dialect.Enum{
		{Name: schema.Name{Name: "mood"}, Values: []string{"a"}}, {Name: schema.Name{Name: "gone"}, Values: []string{"a"}},
	}}}
	d.traits.EnumTypes = true
	have := tables(schema.NewTable("t", schema.Column("m", schema.Enum("mood", "a")), schema.Column("g", schema.Enum("gone", "a"))))
	want := tables(schema.NewTable("t", schema.Column("m", schema.Enum("mood", "a", "b")), schema.Column("g", schema.Text())))
	r := compare(t, d, have, want, autogen.Options{Hooks: autogen.Hooks{
		IncludeObject: func(o autogen.Object) bool { return o.Kind != autogen.EnumKind },
	}})
	if diff := cmp.Diff("up:\nalter column \"g\" of table \"t\"\ndown:\nalter column \"g\" of table \"t\"\n", found(r)); diff != "" {
		t.Error(diff)
	}
}

// TestEnumsOfWhatIsLeftOut: a type goes with no table or column that a hook
// leaves out, and comes with none.
func TestEnumsOfWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	mood := schema.Column("mood", schema.Enum("mood", "a"))
	id := schema.Column("id", schema.Integer())
	enums := []dialect.Enum{{Name: schema.Name{Name: "mood"}, Values: []string{"a"}}}
	for _, c := range []struct {
		name       string
		have, want []*schema.Table
		enums      []dialect.Enum
		out        string // by its name, a table or column
	}{
		{"table of the database", tables(schema.NewTable("x", mood)), nil, enums, "x"},
		{"column of the database", tables(schema.NewTable("t", id, mood)), tables(schema.NewTable("t", id)), enums, "mood"},
		{"declared table", nil, tables(schema.NewTable("x", mood)), nil, "x"},
		{"declared column", tables(schema.NewTable("t", id)), tables(schema.NewTable("t", id, mood)), nil, "mood"},
	} {
		in := func(kind autogen.Kind, name string) bool { return name != c.out || kind == autogen.EnumKind }
		hooks := []autogen.Hooks{{IncludeObject: func(o autogen.Object) bool { return in(o.Kind, o.Name) }}}
		if c.enums != nil { // what is declared under a name left out would be added
			hooks = append(hooks, autogen.Hooks{IncludeName: func(k autogen.Kind, name string, _ autogen.Parents) bool { return in(k, name) }})
		}
		for i, h := range hooks {
			d := &fake{found: dialect.Reflection{Enums: slices.Clone(c.enums)}}
			d.traits.EnumTypes = true
			if r := compare(t, d, c.have, c.want, autogen.Options{Hooks: h}); len(r.Upgrade)+len(r.Downgrade)+len(r.Detected) > 0 {
				t.Errorf("%s, hook %d: %s", c.name, i, found(r))
			}
		}
	}
}

func TestCompareHooks(t *testing.T) {
	t.Parallel()
	column := func(name string, typ schema.Type, def string) *schema.ColumnDef {
		return schema.Column(name, typ, schema.ServerDefault(schema.SQL(def)))
	}
	have := tables(schema.NewTable("t", column("same", schema.Integer(), "1"), column("other", schema.Integer(), "1"), column("plain", schema.Integer(), "1")))
	want := tables(schema.NewTable("t", column("same", schema.Text(), "2"), column("other", schema.Integer(), "1"), column("plain", schema.Text(), "2")))
	verdict := func(p autogen.ColumnPair) dialect.Verdict {
		if p.Reflected.Default.Text != "1" || p.Table.Name != "t" || p.Dialect.Name() != "fake" {
			t.Errorf("the sides are mixed up: %+v", p)
		}
		return map[string]dialect.Verdict{"same": dialect.Same, "other": dialect.Different}[p.Declared.Name]
	}
	r := compare(t, &fake{}, have, want, autogen.Options{Hooks: autogen.Hooks{CompareType: verdict, CompareDefault: verdict}})
	if diff := cmp.Diff([]string{
		"type change from Integer to Integer on 't.other'", "server default on column 't.other'",
		"type change from Integer to Text on 't.plain'", "server default on column 't.plain'",
	}, r.Detected); diff != "" {
		t.Error(diff)
	}
	if len(r.Upgrade) != 2 || len(r.Downgrade) != 2 {
		t.Errorf("%s", found(r))
	}
}

// createThing is an operation of a user's own.
type createThing struct {
	Name string
	Back op.Operation
}

func (c *createThing) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.Raw{SQL: "CREATE THING"}}, nil
}

func (c *createThing) Reverse() (op.Operation, error) {
	if c.Back == nil {
		return nil, fmt.Errorf("reversing %s: %w: nobody knows how", c, op.ErrIrreversible)
	}
	return c.Back, nil
}
func (c *createThing) Call() schema.Call { return schema.Call{} }
func (c *createThing) String() string    { return "create thing " + c.Name }

func TestComparators(t *testing.T) {
	t.Parallel()
	have := tables(schema.NewTable("a", schema.Column("id", schema.Integer())), schema.NewTable("b", schema.Column("id", schema.Integer())))
	want := tables(schema.NewTable("b", schema.Column("id", schema.Integer())), schema.NewTable("c", schema.Column("id", schema.Integer())))
	var seen []string
	r := compare(t, &fake{}, have, want, autogen.Options{Hooks: autogen.Hooks{Comparators: []autogen.Comparator{
		func(_ context.Context, c *autogen.Comparison) error {
			for _, p := range c.Tables() {
				seen = append(seen, fmt.Sprintf("%s %t %t", p.Name, p.Reflected != nil, p.Declared != nil))
			}
			c.Append(&createThing{Name: "last"})
			c.Prepend(&createThing{Name: "1", Back: &op.Exec{SQL: "DROP 1"}}, &createThing{Name: "2", Back: &op.Exec{SQL: "DROP 2"}})
			c.Warn("look out")
			return nil
		},
	}}})
	if diff := cmp.Diff([]string{"a true false", "b true true", "c false true"}, seen); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(`up:
create thing 1
create thing 2
create table "c"
drop table "a"
create thing last
down:
undo create thing last
create table "a"
drop table "c"
execute DROP 2
execute DROP 1
`, found(r)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"added table 'c'", "removed table 'a'", "create thing last", "create thing 1", "create thing 2"}, r.Detected); diff != "" {
		t.Error(diff)
	}
	_, err := r.Downgrade[0].Lower()
	if want := "nobody knows how; nothing undoes it; write into the downgrade what does, or take this line out"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if !slices.Contains(r.Warnings, "look out") {
		t.Errorf("warnings: %q", r.Warnings)
	}
	o := autogen.Options{Metadata: []*schema.Metadata{metadata()}}
	failed := errors.New("no")
	o.Comparators = []autogen.Comparator{func(context.Context, *autogen.Comparison) error { return failed }}
	if _, err := autogen.Compare(t.Context(), &fake{}, nil, o); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
}

func TestRewriter(t *testing.T) {
	t.Parallel()
	name := schema.Name{Name: "t"}
	column := func(n string) *schema.ColumnDef { return schema.Column(n, schema.Integer()) }
	var first, second autogen.Rewriter
	autogen.Rewrite(&first, func(_ context.Context, o *op.AddColumn) ([]op.Operation, error) {
		if o.Column.Name == "bad" {
			return nil, errors.New("not that one")
		}
		// What a rule gives is not shown to it again.
		return []op.Operation{o, &op.AddColumn{Table: o.Table, Column: column(o.Column.Name + "_2")}}, nil
	})
	autogen.Rewrite(&first, func(context.Context, *op.DropTable) ([]op.Operation, error) { return nil, nil })
	autogen.Rewrite(&second, func(_ context.Context, o op.Operation) ([]op.Operation, error) {
		if c, ok := o.(*op.AddColumn); ok {
			return []op.Operation{&op.AddColumn{Table: c.Table, Column: column(strings.ToUpper(c.Column.Name))}}, nil
		}
		return []op.Operation{o}, nil
	})
	group := &op.AlterTable{Table: name, Changes: []op.Operation{&op.AddColumn{Table: name, Column: column("b")}}}
	script := func(list ...op.Operation) *autogen.MigrationScript {
		return &autogen.MigrationScript{Body: autogen.Body{Upgrade: list, Downgrade: []op.Operation{&op.DropTable{Table: name}}}, Databases: map[string]*autogen.Body{
			"other": {Upgrade: []op.Operation{&op.AlterTable{Table: name, Changes: []op.Operation{&op.DropTable{Table: name}}}}},
		}}
	}
	names := func(list []op.Operation) (out []string) {
		for _, o := range list {
			switch o := o.(type) {
			case *op.AlterTable:
				for _, c := range o.Changes {
					out = append(out, "in group: "+c.(*op.AddColumn).Column.Name)
				}
			case *op.AddColumn:
				out = append(out, o.Column.Name)
			}
		}
		return out
	}
	chained := first.Chain(second.Process)
	got, err := chained.Process(t.Context(), []*autogen.MigrationScript{script(&op.AddColumn{Table: name, Column: column("a")}, group)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"A", "A_2", "in group: B", "in group: B_2"}, names(got[0].Upgrade)); diff != "" {
		t.Error(diff)
	}
	if !(&autogen.MigrationScript{Body: autogen.Body{Upgrade: got[0].Downgrade}, Databases: got[0].Databases}).Empty() {
		t.Errorf("not all drops are gone: %+v", got[0])
	}
	if len(group.Changes) != 1 {
		t.Error("the group of the comparison itself was changed")
	}
	_, err = first.Process(t.Context(), []*autogen.MigrationScript{script(&op.AddColumn{Table: name, Column: column("bad")})})
	if want := `rewriting add column "bad" to table "t": not that one`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	var none autogen.Rewriter
	autogen.Rewrite(&none, func(context.Context, *op.AddColumn) ([]op.Operation, error) { return []op.Operation{nil}, nil })
	if _, err = none.Process(t.Context(), []*autogen.MigrationScript{script(group)}); err == nil {
		t.Error("an operation that is nil is no error")
	}
}

func TestRenderItems(t *testing.T) {
	t.Parallel()
	if (autogen.Hooks{}).Render() != nil {
		t.Error("no hook is one")
	}
	h := autogen.Hooks{RenderItem: []autogen.RenderItem{
		autogen.RenderAs(func(c *schema.CheckDef) schema.Call { return schema.Call{Func: c.Name} }),
		autogen.RenderAs(func(schema.Constraint) schema.Call { return schema.Call{Func: "any"} }),
		autogen.RenderAs(func(schema.NumericType) schema.Call { return schema.Call{Func: "money"} }),
	}}
	for _, c := range []struct {
		v    any
		want string
		ok   bool
	}{
		{schema.CheckConstraint("ck", "x"), "ck", true},
		{schema.UniqueConstraint("uq", "x"), "any", true},
		{"text", "", false},
		{schema.Numeric(1, 1), "money", true},
		{schema.Numeric(1, 1).WithVariant("mysql", schema.Text()), "", false},
		{schema.NoType(), "", false},
	} {
		if got, ok := h.Render()(c.v); got.Func != c.want || ok != c.ok {
			t.Errorf("%v: %q %t", c.v, got.Func, ok)
		}
	}
}
