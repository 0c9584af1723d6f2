package script

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gomig-dev/gomig/internal/whole"
)

const (
	packageFile = "versions.go"
	setName     = "Scripts"
)

// PackageFile is the source of the file that makes a directory a package of revisions.
func PackageFile(pkg string) []byte {
	return fmt.Appendf(nil, `// Package %s holds revisions of the database, one file each.
package %[1]s

import "github.com/gomig-dev/gomig/script"

// %[2]s is the set that every revision file adds itself to.
var %[2]s script.Set
`, pkg, setName)
}

// Write writes the revision file, its directories, and the package file if there is none. Each file appears whole or not
// at all, none is overwritten, and after an error nothing is left of what Write made.
func (p Place) Write(src []byte) (err error) {
	var made []string
	defer func() {
		if err == nil {
			return
		}
		for _, path := range slices.Backward(made) {
			_ = os.Remove(path) // a directory that someone else has begun to use stays
		}
	}()
	dir := filepath.Dir(p.Path)
	if made, err = MakeDirs(dir); err != nil {
		return fmt.Errorf("making the directory of the revision: %w", err)
	}
	if p.Fresh {
		path := filepath.Join(dir, packageFile)
		switch err := WriteNew(path, PackageFile(p.Package)); {
		case err == nil:
			made = append(made, path)
		case !errors.As(err, new(*ExistsError)): // someone else was faster, which is as well
			return err
		}
	}
	return WriteNew(p.Path, src)
}

// MakeDirs makes a directory and its parents, and tells which were missing, the outermost first.
func MakeDirs(dir string) ([]string, error) {
	var missing []string
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil || filepath.Dir(at) == at {
			break
		}
		missing = append([]string{at}, missing...)
	}
	for i, at := range missing {
		if err := os.Mkdir(at, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return missing[:i], err
		}
	}
	return missing, nil
}

// WriteNew writes a file that must not exist yet, whole or not at all. If it exists the error is an [*ExistsError].
func WriteNew(path string, data []byte) error {
	err := whole.Create(path, data)
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrExist):
		return &ExistsError{Path: path}
	case errors.As(err, &at): // its path is said already
		return fmt.Errorf("writing %s: %w", path, at.Err)
	case err != nil:
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}
