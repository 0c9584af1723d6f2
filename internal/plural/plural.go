// Package plural says how many there are of something.
package plural

import "strconv"

// Of is a noun for several.
func Of(noun string) string {
	if noun == "index" {
		return "indexes"
	}
	return noun + "s"
}

// Count is a number with its noun.
func Count(n int, noun string) string {
	if n != 1 {
		noun = Of(noun)
	}
	return strconv.Itoa(n) + " " + noun
}
