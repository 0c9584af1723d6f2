package script

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// Set is the revisions of one versions package. Its zero value is empty: a
// versions package declares `var Scripts script.Set`, and each revision file
// adds itself by `var _ = Scripts.Add(…)`. Go initialises package variables by
// dependency, so there is no init function and no index file to conflict on merge.
type Set struct {
	entries []Registered
}

// Registered is a revision with the place of its registration.
type Registered struct {
	Revision
	File string // as the compiler saw it; may be of another machine
	Line int
}

// Add registers a revision. The value returned only serves to stand in a
// variable declaration. What is wrong with the revision is reported when the
// set is read: registration never panics.
func (s *Set) Add(r Revision) Registered {
	_, file, line, _ := runtime.Caller(1)
	e := Registered{Revision: r, File: file, Line: line}
	s.entries = append(s.entries, e)
	return e
}

// Revisions are the registered revisions in the order of their files, as the
// compiler initialised them.
func (s *Set) Revisions() []Registered { return s.entries }

// Join is the revisions of several sets. A revision that is registered twice is
// an error with both positions.
func Join(sets ...*Set) ([]Registered, error) {
	n := 0
	for _, s := range sets {
		n += len(s.entries)
	}
	all := make([]Registered, 0, n)
	at := make(map[string]int, n)
	for _, s := range sets {
		for _, e := range s.entries {
			if e.ID == "" {
				return nil, fmt.Errorf("%s registers a revision without an ID", e.position())
			}
			if i, ok := at[e.ID]; ok {
				return nil, fmt.Errorf("revision %q is registered twice: %s and %s; give one of them another ID", e.ID, all[i].position(), e.position())
			}
			at[e.ID] = len(all)
			all = append(all, e)
		}
	}
	return all, nil
}

// position is the file, by its last two elements, and the line.
func (e Registered) position() string {
	dir, base := filepath.Split(e.File)
	dir = filepath.Base(strings.TrimSuffix(dir, string(filepath.Separator)))
	return fmt.Sprintf("%s:%d", filepath.ToSlash(filepath.Join(dir, base)), e.Line)
}
