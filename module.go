package gomig

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// goModule is the Go module that a directory is in.
type goModule struct{ Path, Dir string }

// findModule finds the module of a directory, which itself need not be there yet.
func findModule(dir string) (goModule, error) {
	for at := dir; ; at = filepath.Dir(at) {
		data, err := os.ReadFile(filepath.Join(at, "go.mod"))
		switch {
		case err == nil:
			p := modfile.ModulePath(data)
			if p == "" {
				return goModule{}, fmt.Errorf("reading %s: it has no module line", filepath.Join(at, "go.mod"))
			}
			return goModule{Path: p, Dir: at}, nil
		case !errors.Is(err, fs.ErrNotExist):
			return goModule{}, err
		case filepath.Dir(at) == at:
			return goModule{}, fmt.Errorf("%s is not in a Go module, and an environment is a Go package: run `go mod init example.com/yourproject` first", dir)
		}
	}
}

// importPath is the import path of a directory of the module, empty for one outside.
func (m goModule) importPath(dir string) string {
	rel, err := filepath.Rel(m.Dir, dir)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return path.Join(m.Path, filepath.ToSlash(rel))
}
