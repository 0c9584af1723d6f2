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

// TestSourceIsTheSame: whichever file was parsed first, in which order they were
// made and how their lines end, the same bytes are generated.
func TestSourceIsTheSame(t *testing.T) {
	t.Parallel()
	files := []struct{ name, text string }{
		{"go.mod", "module example.com/models\n\ngo 1.26\n"},
		{"account.go", "package models\n\ntype Kind string\n\nconst (\n\tLate Kind = \"late\"\n\tEarly Kind = \"early\"\n)\n\n" +
			"/*\nAccount is\nthe first.\n*/\ntype Account struct {\n\tID uint\n\tStars []Star `gorm:\"many2many:shared\"`\n\tMoons []Moon `gorm:\"many2many:shared\"`\n}\n"},
		{"band.go", "package models\n\nconst Middle Kind = \"middle\"\n\n//gomig:table\ntype Band struct {\n\tID int64\n\tKind Kind `gomig:\"enum\"`\n\tName string `gomig:\"size:9;index:both\"`\n\tCity string `gomig:\"size:9;index:both\"`\n}\n"},
		{"moon.go", "package models\n\ntype Moon struct {\n\tID uint `gorm:\"primaryKey\"`\n\tStarID uint\n\tStar *Star\n\tAccounts []Account `gorm:\"many2many:shared;constraint:OnDelete:CASCADE\"`\n}\n"},
		{"star.go", "package models\n\ntype Star struct {\n\tID uint `gorm:\"primaryKey\"`\n\tMoons []Moon\n\tAccounts []Account `gorm:\"many2many:shared\"`\n}\n"},
		{"tale.go", "package models\n\ntype Tale struct {\n\tID int64 `bun:\",pk\"`\n\tA string `bun:\",unique:one\"`\n\tB string `bun:\",unique:two,unique:one\"`\n\tOtherID int64\n\tOther *Tale `bun:\"rel:belongs-to\"`\n}\n"},
	}
	first := ""
	for late := range files { // which is parsed last, since it is the longest
		dir := t.TempDir()
		for i, f := range files {
			if late%2 == 1 {
				i = len(files) - 1 - i
				f = files[i]
			}
			text := f.text
			if i == late && i > 0 {
				text = strings.Replace(text, "\n", "\n\n//"+strings.Repeat("x", 2<<20)+"\n", 1)
			}
			if late == len(files)-1 {
				text = strings.ReplaceAll(text, "\n", "\r\n")
			}
			if err := os.WriteFile(filepath.Join(dir, f.name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got := generate(t, dir, structs.Options{Comments: true})
		all := got["want"] + got["skipped"] + got["errors"]
		switch {
		case first == "":
			first = all
		case all != first:
			t.Fatalf("once it is\n%s\nand once\n%s", first, all)
		}
	}
	if !strings.Contains(first, `"late", "early", "middle"`) {
		t.Error("the source is not what the test is about:\n" + first)
	}
}
