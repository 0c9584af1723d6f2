package revision

// rankList is a list of numbers that finds the next one above a threshold, in
// either direction, in logarithmic time: a tree of maxima. Numbers start at 0.
type rankList struct {
	leaves int // a power of two
	tree   []int
}

func newRankList(n int) *rankList {
	leaves := 1
	for leaves < n {
		leaves *= 2
	}
	return &rankList{leaves: leaves, tree: make([]int, 2*leaves)}
}

func (l *rankList) set(at, value int) {
	i := at + l.leaves
	for l.tree[i] = value; i > 1; {
		i /= 2
		l.tree[i] = max(l.tree[2*i], l.tree[2*i+1])
	}
}

// next returns the first position, from the given one on, with a number above
// limit, or -1.
func (l *rankList) next(from, limit int) int {
	if from >= l.leaves {
		return -1
	}
	i := from + l.leaves
	for l.tree[i] <= limit {
		if i&(i+1) == 0 { // the last of its row
			return -1
		}
		for i++; i%2 == 0; {
			i /= 2
		}
	}
	for i < l.leaves {
		if i *= 2; l.tree[i] <= limit {
			i++
		}
	}
	return i - l.leaves
}

// previous returns the last position before the given one with a number above
// limit, or -1.
func (l *rankList) previous(before, limit int) int {
	if before <= 0 {
		return -1
	}
	i := before - 1 + l.leaves
	for l.tree[i] <= limit {
		if i&(i-1) == 0 { // the first of its row
			return -1
		}
		for i--; i%2 == 1; {
			i /= 2
		}
	}
	for i < l.leaves {
		if i = 2*i + 1; l.tree[i] <= limit {
			i--
		}
	}
	return i - l.leaves
}
