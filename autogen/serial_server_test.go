package autogen_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// TestSerialComesBack: a column that is no longer numbered becomes serial again, and
// says so in the revision; its rows are numbered behind those there are.
func TestSerialComesBack(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(`CREATE SCHEMA other; CREATE TABLE t (id int PRIMARY KEY, n smallserial, "odd 'N" bigserial); INSERT INTO t VALUES (1, 7, 9);
		CREATE TABLE other.t (id serial PRIMARY KEY, a int)`); err != nil {
		t.Fatal(err)
	}
	before := s.dump(t)
	m := schema.NewMetadata(schema.Options{})
	m.Table("t", schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("n", schema.SmallInteger(), schema.NotNull()),
		schema.Column("odd 'N", schema.BigInteger(), schema.NotNull()))
	m.Table("t", schema.InSchema("other"), schema.Column("id", schema.Integer(), schema.NotNull(), schema.PrimaryKey()), schema.Column("a", schema.Integer()))
	o := autogen.Options{Metadata: []*schema.Metadata{m}}
	r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
	if err == nil {
		err = s.run(r.Upgrade)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.nothing(t, 0, "after upgrading", o)
	said := 0
	var walk func(list []op.Operation)
	walk = func(list []op.Operation) {
		for _, p := range list {
			switch p := p.(type) {
			case *op.AlterTable:
				walk(p.Changes)
			case *op.AlterColumn:
				if slices.Contains(p.New.Options, schema.Option(postgres.Serial())) && p.Change.Has(ddl.OptionsAspect) {
					said++
				}
			}
		}
	}
	walk(r.Downgrade)
	if said != 3 {
		t.Errorf("%d columns say that they are serial: %v", said, r.Downgrade)
	}
	if err := s.run(r.Downgrade); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, s.dump(t)); d != "" {
		t.Errorf("after downgrading (-want +got):\n%s", d)
	}
	var n, odd, id int
	err = s.conn.QueryRowContext(s.ctx, `WITH a AS (INSERT INTO t (id) VALUES (2) RETURNING n, "odd 'N"), b AS (INSERT INTO other.t DEFAULT VALUES RETURNING id) SELECT * FROM a, b`).Scan(&n, &odd, &id)
	if err != nil || n != 8 || odd != 10 || id != 1 {
		t.Errorf("the next numbers are %d, %d, %d: %v", n, odd, id, err)
	}
}
