package script_test

import (
	"path/filepath"
	"testing"

	"github.com/gomig-dev/gomig/script"
)

// TestWriteNewFails: the path is said once.
func TestWriteNewFails(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "gone", "a.go")
	err := script.WriteNew(path, []byte("package a\n"))
	if want := "writing " + path + ": no such file or directory"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
