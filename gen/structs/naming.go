package structs

import (
	"crypto/sha1" //nolint:gosec // not for security: GORM's own choice
	"encoding/hex"
	"strings"
	"sync"
	"unicode/utf8"
)

// initialisms are the words that GORM takes for one, in its order.
var initialisms = strings.Fields("API ASCII CPU CSS DNS EOF GUID HTML HTTP HTTPS ID IP JSON LHS QPS RAM RHS RPC SLA SMTP SSH TLS TTL UID UI UUID URI URL UTF8 VM XML XSRF XSS")

// lowered replaces each of the initialisms by a word in title case.
var lowered = sync.OnceValue(func() *strings.Replacer {
	pairs := make([]string, 0, 2*len(initialisms))
	for _, w := range initialisms {
		pairs = append(pairs, w, w[:1]+strings.ToLower(w[1:]))
	}
	return strings.NewReplacer(pairs...)
})

// snake is a Go name as GORM's naming strategy writes it: UserID is user_id.
func snake(name string) string {
	if name == "" {
		return ""
	}
	value := lowered().Replace(name)
	upper := func(i int) bool { return value[i] >= 'A' && value[i] <= 'Z' }
	digit := func(i int) bool { return value[i] >= '0' && value[i] <= '9' }
	var b strings.Builder
	last := false
	for i := range len(value) {
		c := value[i]
		if !upper(i) {
			b.WriteByte(c)
			last = false
			continue
		}
		end := i == len(value)-1
		switch {
		case end && !last && i > 0, // the last letter
			!end && i > 0 && (!last || !upper(i+1) && !digit(i+1)) && value[i-1] != '_' && value[i+1] != '_':
			b.WriteByte('_')
		}
		b.WriteByte(c + 'a' - 'A')
		last = true
	}
	return b.String()
}

// underscore is a Go name as bun writes it: UserID is user_id, HTTPServer http_server.
func underscore(s string) string {
	isUpper := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	isLower := func(c byte) bool { return c >= 'a' && c <= 'z' }
	r := make([]byte, 0, len(s)+5)
	for i := range len(s) {
		c := s[i]
		if !isUpper(c) {
			r = append(r, c)
			continue
		}
		if i > 0 && i+1 < len(s) && (isLower(s[i-1]) || isLower(s[i+1])) {
			r = append(r, '_')
		}
		r = append(r, c+'a'-'A')
	}
	return string(r)
}

// gormName is a name of a constraint or index as GORM forms it; longer than 63
// characters it is cut and told apart by its hash.
func gormName(prefix, table, name string) string {
	const limit = 63 // PostgreSQL's; GORM takes 64 on MySQL
	s := strings.ReplaceAll(strings.Join([]string{prefix, table, name}, "_"), ".", "_")
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	sum := sha1.Sum([]byte(s)) //nolint:gosec // not for security: GORM's own choice
	return s[:limit-8] + hex.EncodeToString(sum[:])[:8]
}
