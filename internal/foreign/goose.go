package foreign

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Goose reads a folder of goose (https://github.com/pressly/goose): files
// NUMBER_name.sql with annotations. Files without a number are not goose's.
func Goose(dir string, o Options) ([]Migration, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, err
	}
	var list []numbered
	for _, path := range paths {
		base := filepath.Base(path)
		ext := filepath.Ext(base)
		number, name, ok := strings.Cut(strings.TrimSuffix(base, ext), "_")
		if (ext != ".sql" && ext != ".go") || !ok || strings.HasSuffix(base, "_test.go") || !digits(number) {
			continue
		}
		list = append(list, newNumbered(path, number, name))
	}
	slices.SortFunc(list, byNumber)
	if err := twice(list); err != nil {
		return nil, err
	}
	var out []Migration
	for _, n := range list {
		m := Migration{ID: n.number, Message: words(n.name), File: n.path}
		switch {
		case filepath.Ext(n.path) == ".sql":
			text, err := os.ReadFile(n.path)
			if err != nil {
				return nil, err
			}
			if m.Up, m.Down, err = gooseScript(n.path, string(text), o.Dialect); err != nil {
				return nil, err
			}
		case !o.Stubs:
			return nil, fmt.Errorf("%s is written in Go, and gomig does not run what is written for goose: take the migrations over by --stubs, "+
				"which leaves a place for it, and put its code there", n.path)
		default:
			m.Way = Code
		}
		out = append(out, m)
	}
	return chain(out), nil
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == "" && strings.Trim(s, "0") != ""
}

// gooseReader reads one file.
type gooseReader struct {
	file, dialect string
	line          int
	up, down      strings.Builder
	section       *strings.Builder // nil before the first annotation
	block         *strings.Builder // inside of StatementBegin and StatementEnd
	loose         bool             // NO TRANSACTION
	substitute    bool             // ENVSUB ON
}

// gooseScript reads the two directions of a file.
func gooseScript(file, text, dialect string) (up, down []Part, err error) {
	r := gooseReader{file: file, dialect: dialect}
	for line := range strings.Lines(text) {
		r.line++
		if err := r.read(strings.TrimRight(line, "\r\n")); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", position(file, r.line), err)
		}
	}
	switch {
	case r.section == nil:
		return nil, nil, fmt.Errorf("%s has no -- +goose Up; is it a migration of goose?", file)
	case r.block != nil:
		return nil, nil, fmt.Errorf("%s: the last -- +goose StatementBegin has no StatementEnd", file)
	}
	if up, err = split(dialect, r.up.String(), r.loose); err == nil {
		down, err = split(dialect, r.down.String(), r.loose)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	return up, down, nil
}

func (r *gooseReader) read(line string) error {
	if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "--") && strings.Contains(trimmed, "+goose") {
		_, annotation, _ := strings.Cut(trimmed, "+goose")
		return r.annotation(strings.TrimSpace(annotation))
	}
	switch {
	case r.section == nil:
		// goose skips comments in front of the first annotation, and runs nothing that stands there.
		if trimmed := strings.TrimSpace(line); trimmed != "" && !strings.HasPrefix(trimmed, "--") {
			return fmt.Errorf("%q stands before -- +goose Up, and goose does not take what does: put it behind, or begin the line with --", trimmed)
		}
	case r.substitute && strings.Contains(line, "$"):
		return errors.New("it takes values from the process environment (ENVSUB), and gomig's scripts are the same wherever they run: write the value into it")
	case r.block != nil:
		r.block.WriteString(line + "\n")
	default:
		r.section.WriteString(line + "\n")
	}
	return nil
}

func (r *gooseReader) annotation(text string) error {
	switch strings.ToUpper(text) {
	case "UP":
		if r.section != nil {
			return errors.New("there is a second -- +goose Up")
		}
		r.section = &r.up
	case "DOWN":
		if r.section != &r.up || r.block != nil {
			return errors.New("-- +goose Down must stand once, behind -- +goose Up")
		}
		r.section = &r.down
	case "STATEMENTBEGIN":
		if r.section == nil || r.block != nil {
			return errors.New("-- +goose StatementBegin must stand behind -- +goose Up or Down, and not in another")
		}
		r.block = &strings.Builder{}
	case "STATEMENTEND":
		if r.block == nil {
			return errors.New("-- +goose StatementEnd has no StatementBegin")
		}
		text, err := whole(r.dialect, strings.TrimSpace(r.block.String()))
		if err != nil {
			return err
		}
		r.section.WriteString(text)
		r.block = nil
	case "NO TRANSACTION":
		r.loose = true
	case "ENVSUB ON":
		r.substitute = true
	case "ENVSUB OFF":
		r.substitute = false
	default:
		return fmt.Errorf("-- +goose %s is not known", text)
	}
	return nil
}
