//go:build !unix

package build

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
)

// Exec runs an executable in place of this process, as near as the system allows: with its streams, and its exit code as
// the result. The first of args is the name it is started by; a nil env is that of this process. An interrupt reaches the
// child by itself, since both belong to one console; this process only has to outlive it.
func Exec(bin string, args, env []string) (code int, err error) {
	cmd := exec.Command(bin, args[1:]...) //nolint:noctx // the child decides when it ends, as it would in this process
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, env
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, os.Interrupt)
	defer signal.Stop(ignored)
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 0, startError(bin, err)
	}
	return 0, nil
}

func interrupt(p *os.Process) error { return p.Kill() }
