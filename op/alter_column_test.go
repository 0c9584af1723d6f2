package op_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// captured is the operation that AlterColumn makes of options.
func captured(t *testing.T, opts ...op.AlterColumnOption) *op.AlterColumn {
	t.Helper()
	o, _ := start(t)
	var p *op.AlterColumn
	o.AlterTable("t", func(table *op.Table) {
		table.AlterColumn("a", opts...)
		p = op.ChangesOf(table)[0].(*op.AlterColumn)
	})
	return p
}

// Each property of a column, changed alone: what is lowered, said, and reversed.
func TestAlterColumn(t *testing.T) {
	existing := op.Existing(schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Comment("c"))
	const known = `op.Existing(schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Comment("c"))`
	for _, c := range []struct {
		change op.AlterColumnOption
		aspect ddl.Aspect
		source string // of the change
		back   string // of the change back
		after  string // of Existing in the change back
	}{
		{op.SetType(schema.Text()), ddl.TypeAspect, `op.SetType(schema.Text())`, `op.SetType(schema.Integer())`, `op.Existing(schema.Text(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Comment("c"))`},
		{op.SetNullable(), ddl.NullableAspect, `op.SetNullable()`, `op.SetNotNull()`, `op.Existing(schema.Integer(), schema.ServerDefault(schema.Literal(1)), schema.Comment("c"))`},
		{op.SetNotNull(), ddl.NullableAspect, `op.SetNotNull()`, `op.SetNotNull()`, known},
		{op.SetDefault(schema.Now()), ddl.DefaultAspect, `op.SetDefault(schema.Now())`, `op.SetDefault(schema.Literal(1))`, `op.Existing(schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Now()), schema.Comment("c"))`},
		{op.DropDefault(), ddl.DefaultAspect, `op.DropDefault()`, `op.SetDefault(schema.Literal(1))`, `op.Existing(schema.Integer(), schema.NotNull(), schema.Comment("c"))`},
		{op.SetComment(""), ddl.CommentAspect, `op.SetComment("")`, `op.SetComment("c")`, `op.Existing(schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)))`},
		{op.SetCollation("C"), ddl.CollationAspect, `op.SetCollation("C")`, `op.SetCollation("")`, `op.Existing(schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Collate("C"), schema.Comment("c"))`},
		{op.SetAutoIncrement(), ddl.AutoIncrementAspect, `op.SetAutoIncrement()`, `op.DropAutoIncrement()`, `op.Existing(schema.Integer(), schema.NotNull(), schema.AutoIncrement(), schema.ServerDefault(schema.Literal(1)), schema.Comment("c"))`},
		{op.DropAutoIncrement(), ddl.AutoIncrementAspect, `op.DropAutoIncrement()`, `op.DropAutoIncrement()`, known},
		{op.SetComputed("b", schema.Stored), ddl.ComputedAspect, `op.SetComputed("b", schema.Stored)`, `op.DropComputed()`, `op.Existing(schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.ComputedAs("b", schema.Stored), schema.Comment("c"))`},
		{op.DropComputed(), ddl.ComputedAspect, `op.DropComputed()`, `op.DropComputed()`, known},
		{op.SetIdentity(schema.Identity{Start: 2}), ddl.IdentityAspect, `op.SetIdentity(schema.Identity{Start: 2})`, `op.DropIdentity()`, `op.Existing(schema.Integer(), schema.IdentityAs(schema.Identity{Start: 2}), schema.ServerDefault(schema.Literal(1)), schema.Comment("c"))`},
		{op.DropIdentity(), ddl.IdentityAspect, `op.DropIdentity()`, `op.DropIdentity()`, known},
		{op.SetOptions(o2, o1), ddl.OptionsAspect, `op.SetOptions(fake.Set("fake.x", "1"))`, `op.SetOptions()`, `op.Existing(schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1)), schema.Comment("c"), fake.Set("fake.x", "1"))`},
	} {
		t.Run(c.source, func(t *testing.T) {
			p := captured(t, c.change, existing)
			if p.Change != c.aspect {
				t.Errorf("changes %b, want %b", p.Change, c.aspect)
			}
			if got, want := source(t, p), `o.AlterColumn("t", "a", `+c.source+", "+known+")"; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if got, want := p.String(), `alter column "a" of table "t"`; got != want {
				t.Errorf("got %s", got)
			}
			got := lower(t, p)[0].(ddl.AlterTable).Actions
			want := []ddl.Action{ddl.AlterColumn{Name: "a", Change: c.aspect, New: &p.New, Existing: p.Existing, Known: ddl.AllAspect}}
			if diff := cmp.Diff(want, got, exact); diff != "" {
				t.Errorf("Lower (-want +got):\n%s", diff)
			}
			back, err := p.Reverse()
			if err != nil {
				t.Fatal(err)
			}
			if got, want := source(t, back), `o.AlterColumn("t", "a", `+c.back+", "+c.after+")"; got != want {
				t.Errorf("reverse: got  %s\nwant %s", got, want)
			}
			again, err := back.Reverse()
			if err != nil {
				t.Fatal(err)
			}
			if got, want := source(t, again), source(t, p); got != want {
				t.Errorf("the reverse of the reverse: got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestRenameColumn(t *testing.T) {
	said{
		do: func(o *op.Operations) { o.Schema("s").AlterColumn("t", "a", op.Rename("b")) },
		op: &op.AlterColumn{Table: inS, Name: "a", Change: ddl.NameAspect, New: schema.ColumnDef{Name: "b"}}, source: `o.Schema("s").AlterColumn("t", "a", op.Rename("b"))`,
		text:       `rename column "a" of table "s.t" to "b"`,
		statements: []ddl.Statement{alter(inS, ddl.RenameColumn{Name: "a", To: "b"})},
		reverse:    `o.Schema("s").AlterColumn("t", "b", op.Rename("a"))`,
	}.test(t)
}

// A change with a new name changes the column under its old name first, and
// repeats the definition as it is then.
func TestRenameAndChange(t *testing.T) {
	p := captured(t, op.Rename("b"), op.SetNotNull(), op.SetType(schema.BigInteger()), op.Using("a::bigint"), op.Existing(schema.Integer()))
	before := schema.Column("a", schema.Integer())
	after := schema.Column("a", schema.BigInteger(), schema.NotNull())
	want := []ddl.Action{
		ddl.AlterColumn{
			Name: "a", Change: ddl.TypeAspect | ddl.NullableAspect, New: after, Existing: before, Known: ddl.AllAspect, Using: "a::bigint",
		},
		ddl.RenameColumn{Name: "a", To: "b", Existing: after},
	}
	if diff := cmp.Diff(want, lower(t, p)[0].(ddl.AlterTable).Actions, exact); diff != "" {
		t.Errorf("Lower (-want +got):\n%s", diff)
	}
	if got, want := source(t, p), `o.AlterColumn("t", "a", op.Rename("b"), op.SetType(schema.BigInteger()), op.Using("a::bigint"), op.SetNotNull(), op.Existing(schema.Integer()))`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	back, err := p.Reverse()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := source(t, back), `o.AlterColumn("t", "b", op.Rename("a"), op.SetType(schema.Integer()), op.SetNullable(), op.Existing(schema.BigInteger(), schema.NotNull()))`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if p.Existing.Name != "a" || !p.Existing.Nullable {
		t.Error("the operation was changed")
	}
}

func TestMoveColumn(t *testing.T) {
	p := captured(t, op.After("z"), op.Existing(schema.Integer()))
	want := []ddl.Action{ddl.AlterColumn{
		Name: "a", Change: ddl.PlaceAspect, New: &schema.ColumnDef{Name: "a"}, Existing: a, Known: ddl.AllAspect, Place: ddl.Place{After: "z"},
	}}
	if diff := cmp.Diff(want, lower(t, p)[0].(ddl.AlterTable).Actions, exact); diff != "" {
		t.Errorf("Lower (-want +got):\n%s", diff)
	}
	if got, want := source(t, p), `o.AlterColumn("t", "a", op.After("z"), op.Existing(schema.Integer()))`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	_, err := p.Reverse()
	if got := err.Error(); !errors.Is(err, op.ErrIrreversible) || got != `reversing alter column "a" of table "t": it has no reverse: where the column stood is not known` {
		t.Errorf("got %s", got)
	}
}

func TestAlterColumnErrors(t *testing.T) {
	for want, opts := range map[string][]op.AlterColumnOption{
		`alter column "a" of table "t": nothing changes; say what should, by op.SetType and the like`: {op.Existing(schema.Text())},
		`alter column "a" of table "t": op.Using converts to a new type, and none is given; say op.SetType`: {
			op.Using("a"), op.SetNotNull(),
		},
		`rename column "a" of table "t" to "": the new name is empty`: {op.Rename("")},
	} {
		o, r := start(t)
		o.AlterColumn("t", "a", opts...)
		if err := o.Err(); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		if len(r.ran) > 0 {
			t.Errorf("ran %v", r.ran)
		}
	}
	_, err := captured(t, op.SetNotNull()).Reverse()
	if !errors.Is(err, op.ErrIrreversible) || err.Error() != `reversing alter column "a" of table "t": it has no reverse: what the column looked like is not known; say it by op.Existing` {
		t.Errorf("got %v", err)
	}
}
