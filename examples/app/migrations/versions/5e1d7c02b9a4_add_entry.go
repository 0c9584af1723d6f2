// add entry
//
// Revision ID: 5e1d7c02b9a4
// Revises:
// Create Date: 2026-11-26 05:53:44

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "5e1d7c02b9a4", Down: script.Base(),
	Upgrade: upgrade5e1d7c02b9a4, Downgrade: downgrade5e1d7c02b9a4,
})

func upgrade5e1d7c02b9a4(ctx context.Context, o *op.Operations) error {
	o.CreateTable("entry",
		schema.Column("id", schema.BigInteger(), schema.NotNull(), schema.AutoIncrement()),
		schema.Column("author", schema.String(100), schema.NotNull()),
		schema.Column("text", schema.String(1000), schema.NotNull()),
		schema.PrimaryKeyConstraint("pk_entry", "id"),
	)
	return o.Err()
}

func downgrade5e1d7c02b9a4(ctx context.Context, o *op.Operations) error {
	o.DropTable("entry")
	return o.Err()
}
