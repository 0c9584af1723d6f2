package atlasschema_test

import (
	"fmt"
	"strings"
	"testing"

	atlas "ariga.io/atlas/sql/schema"
	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/schema/atlasschema"
)

// spelled is a table in Go, one item a line.
func spelled(t *testing.T, table *schema.Table) (lines []string) {
	t.Helper()
	for _, item := range table.Items(schema.IndexesInside) {
		code, err := gen.Expr(item)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.ReplaceAll(strings.Join(strings.Fields(fmt.Sprintf("%#v", code)), " "), ", )", ")"))
	}
	return lines
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	six := 6
	public, other := atlas.New("public"), atlas.New("other")
	users := atlas.NewTable("users").AddColumns(
		atlas.NewIntColumn("id", "bigint"),
		atlas.NewStringColumn("name", "varchar", atlas.StringSize(50)).SetComment("what it is called").SetDefault(&atlas.Literal{V: "'it''s'"}),
		atlas.NewNullColumn("bio").SetType(&atlas.StringType{T: "text"}),
		atlas.NewUintColumn("size", "int").SetDefault(&atlas.Literal{V: "7"}),
		atlas.NewDecimalColumn("price", "decimal", atlas.DecimalPrecision(10), atlas.DecimalScale(2)),
		atlas.NewTimeColumn("at", "timestamptz").SetDefault(&atlas.RawExpr{X: "(now())"}),
		atlas.NewColumn("clock").SetType(&atlas.TimeType{T: "datetime", Precision: &six}),
		atlas.NewEnumColumn("state", atlas.EnumName("state"), atlas.EnumValues("a", "b")),
		atlas.NewJSONColumn("doc", "jsonb"),
		atlas.NewBinaryColumn("bytes", "varbinary", atlas.BinarySize(8)),
		atlas.NewBoolColumn("on", "boolean").SetDefault(&atlas.Literal{V: "true"}),
		atlas.NewFloatColumn("score", "double precision"),
		atlas.NewColumn("place").SetType(&atlas.SpatialType{T: "point"}),
		atlas.NewColumn("odd").SetType(&atlas.UnsupportedType{T: "inet"}),
		atlas.NewIntColumn("double", "int").SetGeneratedExpr(&atlas.GeneratedExpr{Expr: "(size * 2)", Type: "STORED"}),
	).SetComment("who comes")
	public.AddTables(users)
	column := func(name string) *atlas.Column {
		c, _ := users.Column(name)
		return c
	}
	users.SetPrimaryKey(atlas.NewPrimaryKey(column("id")))
	users.AddIndexes(
		atlas.NewUniqueIndex("users_name_key").AddColumns(column("name")),
		atlas.NewIndex("ix").AddParts(atlas.NewColumnPart(column("at")).SetDesc(true), atlas.NewExprPart(&atlas.RawExpr{X: "(lower(name))"})),
	)
	users.AddChecks(atlas.NewCheck().SetName("positive").SetExpr("(size > 0)"))
	pets := atlas.NewTable("pets").AddColumns(atlas.NewNullIntColumn("owner_id", "bigint"))
	other.AddTables(pets)
	owner, _ := pets.Column("owner_id")
	pets.AddForeignKeys(atlas.NewForeignKey("pets_owner").AddColumns(owner).SetRefTable(users).AddRefColumns(column("id")).SetOnDelete(atlas.Cascade).SetOnUpdate(atlas.NoAction))

	m, err := atlasschema.Metadata(atlas.NewRealm(public, other), atlasschema.Options{Schema: "public"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, table := range m.Tables() {
		got = append(append(got, table.Name.String()), spelled(t, table)...)
	}
	want := []string{
		"users",
		`schema.Column("id", schema.BigInteger(), schema.PrimaryKey())`,
		`schema.Column("name", schema.String(50), schema.NotNull(), schema.ServerDefault(schema.Literal("it's")), schema.Comment("what it is called"))`,
		`schema.Column("bio", schema.Text())`,
		`schema.Column("size", mysql.Unsigned(schema.Integer()), schema.NotNull(), schema.ServerDefault(schema.Literal(7)))`,
		`schema.Column("price", schema.Numeric(10, 2), schema.NotNull())`,
		`schema.Column("at", schema.DateTime(schema.WithTimeZone()), schema.NotNull(), schema.ServerDefault(schema.SQL("now()")))`,
		`schema.Column("clock", schema.DateTime(schema.Precision(6)), schema.NotNull())`,
		`schema.Column("state", schema.Enum("state", "a", "b"), schema.NotNull())`,
		`schema.Column("doc", postgres.JSONB(), schema.NotNull())`,
		`schema.Column("bytes", schema.Binary(8), schema.NotNull())`,
		`schema.Column("on", schema.Boolean(), schema.NotNull(), schema.ServerDefault(schema.Literal(true)))`,
		`schema.Column("score", schema.Double(), schema.NotNull())`,
		`schema.Column("place", schema.RawSQL("point"), schema.NotNull())`,
		`schema.Column("odd", schema.RawSQL("inet"), schema.NotNull())`,
		`schema.Column("double", schema.Integer(), schema.NotNull(), schema.ComputedAs("size * 2", schema.Stored))`,
		`schema.CheckConstraint("positive", "size > 0")`,
		`schema.Index("users_name_key", "name").With(schema.UniqueIndex())`,
		`schema.IndexOn("ix", schema.Key("at").Desc(), schema.KeyExpr("lower(name)"))`,
		`schema.Comment("who comes")`,
		"other.pets",
		`schema.Column("owner_id", schema.BigInteger())`,
		`schema.ForeignKeyConstraint("pets_owner", []string{"owner_id"}, "users", []string{"id"}, schema.OnDelete(schema.Cascade))`,
		`schema.InSchema("other")`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestLeft(t *testing.T) {
	t.Parallel()
	s := atlas.New("")
	s.AddTables(atlas.NewTable("t").AddColumns(atlas.NewIntColumn("id", "int")))
	s.AddViews(atlas.NewView("v", "SELECT 1"))
	realm := atlas.NewRealm(s)
	_, err := atlasschema.Metadata(realm, atlasschema.Options{})
	want := `declaring an Atlas schema: gomig has no word for view "v"; let Options.Left be told to go without it`
	if err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %s", err, want)
	}
	var left []string
	m, err := atlasschema.Metadata(realm, atlasschema.Options{Left: func(what string) { left = append(left, what) }})
	if err != nil || len(m.Tables()) != 1 || !cmp.Equal(left, []string{`view "v"`}) {
		t.Errorf("left are %q, error %v", left, err)
	}
	if _, err := atlasschema.Metadata(nil, atlasschema.Options{}); err == nil {
		t.Error("a nil realm is no error")
	}
}
