package gomig

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// SquashOptions are the options of Squash.
type SquashOptions struct {
	// NoCheck does not look whether the database stands between, and so needs
	// neither the environment nor a database.
	NoCheck bool
}

// Squash folds revisions into one, the baseline: those after the start of a
// range, START:END, up to and including its end, whose id the baseline keeps.
// The start may be base. The folded files keep their functions, which the
// baseline calls in order; they only register no revision any more.
//
// Databases before and behind all of them go on as before. One that is between
// must be upgraded with the code from before; where the database at hand is,
// Squash refuses. All files are rewritten, or none.
func Squash(ctx context.Context, c *Config, symbols string, o SquashOptions) error {
	r, err := revision.ParseRange(symbols)
	if err != nil {
		return err
	}
	g, err := c.graph(messages)
	if err != nil {
		return err
	}
	f, err := g.Fold(r)
	if err != nil {
		return err
	}
	files, err := fold(f)
	if err != nil {
		return err
	}
	if !o.NoCheck {
		if err := c.checkOutside(ctx, g, f); err != nil {
			return err
		}
	}
	if err := script.ReplaceAll(files); err != nil {
		return err
	}
	for _, file := range files {
		c.status("Rewriting %s ...  done", file.Path)
	}
	c.status("%s is the baseline now of %s; it follows %s", f.Baseline.ID(), commas(f.Replaces), after(f))
	return nil
}

func after(f revision.Fold) string {
	if f.After == nil {
		return "<base>"
	}
	return f.After.ID()
}

// checkOutside refuses where the database is at a revision that is to go.
func (c *Config) checkOutside(ctx context.Context, g *revision.Map, f revision.Fold) error {
	all, err := c.standings(ctx, g)
	if err != nil {
		return fmt.Errorf("looking where the database is (--no-check does not look): %w", err)
	}
	for _, s := range all {
		for _, n := range f.Folded {
			if slices.Contains(s.rows, n.ID()) {
				return fmt.Errorf("the database is at %s, which would be gone: bring it to %s first by `gomig upgrade %[2]s`, or begin the range with %[1]s", n.ID(), f.Baseline.ID())
			}
		}
	}
	return nil
}

// fold is what the files are to hold. It writes nothing.
func fold(f revision.Fold) (files []script.Rewritten, err error) {
	dir := filepath.Dir(f.Baseline.File())
	b := script.Baseline{ID: f.Baseline.ID(), Down: f.Parents(), Replaces: f.Replaces, DependsOn: f.DependsOn, Labels: f.Labels}
	at := func(n *revision.Node) (*script.Rewritten, error) {
		for i := range files {
			if files[i].Path == n.File() {
				return &files[i], nil
			}
		}
		src, err := os.ReadFile(n.File())
		files = append(files, script.Rewritten{Path: n.File(), Old: src, New: src})
		return &files[len(files)-1], err
	}
	for _, n := range f.Folded {
		if filepath.Dir(n.File()) != dir {
			return nil, fmt.Errorf("folding %s into %s: %s is not in the package of %s, which could not call its functions; begin the range with %[1]s",
				n.ID(), b.ID, n.File(), f.Baseline.File())
		}
		file, err := at(n)
		if err != nil {
			return nil, fmt.Errorf("folding %s into %s: %w", n.ID(), b.ID, err)
		}
		name, err := freeName(dir, "revision"+script.Ident(n.ID()))
		if err != nil {
			return nil, fmt.Errorf("folding %s into %s: %w", n.ID(), b.ID, err)
		}
		if file.New, err = script.Unregister(n.File(), file.New, n.ID(), name); err != nil {
			return nil, err
		}
		b.Folded = append(b.Folded, name)
	}
	file, err := at(f.Baseline)
	if err != nil {
		return nil, fmt.Errorf("folding revisions into %s: %w", b.ID, err)
	}
	file.New, err = script.SetBaseline(file.Path, file.New, b)
	return files, err
}

// freeName is a name that no file of a package uses yet.
func freeName(dir, name string) (string, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return "", err
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		if script.Uses(src, name) {
			return freeName(dir, name+"_")
		}
	}
	return name, nil
}
