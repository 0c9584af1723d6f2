package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/internal/filestat"
	"github.com/gomig-dev/gomig/internal/whole"
)

// A Change says in words what was done to a module.
type Change struct {
	Did []string // one sentence each, without a full stop; none if there was nothing to do
}

func (c *Change) did(format string, args ...any) { c.Did = append(c.Did, fmt.Sprintf(format, args...)) }

// toolPackage is named as a tool in the user's go.mod. Then "go mod tidy" and "go mod vendor" keep what the generated main
// imports, though no file of the user's imports it, and "go tool gomig" runs the same version for everyone.
const toolPackage = gomigModule + "/cmd/gomig"

// RequireGomig makes a module require gomig, and the modules of further packages (database drivers) at the versions that
// gomig itself is tested with. What the module requires already stays as it is. A gomig that was built from a checkout is
// required by a replace with that directory, and then nothing has to be downloaded that it was built with. If that fails,
// go.mod and go.sum are what they were.
func RequireGomig(ctx context.Context, moduleDir string, packages ...string) (Change, error) {
	r := requirement{packages: packages, env: (&Builder{}).goEnv("GOWORK=off")}
	if info, ok := debug.ReadBuildInfo(); ok {
		r.version, _ = ownVersion(info)
		for _, m := range info.Deps {
			r.known = append(r.known, modVersion{Path: m.Path, Version: m.Version})
		}
	}
	r.source, _ = SourceDir()
	return r.add(ctx, moduleDir)
}

// A requirement is what RequireGomig adds.
type requirement struct {
	packages []string
	env      []string     // for the go command
	source   string       // gomig's checkout; empty if it was installed by version
	version  string       // gomig's, if it was not
	known    []modVersion // modules that gomig was built with

	goCmd goCommand
	dir   string
}

type modVersion struct {
	Path, Version string
	Indirect      bool
}

// A modFile is what `go mod edit -json` says of a go.mod.
type modFile struct {
	Module  struct{ Path string }
	Go      string
	Require []modVersion
	Replace []struct{ Old, New modVersion }
	Tool    []struct{ Path string }
}

func (r *requirement) add(ctx context.Context, moduleDir string) (c Change, err error) {
	m, err := FindModule(moduleDir)
	if err != nil {
		return Change{}, err
	}
	if m.Path == gomigModule {
		return Change{}, nil // gomig's own environment
	}
	r.dir = m.Dir
	if r.goCmd, err = findGo(ctx, r.env, m.Dir); err != nil {
		return Change{}, err
	}
	restore, err := backup(filepath.Join(m.Dir, "go.mod"), filepath.Join(m.Dir, "go.sum"))
	if err != nil {
		return Change{}, fmt.Errorf("requiring gomig in %s: %w", m.Dir, err)
	}
	if c, err = r.change(ctx); err != nil {
		return Change{}, errors.Join(fmt.Errorf("requiring gomig in %s: %w", m.Dir, plainError(err)), restore())
	}
	if _, ok := filestat.Of(filepath.Join(m.Dir, "vendor", "modules.txt")); ok && len(c.Did) > 0 {
		c.did("the vendor directory does not hold what was added; run: go mod vendor")
	}
	return c, nil
}

// change edits go.mod and lets the go command add what that needs.
func (r *requirement) change(ctx context.Context) (c Change, err error) {
	before, err := r.read(ctx, filepath.Join(r.dir, "go.mod"))
	if err != nil {
		return c, err
	}
	if r.source == "" {
		err = r.get(ctx, &c, before)
	} else {
		err = r.replace(ctx, &c, before)
	}
	if err == nil && len(c.Did) > 0 {
		err = r.tellRaised(ctx, &c, before)
	}
	return c, err
}

// replace requires gomig by a replace with its checkout.
func (r *requirement) replace(ctx context.Context, c *Change, before *modFile) error {
	own, err := r.read(ctx, filepath.Join(r.source, "go.mod"))
	if err != nil {
		return err
	}
	r.known = append(own.Require, r.known...)
	edits, imports := r.edits(c, before, own)
	if len(edits) == 0 && len(imports) == 0 {
		return nil
	}
	if _, err := r.goCmd.run(ctx, r.dir, append([]string{"mod", "edit"}, edits...)...); err != nil {
		return err
	}
	if err := mergeSums(filepath.Join(r.dir, "go.sum"), filepath.Join(r.source, "go.sum")); err != nil {
		return err
	}
	return r.complete(ctx, imports)
}

