package mysql_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/dialecttest"
	"github.com/gomig-dev/gomig/schema"
)

// TestRenameConstraint: what the servers cannot rename is dropped and added, as
// the catalogue has it.
func TestRenameConstraint(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		parent := schema.NewTable("p", id())
		table := func(ck, uq, ix, fk string) *schema.Table {
			return schema.NewTable("c", id(), schema.Column("p_id", schema.Integer()), schema.Column("n", schema.Integer()),
				schema.CheckConstraint(ck, "n > 0"), schema.UniqueConstraint(uq, "n"), schema.Index(ix, "n", "p_id").With(schema.UniqueIndex()),
				schema.ForeignKeyConstraint(fk, []string{"p_id"}, "p", []string{"id"}, schema.OnDelete(schema.Cascade)))
		}
		s.create(parent)
		s.create(table("ck", "uq", "ix", "fk"))
		s.exec("INSERT INTO p VALUES (1)", "INSERT INTO c VALUES (1, 1, 1)")
		s.alter(table("", "", "", ""),
			ddl.RenameConstraint{Name: "ck", To: "ck 2"}, ddl.RenameConstraint{Name: "uq", To: "uq 2"},
			ddl.RenameConstraint{Name: "ix", To: "ix 2", Kind: schema.UniqueKind}, ddl.RenameConstraint{Name: "fk", To: "fk 2", Kind: schema.ForeignKeyKind})
		s.same(table("ck 2", "uq 2", "ix 2", "fk 2"), parent)
		for text, action := range map[string]ddl.Action{
			`altering table "c": renaming constraint "none": the table has none of that name`:     ddl.RenameConstraint{Name: "none", To: "x"},
			`altering table "c": renaming constraint "": a primary key has no name of its own on`: ddl.RenameConstraint{To: "x", Kind: schema.PrimaryKeyKind},
		} {
			stmt := ddl.AlterTable{Table: schema.Name{Name: "c"}, Actions: []ddl.Action{action}}
			_, err := dialect.Compile(t.Context(), s.d, dialecttest.Catalog(s.d, s.conn), stmt)
			if err == nil || !strings.HasPrefix(err.Error(), text) {
				t.Errorf("%v, want %s", err, text)
			}
		}
	})
}

// TestDropSchema: one that holds something goes only if that is meant.
func TestDropSchema(t *testing.T) {
	both(t, func(t *testing.T, s *session) {
		name := s.name + "_it's"
		s.run(ddl.CreateSchema{Name: name})
		s.run(ddl.CreateSchema{Name: name, Guard: ddl.IfNotExists})
		s.run(ddl.DropSchema{Name: name})
		s.run(ddl.DropSchema{Name: name, Guard: ddl.IfExists})
		s.run(ddl.CreateSchema{Name: name})
		s.exec("CREATE TABLE `" + name + "`.t (id INT PRIMARY KEY)")
		_, err := dialect.Compile(t.Context(), s.d, dialecttest.Catalog(s.d, s.conn), ddl.DropSchema{Name: name})
		if err == nil || !strings.Contains(err.Error(), "it still holds 1 tables, views and routines") {
			t.Errorf("dropping a schema with a table: %v", err)
		}
		s.run(ddl.DropSchema{Name: name, Cascade: true})
	})
}
