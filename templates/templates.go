// Package templates holds the environments that `gomig init` begins with.
//
// An environment is a folder. Its README describes it in the first line; a file
// whose name ends in .tmpl is a text/template and loses the ending, but for
// script.go.tmpl, which is the template of every later revision and is copied
// as it is, like all other files. parts.tmpl is no file of the environment: it
// defines what the others share.
//
// A team's own environments are folders, too: by their paths, or by their names
// in a directory that $GOMIG_TEMPLATES lists.
package templates

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/nearest"
)

//go:embed all:app all:common all:generic all:multidb all:pool all:tenants
var embedded embed.FS

// common is the folder of the files that the embedded environments share.
const common = "common"

// aliases are other names of embedded environments.
var aliases = map[string]string{"async": "pool"}

// Default is the name of the environment that is used when none is named.
const Default = "generic"

// readme is the file whose first line describes an environment.
const readme = "README"

// Template is an environment to begin with.
type Template struct {
	Name        string
	Description string // the first line of its README
}

// List are the environments there are, by name: those that come with gomig, and
// those in the directories that path lists as $PATH does (list_templates). One
// of your own takes the place of gomig's of its name.
func List(path string) []Template {
	found := map[string]string{}
	add := func(fsys fs.FS) {
		entries, err := fs.ReadDir(fsys, ".")
		if err != nil {
			return // a directory that is not there holds none
		}
		for _, e := range entries {
			sub, err := fs.Sub(fsys, e.Name())
			if err == nil && e.IsDir() && e.Name() != common && complete(sub) == "" {
				found[e.Name()] = describe(sub)
			}
		}
	}
	add(embeddedRoot{})
	for _, dir := range slices.Backward(filepath.SplitList(path)) {
		add(os.DirFS(dir))
	}
	list := make([]Template, 0, len(found))
	for _, name := range slices.Sorted(maps.Keys(found)) {
		list = append(list, Template{Name: name, Description: found[name]})
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

// Open is the folder of an environment: by its path, which holds a separator or
// begins with a dot, or by its name, in the directories that path lists as $PATH
// does or among those that come with gomig. The error is an [*UnknownError] if
// there is no such name.
func Open(name, path string) (fs.FS, error) {
	if isPath(name) {
		return openFolder(name)
	}
	if name == "" || name == common {
		return nil, unknown(name, path)
	}
	for _, dir := range filepath.SplitList(path) {
		own := filepath.Join(dir, name)
		if info, err := os.Stat(own); err == nil && info.IsDir() {
			return openFolder(own)
		}
	}
	if alias, ok := aliases[name]; ok {
		name = alias
	}
	sub, err := fs.Sub(embeddedRoot{}, name)
	if err == nil && complete(sub) == "" {
		return sub, nil
	}
	return nil, unknown(name, path)
}

func isPath(name string) bool {
	return strings.ContainsRune(name, '/') || strings.ContainsRune(name, os.PathSeparator) || strings.HasPrefix(name, ".")
}

// complete is the first file that an environment must have and a folder lacks;
// empty if it has all.
func complete(fsys fs.FS) (lacks string) {
	for _, need := range []string{"env.go.tmpl", Script} {
		if _, err := fs.Stat(fsys, need); err != nil {
			return need
		}
	}
	return ""
}

// openFolder is a folder of the user's own, which must be able to make an environment.
func openFolder(path string) (fs.FS, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("reading the template %s: %w", path, err)
	}
	fsys := os.DirFS(path)
	if need := complete(fsys); need != "" {
		return nil, fmt.Errorf("reading the template %s: it has no %s; begin with a copy of what `gomig init` makes", path, need)
	}
	return fsys, nil
}

func unknown(name, path string) error {
	e := &UnknownError{Name: name}
	for _, t := range List(path) {
		e.Known = append(e.Known, t.Name)
	}
	return e
}

// UnknownError says that there is no environment of a name.
type UnknownError struct {
	Name  string
	Known []string
}

var _ error = (*UnknownError)(nil)

// Error names the environments there are, and the one that was perhaps meant.
func (e *UnknownError) Error() string {
	msg := fmt.Sprintf("there is no template %q", e.Name)
	if best := nearest.Name(strings.ToLower(e.Name), e.Known, len(e.Name)/2+1); best != "" {
		return msg + fmt.Sprintf("; did you mean %q?", best)
	}
	return msg + "; there are " + strings.Join(e.Known, ", ") + ", and a folder of your own by its path, such as ./" + e.Name
}
