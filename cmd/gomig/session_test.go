package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gomig-dev/gomig/internal/testdb"
)

// sessionFile is what a terminal would show: each command behind a dollar, what
// it wrote, lines of stderr behind "2> ", and the exit code if it is not 0.
// What differs from run to run is masked.
const sessionFile = "session"

// run COMMAND… runs a command and notes what it says and how it ends.
func (s *story) run(args []string) error {
	if len(args) == 0 {
		return errors.New("usage: run command…")
	}
	code := 0
	if err := s.ts.Exec(args[0], args[1:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			return err
		}
		if code = exit.ExitCode(); code < 0 {
			return err // killed
		}
	}
	text := s.ts.ReadFile("stdout") + errorLines(s.ts.ReadFile("stderr"))
	if code != 0 {
		text += fmt.Sprintf("[%d]\n", code)
	}
	return s.note(commandLine(args), text)
}

// note COMMAND… notes what a command said that was run by other means, and has
// been waited for.
func (s *story) waited(args []string) error {
	return s.note(commandLine(args), s.ts.ReadFile("stdout")+errorLines(s.ts.ReadFile("stderr")))
}

// show FILE… notes what files hold.
func (s *story) show(args []string) error {
	for _, pattern := range args {
		names, err := filepath.Glob(s.ts.MkAbs(pattern))
		if err != nil || len(names) == 0 {
			return fmt.Errorf("there is no %s (%w)", pattern, err)
		}
		for _, n := range names {
			rel, err := filepath.Rel(s.ts.MkAbs("."), n)
			if err != nil {
				return err
			}
			if err := s.note("cat "+filepath.ToSlash(rel), s.ts.ReadFile(n)); err != nil {
				return err
			}
		}
	}
	return nil
}

// note appends to the session.
func (s *story) note(command, text string) error {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	f, err := os.OpenFile(filepath.Join(s.work, sessionFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = f.WriteString(s.mask("$ " + command + "\n" + text))
	return errors.Join(err, f.Close())
}

// compiling is the news that the environment is compiled: once, or again if a
// file was written just before.
var compiling = regexp.MustCompile(`(?m)^(2> )?INFO  \[gomig\.migration\] compiling the migration environment.*\n`)

// dates are those of revision files.
var dates = regexp.MustCompile(`(?m)^((?:2> )?(?:// | +)?)Create Date: .*$`)

// cancelled is an interrupted statement. Whether it was sent by then is chance,
// and so whether the error shows it.
var cancelled = regexp.MustCompile(`(context canceled) \[SQL: .*?\](;|$)`)

// clients is from where MySQL says somebody came.
var clients = regexp.MustCompile(`@'(localhost|127\.0\.0\.1)'`)

// mask hides what differs from run to run.
func (s *story) mask(text string) string {
	text = compiling.ReplaceAllString(text, "")
	text = dates.ReplaceAllString(text, "${1}Create Date: DATE")
	text = cancelled.ReplaceAllString(text, "$1$2")
	text = clients.ReplaceAllString(text, "@'$$CLIENT'")
	for _, o := range s.more {
		text = maskDatabase(text, o.db, o.name, o.name)
	}
	if s.db != nil {
		text = maskDatabase(text, s.db, "URL", "DB")
	}
	text = strings.ReplaceAll(text, s.work, "$WORK")
	return strings.ReplaceAll(text, s.world.root, "$GOMIG")
}

// maskDatabase hides the URL of a database, its server and its name.
func maskDatabase(text string, db *testdb.DB, urlName, dbName string) string {
	u, err := url.Parse(db.URL)
	if err != nil {
		return text
	}
	text = strings.ReplaceAll(text, db.URL, "$"+urlName)
	if u.Host != "" {
		text = strings.ReplaceAll(text, u.Host, "$HOST")
	}
	return strings.ReplaceAll(text, db.Name, "$"+dbName)
}

func errorLines(stderr string) string {
	if stderr == "" {
		return ""
	}
	stderr = strings.TrimSuffix(stderr, "\n")
	return "2> " + strings.ReplaceAll(stderr, "\n", "\n2> ") + "\n"
}

// commandLine is a command as one would type it.
func commandLine(args []string) string {
	out := make([]string, len(args))
	for i, a := range args {
		if out[i] = a; a == "" || strings.ContainsAny(a, " \n\t\"'\\$*") {
			out[i] = fmt.Sprintf("%q", a)
		}
	}
	return strings.Join(out, " ")
}
