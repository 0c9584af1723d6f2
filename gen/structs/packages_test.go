package structs_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gomig-dev/gomig/gen/structs"
)

// TestReadSeveral: what the structs of one package embed is no table of another.
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
	if want := []string{"base.Lone", "models.Shop"}; !slices.Equal(got, want) {
		t.Errorf("the tables are %q, want %q", got, want)
	}
}
