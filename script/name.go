package script

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/token"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NewID makes a revision ID of twelve hexadecimal digits from six random bytes (util.rev_id). A nil source is the
// system's.
func NewID(random io.Reader) (string, error) {
	if random == nil {
		random = rand.Reader
	}
	var b [6]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("making a revision ID: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// CheckID refuses what cannot be the ID of a new revision: characters that revision symbols use, words that are symbols,
// and what does not fit into the version table.
func CheckID(id string) error {
	var bad []string
	for _, c := range []string{"+", "-", ":", "@"} {
		if strings.Contains(id, c) {
			bad = append(bad, c)
		}
	}
	switch {
	case len(bad) > 0:
		return fmt.Errorf("Character(s) '%s' not allowed in revision identifier '%s'", strings.Join(bad, ", "), id)
	case id == "" || strings.ContainsFunc(id, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == utf8.RuneError }):
		return fmt.Errorf("revision identifier %q must not be empty, nor hold spaces or control characters", id)
	case slices.Contains([]string{"head", "heads", "base", "current"}, id):
		return fmt.Errorf("revision identifier %q is a symbol; choose another", id)
	case utf8.RuneCountInString(id) > 32:
		return fmt.Errorf("revision identifier %q is too long: the version table holds 32 characters", id)
	}
	return nil
}

// Ident is the part of a Go identifier that stands for an ID, as in upgrade3512b954651e. Two IDs have two.
func Ident(id string) string {
	plain := func(r rune) bool {
		return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	if !strings.ContainsFunc(id, func(r rune) bool { return !plain(r) }) {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return strings.Map(func(r rune) rune {
		if plain(r) {
			return r
		}
		return '_'
	}, id) + "_" + hex.EncodeToString(sum[:4])
}

// Slug is a message as part of a file name: its words in lower case, joined by underscores. One of more characters than
// limit is cut, its last partial word dropped. As in Alembic, but accents that stand as characters of their own do not
// part words.
func Slug(message string, limit int) string {
	message = strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, message)
	words := strings.FieldsFunc(message, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
	slug := []rune(strings.ToLower(strings.Join(words, "_")))
	if len(slug) <= limit {
		return string(slug)
	}
	cut := string(slug[:limit])
	if i := strings.LastIndexByte(cut, '_'); i >= 0 {
		cut = cut[:i]
	}
	return cut + "_"
}

// maxName is how many bytes of a file name are left on every file system, its ending not counted.
const maxName = 240

// FileName turns any text into the name of a Go file, without its ending, that every system accepts, that every Go
// compiles on every system, and that can be in a module. It is empty if the text has nothing to make a name of.
func FileName(text string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || '0' <= r && r <= '9' || strings.ContainsRune("_-.+", r) {
			return r
		}
		return '_'
	}, text)
	name = strings.TrimLeft(name, "_-.+") // Go ignores files that begin with _ or . and refuses those with -
	for len(name) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	if name == "" {
		return ""
	}
	return strings.TrimSuffix(portable(name+".go"), ".go")
}

// portable puts an underscore into the name of a Go file that ends as tests, files for one system, Windows' devices or
// the package file do, and leaves any other as it is.
func portable(name string) string {
	name = strings.TrimSuffix(name, ".go")
	if strings.HasSuffix(name, "_test") {
		name += "_"
	}
	// What Go and Windows look at ends at the first dot.
	stem, rest, dotted := strings.Cut(name, ".")
	if constrained(stem) || device(stem) || name+".go" == packageFile {
		stem += "_"
	}
	if dotted {
		stem += "." + rest
	}
	return stem + ".go"
}

// constrained reports whether Go builds a file of this name on one system only (go/build.Context.MatchFile).
func constrained(stem string) bool {
	_, tail, ok := strings.Cut(stem, "_")
	if !ok {
		return false
	}
	words := strings.Split(tail, "_")
	if words[len(words)-1] == "test" && len(words) > 1 {
		words = words[:len(words)-1]
	}
	last := words[len(words)-1]
	return slices.Contains(systems, last) || slices.Contains(architectures, last)
}

// systems and architectures are the words that go/build knows, past and present
// (https://github.com/golang/go/blob/master/src/internal/syslist/syslist.go).
var (
	systems = strings.Fields("aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 " +
		"solaris wasip1 wasip2 windows zos")
	architectures = strings.Fields("386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 " +
		"mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm wasm32 wasm64")
)

// device reports whether Windows takes the name for a device.
func device(stem string) bool {
	stem = strings.ToUpper(stem)
	if len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) {
		return '0' <= stem[3] && stem[3] <= '9'
	}
	return slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, stem)
}

// folderName turns any text into a directory that can be part of an import path. It is empty if the text has nothing to
// make a name of.
func folderName(text string) string {
	name := strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || strings.ContainsRune("_-.", r) {
			return r
		}
		return '_'
	}, text)
	name = strings.TrimRight(strings.TrimLeft(name, "_-."), ".")
	if len(name) > maxName {
		name = strings.TrimRight(name[:maxName], ".")
	}
	stem, _, _ := strings.Cut(name, ".")
	if device(stem) || slices.Contains([]string{"internal", "vendor", "testdata"}, name) {
		name = strings.Replace(name, stem, stem+"_", 1)
	}
	return name
}

// packageName is the name of a package in a new directory.
func packageName(dir string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return unicode.ToLower(r)
		}
		return '_'
	}, path.Base(dir))
	name = strings.TrimSuffix(strings.Trim(name, "_"), "_test")
	if name != "" && unicode.IsDigit([]rune(name)[0]) {
		name = "v" + name
	}
	if !token.IsIdentifier(name) || name == "main" || name == "init" {
		return "versions"
	}
	return name
}
