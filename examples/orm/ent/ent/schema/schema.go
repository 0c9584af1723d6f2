// Package schema declares the shop for ent.
package schema

import (
	"time"

	"entgo.io/ent"
	"entgo.io/ent/schema/edge"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Customer is someone who orders.
type Customer struct{ ent.Schema }

// Fields are the customer's columns.
func (Customer) Fields() []ent.Field {
	return []ent.Field{
		field.String("email").MaxLen(255).Unique(),
		field.String("name").MaxLen(100),
		field.Time("created_at").Default(time.Now),
	}
}

// Edges are the customer's relations.
func (Customer) Edges() []ent.Edge { return []ent.Edge{edge.To("purchases", Purchase.Type)} }

// Purchase is an order of a customer.
type Purchase struct{ ent.Schema }

// Fields are the purchase's columns.
func (Purchase) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("status").Values("open", "paid", "shipped").Default("open"),
		field.Int("total").Default(0),
	}
}

// Edges are the purchase's relations.
func (Purchase) Edges() []ent.Edge {
	return []ent.Edge{edge.From("customer", Customer.Type).Ref("purchases").Unique().Required()}
}

// Indexes are the purchase's indexes.
func (Purchase) Indexes() []ent.Index { return []ent.Index{index.Fields("status")} }
