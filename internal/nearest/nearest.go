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

// Distance is the number of bytes to change, add, take away or swap with the next
// one between a and b (optimal string alignment), or more than limit if it is more
// than that.
func Distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	lowest := 0
	for i := range len(a) {
		row[0] = i + 1
		least := row[0]
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
			least = min(least, row[j+1])
		}
		if least > limit && lowest >= limit { // a swap reaches back over a row
			return limit + 1
		}
		lowest = least
		before, last, row = last, row, before
	}
	return last[len(b)]
}
