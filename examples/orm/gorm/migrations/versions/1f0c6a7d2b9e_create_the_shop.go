// create the shop
//
// Revision ID: 1f0c6a7d2b9e
// Revises:
// Create Date: 2026-11-26 07:09:16

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/dialect/mysql"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "1f0c6a7d2b9e", Down: script.Base(),
	Upgrade: upgrade1f0c6a7d2b9e, Downgrade: downgrade1f0c6a7d2b9e,
})

func upgrade1f0c6a7d2b9e(ctx context.Context, o *op.Operations) error {
	o.CreateTable("customers",
		schema.Column("id",
			schema.BigInteger().WithVariant("mysql", mysql.Unsigned(schema.BigInteger())),
			schema.PrimaryKey(),
			schema.AutoIncrement(),
		),
		schema.Column("created_at",
			schema.DateTime(schema.WithTimeZone()).WithVariant("mysql", schema.DateTime(schema.Precision(3))),
		),
		schema.Column("updated_at",
			schema.DateTime(schema.WithTimeZone()).WithVariant("mysql", schema.DateTime(schema.Precision(3))),
		),
		schema.Column("deleted_at",
			schema.DateTime(schema.WithTimeZone()).WithVariant("mysql", schema.DateTime(schema.Precision(3))),
		),
		schema.Column("email", schema.String(255), schema.NotNull()),
		schema.Column("name", schema.String(100), schema.NotNull()),
	)
	o.CreateIndex("idx_customers_deleted_at", "customers", "deleted_at")
	o.CreateUniqueIndex("idx_customers_email", "customers", "email")
	o.CreateTable("purchases",
		schema.Column("id",
			schema.BigInteger().WithVariant("mysql", mysql.Unsigned(schema.BigInteger())),
			schema.PrimaryKey(),
			schema.AutoIncrement(),
		),
		schema.Column("customer_id",
			schema.BigInteger().WithVariant("mysql", mysql.Unsigned(schema.BigInteger())),
			schema.NotNull(),
		),
		schema.Column("status", schema.String(10), schema.NotNull(), schema.ServerDefault(schema.Literal("open"))),
		schema.Column("total", schema.BigInteger(), schema.NotNull(), schema.ServerDefault(schema.Literal(0))),
		schema.CheckConstraint("chk_purchases_status", "status IN ('open','paid','shipped')"),
		schema.ForeignKeyConstraint("fk_customers_purchases",
			[]string{"customer_id"},
			"customers",
			[]string{"id"},
			schema.OnDelete(schema.Cascade),
		),
	)
	o.CreateIndex("idx_purchases_customer_id", "purchases", "customer_id")
	o.CreateTable("tags",
		schema.Column("id",
			schema.BigInteger().WithVariant("mysql", mysql.Unsigned(schema.BigInteger())),
			schema.PrimaryKey(),
			schema.AutoIncrement(),
		),
		schema.Column("name", schema.String(40)),
		schema.UniqueConstraint("uni_tags_name", "name"),
	)
	o.CreateTable("purchase_tags",
		schema.Column("purchase_id",
			schema.BigInteger().WithVariant("mysql", mysql.Unsigned(schema.BigInteger())),
			schema.NotNull(),
		),
		schema.Column("tag_id",
			schema.BigInteger().WithVariant("mysql", mysql.Unsigned(schema.BigInteger())),
			schema.NotNull(),
		),
		schema.PrimaryKeyConstraint("", "purchase_id", "tag_id"),
		schema.ForeignKeyConstraint("fk_purchase_tags_purchase", []string{"purchase_id"}, "purchases", []string{"id"}),
		schema.ForeignKeyConstraint("fk_purchase_tags_tag", []string{"tag_id"}, "tags", []string{"id"}),
	)
	return o.Err()
}

func downgrade1f0c6a7d2b9e(ctx context.Context, o *op.Operations) error {
	o.DropTable("purchase_tags")
	o.DropTable("tags")
	o.DropIndex("idx_purchases_customer_id", "purchases")
	o.DropTable("purchases")
	o.DropIndex("idx_customers_deleted_at", "customers")
	o.DropIndex("idx_customers_email", "customers")
	o.DropTable("customers")
	return o.Err()
}
