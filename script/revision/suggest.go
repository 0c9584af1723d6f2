package revision

import "slices"

// suggest returns up to three ids and labels that name may be a slip of, the
// nearest first. It is asked only where an error is certain.
func (m *Map) suggest(name string) []string {
	const most = 3
	limit := min(2, len(name)/3)
	if limit == 0 || len(name) > 100 {
		return nil
	}
	byDistance := make([][]string, limit+1)
	for _, n := range m.nodes {
		for _, key := range append([]string{n.ID()}, n.revision.Labels...) {
			if d := distance(name, key, limit); d <= limit && !slices.Contains(byDistance[d], key) {
				byDistance[d] = append(byDistance[d], key)
			}
		}
	}
	near := slices.Concat(byDistance...)
	return near[:min(most, len(near))]
}

// distance is the number of characters to change, add or take away between a
// and b, or more than limit if it is more than that.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal, lowest := row[0], i+1
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
			lowest = min(lowest, row[j+1])
		}
		if lowest > limit {
			return limit + 1
		}
	}
	return row[len(b)]
}
