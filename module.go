package gomig

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
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

// checkImport refuses a directory of the module that Go has no import path for.
func (m goModule) checkImport(dir string) error {
	p := m.importPath(dir)
	if p == "" {
		return nil
	}
	if err := module.CheckImportPath(p); err != nil {
		return fmt.Errorf("an environment is a Go package, and Go cannot import %s (%w): choose a folder named by ASCII letters and digits", dir, err)
	}
	if slices.Contains(strings.Split(strings.TrimPrefix(p, m.Path), "/"), "vendor") {
		return fmt.Errorf("an environment is a Go package of its own, and Go takes %s for a copy of another module: choose a folder that is not named vendor, nor below one", dir)
	}
	return nil
}

// resolve is the import path of a package as it is named on the command line: in
// full, or for one of the module's own without the module's path.
func (m goModule) resolve(name string) (string, error) {
	name = strings.TrimPrefix(name, "./")
	if err := module.CheckImportPath(name); err != nil {
		return "", err
	}
	rel, own := name, true
	if first, _, _ := strings.Cut(name, "/"); strings.Contains(first, ".") {
		rel, own = strings.CutPrefix(name+"/", m.Path+"/")
	} else if r, ok := strings.CutPrefix(name+"/", m.Path+"/"); ok {
		rel = r
	}
	if !own {
		return name, nil // of another module
	}
	rel = strings.TrimSuffix(rel, "/")
	if info, err := os.Stat(filepath.Join(m.Dir, filepath.FromSlash(rel))); err != nil || !info.IsDir() {
		return "", fmt.Errorf("module %s has no package %s", m.Path, path.Join(m.Path, rel))
	}
	return path.Join(m.Path, rel), nil
}
