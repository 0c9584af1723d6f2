package autogen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// change is a single change of a schema, as one makes it in a model.
type change struct {
	group, name string
	from, to    []*schema.Table
	on          []testdb.Kind // nil for every server
	directives  int           // that it takes at the least; 0 for one
	// also holds the number of directives where a server takes another.
	also map[testdb.Kind]int
}

// The servers that changes are about.
var (
	onSQLite   = []testdb.Kind{testdb.KindSQLite}
	onPostgres = []testdb.Kind{testdb.KindPostgres}
	onMySQLs   = []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB}
	onMySQL    = []testdb.Kind{testdb.KindMySQL}
	onMariaDB  = []testdb.Kind{testdb.KindMariaDB}
	notSQLite  = []testdb.Kind{testdb.KindMySQL, testdb.KindMariaDB, testdb.KindPostgres}
	notMySQLs  = []testdb.Kind{testdb.KindSQLite, testdb.KindPostgres}
	notMariaDB = []testdb.Kind{testdb.KindSQLite, testdb.KindPostgres, testdb.KindMySQL}
	notPG      = []testdb.Kind{testdb.KindSQLite, testdb.KindMySQL, testdb.KindMariaDB}
)

func (c change) hits(k testdb.Kind) bool { return c.on == nil || slices.Contains(c.on, k) }

func (c change) least(k testdb.Kind) int {
	if n, ok := c.also[k]; ok {
		return n
	}
	return max(c.directives, 1)
}

// catalogue is every change.
func catalogue() []change {
	return slices.Concat(columnCatalogue(), typeCatalogue(), keyCatalogue(), indexCatalogue(), tableCatalogue(),
		postgresCatalogue(), enumCatalogue(), mysqlCatalogue(), sqliteCatalogue())
}

// alone is a table with a numbered key and what is said.
func alone(items ...schema.TableItem) []*schema.Table { return tables(single(items...)) }

func single(items ...schema.TableItem) *schema.Table {
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())
	return schema.NewTable("t", append([]schema.TableItem{id}, items...)...)
}

// with is the table beside one that it may refer to.
func with(items ...schema.TableItem) []*schema.Table {
	p := schema.NewTable("p", schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("x", schema.Integer(), schema.NotNull()), schema.Column("y", schema.Integer(), schema.NotNull()), schema.UniqueConstraint("uq_p", "x", "y"))
	return tables(p, single(items...))
}

// c is a column of that name.
func c(typ schema.Type, items ...schema.ColumnItem) *schema.ColumnDef {
	return schema.Column("c", typ, items...)
}

// TestCatalogue makes each change on the server: it is found, by the fewest
// directives that make it, after which nothing is left, and what is there is what
// a fresh database has; and it is undone.
func TestCatalogue(t *testing.T) {
	all := catalogue()
	count := map[testdb.Kind]int{}
	seen := map[string]bool{}
	for _, c := range all {
		if key := c.group + ": " + c.name; seen[key] {
			t.Errorf("two changes are called %q", key)
		} else {
			seen[key] = true
		}
		for _, k := range testdb.Kinds() {
			if c.hits(k) {
				count[k]++
			}
		}
	}
	for _, k := range testdb.Kinds() {
		if count[k] < 100 {
			t.Errorf("%s: %d changes, want 100", k, count[k])
		}
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, k)
			for _, c := range all {
				if !c.hits(k) {
					continue
				}
				t.Run(c.group+"/"+c.name, func(t *testing.T) {
					if err := s.single(c); err != nil {
						t.Error(err)
					}
				})
			}
			t.Logf("%d changes", count[k])
		})
	}
}

func (s *server) single(c change) error {
	r, err := s.thereAndBackResult(c.from, c.to, autogen.Options{})
	if err != nil {
		return fmt.Errorf("%w\n%s", err, strings.Join(s.log, ";\n"))
	}
	for _, way := range []struct {
		name string
		ops  []op.Operation
	}{{"up", r.Upgrade}, {"down", r.Downgrade}} {
		n := directives(way.ops)
		switch want := c.least(s.kind); {
		case n == 0:
			return fmt.Errorf("%s: nothing was found", way.name)
		case n > want:
			return fmt.Errorf("%s: %d directives, want %d:%s", way.name, n, want, spell(way.ops))
		}
	}
	return nil
}

// directives counts what a reviewer reads, those in a group one by one.
func directives(ops []op.Operation) (n int) {
	for _, o := range ops {
		if g, ok := o.(*op.AlterTable); ok {
			n += len(g.Changes)
		} else {
			n++
		}
	}
	return n
}
