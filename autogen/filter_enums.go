package autogen

import (
	"slices"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// enumUse is a column of an enumeration type.
type enumUse struct {
	table  schema.Name
	column string
	enum   schema.Name
}

// enumUses are the columns of one side that are of enumeration types.
func enumUses(s *side) (out []enumUse) {
	for _, p := range s.tables {
		for _, c := range p.canonical.Columns {
			if e, _, ok := schema.EnumOf(c.Type); ok {
				out = append(out, enumUse{p.canonical.Name, c.Name, enumName(e)})
			}
		}
	}
	return out
}

// unheld are the enumerations of the database's side without those that are not
// declared and that a column uses which a hook has left out: the database does not
// drop a type that something is of (PostgreSQL 2BP01).
func unheld(enums []dialect.Enum, before []enumUse, have, want *side) []dialect.Enum {
	now := enumUses(have)
	return slices.DeleteFunc(enums, func(e dialect.Enum) bool {
		named := func(d dialect.Enum) bool { return d.Name == e.Name }
		return !slices.ContainsFunc(want.enums, named) && slices.ContainsFunc(before, func(u enumUse) bool {
			return u.enum == e.Name && !slices.Contains(now, u)
		})
	})
}
