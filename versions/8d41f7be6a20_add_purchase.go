// add purchase
//
// Revision ID: 8d41f7be6a20
// Revises: 3f2a51c09e7b
// Create Date: 2026-11-21 03:37:19+00:00

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "8d41f7be6a20", Down: script.Revises("3f2a51c09e7b"),
	Upgrade: upgrade8d41f7be6a20, Downgrade: downgrade8d41f7be6a20,
})

func upgrade8d41f7be6a20(ctx context.Context, o *op.Operations) error {
	o.CreateTable("purchase",
		schema.Column("id", schema.BigInteger(), schema.NotNull(), schema.AutoIncrement()),
		schema.Column("customer_id", schema.BigInteger(), schema.NotNull()),
		schema.Column("status",
			schema.Enum("purchase_status", "open", "paid", "shipped"),
			schema.NotNull(),
			schema.ServerDefault(schema.Literal("open")),
		),
		schema.Column("placed_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
		schema.PrimaryKeyConstraint("pk_purchase", "id"),
		schema.ForeignKeyConstraint("fk_purchase_customer_id_customer",
			[]string{"customer_id"},
			"customer",
			[]string{"id"},
			schema.OnDelete(schema.Cascade),
		),
	)
	o.CreateIndex("ix_purchase_customer_id", "purchase", "customer_id")
	o.CreateTable("purchase_line",
		schema.Column("purchase_id", schema.BigInteger(), schema.NotNull()),
		schema.Column("product_id", schema.BigInteger(), schema.NotNull()),
		schema.Column("quantity", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(1))),
		schema.Column("unit_price", schema.Integer(), schema.NotNull()),
		schema.PrimaryKeyConstraint("pk_purchase_line", "purchase_id", "product_id"),
		schema.CheckConstraint("ck_purchase_line_quantity_positive", "quantity > 0"),
		schema.ForeignKeyConstraint("fk_purchase_line_purchase_id_purchase",
			[]string{"purchase_id"},
			"purchase",
			[]string{"id"},
			schema.OnDelete(schema.Cascade),
		),
		schema.ForeignKeyConstraint("fk_purchase_line_product_id_product",
			[]string{"product_id"},
			"product",
			[]string{"id"},
		),
	)
	return o.Err()
}

func downgrade8d41f7be6a20(ctx context.Context, o *op.Operations) error {
	o.DropTable("purchase_line")
	o.DropTable("purchase")
	return o.Err()
}
