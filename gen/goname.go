package gen

import (
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// GoName is the exported Go name for what a database calls name: user_account
// and USER_ACCOUNT become UserAccount, account_id AccountID. A name without any
// letter that has an upper case gets a T in front.
func GoName(name string) string {
	shouting := name == strings.ToUpper(name)
	var b strings.Builder
	for _, word := range words(name) {
		if shouting {
			word = strings.ToLower(word)
		}
		if up := strings.ToUpper(word); slices.Contains(initialisms, up) {
			b.WriteString(up)
			continue
		}
		first, size := utf8.DecodeRuneInString(word)
		b.WriteRune(unicode.ToUpper(first))
		b.WriteString(word[size:])
	}
	s := b.String()
	if !token.IsIdentifier(s) || !token.IsExported(s) {
		s = "T" + s
	}
	return s
}

// words are the runs of letters and digits in a name.
func words(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// initialisms are the words that Go writes in capitals (https://go.dev/wiki/CodeReviewComments#initialisms).
var initialisms = strings.Fields("API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON QPS RAM RPC SLA SMTP SQL SSH TCP TLS TTL UDP UI UID URI URL UTF8 UUID VM XML")

// unique is name, with a number if it is gone, and takes it.
func unique(gone map[string]bool, name string) string {
	out := name
	for n := 2; gone[out]; n++ {
		out = name + strconv.Itoa(n)
	}
	gone[out] = true
	return out
}
