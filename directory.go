package gomig

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// directory is the revision files that the configuration names.
type directory struct {
	*script.Directory
	log func(warning string)
}

// Map is the history as the files have it.
func (d directory) Map() (*revision.Map, error) {
	tree, err := d.Read(context.Background()) //nolint:forbidigo // reading files ends by itself
	if err != nil {
		return nil, err
	}
	for _, w := range tree.Warnings {
		d.log(w)
	}
	return revision.NewMap(script.Revisions(tree.Headers))
}

// directory opens the revision files.
func (c *Config) directory() (directory, error) {
	o := script.Options{Cache: c.Cache, Now: c.now}
	var err error
	if o.Dir, err = c.ScriptLocation(); err != nil {
		return directory{}, err
	}
	if o.Locations, err = c.VersionLocations(); err != nil {
		return directory{}, err
	}
	if o.Recursive, err = c.RecursiveVersionLocations(); err != nil {
		return directory{}, err
	}
	if o.FileTemplate, err = c.FileTemplate(); err != nil {
		return directory{}, err
	}
	if o.TruncateSlugLength, err = c.TruncateSlugLength(); err != nil {
		return directory{}, err
	}
	if o.Timezone, err = c.Timezone(); err != nil {
		return directory{}, err
	}
	d, err := script.Open(o)
	return directory{Directory: d, log: func(w string) { c.log().Warn(w) }}, err
}

// Headers are what the revision files say of themselves.
func (c *Config) Headers(ctx context.Context) ([]script.Header, error) {
	d, err := c.directory()
	if err != nil {
		return nil, err
	}
	return d.Headers(ctx)
}

// VersionPackages are the directories of the packages with revisions: what a
// compiled environment imports. It looks at names only, not into files.
func (c *Config) VersionPackages() ([]string, error) {
	locations, err := c.VersionLocations()
	if err != nil {
		return nil, err
	}
	if len(locations) == 0 {
		dir, err := c.ScriptLocation()
		if err != nil {
			return nil, err
		}
		locations = []string{filepath.Join(dir, "versions")}
	}
	recursive, err := c.RecursiveVersionLocations()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range locations {
		if out, err = packagesIn(out, l, recursive); err != nil {
			return nil, fmt.Errorf("reading the version locations: %w", err)
		}
	}
	return out, nil
}

// packagesIn appends dir, if it is a package of revisions, and those below.
func packagesIn(out []string, dir string, recursive bool) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	isPackage := slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		return !e.IsDir() && strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go")
	})
	if isPackage && !slices.Contains(out, dir) {
		out = append(out, dir)
	}
	for _, e := range entries {
		name := e.Name()
		if !recursive || !e.IsDir() || name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
			continue
		}
		if out, err = packagesIn(out, filepath.Join(dir, name), true); err != nil {
			return nil, err
		}
	}
	return out, nil
}
