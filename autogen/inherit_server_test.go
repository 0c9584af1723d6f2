package autogen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/internal/testdb"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

// heirs are tables by name, each behind its parents, with the parents of each.
type heirs [][]string

// with declares the tables with these items in all of them.
func (h heirs) with(items ...schema.TableItem) func(m *schema.Metadata) {
	return func(m *schema.Metadata) {
		for _, names := range h {
			all := []schema.TableItem{schema.Column("id", schema.BigInteger(), schema.NotNull())}
			if len(names) > 1 {
				all = append(all, postgres.Inherits(names[1:]...))
			}
			for _, i := range items {
				switch k := i.(type) {
				case *schema.ColumnDef:
					i = k.Clone()
				case *schema.CheckDef:
					i = k.Clone()
				}
				all = append(all, i)
			}
			m.Table(names[0], all...)
		}
	}
}

// TestInheritedAndOwn changes what tables inherit, be it theirs as well or not: the
// changes lead there, back and there again, with GOMIG_TEST_LONG also grouped by table,
// and what was a table's own stays it.
func TestInheritedAndOwn(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	two := heirs{{"plant"}, {"apple", "plant"}}
	deep := append(two[:2:2], []string{"aaa", "apple"}, []string{"zebra", "plant"})
	mixed := heirs{{"plant"}, {"zoo"}, {"mixed", "plant", "zoo"}}
	n := func(t schema.Type) *schema.ColumnDef { return schema.Column("n", t) }
	check := func(name, expr string) schema.TableItem { return schema.CheckConstraint(name, expr) }
	numeric, integer := n(schema.Numeric(10, 2)), n(schema.Integer())
	parentAnd := func(parent, child []schema.TableItem) func(m *schema.Metadata) {
		return func(m *schema.Metadata) {
			heirs{{"plant"}}.with(parent...)(m)
			heirs{{"apple", "plant"}, {"zebra", "plant"}}.with(child...)(m)
		}
	}
	def := func(name string, value int) schema.TableItem {
		return schema.Column(name, schema.Integer(), schema.ServerDefault(schema.Literal(value)))
	}
	text := func(name string, opts ...schema.ColumnItem) *schema.ColumnDef {
		return schema.Column(name, schema.Text(), opts...)
	}
	binary := schema.Column("n", schema.Blob())
	type items = []schema.TableItem
	for _, c := range []struct {
		name          string
		before, after func(m *schema.Metadata)
		oneWay        bool // what comes after cannot be declared, or be so in a new table
	}{
		{"check on a column of another type", two.with(numeric, check("ripe", "n > 0")), two.with(integer, check("ripe", "n > 0")), false},
		{"check on a column of another type, deep", deep.with(numeric, check("ripe", "n > 0")), deep.with(integer, check("ripe", "n > 0")), false},
		{"check without a name", deep.with(numeric, check("", "n > 0")), deep.with(integer, check("", "n > 0")), false},
		{"another check", deep.with(integer, check("ripe", "n > 0")), deep.with(integer, check("ripe", "n > 1")), false},
		{"a check less", deep.with(integer, check("ripe", "n > 0")), deep.with(integer), false},
		{"a check without a name less", deep.with(integer, check("", "n > 0")), deep.with(integer), false},
		{"a check of two parents less", mixed.with(integer, check("ripe", "n > 0")), mixed.with(integer), false},
		{"a column less", deep.with(integer, schema.Column("e", schema.Text(), schema.NotNull(), schema.ServerDefault(schema.Literal("x")))), deep.with(integer), false},
		{"a column of two parents less", mixed.with(integer, schema.Column("e", schema.Text())), mixed.with(integer), false},
		{"a column less, with a check", deep.with(integer, schema.Column("e", schema.Integer()), check("ripe", "e > n")), deep.with(integer), false},
		{"column that nothing converts", deep.with(n(schema.Boolean())), deep.with(n(schema.Date())), false},
		{
			"column that nothing converts, with a check",
			deep.with(n(schema.Boolean()), check("ripe", "n IS NOT NULL")), deep.with(n(schema.Date()), check("ripe", "n IS NOT NULL")), false,
		},
		{
			"a check of the child alone less, of two that say the same",
			parentAnd(items{integer}, items{n(schema.Integer()), check("a", "n > 0"), check("b", "n > 0")}), parentAnd(items{integer}, items{n(schema.Integer()), check("b", "n > 0")}), false,
		},
		{
			"a check of the parent less that the child keeps",
			parentAnd(items{integer, check("ripe", "n > 0")}, items{n(schema.Integer()), check("ripe", "n > 0")}), parentAnd(items{integer}, items{n(schema.Integer()), check("ripe", "n > 0")}), false,
		},
		{
			"a check of the parent less that the child has otherwise",
			parentAnd(items{integer, check("ripe", "n > 0")}, items{n(schema.Integer()), check("ripe", "n > 0")}), parentAnd(items{integer}, items{n(schema.Integer()), check("ripe", "n > 1")}), false,
		},
		{
			"a check that the child does not say",
			parentAnd(items{numeric, check("ripe", "n > 0")}, items{n(schema.Numeric(10, 2))}), parentAnd(items{integer, check("ripe", "n > 0")}, items{n(schema.Integer())}), false,
		},
		{
			"checks without names that say different things",
			parentAnd(items{integer}, items{n(schema.Integer())}), parentAnd(items{integer, check("", "n > 0")}, items{n(schema.Integer()), check("", "n > 0"), check("", "n > 1")}), false,
		},
		{
			"a default of the parent that is another in the child",
			parentAnd(items{integer}, items{n(schema.Integer())}), parentAnd(items{def("n", 1)}, items{def("n", 2)}), false,
		},
		{
			"a default of the parent that the child does not get",
			parentAnd(items{def("n", 1)}, items{def("n", 2)}), parentAnd(items{def("n", 3)}, items{def("n", 2)}), false,
		},
		{
			"a parent that must not be NULL with a child that may",
			deep.with(integer),
			func(m *schema.Metadata) {
				heirs{{"plant"}}.with(schema.Column("n", schema.Integer(), schema.NotNull()))(m)
				deep[1:].with(integer)(m)
			}, true,
		},
		{
			"new columns with other defaults and a comment",
			parentAnd(items{integer}, items{n(schema.Integer())}), parentAnd(
				items{integer, def("a", 1), def("b", 1), schema.Column("c", schema.Integer(), schema.Comment("c"))},
				items{n(schema.Integer()), def("a", 2), schema.Column("b", schema.Integer()), schema.Column("c", schema.Integer(), schema.Comment("c"))}), true,
		},
		{
			"how the parent keeps values, and the children do not",
			parentAnd(items{text("n")}, items{text("n")}), parentAnd(items{text("n", postgres.Storage("EXTERNAL"), postgres.Statistics(5))}, items{text("n")}), false,
		},
		{
			"how the parent keeps values, and the children otherwise",
			parentAnd(items{text("n")}, items{text("n")}),
			parentAnd(items{text("n", postgres.Storage("EXTERNAL"))}, items{text("n", postgres.Storage("MAIN"), postgres.Statistics(7), postgres.Compression("pglz"))}), false,
		},
		{
			"how the children keep values of another type",
			parentAnd(items{text("n")}, items{text("n", postgres.Storage("EXTERNAL"), postgres.Compression("pglz"))}),
			parentAnd(items{binary}, items{schema.Column("n", schema.Blob(), postgres.Storage("EXTERNAL"), postgres.Compression("pglz"))}), false,
		},
		{
			"new columns that are kept otherwise, and again otherwise below",
			heirs{{"plant"}, {"apple", "plant"}, {"red", "apple"}}.with(integer), func(m *schema.Metadata) {
				kept, pglz := text("k", postgres.Storage("EXTERNAL"), postgres.Statistics(5)), text("p", postgres.Compression("pglz"))
				heirs{{"plant"}}.with(integer, kept, pglz, text("n2"))(m)
				heirs{{"apple", "plant"}}.with(integer, text("k"), text("p"), text("n2", postgres.Storage("MAIN"), schema.ServerDefault(schema.Literal("x"))))(m)
				heirs{{"red", "apple"}}.with(integer, kept, pglz, text("n2"))(m)
			}, true,
		},
		{
			"compression that is another below",
			parentAnd(items{text("n", postgres.Compression("lz4"))}, items{text("n", postgres.Compression("pglz"))}),
			parentAnd(items{text("n", postgres.Compression("pglz"))}, items{text("n")}), false,
		},
		{
			"a new child of a parent that changes",
			two[:1].with(integer, check("ripe", "n > 0")), two.with(numeric, schema.Column("o", schema.Integer()), check("ripe", "n > 1")), false,
		},
		{
			"a column with another name",
			two.with(integer, check("ripe", "n > 0")), two.with(
				schema.Column("k", schema.Integer(), schema.RenamedFrom("n")), check("ripe", "k > 0")), true,
		},
		{
			"a parent with another name that changes",
			two.with(integer, check("ripe", "n > 0")), func(m *schema.Metadata) {
				m.Table("zplant", schema.RenamedFrom("plant"), schema.Column("id", schema.BigInteger(), schema.NotNull()), numeric.Clone(), schema.CheckConstraint("ripe", "n > 0"))
				heirs{{"apple", "zplant"}}.with(numeric, check("ripe", "n > 0"))(m)
			}, true,
		},
	} {
		for from, to := range map[string][2]func(m *schema.Metadata){"": {c.before, c.after}, " backwards": {c.after, c.before}} {
			if from != "" && c.oneWay {
				continue
			}
			for _, kept := range []string{"own", "inherited"} {
				t.Run(fmt.Sprint(c.name, from, " ", kept), func(t *testing.T) {
					var o autogen.Options
					if kept == "inherited" { // a hook is no reason to forget it
						o.IncludeObject = func(autogen.Object) bool { return true }
					}
					s.inherits(t, to[0], to[1], kept == "inherited", o)
					if long() {
						o.Batch = autogen.BatchAlways
						s.inherits(t, to[0], to[1], kept == "inherited", o)
					}
				})
			}
		}
	}
}

