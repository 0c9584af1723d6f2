//go:build unix

package whole_test

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/gomig-dev/gomig/internal/whole"
)

func TestModesAndLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link := filepath.Join(dir, "a.txt"), filepath.Join(dir, "link")
	if err := os.Symlink("a.txt", link); err != nil {
		t.Fatal(err)
	}
	if err := whole.Write(link, []byte("through a link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := whole.Write(link, []byte("and again")); err != nil {
		t.Fatal(err)
	}
	if got := content(t, path, link); got != "and again" {
		t.Errorf("got %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link became %v, %v", info, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the file became %v, %v", info, err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := whole.Write(fmt.Sprintf("/dev/fd/%d", w.Fd()), []byte("down the pipe")); err != nil {
		t.Errorf("writing to a pipe: %v", err)
	}
	w.Close()
	if got, err := io.ReadAll(r); err != nil || string(got) != "down the pipe" {
		t.Errorf("got %q, %v", got, err)
	}
	if err := whole.Write(os.DevNull, []byte("gone")); err != nil {
		t.Errorf("writing to a device: %v", err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device became %v, %v", info, err)
	}
}
