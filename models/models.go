// Package models declares the schema of a small shop: the live example of this
// repository. The revisions in versions lead to it.
package models

import "github.com/gomig-dev/gomig/schema"

// Metadata is the declared schema. What is given no name is named by the convention.
var Metadata = schema.NewMetadata(schema.Options{NamingConvention: schema.DefaultNaming})

// Customer is someone who orders.
var Customer = Metadata.Table("customer",
	schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
	schema.Column("email", schema.String(255), schema.NotNull(), schema.Unique()),
	schema.Column("full_name", schema.String(200), schema.NotNull()),
	schema.Column("created_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
)

// Product is something that can be ordered. Prices are in cents.
var Product = Metadata.Table("product",
	schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
	schema.Column("sku", schema.String(32), schema.NotNull(), schema.Unique()),
	schema.Column("title", schema.String(200), schema.NotNull()),
	schema.Column("price", schema.Integer(), schema.NotNull()),
	schema.CheckConstraint("price_positive", "price > 0"),
	schema.Index("", "title"),
)

// Purchase is an order of a customer.
var Purchase = Metadata.Table("purchase",
	schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
	schema.Column("customer_id", schema.BigInteger(), schema.NotNull(), schema.Indexed(),
		schema.References("customer.id", schema.OnDelete(schema.Cascade))),
	schema.Column("status", schema.Enum("purchase_status", "open", "paid", "shipped"), schema.NotNull(),
		schema.ServerDefault(schema.Literal("open"))),
	schema.Column("placed_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
)

// PurchaseLine is one line of a purchase.
var PurchaseLine = Metadata.Table("purchase_line",
	schema.Column("purchase_id", schema.BigInteger(), schema.References("purchase.id", schema.OnDelete(schema.Cascade))),
	schema.Column("product_id", schema.BigInteger(), schema.References("product.id")),
	schema.Column("quantity", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
	schema.Column("unit_price", schema.Integer(), schema.NotNull()),
	schema.PrimaryKeyConstraint("", "purchase_id", "product_id"),
	schema.CheckConstraint("quantity_positive", "quantity > 0"),
)
