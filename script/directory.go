package script

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gomig-dev/gomig/internal/filestat"
)

// Options says where the revisions of an environment lie and how new ones are named. Only Dir or Locations is needed.
type Options struct {
	// Dir is the directory of the environment (script_location). If it is given it must exist.
	Dir string
	// Locations are the directories with revisions (version_locations). None means `versions` in Dir. They need not exist.
	Locations []string
	// Recursive looks for revisions below the locations too (recursive_version_locations).
	Recursive bool
	// FileTemplate is the form of file names (file_template). Empty means %(rev)s_%(slug)s.
	FileTemplate string
	// TruncateSlugLength is how many characters of a message go into a file name (truncate_slug_length). 0 means 40.
	TruncateSlugLength int
	// Timezone is the zone of dates in new files (timezone). Nil means local time.
	Timezone *time.Location
	// Cache is a directory to keep what is read of the files in, which spares reading all of them next time. Empty keeps
	// nothing.
	Cache string
	// Now is the clock. Only the cache looks at it, to tell files that were written just now. Nil means time.Now.
	Now func() time.Time
}

// Directory is the revisions of an environment as files (ScriptDirectory). It keeps nothing in memory of what it read.
type Directory struct {
	dir       string
	locations []string
	recursive bool
	template  string
	slug      int
	zone      *time.Location
	cache     string
	now       func() time.Time
}

// Open checks the options. It reads no revision.
func Open(o Options) (*Directory, error) {
	d := &Directory{
		dir: o.Dir, recursive: o.Recursive, template: cmp.Or(o.FileTemplate, "%(rev)s_%(slug)s"),
		slug: cmp.Or(o.TruncateSlugLength, 40), zone: cmp.Or(o.Timezone, time.Local), cache: o.Cache, now: o.Now,
	}
	if d.now == nil {
		d.now = time.Now //nolint:forbidigo // the clock if none is given
	}
	if o.Dir != "" {
		if _, err := os.Stat(o.Dir); err != nil {
			return nil, &MissingDirError{Dir: o.Dir}
		}
	}
	locations := o.Locations
	if len(locations) == 0 && o.Dir != "" {
		locations = []string{filepath.Join(o.Dir, "versions")}
	}
	if len(locations) == 0 {
		return nil, errors.New("opening the revisions: no directory is given")
	}
	for _, l := range locations {
		abs, err := filepath.Abs(l)
		if err != nil {
			return nil, fmt.Errorf("opening the revisions: %w", err)
		}
		d.locations = append(d.locations, abs)
	}
	if err := d.checkTemplate(); err != nil {
		return nil, err
	}
	return d, nil
}

// MissingDirError says that there is no environment where the configuration says.
type MissingDirError struct{ Dir string }

// Error names the way out, in Alembic's words.
func (e *MissingDirError) Error() string {
	return fmt.Sprintf("Path doesn't exist: %s.  Please use the 'init' command to create a new scripts folder.", e.Dir)
}

// Dir is the directory of the environment; "" if none was given.
func (d *Directory) Dir() string { return d.dir }

// Tree is what the directories hold.
type Tree struct {
	// Headers are the revisions: location by location, a directory before those in it, files in the order of their names.
	// The graph breaks ties by it.
	Headers []Header
	// Packages are the directories with Go files, in the same order.
	Packages []Package
	// Warnings are what was passed over.
	Warnings []string
}

// Package is a directory of Go files.
type Package struct {
	Dir  string // absolute
	Name string // as in its package clauses
	Sets []string
	// Revisions counts the registrations in it.
	Revisions int
}

// Headers reads the revisions of all locations. Two with one ID are a [*DuplicateError], a file that cannot be read is a
// [*FileError].
func (d *Directory) Headers(ctx context.Context) ([]Header, error) {
	tree, err := d.Read(ctx)
	return tree.Headers, err
}

// Read reads all locations.
func (d *Directory) Read(ctx context.Context) (Tree, error) {
	var tree Tree
	files, err := d.files(&tree)
	if err != nil {
		return Tree{}, err
	}
	kept, checked := d.openCache(), d.now().UnixNano()
	read, err := readAll(ctx, files, kept)
	if err != nil {
		return Tree{}, err
	}
	kept.save(files, read, checked)
	first := make(map[string]Header, len(files))
	for i, r := range read {
		for _, h := range r.source.headers {
			if other, ok := first[h.ID]; ok {
				return Tree{}, &DuplicateError{ID: h.ID, First: other, Second: h}
			}
			first[h.ID] = h
			tree.Headers = append(tree.Headers, h)
		}
		tree.add(filepath.Dir(files[i]), r.source)
	}
	return tree, nil
}

