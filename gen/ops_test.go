package gen_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// anyText is any string, broken UTF-8 and NUL included.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		arbitrary.Text(), rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{"line\nline", "`raw`\nline", "tab\t\nline\r\nline", "a\x00b", "\xff\n\xfe", "\u202e\nx"}),
	)
}

// anyValue is a value of a row or a statement's argument.
func anyValue() *rapid.Generator[any] {
	asAny := func(g *rapid.Generator[any]) *rapid.Generator[any] { return g }
	return rapid.OneOf(
		asAny(rapid.Just[any](nil)),
		rapid.Map(anyText(), func(v string) any { return v }),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(v []byte) any { return v }),
		rapid.Map(rapid.Bool(), func(v bool) any { return v }),
		rapid.Map(rapid.Int(), func(v int) any { return v }),
		rapid.Map(rapid.Int64(), func(v int64) any { return v }),
		rapid.Map(rapid.Int8(), func(v int8) any { return v }),
		rapid.Map(rapid.Uint64(), func(v uint64) any { return v }),
		rapid.Map(rapid.Uint8(), func(v uint8) any { return v }),
		rapid.Map(rapid.Float64(), func(v float64) any { return v }),
		rapid.Map(rapid.Float32(), func(v float32) any { return v }),
		rapid.SampledFrom([]any{math.Inf(1), math.Inf(-1), float32(math.Inf(1)), math.Copysign(0, -1), 0.0, 1e100}),
		rapid.Map(rapid.Int64Range(-1e10, 1e10), func(v int64) any { return time.Unix(v, v&0xffffff).UTC() }),
		rapid.SampledFrom([]any{
			schema.SQL("now()"), schema.Now(), schema.Null(), schema.Number("1.50"),
			schema.Now().WithVariant("mysql", schema.SQL("UTC_TIMESTAMP")),
		}),
	)
}

// drawer draws operations on one table.
type drawer struct {
	*rapid.T
	table *schema.Table
}

func (d *drawer) yes(what string) bool    { return rapid.Bool().Draw(d.T, what) }
func (d *drawer) text(what string) string { return anyText().Draw(d.T, what) }
func (d *drawer) name(what string) string { return "n" + arbitrary.Tail().Draw(d.T, what) }

func (d *drawer) guard(g ddl.Guard) ddl.Guard {
	if d.yes("guard") {
		return g
	}
	return ddl.Unguarded
}

func (d *drawer) column() *schema.ColumnDef {
	c := rapid.SampledFrom(d.table.Columns).Draw(d.T, "column").Clone()
	switch rapid.IntRange(0, 8).Draw(d.T, "kind of column") {
	case 0:
		bound := rapid.Int64().Draw(d.T, "bound")
		id := schema.Identity{Always: d.yes("always"), Start: bound, Increment: 1, Min: &bound}
		c.Identity, c.Nullable, c.Default, c.AutoIncrement = &id, false, schema.NoExpr(), false
		c.Computed = nil
	case 1:
		c.Collation = d.name("collation")
		c.Comment = d.text("comment")
	case 2:
		c.Type = c.Type.WithVariant("mysql", schema.RawSQL(d.text("raw type"))).WithVariant("sqlite", schema.Text())
	case 3:
		c.Computed, c.AutoIncrement = nil, false
		c.Default = schema.Literal(anyValue().Draw(d.T, "default")).WithVariant("sqlite", schema.SQL(d.text("SQL")))
	case 4:
		c.Unique, c.Indexed = d.yes("unique"), d.yes("indexed")
		c.Checks = []*schema.CheckDef{{Name: d.name("check"), Expr: "x" + d.text("condition")}}
	case 5:
		c.References = &schema.ForeignKeyDef{
			Name:    d.text("name"),
			Columns: []string{c.Name}, RefTable: schema.Name{Name: d.name("table")}, RefColumns: []string{d.name("column")},
			NotValid: d.yes("not valid"),
			OnDelete: schema.Cascade, OnUpdate: schema.Action(d.text("action")), Deferral: schema.InitiallyDeferred, Match: d.text("match"),
		}
	}
	return c
}

func (d *drawer) place() ddl.Place {
	switch rapid.IntRange(0, 3).Draw(d.T, "place") {
	case 0:
		return ddl.Place{First: true}
	case 1:
		return ddl.Place{After: d.name("after")}
	case 2:
		return ddl.Place{Before: d.name("before")}
	}
	return ddl.Place{}
}

