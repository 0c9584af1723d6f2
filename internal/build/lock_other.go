//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package build

import "os"

// tryLock locks nothing here: two processes may compile the same at once, which is a waste but no harm, since results are
// put in place by renaming.
func tryLock(*os.File) (bool, error) { return true, nil }
