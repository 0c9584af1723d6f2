package autogen_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// alembicElement is one comparison of Alembic's tests: of a type, a server
// default, an index or a unique constraint.
type alembicElement struct {
	Kind     string
	Dialect  string
	Database json.RawMessage   // SQL of a type or default; an index or constraint
	Model    json.RawMessage   // likewise
	Setup    []string          // what must be there before the table
	Type     string            // of the column with the default
	Primary  bool              `json:"primary_key"`
	Columns  map[string]string // types of the columns of an index or constraint
	Differs  bool
	More     string // why gomig finds more; a key of moreElements
}

// moreElements are the reasons for which gomig finds a difference where Alembic finds none.
var moreElements = map[string]string{
	"collations": "character sets and collations are compared",
	"descending": "SQLAlchemy does not read which way a key of an index is sorted",
	"json":       "MariaDB's JSON is a LONGTEXT with a check, which this one lacks",
	"literals":   "a literal is a text: 'CURRENT_TIMESTAMP' in quotes is not the time of now",
	"names":      "SQLAlchemy cuts long names and adds a hash; gomig takes a name as it is given, and says where it is too long",
	"operators":  "operator classes are compared, not warned of",
	"order":      "the values of an enumeration sort by their places, which are others",
	"scale":      "a length or scale that one side leaves out is another one",
	"text":       "SQLite keeps the text of a type: DECIMAL is not NUMERIC there",
}

// TestAlembicElements replays the single comparisons of Alembic's own tests:
// what differs to Alembic differs to gomig, and what does not does not, but on purpose.
func TestAlembicElements(t *testing.T) {
	t.Parallel()
	all := recorded[alembicElement](t, "elements.jsonl.gz")
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, k)
			for n, e := range all {
				// What Alembic compares without a database is SQL of no dialect, which SQLite takes.
				if e.Dialect != alembicDialect(k) && (e.Dialect != "default" || k != testdb.KindSQLite) {
					continue
				}
				r, err := s.element(e)
				switch {
				case e.More == "names" && nameTooLong(err):
				case err != nil:
					t.Errorf("%s %d: %v", e.Kind, n, err)
				case e.Differs && r.Empty():
					t.Errorf("%s %d: Alembic finds a difference: %s, %s", e.Kind, n, e.Database, e.Model)
				case !e.Differs && e.More == "" && !r.Empty():
					t.Errorf("%s %d: Alembic finds none, gomig %q: %s, %s", e.Kind, n, r.Detected, e.Database, e.Model)
				case e.More != "" && (r.Empty() || moreElements[e.More] == ""):
					t.Errorf("%s %d: gomig finds %q, and is recorded to find more: %q", e.Kind, n, r.Detected, e.More)
				}
			}
		})
	}
}

// element makes a table as the database has it and compares it with the model's.
func (s *server) element(e alembicElement) (*autogen.Result, error) {
	if err := s.exec("DROP TABLE IF EXISTS t"); err != nil {
		return nil, err
	}
	have, want, err := e.tables()
	if err != nil {
		return nil, err
	}
	if err := s.exec(e.Setup...); err != nil {
		return nil, err
	}
	if err := s.create(tables(have)); err != nil {
		return nil, err
	}
	r, err := s.compare(tables(want), autogen.Options{})
	if err != nil {
		return nil, fmt.Errorf("comparing %s, %s: %w", e.Database, e.Model, err)
	}
	return r, nil
}

// tables are the two sides of the comparison.
func (e alembicElement) tables() (have, want *schema.Table, err error) {
	read := func(from json.RawMessage, to any) {
		if err == nil && from != nil {
			err = json.Unmarshal(from, to)
		}
	}
	switch e.Kind {
	case "type":
		var sql string
		var model alembicType
		read(e.Database, &sql)
		read(e.Model, &model)
		return schema.NewTable("t", schema.Column("c", schema.RawSQL(sql))), schema.NewTable("t", schema.Column("c", model.schema())), err
	case "server_default":
		var sql string
		var model *alembicDefault
		read(e.Database, &sql)
		read(e.Model, &model)
		column := func() *schema.ColumnDef {
			c := schema.Column("c", schema.RawSQL(e.Type))
			c.Nullable = !e.Primary
			return c
		}
		a, b := column(), column()
		if sql != "" {
			a.Default = schema.SQL(sql)
		}
		model.apply(b)
		key := func(c *schema.ColumnDef) *schema.Table {
			if e.Primary {
				return schema.NewTable("t", c, schema.PrimaryKeyConstraint("", "c"))
			}
			return schema.NewTable("t", c)
		}
		return key(a), key(b), err
	}
	table := func(part json.RawMessage) *schema.Table {
		items := []schema.TableItem{}
		for _, name := range slices.Sorted(maps.Keys(e.Columns)) {
			items = append(items, schema.Column(name, schema.RawSQL(e.Columns[name])))
		}
		if e.Kind == "unique" {
			var k alembicConstraint
			read(part, &k)
			items = append(items, k.item())
		} else {
			var i alembicIndex
			read(part, &i)
			items = append(items, i.index())
		}
		return schema.NewTable("t", items...)
	}
	have, want = table(e.Database), table(e.Model)
	return have, want, err
}
