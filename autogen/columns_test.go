package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// table is a table with a numbered key and the items given.
func table(name string, items ...schema.TableItem) *schema.Table {
	return schema.NewTable(name, append([]schema.TableItem{
		schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
	}, items...)...)
}

func col(name string, items ...schema.ColumnItem) *schema.ColumnDef {
	return schema.Column(name, schema.Integer(), items...)
}

// altered compares a column as it is with one as it is to be.
func altered(name string, have, want *schema.ColumnDef) difference {
	return difference{name: name, have: tables(table("t", have)), want: tables(table("t", want))}
}

func TestColumns(t *testing.T) {
	comment, now := schema.Comment("it's"), schema.ServerDefault(schema.Now())
	ignoring := altered("type and default ignored", schema.Column("c", schema.Text()), col("c", schema.ServerDefault(schema.Literal(1))))
	ignoring.options = autogen.Options{IgnoreTypes: true, IgnoreDefaults: true}
	inSchema := altered("in a schema", col("c"), col("c", schema.NotNull()))
	inSchema.have[0].Name.Schema, inSchema.want[0].Name.Schema = "s", "s"
	golden(t, "columns", []difference{
		altered("nothing", col("c", comment, now), col("c", comment, now)),
		{name: "added", have: tables(table("t")), want: tables(table("t", schema.Column("c", schema.String(50), schema.NotNull(), now)))},
		altered("type", schema.Column("c", schema.String(50)), schema.Column("c", schema.Text())),
		altered("type gone", col("c"), schema.Column("c", schema.NoType())),
		altered("nullable", col("c"), col("c", schema.NotNull())),
		altered("default added", col("c"), col("c", schema.ServerDefault(schema.Literal(1)))),
		altered("default changed", col("c", schema.ServerDefault(schema.SQL("a + 1"))), col("c", schema.ServerDefault(schema.SQL("a + 2")))),
		altered("comment", col("c"), col("c", comment)),
		altered("autoincrement", col("c"), col("c", schema.AutoIncrement())),
		altered("computed", col("c", schema.ComputedAs("id + 1", schema.Stored)), col("c", schema.ComputedAs("id + 2", schema.Stored))),
		altered("computed kept otherwise", col("c", schema.ComputedAs("id + 1", schema.Stored)), col("c", schema.ComputedAs("id + 1", schema.Virtual))),
		altered("computed no more", col("c", schema.ComputedAs("id + 1", schema.Stored)), col("c")),
		altered("identity", col("c", schema.IdentityAs(schema.Identity{Start: 1})),
			col("c", schema.IdentityAs(schema.Identity{Start: 5, Always: true, Max: schema.Bound(9)}))),
		altered("collation", schema.Column("c", schema.Text(), schema.Collate("C")), schema.Column("c", schema.Text())),
		altered("several at once", col("c", now), schema.Column("c", schema.BigInteger(), schema.NotNull(), comment)),
		ignoring,
		inSchema,
		{
			name: "places", traits: dialect.Traits{PlacesColumns: true},
			have: tables(table("t", col("a"), col("b"), col("c"), col("d"), col("e"))),
			want: tables(schema.NewTable("t", col("first"), col("id", schema.PrimaryKey(), schema.AutoIncrement()), col("a"), col("x"), col("y"), col("d"), col("last"))),
		},
		{
			name: "no places",
			have: tables(table("t", col("b"))),
			want: tables(schema.NewTable("t", col("first"), col("id", schema.PrimaryKey(), schema.AutoIncrement()), col("b"))),
		},
		{
			name: "generated columns come last and go first",
			have: tables(table("t", col("a"), col("b", schema.ComputedAs("a + 1", schema.Stored)))),
			want: tables(table("t", col("y", schema.ComputedAs("z + 1", schema.Stored)), col("z"))),
		},
	})
}

// A dropped column comes back where it stood, also by the reverse of the operation.
func TestDroppedColumnsComeBackInPlace(t *testing.T) {
	d := &fake{traits: dialect.Traits{PlacesColumns: true}}
	for _, kept := range []string{"a", "b", "c", "d", "e"} {
		have := tables(schema.NewTable("t", col("a"), col("b"), col("c"), col("d"), col("e")))
		r := compare(t, d, have, tables(schema.NewTable("t", col(kept))), autogen.Options{})
		m := newModel(false, false)
		m.tables[schema.Name{Name: "t"}] = have[0].Clone()
		if err := m.run(r.Upgrade); err != nil {
			t.Fatal(err)
		}
		for i := range r.Upgrade {
			back, err := r.Upgrade[len(r.Upgrade)-1-i].Reverse()
			if err != nil {
				t.Fatal(err)
			}
			if err := m.run(ops(back)); err != nil {
				t.Fatal(err)
			}
		}
		if got, want := text(m.list(), sameOrder), text(have, sameOrder); got != want {
			t.Errorf("keeping %s: got\n%s", kept, got)
		}
	}
}
