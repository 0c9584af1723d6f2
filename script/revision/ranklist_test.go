package revision

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestRankList(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 40).Draw(t, "numbers")
		list := newRankList(len(numbers))
		for i, n := range numbers {
			list.set(i, 9-n)
			list.set(i, n)
		}
		from := rapid.IntRange(0, len(numbers)).Draw(t, "from")
		limit := rapid.IntRange(0, 5).Draw(t, "limit")
		over := func(n int) bool { return n > limit }
		next := slices.IndexFunc(numbers[from:], over)
		if next >= 0 {
			next += from
		}
		if got := list.next(from, limit); got != next {
			t.Fatalf("next: %d, want %d", got, next)
		}
		previous := from - 1
		for previous >= 0 && !over(numbers[previous]) {
			previous--
		}
		if got := list.previous(from, limit); got != previous {
			t.Fatalf("previous: %d, want %d", got, previous)
		}
	})
}
