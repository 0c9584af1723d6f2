package env

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// PanicError is a panic of the user's code.
type PanicError struct {
	Who   string // what panicked: "the revision"
	Value any    // what it panicked with
	File  string // where, as the compiler saw it; empty if not known
	Line  int
}

// Error says where it was, by the last two elements of the file's name.
func (e *PanicError) Error() string {
	at := ""
	if e.File != "" {
		dir, base := filepath.Split(e.File)
		at = fmt.Sprintf(" at %s:%d", filepath.ToSlash(filepath.Join(filepath.Base(dir), base)), e.Line)
	}
	return fmt.Sprintf("%s panicked%s: %v", e.Who, at, e.Value)
}

// protect makes an error of a panic.
func protect(who string, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			e := &PanicError{Who: who, Value: p}
			e.File, e.Line = culprit()
			err = e
		}
	}()
	return f()
}

// culprit is the innermost function below a recovered panic that is not of the
// standard library.
func culprit() (file string, line int) {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)]) // behind Callers, culprit, the deferred function and panic
	for {
		f, more := frames.Next()
		if path, _, _ := strings.Cut(f.Function, "/"); strings.Contains(path, ".") && !isStandard(f.Function) {
			return f.File, f.Line
		}
		if !more {
			return "", 0
		}
	}
}

// isStandard reports whether a function is of the standard library, whose import
// paths have no dot in their first element.
func isStandard(function string) bool {
	first, rest, found := strings.Cut(function, "/")
	if !found {
		first, _, _ = strings.Cut(first, ".")
		return first != "main" && rest == ""
	}
	return !strings.Contains(first, ".")
}
