package build

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/filestat"
)

// A listed is what `go list -json` says of a package.
type listed struct {
	Dir        string
	ImportPath string
	Standard   bool
	Module     *struct {
		Dir   string
		GoMod string
	}
	GoFiles       []string
	EmbedPatterns []string
	EmbedFiles    []string
	Imports       []string
}

// toolchain is what `go env -json` says of the go command.
type toolchain struct {
	GOENV, GOFLAGS, GOHOSTARCH, GOHOSTOS, GOMODCACHE, GOROOT, GOWORK string
}

// list asks the go command for all that the environment is compiled from, and digests it. A file that was modified just
// before or meanwhile may be digested in another state than the go command saw; then it is asked again.
func (s *session) list(ctx context.Context) (*manifest, error) {
	var m *manifest
	for range attempts {
		start := s.now()
		s.log.Debug("listing what the migration environment is compiled from", slog.String("package", s.packages.Env.Path))
		in, err := s.inputs(ctx)
		if err != nil {
			return nil, err
		}
		if m, err = in.manifest(s.config, s.now().UnixNano()); err != nil {
			return nil, err
		}
		if m.newest() < start.Add(-tick).UnixNano() {
			break
		}
	}
	return m, nil
}

// tick is more than the step of file times on the systems that have fine ones.
const tick = 50 * time.Millisecond

// newest is when the last of the user's files was modified.
func (m *manifest) newest() (t int64) {
	for i := range m.folders {
		for j := range m.folders[i].files {
			t = max(t, m.folders[i].files[j].stat.Newest())
		}
	}
	for i := range m.files {
		t = max(t, m.files[i].stat.Newest())
	}
	return t
}

// inputs are the files and folders an executable is made from, as they are collected.
type inputs struct {
	packages map[string]listed // by directory
	watched  map[string]bool   // directories with embedded files
	files    map[string]shape  // named absolutely
}

func (s *session) inputs(ctx context.Context) (*inputs, error) {
	var tc toolchain
	out, err := s.goCmd.run(ctx, s.modDir, "env", "-json", "GOENV", "GOFLAGS", "GOHOSTARCH", "GOHOSTOS", "GOMODCACHE", "GOROOT", "GOWORK")
	if err == nil {
		err = json.Unmarshal(out, &tc)
	}
	if err != nil {
		return nil, s.explain(err)
	}
	in := &inputs{packages: map[string]listed{}, watched: map[string]bool{}, files: map[string]shape{}}
	in.addToolchain(s.goCmd, tc)
	modules := map[string]bool{s.modDir: true}
	if err := s.listPackages(ctx, in, tc, modules); err != nil {
		return nil, err
	}
	if err := s.addModules(ctx, in, tc, modules); err != nil {
		return nil, err
	}
	return in, nil
}

// addToolchain adds the files that tell one toolchain from another, and the settings kept in files.
func (in *inputs) addToolchain(g goCommand, tc toolchain) {
	in.add(g.real)
	for _, f := range []string{"VERSION", "go.env"} {
		in.add(filepath.Join(tc.GOROOT, f))
	}
	for _, tool := range []string{"compile", "link"} { // a toolchain built from source may lack the VERSION
		if tc.GOHOSTOS == "windows" {
			tool += ".exe"
		}
		in.add(filepath.Join(tc.GOROOT, "pkg", "tool", tc.GOHOSTOS+"_"+tc.GOHOSTARCH, tool))
	}
	if tc.GOENV != "" && tc.GOENV != "off" {
		in.add(tc.GOENV)
	}
}

// listPackages adds all packages that are compiled but those of the standard library, known by the toolchain, and those in
// the module cache, which never change and are named with their checksums in go.sum.
func (s *session) listPackages(ctx context.Context, in *inputs, tc toolchain, modules map[string]bool) error {
	return s.overlaid(nil, func(overlay string) error {
		args := append([]string{"list", "-deps", "-json=Dir,ImportPath,Standard,Module,GoFiles,EmbedPatterns,EmbedFiles,Imports"}, s.sourceFlags(overlay)...)
		out, err := s.goCmd.run(ctx, s.modDir, append(args, s.mainTarget())...)
		if err != nil {
			return s.explain(err)
		}
		for dec := json.NewDecoder(bytes.NewReader(out)); ; {
			var p listed
			if err := dec.Decode(&p); err == io.EOF {
				return nil
			} else if err != nil {
				return fmt.Errorf("listing the packages of the migration environment: %w", err)
			}
			if p.Standard || p.Dir == "" || p.Dir == s.mainDir || tc.GOMODCACHE != "" && within(tc.GOMODCACHE, p.Dir) {
				continue
			}
			in.packages[p.Dir] = p
			if p.Module != nil && p.Module.Dir != "" {
				modules[p.Module.Dir] = true
				in.addParents(p.Module.Dir, p.Dir)
			}
			in.addEmbedded(p)
		}
	})
}

// addParents watches for a go.mod between a module's root and a package, which would take the package out of the module.
func (in *inputs) addParents(root, dir string) {
	for d := filepath.Dir(dir); d != root && within(root, d); d = filepath.Dir(d) {
		in.add(filepath.Join(d, "go.mod"))
	}
}

