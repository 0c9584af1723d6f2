package build

import (
	"slices"
	"testing"
)

// A pattern has to name every package with revisions, and few patterns have to do for many packages.
func TestFlagPatterns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		versions []string
		want     []string
	}{
		{"one", []string{"m/migrations/versions"}, []string{"m/migrations/versions"}},
		{"few folders", []string{"m/a", "m/b", "m/c"}, []string{"m/a", "m/b", "m/c"}},
		{
			"many in one folder",
			[]string{"m/v", "m/v/a", "m/v/b", "m/v/c", "m/v/d"},
			[]string{"m/v", "m/v/..."},
		},
		{
			"years and months",
			[]string{"m/v/y1/a", "m/v/y1/b", "m/v/y1/c", "m/v/y1/d", "m/v/y2/a", "m/v/y2/b"},
			[]string{"m/v/y1/...", "m/v/y2/a", "m/v/y2/b"},
		},
		{
			"beside the environment",
			[]string{"m/a", "m/b", "m/c", "m/d"},
			[]string{"m/a", "m/b", "m/c", "m/d"},
		},
		{
			"in the environment",
			[]string{"m/migrations/a", "m/migrations/b", "m/migrations/c", "m/migrations/d"},
			[]string{"m/migrations/a", "m/migrations/b", "m/migrations/c", "m/migrations/d"},
		},
	} {
		p := Packages{Env: Package{Path: "m/migrations"}}
		for _, v := range c.versions {
			p.Versions = append(p.Versions, Package{Path: v})
		}
		if got := flagPatterns(p); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
