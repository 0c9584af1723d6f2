package templates

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// embeddedRoot is the embedded environments, each with the files that all share
// and that it does not have itself.
type embeddedRoot struct{}

// Open opens a file of an environment, or the one that stands for it in common.
func (embeddedRoot) Open(name string) (fs.File, error) {
	f, err := embedded.Open(name)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	dir, base := path.Split(name)
	if _, err := embedded.ReadDir(path.Clean(dir)); err != nil || strings.Count(name, "/") != 1 || base == partsFile {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return embedded.Open(path.Join(common, base))
}

// ReadDir lists an environment, with what it shares.
func (embeddedRoot) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := embedded.ReadDir(name)
	if err != nil || name == "." || name == common {
		return list, err
	}
	shared, err := embedded.ReadDir(common)
	if err != nil {
		return nil, err
	}
	for _, e := range shared {
		has := func(o fs.DirEntry) bool { return o.Name() == e.Name() }
		if e.Name() != partsFile && !slices.ContainsFunc(list, has) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}
