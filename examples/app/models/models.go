// Package models declares what the guest book keeps.
package models

import "github.com/gomig-dev/gomig/schema"

// Metadata is the declared schema: `gomig revision --autogenerate` compares the database with it.
var Metadata = schema.NewMetadata(schema.Options{NamingConvention: schema.DefaultNaming})

// Guest is someone who writes.
var Guest = Metadata.Table("guest",
	schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
	schema.Column("name", schema.String(100), schema.NotNull(), schema.Unique()),
)

// Entry is what a guest has written.
var Entry = Metadata.Table("entry",
	schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
	schema.Column("guest_id", schema.BigInteger(), schema.NotNull(), schema.Indexed(), schema.References("guest.id")),
	schema.Column("text", schema.String(1000), schema.NotNull()),
)
