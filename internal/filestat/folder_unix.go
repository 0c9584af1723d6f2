//go:build linux || openbsd || dragonfly || solaris || darwin || freebsd || netbsd

package filestat

import (
	"errors"
	"syscall"

	"golang.org/x/sys/unix"
)

// A Folder is asked for the attributes of its files. The system then looks up the
// folder once and not again for each file.
type Folder struct{ fd int }

// Open opens a folder. An empty path stands for none: names are then paths.
func Open(path string) (Folder, bool) {
	if path == "" {
		return Folder{unix.AT_FDCWD}, true
	}
	for {
		fd, err := unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err == nil {
			return Folder{fd}, true
		}
		if !errors.Is(err, syscall.EINTR) {
			return Folder{}, false
		}
	}
}

// Of is [Of] for a file of the folder.
func (f Folder) Of(name string) (Stat, bool) {
	var st unix.Stat_t
	for {
		err := unix.Fstatat(f.fd, name, &st, 0)
		if err == nil {
			return Stat{Size: st.Size, ModTime: st.Mtim.Nano(), ChangeTime: st.Ctim.Nano(), Inode: st.Ino}, true
		}
		if !errors.Is(err, syscall.EINTR) {
			return Stat{}, false
		}
	}
}

// Close closes the folder.
func (f Folder) Close() {
	if f.fd != unix.AT_FDCWD {
		_ = unix.Close(f.fd)
	}
}
