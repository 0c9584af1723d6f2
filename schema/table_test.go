package schema_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gomig-dev/gomig/schema"
)

var (
	id    = schema.Column("id", schema.Integer(), schema.PrimaryKey())
	exact = cmp.Options{
		cmpopts.IgnoreUnexported(schema.Table{}),
		cmp.Comparer(schema.Type.Equal),
		cmp.Comparer(schema.Expr.Equal),
	}
)

// What a column says of constraints and indexes is moved into the table.
func TestLifting(t *testing.T) {
	integer := func(name string, nullable bool) *schema.ColumnDef {
		return &schema.ColumnDef{Name: name, Type: schema.Integer(), Nullable: nullable}
	}
	for _, c := range []struct {
		name  string
		items []schema.TableItem
		want  schema.Table
	}{
		{"nothing", nil, schema.Table{}},
		{"primary key", []schema.TableItem{id}, schema.Table{
			Columns: []*schema.ColumnDef{integer("id", false)}, PrimaryKey: &schema.PrimaryKeyDef{Columns: []string{"id"}},
		}},
		{"primary key of two", []schema.TableItem{
			schema.Column("b", schema.Integer(), schema.PrimaryKey()), schema.Column("a", schema.Integer(), schema.PrimaryKey()),
		}, schema.Table{
			Columns: []*schema.ColumnDef{integer("b", false), integer("a", false)}, PrimaryKey: &schema.PrimaryKeyDef{Columns: []string{"b", "a"}},
		}},
		{"primary key beside the columns", []schema.TableItem{schema.Column("a", schema.Integer()), schema.PrimaryKeyConstraint("pk", "a")}, schema.Table{
			Columns: []*schema.ColumnDef{integer("a", false)}, PrimaryKey: &schema.PrimaryKeyDef{Name: "pk", Columns: []string{"a"}},
		}},
		{"unique", []schema.TableItem{schema.Column("a", schema.Integer(), schema.Unique())}, schema.Table{
			Columns: []*schema.ColumnDef{integer("a", true)}, Uniques: []*schema.UniqueDef{{Columns: []string{"a"}}},
		}},
		{"index", []schema.TableItem{schema.Column("a", schema.Integer(), schema.Indexed())}, schema.Table{
			Columns: []*schema.ColumnDef{integer("a", true)}, Indexes: []*schema.IndexDef{{Name: "ix_t_a", Parts: []schema.IndexPart{{Column: "a"}}}},
		}},
		{"unique index", []schema.TableItem{schema.Column("a", schema.Integer(), schema.Unique(), schema.Indexed())}, schema.Table{
			Columns: []*schema.ColumnDef{integer("a", true)}, Indexes: []*schema.IndexDef{{Name: "ix_t_a", Unique: true, Parts: []schema.IndexPart{{Column: "a"}}}},
		}},
		{"reference", []schema.TableItem{schema.Column("a", schema.Integer(), schema.References("s.p.id", schema.Named("fk"), schema.OnDelete(schema.Cascade)))}, schema.Table{
			Columns: []*schema.ColumnDef{integer("a", true)},
			ForeignKeys: []*schema.ForeignKeyDef{{
				Name: "fk", Columns: []string{"a"}, RefTable: schema.Name{Schema: "s", Name: "p"}, RefColumns: []string{"id"}, OnDelete: schema.Cascade,
			}},
		}},
		{"reference to names with dots", []schema.TableItem{
			schema.Column("a", schema.Integer(), schema.References("", schema.RefTable("s.x", "p.q"), schema.RefColumns("i.d"))),
		}, schema.Table{
			Columns:     []*schema.ColumnDef{integer("a", true)},
			ForeignKeys: []*schema.ForeignKeyDef{{Columns: []string{"a"}, RefTable: schema.Name{Schema: "s.x", Name: "p.q"}, RefColumns: []string{"i.d"}}},
		}},
		{"checks", []schema.TableItem{
			schema.Column("a", schema.Integer(), schema.Check("ck", "a > 0", schema.NotEnforced()), schema.Check("", "a < 9")),
			schema.CheckConstraint("first", "true"),
		}, schema.Table{
			Columns: []*schema.ColumnDef{integer("a", true)},
			Checks:  []*schema.CheckDef{{Name: "first", Expr: "true"}, {Name: "ck", Expr: "a > 0", NotEnforced: true}, {Expr: "a < 9"}},
		}},
		{"identity is not null", []schema.TableItem{schema.Column("a", schema.Integer(), schema.IdentityAs(schema.Identity{}))}, schema.Table{
			Columns: []*schema.ColumnDef{{Name: "a", Type: schema.Integer(), Identity: &schema.Identity{}}},
		}},
		{"schema, comment, exclusion and nothing", []schema.TableItem{
			schema.InSchema("s"), nil, schema.Comment("c"),
			schema.ExcludeConstraint("ex", schema.Exclude("a", "&&")).With(nil, schema.Using("gist"), schema.Where("a > 0")),
		}, schema.Table{
			Name: schema.Name{Schema: "s"}, Comment: "c",
			Excludes: []*schema.ExcludeDef{{Name: "ex", Using: "gist", Where: "a > 0", Elements: []schema.ExcludeElement{{Expr: "a", Operator: "&&"}}}},
		}},
	} {
		got := schema.NewTable("t", c.items...)
		if err := got.Err(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		c.want.Name.Name = "t"
		if diff := cmp.Diff(&c.want, got, exact); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Parts that a declaration uses in two tables are each table's own.
func TestSharedParts(t *testing.T) {
	column := schema.Column("a", schema.Integer(), schema.Unique())
	unique, index := schema.UniqueConstraint("", "a"), schema.Index("", "a")
	m := schema.NewMetadata(schema.Options{NamingConvention: schema.DefaultNaming})
	one := m.Table("one", column, index)
	two := m.Table("two", schema.Column("a", schema.Integer()), unique, index)
	three := m.Table("three", schema.Column("a", schema.Integer()), unique)
	if err := m.Err(); err != nil {
		t.Fatal(err)
	}
	got := []string{one.Uniques[0].Name, one.Indexes[0].Name, two.Uniques[0].Name, two.Indexes[0].Name, three.Uniques[0].Name}
	if diff := cmp.Diff([]string{"uq_one_a", "ix_one_a", "uq_two_a", "ix_two_a", "uq_three_a"}, got); diff != "" {
		t.Error(diff)
	}
	if unique.Name != "" || index.Name != "" || !column.Unique {
		t.Error("the declaration's own values were changed")
	}
}

func TestDeclarationErrors(t *testing.T) {
	var nilColumn *schema.ColumnDef
	var nilIndex *schema.IndexDef
	a := schema.Column("a", schema.Integer())
	computed, def := schema.ComputedAs("1", schema.Stored), schema.ServerDefault(schema.Now())
	for _, c := range []struct {
		name  string
		table string
		items []schema.TableItem
		want  string
	}{
		{"no name", "", nil, `declaring table "": the table has no name`},
		{"column without a name", "t", []schema.TableItem{schema.Column("", schema.Integer())}, `declaring table "t": a column has no name`},
		{"column twice", "t", []schema.TableItem{a, a}, `declaring table "t": two columns are named "a"`},
		{"nil column", "t", []schema.TableItem{nilColumn}, `declaring table "t": one column is nil`},
		{"nil index", "t", []schema.TableItem{nilIndex}, `declaring table "t": one index is nil`},
		{"two primary keys", "t", []schema.TableItem{a, schema.PrimaryKeyConstraint("", "a"), schema.PrimaryKeyConstraint("", "a")}, `declaring table "t": two primary keys`},
		{"primary key said twice", "t", []schema.TableItem{id, schema.PrimaryKeyConstraint("", "id")}, `declaring table "t": columns say PrimaryKey() beside a PrimaryKeyConstraint; say one of them`},
		{"primary key of nothing", "t", []schema.TableItem{schema.PrimaryKeyConstraint("pk")}, `declaring table "t": primary key "pk" has no columns`},
		{"unknown column of a primary key", "t", []schema.TableItem{schema.PrimaryKeyConstraint("", "x")}, `declaring table "t": primary key names the column "x", which the table does not have`},
		{"unknown column of a unique", "t", []schema.TableItem{a, schema.UniqueConstraint("uq", "a", "x")}, `declaring table "t": unique constraint "uq" names the column "x", which the table does not have`},
		{"unknown column of an index", "t", []schema.TableItem{a, schema.Index("ix", "x")}, `declaring table "t": index "ix" names the column "x", which the table does not have`},
		{"unknown column beside an index", "t", []schema.TableItem{a, schema.Index("ix", "a").With(schema.Include("x"))}, `declaring table "t": index "ix" names the column "x", which the table does not have`},
		{"index of nothing", "t", []schema.TableItem{schema.Index("ix")}, `declaring table "t": index "ix" has no columns`},
		{"check of nothing", "t", []schema.TableItem{schema.CheckConstraint("ck", "")}, `declaring table "t": check constraint "ck" has no condition`},
		{"exclusion of nothing", "t", []schema.TableItem{schema.ExcludeConstraint("ex")}, `declaring table "t": exclude constraint "ex" has no elements`},
		{"unknown column of a foreign key", "t", []schema.TableItem{schema.ForeignKeyConstraint("", []string{"x"}, "p", []string{"id"})}, `declaring table "t": foreign key names the column "x", which the table does not have`},
		{"foreign key of uneven sides", "t", []schema.TableItem{a, schema.ForeignKeyConstraint("fk", []string{"a"}, "p", []string{"b", "c"})}, `declaring table "t": foreign key "fk" has 1 columns but points at 2`},
		{"reference to a table alone", "t", []schema.TableItem{schema.Column("a", schema.Integer(), schema.References("p"))}, `declaring table "t": foreign key on ["a"] does not say which table and column it points at; say "table.column"`},
		{"index twice", "t", []schema.TableItem{a, schema.Index("x", "a"), schema.Index("x", "a")}, `declaring table "t": index "x" is declared twice`},
		{"constraint twice", "t", []schema.TableItem{schema.CheckConstraint("x", "1"), schema.CheckConstraint("x", "2")}, `declaring table "t": check constraint "x" is declared twice`},
		{"generated with a default", "t", []schema.TableItem{schema.Column("a", schema.Integer(), computed, def)}, `declaring table "t": column "a" is generated and has a default; say one of them`},
		{"generated and numbered", "t", []schema.TableItem{schema.Column("a", schema.Integer(), computed, schema.AutoIncrement())}, `declaring table "t": column "a" is generated and numbered; say one of them`},
		{"generated from nothing", "t", []schema.TableItem{schema.Column("a", schema.Integer(), schema.ComputedAs("", schema.Virtual))}, `declaring table "t": the generated column "a" has no expression`},
		{"identity with a default", "t", []schema.TableItem{schema.Column("a", schema.Integer(), schema.IdentityAs(schema.Identity{}), def)}, `declaring table "t": column "a" has an identity and a default; say one of them`},
		{"several mistakes, a line each", "t", []schema.TableItem{schema.Index("i"), schema.CheckConstraint("", "")}, "declaring table \"t\": check constraint has no condition\ndeclaring table \"t\": index \"i\" has no columns"},
	} {
		err := schema.NewTable(c.table, c.items...).Err()
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got  %v\nwant %s", c.name, err, c.want)
		}
	}
}

func TestMetadataErrorsSayWhere(t *testing.T) {
	var m schema.Metadata // the zero value is usable
	_, _, line, _ := runtime.Caller(0)
	m.Table("twice", id)
	m.Table("twice", id)
	m.Table("broken", schema.Index("i"), schema.CheckConstraint("", ""))
	m.Add(nil)
	m.Add(schema.NewTable("twice"))
	m.Add(schema.NewTable("", id))
	at := func(n int) string { return fmt.Sprintf("schema/table_test.go:%d", line+n) }
	want := []string{
		at(2) + `: declaring table "twice": it is declared at ` + at(1) + ` already`,
		at(3) + `: declaring table "broken": check constraint has no condition`,
		at(3) + `: declaring table "broken": index "i" has no columns`,
		at(4) + `: declaring a table: it is nil`,
		at(5) + `: declaring table "twice": it is declared at ` + at(1) + ` already`,
		at(6) + `: declaring table "": the table has no name`,
	}
	if diff := cmp.Diff(want, strings.Split(m.Err().Error(), "\n")); diff != "" {
		t.Error(diff)
	}
	var names []string
	for _, table := range m.Tables() {
		names = append(names, table.Name.Name)
	}
	if diff := cmp.Diff([]string{"", "broken", "twice"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestMetadataSchema(t *testing.T) {
	m := schema.NewMetadata(schema.Options{Schema: "app"})
	plain := m.Table("t", id, schema.Column("p", schema.Integer(), schema.References("p.id"), schema.Indexed()))
	other := m.Table("u", id, schema.InSchema("else"), schema.Column("p", schema.Integer(), schema.References("own.p.id")))
	got := []any{plain.Name, plain.ForeignKeys[0].RefTable, plain.Indexes[0].Name, other.Name, other.ForeignKeys[0].RefTable, m.Options().Schema}
	want := []any{schema.Name{Schema: "app", Name: "t"}, schema.Name{Schema: "app", Name: "p"}, "ix_app_t_p", schema.Name{Schema: "else", Name: "u"}, schema.Name{Schema: "own", Name: "p"}, "app"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLookups(t *testing.T) {
	table := schema.NewTable("t", id, schema.Index("ix", "id"))
	if table.Column("id") == nil || table.Column("x") != nil || table.Index("ix") == nil || table.Index("x") != nil {
		t.Error("a column or index is not found, or one is that is not there")
	}
	if !table.InPrimaryKey("id") || table.InPrimaryKey("x") || schema.NewTable("u").InPrimaryKey("id") {
		t.Error("InPrimaryKey")
	}
}
