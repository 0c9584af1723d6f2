package schema_test

import (
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/schema"
)

// source is a value as Go source on one line: how it is laid out is gen's to test.
func source(t *testing.T, v any) string {
	t.Helper()
	s, err := gen.Expr(v)
	if err != nil {
		t.Fatal(err)
	}
	return padding.ReplaceAllString(broken.Replace(strings.ReplaceAll(s.GoString(), "\t", "")), ": ")
}

var padding = regexp.MustCompile(":  +") // of fields one below the other

var broken = strings.NewReplacer("(\n", "(", "{\n", "{", ",\n)", ")", ",\n}", "}", ",\n", ", ")

// spellings are compared as values with the source that makes them.
type spellings map[string]schema.Caller

func (s spellings) test(t *testing.T) {
	t.Helper()
	for want, v := range s {
		if got := source(t, v); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestTypeCall(t *testing.T) {
	spellings{
		`schema.SmallInteger()`: schema.SmallInteger(), `schema.Integer()`: schema.Integer(), `schema.BigInteger()`: schema.BigInteger(),
		`schema.Boolean()`: schema.Boolean(), `schema.String(50)`: schema.String(50), `schema.Unicode(50)`: schema.Unicode(50),
		`schema.Text()`: schema.Text(), `schema.UnicodeText()`: schema.UnicodeText(), `schema.Date()`: schema.Date(),
		`schema.Time()`: schema.Time(), `schema.Time(schema.Precision(3))`: schema.Time(nil, schema.Precision(3)),
		`schema.DateTime(schema.Precision(0), schema.WithTimeZone())`: schema.DateTime(schema.WithTimeZone(), schema.Precision(0)),
		`schema.Interval()`: schema.Interval(), `schema.Numeric(10, 2)`: schema.Numeric(10, 2), `schema.Float(24)`: schema.Float(24),
		`schema.Double()`: schema.Double(), `schema.Binary(16)`: schema.Binary(16), `schema.Blob()`: schema.Blob(),
		`schema.JSON()`: schema.JSON(), `schema.UUID()`: schema.UUID(), `schema.RawSQL("geometry(Point)")`: schema.RawSQL("geometry(Point)"),
		`schema.Enum("mood", "sad", "o\"k")`: schema.Enum("mood", "sad", `o"k`), `schema.Enum("")`: schema.Enum(""),
		`schema.EnumIn("app", "mood", "ok")`: schema.EnumIn("app", "mood", "ok"),
		`schema.NoType()`:                    schema.NoType(),
		`schema.Text().WithVariant("mysql", schema.String(9)).WithVariant("sqlite", schema.Blob())`: schema.Text().
			WithVariant("sqlite", schema.Blob()).WithVariant("mysql", schema.Text()).WithVariant("mysql", schema.String(9).WithVariant("x", schema.Text())),
		`schema.NoType().WithVariant("mysql", schema.Text())`: schema.NoType().WithVariant("mysql", schema.Text()),
	}.test(t)
}

func TestExprCall(t *testing.T) {
	spellings{
		`schema.NoExpr()`: schema.NoExpr(), `schema.Null()`: schema.Literal(nil), `schema.Now()`: schema.Now(),
		`schema.SQL("lower(x)")`: schema.SQL("lower(x)"), `schema.Literal("a'b")`: schema.Literal("a'b"), `schema.Literal("")`: schema.Literal(""),
		`schema.Literal([]byte("\x00\xff"))`: schema.Literal([]byte{0, 255}),
		`schema.Literal(true)`:               schema.Literal(true), `schema.Literal(false)`: schema.Literal(false),
		`schema.Literal(-5)`: schema.Literal(int8(-5)), `schema.Number("18446744073709551615")`: schema.Literal(uint64(math.MaxUint64)),
		`schema.Number("0.1")`: schema.Literal(float32(0.1)), `schema.Number("1e+100")`: schema.Literal(1e100),
		`schema.Number("007")`: schema.Number("007"), `schema.Literal("NaN")`: schema.Literal(math.NaN()), `schema.Literal("-Inf")`: schema.Literal(float32(math.Inf(-1))),
		`schema.Literal("2026-01-02 03:04:05.000006")`: schema.Literal(time.Date(2026, 1, 2, 5, 4, 5, 6000, time.FixedZone("", 7200))),
		`schema.Literal("2026-01-02 03:04:05")`:        schema.Literal(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)),
		`schema.Literal("[1 2]")`:                      schema.Literal([]int{1, 2}),
		`schema.Now().WithVariant("mysql", schema.SQL("b")).WithVariant("sqlite", schema.SQL("c"))`: schema.Now().
			WithVariant("sqlite", schema.SQL("c").WithVariant("x", schema.Now())).WithVariant("mysql", schema.SQL("a")).WithVariant("mysql", schema.SQL("b")),
	}.test(t)
}

func TestColumnCall(t *testing.T) {
	column := func(items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column("c", schema.Integer(), items...)
	}
	spellings{
		`schema.Column("c", schema.Integer())`:                                                column(),
		`schema.Column("c", schema.Integer(), schema.NotNull())`:                              column(schema.NotNull()),
		`schema.Column("c", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())`:   column(schema.AutoIncrement(), schema.PrimaryKey(), schema.NotNull()),
		`schema.Column("c", schema.Integer(), schema.ServerDefault(schema.Literal(0)))`:       column(schema.ServerDefault(schema.Literal(0))),
		`schema.Column("c", schema.Integer(), schema.ComputedAs("a + 1", schema.Virtual))`:    column(schema.ComputedAs("a + 1", schema.Virtual)),
		`schema.Column("c", schema.Integer(), schema.ComputedAs("a", schema.StorageDefault))`: column(schema.ComputedAs("a", schema.StorageDefault)),
		`schema.Column("c", schema.Integer(), schema.IdentityAs(schema.Identity{}))`:          column(schema.IdentityAs(schema.Identity{})),
		`schema.Column("c", schema.Integer(), schema.IdentityAs(schema.Identity{Always: true, Start: 1, Increment: 2, Min: schema.Bound(3), Max: schema.Bound(4), Cache: 5, Cycle: true}))`: column(
			schema.IdentityAs(schema.Identity{Always: true, Start: 1, Increment: 2, Min: schema.Bound(3), Max: schema.Bound(4), Cache: 5, Cycle: true})),
		`schema.Column("c", schema.Integer(), schema.Collate("de_DE"), schema.Unique(), schema.Indexed(), schema.Comment("it's"))`: column(
			schema.Comment("it's"), schema.Indexed(), schema.Unique(), schema.Collate("de_DE")),
		`schema.Column("c", schema.Integer(), schema.Check("ck", "c > 0", schema.NotEnforced()), schema.Check("", "c < 9"))`: column(
			schema.Check("ck", "c > 0", schema.NotEnforced()), schema.Check("", "c < 9")),
		`schema.Column("c", schema.Integer(), schema.References("p.id"))`: column(schema.References("p.id")),
		`schema.Column("c", schema.Integer(), schema.References("s.p.id", schema.Named("fk"), schema.OnDelete(schema.SetNull), schema.NotValid()))`: column(
			schema.References("s.p.id", schema.NotValid(), schema.OnDelete(schema.SetNull), schema.Named("fk"))),
		`schema.Column("c", schema.Integer(), schema.References("p.i.d", schema.RefTable("", "p"), schema.RefColumns("i.d")))`: column(
			schema.References("p", schema.RefTable("", "p"), schema.RefColumns("i.d"))),
		`schema.Column("c", schema.Integer(), schema.References("s.p.q.id", schema.RefTable("s", "p.q"), schema.RefColumns("id")))`: column(
			schema.References("", schema.RefTable("s", "p.q"), schema.RefColumns("id"))),
		`schema.Column("c", schema.Integer(), schema.References("p", schema.RefTable("", "p"), schema.RefColumns()))`: column(
			schema.References("", schema.RefTable("", "p"), schema.RefColumns())),
	}.test(t)
}

func TestConstraintCall(t *testing.T) {
	later := schema.WithDeferral(schema.InitiallyDeferred)
	fk := func(table string, items ...schema.ForeignKeyItem) *schema.ForeignKeyDef {
		return schema.ForeignKeyConstraint("fk", []string{"a", "b"}, table, []string{"c", "d"}, items...)
	}
	spellings{
		`schema.PrimaryKeyConstraint("pk", "a", "b")`:                                     schema.PrimaryKeyConstraint("pk", "a", "b"),
		`schema.UniqueConstraint("", "a")`:                                                schema.UniqueConstraint("", "a"),
		`schema.CheckConstraint("ck", "a > 0")`:                                           schema.CheckConstraint("ck", "a > 0"),
		`schema.CheckConstraint("ck", "a").With(schema.NotValid(), schema.NotEnforced())`: schema.CheckConstraint("ck", "a").With(schema.NotEnforced(), schema.NotValid()),
		`schema.UniqueConstraint("uq", "a").With(schema.WithDeferral(schema.InitiallyDeferred), schema.NullsNotDistinct())`: schema.UniqueConstraint("uq", "a").
			With(schema.NullsNotDistinct(), later),
		`schema.ForeignKeyConstraint("fk", []string{"a", "b"}, "p", []string{"c", "d"})`:                               fk("p"),
		`schema.ForeignKeyConstraint("fk", []string{"a", "b"}, "s.p", []string{"c", "d"})`:                             fk("s.p"),
		`schema.ForeignKeyConstraint("fk", []string{"a", "b"}, "x.p", []string{"c", "d"}, schema.RefTable("", "x.p"))`: fk("", schema.RefTable("", "x.p")),
		`schema.ForeignKeyConstraint("fk", []string{"a", "b"}, "p", []string{"c", "d"}, schema.OnDelete(schema.Cascade), schema.OnUpdate(schema.Restrict), schema.WithDeferral(schema.Deferrable), schema.Match("FULL"), schema.NotValid())`: fk("p",
			schema.NotValid(), schema.Match("FULL"), schema.WithDeferral(schema.Deferrable), schema.OnUpdate(schema.Restrict), schema.OnDelete(schema.Cascade)),
		`schema.ForeignKeyConstraint("fk", []string{"a", "b"}, "p", []string{"c", "d"}, schema.OnDelete(schema.SetDefault), schema.OnUpdate(schema.Action("MAGIC")))`: fk("p",
			schema.OnDelete(schema.SetDefault), schema.OnUpdate("MAGIC")),
		`schema.ExcludeConstraint("ex", schema.Exclude("a", "="), schema.Exclude("lower(b)", "&&")).With(schema.Using("gist"), schema.Where("a > 0"), schema.WithDeferral(schema.InitiallyDeferred))`: schema.
			ExcludeConstraint("ex", schema.Exclude("a", "="), schema.Exclude("lower(b)", "&&")).With(later, schema.Where("a > 0"), schema.Using("gist")),
		`schema.PrimaryKeyKind`: schema.PrimaryKeyKind, `schema.UniqueKind`: schema.UniqueKind, `schema.CheckKind`: schema.CheckKind,
		`schema.ForeignKeyKind`: schema.ForeignKeyKind, `schema.ExcludeKind`: schema.ExcludeKind, `schema.ConstraintKind(0)`: schema.ConstraintKind(0),
		`schema.NoAction`: schema.NoAction, `schema.DeferralDefault`: schema.DeferralDefault,
	}.test(t)
}

func TestIndexCall(t *testing.T) {
	spellings{
		`schema.Index("ix", "a", "b")`:                                  schema.Index("ix", "a", "b"),
		`schema.Index("ix", "a").With(schema.UniqueIndex())`:            schema.Index("ix", "a").With(nil, schema.UniqueIndex()),
		`schema.IndexOn("ix", schema.Key("a"), schema.Key("b").Desc())`: schema.IndexOn("ix", schema.Key("a"), schema.Key("b").Desc()),
		`schema.IndexOn("ix", schema.KeyExpr("lower(a)").NullsFirst().Collate("C").Op("text_ops"), schema.Key("b").NullsLast().Prefix(10))`: schema.
			IndexOn("ix", schema.KeyExpr("lower(a)").Op("text_ops").Collate("C").NullsFirst(), schema.Key("b").Prefix(10).NullsLast()),
		`schema.Index("ix", "a").With(schema.UniqueIndex(), schema.Using("btree"), schema.Include("b", "c"), schema.Where("a > 0"), schema.NullsNotDistinct(), schema.Comment("c"))`: schema.
			Index("ix", "a").With(schema.Comment("c"), schema.NullsNotDistinct(), schema.Where("a > 0"), schema.Include("b", "c"), schema.Using("btree"), schema.UniqueIndex()),
	}.test(t)
}

type setting struct{ Key, Value string }

func (s setting) OptionKey() string { return s.Key }
func (s setting) Call() schema.Call {
	return schema.Call{Path: schema.Path, Func: "Set", Args: []any{s.Value}}
}
func (s setting) AddToTable(t *schema.Table)              { t.Options = schema.SetOption(t.Options, s) }
func (s setting) AddToColumn(c *schema.ColumnDef)         { c.Options = schema.SetOption(c.Options, s) }
func (s setting) AddToIndex(i *schema.IndexDef)           { i.Options = schema.SetOption(i.Options, s) }
func (s setting) AddToForeignKey(f *schema.ForeignKeyDef) { f.Options = schema.SetOption(f.Options, s) }
func (s setting) AddToConstraint(c schema.Constraint) {
	switch c := c.(type) {
	case *schema.PrimaryKeyDef:
		c.Options = schema.SetOption(c.Options, s)
	case *schema.UniqueDef:
		c.Options = schema.SetOption(c.Options, s)
	case *schema.CheckDef:
		c.Options = schema.SetOption(c.Options, s)
	case *schema.ExcludeDef:
		c.Options = schema.SetOption(c.Options, s)
	}
}

func TestOptionCall(t *testing.T) {
	o := setting{"x.a", "v"}
	exclude := schema.ExcludeConstraint("ex", schema.Exclude("a", "=")).With(o)
	spellings{
		`schema.Column("c", schema.Text(), schema.Set("v"))`:                                  schema.Column("c", schema.Text(), o),
		`schema.Index("ix", "a").With(schema.Set("v"))`:                                       schema.Index("ix", "a").With(o),
		`schema.PrimaryKeyConstraint("pk", "a").With(schema.Set("v"))`:                        schema.PrimaryKeyConstraint("pk", "a").With(o),
		`schema.UniqueConstraint("uq", "a").With(schema.Set("v"))`:                            schema.UniqueConstraint("uq", "a").With(o),
		`schema.CheckConstraint("ck", "a").With(schema.Set("v"))`:                             schema.CheckConstraint("ck", "a").With(o),
		`schema.ForeignKeyConstraint("", []string{"a"}, "p", []string{"b"}, schema.Set("v"))`: schema.ForeignKeyConstraint("", []string{"a"}, "p", []string{"b"}, o),
		`schema.ExcludeConstraint("ex", schema.Exclude("a", "=")).With(schema.Set("v"))`:      exclude,
		`schema.Column("c", schema.Text(), schema.References("p.id", schema.Set("v")))`:       schema.Column("c", schema.Text(), schema.References("p.id", o)),
		`schema.Column("c", schema.Text(), schema.Check("", "c", schema.Set("v")))`:           schema.Column("c", schema.Text(), schema.Check("", "c", o)),
	}.test(t)
}

func TestTableItems(t *testing.T) {
	for _, c := range []struct {
		table   *schema.Table
		indexes schema.IndexPlace
		want    string
	}{
		{schema.NewTable("t"), schema.IndexesInside, `[]any{}`},
		{
			schema.NewTable("t", id, schema.InSchema("s"), schema.Comment("c"), setting{"x", "v"}, schema.Index("ix", "id"), schema.UniqueConstraint("uq", "id")), schema.IndexesInside,
			`[]any{schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.UniqueConstraint("uq", "id"), schema.Index("ix", "id"), schema.InSchema("s"), schema.Comment("c"), schema.Set("v")}`,
		},
		{schema.NewTable("t", id, schema.Index("ix", "id")), schema.IndexesApart, `[]any{schema.Column("id", schema.Integer(), schema.PrimaryKey())}`},
		{
			schema.NewTable("t", schema.Column("a", schema.Integer()), schema.PrimaryKeyConstraint("pk", "a")), schema.IndexesApart,
			`[]any{schema.Column("a", schema.Integer(), schema.NotNull()), schema.PrimaryKeyConstraint("pk", "a")}`,
		},
		{
			schema.NewTable("t", id, schema.Column("b", schema.Integer(), schema.PrimaryKey())), schema.IndexesApart,
			`[]any{schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer(), schema.NotNull()), schema.PrimaryKeyConstraint("", "id", "b")}`,
		},
	} {
		if got := source(t, append([]any{}, c.table.Items(c.indexes)...)); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