// alterColumn changes what chance picks.
func (d *drawer) alterColumn() *op.AlterColumn {
	to := d.column()
	p := &op.AlterColumn{Table: d.table.Name, Name: d.table.Columns[0].Name}
	p.New.Name = p.Name
	pick := func(a ddl.Aspect, what string, set func()) {
		if d.yes(what) {
			p.Change |= a
			set()
		}
	}
	pick(ddl.NullableAspect, "nullable", func() { p.New.Nullable = to.Nullable })
	pick(ddl.TypeAspect, "type", func() { p.New.Type = to.Type })
	pick(ddl.DefaultAspect, "default", func() { p.New.Default = to.Default })
	pick(ddl.CommentAspect, "comment", func() { p.New.Comment = to.Comment })
	pick(ddl.CollationAspect, "collation", func() { p.New.Collation = to.Collation })
	pick(ddl.AutoIncrementAspect, "autoincrement", func() { p.New.AutoIncrement = to.AutoIncrement })
	pick(ddl.ComputedAspect, "computed", func() { p.New.Computed = to.Computed })
	pick(ddl.IdentityAspect, "identity", func() { p.New.Identity = to.Identity })
	pick(ddl.NameAspect, "rename", func() { p.New.Name = d.name("to") })
	if p.Change == ddl.NoAspect {
		p.Change = ddl.NullableAspect
	}
	if d.yes("using") {
		p.Using = "x" + d.text("using")
	}
	if p.Place = d.place(); p.Place != (ddl.Place{}) {
		p.Change |= ddl.PlaceAspect
	}
	if d.yes("existing") {
		p.Existing = d.column()
		p.Existing.Name, p.Existing.References = p.Name, nil
	}
	return p
}

// change is an operation on the table that may stand in a group.
func (d *drawer) change() op.Operation {
	name := d.table.Name
	switch rapid.IntRange(0, 8).Draw(d.T, "change") {
	case 0:
		return &op.AddColumn{Table: name, Column: d.column(), Place: d.place(), Guard: d.guard(ddl.IfNotExists)}
	case 1:
		return &op.DropColumn{Table: name, Name: d.name("column"), Guard: d.guard(ddl.IfExists)}
	case 2:
		return d.alterColumn()
	case 3:
		if all := d.table.Constraints(); len(all) > 0 {
			return &op.AddConstraint{Table: name, Constraint: rapid.SampledFrom(all).Draw(d.T, "constraint")}
		}
		return &op.AddConstraint{Table: name, Constraint: &schema.ExcludeDef{
			Name: d.name("exclude"), Using: d.text("using"), Where: d.text("where"),
			Elements: []schema.ExcludeElement{{Expr: d.text("element"), Operator: "&&"}}, Deferral: schema.Deferrable,
		}}
	case 4:
		kind := rapid.SampledFrom([]schema.ConstraintKind{0, schema.PrimaryKeyKind, schema.UniqueKind, schema.CheckKind, schema.ForeignKeyKind}).Draw(d.T, "kind")
		return &op.DropConstraint{Table: name, Name: d.name("constraint"), Kind: kind, Guard: d.guard(ddl.IfExists)}
	case 5:
		if len(d.table.Indexes) > 0 {
			return &op.CreateIndex{Table: name, Index: rapid.SampledFrom(d.table.Indexes).Draw(d.T, "index"), Guard: d.guard(ddl.IfNotExists)}
		}
		return &op.CreateIndex{Table: name, Index: schema.IndexOn(d.name("index"), schema.Key(d.name("key")).Desc().NullsLast().Op("x"))}
	case 6:
		return &op.DropIndex{Table: name, Name: d.name("index"), Guard: d.guard(ddl.IfExists)}
	case 7:
		was := d.text("was")
		return &op.TableComment{Table: name, Comment: d.text("comment"), Was: &was}
	default:
		return &op.TableComment{Table: name}
	}
}

