package structs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/gen/structs"
)

// TestReadInOrder: tables stand in the order of the files' names, whichever file
// was parsed first. The first one here takes the longest to read.
func TestReadInOrder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := map[string]string{
		"go.mod": "module example.com/models\n\ngo 1.26\n",
		"a.go":   "package models\n\n//" + strings.Repeat("x", 4<<20) + "\n\ntype Account struct{ ID int64 `gomig:\"\"` }\n\ntype Album struct{ ID int64 `gomig:\"\"` }\n",
		"b.go":   "package models\n\ntype Band struct{ ID int64 `gomig:\"\"` }\n",
		"c.go":   "package models\n\ntype City struct{ ID int64 `gomig:\"\"` }\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, err := structs.Read(t.Context(), structs.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, table := range found[0].Tables {
		got = append(got, table.Struct)
	}
	if want := []string{"Account", "Album", "Band", "City"}; !slices.Equal(got, want) {
		t.Errorf("the tables are %q, want %q", got, want)
	}
}
