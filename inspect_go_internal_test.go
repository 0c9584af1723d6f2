package gomig

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gomig-dev/gomig/gen"
)

// TestWriteGoAllOrNone: where one file cannot be written over, the others stay as they are.
func TestWriteGoAllOrNone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte("package old\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "b.go"), 0o777); err != nil {
		t.Fatal(err)
	}
	content := []byte("package shop\n")
	files := []gen.SourceFile{{Name: "a.go", Content: content}, {Name: "b.go", Content: content}, {Name: "c.go", Content: content}}
	if err := (&Config{}).writeGo(dir, files, true); err == nil {
		t.Fatal("a directory was written over")
	}
	if src, err := os.ReadFile(filepath.Join(dir, "a.go")); err != nil || string(src) != "package old\n" {
		t.Errorf("a.go holds %q (%v)", src, err)
	}
	if _, err := os.Lstat(filepath.Join(dir, "c.go")); err == nil {
		t.Error("c.go was written")
	}
}
