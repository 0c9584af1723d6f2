package gomig

import (
	"errors"
	"fmt"
)

// ErrArgument is behind every error that says that an option has a value that
// it does not take, whatever is in the files and the database, or that options
// exclude each other: the program then exits with 2. The program takes a
// revision.SymbolError and a revision.RangeSyntaxError for such errors too.
var ErrArgument = errors.New("wrong argument")

// argumentError makes an error one of the kind [ErrArgument].
type argumentError struct{ error }

func wrong(format string, args ...any) error { return argumentError{fmt.Errorf(format, args...)} }

// misread is the error of reading an option's value; nil if err is.
func misread(err error) error {
	if err == nil {
		return nil
	}
	return argumentError{err}
}

// Is reports whether target is ErrArgument.
func (e argumentError) Is(target error) bool { return target == ErrArgument }

// Unwrap is the error as it was.
func (e argumentError) Unwrap() error { return e.error }
