package mysql

import (
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// Conversion reports what MariaDB refuses to convert, even in an empty table
// (error 4078): UUIDs, addresses and geometries become texts and binary strings,
// and are made of such, but of nothing else. MySQL converts whatever it is asked to.
// https://mariadb.com/kb/en/uuid-data-type/#casting
func (d *Dialect) Conversion(from *schema.ColumnDef, to schema.Type) (using string, ok bool) {
	if !d.is(MariaDB) {
		return "", true
	}
	a, b := d.conversionGroup(from.Type), d.conversionGroup(to)
	return "", a == b || a == textGroup || b == textGroup
}

// Groups of types that MariaDB converts into each other; the opaque ones are named as they are.
const (
	valueGroup    = "value"
	textGroup     = "text"
	geometryGroup = "geometry"
)

func (d *Dialect) conversionGroup(t schema.Type) string {
	text, err := d.Type(t)
	if err != nil {
		return textGroup // whatever is made of the column tells what is wrong
	}
	word := strings.ToUpper(text)
	if i := strings.IndexAny(word, " ("); i >= 0 {
		word = word[:i]
	}
	switch {
	case word == "UUID" || word == "INET4" || word == "INET6":
		return word
	case word == "POINT" || word == "LINESTRING" || word == "POLYGON" || strings.HasPrefix(word, "GEOMETRY") || strings.HasPrefix(word, "MULTI"):
		return geometryGroup
	case strings.HasSuffix(word, "CHAR") || strings.HasSuffix(word, "TEXT") || strings.HasSuffix(word, "BLOB") || strings.HasSuffix(word, "BINARY") ||
		word == "NATIONAL" || word == "LONG" || word == "JSON" || word == "ENUM" || word == "SET":
		return textGroup
	}
	return valueGroup
}
