package testdb

import (
	"errors"
	"fmt"
	"slices"
)

// requireEnv lists the kinds that must be there, separated by commas: what would
// be a skip is then a failure.
const requireEnv = "GOMIG_TEST_REQUIRE"

// UnavailableError says that this machine has no server (or no client) of a kind
// and what would bring one. It is the only error that a test may skip on; a
// server that is there and does not start is any other error.
type UnavailableError struct {
	Kind   Kind   // what was looked for
	Reason string // what is missing
	Way    string // what to install or set
}

// Error names the kind, what is missing and the way out.
func (e *UnavailableError) Error() string {
	return fmt.Sprintf("no %s to test on: %s; %s", e.Kind.title(), e.Reason, e.Way)
}

// verdict is what an error means for the test that met it.
type verdict int

const (
	proceed verdict = iota
	skip
	fail
)

// judge decides whether a test goes on, is skipped or fails, given the error
// that looking for a server gave, the value of GOMIG_TEST_REQUIRE and whether
// the tests run with -short.
func judge(kind Kind, err error, require string, length testLength) (verdict, string) {
	required, bad := requires(kind, require)
	if bad != nil {
		return fail, bad.Error()
	}
	if err == nil {
		if length == short && !required && kind != KindSQLite {
			return skip, fmt.Sprintf("-short: not tested on %s", kind.title())
		}
		return proceed, ""
	}
	if _, missing := errors.AsType[*UnavailableError](err); !missing {
		return fail, err.Error()
	}
	if required {
		return fail, fmt.Sprintf("%v (%s=%s)", err, requireEnv, require)
	}
	return skip, err.Error()
}

// testLength says whether the tests run with -short.
type testLength int

const (
	full testLength = iota
	short
)

// requires reports whether the list names the kind. A misspelt name is an
// error: it would otherwise require nothing and nobody would notice.
func requires(kind Kind, list string) (bool, error) {
	kinds, err := parseKinds(list)
	if err != nil {
		return false, fmt.Errorf("reading %s: %w", requireEnv, err)
	}
	return slices.Contains(kinds, kind), nil
}
