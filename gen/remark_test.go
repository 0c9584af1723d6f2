package gen_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func TestRemarks(t *testing.T) {
	t.Parallel()
	ops := []op.Operation{
		&op.DropTable{Table: named("a")}, noted{&op.DropTable{Table: named("b")}, "its own"}, &op.DropTable{Table: named("c")},
	}
	f, err := gen.Body(ops, gen.BodyOptions{
		Lead:    []string{"This stays.", "And this."},
		Remarks: []gen.Remark{{Heading: "First"}, {Heading: "Second", Lines: []string{"Data loss: b.", "And more."}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`// This stays.
// And this.
// First
o.DropTable("a")

// Second
// Data loss: b.
// And more.
// its own
o.DropTable("b")
o.DropTable("c")
return o.Err()`, f.String()); diff != "" {
		t.Error(diff)
	}
	f, err = gen.Body(nil, gen.BodyOptions{Lead: []string{"Nothing else."}})
	if diff := cmp.Diff("// Nothing else.\nreturn o.Err()", f.String()); err != nil || diff != "" || !f.Empty() {
		t.Error(err, diff)
	}
}

// A hook leaves out operations, and items of what is rendered.
func TestItemsLeftOut(t *testing.T) {
	t.Parallel()
	item := func(v any) (schema.Call, bool) {
		switch v := v.(type) {
		case *op.DropTable:
			return schema.Call{}, true
		case *schema.CheckDef:
			return schema.Call{}, true
		case *schema.ColumnDef:
			return schema.Call{Path: "example.com/shop/db", Func: "Column", Args: []any{v.Name}}, v.Name == "id"
		}
		return schema.Call{}, false
	}
	table := schema.NewTable("a", schema.Column("id", schema.Integer()), schema.Column("n", schema.Integer()), schema.CheckConstraint("ck", "n > 0"))
	f, err := gen.Body([]op.Operation{&op.DropTable{Table: named("b")}, &op.CreateTable{Table: table}}, gen.BodyOptions{Item: item})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`o.CreateTable("a",
	db.Column("id"),
	schema.Column("n", schema.Integer()),
)
return o.Err()`, f.String()); diff != "" {
		t.Error(diff)
	}
}

// Whatever names a database has, what is said of them is comments and no more.
func testRemarks(t *rapid.T, check *checker, tmpl string) {
	line := rapid.SliceOfN(anyMessage(), 0, 3)
	ops := []op.Operation{&op.DropTable{Table: named("a")}, &op.DropTable{Table: named("b")}}
	f, err := gen.Body(ops, gen.BodyOptions{Lead: line.Draw(t, "lead"), Remarks: []gen.Remark{
		{Heading: anyMessage().Draw(t, "heading"), Lines: line.Draw(t, "lines")}, {Heading: anyMessage().Draw(t, "second"), Lines: line.Draw(t, "more")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	src, err := gen.File(tmpl, gen.Data{UpRevision: "ae10", CreateDate: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC), Upgrades: f, Downgrades: f})
	if err != nil {
		t.Fatal(err)
	}
	names, err := check.check(src, versionsFile)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if diff := cmp.Diff([]string{"var _", "func upgradeae10", "func downgradeae10"}, names); diff != "" {
		t.Fatalf("declarations (-want +got):\n%s\n%s", diff, src)
	}
	if n := strings.Count(string(src), "\n\to.DropTable("); n != 4 {
		t.Fatalf("%d operations are left of 4:\n%s", n, src)
	}
	harmless(t, src)
}

func TestAnyRemarkIsHarmless(t *testing.T) {
	t.Parallel()
	check, tmpl := newChecker(t), template(t)
	rapid.Check(t, func(t *rapid.T) { testRemarks(t, check, tmpl) })
}

func FuzzAnyRemarkIsHarmless(f *testing.F) {
	check, tmpl := newChecker(f), template(f)
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { testRemarks(t, check, tmpl) }))
}
