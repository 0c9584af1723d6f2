package plural_test

import (
	"testing"

	"github.com/gomig-dev/gomig/internal/plural"
)

func TestCount(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"0 tables": plural.Count(0, "table"), "1 table": plural.Count(1, "table"), "2 tables": plural.Count(2, "table"),
		"1 index": plural.Count(1, "index"), "3 indexes": plural.Count(3, "index"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
