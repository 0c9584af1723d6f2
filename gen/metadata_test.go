package gen_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/schema"
)

func TestMetadata(t *testing.T) {
	t.Parallel()
	files, err := gen.Metadata(gen.MetadataData{
		Package: "store", Notes: []string{"view \"v\"", "a\nb */ //go:build x"},
		Sequences: []*schema.Sequence{
			{Name: schema.Name{Name: "order_no"}, Numbers: schema.Numbers{Start: 1000, Min: schema.Bound(-5), Cycle: true}},
			{Name: schema.Name{Schema: "billing", Name: "order_no"}},
		},
		Views: []*schema.View{
			{Name: schema.Name{Name: "recent"}, Query: "SELECT id\n  FROM account", Queries: map[string]string{"sqlite": "SELECT 1"}},
			{
				Name: schema.Name{Schema: "billing", Name: "total"}, Query: "SELECT 2 AS two", Materialized: true,
				Indexes: []*schema.IndexDef{schema.Index("ix_total", "two").With(schema.UniqueIndex())},
			},
			{Name: schema.Name{Name: "old"}, Gone: true},
		},
		Tables: []*schema.Table{
			schema.NewTable("account",
				schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
				schema.Column("name", schema.String(50), schema.NotNull()),
				schema.Index("ix", "name"), mysql.Engine("InnoDB")),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `// Package store declares the schema of the database.
//
// What the database has and this declaration does not say:
//
//   - view "v"
//   - a b */ //go:build x
package store

import (
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/schema"
)

// Metadata is the schema of the database.
var Metadata = schema.NewMetadata(schema.Options{})

// OrderNo is the sequence "order_no".
var OrderNo = Metadata.Sequence("order_no", schema.Numbers{Start: 1000, Min: schema.Bound(-5), Cycle: true})

// BillingOrderNo is the sequence "billing.order_no".
var BillingOrderNo = Metadata.Sequence("order_no", schema.InSchema("billing"))

// Account is the table "account".
var Account = Metadata.Table("account",
	schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
	schema.Column("name", schema.String(50), schema.NotNull()),
	schema.Index("ix", "name"),
	mysql.Engine("InnoDB"),
)

// Recent is the view "recent".
var Recent = Metadata.View("recent",
	schema.ViewAs(MULTI),
	schema.ViewAsOn("sqlite", "SELECT 1"),
)

// Total is the materialized view "billing.total".
var Total = Metadata.MaterializedView("total",
	schema.ViewAs("SELECT 2 AS two"),
	schema.Index("ix_total", "two").With(schema.UniqueIndex()),
	schema.InSchema("billing"),
)

// Old is the view "old".
var Old = Metadata.View("old",
	schema.Dropped(),
)
`
	want = strings.ReplaceAll(want, "MULTI", "`SELECT id\n  FROM account`")
	if diff := cmp.Diff(want, string(files[0].Content)); diff != "" {
		t.Error(diff)
	}
}

// TestMetadataHostile: whatever tables are called, the files compile together
// and each is one that Go builds everywhere.
func TestMetadataHostile(t *testing.T) {
	t.Parallel()
	names := []schema.Name{
		{Name: "metadata"},
		{Name: "Metadata"},
		{Name: "schema"},
		{Name: "account"},
		{Name: "ACCOUNT"},
		{Schema: "auth", Name: "account"},
		{Name: "account_test"},
		{Name: "page_linux"},
		{Name: "2fa"},
		{Name: "表"},
		{Name: "a\"b`c\n//go:embed x"},
		{Name: "---"},
		{Name: "../up"},
		{Name: "type"},
		{Name: "user-id.url"},
		{Name: strings.Repeat("x", 300)},
	}
	var tables []*schema.Table
	for _, n := range names {
		tables = append(tables, schema.NewTable(n.Name, schema.Column(n.Name, schema.Integer()), schema.InSchema(n.Schema)))
	}
	c := newChecker(t)
	for _, split := range []bool{false, true} {
		files, err := gen.Metadata(gen.MetadataData{Tables: tables, Split: split})
		if err != nil {
			t.Fatal(err)
		}
		var seen, sources []string
		for _, f := range files {
			if slices.Contains(seen, f.Name) || strings.ContainsAny(f.Name, `/\`) || strings.HasSuffix(f.Name, "_test.go") ||
				strings.HasSuffix(f.Name, "_linux.go") || f.Name != strings.ToLower(f.Name) || len(f.Name) > 250 {
				t.Errorf("a file is called %q, beside %q", f.Name, seen)
			}
			seen = append(seen, f.Name)
			sources = append(sources, string(f.Content))
		}
		if _, err := c.check([]byte(sources[0]), sources[1:]...); err != nil {
			t.Errorf("split %v: %v", split, err)
		}
	}
}

func TestGoName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"user_account": "UserAccount", "USER_ACCOUNT": "UserAccount", "userAccount": "UserAccount", "account_id": "AccountID",
		"ID": "ID", "2fa": "T2fa", "表": "T表", "---": "T", "a.b c": "ABC", "été": "Été",
	} {
		if got := gen.GoName(name); got != want {
			t.Errorf("%q is called %s, want %s", name, got, want)
		}
	}
}
