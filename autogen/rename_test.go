package autogen_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/schema"
)

func intColumn(name string, items ...schema.ColumnItem) *schema.ColumnDef {
	return schema.Column(name, schema.Integer(), items...)
}

func TestRenames(t *testing.T) {
	t.Parallel()
	table := schema.NewTable
	for _, c := range []struct {
		name       string
		have, want []*schema.Table
		renames    []string
		up         string
		likely     []string
		unused     []string
	}{
		{
			name:   "nothing declared: it is likely, and both are listed",
			have:   tables(table("a", intColumn("id"), intColumn("x"))),
			want:   tables(table("a", intColumn("id"), intColumn("y"), intColumn("z"))),
			up:     "add column \"y\" to table \"a\"\nadd column \"z\" to table \"a\"\ndrop column \"x\" of table \"a\"\n",
			likely: []string{"a.x:a.y", "a.x:a.z"},
		},
		{
			name: "another type or nullability is not likely",
			have: tables(table("a", intColumn("id"), intColumn("x"), intColumn("p", schema.NotNull()))),
			want: tables(table("a", intColumn("id"), schema.Column("y", schema.Text()))),
			up:   "add column \"y\" to table \"a\"\ndrop column \"x\" of table \"a\"\ndrop column \"p\" of table \"a\"\n",
		},
		{
			name: "declared, and a change beside it",
			have: tables(table("a", intColumn("id"), intColumn("x"))),
			want: tables(table("a", intColumn("id"), schema.Column("y", schema.Text(), schema.RenamedFrom("w", "x")))),
			up:   "rename column \"x\" of table \"a\" to \"y\"\nalter column \"y\" of table \"a\"\n",
		},
		{
			name: "declared long ago",
			have: tables(table("b", intColumn("y"))),
			want: tables(table("b", intColumn("y", schema.RenamedFrom("x")), schema.RenamedFrom("a"))),
		},
		{
			name: "both are there: it says nothing",
			have: tables(table("a", intColumn("x"), intColumn("y")), table("b", intColumn("x"), intColumn("y"))),
			want: tables(table("b", intColumn("y", schema.RenamedFrom("x")), intColumn("x"), schema.RenamedFrom("a"))),
			up:   "drop table \"a\"\n",
		},
		{
			name: "one makes room for the other",
			have: tables(table("a", intColumn("x"), intColumn("y")), table("b", schema.Column("t", schema.Text()))),
			want: tables(
				table("b", intColumn("y", schema.RenamedFrom("x")), intColumn("z", schema.RenamedFrom("y")), schema.RenamedFrom("a")),
				table("c", schema.Column("t", schema.Text()), schema.RenamedFrom("b")),
			),
			up: "rename table \"b\" to \"c\"\nrename table \"a\" to \"b\"\nrename column \"y\" of table \"b\" to \"z\"\nrename column \"x\" of table \"b\" to \"y\"\n",
		},
		{
			name:    "asked for, the table under either name",
			have:    tables(table("a", intColumn("x"), intColumn("y"))),
			want:    tables(table("b", intColumn("x2"), intColumn("y2"))),
			renames: []string{"a:b", "a.x:b.x2", "b.y:b.y2", "a.nothing:b.x2", "x:y"},
			up:      "rename table \"a\" to \"b\"\nrename column \"x\" of table \"b\" to \"x2\"\nrename column \"y\" of table \"b\" to \"y2\"\n",
			unused:  []string{"a.nothing:b.x2", "x:y"},
		},
		{
			name: "tables of one schema only",
			have: tables(table("a", intColumn("x"), schema.InSchema("s")), table("d", intColumn("x"), schema.InSchema("s"))),
			want: tables(table("b", intColumn("x"), schema.RenamedFrom("a"), schema.RenamedFrom("a")), table("c", intColumn("x"), schema.InSchema("s"), schema.RenamedFrom("a"))),
			up:   "rename table \"s.a\" to \"c\"\ncreate table \"b\"\ndrop table \"s.d\"\n",
		},
		{
			name:   "nearly the same table",
			have:   tables(table("a", intColumn("1"), intColumn("2"), intColumn("3"), intColumn("4")), table("e", intColumn("1"), intColumn("2"))),
			want:   tables(table("b", intColumn("1"), intColumn("2"), intColumn("3"), intColumn("5"))),
			up:     "create table \"b\"\ndrop table \"e\"\ndrop table \"a\"\n",
			likely: []string{"a:b"},
		},
		{
			name: "what points at it, and names made of it",
			have: tables(
				table("a", intColumn("x"), schema.PrimaryKeyConstraint("pk_a", "x"), schema.Index("ix_a_x", "x"), schema.UniqueConstraint("uq_a_x", "x")),
				table("b", intColumn("a_x"), schema.ForeignKeyConstraint("fk_b_a", []string{"a_x"}, "a", []string{"x"})),
			),
			want: tables(
				table("b", intColumn("a_x"), schema.ForeignKeyConstraint("fk_b_c", []string{"a_x"}, "c", []string{"y"})),
				table("c", intColumn("y", schema.RenamedFrom("x")), schema.PrimaryKeyConstraint("pk_c", "y"), schema.Index("ix_c_y", "y"), schema.UniqueConstraint("uq_c_y", "y"), schema.RenamedFrom("a")),
			),
			up: `rename table "a" to "c"
rename column "x" of table "c" to "y"
rename primary key "pk_a" of table "c" to "pk_c"
rename unique constraint "uq_a_x" of table "c" to "uq_c_y"
rename index "ix_a_x" of table "c" to "ix_c_y"
rename foreign key "fk_b_a" of table "b" to "fk_b_c"
`,
		},
	} {
		r := compare(t, &fake{}, c.have, c.want, autogen.Options{Renames: c.renames})
		if diff := cmp.Diff(c.up, lines(r.Upgrade)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if len(r.Downgrade) != len(r.Upgrade) {
			t.Errorf("%s: down is\n%s", c.name, lines(r.Downgrade))
		}
		if got, want := fmt.Sprint(r.Likely), fmt.Sprint(c.likely); got != want {
			t.Errorf("%s: likely are %s, want %s", c.name, got, want)
		}
		if got, want := fmt.Sprint(r.Unused), fmt.Sprint(c.unused); got != want {
			t.Errorf("%s: unused are %s, want %s", c.name, got, want)
		}
	}
}

func TestRenameInExpressions(t *testing.T) {
	t.Parallel()
	d := sqlite.System().Offline("sqlite")
	for _, c := range []struct{ expr, to, want string }{
		{"n > 0", "m", "m > 0"},
		{"nn > 0 AND t.n < 1 AND n_ = N", "m", "nn > 0 AND t.m < 1 AND n_ = N"},
		{"n <> 'n' AND n <> 'it''s n' AND 'n' <> n", "m", "m <> 'n' AND m <> 'it''s n' AND 'n' <> m"},
		{`"n" = ` + "`n`" + ` AND "nn" <> n`, "a\"`b", `"a""` + "`b\" = `a\"``b`" + ` AND "nn" <> "a""` + "`b\""},
		{"n(n) + n (1)", "m", "n(m) + n (1)"},
		{"(x)::n = n", "m", "(x)::n = m"},
		{"n > 0", "Größe", `"Größe" > 0`},
		{"n > 0 -- '", "m", "m > 0 -- '"},
		{"'unclosed n", "m", "'unclosed n"},
		{"other", "m", "other"},
	} {
		if got := autogen.RenameInExpr(d, c.expr, "n", c.to); got != c.want {
			t.Errorf("%s: %s, want %s", c.expr, got, c.want)
		}
	}
}

func TestFollowedNames(t *testing.T) {
	t.Parallel()
	d := &fake{traits: dialect.Traits{FollowsTableName: true}}
	have := tables(schema.NewTable("a", intColumn("x"), schema.ForeignKeyConstraint("a_ibfk_1", []string{"x"}, "z", []string{"x"})))
	want := tables(schema.NewTable("b", intColumn("x"), schema.RenamedFrom("a")))
	r := compare(t, d, have, want, autogen.Options{})
	if diff := cmp.Diff("rename table \"a\" to \"b\"\ndrop foreign key \"b_ibfk_1\" of table \"b\"\n", lines(r.Upgrade)); diff != "" {
		t.Error(diff)
	}
}
