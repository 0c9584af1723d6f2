package gormschema

import (
	"strings"

	"github.com/gomig-dev/gomig/internal/typesql"
	"github.com/gomig-dev/gomig/schema"
)

// setType sets the type of a column as a driver spells it, with what stands
// behind it. True says that it makes the column the primary key.
func setType(c *schema.ColumnDef, text string) (primary bool) {
	text, behind := typesql.Split(text)
	for _, x := range behind {
		primary = primary || x.Key == typesql.PrimaryKey
		x.Apply(c)
	}
	switch strings.ToLower(text) {
	case "smallserial":
		c.Type, c.AutoIncrement = schema.SmallInteger(), true
	case "serial":
		c.Type, c.AutoIncrement = schema.Integer(), true
	case "bigserial":
		c.Type, c.AutoIncrement = schema.BigInteger(), true
	default:
		c.Type = schema.RawSQL(text)
	}
	if c.AutoIncrement || primary {
		c.Nullable = false
	}
	return primary
}
