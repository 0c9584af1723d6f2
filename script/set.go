// Package script holds revisions: as their packages register them ([Set]), and
// as files on disk ([Directory]), read without compiling them and written whole.
package script

import (
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/script/revision"
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
	pc uintptr // in the file of the revision
}

// Add registers a revision. The value returned only serves to stand in a
// variable declaration. What is wrong with the revision is reported when the
// set is read: registration never panics.
func (s *Set) Add(r Revision) Registered {
	e := Registered{Revision: r, pc: place(r)}
	s.entries = append(s.entries, e)
	return e
}

// inOrder is the place of what InOrder makes, which says nothing of a revision. It is one only while InOrder is not inlined.
var inOrder = reflect.ValueOf(InOrder()).Pointer()

// place is where a revision's functions stand. The place of the call would be
// dear: all of them are in one init function of the package, through which the
// runtime would have to search anew for each.
func place(r Revision) uintptr {
	for _, f := range []Func{r.Upgrade, r.Downgrade} {
		if f != nil && reflect.ValueOf(f).Pointer() != inOrder {
			return reflect.ValueOf(f).Pointer()
		}
	}
	var pcs [1]uintptr
	runtime.Callers(3, pcs[:]) // behind runtime.Callers, place and Add
	return pcs[0] - 1          // what it gives is where the call returns to, perhaps in the next file
}

// Position is the file, as the compiler saw it (it may be of another machine),
// and the line of the revision's first function, or of its registration if it has none.
func (e Registered) Position() (file string, line int) {
	frame, _ := runtime.CallersFrames([]uintptr{e.pc + 1}).Next()
	return frame.File, frame.Line
}

// Revisions are the registered revisions in the order of their files, as the
// compiler initialised them.
func (s *Set) Revisions() []Registered { return s.entries }

// Join is the revisions of several sets. A revision that is registered twice is
// an error with both positions.
func Join(sets ...*Set) ([]Registered, error) {
	n := 0
	sets = slices.DeleteFunc(slices.Clone(sets), func(s *Set) bool { return s == nil })
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
	file, line := e.Position()
	dir, base := filepath.Split(file)
	dir = filepath.Base(strings.TrimSuffix(dir, string(filepath.Separator)))
	return fmt.Sprintf("%s:%d", filepath.ToSlash(filepath.Join(dir, base)), line)
}

// Graph is the history of registered revisions, without their files and messages.
func Graph(list []Registered) (*revision.Map, error) { return graph(list, false) }

// GraphInFiles is Graph with the files that the revisions were in when they were compiled.
func GraphInFiles(list []Registered) (*revision.Map, error) { return graph(list, true) }

func graph(list []Registered, inFiles bool) (*revision.Map, error) {
	revs := make([]revision.Revision, len(list))
	for i, r := range list {
		revs[i] = revision.Revision{ID: r.ID, Down: r.Down, DependsOn: r.DependsOn, Labels: r.Labels, Replaces: r.Replaces}
		if inFiles {
			revs[i].File, _ = r.Position()
		}
	}
	return revision.NewMap(revs)
}
