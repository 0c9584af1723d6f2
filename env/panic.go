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
	return fmt.Sprintf("%s panicked%s: %v", e.Who, at(e.File, e.Line), e.Value)
}

// GoexitError is code of the user's that ended its goroutine by runtime.Goexit
// instead of returning, as FailNow and Fatal of package testing do.
type GoexitError struct {
	Who  string // what ended it: "the revision"
	File string // where, as the compiler saw it; empty if not known
	Line int
}

// Error says where it was, by the last two elements of the file's name.
func (e *GoexitError) Error() string {
	return fmt.Sprintf("%s ended its goroutine%s: it called runtime.Goexit, as FailNow and Fatal of package testing do, instead of returning an error",
		e.Who, at(e.File, e.Line))
}

// at names a place in a file by the last two elements of the file's name.
func at(file string, line int) string {
	if file == "" {
		return ""
	}
	dir, base := filepath.Split(file)
	return fmt.Sprintf(" at %s:%d", filepath.ToSlash(filepath.Join(filepath.Base(dir), base)), line)
}

// protect makes an error of a panic and of runtime.Goexit. Nothing stops a
// goroutine from ending once it has called that, and on the caller's there would
// be nobody left to say so; so f runs on one of its own.
func protect(who string, f func() error) error {
	ended := make(chan error, 1)
	go func() {
		var err error
		returned := false
		defer func() {
			if !returned {
				err = broken(who, recover())
			}
			ended <- err
		}()
		err = f()
		returned = true
	}()
	return <-ended
}

// broken is the error of code that did not return; it panicked, unless p is nil.
func broken(who string, p any) error {
	file, line := culprit()
	if p == nil {
		return &GoexitError{Who: who, File: file, Line: line}
	}
	return &PanicError{Who: who, Value: p, File: file, Line: line}
}

// culprit is the innermost function below a recovered panic or a Goexit that is of the
// program's main module, which is the user's, or else of any module at all:
// what the standard library panics for stands there too.
func culprit() (file string, line int) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", 0
	}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)]) // behind Callers, culprit, broken and the deferred function
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
