package autogen_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

func remarked(ops []op.Operation, list []autogen.Remark) string {
	var b strings.Builder
	for i, o := range ops {
		if list[i].Heading != "" {
			fmt.Fprintf(&b, "%s:\n", list[i].Heading)
		}
		for _, l := range list[i].Lines {
			fmt.Fprintf(&b, "  %s\n", l)
		}
		fmt.Fprintf(&b, "%s\n", o)
	}
	return b.String()
}

// retyped alters the type of a column.
func retyped(name string, from, to schema.Type) *op.AlterColumn {
	return &op.AlterColumn{
		Table: schema.Name{Name: "a"}, Name: name, Change: ddl.TypeAspect,
		New: schema.ColumnDef{Name: name, Type: to}, Existing: schema.Column(name, from),
	}
}

func TestRemarks(t *testing.T) {
	t.Parallel()
	d := postgres.System().Offline("postgresql")
	a, b := schema.Name{Name: "a"}, schema.Name{Name: "b"}
	gone := schema.NewTable("b", schema.Column("id", schema.Integer()))
	lost := schema.Column("x", schema.Text())
	computed := schema.Column("c", schema.Integer(), schema.ComputedAs("1", schema.Stored))
	body := autogen.Body{
		Upgrade: []op.Operation{
			&op.AlterTable{Table: a, Changes: []op.Operation{
				&op.AddColumn{Table: a, Column: schema.Column("n", schema.Integer(), schema.NotNull())},
				&op.DropColumn{Table: a, Name: "x", Was: lost},
				&op.DropColumn{Table: a, Name: "c", Was: computed},
			}},
			retyped("s", schema.String(100), schema.String(50)),
			&op.AlterColumn{Table: a, Name: "q", Change: ddl.NullableAspect, New: schema.ColumnDef{Name: "q"}},
			&op.RebuildEnum{Name: schema.Name{Name: "mood"}, Values: []string{"sad"}, Was: []string{"sad", "glad", "mad"}, Renamed: []ddl.Renaming{{From: "mad", To: "sad"}}},
			&op.DropTable{Table: b, Was: gone},
		},
		Downgrade: []op.Operation{
			&op.CreateTable{Table: gone},
			retyped("s", schema.String(50), schema.String(100)),
			&op.AddColumn{Table: a, Column: lost},
			&op.AddColumn{Table: a, Column: computed},
			&op.DropColumn{Table: a, Name: "n"},
		},
	}
	up, down := autogen.Remarks(d, body)
	if diff := cmp.Diff(`Table "a":
  Existing rows: they have no value for column "n" of table "a", which is NOT NULL without a default.
  Data loss: the values of column "x" of table "a" are gone.
alter table "a"
  Data loss: column "s" of table "a" goes from VARCHAR(100) to VARCHAR(50); values of more than 50 characters do not fit.
alter column "s" of table "a"
  Existing rows: column "q" of table "a" becomes NOT NULL; rows that hold NULL there make this fail.
alter column "q" of table "a"
Enum "mood":
  Data loss: enum "mood" loses "glad"; rows that hold one of them make this fail.
rebuild enum "mood"
Table "b":
  Data loss: the rows of table "b" are gone.
drop table "b"
`, remarked(body.Upgrade, up)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(`Table "b":
  Not restored: the rows that table "b" had before the upgrade.
create table "b"
Table "a":
  Not restored: what the upgrade cut off in column "s" of table "a".
alter column "s" of table "a"
  Not restored: the values that column "x" of table "a" had before the upgrade.
add column "x" to table "a"
add column "c" to table "a"
  Data loss: the values of column "n" of table "a" are gone.
drop column "n" of table "a"
`, remarked(body.Downgrade, down)); diff != "" {
		t.Error(diff)
	}
	const sum = "1 table dropped (data loss), 1 column added, 2 columns dropped (data loss), 2 columns changed (data loss), 1 enum changed (data loss)"
	if got := autogen.Summary(d, body.Upgrade); got != sum {
		t.Errorf("%s\nwant %s", got, sum)
	}
	// One table needs no heading.
	if up, _ := autogen.Remarks(d, autogen.Body{Upgrade: body.Upgrade[:2]}); up[0].Heading != "" {
		t.Errorf("heading %q", up[0].Heading)
	}
	if got := autogen.Summary(d, nil); got != "" {
		t.Errorf("%q", got)
	}
}

func TestNarrowing(t *testing.T) {
	t.Parallel()
	pg, my, lite := postgres.System().Offline("postgresql"), mysql.System().Offline("mysql"), sqlite.System().Offline("sqlite")
	for _, c := range []struct {
		d        dialect.Dialect
		from, to schema.Type
		want     string
	}{
		{pg, schema.Integer(), schema.BigInteger(), ""},
		{pg, schema.BigInteger(), schema.Integer(), "numbers of more than 32 bits do not fit"},
		{pg, schema.Integer(), schema.SmallInteger(), "numbers of more than 16 bits do not fit"},
		{pg, schema.String(5), schema.String(6), ""},
		{pg, schema.String(5), schema.String(0), ""},
		{pg, schema.String(0), schema.String(5), "values of more than 5 characters do not fit"},
		{pg, schema.String(5), schema.Text(), ""},
		{pg, schema.Text(), schema.String(5), "values of more than 5 characters do not fit"},
		{pg, schema.Integer(), schema.Text(), ""},
		{my, schema.Binary(5), schema.Binary(3), "values of more than 3 bytes do not fit"},
		{my, schema.Binary(5), schema.Blob(), ""},
		{pg, schema.Numeric(10, 2), schema.Numeric(12, 2), ""},
		{pg, schema.Numeric(10, 2), schema.Numeric(10, 4), "numbers of more than 6 digits before the point do not fit"},
		{pg, schema.Numeric(10, 2), schema.Numeric(9, 1), "digits behind the point are rounded to 1"},
		{pg, schema.Numeric(10, 2), schema.Numeric(0, 0), ""},
		{pg, schema.Numeric(0, 0), schema.Numeric(10, 2), "numbers of more than 8 digits before the point do not fit"},
		{my, schema.Numeric(12, 2), schema.Numeric(0, 0), "digits behind the point are rounded to 0"},
		{my, schema.Numeric(14, 2), schema.Numeric(0, 0), "numbers of more than 10 digits before the point do not fit"},
		{my, mysql.TinyText(), schema.Text(), ""},
		{my, mysql.LongText(), schema.Text(), "values that it cannot hold are changed or refused"},
		{my, mysql.MediumBlob(), schema.Text(), "values that it cannot hold are changed or refused"},
		{my, schema.JSON(), schema.Text(), "values that it cannot hold are changed or refused"},
		{my, schema.JSON(), mysql.LongText(), "values that it cannot hold are changed or refused"},
		{my, schema.Text(), schema.JSON(), "text that is no JSON makes this fail"},
		{my, mysql.LongText(), schema.JSON(), "text that is no JSON makes this fail"},
		{my, schema.String(20), schema.JSON(), "text that is no JSON makes this fail"},
		{my, schema.Blob(), schema.Text(), "values that it cannot hold are changed or refused"},
		{my, mysql.TinyBlob(), schema.Text(), "values that it cannot hold are changed or refused"},
		{my, mysql.FixedBinary(3), schema.Text(), "values that it cannot hold are changed or refused"},
		{pg, schema.JSON(), schema.Text(), ""},
		{lite, schema.Text(), schema.JSON(), "values that it cannot hold are changed or refused"},
		{lite, schema.Blob(), schema.Text(), ""},
		{my, schema.Enum("e", "a", "b"), schema.Enum("e", "b", "c"), `it loses "a"`},
		{my, schema.Enum("e", "a"), schema.Enum("e", "b", "a"), ""},
		{pg, schema.Text(), schema.Integer(), "values that it cannot hold are changed or refused"},
		{pg, schema.RawSQL("bit(3)"), schema.RawSQL("bit(5)"), ""},
		{pg, schema.RawSQL("bit(5)"), schema.RawSQL("bit(3)"), "values that it cannot hold are changed or refused"},
		{pg, schema.RawSQL("t(5, 2)"), schema.RawSQL("t(6, 3)"), ""},
		{pg, schema.RawSQL("t(5, 2)"), schema.RawSQL("t(6, 4)"), "values that it cannot hold are changed or refused"},
		{lite, schema.BigInteger(), schema.Integer(), ""},
		{lite, schema.Integer(), schema.SmallInteger(), ""},
		{lite, schema.String(9), schema.String(5), ""},
		{lite, schema.Text(), schema.String(5), ""},
		{lite, schema.Numeric(10, 2), schema.Numeric(4, 1), ""},
		{lite, schema.DateTime(), schema.Date(), ""},
		{lite, schema.Text(), schema.Integer(), "values that it cannot hold are changed or refused"},
		{lite, schema.Text(), schema.DateTime(), "values that it cannot hold are changed or refused"},
		{lite, schema.Double(), schema.Integer(), "values that it cannot hold are changed or refused"},
		{lite, schema.Numeric(10, 2), schema.Boolean(), "values that it cannot hold are changed or refused"},
		{lite, schema.RawSQL("ANY"), schema.Numeric(10, 2), "values that it cannot hold are changed or refused"},
		{lite, schema.Enum("e", "a", "b"), schema.Enum("e", "b", "c"), `it loses "a"`},
		{my, schema.String(5).WithVariant("mysql", schema.String(9)), schema.String(7), "values of more than 7 characters do not fit"},
	} {
		up, _ := autogen.Remarks(c.d, autogen.Body{Upgrade: []op.Operation{retyped("x", c.from, c.to)}})
		got := strings.Join(up[0].Lines, "")
		if _, after, ok := strings.Cut(got, "; "); ok {
			got = strings.TrimSuffix(after, ".")
		}
		if got != c.want {
			t.Errorf("%v to %v: %q, want %q", c.from.Call(), c.to.Call(), got, c.want)
		}
	}
}
