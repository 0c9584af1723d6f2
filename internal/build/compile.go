package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// How to compile was chosen by measuring a package of 1,000 revisions, each a CREATE TABLE of five columns and an index, of
// which one was changed, linked with three database drivers (Go 1.26, two cores, processor seconds of the go command and all
// it starts):
//
//	default settings                               4.8
//	-gcflags=-l for the versions packages          2.2–2.4   inlining option functions into 1,000 bodies is what costs
//	-gcflags='-N -l'                               2.9       unoptimised code is more code to assemble and link
//	-gcflags='-l -dwarf=false'                     2.1–2.3   the linker drops debugging information anyway
//	the same with GOGC=400                         1.8–2.0   see goEnv
//	the same with -c=1                             1.7–1.9   but 0.3 s longer, for it uses one core
//
// At GOGC=400 about 1.4 s are the compiler, 0.35 s the linker, 0.15 s the go command; registration is 0.2 s of the compiler's
// part. A phase of the compiler switched off by -d=ssa/… gains nothing, and any -d makes it use one core. Leaving out -s or -w
// changes the linker's part by less than a twentieth. -trimpath is not given, so that panics and registrations name files as
// they lie on disk.
//
// Larger packages are compiled in parts besides; see split.go. With gomig itself linked, whose operations cost the compiler a
// third more, a change of one of 1,000 revisions in one package costs about 2.5 s as a whole and 1.0 s in parts. Of 5,000 in
// one package it costs 2.0–2.8 s in parts (on a busy machine); as a whole it was 13 s even with cheaper operations.
const versionsFlags = "-l -dwarf=false"

// compile makes the executable and returns a temporary file in the environment's folder of the cache. The lock is held.
func (s *session) compile(ctx context.Context, m *manifest) (string, error) {
	s.removeLeftovers()
	s.log.Info("compiling the migration environment", slog.String("package", s.packages.Env.Path))
	out := filepath.Join(s.dir, fmt.Sprintf("new-%d", os.Getpid()))
	sp := s.split(m)
	err := s.compileTo(ctx, out, sp)
	if err != nil && sp != nil && ctx.Err() == nil {
		s.log.Debug("compiling the migration environment in parts", slog.Any("error", err))
		err = s.compileTo(ctx, out, nil)
	}
	if err == nil {
		err = syncFile(out)
	}
	if err != nil {
		_ = os.Remove(out)
		return "", s.explain(err)
	}
	return out, nil
}

func (s *session) compileTo(ctx context.Context, out string, sp *split) error {
	return s.overlaid(sp, func(overlay string) error {
		args := append([]string{"build", "-o", out, "-ldflags=-s -w"}, s.sourceFlags(overlay)...)
		for _, pattern := range flagPatterns(s.packages) {
			args = append(args, "-gcflags="+pattern+"="+versionsFlags)
		}
		if sp != nil {
			for _, pattern := range sp.patterns {
				args = append(args, "-gcflags="+pattern+"="+versionsFlags+" "+partsFlags)
			}
		}
		_, err := s.goCmd.run(ctx, s.modDir, append(args, s.mainTarget())...)
		return err
	})
}

// folderMin is the number of packages with revisions in one folder from which they are named by the folder.
const folderMin = 4

// flagPatterns names the packages with revisions to the go command. It holds every package of the program against every
// pattern, which costs 0.2 s for fifty of them; so where many lie in one folder, the folder stands for them, with what else
// there may be in it. A folder that holds the environment is no such folder: much may lie there.
func flagPatterns(p Packages) []string {
	inFolder := map[string]int{}
	for _, v := range p.Versions {
		inFolder[path.Dir(v.Path)]++
	}
	var patterns []string
	for _, v := range p.Versions {
		pattern := v.Path
		if d := path.Dir(v.Path); inFolder[d] >= folderMin && d != "." && !strings.HasPrefix(p.Env.Path+"/", d+"/") {
			pattern = d + "/..."
		}
		if !slices.Contains(patterns, pattern) {
			patterns = append(patterns, pattern)
		}
	}
	return patterns
}

// sourceFlags are the flags that decide which files are compiled.
func (s *session) sourceFlags(overlay string) []string {
	flags := []string{"-overlay=" + overlay, "-buildvcs=false"}
	if len(s.env.Tags) > 0 {
		flags = append(flags, "-tags="+strings.Join(s.env.Tags, ","))
	}
	return flags
}

// mainTarget names the generated main for the go command, which runs in the module's root.
func (s *session) mainTarget() string {
	rel, err := filepath.Rel(s.modDir, s.mainDir)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return s.mainDir
	}
	return "./" + filepath.ToSlash(rel)
}

func (s *session) mainFile() string { return filepath.Join(s.mainDir, "main.go") }

// overlaid writes to the cache the generated main and the overlay that puts it into the user's module, in parts if the
// packages are split, for as long as f runs. The lock is held.
func (s *session) overlaid(sp *split, f func(overlay string) error) error {
	dir := filepath.Join(s.dir, "new-main") // one name, since the compiler keeps it
	defer func() { _ = os.RemoveAll(dir) }()
	if sp == nil {
		sp = &split{}
	}
	sources := map[string]string{s.mainFile(): string(s.main)}
	maps.Copy(sources, sp.sources)
	overlay, files, err := writeOverlay(dir, sources, sp.replace)
	if err != nil {
		return fmt.Errorf("writing the main package of the migration environment: %w", err)
	}
	s.mainSource = files[s.mainFile()]
	return f(overlay)
}

// writeOverlay writes to dir the files that the go command is to see elsewhere, and the overlay that says so and what else it
// is to see.
func writeOverlay(dir string, sources, replace map[string]string) (overlay string, all map[string]string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", nil, err
	}
	all = map[string]string{}
	maps.Copy(all, replace)
	for i, virtual := range sortedKeys(sources) {
		all[virtual] = filepath.Join(dir, fmt.Sprintf("%d-%s", i, filepath.Base(virtual)))
		if err := os.WriteFile(all[virtual], []byte(sources[virtual]), 0o644); err != nil {
			return "", nil, err
		}
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": all})
	if err != nil {
		return "", nil, err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, all, os.WriteFile(overlay, data, 0o644)
}

// syncFile waits for a file to be on the disk: an executable that a loss of power has cut short would be believed for ever.
// Where reading suffices for that, the file is not opened for writing: a child process started meanwhile by another
// goroutine would hold it open, and a program that is open for writing cannot be started (https://go.dev/issue/22315).
func syncFile(name string) error {
	mode := os.O_RDONLY
	if runtime.GOOS == "windows" {
		mode = os.O_RDWR
	}
	f, err := os.OpenFile(name, mode, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	return errors.Join(err, f.Close())
}

func (s *session) removeLeftovers() {
	old, _ := filepath.Glob(filepath.Join(escapeGlob(s.dir), "new-*"))
	tmp, _ := filepath.Glob(filepath.Join(escapeGlob(s.dir), "*.tmp"))
	for _, name := range append(old, tmp...) {
		_ = os.RemoveAll(name)
	}
}
