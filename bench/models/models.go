// Package models declares the large schema that comparisons are measured on.
// The bench compiles it in, and writes this file into the projects it makes.
package models

import (
	"fmt"

	"github.com/gomig-dev/gomig/schema"
)

// Metadata is the schema: tables of ten columns and three indexes.
var Metadata = Declare(1000, 0)

// Declare declares a number of tables, of which the first few are changed: a
// column is longer, one is new, an index is gone.
func Declare(tables, changed int) *schema.Metadata {
	m := schema.NewMetadata(schema.Options{})
	for i := range tables {
		t := fmt.Sprintf("t%04d", i)
		length := 20
		var further schema.TableItem = schema.Index("ix_"+t+"_day", "day", "state")
		if i < changed {
			length, further = 40, schema.Column("further", schema.Integer())
		}
		m.Table(t,
			schema.Column("id", schema.Integer(), schema.PrimaryKey(), schema.AutoIncrement()),
			schema.Column("name", schema.String(50), schema.NotNull()),
			schema.Column("code", schema.String(length)),
			schema.Column("amount", schema.Integer(), schema.NotNull()),
			schema.Column("total", schema.BigInteger()),
			schema.Column("price", schema.Numeric(10, 2)),
			schema.Column("note", schema.Text()),
			schema.Column("day", schema.Date()),
			schema.Column("made", schema.DateTime()),
			schema.Column("state", schema.String(10), schema.NotNull()),
			schema.Index("ix_"+t+"_name", "name"),
			schema.Index("ix_"+t+"_code", "code"),
			further,
		)
	}
	return m
}
