// join the names of a customer
//
// A data migration: people have one name, in whatever order they say it. The
// way back parts it at the first blank, which is the best that can be done.
//
// Revision ID: c5e09b1347fd
// Revises: 8d41f7be6a20
// Create Date: 2026-11-21 03:37:21+00:00

package versions

import (
	"context"
	"strings"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "c5e09b1347fd", Down: script.Revises("8d41f7be6a20"),
	Upgrade: upgradec5e09b1347fd, Downgrade: downgradec5e09b1347fd,
})

func upgradec5e09b1347fd(ctx context.Context, o *op.Operations) error {
	o.AddColumn("customer", schema.Column("full_name", schema.String(200)))
	o.Exec("UPDATE customer SET full_name = trim(first_name || ' ' || last_name)")
	// One group of changes: SQLite copies the table once.
	o.AlterTable("customer", func(t *op.Table) {
		t.AlterColumn("full_name", op.SetNotNull(), op.Existing(schema.String(200)))
		t.DropColumn("first_name")
		t.DropColumn("last_name")
	})
	return o.Err()
}

func downgradec5e09b1347fd(ctx context.Context, o *op.Operations) error {
	o.AlterTable("customer", func(t *op.Table) {
		t.AddColumn(schema.Column("first_name", schema.String(100), schema.NotNull(), schema.ServerDefault(schema.Literal(""))), op.After("email"))
		t.AddColumn(schema.Column("last_name", schema.String(100), schema.NotNull(), schema.ServerDefault(schema.Literal(""))), op.After("first_name"))
	})
	// What SQL does not say well, Go does.
	type customer struct {
		id   int64
		name string
	}
	var customers []customer
	o.Query(func(scan func(dest ...any) error) error {
		var c customer
		err := scan(&c.id, &c.name)
		customers = append(customers, c)
		return err
	}, "SELECT id, full_name FROM customer ORDER BY id")
	for _, c := range customers {
		first, last, _ := strings.Cut(c.name, " ")
		o.Exec("UPDATE customer SET first_name = ?, last_name = ? WHERE id = ?", first, last, c.id)
	}
	o.AlterTable("customer", func(t *op.Table) {
		t.AlterColumn("first_name", op.DropDefault(), op.Existing(schema.String(100), schema.NotNull(), schema.ServerDefault(schema.Literal(""))))
		t.AlterColumn("last_name", op.DropDefault(), op.Existing(schema.String(100), schema.NotNull(), schema.ServerDefault(schema.Literal(""))))
		t.DropColumn("full_name")
	})
	return o.Err()
}
