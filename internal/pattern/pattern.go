// Package pattern holds regular expressions that are compiled when they are
// first used. A package variable would compile each of them at every start of
// every program that links its package, which a command with nothing to do
// spends a tenth of its time on.
package pattern

import (
	"regexp"
	"sync"
)

// Lazy is the regular expression of text, compiled at the first call. A text
// that is none panics then: give constants, each covered by a test.
func Lazy(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