// operation is any operation.
func (d *drawer) operation() op.Operation {
	name := d.table.Name
	switch rapid.IntRange(0, 12).Draw(d.T, "operation") {
	case 0:
		return &op.CreateTable{Table: d.table, Guard: d.guard(ddl.IfNotExists)}
	case 1:
		return &op.DropTable{Table: name, Guard: d.guard(ddl.IfExists)}
	case 2:
		return &op.RenameTable{Table: name, To: d.name("to")}
	case 3:
		g := &op.AlterTable{Table: name}
		for range rapid.IntRange(1, 4).Draw(d.T, "changes") {
			g.Changes = append(g.Changes, d.change())
		}
		if d.yes("recreate") {
			g.Batch.Recreate = op.RecreateAlways
		}
		return g
	case 4:
		columns := rapid.SliceOfNDistinct(rapid.Map(anyText(), func(s string) string { return "c" + s }), 1, 3, rapid.ID).Draw(d.T, "columns")
		p := &op.BulkInsert{Table: name}
		for range rapid.IntRange(1, 3).Draw(d.T, "rows") {
			row := op.Row{}
			for _, c := range columns {
				row[c] = anyValue().Draw(d.T, "value")
			}
			p.Rows = append(p.Rows, row)
		}
		return p
	case 5:
		return &op.Exec{SQL: d.text("SQL"), Args: rapid.SliceOfN(anyValue(), 0, 3).Draw(d.T, "args")}
	case 6:
		return &op.CreateEnum{Name: name, Values: rapid.SliceOf(anyText()).Draw(d.T, "values")}
	case 7:
		return &op.AddEnumValue{Name: name, Value: d.text("value"), After: d.text("after")}
	case 8:
		return &op.DropEnum{Name: name}
	default:
		return d.change()
	}
}

// operations are some operations on one table, in a schema or not.
func operations(t *rapid.T) []op.Operation {
	d := &drawer{T: t, table: arbitrary.Table(arbitrary.Options{}).Draw(t, "table")}
	if len(d.table.Columns) == 0 {
		d.table.Columns = []*schema.ColumnDef{schema.Column("only", schema.Integer())}
	}
	if d.yes("schema") {
		d.table.Name.Schema = d.name("schema")
	}
	// What op itself refuses, such as SQL of nothing, never comes to be rendered.
	takes := func(o op.Operation) bool { _, err := o.Lower(); return err == nil }
	one := rapid.Custom(func(t *rapid.T) op.Operation {
		return (&drawer{T: t, table: d.table}).operation()
	}).Filter(takes)
	return rapid.SliceOfN(one, 1, 5).Draw(t, "operations")
}

// recorder keeps statements instead of running them.
type recorder struct{ statements []ddl.Statement }

func (r *recorder) Run(_ context.Context, s ddl.Statement) error {
	r.statements = append(r.statements, s)
	return nil
}
func (*recorder) Conn() (op.Conn, error) { return nil, errors.New("there is no connection") }
func (*recorder) Dialect() string        { return "sqlite" }

var sameValues = cmp.Options{
	cmp.Exporter(func(reflect.Type) bool { return true }),
	cmpopts.EquateEmpty(),
	cmpopts.EquateNaNs(),
	cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
}

// The rendered body says the same as the operations it was made of: it
// type-checks, declares nothing else, and running it gives the same statements.
func testMeaning(t *rapid.T, check *checker, tmpl string) {
	ops := operations(t)
	var want recorder
	for _, o := range ops {
		stmts, err := o.Lower()
		if err != nil {
			t.Fatal(err)
		}
		want.statements = append(want.statements, stmts...)
	}
	f, err := gen.Body(ops, gen.BodyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got recorder
	if err := runBody(f.String(), op.New(context.Background(), &got)); err != nil {
		t.Fatalf("running the body: %v\n%s", err, f)
	}
	if diff := cmp.Diff(want.statements, got.statements, sameValues); diff != "" {
		t.Fatalf("the body says something else (-operations +body):\n%s\n%s", diff, f)
	}
	src, err := gen.File(tmpl, gen.Data{UpRevision: "ae10", Message: "x", Upgrades: f})
	if err != nil {
		t.Fatal(err)
	}
	names, err := check.check(src, versionsFile)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if diff := cmp.Diff([]string{"var _", "func upgradeae10", "func downgradeae10"}, names); diff != "" {
		t.Fatalf("declarations (-want +got):\n%s", diff)
	}
}

func TestBodyMeansTheOperations(t *testing.T) {
	t.Parallel()
	check, tmpl := newChecker(t), template(t)
	rapid.Check(t, func(t *rapid.T) { testMeaning(t, check, tmpl) })
}

func FuzzBodyMeansTheOperations(f *testing.F) {
	check, tmpl := newChecker(f), template(f)
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { testMeaning(t, check, tmpl) }))
}
