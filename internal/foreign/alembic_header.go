package foreign

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/pattern"
)

// AlembicHeaders reads the headers of Alembic's revisions, without Alembic and
// without Python: ids, what they follow and depend on, labels, message and date.
// What the revisions do is code, which is left to others. Each stands behind
// those that it follows.
func AlembicHeaders(locations []string, recursive bool) ([]Migration, error) {
	byID := map[string]Migration{}
	var ids []string
	for _, dir := range locations {
		paths, err := pythonFiles(dir, recursive)
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			m, err := alembicHeader(path)
			if err != nil {
				return nil, err
			}
			if other, ok := byID[m.ID]; ok {
				return nil, fmt.Errorf("%s and %s are both revision %s", other.File, m.File, m.ID)
			}
			byID[m.ID] = m
			ids = append(ids, m.ID)
		}
	}
	slices.Sort(ids)
	return parentsFirst(ids, byID)
}

// parentsFirst orders revisions so that each stands behind those that it follows.
func parentsFirst(ids []string, byID map[string]Migration) (out []Migration, err error) {
	const begun, done = 1, 2
	state := map[string]int{}
	var visit func(id string) error
	visit = func(id string) error {
		m := byID[id]
		switch state[id] {
		case done:
			return nil
		case begun:
			return fmt.Errorf("%s follows itself, by way of others", m.File)
		}
		state[id] = begun
		for _, p := range m.Parents {
			if _, ok := byID[p]; !ok {
				return fmt.Errorf("%s follows %s, which no file is", m.File, p)
			}
			if err := visit(p); err != nil {
				return err
			}
		}
		state[id] = done
		out = append(out, m)
		return nil
	}
	for _, id := range ids {
		if err := visit(id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// pythonFiles are the files of a version location that Alembic takes for revisions.
func pythonFiles(dir string, recursive bool) (out []string, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil { // and e may be nil
			return fmt.Errorf("looking for Alembic's revisions: %w; they are where version_locations of alembic.ini says, else in versions beside env.py", err)
		}
		switch name := e.Name(); {
		case e.IsDir():
			if path != dir && (!recursive || name == "__pycache__") {
				return filepath.SkipDir
			}
		case strings.HasSuffix(name, ".py") && !strings.HasPrefix(name, ".#") && !strings.HasPrefix(name, "__init__"):
			out = append(out, path)
		}
		return nil
	})
	return out, err
}

var createDate = pattern.Lazy(`(?mi)^create date:[ \t]*(.+?)[ \t]*$`)

// alembicHeader reads one revision.
func alembicHeader(path string) (Migration, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return Migration{}, err
	}
	statements, err := pyStatements(string(src))
	if err != nil {
		return Migration{}, fmt.Errorf("%s: %w", path, err)
	}
	m := Migration{File: path, Way: HeaderOnly}
	var id []string
	for i, s := range statements {
		if text, ok := s.strings(); ok && i == 0 && len(text) == 1 {
			m.Message, m.Created, m.Zoned = docstring(text[0])
			continue
		}
		into := map[string]*[]string{"revision": &id, "down_revision": &m.Parents, "branch_labels": &m.Labels, "depends_on": &m.DependsOn}[s[0].text]
		value := assigned(s)
		if into == nil || s[0].isString || value == nil {
			continue
		}
		list, ok := value.strings()
		if !ok {
			return Migration{}, fmt.Errorf("%s: %s is no plain string or list of strings, and is not evaluated here: import where Alembic is installed, without --headers", position(path, s[0].line), s[0].text)
		}
		*into = list
	}
	if len(id) != 1 {
		return Migration{}, fmt.Errorf(`%s: it says no revision = "…": is it a revision of Alembic?`, path)
	}
	m.ID = id[0]
	return m, nil
}

// assigned is what a statement assigns to a name, with or without an annotation;
// nil for another statement.
func assigned(s pyStatement) pyStatement {
	depth := 0
	for i, t := range s {
		switch {
		case i > 0 && depth == 0 && t.is("="):
			return s[i+1:]
		case i == 1 && !t.is(":"):
			return nil
		case t.is("("), t.is("["), t.is("{"):
			depth++
		case t.is(")"), t.is("]"), t.is("}"):
			depth--
		}
	}
	return nil
}

// docstring is the message of a revision, and the date that its docstring tells.
func docstring(text string) (message string, created time.Time, zoned bool) {
	message, _, _ = strings.Cut(strings.TrimSpace(text), "\n\n")
	message = strings.TrimSpace(message)
	if m := createDate().FindStringSubmatch(text); m != nil {
		for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05"} { // fractions of a second are read too
			if at, err := time.Parse(layout, m[1]); err == nil {
				return message, at, false
			}
			if at, err := time.Parse(layout+"Z07:00", m[1]); err == nil {
				_, offset := at.Zone() // Parse takes the local zone for it where that has the offset
				return message, at.In(time.FixedZone("", offset)), true
			}
		}
	}
	return message, time.Time{}, false
}
