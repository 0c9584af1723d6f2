// add customer and product
//
// Revision ID: 3f2a51c09e7b
// Revises:
// Create Date: 2026-11-21 03:36:43+00:00

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "3f2a51c09e7b", Down: script.Base(),
	Upgrade: upgrade3f2a51c09e7b, Downgrade: downgrade3f2a51c09e7b,
})

func upgrade3f2a51c09e7b(ctx context.Context, o *op.Operations) error {
	o.CreateTable("customer",
		schema.Column("id", schema.BigInteger(), schema.NotNull(), schema.AutoIncrement()),
		schema.Column("email", schema.String(255), schema.NotNull()),
		schema.Column("first_name", schema.String(100), schema.NotNull()),
		schema.Column("last_name", schema.String(100), schema.NotNull()),
		schema.Column("created_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
		schema.PrimaryKeyConstraint("pk_customer", "id"),
		schema.UniqueConstraint("uq_customer_email", "email"),
	)
	o.CreateTable("product",
		schema.Column("id", schema.BigInteger(), schema.NotNull(), schema.AutoIncrement()),
		schema.Column("sku", schema.String(32), schema.NotNull()),
		schema.Column("title", schema.String(200), schema.NotNull()),
		schema.Column("price", schema.Integer(), schema.NotNull()),
		schema.PrimaryKeyConstraint("pk_product", "id"),
		schema.UniqueConstraint("uq_product_sku", "sku"),
	)
	return o.Err()
}

func downgrade3f2a51c09e7b(ctx context.Context, o *op.Operations) error {
	o.DropTable("product")
	o.DropTable("customer")
	return o.Err()
}