// TestInheritedColumnsThatGo warns of a column that a table is to keep and cannot.
func TestInheritedColumnsThatGo(t *testing.T) {
	s := onServer(t, testdb.KindPostgres)
	if err := s.exec("CREATE TABLE plant (n int, m int); CREATE TABLE apple () INHERITS (plant); CREATE TABLE pear (n int) INHERITS (plant)"); err != nil {
		t.Fatal(err)
	}
	n, m := schema.Column("n", schema.Integer()), schema.Column("m", schema.Integer())
	r, err := s.compare(tables(schema.NewTable("plant", m), schema.NewTable("apple", n, m, postgres.Inherits("plant")),
		schema.NewTable("pear", n, m, postgres.Inherits("plant"))), autogen.Options{}, "its values are lost")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"column 'apple.n' is the table's by its parent 'plant' alone: it goes with that column, and its values are lost; end the inheritance before in the revision, or keep the column there"}
	if d := cmp.Diff(want, r.Warnings); d != "" {
		t.Errorf("warnings (-want +got):\n%s", d)
	}
}

// inherits takes a database from one declaration to the other, back and there again.
// What tables have in common with their parents is their own, or left to those.
func (s *server) inherits(t *testing.T, before, after func(m *schema.Metadata), left bool, o autogen.Options) {
	t.Helper()
	to := func(declare func(m *schema.Metadata)) (*autogen.Result, string) {
		t.Helper()
		m := schema.NewMetadata(schema.Options{})
		declare(m)
		if left {
			leaveToParents(m)
		}
		o.Metadata = []*schema.Metadata{m}
		r, err := autogen.Compare(s.ctx, s.d, s.conn, o)
		if err != nil {
			t.Fatal(err)
		}
		s.log = nil
		if err := s.run(r.Upgrade); err != nil {
			t.Fatalf("upgrading: %v\n%s\nby%s", err, strings.Join(s.log, ";\n"), spell(r.Upgrade))
		}
		if err := s.settled(m.Tables(), autogen.Options{}); err != nil {
			t.Fatalf("after upgrading: %v\n%s", err, strings.Join(s.log, ";\n"))
		}
		return r, s.inheritance(t)
	}
	if err := s.reset(); err != nil {
		t.Fatal(err)
	}
	_, was := to(before)
	r, is := to(after)
	for _, way := range []struct {
		what string
		ops  []op.Operation
		want string
	}{{"downgrading", r.Downgrade, was}, {"upgrading again", r.Upgrade, is}} {
		s.log = nil
		if err := s.run(way.ops); err != nil {
			t.Fatalf("%s: %v\n%s\nby%s", way.what, err, strings.Join(s.log, ";\n"), spell(way.ops))
		}
		if d := cmp.Diff(way.want, s.inheritance(t)); d != "" {
			t.Errorf("after %s (-want +got):\n%s\n%s", way.what, d, strings.Join(s.log, ";\n"))
		}
	}
}

