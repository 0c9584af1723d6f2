package schema_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/schema"
)

func TestSplitName(t *testing.T) {
	for s, want := range map[string]schema.Name{
		"":      {},
		"t":     {Name: "t"},
		"s.t":   {Schema: "s", Name: "t"},
		"a.b.c": {Schema: "a.b", Name: "c"},
		".t":    {Name: ".t"},
		"t.":    {Name: "t."},
		".":     {Name: "."},
		"a..b":  {Schema: "a.", Name: "b"},
	} {
		got := schema.SplitName(s)
		if got != want {
			t.Errorf("%q: got %+v", s, got)
		}
		if got.String() != s {
			t.Errorf("%q is written %q", s, got)
		}
	}
}

// What is split is written as it was, whatever it is.
func TestSplitNameKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[ab.]{0,6}`).Draw(t, "name")
		if got := schema.SplitName(s).String(); got != s {
			t.Fatalf("%q is written %q", s, got)
		}
	})
}

func TestNamesAreOrdered(t *testing.T) {
	names := []schema.Name{{Schema: "b", Name: "a"}, {Name: "z"}, {Schema: "a", Name: "b"}, {Schema: "a", Name: "a"}}
	slices.SortFunc(names, schema.Name.Compare)
	want := []schema.Name{{Name: "z"}, {Schema: "a", Name: "a"}, {Schema: "a", Name: "b"}, {Schema: "b", Name: "a"}}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestTypeVariants(t *testing.T) {
	plain := schema.Text()
	v := plain.WithVariant("mysql", schema.String(9)).WithVariant("mariadb", schema.String(8))
	for _, c := range []struct {
		names []string
		want  schema.Type
	}{
		{nil, schema.Text()},
		{[]string{"sqlite"}, schema.Text()},
		{[]string{"mysql"}, schema.String(9)},
		{[]string{"mariadb", "mysql"}, schema.String(8)},
		{[]string{"tidb", "mysql"}, schema.String(9)},
	} {
		if got := v.For(c.names...); !got.Equal(c.want) {
			t.Errorf("%v: got %v", c.names, got.Call())
		}
	}
	if v.Equal(plain) || !v.Equal(schema.Text().WithVariant("mariadb", schema.String(8)).WithVariant("mysql", schema.String(9))) {
		t.Error("equality does not go by the variants, whatever their order")
	}
	if !schema.NoType().IsZero() || v.IsZero() || schema.NoType().WithVariant("mysql", plain).IsZero() {
		t.Error("IsZero")
	}
	if plain.WithVariant("a", plain); !plain.Equal(schema.Text()) {
		t.Error("WithVariant changed its receiver")
	}
}

func TestExprVariants(t *testing.T) {
	v := schema.Now().WithVariant("mysql", schema.SQL("m")).WithVariant("sqlite", schema.SQL("s")).WithVariant("mysql", schema.SQL("n"))
	if got := v.For("tidb", "mysql"); !got.Equal(schema.SQL("n")) {
		t.Errorf("got %+v", got)
	}
	if got := v.For("postgresql"); !got.Equal(schema.Now()) {
		t.Errorf("got %+v", got)
	}
	if !v.Equal(schema.Now().WithVariant("sqlite", schema.SQL("s")).WithVariant("mysql", schema.SQL("n"))) || v.Equal(schema.Now()) {
		t.Error("equality does not go by the variants, whatever their order")
	}
	if v.IsZero() || !schema.NoExpr().IsZero() || schema.NoExpr().WithVariant("mysql", schema.Now()).IsZero() {
		t.Error("IsZero")
	}
}

func TestOptions(t *testing.T) {
	var opts []schema.Option
	for _, o := range []setting{{"b", "1"}, {"a", "1"}, {"c", "1"}, {"b", "2"}} {
		opts = schema.SetOption(opts, o)
	}
	if diff := cmp.Diff([]schema.Option{setting{"a", "1"}, setting{"b", "2"}, setting{"c", "1"}}, opts); diff != "" {
		t.Error(diff)
	}
	less := schema.UnsetOption(opts, "b")
	if diff := cmp.Diff([]schema.Option{setting{"a", "1"}, setting{"c", "1"}}, less); diff != "" || len(opts) != 3 {
		t.Error(diff)
	}
	if o, ok := schema.Find[setting](opts); !ok || o.Key != "a" {
		t.Errorf("found %v", o)
	}
	if _, ok := schema.Find[setting](nil); ok {
		t.Error("found an option in none")
	}
}

func TestEnumValues(t *testing.T) {
	for _, values := range [][]string{nil, {"a"}, {"a", "", "b c"}} {
		def := schema.EnumIn("s", "n", values...).Def().(schema.EnumType)
		if diff := cmp.Diff(values, def.EnumValues()); diff != "" || def.Schema != "s" || def.Name != "n" {
			t.Error(diff)
		}
	}
}

func TestKindNames(t *testing.T) {
	want := []string{"constraint", "primary key", "unique constraint", "check constraint", "foreign key", "exclude constraint"}
	for i, w := range want {
		if got := schema.ConstraintKind(i).String(); got != w {
			t.Errorf("got %q, want %q", got, w)
		}
	}
}
