// Package entmodels are schemas of ent.
package entmodels

import (
	"time"

	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// User is a schema with every kind of field and edge.
type User struct{ ent.Schema }

// Fields are the user's columns.
func (User) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").MaxLen(100).Comment("what others call it"),
		field.String("email").Unique(),
		field.Int("age").Positive().Optional(),
		field.Enum("state").Values("open", "closed").Default("open"),
		field.Time("created_at").Default(time.Now).Immutable(),
		field.Time("seen_at").Optional().Nillable().Annotations(entsql.Default("CURRENT_TIMESTAMP")),
		field.JSON("tags", []string{}).Optional(),
		field.UUID("token", uuid.UUID{}),
		field.Bool("active").Default(true),
		field.Float("score").Default(1.5),
		field.Bytes("picture").Optional(),
		field.Text("bio").Optional(),
		field.Int8("small"),
		field.Uint32("count").Default(7),
		field.String("price").SchemaType(map[string]string{dialect.MySQL: "decimal(10,2)", dialect.Postgres: "numeric(10,2)"}),
	}
}

// Edges are the user's relations.
func (User) Edges() []ent.Edge {
	return []ent.Edge{
		edge.To("pets", Pet.Type),
		edge.To("friends", User.Type),
		edge.To("boss", User.Type).Unique(),
		edge.From("groups", Group.Type).Ref("users"),
	}
}

// Indexes are the user's indexes.
func (User) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("name", "age"),
		index.Fields("state", "created_at").Unique().StorageKey("user_once"),
		index.Fields("seen_at").Annotations(entsql.Desc()),
	}
}

// Pet belongs to a user.
type Pet struct{ ent.Schema }

// Fields are the pet's columns.
func (Pet) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("id", uuid.UUID{}).Default(uuid.New),
		field.String("name").Default("none"),
		field.Int("weight").Optional(),
	}
}

// Edges are the pet's relations.
func (Pet) Edges() []ent.Edge {
	return []ent.Edge{
		edge.From("owner", User.Type).Ref("pets").Unique().Required().Annotations(entsql.OnDelete(entsql.Cascade)),
	}
}

// Annotations are the table's own: a check and a comment.
func (Pet) Annotations() []schema.Annotation {
	return []schema.Annotation{
		entsql.Annotation{Table: "animals", Checks: map[string]string{"light": "weight < 1000"}},
		schema.Comment("who is owned"), entsql.WithComments(true),
	}
}

// Group has users, as users have groups.
type Group struct{ ent.Schema }

// Fields are the group's columns.
func (Group) Fields() []ent.Field {
	return []ent.Field{field.Int64("id"), field.String("title").MaxLen(40)}
}

// Edges are the group's relations.
func (Group) Edges() []ent.Edge { return []ent.Edge{edge.To("users", User.Type)} }

// Schemas are all of them.
func Schemas() []ent.Interface { return []ent.Interface{User{}, Pet{}, Group{}} }
