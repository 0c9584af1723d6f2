package gomig

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/internal/inspect"
	"github.com/gomig-dev/gomig/internal/whole"
	"github.com/gomig-dev/gomig/script"
)

// inspectGo declares the schema in Go, or as structs.
func inspectGo(_ context.Context, c *Config, s *inspect.Schema, o InspectOptions) error {
	p, err := goPlace(o)
	if err != nil {
		return fmt.Errorf("declaring the schema: %w", err)
	}
	var files []gen.SourceFile
	if o.Structs {
		var left []string
		files, left, err = s.Structs(p.pkg, o.Split)
		for _, n := range left {
			c.log().Warn("not shown: " + n)
		}
	} else {
		files, err = s.Go(p.pkg, o.Split)
	}
	if err != nil {
		return err
	}
	if o.Output == "" {
		_, err := c.out().Write(files[0].Content)
		return err
	}
	if p.file != "" {
		files[0].Name = p.file
	}
	return c.writeGo(p.dir, files, o.Force)
}

// place is where Go source goes.
type place struct {
	dir  string
	file string // empty for the name that gen gives it
	pkg  string // empty for gen's own
}

// goPlace reads where the files go: a file that ends in .go, else a directory.
func goPlace(o InspectOptions) (place, error) {
	p := place{dir: o.Output, pkg: o.Package}
	if strings.HasSuffix(o.Output, ".go") {
		p.dir, p.file = filepath.Split(o.Output)
	}
	if p.pkg != "" || o.Output == "" {
		return p, nil
	}
	abs, err := filepath.Abs(p.dir)
	if err != nil {
		return p, err
	}
	if p.pkg, err = packageIn(abs); p.pkg == "" {
		p.pkg = packageName(abs)
	}
	return p, err
}

// packageIn is the name of the package whose files a directory holds; empty if there is none.
func packageIn(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		tree, _ := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, parser.PackageClauseOnly)
		if tree != nil {
			return tree.Name.Name, nil
		}
	}
	return "", nil
}

// writeGo writes Go files, all or none. Without force none of them may be there.
func (c *Config) writeGo(dir string, files []gen.SourceFile, force bool) (err error) {
	if dir == "" {
		dir = "."
	}
	var there []script.Rewritten
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if _, err := os.Lstat(path); err != nil {
			continue
		}
		if !force {
			return fmt.Errorf("declaring the schema: %s already exists; choose another -o, or write over it by --force", path)
		}
		old, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("declaring the schema: %w", err)
		}
		there = append(there, script.Rewritten{Path: path, Old: old, New: f.Content})
	}
	var made []string
	defer func() {
		if err != nil {
			for _, path := range slices.Backward(made) {
				_ = os.Remove(path)
			}
		}
	}()
	if made, err = script.MakeDirs(dir); err != nil {
		return fmt.Errorf("declaring the schema: %w", err)
	}
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if slices.ContainsFunc(there, func(r script.Rewritten) bool { return r.Path == path }) {
			continue
		}
		if err := script.WriteNew(path, f.Content); err != nil {
			return fmt.Errorf("declaring the schema: %w", err)
		}
		made = append(made, path)
	}
	if err := script.ReplaceAll(there); err != nil {
		return fmt.Errorf("declaring the schema: %w", err)
	}
	for _, f := range files {
		c.status("Generating %s ...  done", filepath.Join(dir, f.Name))
	}
	return nil
}

// output writes a text to a file, whole, or to the config's Stdout.
func (c *Config) output(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(c.out())
	}
	var b strings.Builder
	if err := write(&b); err != nil {
		return err
	}
	if err := whole.Write(path, []byte(b.String())); err != nil {
		return fmt.Errorf("writing what was found: %w", err)
	}
	c.status("Generating %s ...  done", path)
	return nil
}
