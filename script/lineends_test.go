package script_test

import (
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/script"
)

// TestLineEnds rewrites a file with the line ends of Windows: what is new in it has them too.
func TestLineEnds(t *testing.T) {
	t.Parallel()
	src, err := script.SetBaseline("x.go", []byte(strings.ReplaceAll(two, "\n", "\r\n")), script.Baseline{
		ID: "b2", Replaces: []string{"a1"}, Folded: []string{"revisiona1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, all := strings.Count(string(src), "\r\n"), strings.Count(string(src), "\n"); n != all || !strings.Contains(string(src), "Replaces: a1\r\n") {
		t.Errorf("%d of %d lines end as in Windows:\n%q", n, all, src)
	}
}
