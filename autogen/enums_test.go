package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/dialect/postgres"
	"github.com/gomig-dev/gomig/schema"
)

func TestEnums(t *testing.T) {
	objects := dialect.Traits{EnumTypes: true}
	mood := func(values ...string) []*schema.Table {
		return tables(table("t", schema.Column("mood", schema.Enum("mood", values...))))
	}
	enum := func(name string, values ...string) []dialect.Enum {
		return []dialect.Enum{{Name: schema.Name{Name: name}, Values: values}}
	}
	golden(t, "enums", []difference{
		{name: "created with its table", traits: objects, want: mood("sad", "ok")},
		{name: "same", traits: objects, have: mood("sad", "ok"), enums: enum("mood", "sad", "ok"), want: mood("sad", "ok")},
		{name: "values added", traits: objects, have: mood("ok"), enums: enum("mood", "ok"), want: mood("sad", "ok", "happy", "glad")},
		{name: "value removed", traits: objects, have: mood("sad", "ok"), enums: enum("mood", "sad", "ok"), want: mood("ok")},
		{name: "another type", traits: objects, have: mood("ok"), enums: enum("mood", "ok"), want: tables(table("t", schema.Column("mood", schema.Enum("temper", "ok"))))},
		{name: "dropped with its table", traits: objects, have: mood("ok"), enums: enum("mood", "ok")},
		{name: "one that no column uses is left alone", traits: objects, enums: enum("other", "x")},
		{name: "one that is there already is not created", traits: objects, enums: enum("mood", "ok"), want: mood("ok")},
		{name: "no objects: the type of the column changes", have: mood("ok"), want: mood("ok", "sad")},
		{name: "unnamed", traits: objects, have: tables(table("t", schema.Column("e", schema.Enum("", "a")))), want: tables(table("t", schema.Column("e", schema.Enum("", "a", "b"))))},
	})
}

// An enumeration of the default schema is the same with and without its name.
func TestEnumOfDefaultSchema(t *testing.T) {
	d := &fake{traits: dialect.Traits{EnumTypes: true}}
	d.found.DefaultSchema = "public"
	d.found.Enums = []dialect.Enum{{Name: schema.Name{Name: "mood"}, Values: []string{"ok"}}}
	have := tables(table("t", schema.Column("mood", schema.Enum("mood", "ok"))))
	want := tables(table("t", schema.Column("mood", schema.EnumIn("public", "mood", "ok"))))
	if r := compare(t, d, have, want, autogen.Options{}); len(r.Upgrade)+len(r.Downgrade) > 0 {
		t.Errorf("upgrade %v, downgrade %v", r.Upgrade, r.Downgrade)
	}
	have = tables(table("t", schema.Column("moods", postgres.Array(schema.Enum("mood", "ok")))))
	want = tables(table("t", schema.Column("moods", postgres.Array(schema.EnumIn("public", "mood", "ok")))))
	if r := compare(t, d, have, want, autogen.Options{}); len(r.Upgrade)+len(r.Downgrade) > 0 {
		t.Errorf("arrays: upgrade %v, downgrade %v", r.Upgrade, r.Downgrade)
	}
}