// complete lets the go command add to go.mod and go.sum what packages need, by listing a package that imports them and is
// not there. "go get" would do it too, but asks a server for the date of every version that is named to it.
func (r *requirement) complete(ctx context.Context, imports []string) error {
	dir, err := os.MkdirTemp("", "gomig-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	virtual := freeDir(filepath.Join(r.dir, "gomigmain"))
	overlay, _, err := writeOverlay(dir, map[string]string{filepath.Join(virtual, "imports.go"): importsSource("imports", imports)}, nil)
	if err != nil {
		return err
	}
	_, err = r.goCmd.run(ctx, r.dir, "list", "-mod=mod", "-deps", "-overlay="+overlay, "./"+filepath.Base(virtual), toolPackage)
	return err
}

// edits are the flags of "go mod edit" that require gomig from its checkout, and the packages that are then to be imported.
func (r *requirement) edits(c *Change, before, own *modFile) (edits, imports []string) {
	if before.Go == "" || version.Compare("go"+before.Go, "go"+own.Go) < 0 {
		edits = append(edits, "-go="+own.Go)
		c.did("go.mod says go %s, which gomig needs", own.Go)
	}
	if !before.requires(gomigModule) {
		edits = append(edits, "-require="+gomigModule+"@"+replacedVersion, "-replace="+gomigModule+"="+r.source)
		c.did("go.mod requires %s, replaced by the checkout that this gomig was built from: %s", gomigModule, r.source)
	}
	if !before.hasTool() {
		edits = append(edits, "-tool="+toolPackage)
		c.did("%s", toolSentence)
	}
	imports = r.missing(before)
	for _, p := range imports {
		m, ok := r.module(p)
		if !ok {
			c.did("go.mod requires what provides %s", p)
			continue
		}
		edits = append(edits, "-require="+m.Path+"@"+m.Version)
		c.did("go.mod requires %s %s", m.Path, m.Version)
	}
	return edits, imports
}

// replacedVersion is the version the go command itself writes for a module that a directory stands in for.
const replacedVersion = "v0.0.0-00010101000000-000000000000"

const toolSentence = "go.mod names " + toolPackage + " as a tool: \"go tool gomig\" runs it, and \"go mod tidy\" keeps what it needs"

// get requires gomig at its version.
func (r *requirement) get(ctx context.Context, c *Change, before *modFile) error {
	var tool, modules []string
	switch {
	case before.requires(gomigModule) && before.hasTool():
	case before.requires(gomigModule):
		tool = []string{toolPackage}
		c.did("%s", toolSentence)
	case r.version == "":
		return errors.New("this gomig knows neither its version nor its source (it was built with -trimpath from a checkout); " +
			"run \"go get -tool " + toolPackage + "@latest\", then \"gomig init\" again")
	default:
		tool = []string{toolPackage + "@" + r.version}
		c.did("go.mod requires %s %s", gomigModule, r.version)
		c.did("%s", toolSentence)
	}
	for _, p := range r.missing(before) {
		if m, ok := r.module(p); ok {
			p += "@" + m.Version
		}
		modules = append(modules, p)
		c.did("go.mod requires what provides %s", p)
	}
	if tool != nil {
		if _, err := r.goCmd.run(ctx, r.dir, append([]string{"get", "-tool"}, tool...)...); err != nil {
			return err
		}
	}
	if modules != nil {
		if _, err := r.goCmd.run(ctx, r.dir, append([]string{"get"}, modules...)...); err != nil {
			return err
		}
	}
	return nil
}

// missing are the packages that no module in go.mod provides.
func (r *requirement) missing(m *modFile) []string {
	return slices.DeleteFunc(slices.Clone(r.packages), func(p string) bool {
		return provides(gomigModule, p) || provides(m.Module.Path, p) ||
			slices.ContainsFunc(m.Require, func(v modVersion) bool { return provides(v.Path, p) })
	})
}

// tellRaised adds what else changed: the version that gomig needs may be newer than the one required before.
func (r *requirement) tellRaised(ctx context.Context, c *Change, before *modFile) error {
	after, err := r.read(ctx, filepath.Join(r.dir, "go.mod"))
	if err != nil {
		return err
	}
	for _, old := range before.Require {
		if v := after.version(old.Path); v != "" && v != old.Version && !old.Indirect {
			c.did("go.mod requires %s %s instead of %s, for gomig needs that", old.Path, v, old.Version)
		}
	}
	return nil
}

func (r *requirement) read(ctx context.Context, file string) (*modFile, error) {
	out, err := r.goCmd.run(ctx, r.dir, "mod", "edit", "-json", file)
	if err != nil {
		return nil, err
	}
	m := &modFile{}
	if err := json.Unmarshal(out, m); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return m, nil
}

// module returns the module that gomig has a package from: that of the longest path.
func (r *requirement) module(pkg string) (found modVersion, ok bool) {
	for _, m := range r.known {
		if provides(m.Path, pkg) && len(m.Path) > len(found.Path) {
			found, ok = m, true
		}
	}
	return found, ok
}

func provides(module, pkg string) bool { return strings.HasPrefix(pkg+"/", module+"/") }

func (m *modFile) requires(module string) bool { return m.version(module) != "" }

// version is the version required of a module, empty if it is not required.
func (m *modFile) version(module string) string {
	for _, v := range m.Require {
		if v.Path == module {
			return v.Version
		}
	}
	return ""
}

func (m *modFile) hasTool() bool {
	return slices.ContainsFunc(m.Tool, func(t struct{ Path string }) bool { return t.Path == toolPackage })
}

// mergeSums adds the checksums of one go.sum to another. Those that turn out not to be needed do no harm, and go with the
// next "go mod tidy"; those that are needed would otherwise have to be asked from a server.
func mergeSums(to, from string) error {
	more, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(to)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	lines := strings.Split(strings.TrimSpace(string(old)+"\n"+string(more)), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	slices.Sort(lines)
	lines = slices.DeleteFunc(slices.Compact(lines), func(s string) bool { return s == "" })
	return whole.Write(to, []byte(strings.Join(lines, "\n")+"\n"))
}

// backup remembers files and returns what brings them back.
func backup(names ...string) (restore func() error, err error) {
	saved := make([][]byte, len(names))
	for i, name := range names {
		if saved[i], err = os.ReadFile(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return func() error {
		var errs []error
		for i, name := range names {
			if saved[i] != nil {
				errs = append(errs, writeBack(name, saved[i]))
			} else if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
		return errors.Join(errs...)
	}, nil
}

// writeBack writes a file only if it differs, so that its times stay.
func writeBack(name string, data []byte) error {
	if now, err := os.ReadFile(name); err == nil && string(now) == string(data) {
		return nil
	}
	return whole.Write(name, data)
}

// plainError is an error of the go command without its introductions.
func plainError(err error) error {
	var failed *runError
	if !errors.As(err, &failed) {
		return err
	}
	if lines := relevantLines(failed.output); len(lines) > 0 {
		return errors.New(strings.Join(lines, "\n"))
	}
	return err
}
