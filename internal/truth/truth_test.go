package truth_test

import (
	"testing"

	"github.com/gomig-dev/gomig/internal/truth"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][2]bool{
		"true": {true, true}, " YES ": {true, true}, "1": {true, true}, "On": {true, true},
		"false": {false, true}, "n": {false, true}, "0": {false, true}, "": {}, "2": {}, "maybe": {},
	} {
		if on, ok := truth.Parse(value); on != want[0] || ok != want[1] {
			t.Errorf("%q: got %t, %t", value, on, ok)
		}
	}
}
