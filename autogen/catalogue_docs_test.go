package autogen_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/catalogue"
	"github.com/gomig-dev/gomig/internal/testdb"
)

// TestCatalogueIsTold holds the tables of docs/exactness.md, which bench/exactness
// writes, to the catalogue: each kind of change with its number, and gomig finds
// and makes every one, as TestCatalogue proves.
func TestCatalogueIsTold(t *testing.T) {
	text, err := os.ReadFile("../docs/exactness.md")
	if err != nil {
		t.Fatal(err)
	}
	for kind, title := range map[testdb.Kind]string{
		testdb.KindSQLite: "SQLite", testdb.KindMySQL: "MySQL", testdb.KindMariaDB: "MariaDB", testdb.KindPostgres: "PostgreSQL",
	} {
		_, section, ok := strings.Cut(string(text), "\n### "+title+" ")
		if !ok {
			t.Errorf("docs/exactness.md has no table of %s: run make exactness", title)
			continue
		}
		section, _, _ = strings.Cut(section, "\n### ")
		count := map[string]int{}
		for _, c := range catalogue.Changes() {
			if c.On(kind) {
				count[c.Group]++
				count["**all**"]++
			}
		}
		for group, n := range count {
			if want := fmt.Sprintf("\n| %s | %d | %d |", group, n, n); !strings.Contains(section, want) {
				t.Errorf("docs/exactness.md does not tell of the %d changes of %s on %s: run make exactness", n, group, title)
			}
		}
	}
}
