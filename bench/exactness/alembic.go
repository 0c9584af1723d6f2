package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gomig-dev/gomig/bench/alchemy"
)

//go:embed alembic.py
var alembicEnv string

// alembic is Alembic, asked in one process: the environment of a project that it
// runs reads pairs of databases and answers.
type alembic struct {
	dir     string
	command *exec.Cmd
	in      io.WriteCloser
	out     *json.Decoder
	errs    strings.Builder
	version string
}

// startAlembic starts the program, which is one that takes alembic's arguments.
func startAlembic(ctx context.Context, program string) (_ *alembic, err error) {
	a := &alembic{}
	if a.dir, err = os.MkdirTemp("", "gomig-exactness-"); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{"alembic.ini": "[alembic]\nscript_location = %(here)s/migrations\n", "migrations/env.py": alembicEnv} {
		path := filepath.Join(a.dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			return nil, err
		}
	}
	a.command = exec.CommandContext(ctx, program, "current")
	a.command.Dir, a.command.Stderr = a.dir, &a.errs
	if a.in, err = a.command.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := a.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	a.out = json.NewDecoder(bufio.NewReader(out))
	if err := a.command.Start(); err != nil {
		return nil, err
	}
	var hello struct{ Version string }
	if err := a.out.Decode(&hello); err != nil {
		return nil, a.gone(program, err)
	}
	a.version = hello.Version
	return a, nil
}

// goneError says that a tool cannot be asked any more, which tells nothing about a change.
type goneError struct{ error }

func (a *alembic) gone(what string, err error) error {
	_ = a.command.Wait()
	text := a.errs.String()
	return goneError{fmt.Errorf("%s: %w: %s", what, err, text[max(0, len(text)-2000):])}
}

func (a *alembic) close() error {
	err := errors.Join(a.in.Close(), a.command.Wait())
	return errors.Join(err, os.RemoveAll(a.dir))
}

func (a *alembic) name() string { return "Alembic" }

func (a *alembic) compare(_ context.Context, from, to state) (found, warned []string, err error) {
	answer, err := a.ask("compare", from, to)
	return answer.Found, answer.Warned, err
}

func (a *alembic) apply(_ context.Context, from, to state) error {
	_, err := a.ask("apply", from, to)
	return err
}

type alembicAnswer struct {
	Found, Warned []string
	Error         string
}

func (a *alembic) ask(do string, from, to state) (answer alembicAnswer, err error) {
	question, err := json.Marshal(map[string]string{"do": do, "have": alchemy.URL(from.db), "want": alchemy.URL(to.db)})
	if err != nil {
		return answer, err
	}
	if _, err := a.in.Write(append(question, '\n')); err != nil {
		return answer, a.gone("asking alembic", err)
	}
	if err := a.out.Decode(&answer); err != nil {
		return answer, a.gone("asking alembic", err)
	}
	if answer.Error != "" {
		return answer, errors.New(answer.Error)
	}
	return answer, nil
}
