package structs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/gen/structs"
	"github.com/gomig-dev/gomig/schema"
)

// hostile are names and texts that a tag, an expression or Go could take for their own.
var hostile = []string{
	"plain", "ID", "declared", "table_name", "odd name", "a;b", "a,b", "a.b", "a:b", `a"b`, `a\`, `a\;b`, `a\"b`, "a`b", "a'b", "'", "''", "'a'", "a\nb", " a ",
	"a(b)", "pk", "true", "index", "unique", "-", "表", "\u200b", "ümlaut", "null", "now()", "(a)", "2fa", "func() {}",
}

// TestWriteHostile: whatever a database calls things, the structs declare the
// same names and texts again.
func TestWriteHostile(t *testing.T) {
	t.Parallel()
	var tables []*schema.Table
	for _, n := range hostile {
		id := schema.Column("key of "+n, schema.Integer(), schema.Comment(n), schema.Collate(n))
		c := schema.Column(n, schema.String(20), schema.ServerDefault(schema.Literal(n)), schema.Comment("c"))
		table := schema.NewTable("x", id, c,
			schema.PrimaryKeyConstraint(n, id.Name), schema.UniqueConstraint(n, n), schema.UniqueConstraint("u"+n, n, id.Name),
			schema.UniqueConstraint("d"+n, n), schema.UniqueConstraint("d"+n, id.Name),
			schema.CheckConstraint(n, n), schema.CheckConstraint("", n), schema.Index("i"+n, n), schema.Index(n, n, id.Name),
			schema.ForeignKeyConstraint(n, []string{n}, "x", []string{n}, schema.RefTable("", n), schema.OnDelete(schema.SetNull)),
			schema.Comment(n))
		table.Name = schema.Name{Name: n}
		tables = append(tables, table)
	}
	data, left := structs.Write(tables, structs.Words{})
	if len(left) > 0 {
		t.Errorf("no tag can say %q", left)
	}
	files, err := gen.Structs(data)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module example.com/x\n\ngo 1.26\n", files[0].Name: string(files[0].Content)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	found, err := structs.Read(t.Context(), structs.Options{Dir: dir})
	if err != nil {
		t.Fatalf("%v\n%s", err, files[0].Content)
	}
	if len(found[0].Tables) != len(tables) {
		t.Fatalf("there are %d tables, want %d", len(found[0].Tables), len(tables))
	}
	for i, got := range found[0].Tables {
		want, name := tables[i], tables[i].Name.Name
		if got.Table.Name != want.Name || got.Table.Columns[1].Name != name || got.Table.Columns[0].Name != want.Columns[0].Name {
			t.Errorf("table %q is read as %q, its column as %q", want.Name, got.Table.Name, got.Table.Columns[1].Name)
		}
		if text := everything(t, got.Table); text != everything(t, want) {
			t.Errorf("table %q is read as\n%s\nwant\n%s", want.Name, text, everything(t, want))
		}
	}
}

// everything is a table as Go declares it, one item a line, sorted: an item that
// a tag spells stands behind those that it says.
func everything(t *testing.T, table *schema.Table) string {
	t.Helper()
	var out []string
	add := func(v any) {
		e, err := gen.Expr(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.Join(strings.Fields(strings.NewReplacer(",\n", "", "\n", "").Replace(e.GoString())), " "))
	}
	var items []schema.TableItem
	for _, c := range table.Columns {
		items = append(items, c)
	}
	for _, c := range table.Constraints() {
		items = append(items, c)
	}
	for _, i := range table.Indexes {
		items = append(items, i)
	}
	whole := schema.NewTable("x", items...)
	whole.Comment, whole.Options = table.Comment, table.Options
	for _, c := range whole.Columns {
		for _, v := range c.Call().Args {
			add(v)
		}
	}
	whole.Columns = nil
	for _, v := range whole.Items(schema.IndexesInside) {
		add(v)
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}
