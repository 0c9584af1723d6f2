// Package templates holds the environments that `gomig init` begins with.
//
// An environment is a folder. Its README describes it in the first line; a file
// whose name ends in .tmpl is a text/template and loses the ending, but for
// script.go.tmpl, which is the template of every later revision and is copied
// as it is, like all other files.
package templates

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/gomig-dev/gomig/internal/nearest"
)

//go:embed all:generic
var embedded embed.FS

// Default is the name of the environment that is used when none is named.
const Default = "generic"

// readme is the file whose first line describes an environment.
const readme = "README"

// Template is an environment to begin with.
type Template struct {
	Name        string
	Description string // the first line of its README
}

// List are the environments that come with gomig, by name (list_templates).
func List() []Template {
	entries, err := embedded.ReadDir(".")
	if err != nil {
		return nil // the root of an embedded file system is always there
	}
	list := make([]Template, 0, len(entries))
	for _, e := range entries {
		if sub, err := fs.Sub(embedded, e.Name()); err == nil {
			list = append(list, Template{Name: e.Name(), Description: describe(sub)})
		}
	}
	return list
}

// describe is the first line of the README.
func describe(fsys fs.FS) string {
	f, err := fsys.Open(readme)
	if err != nil {
		return ""
	}
	defer func() { _ = f.Close() }()
	s := bufio.NewScanner(f)
	s.Scan()
	return strings.TrimSpace(s.Text())
}

// Open is the folder of an environment: one that comes with gomig by its name,
// or a folder of your own by its path (which holds a separator, or begins with a
// dot). The error is an [*UnknownError] if there is no such name.
func Open(name string) (fs.FS, error) {
	if isPath(name) {
		return openFolder(name)
	}
	if name != "" {
		if sub, err := fs.Sub(embedded, name); err == nil {
			if info, err := fs.Stat(sub, "."); err == nil && info.IsDir() {
				return sub, nil
			}
		}
	}
	return nil, &UnknownError{Name: name}
}

func isPath(name string) bool {
	return strings.ContainsRune(name, '/') || strings.ContainsRune(name, os.PathSeparator) || strings.HasPrefix(name, ".")
}

// openFolder is a folder of the user's own, which must be able to make an environment.
func openFolder(path string) (fs.FS, error) {
	fsys := os.DirFS(path)
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("reading the template %s: %w", path, err)
	}
	for _, need := range []string{"env.go.tmpl", Script} {
		switch _, err := fs.Stat(fsys, need); {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("reading the template %s: it has no %s; begin with a copy of what `gomig init` makes", path, need)
		case err != nil:
			return nil, fmt.Errorf("reading the template %s: %w", path, err)
		}
	}
	return fsys, nil
}

// UnknownError says that there is no environment of a name.
type UnknownError struct{ Name string }

var _ error = (*UnknownError)(nil)

// Error names the environments there are, and the one that was perhaps meant.
func (e *UnknownError) Error() string {
	list := List()
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.Name
	}
	msg := fmt.Sprintf("there is no template %q", e.Name)
	if best := nearest.Name(strings.ToLower(e.Name), names, len(e.Name)/2+1); best != "" {
		return msg + fmt.Sprintf("; did you mean %q?", best)
	}
	return msg + "; there are " + strings.Join(names, ", ") + ", and a folder of your own by its path, such as ./" + e.Name
}
