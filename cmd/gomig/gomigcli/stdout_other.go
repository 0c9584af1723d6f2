//go:build !unix

package gomigcli

import "os"

// another is the file itself: whoever closes it closes standard error.
func another(f *os.File) *os.File { return f }
