package gen_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// CreateView is an operation of a user's own that does not spell itself.
type CreateView struct {
	Name, Query string
}

// Lower gives the statement.
func (v *CreateView) Lower() ([]ddl.Statement, error) {
	return []ddl.Statement{ddl.Raw{SQL: v.Query}}, nil
}

// Reverse is refused.
func (*CreateView) Reverse() (op.Operation, error) { return nil, op.ErrIrreversible }

// Call leaves the spelling to the fields.
func (*CreateView) Call() schema.Call { return schema.Call{} }

func (*CreateView) String() string { return "create view" }

// asking is an operation whose argument comes from some package.
type asking struct {
	CreateView
	args []any
}

func (a *asking) Call() schema.Call {
	return schema.Call{Func: "Exec", Args: append([]any{"x"}, a.args...)}
}

func from(path, fn string) schema.Call { return schema.Call{Path: path, Func: fn, Args: []any{1}} }

func body(t *testing.T, ops ...op.Operation) gen.Fragment {
	t.Helper()
	f, err := gen.Body(ops, gen.BodyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestBody(t *testing.T) {
	t.Parallel()
	var zero gen.Fragment
	if got := zero.String(); got != "return o.Err()" || !zero.Empty() || len(zero.Imports()) != 0 {
		t.Errorf("the zero fragment: %q, %v", got, zero.Imports())
	}
	f := body(t,
		&CreateView{Name: "v", Query: "a\nb"},
		noted{&op.DropTable{Table: named("t")}, "one\n*/ two\r\nthree"},
		&asking{args: []any{from("example.com/a/types", "A"), from("example.com/b/types", "B"), from("example.com/o", "C"), from("example.com/go-x.v2/v3", "D")}},
	)
	const want = "o.Invoke(&gen_test.CreateView{Name: \"v\", Query: `a\nb`})\n" +
		"// one\n// */ two\n// three\no.DropTable(\"t\")\n" +
		"o.Exec(\"x\", types.A(1), types2.B(1), o2.C(1), x.D(1))\nreturn o.Err()"
	if diff := cmp.Diff(want, f.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantImports := gen.Imports{
		{Path: "example.com/a/types", Name: "types"},
		{Path: "example.com/b/types", Name: "types2"},
		{Path: "example.com/go-x.v2/v3", Name: "x"},
		{Path: "example.com/o", Name: "o2"},
		{Path: "github.com/gomig-dev/gomig/gen_test"},
	}
	if diff := cmp.Diff(wantImports, f.Imports()); diff != "" {
		t.Errorf("imports (-want +got):\n%s", diff)
	}
}

func TestBodyItem(t *testing.T) {
	t.Parallel()
	f, err := gen.Body([]op.Operation{
		&op.AddColumn{Table: named("t"), Column: schema.Column("c", schema.UUID(), schema.ServerDefault(schema.Now()))},
		&CreateView{Name: "v"},
	}, gen.BodyOptions{Item: func(v any) (schema.Call, bool) {
		switch v := v.(type) {
		case schema.Type:
			return schema.Call{Path: "example.com/shop/kinds", Func: "ID", Const: true}, v.Equal(schema.UUID())
		case *CreateView:
			return schema.Call{Func: "CreateView", Args: []any{v.Name}}, true
		}
		return schema.Call{}, false
	}})
	if err != nil {
		t.Fatal(err)
	}
	const want = "o.AddColumn(\"t\", schema.Column(\"c\", kinds.ID, schema.ServerDefault(schema.Now())))\no.CreateView(\"v\")\nreturn o.Err()"
	if diff := cmp.Diff(want, f.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBodyRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		o    op.Operation
		want string
	}{
		{nil, "rendering operations: one of them is nil"},
		{&op.Exec{SQL: "x", Args: []any{func() {}}}, "rendering execute x: rendering a func(): no Go source says it; let the type implement schema.Caller"},
		{&op.AlterTable{Table: named("t"), Changes: nil, Batch: op.Batch{}}, ""},
	} {
		_, err := gen.Body([]op.Operation{c.o}, gen.BodyOptions{})
		if got := errorText(err); got != c.want {
			t.Errorf("%v: %s\nwant %s", c.o, got, c.want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

const (
	head = "package {{.Package}}\n"
	foot = "\nfunc up(o *op.Operations) error {\n{{.Upgrades}}\n}\n"
)

func TestFileImports(t *testing.T) {
	t.Parallel()
	column := &op.AddColumn{Table: named("t"), Column: schema.Column("c", schema.Text())}
	other := &asking{args: []any{from("example.com/my/schema", "A"), from("math", "B")}}
	for _, c := range []struct {
		name, tmpl, want string
		ops              []op.Operation
	}{
		{
			name: "none written: the needed ones are added", tmpl: head + foot, ops: []op.Operation{column},
			want: "import (\n\t\"github.com/gomig-dev/gomig/op\"\n\t\"github.com/gomig-dev/gomig/schema\"\n)\n",
		},
		{
			name: "on one line with the package", tmpl: "package x; import \"fmt\"\n" + foot,
			want: "import (\n\t\"github.com/gomig-dev/gomig/op\"\n)\nimport \"fmt\"\n",
		},
		{
			name: "offered and not used", tmpl: head + "import (\n{{.Imports}}\n)\n" + foot,
			want: "import (\n\t\"github.com/gomig-dev/gomig/op\"\n)\n",
		},
		{
			name: "the template's own stay, doubles go", ops: []op.Operation{column},
			tmpl: head + "import (\n\t\"fmt\"\n\t_ \"embed\"\n\t\"example.com/own\" // ours\n\t\"github.com/gomig-dev/gomig/schema\"\n{{.Imports}}\n)\n" + foot,
			want: "import (\n\t_ \"embed\"\n\t\"fmt\"\n\n\t\"example.com/own\" // ours\n\t\"github.com/gomig-dev/gomig/schema\"\n\n\t\"github.com/gomig-dev/gomig/op\"\n)\n",
		},
		{
			name: "unused ones of gomig go wherever they stand",
			tmpl: head + "import \"context\"\nimport (\n\t\"github.com/gomig-dev/gomig/schema\"; \"github.com/gomig-dev/gomig/op\"\n\t// for scripts\n\t\"github.com/gomig-dev/gomig/script\" // too\n\t\"fmt\"\n)\n" + foot,
			want: "import (\n\t\"fmt\"\n\n\t\"github.com/gomig-dev/gomig/op\"\n)\n",
		},
		{
			name: "added to a declaration that is there", ops: []op.Operation{column, other},
			tmpl: head + "import (\n\t\"fmt\"\n\n\t\"github.com/gomig-dev/gomig/op\"\n)\n" + foot,
			want: "import (\n\t\"fmt\"\n\t\"math\"\n\n\t\"github.com/gomig-dev/gomig/op\"\n\n\tschema2 \"example.com/my/schema\"\n\t\"github.com/gomig-dev/gomig/schema\"\n)\n",
		},
		{
			name: "the template's names win", ops: []op.Operation{column},
			tmpl: head + "import (\n\t\"ariga.io/atlas/sql/schema\"\n{{.Imports}}\n)\nvar math schema.Schema\n" + foot,
			want: "import (\n\t\"ariga.io/atlas/sql/schema\"\n\n\t\"github.com/gomig-dev/gomig/op\"\n\tschema2 \"github.com/gomig-dev/gomig/schema\"\n)\n",
		},
		{
			name: "an alias of the template's own",
			tmpl: head + "import alembic \"github.com/gomig-dev/gomig/op\"\n" + strings.ReplaceAll(foot, "op.", "alembic."),
			want: "import alembic \"github.com/gomig-dev/gomig/op\"\n",
		},
	} {
		src, err := gen.File(c.tmpl, gen.Data{UpRevision: "a", Upgrades: body(t, c.ops...), Package: "x"})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := string(src)
		from, to := strings.Index(got, "import"), strings.Index(got, "\nfunc")
		if i := strings.Index(got, "\nvar"); i >= 0 {
			to = i
		}
		if diff := cmp.Diff(c.want, got[from:to]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestFileVariables(t *testing.T) {
	t.Parallel()
	const tmpl = `package {{.Package}}

// {{.Message}}|{{.UpRevision}}|{{.DownRevision}}|{{.BranchLabels}}|{{.DependsOn}}|{{.CreateDate}}|{{.CreateDate.Year}}
// {{.Config "key"}}|{{.Args.team}}|{{ident .UpRevision}}|{{.UpgradeFunc}}|{{.DowngradeFunc}}|{{.Upgrades}}|{{.Downgrades}}
// {{revises .DownRevision}}|{{revises .DependsOn}}|{{list .BranchLabels}}|{{quote .Message}}|{{quote "x"}}
{{- range .DownRevision}}
// follows {{.}}
{{- end}}
{{range .Databases}}
func {{.UpgradeFunc}}(o *op.Operations) error {
	{{.Upgrades}}
}
{{end}}`
	src, err := gen.File(tmpl, gen.Data{
		Message: "add", UpRevision: "a.b", DownRevision: []string{"x", "y"}, BranchLabels: []string{"l"},
		CreateDate: time.Date(2026, 11, 20, 10, 0, 0, 5, time.Local), Package: "x",
		Config: func(key string) string { return "<" + key + ">" }, Args: map[string]any{"team": "core"},
		Databases: []gen.Database{
			{Name: "engine1", Upgrades: body(t, &op.DropTable{Table: named("a")})},
			{Name: "engine 2", Upgrades: body(t, &op.DropTable{Table: named("b")})},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `package x

import (
	"github.com/gomig-dev/gomig/op"
)

// add|a.b|x, y|l||2026-11-20 10:00:00|2026
// <key>|core|a_b_2e7336dc|upgradea_b_2e7336dc|downgradea_b_2e7336dc|return o.Err()|return o.Err()
// script.Revises("x", "y")|script.Base()|[]string{"l"}|"add"|"x"
// follows x
// follows y

func upgradea_b_2e7336dcEngine1(o *op.Operations) error {
	o.DropTable("a")
	return o.Err()
}

func upgradea_b_2e7336dcEngine_2_b3587c1c(o *op.Operations) error {
	o.DropTable("b")
	return o.Err()
}
`
	if diff := cmp.Diff(want, string(src)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFileRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tmpl, want string }{
		{"{{", `reading the template: script.go.tmpl:1: unclosed action`},
		{"a\n{{.Nope}}", `executing the template: script.go.tmpl:2:2: executing "script.go.tmpl" at <.Nope>: can't evaluate field Nope; the variables are ` +
			"Message, UpRevision, DownRevision, BranchLabels, DependsOn, CreateDate, Imports, Upgrades, Downgrades, UpgradeFunc, DowngradeFunc, Databases, Package, Args, Config"},
		{"{{.Args.nope}}", `executing the template: script.go.tmpl:1:7: executing "script.go.tmpl" at <.Args.nope>: map has no entry for key "nope"`},
		{"{{nope}}", `reading the template: script.go.tmpl:1: function "nope" not defined`},
		{"{{.Config 1}}", `executing the template: script.go.tmpl:1:10: executing "script.go.tmpl" at <1>: expected string; found 1`},
		{"package x\n\nfunc f( {\n\tx \"y\"\n}", `what the template script.go.tmpl gives is no Go: expected ')', found '{' in line 3 of it: "func f( {"`},
		{"", `what the template script.go.tmpl gives is no Go: expected 'package', found 'EOF' in line 1 of it: ""`},
		{"package x\nfunc f() { {{.Message}} }", `what the template script.go.tmpl gives is no Go: expected ';', found name in line 2 of it: "func f() { some name }"`},
	} {
		_, err := gen.File(c.tmpl, gen.Data{UpRevision: "ae10", Message: "some name"})
		if got, want := errorText(err), `rendering revision "ae10": `+c.want; got != want {
			t.Errorf("%q:\n%s\nwant\n%s", c.tmpl, got, want)
		}
	}
	for _, c := range []struct {
		d    gen.Data
		want string
	}{
		{gen.Data{}, `rendering revision "": it has no id`},
		{gen.Data{UpRevision: "a", Package: "a b"}, `rendering revision "a": "a b" is no name of a package`},
	} {
		if _, err := gen.File("package x", c.d); errorText(err) != c.want {
			t.Errorf("%s, want %s", errorText(err), c.want)
		}
	}
}

// What is of the package the revision goes into needs no import.
func TestFileInItsOwnPackage(t *testing.T) {
	t.Parallel()
	src, err := gen.File(head+foot, gen.Data{
		UpRevision: "a", PackagePath: "github.com/gomig-dev/gomig/gen_test", Upgrades: body(t, &CreateView{Name: "v"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = "package versions\n\nimport (\n\t\"github.com/gomig-dev/gomig/op\"\n)\n\n" +
		"func up(o *op.Operations) error {\n\to.Invoke(&CreateView{Name: \"v\"})\n\treturn o.Err()\n}\n"
	if diff := cmp.Diff(want, string(src)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A module whose path has no dot is not taken for the standard library.
func TestFileGroupsByModule(t *testing.T) {
	t.Parallel()
	src, err := gen.File(head+"import (\n{{.Imports}}\n)\n"+foot, gen.Data{
		UpRevision: "a", ModulePath: "shop", Upgrades: body(t, &asking{args: []any{from("shop/kinds", "A"), from("math", "B")}}),
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = "import (\n\t\"math\"\n\n\t\"github.com/gomig-dev/gomig/op\"\n\tkinds \"shop/kinds\"\n)\n"
	if !strings.Contains(string(src), want) {
		t.Errorf("%s\nwant in it\n%s", src, want)
	}
}
