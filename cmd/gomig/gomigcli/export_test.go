package gomigcli

import (
	"errors"
	"strings"

	"github.com/urfave/cli/v2"
)

// Permute puts arguments into the order in which they are read.
func Permute(args []string) ([]string, error) {
	r := &run{}
	return permute(r.app(), args)
}

// App is the program's commands and flags.
func App() *cli.App { return (&run{}).app() }

// IsUsage reports whether an error is one of the arguments.
func IsUsage(err error) bool {
	_, ok := errors.AsType[*usageError](err)
	return ok
}

// Colourful reports whether what is written may be coloured.
var Colourful = colourful

// Complete is what a shell is answered.
func Complete(args ...string) string {
	var out strings.Builder
	r := &run{program: Program{Stdout: &out}}
	r.complete(args)
	return out.String()
}

// SplitLine is the words of a command line without the program.
var SplitLine = splitLine

// Asker asks on a stream and reads answers from another.
var Asker = asker
