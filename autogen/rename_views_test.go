package autogen_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// item is a table with the names that it and two of its columns have.
func item(name, title, price string, more ...func(t *schema.Table)) func(m *schema.Metadata) {
	return func(m *schema.Metadata) {
		t := m.Table(name, schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()),
			schema.Column(title, schema.String(50), schema.NotNull()), schema.Column(price, schema.Integer(), schema.NotNull()))
		for _, f := range more {
			f(t)
		}
	}
}

// was says the former names of columns, and under "" that of the table.
func was(names map[string]string) func(t *schema.Table) {
	return func(t *schema.Table) {
		for name, old := range names {
			if name == "" {
				schema.RenamedFrom(old).AddToTable(t)
			} else {
				schema.RenamedFrom(old).AddToColumn(t.Column(name))
			}
		}
	}
}

// TestRenamesBelowViews renames tables and columns on which declared views rest,
// one upon the other: the views say the new names, and the rows stay.
func TestRenamesBelowViews(t *testing.T) {
	everyServer(t, func(t *testing.T, s *server) {
		upon := view("a_cheap", "SELECT id FROM priced WHERE price < 5")
		priced := func(query string) func(m *schema.Metadata) {
			return declare(view("priced", query), upon)
		}
		renamedAndChanged := func(renames ...string) []string { return append(renames, "changed view 'priced'") }
		s.goes(t, stage{
			declare(item("item", "title", "price"), priced("SELECT id, title, price FROM item WHERE price > 0")),
			[]string{"added table 'item'", "added view 'priced'", "added view 'a_cheap'"},
			nil,
		})
		if err := s.exec("INSERT INTO item VALUES (1, 'pen', 3)"); err != nil {
			t.Fatal(err)
		}
		s.goes(t,
			// A column, which the view gives under its old name.
			stage{
				declare(item("item", "title", "cost", was(map[string]string{"cost": "price"})), priced("SELECT id, title, cost AS price FROM item WHERE cost > 0")),
				renamedAndChanged("renamed column 'item.price' to 'item.cost'"), nil,
			},
			// The other column, which the view gives under its new name.
			stage{
				declare(item("item", "label", "cost", was(map[string]string{"label": "title"})), priced("SELECT id, label, cost AS price FROM item WHERE cost > 0")),
				renamedAndChanged("renamed column 'item.title' to 'item.label'"), nil,
			},
			// The table.
			stage{
				declare(item("thing", "label", "cost", was(map[string]string{"": "item"})), priced("SELECT id, label, cost AS price FROM thing WHERE cost > 0")),
				renamedAndChanged("renamed table 'item' to 'thing'"), nil,
			},
			// The view no longer needs a column.
			stage{declare(item("thing", "label", "cost"), priced("SELECT id, cost AS price FROM thing")), []string{"changed view 'priced'"}, nil},
			// A column that no view needs.
			stage{
				declare(item("thing", "name", "cost", was(map[string]string{"name": "label"})), priced("SELECT id, cost AS price FROM thing")),
				[]string{"renamed column 'thing.label' to 'thing.name'"},
				nil,
			},
			// All at once.
			stage{
				declare(item("ware", "label", "price", was(map[string]string{"": "thing", "label": "name", "price": "cost"})), priced("SELECT id, price, label FROM ware")),
				renamedAndChanged("renamed table 'thing' to 'ware'", "renamed column 'ware.name' to 'ware.label'", "renamed column 'ware.cost' to 'ware.price'"), nil,
			},
		)
		var price int
		if err := s.conn.QueryRowContext(s.ctx, "SELECT p.price FROM priced p JOIN a_cheap c ON c.id = p.id JOIN ware w ON w.id = p.id AND w.price = p.price WHERE w.label = 'pen'").Scan(&price); err != nil || price != 3 {
			t.Errorf("price %d, %v", price, err)
		}
	})
}

// TestRenamesBelowMaterializedViews is the same below a view that keeps its rows.
func TestRenamesBelowMaterializedViews(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	kept := func(query string) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			m.MaterializedView("kept", schema.ViewAs(query), schema.Index("ix_kept", "id"))
		}
	}
	s.goes(t,
		stage{declare(item("item", "title", "price"), kept("SELECT id, price FROM item")), []string{"added table 'item'", "added materialized view 'kept'"}, nil},
		stage{
			declare(item("thing", "title", "cost", was(map[string]string{"": "item", "cost": "price"})), kept("SELECT id, cost AS price FROM thing")),
			[]string{"renamed table 'item' to 'thing'", "renamed column 'thing.price' to 'thing.cost'", "changed materialized view 'kept'"},
			nil,
		},
	)
}

// TestRenameThatAViewDoesNotFollow leaves the old name in a declared view, which
// no server can make any more: that is said, and nothing is done to the view.
func TestRenameThatAViewDoesNotFollow(t *testing.T) {
	everyServer(t, func(t *testing.T, s *server) {
		s.goes(t, stage{
			declare(item("item", "title", "price"), view("priced", "SELECT id, price FROM item")),
			[]string{"added table 'item'", "added view 'priced'"},
			nil,
		})
		m := schema.NewMetadata(schema.Options{})
		declare(item("item", "title", "cost", was(map[string]string{"cost": "price"})), view("priced", "SELECT id, price FROM item"))(m)
		r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "view \"priced\" is not compared, since the server could not say what it makes of it") || !strings.Contains(r.Warnings[0], "price") {
			t.Errorf("warned %q", r.Warnings)
		}
		sameLines(t, "detected", []string{"renamed column 'item.price' to 'item.cost'"}, r.Detected)
	})
}
