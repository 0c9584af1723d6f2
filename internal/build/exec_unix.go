//go:build unix

package build

import (
	"os"
	"syscall"
)

// Exec hands the process over to an executable: same process number, same streams, and signals and the exit code are its
// own. The first of args is the name it is started by; a nil env is that of this process. Exec returns only if that was
// not possible.
func Exec(bin string, args, env []string) (code int, err error) {
	if env == nil {
		env = os.Environ()
	}
	for {
		if err = syscall.Exec(bin, args, env); err != syscall.EINTR {
			return 0, startError(bin, err)
		}
	}
}

func interrupt(p *os.Process) error { return p.Signal(os.Interrupt) }
