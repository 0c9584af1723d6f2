package nearest_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/internal/nearest"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"", "", 0, 0},
		{"head", "head", 2, 0},
		{"haed", "head", 2, 1},
		{"haed", "head", 1, 1},
		{"ab", "ba", 1, 1},
		{"abab", "baba", 2, 2},
		{"upgrad", "upgrade", 2, 1},
		{"upgrade", "upgrad", 2, 1},
		{"kitten", "sitting", 9, 3},
		{"kitten", "sitting", 2, 3},
		{"a", "abcdef", 2, 3},
	} {
		if got := nearest.Distance(c.a, c.b, c.limit); got != c.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", c.a, c.b, c.limit, got, c.want)
		}
	}
}

// A limit only cuts off: what is within it is what there is without one.
func TestDistanceIsAMetric(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[ab]{0,8}`)
		a, b, limit := word.Draw(t, "a"), word.Draw(t, "b"), rapid.IntRange(0, 9).Draw(t, "limit")
		free := nearest.Distance(a, b, 99)
		if back := nearest.Distance(b, a, 99); back != free {
			t.Fatalf("%d one way and %d the other", free, back)
		}
		if (free == 0) != (a == b) {
			t.Fatalf("%q and %q are %d apart", a, b, free)
		}
		if got := nearest.Distance(a, b, limit); min(got, limit+1) != min(free, limit+1) {
			t.Fatalf("with limit %d it is %d, without it %d", limit, got, free)
		}
	})
}

func TestName(t *testing.T) {
	t.Parallel()
	names := []string{"mysql", "sqlite", "postgresql"}
	for s, want := range map[string]string{"mysq": "mysql", "sqllite": "sqlite", "oracle": "", "mysql": "mysql", "mssql": "mysql"} {
		if got := nearest.Name(s, names, 3); got != want {
			t.Errorf("Name(%q) = %q, want %q", s, got, want)
		}
	}
}
