package structs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/gen/structs"
)

// TestReadSeveral: a struct that only those of another package embed is a table,
// as when its package is read alone, and that is told.
func TestReadSeveral(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":         "module example.com/shop\n\ngo 1.26\n",
		"base/base.go":   "package base\n\ntype Model struct {\n\tID int64 `gorm:\"primaryKey\"`\n\tAudit\n}\n\ntype Audit struct{ By int64 `gorm:\"index\"` }\n\ntype Address struct{ Street string `gorm:\"size:9\"` }\n\ntype Lone struct{ ID int64 }\n",
		"models/shop.go": "package models\n\nimport \"example.com/shop/base\"\n\ntype Shop struct {\n\tbase.Model\n\tHome *base.Address `gorm:\"embedded\"`\n}\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, err := structs.Read(t.Context(), structs.Options{Dir: dir, Patterns: []string{"./..."}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range found {
		for _, table := range p.Tables {
			got = append(got, p.Name+"."+table.Struct)
		}
	}
	if want := []string{"base.Model", "base.Address", "base.Lone", "models.Shop"}; !slices.Equal(got, want) {
		t.Errorf("the tables are %q, want %q", got, want)
	}
	const told = "is taken for a table, and structs of other packages embed it"
	notes := found[0].Notes
	if len(notes) != 2 || !strings.Contains(notes[0], "struct Model "+told) || !strings.Contains(notes[1], "struct Address "+told) {
		t.Errorf("the notes are %q", notes)
	}
}
