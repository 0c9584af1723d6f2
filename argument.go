package gomig

import (
	"errors"
	"fmt"
)

// ErrArgument is behind every error that says that an option has a value that
// it does not take: the program then exits with 2.
var ErrArgument = errors.New("wrong argument")

// argumentError is an error of the kind [ErrArgument] with a text of its own.
type argumentError string

func wrong(format string, args ...any) error { return argumentError(fmt.Sprintf(format, args...)) }

func (e argumentError) Error() string { return string(e) }

// Is reports whether target is ErrArgument.
func (e argumentError) Is(target error) bool { return target == ErrArgument }
