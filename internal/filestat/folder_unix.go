//go:build linux || openbsd || dragonfly || solaris || darwin || freebsd || netbsd

package filestat

import (
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
		switch fd, err := unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0); err {
		case nil:
			return Folder{fd}, true
		case syscall.EINTR:
		default:
			return Folder{}, false
		}
	}
}

// Of is [Of] for a file of the folder.
func (f Folder) Of(name string) (Stat, bool) {
	var st unix.Stat_t
	for {
		switch err := unix.Fstatat(f.fd, name, &st, 0); err {
		case nil:
			return Stat{Size: st.Size, ModTime: st.Mtim.Nano(), ChangeTime: st.Ctim.Nano(), Inode: st.Ino}, true
		case syscall.EINTR:
		default:
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
