package dialecttest

import (
	"fmt"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// AlterCase is a change of a table: Before, changed by Actions, is After.
type AlterCase struct {
	Name    string
	Needs   arbitrary.Feature
	Others  []*schema.Table // there before and after, made first
	Before  *schema.Table
	Actions []ddl.Action
	After   *schema.Table
}

// testAlter does each change on a table of its own, then all of a table's row survive it.
func testAlter(t *testing.T, c Config) {
	s := open(t, c)
	for _, k := range append(alterCases(), c.Alters...) {
		if c.Lacks.Any(k.Needs) {
			continue
		}
		t.Run(k.Name, func(t *testing.T) {
			if err := s.alter(k); err != nil {
				t.Error(err)
			}
		})
	}
}

func (s *session) alter(k AlterCase) (err error) {
	before := append(append([]*schema.Table{}, k.Others...), k.Before)
	after := append(append([]*schema.Table{}, k.Others...), k.After)
	defer func() { s.clear(append(before, k.After)) }()
	if err := s.run(create(before)...); err != nil {
		return err
	}
	if err := s.run(k.statements()...); err != nil {
		return err
	}
	got, err := s.agree(after)
	if err != nil {
		return fmt.Errorf("after %+v: %w", k.Actions, err)
	}
	if len(got) != len(after) {
		return fmt.Errorf("after %+v there are %d tables, want %d", k.Actions, len(got), len(after))
	}
	return nil
}

// statements are what lowers from the change: new enumerations, the change, new indexes.
func (k AlterCase) statements() (stmts []ddl.Statement) {
	have := enums([]*schema.Table{k.Before})
	for _, e := range enums([]*schema.Table{k.After}) {
		known := false
		for _, h := range have {
			known = known || h == e
		}
		if !known {
			stmts = append(stmts, ddl.CreateEnum{Name: schema.Name{Name: e.Name}, Values: e.EnumValues()})
		}
	}
	return append(stmts, ddl.AlterTable{Table: k.Before.Name, Actions: k.Actions})
}

func alterCases() []AlterCase {
	base := []schema.TableItem{id(), schema.Column("a", schema.Integer()), schema.Column("b", schema.String(20), schema.NotNull())}
	t := func(items ...schema.TableItem) *schema.Table {
		all := append([]schema.TableItem{}, base...)
		return table("t", append(all, items...)...)
	}
	other := table("other", id())
	var list []AlterCase
	add := func(name string, needs arbitrary.Feature, before *schema.Table, after *schema.Table, actions ...ddl.Action) {
		list = append(list, AlterCase{Name: name, Needs: needs, Others: []*schema.Table{other}, Before: before, Actions: actions, After: after})
	}
	addColumn := func(name string, needs arbitrary.Feature, c *schema.ColumnDef) {
		add("add column "+name, needs, t(), t(c), ddl.AddColumn{Column: c})
	}
	addColumn("plain", 0, schema.Column("c", schema.Integer()))
	addColumn("with default", 0, schema.Column("c", schema.String(10), schema.NotNull(), schema.ServerDefault(schema.Literal("it's"))))
	addColumn("with a default that moves", 0, schema.Column("c", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())))
	addColumn("not null", 0, schema.Column("c", schema.Integer(), schema.NotNull()))
	addColumn("with comment", arbitrary.Comments, schema.Column("c", schema.Integer(), schema.Comment("it's")))
	addColumn("virtual", arbitrary.VirtualColumns, schema.Column("c", schema.Integer(), schema.ComputedAs("a + 1", schema.Virtual)))
	addColumn("stored", arbitrary.StoredColumns|arbitrary.AlterGenerated, schema.Column("c", schema.Integer(), schema.ComputedAs("a + 1", schema.Stored)))
	addColumn("enum", 0, schema.Column("c", schema.Enum("mood", "sad", "it's")))

	add("drop column", 0, t(schema.Column("c", schema.Integer())), t(), ddl.DropColumn{Name: "c"})
	add("drop column in the middle", 0, t(), table("t", id(), base[2]), ddl.DropColumn{Name: "a"})
	add("rename column", 0, t(), table("t", id(), schema.Column("a2", schema.Integer()), base[2]), ddl.RenameColumn{Name: "a", To: "a2", Existing: schema.Column("a", schema.Integer())})

	for _, c := range constraintChanges() {
		add("add "+c.name, c.needs, t(), t(c.constraint), ddl.AddConstraint{Constraint: c.constraint})
		add("drop "+c.name, c.needs, t(c.constraint), t(), ddl.DropConstraint{Name: c.constraint.ConstraintName(), Kind: c.constraint.Kind()})
	}
	plain := table("t", schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer()))
	keyed := table("t", schema.Column("a", schema.Integer(), schema.NotNull()), schema.Column("b", schema.Integer()), schema.PrimaryKeyConstraint("pk_t", "a"))
	add("add primary key", arbitrary.AlterPrimaryKey, plain, keyed, ddl.AddConstraint{Constraint: keyed.PrimaryKey})
	add("drop primary key", arbitrary.AlterPrimaryKey, keyed, plain, ddl.DropConstraint{Name: "pk_t", Kind: schema.PrimaryKeyKind})

	first := table("t", schema.Column("c", schema.Integer()), id(), base[1], base[2])
	add("add column first", arbitrary.ColumnOrder, t(), first, ddl.AddColumn{Column: first.Columns[0], Place: ddl.Place{First: true}})
	after := table("t", id(), base[1], schema.Column("c", schema.Integer()), base[2])
	add("add column after", arbitrary.ColumnOrder, t(), after, ddl.AddColumn{Column: after.Columns[2], Place: ddl.Place{After: "a"}})

	c, d := schema.Column("c", schema.Integer()), schema.Column("d", schema.String(5), schema.NotNull(), schema.ServerDefault(schema.Literal("x")))
	add("several at once", 0, t(c), t(d, schema.UniqueConstraint("uq_a", "a")),
		ddl.AddColumn{Column: d}, ddl.DropColumn{Name: "c"}, ddl.AddConstraint{Constraint: schema.UniqueConstraint("uq_a", "a")})
	return append(list, columnChanges(other)...)
}

