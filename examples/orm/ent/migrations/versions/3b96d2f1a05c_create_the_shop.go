// create the shop
//
// Revision ID: 3b96d2f1a05c
// Revises:
// Create Date: 2026-11-26 07:13:57

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/dialect/sqlite"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "3b96d2f1a05c", Down: script.Base(),
	Upgrade: upgrade3b96d2f1a05c, Downgrade: downgrade3b96d2f1a05c,
})

func upgrade3b96d2f1a05c(ctx context.Context, o *op.Operations) error {
	o.CreateTable("customers",
		schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement(), sqlite.AutoIncrement()),
		schema.Column("email", schema.Text(), schema.NotNull()),
		schema.Column("name", schema.Text(), schema.NotNull()),
		schema.Column("created_at", schema.DateTime(), schema.NotNull()),
	)
	o.CreateUniqueIndex("customers_email_key", "customers", "email")
	o.CreateTable("purchases",
		schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement(), sqlite.AutoIncrement()),
		schema.Column("status", schema.Text(), schema.NotNull(), schema.ServerDefault(schema.Literal("open"))),
		schema.Column("total", schema.Integer(), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
		schema.Column("customer_purchases", schema.Integer(), schema.NotNull()),
		schema.ForeignKeyConstraint("purchases_customers_purchases",
			[]string{"customer_purchases"},
			"customers",
			[]string{"id"},
		),
	)
	o.CreateIndex("purchase_status", "purchases", "status")
	return o.Err()
}

func downgrade3b96d2f1a05c(ctx context.Context, o *op.Operations) error {
	o.DropIndex("purchase_status", "purchases")
	o.DropTable("purchases")
	o.DropIndex("customers_email_key", "customers")
	o.DropTable("customers")
	return o.Err()
}
