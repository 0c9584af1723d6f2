package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// constrained compares a table with other constraints.
func constrained(name string, have, want []schema.TableItem) difference {
	base := []schema.TableItem{col("a"), col("b")}
	return difference{
		name: name,
		have: tables(table("t", append(base[:2:2], have...)...)),
		want: tables(table("t", append(base[:2:2], want...)...)),
	}
}

func items(list ...schema.TableItem) []schema.TableItem { return list }

func TestConstraints(t *testing.T) {
	ref := func(name, column string, more ...schema.ForeignKeyItem) schema.TableItem {
		return schema.ForeignKeyConstraint(name, []string{column}, "t", []string{"id"}, more...)
	}
	exclude := func(name, op string) *schema.ExcludeDef {
		return schema.ExcludeConstraint(name, schema.Exclude("a", op)).With(schema.Using("gist"))
	}
	golden(t, "constraints", []difference{
		constrained("unique added", nil, items(schema.UniqueConstraint("uq", "a", "b"))),
		constrained("unique added without a name", nil, items(schema.UniqueConstraint("", "a"))),
		constrained("unique changed", items(schema.UniqueConstraint("uq", "a")), items(schema.UniqueConstraint("uq", "a").With(schema.WithDeferral(schema.InitiallyDeferred)))),
		constrained("unique in another order is the same", items(schema.UniqueConstraint("uq", "a", "b")), items(schema.UniqueConstraint("uq", "b", "a"))),
		constrained("unique without a name is the server's", items(schema.UniqueConstraint("t_a_key", "a")), items(schema.UniqueConstraint("", "a"))),
		constrained("unique renamed", items(schema.UniqueConstraint("old", "a")), items(schema.UniqueConstraint("new", "a"))),
		constrained("check added", nil, items(schema.CheckConstraint("ck", "a > 0"))),
		constrained("check changed", items(schema.CheckConstraint("ck", "a > 0")), items(schema.CheckConstraint("ck", "a > 1").With(schema.NotEnforced()))),
		constrained("checks without names are found by what they say",
			items(schema.CheckConstraint("made_up_1", "a > 0"), schema.CheckConstraint("made_up_2", "b > 0")),
			items(schema.CheckConstraint("", "b > 0"), schema.CheckConstraint("", "a > 1"))),
		constrained("foreign key added", nil, items(ref("fk", "a", schema.OnDelete(schema.Cascade)))),
		constrained("foreign key changed", items(ref("fk", "a")), items(ref("fk", "a", schema.OnDelete(schema.SetNull), schema.OnUpdate(schema.Restrict)))),
		constrained("foreign key of another name is the same", items(ref("t_ibfk_1", "a")), items(ref("fk", "a"))),
		constrained("foreign keys of one column told apart", items(ref("one", "a"), ref("two", "a", schema.OnDelete(schema.Cascade))), items(ref("two", "a"))),
		constrained("exclusion added", nil, items(exclude("ex", "="))),
		constrained("exclusions without names", items(exclude("made_up", "=")), items(exclude("", "="), exclude("", "&&"))),
		constrained("index added", nil, items(schema.Index("ix", "a", "b"))),
		constrained("index changed", items(schema.Index("ix", "a")), items(schema.Index("ix", "a").With(schema.UniqueIndex()))),
		constrained("index with another predicate", items(schema.Index("ix", "a").With(schema.Where("a > 0"))), items(schema.Index("ix", "a").With(schema.Where("a > 1")))),
		constrained("index on another expression", items(schema.IndexOn("ix", schema.KeyExpr("a + 1"))), items(schema.IndexOn("ix", schema.KeyExpr("a + 2").Desc()))),
		constrained("index that becomes a constraint", items(schema.Index("x", "a").With(schema.UniqueIndex())), items(schema.UniqueConstraint("x", "a"))),
		{
			name: "primary key changed, with the columns it is made of, in one operation",
			have: tables(table("t", col("x"), schema.Index("ix", "x"))),
			want: tables(schema.NewTable("t", col("x", schema.PrimaryKey()), schema.Column("n", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()), schema.Index("iy", "x"))),
		},
		{name: "primary key added", have: tables(schema.NewTable("t", col("x"))), want: tables(schema.NewTable("t", col("x", schema.PrimaryKey())))},
		{
			name: "keys that rest on what changes are made anew",
			have: tables(table("p"), table("c", refers("p_id", "p.id", schema.Named("fk_p")))),
			want: tables(schema.NewTable("p", schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement())),
				table("c", schema.Column("p_id", schema.BigInteger(), schema.References("p.id", schema.Named("fk_p"))))),
		},
		{
			name: "a key that another points at is named otherwise",
			have: tables(table("p", col("code"), schema.UniqueConstraint("old", "code")), table("c", refers("p_code", "p.code", schema.Named("fk")))),
			want: tables(table("p", col("code"), schema.UniqueConstraint("new", "code")), table("c", refers("p_code", "p.code", schema.Named("fk")))),
		},
		{
			name: "no key need be made anew where they may point forward", traits: dialect.Traits{ForwardReferences: true},
			have: tables(table("p"), table("c", refers("p_id", "p.id"))),
			want: tables(schema.NewTable("p", schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement())), table("c", refers("p_id", "p.id"))),
		},
	})
}

func TestBatches(t *testing.T) {
	have := tables(table("p"), table("t", refers("p_id", "p.id", schema.Named("fk")), col("x"), schema.Index("ix", "x")))
	want := tables(table("q"), table("t", refers("q_id", "q.id", schema.Named("fk2")), schema.Column("x", schema.Text()), schema.Comment("c")))
	copies := dialect.Traits{ForwardReferences: true, BatchesChanges: true}
	golden(t, "batches", []difference{
		{name: "automatic, in place", have: have, want: want},
		{name: "automatic, by copy", have: have, want: want, traits: copies},
		{name: "never", have: have, want: want, traits: copies, options: autogen.Options{Batch: autogen.BatchNever}},
		{name: "always", have: have, want: want, options: autogen.Options{Batch: autogen.BatchAlways}},
		{name: "one change alone", have: tables(table("t")), want: tables(table("t", col("x"))), traits: copies},
	})
}
