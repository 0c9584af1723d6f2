package autogen_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

// TestOperationsStandByTable compares several tables that change in several ways,
// some of which must wait for what happens to another table.
func TestOperationsStandByTable(t *testing.T) {
	t.Parallel()
	key := func(name, column, to string) schema.TableItem {
		return schema.ForeignKeyConstraint(name, []string{column}, to, []string{"id"})
	}
	have := tables(
		table("a", intColumn("x"), intColumn("old"), schema.Index("ix_a", "x"), key("fk_a", "x", "c")),
		table("b", intColumn("x"), intColumn("old"), key("fk_b", "x", "a")),
		table("c", intColumn("old")),
		table("gone", schema.Index("ix_gone", "id")),
	)
	want := tables(
		table("a", intColumn("x"), intColumn("new"), schema.Index("ix_a_new", "new")),
		table("b", intColumn("x"), intColumn("new"), key("fk_b_new", "x", "fresh")),
		table("c", intColumn("new")),
		table("fresh", schema.Index("ix_fresh", "id")),
	)
	r := compare(t, &fake{}, have, want, autogen.Options{})
	if diff := cmp.Diff(`up:
create table "fresh"
create index "ix_fresh" on table "fresh"
drop foreign key "fk_b" of table "b"
add column "new" to table "b"
add foreign key "fk_b_new" to table "b"
drop column "old" of table "b"
drop foreign key "fk_a" of table "a"
drop index "ix_a" of table "a"
add column "new" to table "a"
create index "ix_a_new" on table "a"
drop column "old" of table "a"
add column "new" to table "c"
drop column "old" of table "c"
drop table "gone"
down:
create table "gone"
create index "ix_gone" on table "gone"
drop foreign key "fk_b_new" of table "b"
add column "old" to table "b"
drop index "ix_a_new" of table "a"
add column "old" to table "a"
create index "ix_a" on table "a"
add foreign key "fk_b" to table "b"
drop column "new" of table "b"
add column "old" to table "c"
add foreign key "fk_a" to table "a"
drop column "new" of table "a"
drop column "new" of table "c"
drop table "fresh"
`, found(r)); diff != "" {
		t.Error(diff)
	}
}

// TestCutNamesKeepTheirOrder: the name that a server makes up begins with no more
// than a part of a long table's name, and stands in order with a name that may be it.
func TestCutNamesKeepTheirOrder(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a_long_name_", 5) + "new"
	have := tables(table("b", intColumn("x"), schema.ForeignKeyConstraint("fk", []string{"x"}, "c", []string{"id"})), table("c"))
	want := tables(table("b", intColumn("x"), schema.Index(long[:58]+"_pkey", "x")), table("c"), table(long))
	r := compare(t, &fake{}, have, want, autogen.Options{})
	var up []string
	for _, o := range r.Upgrade {
		up = append(up, o.String())
	}
	if diff := cmp.Diff([]string{
		`create table "` + long + `"`, `drop foreign key "fk" of table "b"`, `create index "` + long[:58] + `_pkey" on table "b"`,
	}, up); diff != "" {
		t.Error(diff)
	}
}

// TestNamesThatAreTooLong are refused when they are compared, not when a revision runs.
func TestNamesThatAreTooLong(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 32)
	have := schema.NewTable("t", schema.Column("a", schema.Integer()))
	column := schema.Column("a", schema.Integer())
	for want, declared := range map[string][]*schema.Table{
		`create table "` + long + `"`:                       tables(have, schema.NewTable(long, column)),
		`create table "u"`:                                  tables(have, schema.NewTable("u", column, schema.CheckConstraint(long, "a > 0"))),
		`add column "` + long + `" to table "t"`:            tables(schema.NewTable("t", column, schema.Column(long, schema.Integer()))),
		`create index "` + long + `" on table "t"`:          tables(schema.NewTable("t", column, schema.Index(long, "a"))),
		`add unique constraint "` + long + `" to table "t"`: tables(schema.NewTable("t", column, schema.UniqueConstraint(long, "a"))),
		`create enum "` + long + `"`:                        tables(schema.NewTable("t", column, schema.Column("e", schema.Enum(long, "x")))),
	} {
		d := &fake{traits: dialect.Traits{EnumTypes: true}, quote: postgres.System().Offline("").Quote}
		d.found.Tables = tables(have)
		_, err := autogen.Compare(t.Context(), d, nil, autogen.Options{Metadata: []*schema.Metadata{metadata(declared...)}})
		if err == nil || err.Error() != want+`: quoting the name "`+long+`": it has 64 bytes, PostgreSQL takes at most 63; give a shorter one` {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}
