package foreign

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// Plain reads a folder of SQL scripts: each file is a migration, in the order of
// the numbers in front of their names (001_users.sql, V2__orders.sql) if all have
// one, else in that of the names. NAME.down.sql undoes NAME.sql or NAME.up.sql.
func Plain(dir string, o Options) ([]Migration, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, err
	}
	var ups []numbered
	downs := map[string]string{} // by the name of what they undo
	all := true
	for _, path := range paths {
		name, ok := strings.CutSuffix(filepath.Base(path), ".sql")
		if !ok {
			continue
		}
		if of, is := strings.CutSuffix(name, ".down"); is {
			downs[of] = path
			continue
		}
		name = strings.TrimSuffix(name, ".up")
		n := numbered{name: name, path: path}
		if m := leadingNumber().FindStringSubmatch(name); m != nil && len(m[1]) <= 32 && digits(m[1]) {
			n = newNumbered(path, m[1], cmp.Or(m[2], name))
		} else {
			all = false
		}
		ups = append(ups, n)
	}
	if !all {
		// The id of a file without a number is made of its name, so that it is the same each time.
		for i, n := range ups {
			name := stem(n.path)
			sum := sha256.Sum256([]byte(name))
			ups[i] = numbered{number: hex.EncodeToString(sum[:6]), name: name, path: n.path, compare: name}
		}
		slices.SortFunc(ups, func(a, b numbered) int { return strings.Compare(a.compare, b.compare) })
		for i := range ups {
			ups[i].compare = fmt.Sprintf("%09d", i)
		}
	}
	byNumber := map[string]string{}
	for _, n := range ups {
		if path, ok := downs[stem(n.path)]; ok {
			byNumber[n.compare] = path
			delete(downs, stem(n.path))
		}
	}
	for _, of := range slices.Sorted(maps.Keys(downs)) {
		return nil, fmt.Errorf("%s undoes %s.sql, which is not there", downs[of], of)
	}
	for _, n := range ups {
		if text, err := os.ReadFile(n.path); err == nil && gooseUp().Match(text) {
			return nil, fmt.Errorf("%s is a migration of goose; use `gomig import goose`", n.path)
		}
	}
	return pairs(ups, byNumber, o)
}

// gooseUp tells a script that holds both directions.
var gooseUp = pattern.Lazy(`(?im)^\s*--\s*\+goose\s+up`)

// stem is the name of a script without what says its direction.
func stem(path string) string {
	return strings.TrimSuffix(strings.TrimSuffix(filepath.Base(path), ".sql"), ".up")
}
