package autogen_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/catalogue"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// peer is what another tool makes of a change: Alembic by its documents and the
// recorded behaviour of 1.19, Atlas by trials of its open drivers.
type peer struct{ alembic, atlas string }

// peers hold for a whole group, and for single changes where these differ.
var peers = map[string]peer{
	"column":                              {"yes", "yes"},
	"column: added in the middle":         {"yes, at the end", "yes, at the end"},
	"column: default an expression":       {"opt-in", "yes"},
	"column: default another expression":  {"opt-in", "yes"},
	"column: computed otherwise":          {"no (warns)", "PostgreSQL: error"},
	"column: computed otherwise, virtual": {"no (warns)", "yes"},
	"column: computed by other brackets":  {"no (warns)", "PostgreSQL: error"},
	"column: virtual to stored":           {"no", "error"},
	"column: plain to computed":           {"no", "PostgreSQL: error"},
	"column: plain to virtual":            {"no", "error"},

	"type":                                   {"yes; fails where PostgreSQL wants USING", "yes; fails where PostgreSQL wants USING; SQLite: not within an affinity"},
	"type: of what another is computed from": {"fails", "fails"},

	"constraint":                                    {"yes", "yes"},
	"constraint: check added":                       {"by name", "yes"},
	"constraint: check dropped":                     {"by name", "MariaDB: fails"},
	"constraint: check without a name":              {"no", "yes"},
	"constraint: check dropped, without a name":     {"no", "MariaDB: fails"},
	"constraint: check of another bound":            {"no", "MariaDB: fails"},
	"constraint: check of another operator":         {"no", "MariaDB: fails"},
	"constraint: check of another column":           {"no", "MariaDB: fails"},
	"constraint: check by other brackets":           {"no", "MariaDB: fails"},
	"constraint: check changed, without a name":     {"no", "MariaDB: fails"},
	"constraint: check of a list":                   {"no", "MariaDB: fails"},
	"constraint: check of another name":             {"by name", "MariaDB: fails"},
	"constraint: unique constraint to unique index": {"yes", "no"},
	"constraint: deferrable":                        {"yes", "no"},
	"primary key":                                   {"no", "yes"},
	"primary key: of another name":                  {"no", "no"},
	"primary key: numbered":                         {"no", "MySQL: no; PostgreSQL: error"},
	"primary key: no longer numbered":               {"no", "MySQL: no; PostgreSQL: error"},
	"primary key: in another order":                 {"no", "SQLite: no"},

	"index":                       {"yes", "yes"},
	"index: expression added":     {"PostgreSQL", "yes"},
	"index: expression dropped":   {"PostgreSQL", "yes"},
	"index: expression changed":   {"PostgreSQL", "yes"},
	"index: column to expression": {"PostgreSQL", "yes"},
	"index: descending":           {"PostgreSQL", "yes"},
	"index: predicate added":      {"no", "yes"},
	"index: predicate changed":    {"no", "yes"},
	"index: predicate dropped":    {"no", "yes"},
	"index: predicate of null":    {"no", "yes"},

	"table": {"yes", "yes"},
	"table: two added that refer to each other":                {"yes, keys left out", "yes"},
	"table: referring table dropped with the one it refers to": {"yes, in any order", "yes"},

	"PostgreSQL identity":                     {"yes", "not limits, cache, cycle; added, dropped: error"},
	"PostgreSQL column":                       {"no", "no"},
	"PostgreSQL type":                         {"yes; fails where PostgreSQL wants USING", "yes; fails where PostgreSQL wants USING"},
	"PostgreSQL index":                        {"no", "yes"},
	"PostgreSQL index: nulls not distinct":    {"yes", "yes"},
	"PostgreSQL index: collation":             {"no", "no"},
	"PostgreSQL index: fillfactor":            {"no", "no"},
	"PostgreSQL constraint":                   {"no", "no"},
	"PostgreSQL table":                        {"no", "no"},
	"enumeration":                             {"MySQL, as a set", "removed: empty plan; reordered: error"},
	"enumeration: value added":                {"MySQL", "yes"},
	"enumeration: value added before others":  {"MySQL", "yes"},
	"enumeration: value added between others": {"MySQL", "yes"},
	"enumeration: enumeration to another":     {"yes; fails", "fails"},
	"MySQL type":                              {"yes", "yes"},
	"MySQL type: digits of a float":           {"yes", "no"},
	"MySQL type: zerofill":                    {"yes", "no"},
	"MySQL column":                            {"no", "no"},
	"MySQL column: on update":                 {"opt-in", "no"},
	"MySQL column: on update dropped":         {"opt-in", "no"},
	"MySQL column: collation":                 {"if both say one", "yes"},
	"MySQL column: character set":             {"if both say one", "yes"},
	"MySQL index":                             {"no", "yes"},
	"MySQL index: invisible":                  {"no", "no"},
	"MySQL constraint":                        {"no", "yes"},
	"MySQL table":                             {"no", "no"},
	"MySQL table: character set":              {"no", "yes"},
	"MySQL table: collation":                  {"no", "yes"},
	"MySQL table: history":                    {"no", "plans DROP TABLE"},
	"SQLite":                                  {"no", "no"},
}

// TestCatalogueIsTold holds docs/exactness.md to the catalogue: what stands there
// as found is what TestCatalogue proves on the servers.
func TestCatalogueIsTold(t *testing.T) {
	const file, begin, end = "../docs/exactness.md", "<!-- catalogue -->\n", "<!-- end -->\n"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(text), begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s lacks %q or %q", file, begin, end)
	}
	want := head + begin + catalogueTable() + end + tail
	if want == string(text) {
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s does not tell the catalogue as it is: run with -update", file)
}

func catalogueTable() string {
	var b strings.Builder
	b.WriteString("\n| change | SQLite | MySQL | MariaDB | PostgreSQL | Alembic | Atlas |\n|---|---|---|---|---|---|---|\n")
	for _, c := range catalogue.Changes() {
		p, ok := peers[c.String()]
		if !ok {
			p = peers[c.Group]
		}
		fmt.Fprintf(&b, "| %s |", c)
		for _, k := range []testdb.Kind{testdb.KindSQLite, testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres} {
			switch {
			case c.On(k):
				fmt.Fprintf(&b, " %d |", c.Directives(k))
			default:
				b.WriteString(" |")
			}
		}
		fmt.Fprintf(&b, " %s | %s |\n", p.alembic, p.atlas)
	}
	b.WriteString("\n")
	return b.String()
}
