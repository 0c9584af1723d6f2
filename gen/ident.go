package gen

import (
	"fmt"
	"strings"
	"unicode"
)

// Ident is prefix followed by id in the letters of an identifier: letters and
// digits stay, "_" is doubled, any other rune becomes its number between two
// "_". So no two ids give the same name: upgrade3512b954651e, upgrade1_2e_2.
// A broken byte counts as its number plus the last rune's.
func Ident(prefix, id string) string {
	var b strings.Builder
	b.WriteString(prefix)
	for i, r := range id {
		switch {
		case r == '_':
			b.WriteString("__")
		case r == unicode.ReplacementChar && !strings.HasPrefix(id[i:], string(unicode.ReplacementChar)):
			fmt.Fprintf(&b, "_%x_", unicode.MaxRune+1+rune(id[i]))
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "_%x_", r)
		}
	}
	return b.String()
}
