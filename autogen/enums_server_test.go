package autogen_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// TestEnumsThatAreHeld: a type does not go with its last table as long as something
// else in the database is of it, which gomig has not read or does not manage.
func TestEnumsThatAreHeld(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey())
	for what, script := range map[string]string{
		"a table that a hook leaves out":       "CREATE TABLE left_out (m mood[])",
		"a table of a schema that is not read": "CREATE SCHEMA other; CREATE TABLE other.t (m mood)",
		"a domain":                             "CREATE DOMAIN dom AS mood",
		"a function":                           "CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"a composite type":                     "CREATE TYPE comp AS (m mood)",
		"":                                     "CREATE TABLE part PARTITION OF gone FOR VALUES IN ('a')",
	} {
		if err := s.reset(); err != nil {
			t.Fatal(err)
		}
		if err := s.exec("CREATE TYPE mood AS ENUM ('a'); CREATE TABLE stays (id int PRIMARY KEY); CREATE TABLE gone (m mood) PARTITION BY LIST (m)", script); err != nil {
			t.Fatal(err)
		}
		m := schema.NewMetadata(schema.Options{})
		m.Table("stays", id)
		for _, o := range []autogen.Options{
			{IncludeTable: func(n schema.Name) bool { return n.Name != "left_out" }},
			{Hooks: autogen.Hooks{IncludeName: func(_ autogen.Kind, name string, _ autogen.Parents) bool { return name != "left_out" }}},
			{Hooks: autogen.Hooks{IncludeObject: func(o autogen.Object) bool { return o.Name != "left_out" }}},
		} {
			o.Metadata = []*schema.Metadata{m}
			r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
			if err != nil {
				t.Fatal(err)
			}
			if drops := strings.Contains(lines(r.Upgrade), "mood"); drops != (what == "") {
				t.Errorf("with %q the type is dropped: %v\n%s", what, drops, found(r))
			}
			if err := s.exec("BEGIN"); err != nil {
				t.Fatal(err)
			}
			for _, p := range r.Upgrade {
				if err := s.invoke(s.conn, func(ops *op.Operations) { ops.Invoke(p) }); err != nil {
					t.Errorf("with %q: %v", what, err)
				}
			}
			if err := s.exec("ROLLBACK"); err != nil {
				t.Fatal(err)
			}
		}
	}
}
