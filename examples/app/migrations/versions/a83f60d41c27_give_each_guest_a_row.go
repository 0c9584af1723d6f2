// give each guest a row
//
// The names that stood beside the entries become rows of their own, once each.
//
// Revision ID: a83f60d41c27
// Revises: 5e1d7c02b9a4
// Create Date: 2026-11-26 05:53:52

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "a83f60d41c27", Down: script.Revises("5e1d7c02b9a4"),
	Upgrade: upgradea83f60d41c27, Downgrade: downgradea83f60d41c27,
})

func upgradea83f60d41c27(ctx context.Context, o *op.Operations) error {
	o.CreateTable("guest",
		schema.Column("id", schema.BigInteger(), schema.NotNull(), schema.AutoIncrement()),
		schema.Column("name", schema.String(100), schema.NotNull()),
		schema.PrimaryKeyConstraint("pk_guest", "id"),
		schema.UniqueConstraint("uq_guest_name", "name"),
	)
	o.AddColumn("entry", schema.Column("guest_id", schema.BigInteger()))
	o.Exec("INSERT INTO guest (name) SELECT DISTINCT author FROM entry ORDER BY author")
	o.Exec("UPDATE entry SET guest_id = (SELECT id FROM guest WHERE name = author)")
	o.AlterTable("entry", func(t *op.Table) {
		t.AlterColumn("guest_id", op.SetNotNull(), op.Existing(schema.BigInteger()))
		t.CreateIndex("ix_entry_guest_id", "guest_id")
		t.AddConstraint(schema.ForeignKeyConstraint("fk_entry_guest_id_guest",
			[]string{"guest_id"},
			"guest",
			[]string{"id"},
		))
		t.DropColumn("author")
	})
	return o.Err()
}

func downgradea83f60d41c27(ctx context.Context, o *op.Operations) error {
	o.AddColumn("entry", schema.Column("author", schema.String(100)))
	o.Exec("UPDATE entry SET author = (SELECT name FROM guest WHERE guest.id = guest_id)")
	o.AlterTable("entry", func(t *op.Table) {
		t.DropIndex("ix_entry_guest_id")
		t.DropConstraint("fk_entry_guest_id_guest", schema.ForeignKeyKind)
		t.AlterColumn("author", op.SetNotNull(), op.Existing(schema.String(100)))
		t.DropColumn("guest_id")
	})
	o.DropTable("guest")
	return o.Err()
}
