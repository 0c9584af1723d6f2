//go:build unix

package testdb

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// runPrefix begins the names of the folders that servers run in, so that
// nothing else is ever removed in their stead.
const runPrefix = "gomig-testdb-run-"

// errLocked says that somebody else holds a lock.
var errLocked = errors.New("locked by another process")

// lockFile opens the file and waits for the lock. Closing the file lets go, as
// does the end of the process.
func lockFile(ctx context.Context, path string, how int) (*os.File, error) {
	for {
		f, err := tryLock(path, how)
		if !errors.Is(err, errLocked) {
			return f, err
		}
		if err := pause(ctx); err != nil {
			return nil, fmt.Errorf("locking %s: %w", path, err)
		}
	}
}

func tryLock(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
			return nil, errLocked
		}
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	return f, nil
}

// stateDir is the folder with the files of a kind, the same for every process
// of this user. scripts/stop-servers knows it, too.
func stateDir(kind Kind) (string, error) {
	top := filepath.Join(os.TempDir(), "gomig-testdb-"+strconv.Itoa(os.Getuid()))
	if err := os.MkdirAll(top, 0o711); err != nil {
		return "", err
	}
	// The name is no secret, so somebody else may have made it.
	info, err := os.Lstat(top)
	if err != nil {
		return "", err
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !info.IsDir() || ok && int(stat.Uid) != os.Getuid() {
		return "", fmt.Errorf("%s is not a folder of this user: remove it or set TMPDIR", top)
	}
	dir := filepath.Join(top, kind.String())
	return dir, os.MkdirAll(dir, 0o700)
}

// runDir makes a folder for a server to run in, in memory if there is plenty.
// The server's user can pass through it.
func (h *host) runDir() (string, error) {
	if memory := memoryDir(); memory != "" {
		if dir, err := newRunDir(memory); err == nil {
			return dir, nil
		}
	}
	return newRunDir(os.TempDir())
}

func newRunDir(base string) (string, error) {
	dir, err := os.MkdirTemp(base, runPrefix)
	if err != nil {
		return "", err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711)
}

// template returns a folder with the data of a server that has just been
// initialised. It is made once for a binary, which takes seconds, and copied
// for every start, which does not.
func (h *host) template(ctx context.Context) (string, error) {
	parent, err := h.cacheDir()
	if err != nil {
		return "", err
	}
	info, err := os.Stat(h.engine.binary)
	if err != nil {
		return "", err
	}
	key := sha256.Sum256(fmt.Appendf(nil, "1 %s %d %d", h.engine.binary, info.Size(), info.ModTime().UnixNano()))
	template := filepath.Join(parent, fmt.Sprintf("%s-%x", h.kind, key[:6]))
	if _, err := os.Stat(template); err == nil {
		return template, nil
	}
	run, err := h.runDir()
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(run)
	dir := filepath.Join(run, "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return "", err
	}
	if err := h.engine.owner.own(dir); err != nil {
		return "", err
	}
	if err := h.engine.initialise(ctx, dir); err != nil {
		return "", err
	}
	// Beside its place first, then there at once: it is whole or absent.
	made, err := os.MkdirTemp(parent, ".new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(made)
	if err := copyTree(ctx, dir, filepath.Join(made, "data"), nil); err != nil {
		return "", err
	}
	err = os.Rename(filepath.Join(made, "data"), template)
	if errors.Is(err, fs.ErrExist) || errors.Is(err, syscall.ENOTEMPTY) {
		err = nil // made by somebody with another TMPDIR
	}
	return template, err
}

// copyTree copies a folder with its modes and gives the copy to the owner.
func copyTree(ctx context.Context, from, to string, owner *account) error {
	if err := run(ctx, filepath.Dir(to), nil, "cp", "-Rp", from, to); err != nil {
		return err
	}
	return owner.own(to)
}

// cacheDir is the folder of the templates: the user's cache, or a folder that
// lasts less long where there is none to write to.
func (h *host) cacheDir() (string, error) {
	if cache, err := os.UserCacheDir(); err == nil {
		dir := filepath.Join(cache, "gomig-testdb")
		if os.MkdirAll(dir, 0o755) == nil {
			return dir, nil
		}
	}
	dir := filepath.Join(h.state, "templates")
	return dir, os.MkdirAll(dir, 0o755)
}
