package autogen_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestLargeSchemas takes the schemas of whole applications from one database,
// declares them by what was reflected, and makes another database of that: it
// holds the same, by what is reflected and, on MySQL and MariaDB, by the
// server's own words.
func TestLargeSchemas(t *testing.T) {
	files := map[testdb.Kind]string{
		testdb.KindSQLite: "clinic.sqlite.sql", testdb.KindPostgres: "commerce.postgresql.sql",
		testdb.KindMySQL: "helpdesk.mysql.sql", testdb.KindMariaDB: "helpdesk.mysql.sql",
	}
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile("../testdata/schemas/" + files[k])
			if err != nil {
				t.Fatal(err)
			}
			one, two := onServer(t, k), onServer(t, k)
			one.db.Client(t, string(text))
			two.db.Client(t, beforeTables(string(text), k))
			o := autogen.Options{IncludeSchemas: k == testdb.KindPostgres}
			want := one.everything(t, o)
			if len(want.Tables) < 60 {
				t.Errorf("there are %d tables, want 60", len(want.Tables))
			}
			r, err := two.compare(want.Tables, o)
			if err != nil {
				t.Fatal(err)
			}
			if err := two.run(r.Upgrade); err != nil {
				t.Fatal(err)
			}
			if err := two.settled(want.Tables, o); err != nil {
				t.Error(err)
			}
			got := two.everything(t, o)
			got.Others, want.Others = nil, nil // views, triggers and the like are not declared here
			if d := one.differ(want, got, nil); d != "" {
				t.Errorf("(-taken +made)\n%s", d)
			}
			if k.SpeaksMySQL() {
				for _, table := range want.Tables {
					if a, b := one.shown(t, table.Name), two.shown(t, table.Name); a != b {
						t.Errorf("taken:\n%s\nmade:\n%s", a, b)
					}
				}
			}
		})
	}
}

// beforeTables is what a script says before its first table that tables rest on
// and that is not declared with them: on PostgreSQL extensions, schemas, domains,
// functions and sequences.
func beforeTables(script string, k testdb.Kind) string {
	if k != testdb.KindPostgres {
		return "SELECT 1;"
	}
	before, _, _ := strings.Cut(script, "CREATE TABLE")
	var lines []string
	for l := range strings.SplitSeq(before, "\n") {
		if !strings.Contains(l, " AS ENUM ") && !strings.HasPrefix(l, "COMMENT ON TYPE") {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// everything is what the database holds, without what belongs to no table of one's own.
func (s *server) everything(t *testing.T, o autogen.Options) *dialect.Reflection {
	t.Helper()
	r, err := s.holds(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// counter is the number that the next row gets, which belongs to the rows.
var counter = regexp.MustCompile(` AUTO_INCREMENT=[0-9]+`)

// restrict is what a foreign key does where it says nothing.
var restrict = regexp.MustCompile(` ON (DELETE|UPDATE) (RESTRICT|NO ACTION)`)

// ownKey is a key that is named after the foreign key that the server made it for, or after its column.
var ownKey = regexp.MustCompile("^KEY `[^`]+` \\((.*)\\)$")

// shown is what SHOW CREATE TABLE says, keys in the order of their text: that in
// which they were made is no difference.
func (s *server) shown(t *testing.T, name schema.Name) string {
	t.Helper()
	var table, text string
	q := "SHOW CREATE TABLE " + s.quote(name.Name)
	if err := s.conn.QueryRowContext(s.ctx, q).Scan(&table, &text); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", q, err))
	}
	text = restrict.ReplaceAllString(counter.ReplaceAllString(text, ""), "")
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], ",")
		if m := ownKey.FindStringSubmatch(strings.TrimSpace(lines[i])); m != nil && strings.Contains(text, "FOREIGN KEY ("+m[1]+")") {
			lines[i] = "  KEY (" + m[1] + ")"
		}
	}
	keys := slices.IndexFunc(lines, func(l string) bool { return !strings.HasPrefix(l, "  `") && !strings.HasPrefix(l, "CREATE") })
	slices.Sort(lines[keys : len(lines)-1])
	return strings.Join(lines, "\n")
}
