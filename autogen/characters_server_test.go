package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestCharactersBeyondTheCatalogue: MariaDB shows characters beyond the basic plane
// as question marks where it lists expressions. What is read and restated keeps them.
func TestCharactersBeyondTheCatalogue(t *testing.T) {
	s := onServer(t, testdb.KindMariaDB)
	table := func(comment string) []*schema.Table {
		return tables(schema.NewTable("t", schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
			schema.Column("a", schema.String(20), schema.Comment(comment)),
			schema.Column("g", schema.String(50), schema.ComputedAs("concat(a, '😀ü?')", schema.Stored), schema.Comment(comment)),
			schema.Column("d", schema.String(50), schema.ServerDefault(schema.SQL("concat('😀', '????')")), schema.Comment(comment)),
			schema.CheckConstraint("ck", "a <> '🎉'")))
	}
	if err := s.fill(table(""), autogen.Options{}); err != nil {
		t.Fatal(err)
	}
	keeps := []string{"concat(`a`,'😀ü?')", "concat('😀','????')", "CHECK (`a` <> '🎉')"}
	s.beside(t, table("changed")[0], keeps...)
	// What was read, and not declared.
	have := s.everything(t, autogen.Options{})
	for _, c := range have.Tables[0].Columns {
		c.Comment = "read"
	}
	s.beside(t, have.Tables[0], keeps...)
	other := table("read")
	other[0].Checks[0].Expr = "a <> '😀'"
	r, err := s.compare(other, autogen.Options{})
	if err != nil || len(r.Upgrade) == 0 {
		t.Errorf("another character is no difference: %v", err)
	}
}
