//go:build linux || openbsd || dragonfly || solaris || darwin || freebsd || netbsd

package filestat

import "syscall"

// Of asks the system directly: os.Stat costs twice as much, which counts with thousands of files on every run.
func Of(name string) (Stat, bool) {
	var st syscall.Stat_t
	for {
		switch err := syscall.Stat(name, &st); err {
		case nil:
			return Stat{Size: st.Size, ModTime: modTime(&st), ChangeTime: changeTime(&st), Inode: st.Ino}, true
		case syscall.EINTR:
		default:
			return Stat{}, false
		}
	}
}
