package autogen_test

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// recorded reads a recording of Alembic's tests: one case a line, gzipped.
func recorded[T any](t *testing.T, name string) (cases []T) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "alembic", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(z); ; {
		var c T
		switch err := d.Decode(&c); {
		case errors.Is(err, io.EOF):
			return cases
		case err != nil:
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
}

// alembicDialect is what Alembic calls the dialect of a kind of server.
func alembicDialect(k testdb.Kind) string {
	if k == testdb.KindPostgres {
		return "postgresql"
	}
	return k.String()
}

type alembicCase struct {
	Dialect            string
	DDL                []string
	Models             []alembicModel
	IncludeSchemas     bool       `json:"include_schemas"`
	VersionTable       string     `json:"version_table"`
	VersionTableSchema string     `json:"version_table_schema"`
	Diffs              [][]string // what Alembic finds: kind, table where it is told, name
	More               string     // why gomig finds more; a key of moreCases
}

// moreCases are the reasons for which gomig finds a difference where Alembic finds none.
var moreCases = map[string]string{
	"checks":      "checks are compared by what they say, those without a name too",
	"computed":    "a column that is computed otherwise is changed, not warned of",
	"unread":      "SQLAlchemy is made to read no unique constraints; gomig reads them",
	"expressions": "SQLAlchemy does not read indexes on expressions of SQLite, nor compare those of MySQL",
	"operators":   "operator classes are compared, not warned of",
	"names":       "SQLAlchemy cuts long names and adds a hash; gomig takes a name as it is given, and says where it is too long",
	"collations":  "character sets and collations are compared",
	"index":       "an index of the name of its column is one that somebody made, unless a foreign key rests on it",
	"system":      "a declared column xmin is a column: PostgreSQL's own are not for declaring",
}

// TestAlembicCases replays what Alembic's own tests compare: gomig finds what
// Alembic finds, and where that is nothing it finds nothing either, but on purpose.
func TestAlembicCases(t *testing.T) {
	t.Parallel()
	all := recorded[alembicCase](t, "autogen.jsonl.gz")
	for _, k := range testdb.Kinds() {
		t.Run(k.String(), func(t *testing.T) {
			t.Parallel()
			s := onServer(t, k)
			for n, c := range all {
				if c.Dialect != alembicDialect(k) {
					continue
				}
				r, err := s.replay(c)
				if c.More == "names" && nameTooLong(err) {
					continue
				}
				if err != nil {
					t.Errorf("case %d: %v", n, err)
					continue
				}
				found := inAlembicsWords(r.Upgrade)
				for _, d := range c.Diffs {
					goes := d[0] == "remove_index" && slices.Contains(found, "remove_table "+d[1]) // with its table
					if !goes && !slices.Contains(found, strings.Join(d, " ")) {
						t.Errorf("case %d: Alembic finds %q, gomig %q", n, d, found)
					}
				}
				switch {
				case len(c.Diffs) > 0:
				case c.More == "" && !r.Empty():
					t.Errorf("case %d: Alembic finds nothing, gomig %q", n, r.Detected)
				case c.More != "" && r.Empty():
					t.Errorf("case %d: gomig finds nothing, as Alembic; it is recorded to find more: %s", n, moreCases[c.More])
				case c.More != "" && moreCases[c.More] == "":
					t.Errorf("case %d: %q is no reason to find more", n, c.More)
				}
			}
		})
	}
}

// nameTooLong tells whether a comparison ended because the database has no name so long.
func nameTooLong(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "give a shorter one") || strings.Contains(err.Error(), "shorten it"))
}

func (s *server) replay(c alembicCase) (*autogen.Result, error) {
	if err := s.reset(); err != nil {
		return nil, err
	}
	if s.kind == testdb.KindPostgres {
		if err := s.exec("DROP SCHEMA IF EXISTS test_schema CASCADE", "CREATE SCHEMA test_schema"); err != nil {
			return nil, err
		}
	}
	if err := s.exec(c.DDL...); err != nil {
		return nil, err
	}
	o := autogen.Options{
		IncludeSchemas: c.IncludeSchemas,
		VersionTable:   schema.Name{Schema: c.VersionTableSchema, Name: cmp.Or(c.VersionTable, "alembic_version")},
	}
	for _, m := range c.Models {
		o.Metadata = append(o.Metadata, m.metadata())
	}
	if len(o.Metadata) == 0 { // which Alembic takes for a metadata that is empty
		o.Metadata = []*schema.Metadata{metadata()}
	}
	r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
	if err != nil {
		return nil, fmt.Errorf("comparing: %w", err)
	}
	return r, nil
}

// inAlembicsWords are operations as Alembic names differences. Of a constraint it
// does not tell the table, and of one without a name it tells the columns.
func inAlembicsWords(ops []op.Operation) (words []string) {
	say := func(kind string, table schema.Name, name string) {
		words = append(words, kind+" "+table.String()+" "+name)
	}
	index := func(verb string, table schema.Name, name string, unique bool) {
		say(verb+"_index", table, name)
		if unique {
			say(verb+"_constraint", schema.Name{}, name)
		}
	}
	constraint := func(verb string, k schema.Constraint, table schema.Name) {
		switch k := k.(type) {
		case *schema.ForeignKeyDef:
			say(verb+"_fk", schema.Name{}, strings.Join(k.Columns, ","))
		case *schema.UniqueDef:
			say(verb+"_constraint", schema.Name{}, cmp.Or(k.Name, strings.Join(k.Columns, ",")))
			say(verb+"_index", table, k.Name)
		case schema.Constraint:
			say(verb+"_constraint", schema.Name{}, k.ConstraintName())
		}
	}
	for _, o := range ops {
		switch o := o.(type) {
		case *op.AlterTable:
			words = append(words, inAlembicsWords(o.Changes)...)
		case *op.CreateTable:
			words = append(words, "add_table "+o.Table.Name.String())
			for _, i := range o.Table.Indexes {
				index("add", o.Table.Name, i.Name, false)
			}
		case *op.DropTable:
			words = append(words, "remove_table "+o.Table.String())
		case *op.AddColumn:
			say("add_column", o.Table, o.Column.Name)
		case *op.DropColumn:
			say("remove_column", o.Table, o.Name)
		case *op.AlterColumn:
			for _, a := range []struct {
				aspects ddl.Aspect
				kind    string
			}{
				{ddl.TypeAspect | ddl.CollationAspect, "modify_type"},
				{ddl.NullableAspect, "modify_nullable"},
				{ddl.CommentAspect, "modify_comment"},
				{ddl.DefaultAspect | ddl.ComputedAspect | ddl.IdentityAspect | ddl.OptionsAspect, "modify_default"},
			} {
				if o.Change.Any(a.aspects) {
					say(a.kind, o.Table, o.Name)
				}
			}
		case *op.CreateIndex:
			index("add", o.Table, o.Index.Name, o.Index.Unique)
		case *op.DropIndex:
			index("remove", o.Table, o.Name, o.Was != nil && o.Was.Unique)
		case *op.AddConstraint:
			constraint("add", o.Constraint, o.Table)
		case *op.DropConstraint:
			constraint("remove", o.Was, o.Table)
		case *op.TableComment:
			words = append(words, "add_table_comment "+o.Table.String(), "remove_table_comment "+o.Table.String())
		}
	}
	return words
}
