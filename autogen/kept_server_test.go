package autogen_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/schema"
)

// TestWhatATypeKeeps changes the type of columns that have more than a type, and
// what stands in the way of it: PostgreSQL forgets the collation, the storage and
// the compression of a column with its type.
func TestWhatATypeKeeps(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey())
	column := func(typ schema.Type, items ...schema.ColumnItem) []schema.TableItem {
		return []schema.TableItem{id, schema.Column("c", typ, items...)}
	}
	keyed := func(typ schema.Type, columns ...string) []schema.TableItem {
		return []schema.TableItem{
			schema.Column("id", schema.Integer(), schema.NotNull()), schema.Column("n", typ, schema.NotNull()), schema.PrimaryKeyConstraint("pk", columns...),
			schema.Column("g", schema.Text(), schema.ComputedAs("n || 'x'", schema.Stored)),
		}
	}
	for name, c := range map[string][2][]schema.TableItem{
		"a collation":             {column(schema.Text(), schema.Collate("C")), column(schema.String(90), schema.Collate("C"))},
		"the collation of arrays": {column(postgres.Array(schema.Text()), schema.Collate("C")), column(postgres.Array(schema.String(90)), schema.Collate("C"))},
		"another collation":       {column(schema.Text(), schema.Collate("C")), column(schema.String(90), schema.Collate("POSIX"))},
		"storage and compression": {
			column(schema.Text(), postgres.Storage("EXTERNAL"), postgres.Compression("pglz"), postgres.Statistics(7)),
			column(schema.String(90), postgres.Storage("EXTERNAL"), postgres.Compression("pglz"), postgres.Statistics(7)),
		},
		"nothing that the new type has not": {column(schema.Text(), postgres.Storage("EXTERNAL"), schema.Collate("C")), column(schema.Integer())},
		"a default for an identity": {
			column(schema.Integer(), schema.NotNull(), schema.AutoIncrement()), column(schema.Integer(), schema.ServerDefault(schema.Literal(1))),
		},
		"a key beside a generated column": {keyed(schema.String(50), "id"), keyed(schema.String(60), "id", "n")},
	} {
		t.Run(name, func(t *testing.T) {
			if err := s.thereAndBack(tables(schema.NewTable("t", c[0]...)), tables(schema.NewTable("t", c[1]...)), autogen.Options{}); err != nil {
				t.Error(err)
			}
			if err := s.thereAndBack(tables(schema.NewTable("t", c[1]...)), tables(schema.NewTable("t", c[0]...)), autogen.Options{}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSerialsComeBack: what is dropped comes back as it was, be it numbered in the
// old way or inherited.
func TestSerialsComeBack(t *testing.T) {
	t.Run("no hooks", func(t *testing.T) { serialsComeBack(t, autogen.Hooks{}) })
	t.Run("objects", func(t *testing.T) {
		serialsComeBack(t, autogen.Hooks{IncludeObject: func(autogen.Object) bool { return true }})
	})
	t.Run("names", func(t *testing.T) {
		serialsComeBack(t, autogen.Hooks{IncludeName: func(autogen.Kind, string, autogen.Parents) bool { return true }})
	})
}

func serialsComeBack(t *testing.T, hooks autogen.Hooks) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(`CREATE TABLE stays (id int PRIMARY KEY, n bigserial); CREATE TABLE gone (id serial PRIMARY KEY, c int CHECK (c > 0));
		CREATE TABLE child (d int) INHERITS (gone)`); err != nil {
		t.Fatal(err)
	}
	before := s.dump(t)
	m := schema.NewMetadata(schema.Options{})
	m.Table("stays", schema.Column("id", schema.Integer(), schema.PrimaryKey()))
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}, Hooks: hooks})
	if err == nil {
		err = s.run(r.Upgrade)
	}
	if err == nil {
		err = s.run(r.Downgrade)
	}
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, s.dump(t)); d != "" {
		t.Errorf("after downgrading (-want +got):\n%s", d)
	}
}

// TestRenamesKeepSerials: a table with another name, or a column of it, is no reason to
// forget how another column is numbered.
func TestRenamesKeepSerials(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec("CREATE TABLE t (id int PRIMARY KEY, a int, n bigserial); CREATE TABLE u (id int PRIMARY KEY, a int, n bigserial)"); err != nil {
		t.Fatal(err)
	}
	before := s.dump(t)
	m := schema.NewMetadata(schema.Options{})
	id := schema.Column("id", schema.Integer(), schema.PrimaryKey())
	m.Table("t", id.Clone(), schema.Column("b", schema.Integer(), schema.RenamedFrom("a")))
	m.Table("v", schema.RenamedFrom("u"), id.Clone(), schema.Column("a", schema.Integer()))
	r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
	if err == nil {
		err = s.run(r.Upgrade)
	}
	if err == nil {
		err = s.run(r.Downgrade)
	}
	if err != nil {
		t.Fatal(err)
	}
	after := s.dump(t)
	for i := range after { // whose sequence has the name that the server gave it
		after[i] = strings.ReplaceAll(after[i], "v_n_seq", "u_n_seq")
	}
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("after downgrading (-want +got):\n%s", d)
	}
}

