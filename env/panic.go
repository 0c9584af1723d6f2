package env

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
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

// culprit is the innermost function below a recovered panic that is of the
// program's main module, which is the user's, or else of any module at all:
// what the standard library panics for stands there too.
func culprit() (file string, line int) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", 0
	}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)]) // behind Callers, culprit and the deferred function
	for {
		f, more := frames.Next()
		switch {
		case within(info.Main.Path, f.Function):
			return f.File, f.Line
		case file == "" && slices.ContainsFunc(info.Deps, func(m *debug.Module) bool { return within(m.Path, f.Function) }):
			file, line = f.File, f.Line
		}
		if !more {
			return file, line
		}
	}
}

// within reports whether a function is of a module.
func within(module, function string) bool {
	rest, ok := strings.CutPrefix(function, module)
	return ok && module != "" && (strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "."))
}
