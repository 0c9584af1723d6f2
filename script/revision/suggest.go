package revision

import (
	"slices"

	"github.com/gomig-dev/gomig/internal/nearest"
)

// suggest returns up to three ids, labels and words such as head that name may be
// a slip of, the nearest first. It is asked only where an error is certain.
func (m *Map) suggest(name string) []string {
	const most = 3
	limit := min(2, len(name)/3)
	if limit == 0 || len(name) > 100 {
		return nil
	}
	byDistance := make([][]string, limit+1)
	consider := func(keys ...string) {
		for _, key := range keys {
			if d := nearest.Distance(name, key, limit); d <= limit && !slices.Contains(byDistance[d], key) {
				byDistance[d] = append(byDistance[d], key)
			}
		}
	}
	if words := []string{"head", "heads", "base"}; !slices.Contains(words, name) {
		consider(words...)
	}
	for _, n := range m.nodes {
		consider(n.ID())
		consider(n.revision.Labels...)
	}
	near := slices.Concat(byDistance...)
	return near[:min(most, len(near))]
}
