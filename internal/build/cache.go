package build

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/internal/filestat"
	"github.com/gomig-dev/gomig/internal/whole"
)

// The cache holds a folder for every environment:
//
//	env/<identity>/lock       locked while compiling
//	env/<identity>/manifest   what the executable in use was made from
//	env/<identity>/bin/<key>  executables by the content of what went into them
//	env/<identity>/new-*      an executable being made; what is found with the lock held is a leftover

const (
	keepBinaries = 4                   // of an environment: switching between branches then compiles nothing
	keepUnused   = 30 * 24 * time.Hour // after that an environment is removed
)

func (b *Builder) cacheDir() (string, error) {
	dir := b.Cache
	if dir == "" {
		dir = b.getenv("GOMIG_CACHE")
	}
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("finding a place for compiled environments: %w (GOMIG_CACHE can name one)", err)
		}
		dir = filepath.Join(user, "gomig")
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("finding the cache directory %s: %w", dir, err)
	}
	return abs, nil
}

// known returns the manifest as the disk is now, without asking the go command. It is worth nothing if the state is mustList.
func (s *session) known() (*manifest, state) {
	data, err := os.ReadFile(s.manifestFile())
	if err != nil {
		return nil, mustList
	}
	m, err := decodeManifest(data)
	if err != nil || m.config != s.config {
		return nil, mustList
	}
	m, found := m.check(s.now().UnixNano())
	if found.state == fresh {
		m.written = true
	}
	return m, found.state
}

// settled reports whether nothing was written since the manifest was made.
func (s *session) settled(m *manifest) bool {
	_, found := m.check(s.now().UnixNano())
	return found.state <= moved && !found.touched
}

// reuse returns the executable for a manifest if there is one, and remembers the manifest.
func (s *session) reuse(m *manifest) (string, bool) {
	bin := s.binFile(m)
	if st, ok := filestat.Of(bin); !ok || st.Size == 0 {
		return "", false
	}
	if !m.written {
		s.remember(m, bin)
	} else if info, err := os.Stat(s.manifestFile()); err == nil && s.now().Sub(info.ModTime()) > keepUnused/30 {
		s.touch(s.manifestFile()) // in use: see prune
	}
	return bin, true
}

// remember writes the manifest. Without it the next run takes longer, so an error is no reason to fail.
func (s *session) remember(m *manifest, bin string) {
	if err := whole.Write(s.manifestFile(), m.encode()); err != nil {
		s.log.Debug("writing the manifest of the migration environment", slog.Any("error", err))
	}
	s.touch(bin)
}

func (s *session) touch(name string) { _ = os.Chtimes(name, s.now(), s.now()) }

// install puts a new executable in place.
func (s *session) install(m *manifest, tmp string) (string, error) {
	bin := s.binFile(m)
	err := os.MkdirAll(filepath.Dir(bin), 0o755)
	if err == nil {
		err = os.Rename(tmp, bin)
	}
	if err != nil {
		return "", fmt.Errorf("keeping the compiled environment: %w", err)
	}
	s.remember(m, bin)
	s.prune(bin)
	return bin, nil
}

func (s *session) manifestFile() string { return filepath.Join(s.dir, "manifest") }

func (s *session) binFile(m *manifest) string {
	name := m.key()
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(s.dir, "bin", name)
}

// lock waits until no other process compiles this environment.
func (s *session) lock(ctx context.Context) (unlock func(), err error) {
	wrap := func(err error) error {
		return fmt.Errorf("using the cache for compiled environments: %w (GOMIG_CACHE can name another place)", err)
	}
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, wrap(err)
	}
	f, err := os.OpenFile(filepath.Join(s.dir, "lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, wrap(err)
	}
	unlock = func() { _ = f.Close() }
	poll := time.NewTicker(20 * time.Millisecond)
	defer poll.Stop()
	for {
		ok, err := tryLock(f)
		if err != nil {
			unlock()
			return nil, wrap(err)
		}
		if ok {
			return unlock, nil
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			unlock()
			return nil, fmt.Errorf("waiting for another process that compiles this environment: %w", context.Cause(ctx))
		}
	}
}

// prune removes executables of this environment beyond the last few used, leftovers of killed compilations, and
// environments long unused. An executable that is running may go: a Unix system keeps it until it ends, and Windows refuses,
// which is no harm either.
func (s *session) prune(current string) {
	type binary struct {
		path string
		used time.Time
	}
	var all []binary
	entries, _ := os.ReadDir(filepath.Dir(current))
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			all = append(all, binary{filepath.Join(filepath.Dir(current), e.Name()), info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b binary) int { return cmp.Or(b.used.Compare(a.used), strings.Compare(a.path, b.path)) })
	kept := 1
	for _, b := range all {
		if b.path == current {
			continue
		}
		if kept++; kept > keepBinaries {
			_ = os.Remove(b.path)
		}
	}
	s.pruneOthers()
}

func (s *session) pruneOthers() {
	parent := filepath.Dir(s.dir)
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		dir := filepath.Join(parent, e.Name())
		info, err := os.Stat(filepath.Join(dir, "manifest"))
		if err != nil || dir == s.dir || s.now().Sub(info.ModTime()) < keepUnused {
			continue
		}
		f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR, 0)
		if err != nil {
			continue
		}
		if ok, err := tryLock(f); ok && err == nil {
			_ = os.RemoveAll(dir)
		}
		_ = f.Close()
	}
}
