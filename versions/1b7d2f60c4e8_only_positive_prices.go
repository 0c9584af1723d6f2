// only positive prices
//
// Revision ID: 1b7d2f60c4e8
// Revises: c5e09b1347fd
// Create Date: 2026-11-21 03:37:55+00:00

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "1b7d2f60c4e8", Down: script.Revises("c5e09b1347fd"),
	Upgrade: upgrade1b7d2f60c4e8, Downgrade: downgrade1b7d2f60c4e8,
})

func upgrade1b7d2f60c4e8(ctx context.Context, o *op.Operations) error {
	o.AlterTable("product", func(t *op.Table) {
		t.AddConstraint(schema.CheckConstraint("ck_product_price_positive", "price > 0"))
		t.CreateIndex("ix_product_title", "title")
	})
	return o.Err()
}

func downgrade1b7d2f60c4e8(ctx context.Context, o *op.Operations) error {
	o.AlterTable("product", func(t *op.Table) {
		t.DropIndex("ix_product_title")
		t.DropConstraint("ck_product_price_positive", schema.CheckKind)
	})
	return o.Err()
}