func (in *inputs) addEmbedded(p listed) {
	for _, f := range p.EmbedFiles {
		in.files[filepath.Join(p.Dir, filepath.FromSlash(f))] = contents
	}
	for _, pattern := range p.EmbedPatterns {
		for _, d := range embedDirs(p.Dir, pattern) {
			in.watched[d] = true
		}
	}
}

// add adds a file whose contents decide what is compiled, whether it is there or not.
func (in *inputs) add(name string) { in.files[name] = decisive }

// addModules adds what selects the versions of all modules: go.mod, go.sum, go.work, the vendor directory's list, and the
// go.mod of every module that a directory stands in for, even if no package of it is compiled.
func (s *session) addModules(ctx context.Context, in *inputs, tc toolchain, modules map[string]bool) error {
	roots := map[string]bool{s.modDir: true}
	if tc.GOWORK != "" && tc.GOWORK != "off" {
		in.add(tc.GOWORK)
		in.add(strings.TrimSuffix(tc.GOWORK, ".work") + ".work.sum")
		roots[filepath.Dir(tc.GOWORK)] = true
		if err := s.addReplaced(ctx, tc.GOWORK, modules, "work", "edit", "-json", tc.GOWORK); err != nil {
			return err
		}
	} else if s.goCmd.setting("GOWORK") == "" {
		for d := s.modDir; ; d = filepath.Dir(d) {
			in.add(filepath.Join(d, "go.work"))
			if filepath.Dir(d) == d {
				break
			}
		}
	}
	for _, dir := range sortedKeys(modules) {
		mod := filepath.Join(dir, "go.mod")
		if err := s.addReplaced(ctx, mod, modules, "mod", "edit", "-json", mod); err != nil {
			return err
		}
	}
	for dir := range modules {
		in.add(filepath.Join(dir, "go.mod"))
		in.add(filepath.Join(dir, "go.sum"))
	}
	for dir := range roots {
		in.add(filepath.Join(dir, "vendor", "modules.txt"))
	}
	for flag := range strings.FieldsSeq(tc.GOFLAGS) {
		if name, ok := strings.CutPrefix(strings.TrimLeft(flag, "-"), "modfile="); ok {
			in.add(s.absolute(name))
			in.add(strings.TrimSuffix(s.absolute(name), ".mod") + ".sum")
		}
	}
	return nil
}

// addReplaced adds the directories that a go.mod or go.work names.
func (s *session) addReplaced(ctx context.Context, name string, modules map[string]bool, args ...string) error {
	if _, ok := filestat.Of(name); !ok {
		return nil
	}
	out, err := s.goCmd.run(ctx, s.modDir, args...)
	if err != nil {
		return s.explain(err)
	}
	var parsed struct {
		Use     []struct{ DiskPath string }
		Replace []struct {
			New struct{ Path, Version string }
		}
	}
	if err := json.Unmarshal(out, &parsed); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	var dirs []string
	for _, u := range parsed.Use {
		dirs = append(dirs, u.DiskPath)
	}
	for _, r := range parsed.Replace {
		if r.New.Version == "" {
			dirs = append(dirs, r.New.Path)
		}
	}
	for _, d := range dirs {
		if d = filepath.FromSlash(d); !filepath.IsAbs(d) {
			d = filepath.Join(filepath.Dir(name), d)
		}
		modules[d] = true
	}
	return nil
}

func (s *session) absolute(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.modDir, name)
}

// manifest takes the attributes and contents of all inputs.
func (in *inputs) manifest(config digest, now int64) (*manifest, error) {
	m := &manifest{config: config, checked: now}
	for _, dir := range sortedKeys(in.packages) {
		f, err := packageFolder(in.packages[dir])
		if err != nil {
			return nil, err
		}
		m.folders = append(m.folders, f)
	}
	for _, dir := range sortedKeys(in.watched) {
		st, _ := filestat.Of(dir)
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, fmt.Errorf("reading the embedded files in %s: %w", dir, err)
		}
		m.folders = append(m.folders, folder{path: dir, stat: st, names: entryNames(entries), listed: true})
	}
	for _, name := range sortedKeys(in.files) {
		f := file{name: name, shape: in.files[name]}
		if !f.read("") {
			if _, ok := filestat.Of(name); ok {
				return nil, fmt.Errorf("reading %s: it is not a file that can be read", name)
			}
			f.shape = absent
		}
		m.files = append(m.files, f)
	}
	return m, nil
}

func packageFolder(p listed) (folder, error) {
	f := folder{path: p.Dir, imports: slices.Sorted(slices.Values(p.Imports))}
	f.stat, _ = filestat.Of(p.Dir)
	entries, err := os.ReadDir(p.Dir)
	if err != nil {
		return folder{}, fmt.Errorf("reading the package %s: %w", p.ImportPath, err)
	}
	compiled := slices.Sorted(slices.Values(p.GoFiles))
	for _, n := range sourceNames(entries) {
		src := file{name: n, shape: decisive}
		if _, ok := slices.BinarySearch(compiled, n); ok {
			src.shape = plain
		}
		if !src.read(p.Dir + string(os.PathSeparator)) {
			return folder{}, fmt.Errorf("reading %s: it is not a file that can be read", filepath.Join(p.Dir, n))
		}
		f.files = append(f.files, src)
	}
	return f, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
