package dialecttest

import (
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/arbitrary"
	"github.com/gomig-dev/gomig/schema"
)

// testStatements runs the statements that are no change of a table's inside.
func testStatements(t *testing.T, c Config) {
	s := open(t, c)
	a := table("a", id(), schema.Column("x", schema.Integer()), schema.Index("ix_x", "x"))
	renamed := table("b c", id(), schema.Column("x", schema.Integer()), schema.Index("ix_x", "x"))
	noIndex := table("b c", id(), schema.Column("x", schema.Integer()))
	step := func(name string, want []*schema.Table, stmts ...ddl.Statement) {
		t.Helper()
		if err := s.run(stmts...); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := s.agree(want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	step("create", []*schema.Table{a}, create([]*schema.Table{a})...)
	step("create what is there", []*schema.Table{a}, ddl.CreateTable{Table: a, Guard: ddl.IfNotExists})
	step("rename", []*schema.Table{renamed}, ddl.RenameTable{Table: a.Name, To: "b c"})
	step("drop index", []*schema.Table{noIndex}, ddl.DropIndex{Table: renamed.Name, Name: "ix_x"})
	step("create index", []*schema.Table{renamed}, ddl.CreateIndex{Table: renamed.Name, Index: renamed.Indexes[0]})
	if !c.Lacks.Any(arbitrary.Comments) {
		said := renamed.Clone()
		said.Comment = `it's \ "x"`
		step("comment", []*schema.Table{said}, ddl.SetTableComment{Table: said.Name, Comment: said.Comment})
		step("no comment", []*schema.Table{renamed}, ddl.SetTableComment{Table: said.Name})
	}
	step("drop", nil, ddl.DropTable{Table: renamed.Name})
	step("drop what is not there", nil, ddl.DropTable{Table: renamed.Name, Guard: ddl.IfExists})
	if err := s.run(ddl.DropTable{Table: renamed.Name}); err == nil {
		t.Error("dropping a table that is not there succeeded")
	}
}

// testScope reflects part of a database, and a view beside it.
func testScope(t *testing.T, c Config) {
	s := open(t, c)
	a, b := table("a", id()), table("b", id())
	stmts := append(create([]*schema.Table{a, b}), ddl.Raw{SQL: "CREATE VIEW v AS SELECT id FROM a"})
	if err := s.run(stmts...); err != nil {
		t.Fatal(err)
	}
	r, err := s.d.Reflect(s.ctx, s.conn, dialect.Scope{Include: func(n schema.Name) bool { return n.Name != "a" }})
	if err != nil {
		t.Fatal(err)
	}
	want := []*schema.Table{s.d.Canonical(b)}
	if d := Diff(want, unname(s.d, want, r.Tables, exact)); d != "" {
		t.Errorf("all but a (-want +got):\n%s", d)
	}
	r, err = s.d.Reflect(s.ctx, s.conn, dialect.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Tables) != 2 {
		t.Errorf("%d tables, want a and b", len(r.Tables))
	}
	if !slices.ContainsFunc(r.Others, func(o dialect.Object) bool { return o.Name.Name == "v" && o.Kind == "view" }) {
		t.Errorf("the view v is not among the other objects %v", r.Others)
	}
	if err := s.run(ddl.Raw{SQL: "DROP VIEW v"}); err != nil {
		t.Fatal(err)
	}
}