// add notes the package of a file. The files of one directory follow each other.
func (t *Tree) add(dir string, s source) {
	n := len(t.Packages)
	if n == 0 || t.Packages[n-1].Dir != dir {
		t.Packages = append(t.Packages, Package{Dir: dir, Name: s.pkg})
		n++
	}
	p := &t.Packages[n-1]
	p.Sets = append(p.Sets, s.sets...)
	p.Revisions += len(s.headers)
}

// DuplicateError says that two files register one revision.
type DuplicateError struct {
	ID            string
	First, Second Header
}

// Error names both places.
func (e *DuplicateError) Error() string {
	return fmt.Sprintf("revision %q is registered twice: %s:%d and %s:%d; give one of them another ID",
		e.ID, e.First.File, e.First.Line, e.Second.File, e.Second.Line)
}

// files lists the Go files of all locations.
func (d *Directory) files(tree *Tree) ([]string, error) {
	var all []string
	seen := map[string]bool{}
	for _, location := range d.locations {
		files, err := list(location, d.recursive)
		if err != nil {
			return nil, fmt.Errorf("reading the revisions: %w", err)
		}
		dirs := map[string]string{} // directories without symbolic links: one call for each, not for each file
		for _, f := range files {
			id := resolved(dirs, f)
			if seen[id] {
				tree.Warnings = append(tree.Warnings, fmt.Sprintf("File %s loaded twice! ignoring. Please ensure version_locations is unique.", f.path))
				continue
			}
			seen[id] = true
			all = append(all, f.path)
		}
	}
	return all, nil
}

// entry is a file that was found.
type entry struct {
	path string
	link bool // a symbolic link
}

// resolved is a name that one file has by whatever way it was found.
func resolved(dirs map[string]string, e entry) string {
	if e.link {
		if p, err := filepath.EvalSymlinks(e.path); err == nil {
			return p
		}
	}
	dir := filepath.Dir(e.path)
	if _, ok := dirs[dir]; !ok {
		p, err := filepath.EvalSymlinks(dir)
		if err != nil {
			p = dir
		}
		dirs[dir] = p
	}
	return filepath.Join(dirs[dir], filepath.Base(e.path))
}

// list finds the Go files of a directory that belong to its package, then those of the directories in it. A directory
// that does not exist has none.
func list(dir string, recursive bool) ([]entry, error) {
	entries, err := os.ReadDir(dir) // sorted by name
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []entry
	for _, e := range entries {
		if name := e.Name(); !e.IsDir() && isSource(name) {
			files = append(files, entry{filepath.Join(dir, name), e.Type()&fs.ModeSymlink != 0})
		}
	}
	if !recursive {
		return files, nil
	}
	for _, e := range entries {
		sub := filepath.Join(dir, e.Name())
		if !e.IsDir() || !isPackage(sub) {
			continue
		}
		more, err := list(sub, true)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
}

// isSource reports whether Go takes a file for part of a package. Editors' lock files are .#x.go.
func isSource(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && name[0] != '.' && name[0] != '_'
}

// isPackage reports whether a directory can be a package of the module around it.
func isPackage(dir string) bool {
	name := filepath.Base(dir)
	if name[0] == '.' || name[0] == '_' || name == "testdata" || name == "vendor" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err != nil
}

// readAll reads files on all processors, as far as they are not known. Of several errors the one of the first file is
// returned.
func readAll(ctx context.Context, files []string, kept *cache) ([]cached, error) {
	read := make([]cached, len(files))
	failed := make([]error, len(files))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(files) && ctx.Err() == nil; i = next.Add(1) - 1 {
				read[i], failed[i] = kept.readFile(files[i])
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("reading the revisions: %w", err)
	}
	for _, err := range failed {
		if err != nil {
			return nil, err
		}
	}
	return read, nil
}

// readFile reads a file unless it is known. Its attributes are asked for first, so that a write in between is seen next time.
func (c *cache) readFile(file string) (r cached, err error) {
	st, ok := filestat.Of(file)
	if ok && c.file != "" {
		if s, known := c.get(file, st); known {
			return cached{st, s}, nil
		}
	}
	r.stat = st
	r.source, err = readFile(file)
	return r, err
}

func readFile(file string) (source, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return source{}, fmt.Errorf("reading the revisions: %w", err)
	}
	return readSource(file, src)
}
