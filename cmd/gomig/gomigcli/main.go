// Package gomigcli is the command line of gomig: flags, streams and exit codes.
//
// The gomig program and every compiled environment call the same [Main]; what
// an environment adds is itself.
package gomigcli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	_ "time/tzdata" // `timezone` must not depend on what the machine has

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
	"github.com/gomig-dev/gomig/script/revision"
)

// Environment is a compiled migration environment.
type Environment = gomig.Environment

// Program is one call of the program: the program is a function of this.
type Program struct {
	Args           []string // without the program's name
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Environment    *Environment // nil in the gomig program, which compiles one where a command needs it
}

// Exit codes.
const (
	exitDone      = 0
	exitDifferent = 1 // `check` found differences, `current --check-heads` is behind, more than one head
	exitUsage     = 2
	exitFailed    = 3
)

// usageError is a mistake in the arguments.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usage(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// Main runs the program and returns its exit code. An interrupt ends what is
// running: the transaction is undone and the lock released. Another one, a while
// later, ends the program.
func Main(ctx context.Context, p Program) int {
	postponeCollection()
	r := &run{program: p}
	ctx, stop := interruptible(ctx, now, func() {
		r.tell("%s interrupted again, while what the first interrupt ended had not come back: what it was at is not waited for\n", r.alarm("FAILED:"))
		os.Exit(exitFailed) //nolint:forbidigo // what runs does not come back, and main waits for it
	})
	defer stop()
	err := r.main(ctx)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, new(*exitError)):
		var e *exitError
		errors.As(err, &e)
		return e.code
	}
	return r.report(ctx, err)
}

// exitError ends the program with the code of the environment that it ran.
type exitError struct{ code int }

func (e *exitError) Error() string { return fmt.Sprintf("exit status %d", e.code) }

// tell writes to standard error; where that is gone there is nobody to tell.
func (r *run) tell(format string, args ...any) { _, _ = fmt.Fprintf(r.program.Stderr, format, args...) }

// report writes the one line that says what went wrong.
func (r *run) report(ctx context.Context, err error) int {
	text := err.Error()
	if r.raise {
		text = fmt.Sprintf("%s [%s]", text, chain(err))
	}
	switch {
	case misused(err):
		r.tell("%s %s\n", r.alarm("gomig: error:"), text)
		return exitUsage
	case ctx.Err() != nil:
		text = "interrupted: " + text
	}
	r.tell("%s %s\n", r.alarm("FAILED:"), text)
	if errors.Is(err, gomig.ErrDifferent) {
		return exitDifferent
	}
	return exitFailed
}

// misused reports whether an error is of the arguments alone. Symbols and ranges
// are read nowhere else.
func misused(err error) bool {
	return errors.As(err, new(*usageError)) || errors.Is(err, gomig.ErrArgument) ||
		errors.As(err, new(*revision.SymbolError)) || errors.As(err, new(*revision.RangeSyntaxError))
}

// chain is the types of an error and of what it wraps (--raiseerr).
func chain(err error) string {
	text := fmt.Sprintf("%T", err)
	var inner []string
	switch e := err.(type) { //nolint:errorlint // each layer is wanted by itself
	case interface{ Unwrap() error }:
		if next := e.Unwrap(); next != nil {
			inner = append(inner, chain(next))
		}
	case interface{ Unwrap() []error }:
		for _, next := range e.Unwrap() {
			inner = append(inner, chain(next))
		}
	}
	if len(inner) == 0 {
		return text
	}
	return text + " > " + strings.Join(inner, ", ")
}

// run is one run of the program.
type run struct {
	program  Program
	global   globals
	raise    bool
	progress *progress // nil where there is no terminal to draw it on
}

func (r *run) main(ctx context.Context) error {
	if len(r.program.Args) > 0 && r.program.Args[0] == completeCommand {
		r.complete(r.program.Args[1:])
		return nil
	}
	app := r.app()
	args, err := permute(app, r.program.Args)
	if err != nil {
		return err
	}
	err = app.RunContext(ctx, append([]string{app.Name}, args...))
	if c, ok := err.(cli.ExitCoder); ok { //nolint:errorlint // what wraps one is of a program that was run
		return usage("%v", c) // of urfave/cli itself: there is no such help topic
	}
	return err
}

func (r *run) app() *cli.App {
	return &cli.App{
		Name:                      "gomig",
		Usage:                     "schema migrations in Go, generated from your models",
		Version:                   version(),
		HideVersion:               true, // its flag takes -v, which is for verbose
		Before:                    r.showVersion,
		Flags:                     r.global.flags(),
		Commands:                  r.commands(),
		Reader:                    r.program.Stdin,
		Writer:                    r.program.Stdout,
		ErrWriter:                 r.program.Stderr,
		DisableSliceFlagSeparator: true,
		HideHelpCommand:           true,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              func(_ *cli.Context, err error, _ bool) error { return usage("%v", err) },
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return unknownCommand(c.App, c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
	}
}

// showVersion ends the program if the version is asked for, whatever else is.
func (r *run) showVersion(c *cli.Context) error {
	if !r.global.version {
		return nil
	}
	if _, err := fmt.Fprintf(c.App.Writer, "%s %s\n", c.App.Name, c.App.Version); err != nil {
		return err
	}
	return &exitError{exitDone}
}
