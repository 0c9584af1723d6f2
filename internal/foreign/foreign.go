// Package foreign reads the histories of other migration tools: goose,
// golang-migrate, folders of SQL, Alembic. It writes nothing and connects to
// nothing.
package foreign

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// Migration is one migration of another tool.
type Migration struct {
	ID        string   // as the tool has it: the number as it is written, or the revision's id
	Message   string   // in words
	Parents   []string // what it follows; none for the first
	DependsOn []string
	Labels    []string
	Up, Down  []Part
	Way       Way
	Created   time.Time // zero if it does not say
	Zoned     bool      // Created is in the zone that it says; if not, it is a clock on the wall, in UTC
	File      string    // where it was read
}

// Way says how a migration leads back, or that it cannot be taken over.
type Way uint8

// The ways.
const (
	Both       Way = iota // Down is what undoes it; none of it means that nothing has to be done
	OnlyUp                // there is no way back: the tool itself has none
	Code                  // it is written in a programming language; Up and Down are empty
	HeaderOnly            // only its header was read; Up and Down are empty
)

// Part is SQL that runs in one transaction, or in none.
type Part struct {
	SQL        string
	Autocommit bool
}

// Options say how to read.
type Options struct {
	Dialect string // whose rules the SQL follows: "mysql", "mariadb", "tidb", "postgresql", "sqlite"
	Stubs   bool   // keeps a place for migrations in a programming language, instead of refusing them
}

// numbered is a file whose name begins with its number.
type numbered struct {
	number  string // as it is written
	name    string // what follows it
	path    string
	compare string // the number without leading zeros
}

func newNumbered(path, number, name string) numbered {
	return numbered{number: number, name: name, path: path, compare: strings.TrimLeft(number, "0")}
}

// byNumber orders files by their numbers, of any length.
func byNumber(a, b numbered) int {
	if len(a.compare) != len(b.compare) {
		return len(a.compare) - len(b.compare)
	}
	return strings.Compare(a.compare, b.compare)
}

// files are the paths of a directory's files, sorted by name.
func files(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out, nil
}

// chain lets each migration follow the one before.
func chain(list []Migration) []Migration {
	for i := 1; i < len(list); i++ {
		list[i].Parents = []string{list[i-1].ID}
	}
	return list
}

// twice finds a number that two files share.
func twice(list []numbered) error {
	for i := 1; i < len(list); i++ {
		if byNumber(list[i-1], list[i]) == 0 {
			return fmt.Errorf("%s and %s have the same number; give one of them another", list[i-1].path, list[i].path)
		}
	}
	return nil
}

// words is the name of a file as a message.
func words(name string) string {
	return strings.TrimSpace(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || r == ' ' || r == '.' }), " "))
}

// position says where a line of a file is.
func position(file string, line int) string { return fmt.Sprintf("%s:%d", file, line) }

var leadingNumber = pattern.Lazy(`^[Vv]?([0-9]+)(?:[_.-]+(.*))?$`)
