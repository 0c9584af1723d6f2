package script

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/pyformat"
)

// NewFile says what a new revision file is for.
type NewFile struct {
	ID      string
	Message string
	Now     time.Time
	// Zoned means that Now is in the zone it is to be written in. If not, it is written in that of the configuration.
	Zoned bool
	// VersionPath is the location it is to lie in (--version-path). Empty means that of Parent, or the only one.
	VersionPath string
	// Parent is the file of the first revision that this one follows; empty if it follows none.
	Parent string
}

// Place is where a new revision file goes and what its package is.
type Place struct {
	Path    string    // absolute
	Package string    // for the package clause
	Set     string    // the variable to add the revision to
	Created time.Time // Now in the zone that it is written in
	// Fresh means that the directory is no package yet: Write makes its package file too.
	Fresh bool
}

// Place finds where a new revision goes. It writes nothing.
func (d *Directory) Place(f NewFile) (Place, error) {
	if err := CheckID(f.ID); err != nil {
		return Place{}, err
	}
	location, err := d.location(f)
	if err != nil {
		return Place{}, err
	}
	p := Place{Created: f.Now}
	if !f.Zoned {
		p.Created = f.Now.In(d.zone)
	}
	name, err := d.name(f.ID, f.Message, p.Created)
	if err != nil {
		return Place{}, err
	}
	p.Path = filepath.Join(location, filepath.FromSlash(name))
	if _, err := os.Lstat(p.Path); err == nil {
		return Place{}, &ExistsError{Path: p.Path}
	}
	return p, p.inspect()
}

func (d *Directory) location(f NewFile) (string, error) {
	if f.VersionPath != "" {
		path, err := filepath.Abs(f.VersionPath)
		if err != nil {
			return "", fmt.Errorf("finding --version-path: %w", err)
		}
		for _, l := range d.locations {
			if l == path {
				return l, nil
			}
		}
		return "", fmt.Errorf("Path %s is not represented in current version locations (%s)", f.VersionPath, strings.Join(d.locations, ", ")) //nolint:staticcheck // Alembic's words
	}
	if len(d.locations) == 1 {
		return d.locations[0], nil
	}
	best := ""
	for _, l := range d.locations {
		if below, err := filepath.Rel(l, f.Parent); err == nil && f.Parent != "" && filepath.IsLocal(below) && len(l) > len(best) {
			best = l
		}
	}
	if best == "" {
		return "", errors.New("Multiple version locations present, please specify --version-path") //nolint:staticcheck // Alembic's words
	}
	return best, nil
}

// inspect looks at the package that is already there.
func (p *Place) inspect() error {
	dir := filepath.Dir(p.Path)
	files, err := list(dir, false)
	if err != nil {
		return fmt.Errorf("reading the revisions: %w", err)
	}
	p.Package, p.Set, p.Fresh = packageName(filepath.ToSlash(dir)), setName, true
	named := false
	for _, f := range files {
		if filepath.Base(f.path) == packageFile {
			return p.inspectPackage(f.path)
		}
		// Any file tells the name of the package, even one that is broken below its first line.
		if tree, _ := parser.ParseFile(token.NewFileSet(), f.path, nil, parser.PackageClauseOnly); tree != nil && !named {
			p.Package, named = tree.Name.Name, true
		}
	}
	for _, f := range files {
		if s, err := readFile(f.path); err == nil && len(s.sets) > 0 {
			p.Set, p.Fresh = s.sets[0], false
			break
		}
	}
	return nil
}

func (p *Place) inspectPackage(file string) error {
	s, err := readFile(file)
	switch {
	case err != nil:
		return err
	case len(s.sets) == 0:
		return &FileError{File: file, Problem: fmt.Sprintf("there is no set to add revisions to; write `var %s script.Set`", setName)}
	}
	p.Package, p.Set, p.Fresh = s.pkg, s.sets[0], false
	return nil
}

// checkTemplate tries file_template out.
func (d *Directory) checkTemplate() error {
	for element := range strings.SplitSeq(d.template, "/") {
		if element == ".." {
			return fmt.Errorf("file_template %q leads out of the directory of the revisions; take the .. out of it", d.template)
		}
	}
	if strings.HasPrefix(d.template, "/") || filepath.IsAbs(d.template) {
		return fmt.Errorf("file_template %q is an absolute path; it must be relative to the directory of the revisions", d.template)
	}
	if strings.Contains(d.template, "/") && !d.recursive {
		return fmt.Errorf("file_template %q puts revisions into folders: set recursive_version_locations = true, or they are not found", d.template)
	}
	_, err := d.name("3512b954651e", "message", time.Unix(0, 0).UTC())
	return err
}

// name fills file_template: a slashed path below the location. Whatever ID and message are, it is one that Go compiles.
func (d *Directory) name(id, message string, at time.Time) (string, error) {
	flat := strings.NewReplacer("/", "_", `\`, "_")
	values := map[string]any{
		"rev": flat.Replace(id), "slug": Slug(message, d.slug), "epoch": int(at.Unix()),
		"year": at.Year(), "month": int(at.Month()), "day": at.Day(),
		"hour": at.Hour(), "minute": at.Minute(), "second": at.Second(),
	}
	text, err := pyformat.Format(d.template, func(name string) (any, bool) { v, ok := values[name]; return v, ok })
	if err != nil {
		return "", fmt.Errorf("filling file_template %q: %w (known: rev, slug, epoch, year, month, day, hour, minute, second)", d.template, err)
	}
	elements := strings.Split(text, "/")
	last := len(elements) - 1
	var path []string
	for _, e := range elements[:last] {
		if e = folderName(e); e != "" {
			path = append(path, e)
		}
	}
	name := FileName(elements[last])
	if name == "" {
		name = FileName(id)
	}
	if name == "" {
		name = "revision_" + Ident(id)
	}
	return strings.Join(append(path, name+".go"), "/"), nil
}

// ExistsError says that a new file would take the place of another.
type ExistsError struct{ Path string }

// Error names the file.
func (e *ExistsError) Error() string {
	return fmt.Sprintf("%s already exists; choose another message or --rev-id", e.Path)
}
