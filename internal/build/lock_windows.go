package build

import (
	"os"
	"syscall"
	"unsafe"
)

// tryLock locks an open file for this process alone, without waiting. The system drops the lock when the process ends,
// however it ends.
func tryLock(f *os.File) (bool, error) {
	const (
		failImmediately = 1
		exclusive       = 2
		lockViolation   = syscall.Errno(33)
	)
	lockFileEx := syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")
	var overlapped syscall.Overlapped
	r, _, err := lockFileEx.Call(f.Fd(), exclusive|failImmediately, 0, 1, 0, uintptr(unsafe.Pointer(&overlapped)))
	switch {
	case r != 0:
		return true, nil
	case err == lockViolation || err == syscall.ERROR_IO_PENDING:
		return false, nil
	default:
		return false, err
	}
}
