//go:build !(linux || openbsd || dragonfly || solaris || darwin || freebsd || netbsd)

package filestat

import "path/filepath"

// A Folder is asked for the attributes of its files.
type Folder struct{ path string }

// Open opens a folder. An empty path stands for none: names are then paths.
func Open(path string) (Folder, bool) { return Folder{path}, true }

// Of is [Of] for a file of the folder.
func (f Folder) Of(name string) (Stat, bool) { return Of(filepath.Join(f.path, name)) }

// Close closes the folder.
func (Folder) Close() {}
