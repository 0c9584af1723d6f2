package autogen_test

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// database draws tables, some of which point at each other in circles. Names are
// plain, so that two databases have many of them in common.
func database(t *rapid.T, what string) []*schema.Table {
	all := arbitrary.Tables(arbitrary.Options{Tail: rapid.Just("")}).Draw(t, what)
	circles(t, all)
	return all
}

// circles adds foreign keys that point at tables further on.
func circles(t *rapid.T, all []*schema.Table) {
	for i, from := range all {
		for j, to := range all {
			if i >= j || to.PrimaryKey == nil || !rapid.Bool().Draw(t, "circle") {
				continue
			}
			fk := &schema.ForeignKeyDef{RefTable: to.Name, RefColumns: to.PrimaryKey.Columns}
			if rapid.Bool().Draw(t, "named circle") {
				fk.Name = fmt.Sprintf("circle_%d_%d", i, j)
			}
			for n, k := range to.PrimaryKey.Columns {
				name := fmt.Sprintf("to_%d_%d", j, n)
				from.Columns = append(from.Columns, schema.Column(name, to.Column(k).Type))
				fk.Columns = append(fk.Columns, name)
			}
			from.ForeignKeys = append(from.ForeignKeys, fk)
		}
	}
}

// kind is a kind of database and a way of comparing.
type kind struct {
	name       string
	traits     dialect.Traits
	invents    bool
	batch      autogen.Batching
	normalizes bool
}

var kinds = []kind{
	{name: "plain"},
	{name: "names invented", invents: true},
	{name: "places", traits: dialect.Traits{PlacesColumns: true}, invents: true},
	{name: "copies", traits: dialect.Traits{ForwardReferences: true, BatchesChanges: true}},
	{name: "copies, one by one", traits: dialect.Traits{ForwardReferences: true, BatchesChanges: true}, batch: autogen.BatchNever},
	{name: "batch", batch: autogen.BatchAlways, invents: true},
	{name: "normalizes", normalizes: true, invents: true},
}

// order is that of columns, where the database can keep it.
func (k kind) order() order {
	if k.traits.PlacesColumns {
		return sameOrder
	}
	return anyOrder
}

func (k kind) open(tables []*schema.Table) dialect.Dialect {
	f := &fake{traits: k.traits, found: dialect.Reflection{Tables: tables}}
	if !k.normalizes {
		return f
	}
	f.equal = func(string, string) dialect.Verdict { return dialect.Undecided }
	return &normalizing{fake: f, words: func(s string) string { return s }}
}

// filled is a database that holds the tables.
func (k kind) filled(t *rapid.T, tables []*schema.Table) *model {
	m := newModel(k.traits.ForwardReferences, k.invents)
	d := k.open(nil)
	r, err := autogen.Compare(context.Background(), d, nil, autogen.Options{Metadata: []*schema.Metadata{metadata(tables...)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.run(r.Upgrade); err != nil {
		t.Fatalf("filling an empty database: %v", err)
	}
	return m
}

func (k kind) compare(t *rapid.T, m *model, want []*schema.Table) *autogen.Result {
	r, err := autogen.Compare(context.Background(), k.open(m.list()), nil, autogen.Options{
		Metadata: []*schema.Metadata{metadata(want...)}, Batch: k.batch,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Warnings) > 0 {
		t.Fatalf("warnings: %v", r.Warnings)
	}
	return r
}

// thereAndBack is the promise: up leads to the declaration, after which there is
// no difference, and down leads back, each by operations that can run.
func (k kind) thereAndBack(t *rapid.T) {
	a, b := database(t, "a"), database(t, "b")
	t.Logf("from:\n%sto:\n%s", text(a, sameOrder), text(b, sameOrder))
	m := k.filled(t, a)
	before := text(m.list(), k.order())
	if r := k.compare(t, m, a); !r.Empty() || len(r.Downgrade) > 0 || len(r.Detected) > 0 {
		t.Fatalf("differences where there are none: %v", r.Upgrade)
	}
	r := k.compare(t, m, b)
	if err := m.run(r.Upgrade); err != nil {
		t.Fatalf("upgrading: %v\n%v", err, r.Upgrade)
	}
	want := k.filled(t, b)
	if got, want := text(m.list(), anyOrder), text(want.list(), anyOrder); got != want {
		t.Fatalf("after upgrading:\n%s\nwant:\n%s\nby %v", got, want, r.Upgrade)
	}
	if again := k.compare(t, m, b); !again.Empty() {
		t.Fatalf("differences after upgrading: %v", again.Detected)
	}
	if err := m.run(r.Downgrade); err != nil {
		t.Fatalf("downgrading: %v\n%v", err, r.Downgrade)
	}
	if got := text(m.list(), k.order()); got != before {
		t.Fatalf("after downgrading:\n%s\nwant:\n%s\nby %v", got, before, r.Downgrade)
	}
}

func TestThereAndBack(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) { rapid.Check(t, k.thereAndBack) })
	}
}

func FuzzThereAndBack(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		rapid.SampledFrom(kinds).Draw(t, "kind").thereAndBack(t)
	}))
}
