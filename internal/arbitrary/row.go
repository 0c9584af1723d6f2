package arbitrary

import (
	"fmt"

	"github.com/gomig-dev/gomig/schema"
)

// RowValue is the n-th value of a column, if it is to have one.
func RowValue(c *schema.ColumnDef, n int) (schema.Expr, bool) {
	if c.Computed != nil || c.AutoIncrement || c.Identity != nil {
		return schema.Expr{}, false
	}
	switch def := c.Type.Def().(type) {
	case schema.IntegerType:
		return schema.Literal(n), true
	case schema.StringType:
		return schema.Literal(fmt.Sprint(n)), true
	case schema.TextType:
		return schema.Literal(fmt.Sprintf("it's %d \\ é", n)), true
	case schema.BooleanType:
		return schema.Literal(n%2 == 0), true
	case schema.NumericType, schema.FloatType, schema.DoubleType:
		return schema.Literal(0), true
	case schema.DateType:
		return schema.Literal(fmt.Sprintf("2026-01-%02d", n+1)), true
	case schema.DateTimeType:
		return schema.Literal(fmt.Sprintf("2026-01-%02d 03:04:05", n+1)), true
	case schema.TimeType:
		return schema.Literal(fmt.Sprintf("%02d:00:00", n)), true
	case schema.EnumType:
		return schema.Literal(def.EnumValues()[0]), true
	case schema.JSONType:
		return schema.Literal("{}"), true
	case schema.UUIDType:
		return schema.Literal(fmt.Sprintf("00000000-0000-0000-0000-%012d", n)), true
	case schema.BinaryType:
		return schema.Literal([]byte{0, byte(n), 255}), true
	}
	return schema.Expr{}, false
}
