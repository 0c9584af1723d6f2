package op_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func batched(actions ...ddl.Action) ddl.AlterTable {
	return ddl.AlterTable{Table: t1, Actions: actions, Batch: &ddl.Batch{}}
}

// All changes that a group may hold, in the order in which they are run.
func TestAlterTable(t *testing.T) {
	o, r := start(t)
	note := schema.CheckConstraint("ck", "a > 0")
	o.AlterTable("t", func(t *op.Table) {
		t.CreateTableComment("c", op.ExistingComment("b"))
		t.CreateIndex("ix1", "a")
		t.AddColumn(a, op.First())
		t.DropIndex("ix0", op.IfExists)
		t.AlterColumn("b", op.SetNullable())
		t.DropConstraint("uq", schema.UniqueKind, op.IfExists)
		t.AddConstraint(note)
		t.CreateUniqueIndex("ix2", "a", "b")
		t.AddIndex(schema.Index("ix3", "a").With(schema.Where("a > 0")), op.IfNotExists)
		t.DropColumn("c")
		t.SetTableOption(o1)
		t.ResetTableOption(o2)
		t.DropTableComment()
		t.Invoke(&op.Exec{SQL: "SELECT 1"})
	})
	if err := o.Err(); err != nil {
		t.Fatal(err)
	}
	want := []ddl.Statement{
		ddl.DropIndex{Table: t1, Name: "ix0", Guard: ddl.IfExists},
		batched(
			ddl.AddColumn{Column: a, Place: ddl.Place{First: true}},
			ddl.AlterColumn{Name: "b", Change: ddl.NullableAspect, New: &schema.ColumnDef{Name: "b", Nullable: true}},
			ddl.DropConstraint{Name: "uq", Kind: schema.UniqueKind, Guard: ddl.IfExists},
			ddl.AddConstraint{Constraint: note},
			ddl.DropColumn{Name: "c"},
			ddl.SetOption{Option: o1},
			ddl.ResetOption{Option: o2},
		),
		ddl.SetTableComment{Table: t1, Comment: "c"},
		ddl.CreateIndex{Table: t1, Index: schema.Index("ix1", "a")},
		ddl.CreateIndex{Table: t1, Index: schema.Index("ix2", "a", "b").With(schema.UniqueIndex())},
		ddl.CreateIndex{Table: t1, Index: schema.Index("ix3", "a").With(schema.Where("a > 0")), Guard: ddl.IfNotExists},
		ddl.SetTableComment{Table: t1},
		ddl.Raw{SQL: "SELECT 1"},
	}
	if diff := cmp.Diff(want, r.ran, exact); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A foreign key goes before the index that it may rest on, if the table need not
// be copied in one go.
func TestForeignKeyGoesBeforeItsIndex(t *testing.T) {
	key := ddl.DropConstraint{Name: "fk", Kind: schema.ForeignKeyKind}
	drop := ddl.DropIndex{Table: t1, Name: "ix"}
	change := func(t *op.Table) {
		t.DropConstraint("fk", schema.ForeignKeyKind)
		t.DropIndex("ix")
		t.DropColumn("a")
	}
	always := op.Batch{Recreate: op.RecreateAlways}
	for _, c := range []struct {
		name  string
		batch []op.Batch
		want  []ddl.Statement
	}{
		{"plain", nil, []ddl.Statement{batched(key), drop, batched(ddl.DropColumn{Name: "a"})}},
		{"copied", []op.Batch{always}, []ddl.Statement{drop, ddl.AlterTable{
			Table: t1, Actions: []ddl.Action{key, ddl.DropColumn{Name: "a"}}, Batch: &ddl.Batch{Recreate: ddl.RecreateAlways},
		}}},
	} {
		o, r := start(t)
		o.AlterTable("t", change, c.batch...)
		if diff := cmp.Diff(c.want, r.ran, exact); diff != "" || o.Err() != nil {
			t.Errorf("%s: %v (-want +got)\n%s", c.name, o.Err(), diff)
		}
	}
}

func TestBatch(t *testing.T) {
	from := schema.NewTable("t", a)
	b := op.Batch{
		Recreate: op.RecreateNever, CopyFrom: from, Naming: schema.NamingConvention{Unique: "u"}, Order: [][]string{{"b", "a"}},
		Items: []schema.TableItem{unique}, Options: []schema.Option{o1},
	}
	lowered := ddl.AlterTable{Table: t1, Options: []schema.Option{o1}, Batch: &ddl.Batch{
		Recreate: ddl.RecreateNever, CopyFrom: from, Naming: schema.NamingConvention{Unique: "u"}, Order: [][]string{{"b", "a"}}, Items: []schema.TableItem{unique},
	}}
	p := &op.AlterTable{Table: t1, Batch: b}
	if diff := cmp.Diff([]ddl.Statement{lowered}, lower(t, p), exact); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want := `o.AlterTable("t", func(t *op.Table) {}, op.Batch{Recreate: op.RecreateNever, CopyFrom: &schema.Table{Name: schema.Name{Name: "t"}, Columns: []*schema.ColumnDef{schema.Column("a", schema.Integer())}}, ` +
		`Naming: schema.NamingConvention{Unique: "u"}, Order: [][]string{{"b", "a"}}, Items: []schema.TableItem{schema.UniqueConstraint("uq", "a")}, Options: []schema.Option{fake.Set("fake.x", "1")}})`
	if got := source(t, p); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	back, err := p.Reverse()
	if err != nil {
		t.Fatal(err)
	}
	want = `o.AlterTable("t", func(t *op.Table) {}, op.Batch{Recreate: op.RecreateNever, Naming: schema.NamingConvention{Unique: "u"}, Options: []schema.Option{fake.Set("fake.x", "1")}})`
	if got := source(t, back); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, empty := range []*op.AlterTable{{Table: t1}, {Table: t1, Batch: op.Batch{Recreate: op.RecreateNever}}} {
		if got := lower(t, empty); len(got) > 0 {
			t.Errorf("nothing is lowered to %v", got)
		}
	}
	for _, b := range []op.Batch{{Recreate: op.RecreateAlways}, {Order: [][]string{{"a"}}}, {Items: []schema.TableItem{unique}}} {
		if got := lower(t, &op.AlterTable{Table: t1, Batch: b}); len(got) != 1 {
			t.Errorf("%+v is lowered to %v", b, got)
		}
	}
}

// other is an operation of a user's own.
type other struct{ op.Exec }

func (*other) Call() schema.Call {
	return schema.Call{Path: "example.com/views", Func: "Refresh", Args: []any{"v"}}
}

func TestAlterTableForms(t *testing.T) {
	p := &op.AlterTable{Table: inS, Changes: []op.Operation{
		&op.DropConstraint{Table: inS, Name: "fk", Kind: schema.ForeignKeyKind, Was: schema.ForeignKeyConstraint("fk", []string{"a"}, "p", []string{"id"})},
		&op.AddColumn{Table: inS, Column: schema.Column("b", schema.Text(), schema.Indexed())},
		&op.TableOption{Table: inS, Option: o2, Was: o1},
		&op.CreateIndex{Table: inS, Index: schema.Index("ix", "b")},
	}}
	if got, want := source(t, p), `o.Schema("s").AlterTable("t", func(t *op.Table) {t.DropConstraint("fk", schema.ForeignKeyKind); t.AddColumn(schema.Column("b", schema.Text(), schema.Indexed())); `+
		`t.SetTableOption(fake.Set("fake.x", "2")); t.CreateIndex("ix", "b")})`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := p.String(), `alter table "s.t"`; got != want {
		t.Errorf("got %s", got)
	}
	back, err := p.Reverse()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := source(t, back), `o.Schema("s").AlterTable("t", func(t *op.Table) {t.DropIndex("ix"); t.SetTableOption(fake.Set("fake.x", "1")); t.DropIndex("ix_s_t_b"); t.DropColumn("b"); `+
		`t.AddConstraint(schema.ForeignKeyConstraint("fk", []string{"a"}, "p", []string{"id"}))})`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	own := &op.AlterTable{Table: t1, Changes: []op.Operation{&other{op.Exec{SQL: "REFRESH"}}}}
	if got, want := source(t, own), `o.AlterTable("t", func(t *op.Table) {t.Invoke(views.Refresh("v"))})`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestAlterTableErrors(t *testing.T) {
	p := &op.AlterTable{Table: t1, Changes: []op.Operation{
		&op.DropColumn{Table: t1, Name: "a"}, &op.DropIndex{Table: t1, Name: "ix"},
	}}
	back, err := p.Reverse()
	want := "reversing drop index \"ix\" of table \"t\": it has no reverse: what the index looked like is not known\n" +
		"reversing drop column \"a\" of table \"t\": it has no reverse: what the column looked like is not known"
	if back != nil || err == nil || err.Error() != want {
		t.Errorf("got %v, %v", back, err)
	}
	o, r := start(t)
	o.AlterTable("t", func(t *op.Table) {
		t.DropColumn("a")
		t.AddColumn(nil)
	})
	if err := o.Err(); err == nil || err.Error() != `alter table "t": add column "" to table "t": the column has no name` || len(r.ran) > 0 {
		t.Errorf("got %v, ran %v", err, r.ran)
	}
	o, _ = start(t)
	o.AlterTable("t", func(t *op.Table) { t.Invoke(nil) })
	if err := o.Err(); err == nil || err.Error() != `alter table "t": one of the changes is nil` {
		t.Errorf("got %v", err)
	}
}
