// Package schema models what a database holds: tables, columns, constraints,
// indexes, types, comments and names.
//
// The same model serves a schema declared in Go and a schema reflected from a
// server, so the two can be compared. It holds no SQL dialect and does no I/O.
//
// A schema is declared once, as package variables:
//
//	var Metadata = schema.NewMetadata(schema.Options{NamingConvention: schema.DefaultNaming})
//
//	var Account = Metadata.Table("account",
//		schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
//		schema.Column("name", schema.String(50), schema.NotNull()),
//		schema.Index("ix_account_name", "name"),
//	)
//
// Functions carry the plain words of the field ([Column], [Index],
// [CheckConstraint]); the values they make carry SQL's own word for it, a
// definition ([ColumnDef], [IndexDef], [CheckDef]).
package schema
