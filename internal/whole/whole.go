// Package whole writes files whole: a write that fails, or that is interrupted,
// leaves what was there before and nothing besides.
package whole

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Create writes a file that must not exist yet. If it does the error is fs.ErrExist.
func Create(path string, data []byte) error {
	return write(path, data, func(tmp string) error { return install(tmp, path) })
}

// Replace writes a file that is there already. Its permissions stay, and a
// symbolic link still leads to it.
func Replace(path string, data []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		// A terminal or a pipe takes what is written to it. It may have no other
		// name than the link to it, as /dev/stdout.
		return os.WriteFile(path, data, info.Mode().Perm())
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	return write(target, data, func(tmp string) error {
		if err := os.Chmod(tmp, info.Mode().Perm()); err != nil {
			return err
		}
		return os.Rename(tmp, target)
	})
}

// Write writes a file, whether it is there already or not.
func Write(path string, data []byte) error {
	switch _, err := os.Stat(path); {
	case err == nil:
		return Replace(path, data)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if at, err := os.Readlink(path); err == nil { // a link to a file that is still to be written
		if !filepath.IsAbs(at) {
			at = filepath.Join(filepath.Dir(path), at)
		}
		path = at
	}
	return write(path, data, func(tmp string) error { return os.Rename(tmp, path) })
}

// write writes a file under a name of its own, and lets install give it that of the path. It removes it if that fails.
func write(path string, data []byte, install func(tmp string) error) (err error) {
	defer func() { err = about(path, err) }()
	// Not os.CreateTemp, whose files only their owner may read.
	name := filepath.Join(filepath.Dir(path), ".gomig-"+rand.Text()+".tmp")
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
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	return os.Rename(tmp, path)
}

// about is the error with the name that whoever asked for the file knows.
func about(path string, err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		return &fs.PathError{Op: at.Op, Path: path, Err: at.Err}
	case errors.As(err, &link):
		return &fs.PathError{Op: "write", Path: path, Err: link.Err}
	}
	return err
}
