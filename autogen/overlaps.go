package autogen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/schema"
)

// leaveOverlaps takes from the declaration the indexes that bear the name of a key
// without overlaps: the database has the name already, for what cannot be declared.
func leaveOverlaps(found *dialect.Reflection, want *side) (warnings []string) {
	for _, o := range found.Others {
		if o.Kind != dialect.KeyWithoutOverlaps {
			continue
		}
		for _, p := range want.tables {
			table := p.canonical.Name
			key, ok := strings.CutPrefix(o.Name.Name, table.Name+".")
			is := func(i *schema.IndexDef) bool { return strings.EqualFold(i.Name, key) }
			if !ok || table.Schema != o.Name.Schema || !slices.ContainsFunc(p.canonical.Indexes, is) {
				continue
			}
			p.canonical = p.canonical.Clone()
			p.canonical.Indexes = slices.DeleteFunc(p.canonical.Indexes, is)
			warnings = append(warnings, fmt.Sprintf(
				"index %s of table %s is left alone: the database has a key WITHOUT OVERLAPS of that name, which cannot be declared; give the index another name",
				quoted(key), quoted(table.String())))
		}
	}
	return warnings
}
