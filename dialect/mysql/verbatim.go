package mysql

import (
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/schema"
)

// verbatim gives a table in canonical form back what that form takes as one, so
// that the server's own dump of what is made of it is the same.
func (d *Dialect) verbatim(out, t *schema.Table) {
	// Indexes that the server made for foreign keys under the name of a column: one
	// made with the key, whose name is known by now, would be called as the key is.
	for _, i := range t.Indexes {
		i = i.Clone()
		i.Using = ""
		named := func(fk *schema.ForeignKeyDef) bool { return strings.EqualFold(fk.Name, i.Name) }
		if out.Index(i.Name) == nil && madeForKey(i, t) && !slices.ContainsFunc(t.ForeignKeys, named) {
			out.Indexes = append(out.Indexes, i)
		}
	}
	if o, ok := schema.Find[PartitionOption](t.Options); ok {
		o.AddToTable(out) // names as they are written
	}
	for i, c := range t.Columns {
		if o, ok := schema.Find[WithoutHistoryOption](c.Options); ok {
			o.AddToColumn(out.Columns[i])
		}
	}
	// RESTRICT is what NO ACTION does. MySQL remembers which was said; MariaDB says RESTRICT of both.
	if d.is(MariaDB) {
		return
	}
	for _, fk := range t.ForeignKeys {
		for _, o := range out.ForeignKeys {
			if o.Name != fk.Name {
				continue
			}
			if fk.OnDelete == schema.Restrict {
				o.OnDelete = schema.Restrict
			}
			if fk.OnUpdate == schema.Restrict {
				o.OnUpdate = schema.Restrict
			}
		}
	}
}
