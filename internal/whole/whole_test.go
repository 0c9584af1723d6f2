package whole_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/whole"
)

// content is what a file holds; the test fails if there is none, or if something else than it lies in its folder.
func content(t *testing.T, path string, beside ...string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1+len(beside) {
		t.Errorf("the folder holds %v", entries)
	}
	return string(data)
}

func TestWrite(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.txt")
	for _, text := range []string{"first", "second, longer", ""} {
		if err := whole.Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got := content(t, path); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
	if err := whole.Write(filepath.Join(path, "b.txt"), nil); err == nil {
		t.Error("wrote a file below a file")
	}
	if err := whole.Write(filepath.Dir(path), []byte("x")); err == nil {
		t.Error("wrote a file in the place of a folder")
	}
	for _, to := range []string{filepath.Join(filepath.Dir(path), "none", "b.txt"), filepath.Dir(path)} {
		if err := whole.Write(to, []byte("x")); err == nil || !strings.Contains(err.Error(), " "+to+": ") || strings.Contains(err.Error(), ".tmp") {
			t.Errorf("%v, and it was about %s", err, to)
		}
	}
	content(t, path)
}

func TestCreate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := whole.Create(path, []byte("first")); err != nil {
		t.Fatal(err)
	}
	if err := whole.Create(path, []byte("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if got := content(t, path); got != "first" {
		t.Errorf("got %q", got)
	}
}
