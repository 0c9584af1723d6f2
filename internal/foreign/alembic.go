package foreign

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// alembicProgram lets Alembic itself say what its revisions are and, revision by
// revision, what SQL they write offline.
//
//go:embed alembic.py
var alembicProgram string

// alembicRevision is a revision as the program writes it.
type alembicRevision struct {
	ID, Doc, File           string
	Down, DependsOn, Labels []string
	Up, Back                string // SQL
	Error                   string // why a revision writes none
}

// Alembic reads the environment of Alembic in a directory: the one with env.py,
// or the one above it with alembic.ini. Alembic must be installed: it reads the
// headers, and writes the SQL of each revision as `alembic upgrade --sql` does,
// without connecting.
func Alembic(dir string, o Options) ([]Migration, error) {
	where, ini, err := AlembicPlace(dir)
	if err != nil {
		return nil, err
	}
	list, err := runAlembic(where, ini, o.Dialect)
	if err != nil {
		return nil, err
	}
	var out []Migration
	for _, r := range list {
		m := Migration{ID: r.ID, Message: r.Doc, Parents: r.Down, DependsOn: r.DependsOn, Labels: r.Labels, File: r.File}
		if header, err := alembicHeader(r.File); err == nil {
			m.Created, m.Zoned = header.Created, header.Zoned
		}
		switch {
		case r.Error != "" && o.Stubs:
			m.Way = Code
		case r.Error != "":
			return nil, fmt.Errorf("%s writes no SQL without a connection: %s; take the revisions over by --stubs, which leaves a place for it, and put its code there", r.File, r.Error)
		default:
			if m.Up, err = split(o.Dialect, r.Up, false); err == nil {
				m.Down, err = split(o.Dialect, r.Back, false)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", r.File, err)
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// AlembicPlace finds the directory with env.py, and alembic.ini, which may be missing.
func AlembicPlace(dir string) (where, ini string, err error) {
	is := func(path ...string) bool {
		_, err := os.Stat(filepath.Join(path...))
		return err == nil
	}
	for _, d := range []string{dir, filepath.Dir(filepath.Clean(dir))} {
		if ini == "" && is(d, "alembic.ini") {
			ini = filepath.Join(d, "alembic.ini")
		}
	}
	if is(dir, "env.py") {
		return dir, ini, nil
	}
	found, err := filepath.Glob(filepath.Join(dir, "*", "env.py"))
	switch {
	case err != nil || len(found) == 0:
		return "", "", fmt.Errorf("there is no env.py in %s; name the directory of Alembic's environment", dir)
	case len(found) > 1:
		return "", "", fmt.Errorf("%s holds several environments of Alembic (%s); name the directory of one", dir, strings.Join(found, ", "))
	}
	return filepath.Dir(found[0]), ini, nil
}

// runAlembic runs the program with the Python that Alembic is installed for.
func runAlembic(where, ini, dialect string) ([]alembicRevision, error) {
	python, err := alembicPython()
	if err != nil {
		return nil, err
	}
	family := map[string]string{"mariadb": "mysql", "tidb": "mysql"}
	if f, ok := family[dialect]; ok {
		dialect = f
	}
	// Reading files and writing SQL ends by itself.
	cmd := exec.CommandContext(context.Background(), python, "-c", alembicProgram, where, ini, dialect+"://") //nolint:forbidigo // see above
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
		return nil, fmt.Errorf("asking Alembic for its revisions: %w: %s", err, lines[len(lines)-1])
	}
	var list []alembicRevision
	if err := json.Unmarshal(stdout.Bytes(), &list); err != nil {
		return nil, fmt.Errorf("asking Alembic for its revisions: %w", err)
	}
	slices.Reverse(list) // Alembic walks from the heads down
	return list, nil
}

var errNoAlembic = errors.New("alembic is not installed here: gomig lets it write the SQL of its revisions; activate the environment that it is in, so that `alembic` is found, or take over ids and order alone by --headers")

// alembicPython is the interpreter in the first line of the alembic program.
func alembicPython() (string, error) {
	program, err := exec.LookPath("alembic")
	if err != nil {
		return "", errNoAlembic
	}
	text, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(text), "\n")
	python, ok := strings.CutPrefix(strings.TrimSpace(line), "#!")
	if fields := strings.Fields(python); ok && len(fields) > 0 {
		if filepath.Base(fields[0]) == "env" && len(fields) > 1 {
			return exec.LookPath(fields[len(fields)-1])
		}
		return fields[0], nil
	}
	return exec.LookPath("python3")
}
