package autogen_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

func TestCompareErrors(t *testing.T) {
	broken := schema.NewMetadata(schema.Options{})
	broken.Table("t", schema.Index("ix", "nowhere"))
	public := table("t")
	public.Name.Schema = "public"
	for _, c := range []struct {
		name     string
		metadata []*schema.Metadata
		dialect  *fake
		want     string
	}{
		{"no metadata", nil, &fake{}, "no metadata to compare with: give your schema.Metadata as TargetMetadata in env.go"},
		{"nil metadata", []*schema.Metadata{nil}, &fake{}, "no metadata to compare with: give your schema.Metadata as TargetMetadata in env.go"},
		{"broken", []*schema.Metadata{broken}, &fake{}, `autogen/compare_test.go:18: declaring table "t": index "ix" names the column "nowhere", which the table does not have`},
		{"twice", []*schema.Metadata{metadata(table("t")), metadata(table("t"))}, &fake{}, `table "t" is declared in two metadata; declare it once`},
		{
			"twice by schema",
			[]*schema.Metadata{metadata(table("t"), public)},
			&fake{found: dialect.Reflection{DefaultSchema: "public"}},
			`table "t" is declared twice: once with the default schema "public" and once without`,
		},
		{"reflection", []*schema.Metadata{metadata()}, &fake{reflectErr: errors.New("gone away")}, "reflecting the database: gone away"},
	} {
		_, err := autogen.Compare(t.Context(), c.dialect, nil, autogen.Options{Metadata: c.metadata})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

func TestScope(t *testing.T) {
	d := &fake{}
	in := func(schemaName, name string) *schema.Table {
		tab := table(name)
		tab.Name.Schema = schemaName
		return tab
	}
	version := schema.Name{Name: "alembic_version"}
	o := autogen.Options{
		VersionTable: version,
		IncludeTable: func(n schema.Name) bool { return !strings.HasPrefix(n.Name, "x") },
	}
	r := compare(t, d, tables(in("", "alembic_version"), in("", "xold"), in("", "old")), tables(in("b", "t"), in("a", "t"), in("a", "u"), in("", "xnew")), o)
	if diff := cmp.Diff([]string{"a", "b"}, slices.Sorted(slices.Values(d.scope.Schemas))); diff != "" || d.scope.AllSchemas {
		t.Errorf("scope %+v", d.scope)
	}
	for name, want := range map[string]bool{"alembic_version": false, "xold": false, "old": true} {
		if d.scope.Include(schema.Name{Name: name}) != want {
			t.Errorf("Include(%s) is not %v", name, want)
		}
	}
	if diff := cmp.Diff([]string{"added table 'a.t'", "added table 'a.u'", "added table 'b.t'", "removed table 'old'"}, r.Detected); diff != "" {
		t.Error(diff)
	}
	compare(t, d, nil, nil, autogen.Options{IncludeSchemas: true})
	if !d.scope.AllSchemas {
		t.Error("IncludeSchemas reads the default schema alone")
	}
}

// The version tables of other environments of the server are not dropped.
func TestVersionTablesOfOthers(t *testing.T) {
	in := func(schemaName string, columns ...string) *schema.Table {
		out := schema.NewTable("alembic_version")
		for _, c := range columns {
			schema.Column(c, schema.String(32), schema.NotNull()).AddToTable(out)
		}
		out.Name.Schema = schemaName
		return out
	}
	o := autogen.Options{VersionTable: schema.Name{Name: "alembic_version"}, IncludeSchemas: true}
	have := tables(in("", "version_num"), in("other", "version_num"), in("odd", "id", "note"), in("mine", "version_num"))
	r := compare(t, &fake{}, have, tables(in("mine", "version_num")), o)
	if diff := cmp.Diff([]string{"removed table 'odd.alembic_version'"}, r.Detected); diff != "" {
		t.Error(diff)
	}
}

// The default schema is the same whether a declaration names it or not, in the
// names of tables, in foreign keys, and for the version table.
func TestDefaultSchemaIsFolded(t *testing.T) {
	d := &fake{found: dialect.Reflection{DefaultSchema: "public"}}
	m := schema.NewMetadata(schema.Options{Schema: "public"})
	m.Table("p", schema.Column("id", schema.Integer(), schema.PrimaryKey()))
	m.Table("c", schema.Column("p_id", schema.Integer(), schema.References("p.id")))
	d.found.Tables = tables(
		schema.NewTable("p", schema.Column("id", schema.Integer(), schema.PrimaryKey())),
		schema.NewTable("c", schema.Column("p_id", schema.Integer(), schema.References("p.id"))),
		schema.NewTable("versions"),
	)
	r, err := autogen.Compare(t.Context(), d, nil, autogen.Options{
		Metadata:     []*schema.Metadata{m},
		VersionTable: schema.Name{Schema: "public", Name: "versions"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Upgrade)+len(r.Downgrade) > 0 {
		t.Errorf("upgrade %v, downgrade %v", r.Upgrade, r.Downgrade)
	}
}

func TestProblemsAreLeftAlone(t *testing.T) {
	d := &fake{found: dialect.Reflection{Problems: []dialect.Problem{
		{Object: dialect.Object{Kind: "table", Name: schema.Name{Name: "odd"}}, Err: errors.New("a type nobody knows")},
	}}}
	r := compare(t, d, nil, tables(table("odd")), autogen.Options{})
	if !r.Empty() {
		t.Errorf("got %v", r.Upgrade)
	}
	if diff := cmp.Diff([]string{`table "odd" could not be read and is left alone: a type nobody knows`}, r.Warnings); diff != "" {
		t.Error(diff)
	}
}

// checks is a table with expressions in every place that has one.
func expressions(name, check, unnamed string) *schema.Table {
	return table(name,
		schema.Column("d", schema.Text(), schema.ServerDefault(schema.SQL(check))),
		schema.Column("g", schema.Integer(), schema.ComputedAs(check, schema.Stored)),
		schema.CheckConstraint("ck", check), schema.CheckConstraint("", unnamed),
		schema.IndexOn("ix", schema.KeyExpr(check)).With(schema.Where(check)),
		schema.ExcludeConstraint("", schema.Exclude(unnamed, "=")),
	)
}

func undecided() *normalizing {
	return &normalizing{
		fake:  &fake{equal: func(string, string) dialect.Verdict { return dialect.Undecided }},
		words: func(s string) string { return strings.ToLower(s) },
	}
}

func TestUndecidedExpressions(t *testing.T) {
	same := expressions("same", "a > 0", "b > 0")
	other := table("other", schema.CheckConstraint("ck", "x > 0"))
	plain := table("plain", schema.CheckConstraint("ck", "x > 0"))

	t.Run("the server decides, for the tables in question alone", func(t *testing.T) {
		n := undecided()
		r := compare(t, n, tables(same, other, plain), tables(
			expressions("same", "A > 0", "B > 0"),
			table("other", schema.CheckConstraint("ck", "X > 1")),
			table("plain", schema.CheckConstraint("ck", "x > 0")),
		), autogen.Options{})
		if diff := cmp.Diff([]string{"other", "same"}, n.asked); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"changed check constraint 'ck' on 'other'"}, r.Detected); diff != "" {
			t.Error(diff)
		}
		if len(r.Warnings) > 0 {
			t.Errorf("warnings %v", r.Warnings)
		}
		want := "\to.DropConstraint(\"ck\", \"other\", schema.CheckKind)\n\to.CreateCheckConstraint(\"ck\", \"other\", \"X > 1\")\n"
		if got := body(t, r.Upgrade); got != want {
			t.Errorf("the operations carry other words than the declaration's:\n%s", got)
		}
	})
	for _, c := range []struct {
		name string
		d    func() dialect.Dialect
		want string
	}{
		{"no normalizer", func() dialect.Dialect { return undecided().fake }, `expressions of table "same" were compared by rules alone: the dialect cannot create a scratch place`},
		{"it fails", func() dialect.Dialect { n := undecided(); n.err = errors.New("denied"); return n }, `expressions of table "same" were compared by rules alone: denied; --dev-url names a server that may make a scratch place`},
		{"it refuses the table", func() dialect.Dialect {
			n := undecided()
			n.refused = map[schema.Name]error{{Name: "same"}: errors.New("no such function")}
			return n
		}, `expressions of table "same" were compared by rules alone: no such function`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := compare(t, c.d(), tables(same), tables(expressions("same", "A > 1", "B > 0")), autogen.Options{})
			if !r.Empty() {
				t.Errorf("got %v", r.Detected)
			}
			if diff := cmp.Diff([]string{c.want}, r.Warnings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A canonical form that sorts what has no name must not mix up what the operations carry.
func TestOperationsCarryTheDeclaration(t *testing.T) {
	d := &fake{canonical: func(t *schema.Table) *schema.Table {
		for _, k := range t.Checks {
			k.Expr = strings.ToLower(k.Expr)
		}
		for _, e := range t.Excludes {
			e.Elements[0].Expr = strings.ToLower(e.Elements[0].Expr)
		}
		slices.SortFunc(t.Checks, func(a, b *schema.CheckDef) int { return strings.Compare(a.Expr, b.Expr) })
		slices.SortFunc(t.Excludes, func(a, b *schema.ExcludeDef) int { return strings.Compare(a.Elements[0].Expr, b.Elements[0].Expr) })
		return t
	}}
	exclude := func(expr string) *schema.ExcludeDef { return schema.ExcludeConstraint("", schema.Exclude(expr, "=")) }
	r := compare(t, d, tables(table("t")), tables(table("t",
		schema.CheckConstraint("", "Z > 0"), schema.CheckConstraint("", "a > 0"), schema.CheckConstraint("", "M > 0"),
		exclude("Z"), exclude("a"),
	)), autogen.Options{})
	want := "\to.AddConstraint(\"t\", schema.ExcludeConstraint(\"\", schema.Exclude(\"a\", \"=\")))\n" +
		"\to.AddConstraint(\"t\", schema.ExcludeConstraint(\"\", schema.Exclude(\"Z\", \"=\")))\n" +
		"\to.CreateCheckConstraint(\"\", \"t\", \"a > 0\")\n" +
		"\to.CreateCheckConstraint(\"\", \"t\", \"M > 0\")\n" +
		"\to.CreateCheckConstraint(\"\", \"t\", \"Z > 0\")\n"
	if diff := cmp.Diff(want, body(t, r.Upgrade)); diff != "" {
		t.Error(diff)
	}
}

// Where a server makes an index of a unique constraint, the declaration decides
// which of the two the operations speak of.
func TestUniqueConstraintsThatAreIndexes(t *testing.T) {
	d := &fake{canonical: func(t *schema.Table) *schema.Table {
		for _, u := range t.Uniques {
			t.Indexes = append(t.Indexes, schema.Index(u.Name, u.Columns...).With(schema.UniqueIndex()))
		}
		t.Uniques = nil
		return t
	}}
	unique := func(name string) *schema.Table { return table("t", col("a"), schema.UniqueConstraint(name, "a")) }
	asIndex := table("t", col("a"), schema.Index("a", "a").With(schema.UniqueIndex()))
	for _, c := range []struct {
		name       string
		have, want *schema.Table
		up, down   string
	}{
		{"unnamed", asIndex, unique(""), "", ""},
		{"named", asIndex, unique("a"), "", ""},
		{
			"added", table("t", col("a")), unique("uq"),
			"\to.CreateUniqueConstraint(\"uq\", \"t\", \"a\")\n", "\to.DropConstraint(\"uq\", \"t\", schema.UniqueKind)\n",
		},
		{
			"added without a name", table("t", col("a")), unique(""),
			"\to.CreateUniqueConstraint(\"\", \"t\", \"a\")\n",
			"\to.DropConstraint(\"\", \"t\", schema.UniqueKind, op.ExistingConstraint(schema.UniqueConstraint(\"\", \"a\")))\n",
		},
		{"removed", asIndex, table("t", col("a")), "\to.DropIndex(\"a\", \"t\")\n", "\to.CreateUniqueIndex(\"a\", \"t\", \"a\")\n"},
	} {
		r := compare(t, d, tables(c.have), tables(c.want), autogen.Options{})
		if up, down := body(t, r.Upgrade), body(t, r.Downgrade); up != c.up || down != c.down {
			t.Errorf("%s: up\n%sdown\n%s", c.name, up, down)
		}
	}
}