type constraintChange struct {
	name       string
	needs      arbitrary.Feature
	constraint interface {
		schema.Constraint
	}
}

func constraintChanges() []constraintChange {
	return []constraintChange{
		{"unique", 0, schema.UniqueConstraint("uq_t", "b", "a")},
		{"check", arbitrary.Checks, schema.CheckConstraint("ck_t", "a > 0")},
		{"foreign key", 0, schema.ForeignKeyConstraint("fk_t", []string{"a"}, "other", []string{"id"})},
		{"foreign key with action", 0, schema.ForeignKeyConstraint("fk_t", []string{"a"}, "other", []string{"id"}, schema.OnDelete(schema.Cascade))},
		{"self reference", 0, schema.ForeignKeyConstraint("fk_t", []string{"a"}, "t", []string{"id"})},
	}
}

// columnChanges change one property of a column, everything else of it being there too.
func columnChanges(other *schema.Table) (list []AlterCase) {
	add := func(name string, needs arbitrary.Feature, aspect ddl.Aspect, before, after *schema.ColumnDef) {
		x := func(c *schema.ColumnDef) *schema.Table {
			return table("t", id(), c, schema.Column("z", schema.Integer()), schema.Index("ix_z", "z"))
		}
		for _, known := range []bool{true, false} {
			k := AlterCase{Name: name, Needs: needs, Others: []*schema.Table{other}, Before: x(before), After: x(after)}
			a := ddl.AlterColumn{Name: "c", Change: aspect, New: after}
			if known {
				a.Existing, a.Known = before, ddl.AllAspect
			} else {
				k.Name += ", rest not known"
			}
			k.Actions = []ddl.Action{a}
			list = append(list, k)
		}
	}
	str := func(items ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column("c", schema.String(20), items...)
	}
	def := func(s string) schema.ColumnItem { return schema.ServerDefault(schema.Literal(s)) }
	add("longer string", 0, ddl.TypeAspect, str(schema.NotNull(), def("x")), schema.Column("c", schema.String(50), schema.NotNull(), def("x")))
	add("string to text", 0, ddl.TypeAspect, str(), schema.Column("c", schema.Text()))
	add("bigger integer", 0, ddl.TypeAspect, schema.Column("c", schema.Integer()), schema.Column("c", schema.BigInteger()))
	add("not null", 0, ddl.NullableAspect, str(def("x")), str(def("x"), schema.NotNull()))
	add("nullable", 0, ddl.NullableAspect, str(def("x"), schema.NotNull()), str(def("x")))
	add("add default", 0, ddl.DefaultAspect, str(schema.NotNull()), str(schema.NotNull(), def("it's")))
	add("change default", 0, ddl.DefaultAspect, str(def("x")), str(def("y")))
	add("drop default", 0, ddl.DefaultAspect, str(def("x")), str())
	add("comment", arbitrary.Comments, ddl.CommentAspect, str(schema.NotNull(), def("x")), str(schema.NotNull(), def("x"), schema.Comment("it's")))
	add("drop comment", arbitrary.Comments, ddl.CommentAspect, str(def("x"), schema.Comment("it's")), str(def("x")))
	add("keeps comment", arbitrary.Comments, ddl.NullableAspect, str(def("x"), schema.Comment("it's")), str(def("x"), schema.NotNull(), schema.Comment("it's")))
	add("all at once", 0, ddl.TypeAspect|ddl.NullableAspect|ddl.DefaultAspect, str(def("x")), schema.Column("c", schema.String(30), schema.NotNull(), def("y")))
	return list
}
