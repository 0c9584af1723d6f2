// create the shop
//
// Revision ID: 2a51c80e4d37
// Revises:
// Create Date: 2026-11-26 07:12:27

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "2a51c80e4d37", Down: script.Base(),
	Upgrade: upgrade2a51c80e4d37, Downgrade: downgrade2a51c80e4d37,
})

func upgrade2a51c80e4d37(ctx context.Context, o *op.Operations) error {
	o.CreateTable("customers",
		schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("email", schema.String(255), schema.NotNull()),
		schema.Column("name", schema.String(100), schema.NotNull()),
		schema.Column("created_at",
			schema.DateTime(schema.WithTimeZone()).WithVariant("mysql", schema.DateTime()),
			schema.NotNull(),
			schema.ServerDefault(schema.Now()),
		),
		schema.UniqueConstraint("", "email"),
	)
	o.CreateIndex("ix_customers_name", "customers", "name")
	o.CreateTable("purchases",
		schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("customer_id", schema.BigInteger(), schema.NotNull()),
		schema.Column("status", schema.String(10), schema.NotNull(), schema.ServerDefault(schema.Literal("open"))),
		schema.Column("total", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
		schema.CheckConstraint("status_known", "status IN ('open','paid','shipped')"),
		schema.ForeignKeyConstraint("",
			[]string{"customer_id"},
			"customers",
			[]string{"id"},
			schema.OnDelete(schema.Cascade),
		),
	)
	return o.Err()
}

func downgrade2a51c80e4d37(ctx context.Context, o *op.Operations) error {
	o.DropTable("purchases")
	o.DropIndex("ix_customers_name", "customers")
	o.DropTable("customers")
	return o.Err()
}
