package autogen_test

import (
	"testing"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// Declared tables are looked at while the database is read. What panics there, such as a type of the user's, does so
// where the caller can take it up.
func TestPanicOfTypeReachesCaller(t *testing.T) {
	t.Parallel()
	m := schema.NewMetadata(schema.Options{})
	m.Table("account", schema.Column("id", schema.Integer()))
	d := &fake{canonical: func(*schema.Table) *schema.Table { panic("the type is not at home") }}
	defer func() {
		if got := recover(); got != "the type is not at home" {
			t.Errorf("recovered %v", got)
		}
	}()
	r, err := autogen.Compare(t.Context(), d, nil, autogen.Options{Metadata: []*schema.Metadata{m}})
	t.Errorf("no panic: %v, %v", r, err)
}

// Which schema is the default one is known only when the database is read. Tables, references and types that say it
// are those that do not.
func TestDefaultSchemaIsNone(t *testing.T) {
	t.Parallel()
	m := schema.NewMetadata(schema.Options{})
	mood := schema.Enum("mood", "sad", "happy").WithVariant("fake", schema.EnumIn("main", "mood", "sad", "happy"))
	m.Table("person", schema.InSchema("main"), schema.Column("id", schema.Integer(), schema.PrimaryKey()))
	m.Table("account",
		schema.Column("person", schema.Integer(), schema.References("main.person.id")),
		schema.Column("mood", mood),
	)
	d := &fake{
		canonical: func(c *schema.Table) *schema.Table { // with the types that are the database's own
			for _, col := range c.Columns {
				col.Type = col.Type.For("fake")
			}
			return c
		},
		found: dialect.Reflection{DefaultSchema: "main", Tables: []*schema.Table{
			schema.NewTable("person", schema.Column("id", schema.Integer(), schema.PrimaryKey())),
			schema.NewTable("account",
				schema.Column("person", schema.Integer(), schema.References("person.id")),
				schema.Column("mood", schema.Enum("mood", "sad", "happy")),
			),
		}},
	}
	r, err := autogen.Compare(t.Context(), d, nil, autogen.Options{Metadata: []*schema.Metadata{m}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Detected) > 0 {
		t.Errorf("detected %q", r.Detected)
	}
}
