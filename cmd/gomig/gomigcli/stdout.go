package gomigcli

import "os"

// TakeStdout gives standard output to the command line alone: whatever else the
// program prints goes to standard error from then on, and so is taken for no part
// of a script or a listing. Every compiled environment begins by it.
func TakeStdout() *os.File {
	mine := os.Stdout
	os.Stdout = another(os.Stderr)
	return mine
}
