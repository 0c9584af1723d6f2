// Package nearest finds the name that was probably meant, for "did you mean".
package nearest

// Name is the first of names that differs least from s, by fewer than limit
// letters; empty if all differ by as many.
func Name(s string, names []string, limit int) string {
	best := ""
	for _, n := range names {
		if d := Distance(s, n, limit-1); d < limit {
			best, limit = n, d
		}
	}
	return best
}

// Distance is the number of bytes to change, add or take away between a and b
// (Levenshtein), or more than limit if it is more than that.
func Distance(a, b string, limit int) int {
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
