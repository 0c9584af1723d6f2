// Package catalogue holds single changes of a schema, one of each kind that a
// model can declare: what autogenerate is tested with on every server, and
// measured by beside other tools.
package catalogue

import (
	"slices"

	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// Change is a single change of a schema, as one makes it in a model.
type Change struct {
	Group, Name string
	From, To    []*schema.Table
	on          []testdb.Kind       // nil for every server
	directives  int                 // that it takes at the least; 0 for one
	also        map[testdb.Kind]int // the same where a server takes another number
}

// String is the group and the name, by which a change is known.
func (c Change) String() string { return c.Group + ": " + c.Name }

// On reports whether a server knows what the change is about.
func (c Change) On(k testdb.Kind) bool {
	if k == testdb.KindTiDB && slices.Contains(notTiDB, c.String()) {
		return false
	}
	return c.on == nil || slices.Contains(c.on, ofSQL(k))
}

// notTiDB are changes of what MySQL has and TiDB 8.5 does not: it has neither
// invisible columns, geometries nor full-text indexes, takes only some functions as
// a default, and makes nothing of a descending index, an engine or a row format.
var notTiDB = []string{
	"column: default an expression", "column: default another expression", "index: descending",
	"MySQL column: invisible", "MySQL column: visible again", "MySQL column: reference system",
	"MySQL index: fulltext", "MySQL index: words by ngrams", "MySQL primary key: descending", "MySQL primary key: method",
	"MySQL table: engine", "MySQL table: row format", "MySQL table: row format, another", "MySQL table: any other option",
}

// ofSQL is the server of the same SQL that changes are listed for.
func ofSQL(k testdb.Kind) testdb.Kind {
	if k == testdb.KindTiDB {
		return testdb.KindMySQL
	}
	return k
}

// Directives is the smallest number of directives that make the change.
func (c Change) Directives(k testdb.Kind) int {
	if n, ok := c.also[ofSQL(k)]; ok {
		return n
	}
	return max(c.directives, 1)
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

// Changes is every change.
func Changes() []Change {
	return slices.Concat(columns(), types(), keys(), indexes(), wholeTables(), postgresOnly(), enums(), mysqlOnly(), sqliteOnly())
}

func tables(list ...*schema.Table) []*schema.Table { return list }

func items(list ...schema.TableItem) []schema.TableItem { return list }

// alone is a table with a numbered key and what is said.
func alone(items ...schema.TableItem) []*schema.Table { return tables(single(items...)) }

func single(items ...schema.TableItem) *schema.Table {
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement())
	return schema.NewTable("t", append([]schema.TableItem{id}, items...)...)
}

// with is the table beside one that it may refer to.
func with(items ...schema.TableItem) []*schema.Table {
	return tables(schema.NewTable("p", referred()...), single(items...))
}

// withPair is the same beside one that it may refer to by two columns.
func withPair(items ...schema.TableItem) []*schema.Table {
	return tables(schema.NewTable("p", append(referred(), schema.UniqueConstraint("uq_p", "x", "y"))...), single(items...))
}

func referred() []schema.TableItem {
	return items(schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("x", schema.Integer(), schema.NotNull()), schema.Column("y", schema.Integer(), schema.NotNull()))
}

// c is a column of that name.
func c(typ schema.Type, items ...schema.ColumnItem) *schema.ColumnDef {
	return schema.Column("c", typ, items...)
}
