package autogen_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
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
