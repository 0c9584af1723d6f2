package postgres

import (
	"math"

	"github.com/gomig-dev/gomig/schema"
)

// canonicalIdentity takes from an identity what the server would choose itself.
// An identity that says nothing at all is AutoIncrement.
func canonicalIdentity(c *schema.ColumnDef) {
	if c.Identity == nil {
		return
	}
	def, _ := c.Type.Def().(schema.IntegerType)
	id := *c.Identity
	if id.Increment == 1 {
		id.Increment = 0
	}
	low, high := bounds(def.Size, id.Increment)
	if id.Min != nil && *id.Min == low {
		id.Min = nil
	}
	if id.Max != nil && *id.Max == high {
		id.Max = nil
	}
	if id.Start == defaultStart(id, low, high) {
		id.Start = 0
	}
	if id.Cache == 1 {
		id.Cache = 0
	}
	c.Identity = &id
	if id == (schema.Identity{}) {
		c.Identity, c.AutoIncrement = nil, true
	}
}

// bounds are the least and the greatest value of a sequence that names none.
// https://www.postgresql.org/docs/current/sql-createsequence.html
func bounds(size schema.IntegerSize, increment int64) (low, high int64) {
	low, high = math.MinInt32, math.MaxInt32
	switch size {
	case schema.IntegerSmall:
		low, high = math.MinInt16, math.MaxInt16
	case schema.IntegerBig:
		low, high = math.MinInt64, math.MaxInt64
	case schema.IntegerRegular:
	}
	if increment < 0 {
		return low, -1
	}
	return 1, high
}

// defaultStart is the value that a sequence with these bounds begins with.
func defaultStart(id schema.Identity, low, high int64) int64 {
	if id.Increment < 0 {
		if id.Max != nil {
			return *id.Max
		}
		return high
	}
	if id.Min != nil {
		return *id.Min
	}
	return low
}
