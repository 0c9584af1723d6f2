package picture

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/schema"
)

// drawSchema is any schema: with circles, tables that point at themselves, tables of many columns.
func drawSchema(t *rapid.T) Schema {
	s := Schema{Type: func(schema.Type) string { return "INTEGER" }}
	n := rapid.IntRange(0, 40).Draw(t, "tables")
	for i := range n {
		items := []schema.TableItem{schema.Column("id", schema.Integer(), schema.PrimaryKey())}
		for k := range rapid.IntRange(0, 8).Draw(t, "columns") {
			items = append(items, schema.Column(fmt.Sprintf("c%d", k), schema.Integer()))
		}
		for k := range rapid.IntRange(0, 3).Draw(t, "keys") {
			to := rapid.IntRange(0, n-1).Draw(t, "to")
			items = append(items, schema.Column(fmt.Sprintf("k%d", k), schema.Integer(), schema.References(fmt.Sprintf("t%d.id", to))))
		}
		s.Tables = append(s.Tables, schema.NewTable(fmt.Sprintf("t%d", i), items...))
	}
	return s
}

// TestLayout: no two things in a column overlap, nor do two lines between the
// same columns run on top of each other.
func TestLayout(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSchema(t)
		p := lay(s)
		seen := 0
		for _, c := range p.columns {
			for k, i := range c {
				if i.table != nil {
					seen++
				}
				if i.y < margin {
					t.Fatalf("an item begins at %d", i.y)
				}
				if k > 0 && c[k-1].y+c[k-1].height()+gap(c[k-1], i) > i.y {
					t.Fatalf("an item at %d overlaps with the one at %d, of height %d", i.y, c[k-1].y, c[k-1].height())
				}
			}
		}
		if seen != len(s.Tables) {
			t.Fatalf("%d of %d tables are placed", seen, len(s.Tables))
		}
		ends := 0
		for _, c := range p.route() {
			for k, a := range c.trunks {
				for _, b := range a.branches {
					if b.end != nil {
						ends++
					}
				}
				for _, b := range c.trunks[:k] {
					if a.low < a.high && b.low < b.high && a.track == b.track && a.low <= b.high && b.low <= a.high {
						t.Fatalf("two lines run down track %d, from %d to %d and from %d to %d", a.track, a.low, a.high, b.low, b.high)
					}
					for _, y := range a.stops(leftSide) {
						for _, z := range b.stops(rightSide) {
							if y == z {
								t.Fatalf("two lines run at %d", y)
							}
						}
					}
				}
			}
		}
		if want := len(s.references()); ends != want {
			t.Fatalf("%d of %d foreign keys are drawn", ends, want)
		}
	})
}

var number = regexp.MustCompile(`<rect class="box" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"`)

// TestSVG: boxes keep apart and inside of the picture, which is the same each time.
func TestSVG(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := drawSchema(t)
		var one, two strings.Builder
		if err := SVG(&one, s); err != nil {
			t.Fatal(err)
		}
		if err := SVG(&two, s); err != nil || one.String() != two.String() {
			t.Fatalf("a second picture is another (%v)", err)
		}
		type box struct{ x, y, w, h int }
		var boxes []box
		for _, m := range number.FindAllStringSubmatch(one.String(), -1) {
			var b box
			for i, to := range []*int{&b.x, &b.y, &b.w, &b.h} {
				*to, _ = strconv.Atoi(m[i+1])
			}
			for _, o := range boxes {
				if b.x < o.x+o.w && o.x < b.x+b.w && b.y < o.y+o.h && o.y < b.y+b.h {
					t.Fatalf("%v overlaps with %v", b, o)
				}
			}
			boxes = append(boxes, b)
		}
		if len(boxes) != len(s.Tables) {
			t.Fatalf("%d boxes for %d tables", len(boxes), len(s.Tables))
		}
	})
}

func TestHTML(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := HTML(&b, Schema{
		Title: "<shop>", Notes: []string{"view <v>"}, Type: func(schema.Type) string { return "a<b" },
		Tables: []*schema.Table{schema.NewTable("a<&\"b", schema.Column("<id>", schema.Integer()), schema.Comment("<script>"))},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<title>&lt;shop&gt;</title>", "<li>view &lt;v&gt;</li>", ">a&lt;&amp;&#34;b</text>", ">&lt;id&gt;</text>", "a&lt;b", "1 table, 0 foreign keys"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Count(b.String(), "<script>") != 1 {
		t.Error("a comment became a script")
	}
}

// TestSVGOptional: the whole line of a key that may point at nothing is dashed,
// where it passes other tables too.
func TestSVGOptional(t *testing.T) {
	t.Parallel()
	id := func() *schema.ColumnDef { return schema.Column("id", schema.Integer(), schema.PrimaryKey()) }
	ref := func(name string, more ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column(name, schema.Integer(), append(more, schema.References(strings.TrimSuffix(name, "_id")+".id"))...)
	}
	for far, solid := range map[*schema.ColumnDef]bool{ref("a_id"): false, ref("a_id", schema.NotNull()): true} {
		s := Schema{Type: func(schema.Type) string { return "" }, Tables: []*schema.Table{
			schema.NewTable("a", id()), schema.NewTable("b", id(), ref("a_id")), schema.NewTable("c", id(), ref("b_id"), far),
		}}
		var b strings.Builder
		if err := SVG(&b, s); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), `class="edge" `) != solid {
			t.Errorf("solid lines: %v, want %v, in\n%s", !solid, solid, b.String())
		}
	}
}
