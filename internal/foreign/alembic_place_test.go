package foreign_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/foreign"
)

// TestAlembicPlace finds the one environment in a directory, and names several.
func TestAlembicPlace(t *testing.T) {
	dir := t.TempDir()
	add := func(name string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "env.py"), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := foreign.AlembicPlace(dir); err == nil || !strings.Contains(err.Error(), "there is no env.py in ") {
		t.Errorf("none: %v", err)
	}
	add("alembic")
	if where, _, err := foreign.AlembicPlace(dir); err != nil || where != filepath.Join(dir, "alembic") {
		t.Errorf("one: %q, %v", where, err)
	}
	add("reports")
	if _, _, err := foreign.AlembicPlace(dir); err == nil || !strings.Contains(err.Error(), "several environments of Alembic (") {
		t.Errorf("two: %v", err)
	}
}
