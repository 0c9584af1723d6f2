package autogen_test

import (
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestTakenNames: a declared table whose name a table of another kind has is
// neither created nor changed, and a warning says so.
func TestTakenNames(t *testing.T) {
	statements := map[testdb.Kind][]string{
		testdb.KindSQLite: {"CREATE VIRTUAL TABLE docs USING fts5(body)"},
		testdb.KindPostgres: {
			"CREATE EXTENSION postgres_fdw", "CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw",
			"CREATE FOREIGN TABLE docs (body text) SERVER far", "CREATE TABLE whole (body integer) PARTITION BY LIST (body)",
			"CREATE TABLE docs_config PARTITION OF whole FOR VALUES IN (1)",
		},
	}
	kinds := map[testdb.Kind][2]string{
		testdb.KindSQLite: {"virtual table", "shadow table"}, testdb.KindPostgres: {"foreign table", "partition"},
	}
	everyServer(t, func(t *testing.T, s *server) {
		if statements[s.kind] == nil {
			return
		}
		for _, sql := range statements[s.kind] {
			if err := s.exec(sql); err != nil {
				t.Fatal(err)
			}
		}
		declared := []*schema.Table{
			schema.NewTable("docs", schema.Column("body", schema.Text())),
			schema.NewTable("docs_config", schema.Column("k", schema.Text()), schema.Column("more", schema.Text())),
		}
		found, err := s.holds(autogen.Options{})
		if err != nil {
			t.Fatal(err)
		}
		declared = append(declared, found.Tables...)
		r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{metadata(declared...)}})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Upgrade)+len(r.Downgrade)+len(r.Detected) > 0 {
			t.Errorf("something would change: %v", r.Detected)
		}
		for i, name := range []string{"docs", "docs_config"} {
			want := `table "` + name + `" is declared, and there is a ` + kinds[s.kind][i] + " of that name, which is left alone"
			if !slices.Contains(r.Warnings, want) {
				t.Errorf("warnings are %q, want %q", r.Warnings, want)
			}
		}
	})
}
