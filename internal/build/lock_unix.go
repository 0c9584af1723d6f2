//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package build

import (
	"os"
	"syscall"
)

// tryLock locks an open file for this process alone, without waiting. The system drops the lock when the process ends,
// however it ends.
func tryLock(f *os.File) (bool, error) {
	switch err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err {
	case nil:
		return true, nil
	case syscall.EWOULDBLOCK, syscall.EINTR:
		return false, nil
	case syscall.ENOSYS, syscall.ENOTSUP, syscall.ENOLCK:
		return true, nil // a file system without locks: two processes may then compile the same, which is a waste but no harm
	default:
		return false, err
	}
}