// TestTypesByThePath: a type that the search path finds is the same with its schema and without.
func TestTypesByThePath(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec(`CREATE SCHEMA other; CREATE DOMAIN other.dom AS text; CREATE DOMAIN other.num AS int; SET search_path = public, other;
		CREATE TABLE t (a dom, b dom[], c num)`); err != nil {
		t.Fatal(err)
	}
	for want, schemaName := range map[int]string{0: "other", 3: "elsewhere"} {
		m := schema.NewMetadata(schema.Options{})
		m.Table("t", schema.Column("a", postgres.NamedIn(schemaName, "dom")), schema.Column("b", postgres.Array(postgres.NamedIn(schemaName, "dom"))),
			schema.Column("c", postgres.NamedIn(schemaName, "num")))
		r, err := autogen.Compare(s.ctx, s.d, s.conn, autogen.Options{Metadata: []*schema.Metadata{m}})
		if err != nil || len(r.Detected) != want {
			t.Errorf("with schema %s: %v %v, want %d differences", schemaName, r.Detected, err, want)
		}
	}
}

// TestTwins adds constraints without names beside others that say the same: the
// way back drops those that were added, not the ones that were there.
func TestTwins(t *testing.T) {
	parent := schema.NewTable("p", schema.Column("id", schema.Integer(), schema.PrimaryKey()))
	with := func(items ...schema.TableItem) []*schema.Table {
		return tables(parent, schema.NewTable("t", append([]schema.TableItem{
			schema.Column("id", schema.Integer(), schema.PrimaryKey()), schema.Column("a", schema.Integer()), schema.Column("b", schema.Integer()),
		}, items...)...))
	}
	check := func(name string) schema.TableItem { return schema.CheckConstraint(name, "a > 0") }
	unique := func(name string, columns ...string) schema.TableItem {
		return schema.UniqueConstraint(name, columns...)
	}
	key := func(name string, items ...schema.ForeignKeyItem) schema.TableItem {
		return schema.ForeignKeyConstraint(name, []string{"b"}, "p", []string{"id"}, items...)
	}
	everyServer(t, func(t *testing.T, s *server) {
		for name, c := range map[string][2][]*schema.Table{
			"a check beside one without a name":   {with(check("")), with(check(""), check(""))},
			"two checks beside two":               {with(check(""), check("")), with(check(""), check(""), check(""), check(""))},
			"a check beside one with a name":      {with(check("zz_check_of_a")), with(check("zz_check_of_a"), check(""))},
			"a key beside one with a name":        {with(unique("zz_unique", "a")), with(unique("zz_unique", "a"), unique("", "a"))},
			"a key of the same columns":           {with(unique("", "a", "b")), with(unique("", "a", "b"), unique("", "b", "a"))},
			"a key beside the primary key":        {with(), with(unique("", "id"), unique("zz_id", "id"))},
			"two keys of one name's columns":      {with(), with(unique("yy", "a"), unique("", "a"))},
			"a reference that does something":     {with(key("")), with(key(""), key("", schema.OnDelete(schema.Cascade)))},
			"a reference of another name":         {with(key("fk_a")), with(key("fk_a"), key("fk_b"))},
			"a reference of an earlier name":      {with(key("fk_b")), with(key("fk_b"), key("fk_a"))},
			"a reference without a name":          {with(key("fk_a")), with(key("fk_a"), key(""))},
			"a reference beside one without":      {with(key("")), with(key(""), key("fk_a"))},
			"two references without names":        {with(key("")), with(key(""), key(""))},
			"two references of other names":       {with(key("fk_b")), with(key("fk_b"), key("fk_a"), key("fk_c"))},
			"a reference with an index":           {with(key("fk_a"), schema.Index("ix", "b")), with(key("fk_a"), key("fk_b"), schema.Index("ix", "b"))},
			"a reference beside one with actions": {with(key("", schema.OnDelete(schema.Cascade))), with(key("", schema.OnDelete(schema.Cascade)), key(""))},
		} {
			t.Run(name, func(t *testing.T) {
				if err := s.thereAndBack(c[0], c[1], autogen.Options{}); err != nil {
					t.Error(err)
				}
			})
		}
	})
}
