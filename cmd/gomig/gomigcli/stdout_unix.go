//go:build unix

package gomigcli

import (
	"os"
	"syscall"
)

// another is the same file once more, so that whoever closes it closes no other;
// the file itself where that cannot be had.
func another(f *os.File) *os.File {
	fd, err := syscall.Dup(int(f.Fd()))
	if err != nil {
		return f
	}
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), f.Name())
}
