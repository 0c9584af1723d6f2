package gomigcli

import (
	"io"
	"os"
	"runtime"
)

// colourful reports whether what is written may be coloured: on a terminal that
// knows colours, unless the user wants none (https://no-color.org).
func colourful(w io.Writer, getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && onTerminal(w, getenv)
}

// onTerminal reports whether what is written goes to a terminal that knows the
// codes that terminals know.
func onTerminal(w io.Writer, getenv func(string) string) bool {
	if getenv("TERM") == "dumb" {
		return false
	}
	if runtime.GOOS == "windows" && getenv("WT_SESSION") == "" && getenv("TERM") == "" {
		return false // the old console shows the codes
	}
	return terminal(w)
}

// alarm is the beginning of an error, red on a terminal.
func (r *run) alarm(text string) string {
	if colourful(r.program.Stderr, os.Getenv) {
		return "\x1b[1;31m" + text + "\x1b[m"
	}
	return text
}
