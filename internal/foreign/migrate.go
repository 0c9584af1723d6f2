package foreign

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// migrateName is how golang-migrate reads names (source.Regex).
var migrateName = pattern.Lazy(`^([0-9]+)_(.*)\.(down|up)\.(.*)$`)

// GolangMigrate reads a folder of golang-migrate
// (https://github.com/golang-migrate/migrate): NUMBER_name.up.sql and .down.sql.
func GolangMigrate(dir string, o Options) ([]Migration, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, err
	}
	var ups []numbered
	downs := map[string]string{} // by number
	for _, path := range paths {
		m := migrateName().FindStringSubmatch(filepath.Base(path))
		if m == nil {
			continue
		}
		n := newNumbered(path, m[1], m[2])
		switch {
		case m[4] != "sql":
			return nil, fmt.Errorf("%s is no SQL; only SQL can be taken over", path)
		case m[3] == "up":
			ups = append(ups, n)
		case downs[n.compare] != "":
			return nil, fmt.Errorf("%s and %s have the same number; give one of them another", downs[n.compare], path)
		default:
			downs[n.compare] = path
		}
	}
	return pairs(ups, downs, o)
}

// pairs makes migrations of a file each, and of the one that undoes it.
func pairs(ups []numbered, downs map[string]string, o Options) ([]Migration, error) {
	slices.SortFunc(ups, byNumber)
	if err := twice(ups); err != nil {
		return nil, err
	}
	used := map[string]bool{}
	var out []Migration
	for _, n := range ups {
		m := Migration{ID: n.number, Message: words(n.name), File: n.path, Way: OnlyUp}
		var err error
		if m.Up, err = scriptFile(n.path, o.Dialect); err != nil {
			return nil, err
		}
		if down, ok := downs[n.compare]; ok {
			m.Way, used[n.compare] = Both, true
			if m.Down, err = scriptFile(down, o.Dialect); err != nil {
				return nil, err
			}
		}
		out = append(out, m)
	}
	for _, number := range slices.Sorted(maps.Keys(downs)) {
		if !used[number] {
			return nil, fmt.Errorf("%s undoes a migration that is not there", downs[number])
		}
	}
	return chain(out), nil
}

func scriptFile(path, dialect string) ([]Part, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	parts, err := split(dialect, string(text), false)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return parts, nil
}
