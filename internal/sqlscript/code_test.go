package sqlscript_test

import (
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/internal/sqlscript"
)

// TestCommented: a separator does not become part of the comment before it.
func TestCommented(t *testing.T) {
	t.Parallel()
	for statement, want := range map[string]bool{
		"SELECT 1": false, "SELECT 1 -- one": true, "-- one\nSELECT 1": false, "SELECT 1 # one": true, "": false,
	} {
		if got := sqlscript.Commented(statement); got != want {
			t.Errorf("%q: %v, want %v", statement, got, want)
		}
	}
	script := "SELECT 1 -- one\n;\nSELECT 2 -- two\n;\n"
	list, err := sqlscript.Split("sqlite", script)
	if err != nil || !slices.Equal(list, []string{"SELECT 1 -- one", "SELECT 2 -- two"}) {
		t.Errorf("%q is split into %q (%v)", script, list, err)
	}
}