// leaveToParents says of all columns and checks that a table has them by its parents
// alone, if those have them.
func leaveToParents(m *schema.Metadata) {
	for _, t := range m.Tables() {
		o, ok := schema.Find[postgres.InheritsOption](t.Options)
		if !ok {
			continue
		}
		first, _, _ := strings.Cut(o.Parents, "\x00")
		at := slices.IndexFunc(m.Tables(), func(p *schema.Table) bool { return p.Name.Name == first })
		parent := m.Tables()[at]
		for _, c := range t.Columns {
			if parent.Column(c.Name) != nil {
				postgres.Inherited().AddToColumn(c)
			}
		}
		for _, k := range t.Checks {
			if slices.ContainsFunc(parent.Checks, func(p *schema.CheckDef) bool { return p.Name == k.Name && k.Name != "" }) {
				postgres.Inherited().AddToConstraint(k)
			}
		}
	}
}

// inheritance is what tables have of columns and checks, and whether it is their own.
func (s *server) inheritance(t *testing.T) (out string) {
	t.Helper()
	s.asked++
	if err := s.conn.QueryRowContext(s.ctx, fmt.Sprintf(`SELECT string_agg(line, chr(10) ORDER BY line) FROM (
		SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' own ' || attislocal || ', inherited ' || attinhcount || CASE WHEN attnotnull THEN ', not null' ELSE '' END ||
			concat(', ', attstorage, ' ', nullif(attstattarget, -1), ' ', to_jsonb(a) ->> 'attcompression') ||
			coalesce(', default ' || pg_get_expr(adbin, adrelid), '') || coalesce(', ' || col_description(attrelid, attnum), '') AS line
		FROM pg_attribute a LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')
		UNION ALL
		SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' own ' || conislocal || ', inherited ' || coninhcount
		FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace) l -- %d`, s.asked)).Scan(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
