package structs

import (
	"go/types"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// ourKeys matches the keys of tags that declare something, wherever they stand.
var ourKeys = pattern.Lazy(`\b(gomig|gorm|bun|db)\s*:`)

// checkTags refuses tags in which reflect.StructTag finds less than is written:
// what stands behind a mistake would be left out without a word.
func (r *reader) checkTags(fields []*field) {
	for _, f := range fields {
		if g := classify(f.typ); g.named == nil && g.kind == object { // a struct without a name
			r.checkTags(fieldsOf(g.typ.(*types.Struct), f.what()))
		}
		if tag := string(f.tag); malformed(tag) && ourKeys().MatchString(tag) {
			r.problem(f.pos, `field %s: %s is no list of key:"value", and what stands behind the mistake is read by no library; `+"`go vet` says more", f.what(), strconv.Quote(tag))
		}
	}
}

// malformed reports whether a tag is not what reflect.StructTag reads as a whole.
func malformed(tag string) bool {
	for tag = strings.TrimLeft(tag, " "); tag != ""; tag = strings.TrimLeft(tag, " ") {
		key, rest, ok := strings.Cut(tag, ":")
		if !ok || key == "" || strings.ContainsAny(key, " ,;\"\t\r\n") {
			return true
		}
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil || quoted[0] != '"' {
			return true
		}
		tag = rest[len(quoted):]
	}
	return false
}
