package revision_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gomig-dev/gomig/script/revision"
)

// The shapes a long history may have. Benchmarks run them at 5,000 and 20,000
// revisions and report the time a revision takes: it must stay about the same,
// or a step is quadratic.
var shapes = []struct {
	name string
	make func(n int) []revision.Revision
}{
	{"linear", linear},
	{"merges", merges},
	{"branches", func(n int) []revision.Revision { return branches(n, n/100) }},
	{"comb", comb},
	{"ladder", ladder},
	{"tangle", tangle},
}

// linear is one line.
func linear(n int) []revision.Revision {
	revs := make([]revision.Revision, n)
	for i := range revs {
		revs[i].ID = id("r", i)
		if i > 0 {
			revs[i].Down = []string{id("r", i-1)}
		}
	}
	return revs
}

// merges forks and merges again all the time, as a team does.
func merges(n int) []revision.Revision {
	revs := linear(n)
	for i := 4; i < n; i += 4 {
		revs[i-1].Down = []string{id("r", i-3)}
		revs[i].Down = []string{id("r", i-1), id("r", i-2)}
	}
	return revs
}

// branches has so many independent bases, each with a label.
func branches(n, width int) []revision.Revision {
	revs := linear(n)
	for i := range revs {
		if i < width {
			revs[i].Down, revs[i].Labels = nil, []string{id("label", i)}
		} else {
			revs[i].Down = []string{id("r", i-width)}
		}
	}
	return revs
}

// comb is a trunk from every revision of which a head branches off.
func comb(n int) []revision.Revision {
	revs := linear(n)
	for i := 1; i < n; i++ {
		if i%2 == 1 {
			revs[i].Down = []string{id("r", i-1)}
		} else {
			revs[i].Down = []string{id("r", i-2)}
		}
	}
	return revs
}

// ladder is two lines, each revision of one depending on one of the other.
func ladder(n int) []revision.Revision {
	revs := branches(n, 2)
	for i := 1; i < n; i += 2 {
		revs[i].DependsOn = []string{id("r", i-1)}
	}
	return revs
}

// tangle forks, merges and depends at random.
func tangle(n int) []revision.Revision {
	random := rand.New(rand.NewPCG(1, 2))
	revs := linear(n)
	near := func(i int) string { return id("r", i-1-random.IntN(min(i, 20))) }
	for i := 1; i < n; i++ {
		revs[i].Down = []string{near(i)}
		switch random.IntN(10) {
		case 0, 1, 2:
			revs[i].Down = append(revs[i].Down, near(i))
		case 3:
			revs[i].DependsOn = []string{near(i)}
		case 4:
			revs[i].DependsOn = []string{id("r", random.IntN(i))}
		}
	}
	return revs
}

func id(prefix string, i int) string { return fmt.Sprintf("%s%07d", prefix, i) }

func BenchmarkHistory(b *testing.B) {
	bench(b, func(b *testing.B, _ []revision.Revision, m *revision.Map, heads []string) {
		nodes, err := m.History(revision.Range{}, heads)
		check(b, err, len(nodes) == m.Len())
	})
}

func BenchmarkNewMap(b *testing.B) {
	bench(b, func(b *testing.B, revs []revision.Revision, _ *revision.Map, _ []string) {
		_, err := revision.NewMap(revs)
		check(b, err, true)
	})
}

func BenchmarkUpgrade(b *testing.B) {
	bench(b, func(b *testing.B, _ []revision.Revision, m *revision.Map, heads []string) {
		plan, err := m.Upgrade(nil, "heads")
		check(b, err, len(plan.Steps) == m.Len())
	})
}

func BenchmarkUpgradeNothing(b *testing.B) {
	bench(b, func(b *testing.B, _ []revision.Revision, m *revision.Map, heads []string) {
		plan, err := m.Upgrade(heads, "heads")
		check(b, err, len(plan.Steps) == 0)
	})
}

func BenchmarkDowngrade(b *testing.B) {
	bench(b, func(b *testing.B, _ []revision.Revision, m *revision.Map, heads []string) {
		plan, err := m.Downgrade(heads, "base")
		check(b, err, len(plan.Steps) == m.Len())
	})
}

func BenchmarkRows(b *testing.B) {
	bench(b, func(b *testing.B, _ []revision.Revision, m *revision.Map, heads []string) {
		plan, err := m.Upgrade(nil, "heads")
		check(b, err, true)
		last := plan.Steps[len(plan.Steps)-1]
		check(b, nil, len(last.After()) == len(heads))
	})
}

func BenchmarkStampHeads(b *testing.B) {
	bench(b, func(b *testing.B, _ []revision.Revision, m *revision.Map, heads []string) {
		plan, err := m.Stamp(nil, "heads")
		check(b, err, len(plan.Steps) == len(heads))
	})
}

func BenchmarkEffectiveHeads(b *testing.B) {
	bench(b, func(b *testing.B, _ []revision.Revision, m *revision.Map, heads []string) {
		nodes, err := m.EffectiveHeads(heads)
		check(b, err, len(nodes) >= len(heads))
	})
}

func bench(b *testing.B, run func(*testing.B, []revision.Revision, *revision.Map, []string)) {
	b.Helper()
	for _, shape := range shapes {
		for _, n := range []int{5000, 20000} {
			b.Run(fmt.Sprintf("%s/%d", shape.name, n), func(b *testing.B) {
				revs := shape.make(n)
				m, err := revision.NewMap(revs)
				check(b, err, true)
				heads := revision.IDs(m.RealHeads())
				for b.Loop() {
					run(b, revs, m, heads)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/revision")
			})
		}
	}
}

func check(b *testing.B, err error, ok bool) {
	b.Helper()
	if err != nil || !ok {
		b.Fatal("wrong answer: ", err)
	}
}
