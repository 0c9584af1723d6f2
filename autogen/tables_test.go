package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func ops(list ...op.Operation) []op.Operation { return list }

func refers(column, target string, items ...schema.ForeignKeyItem) *schema.ColumnDef {
	return col(column, schema.References(target, items...))
}

func TestTables(t *testing.T) {
	forward := dialect.Traits{ForwardReferences: true}
	chain := tables(table("a", refers("b_id", "b.id")), table("b", refers("c_id", "c.id")), table("c"))
	circle := tables(table("a", refers("b_id", "b.id", schema.Named("fk_b"))), table("b", refers("a_id", "a.id", schema.Named("fk_a"))))
	unnamedCircle := tables(table("a", refers("b_id", "b.id")), table("b", refers("a_id", "a.id")))
	self := tables(table("node", refers("parent_id", "node.id")))
	rich := tables(table("account",
		schema.Column("name", schema.String(50), schema.NotNull()),
		schema.UniqueConstraint("uq_name", "name"), schema.CheckConstraint("ck_name", "name <> ''"),
		schema.Index("ix_name", "name"), schema.Comment("people"), schema.InSchema("app")))
	golden(t, "tables", []difference{
		{name: "nothing"},
		{name: "same", have: chain, want: chain},
		{name: "added with all it has", want: rich},
		{name: "chain of foreign keys", want: chain},
		{name: "circle", want: circle},
		{name: "circle without names", want: unnamedCircle},
		{name: "circle where keys may point forward", want: circle, traits: forward},
		{name: "self reference", want: self},
		{name: "index that a foreign key rests on goes with its table", have: tables(
			table("p"), table("t", refers("p_id", "p.id"), col("x"), schema.Index("ix_p", "p_id", "x"), schema.Index("ix_x", "x"))), want: tables(table("p"))},
		{
			name: "a key that is new where it points waits",
			have: tables(table("p", col("code"))),
			want: tables(table("c", refers("p_code", "p.code")), table("p", col("code"), schema.UniqueConstraint("uq_code", "code"))),
		},
		{
			name: "a renamed table leaves its names first",
			have: tables(table("old", col("x"), schema.Index("ix_x", "x"))),
			want: tables(table("new", col("x"), schema.Index("ix_x", "x"))),
		},
		{
			name: "a renamed table leaves its index first, and goes last, where keys may point forward", traits: forward,
			have: tables(table("old", col("x"), schema.Index("ix_x", "x"))),
			want: tables(table("new", col("x"), schema.Index("ix_x", "x"))),
		},
		{name: "a removed table is let go first", have: tables(table("gone"), table("t", refers("gone_id", "gone.id"))), want: tables(table("t", col("gone_id")))},
		{
			name: "comment and options",
			have: tables(table("t", option("fake.a", "1"), option("fake.kept", "1"))),
			want: tables(table("t", schema.Comment("new"), option("fake.a", "2"), option("other.b", "3"), option("fakefamily.c", "4"))),
		},
		{
			name: "options can be reset", traits: dialect.Traits{ResetsOptions: true},
			have: tables(table("t", schema.Comment("old"))),
			want: tables(table("t", option("fake.a", "2"))),
		},
	})
}

type setting struct{ key, Value string }

func (s setting) OptionKey() string { return s.key }
func (s setting) Call() schema.Call {
	return schema.Call{Path: "example.com/fake", Func: "Set", Args: []any{s.key, s.Value}}
}
func (s setting) AddToTable(t *schema.Table) { t.Options = schema.SetOption(t.Options, s) }

func option(key, value string) setting { return setting{key, value} }

// Options of another database than the one at hand are no difference, wherever they stand.
func TestForeignOptionsAreNoDifference(t *testing.T) {
	foreign := []schema.Option{setting{"other.x", "1"}}
	declared := table("t", refers("p_id", "t.id"), schema.Index("ix", "p_id"), schema.UniqueConstraint("uq", "p_id"),
		schema.CheckConstraint("ck", "id > 0"), schema.ExcludeConstraint("ex", schema.Exclude("id", "=")), option("other.t", "1"))
	plain := table("t", refers("p_id", "t.id"), schema.Index("ix", "p_id"), schema.UniqueConstraint("uq", "p_id"),
		schema.CheckConstraint("ck", "id > 0"), schema.ExcludeConstraint("ex", schema.Exclude("id", "=")))
	declared.Columns[0].Options, declared.Indexes[0].Options = foreign, foreign
	declared.Uniques[0].Options, declared.Checks[0].Options, declared.ForeignKeys[0].Options = foreign, foreign, foreign
	declared.Excludes[0].Options, declared.PrimaryKey.Options = foreign, foreign
	r := compare(t, &fake{}, tables(plain), tables(declared), autogen.Options{})
	if len(r.Upgrade)+len(r.Downgrade)+len(r.Warnings) > 0 {
		t.Errorf("upgrade %v, downgrade %v, warnings %v", r.Upgrade, r.Downgrade, r.Warnings)
	}
	if len(declared.Options) != 1 || len(declared.Columns[0].Options) != 1 {
		t.Error("the declaration was changed")
	}
}
