package script

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	if made, err = makeDirs(dir); err != nil {
		return fmt.Errorf("making the directory of the revision: %w", err)
	}
	if p.Fresh {
		file := filepath.Join(dir, packageFile)
		switch err := WriteNew(file, PackageFile(p.Package)); {
		case err == nil:
			made = append(made, file)
		case !errors.As(err, new(*ExistsError)): // someone else was faster, which is as well
			return err
		}
	}
	return WriteNew(p.Path, src)
}

// makeDirs makes a directory and its parents, and tells which were missing, the outermost first.
func makeDirs(dir string) ([]string, error) {
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
	err := writeFile(filepath.Dir(path), data, func(tmp string) error { return install(tmp, path) })
	if err != nil && !errors.As(err, new(*ExistsError)) {
		err = fmt.Errorf("writing %s: %w", path, err)
	}
	return err
}

// writeFile writes a file under a name of its own, and lets install give it another. It removes it if that fails.
func writeFile(dir string, data []byte, install func(tmp string) error) error {
	// Not os.CreateTemp, whose files only their owner may read.
	name := filepath.Join(dir, ".gomig-"+rand.Text()+".tmp")
	tmp, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		_ = tmp.Close()
		_ = os.Remove(name)
	}()
	if _, err := tmp.Write(data); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return install(name)
}

// install gives a finished file its name. A hard link, unlike a rename, fails if the name is taken; where there are no
// links the name is looked for first.
func install(tmp, path string) error {
	err := os.Link(tmp, path)
	if err == nil {
		return nil
	}
	if _, taken := os.Lstat(path); taken == nil || errors.Is(err, fs.ErrExist) {
		return &ExistsError{Path: path}
	}
	return os.Rename(tmp, path)
}
