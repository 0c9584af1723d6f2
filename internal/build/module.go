package build

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// A Module is a Go module on disk.
type Module struct {
	Path string // from its module line
	Dir  string // absolute
}

// FindModule returns the module that a directory belongs to: that of the nearest go.mod upwards. The directory itself need
// not exist yet. Without one the error is a [*NoModuleError].
func FindModule(dir string) (Module, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Module{}, fmt.Errorf("finding the module of %s: %w", dir, err)
	}
	for d := abs; ; d = filepath.Dir(d) {
		file := filepath.Join(d, "go.mod")
		data, err := os.ReadFile(file)
		switch {
		case err == nil:
			p := modulePath(string(data))
			if p == "" {
				return Module{}, fmt.Errorf("reading %s: it has no module line", file)
			}
			return Module{Path: p, Dir: d}, nil
		case !errors.Is(err, os.ErrNotExist) && !isDir(file):
			return Module{}, fmt.Errorf("finding the module of %s: %w", dir, err)
		case filepath.Dir(d) == d:
			return Module{}, &NoModuleError{Dir: abs}
		}
	}
}

// ImportPath returns the import path of a directory inside the module.
func (m Module) ImportPath(dir string) (string, error) {
	rel, err := filepath.Rel(m.Dir, dir)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", fmt.Errorf("naming the package in %s: it is outside of module %s", dir, m.Path)
	}
	return path.Join(m.Path, filepath.ToSlash(rel)), nil
}

// modulePath reads the module line of a go.mod, in each form the go command takes: bare, quoted, or in a block.
func modulePath(mod string) string {
	block := false
	for line := range strings.Lines(mod) {
		if i := strings.Index(line, "//"); i >= 0 {
			line = line[:i]
		}
		line = strings.TrimSpace(line)
		rest, found := strings.CutPrefix(line, "module")
		switch {
		case block && line != "":
			return unquote(line)
		case block, !found:
		case strings.TrimSpace(rest) == "(":
			block = true
		case rest != "" && strings.ContainsAny(rest[:1], " \t\"`"):
			return unquote(strings.TrimSpace(rest))
		}
	}
	return ""
}

func unquote(s string) string {
	if u, err := strconv.Unquote(s); err == nil {
		return u
	}
	if strings.ContainsAny(s, " \t\"`()") {
		return ""
	}
	return s
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// locate finds modules and import paths, and the place for the generated main.
func (s *session) locate() error {
	env, m, err := findPackage(s.env.Dir)
	if err != nil {
		return err
	}
	s.packages.Env, s.modDir, s.modPath = env, m.Dir, m.Path
	for _, dir := range s.env.Versions {
		p, _, err := findPackage(dir)
		if err != nil {
			return err
		}
		s.packages.Versions = append(s.packages.Versions, p)
	}
	s.mainDir = mainDir(s.packages)
	return nil
}

func findPackage(dir string) (Package, Module, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Package{}, Module{}, fmt.Errorf("finding the package in %s: %w", dir, err)
	}
	if !isDir(abs) {
		return Package{}, Module{}, fmt.Errorf("compiling the migration environment: no directory %s", abs)
	}
	m, err := FindModule(abs)
	if err != nil {
		return Package{}, Module{}, err
	}
	p, err := m.ImportPath(abs)
	return Package{Path: p, Dir: abs}, m, err
}

// mainDir chooses the directory at which the go command sees the generated main: a folder of the environment package, which
// may import all that the environment package may. A versions package that lies below another internal folder can only be
// imported from there, so there the main goes if the environment package is not inside anyway.
func mainDir(p Packages) string {
	base := p.Env.Dir
	for _, v := range p.Versions {
		if root := internalRoot(v.Dir); root != "" && !within(root, base) {
			base = root
		}
	}
	return freeDir(filepath.Join(base, "gomigmain"))
}

// freeDir makes the name of a directory one that nothing has.
func freeDir(dir string) string {
	for {
		if _, err := os.Lstat(dir); err != nil {
			return dir
		}
		dir += "_"
	}
}

// internalRoot returns the directory whose packages may import dir, if that is restricted: the parent of its last internal folder.
func internalRoot(dir string) string {
	for d := dir; filepath.Dir(d) != d; d = filepath.Dir(d) {
		if filepath.Base(d) == "internal" {
			return filepath.Dir(d)
		}
	}
	return ""
}

// within reports whether dir is root or below it.
func within(root, dir string) bool {
	rel, err := filepath.Rel(root, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
