package autogen_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// TestMain lets the ordinary run draw the same cases each time, so that it fails
// for a change of the code only; the long run (GOMIG_TEST_LONG=1) draws anew.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); !long() && seed.Value.String() == "0" {
		if err := flag.Set("rapid.seed", "20261121"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}
