package script_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/script"
)

// listing is every file below a directory, slashed.
func listing(t *testing.T, root string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if rel, _ := filepath.Rel(root, path); rel != "." {
			files = append(files, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWrite(t *testing.T) {
	root := tree(t, map[string]string{"m/env.go": "package migrations // theirs"})
	d := open(t, script.Options{Dir: filepath.Join(root, "m"), Timezone: time.FixedZone("X", 3600)})
	p, err := d.Place(script.NewFile{ID: "ae10", Message: "add account", Now: nine})
	if err != nil {
		t.Fatal(err)
	}
	want := script.Place{
		Path: filepath.Join(root, "m", "versions", "ae10_add_account.go"), Package: "versions", Set: "Scripts",
		Created: nine.In(time.FixedZone("X", 3600)), Fresh: true,
	}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Error(diff)
	}
	if err := p.Write([]byte(revisionFile("ae10"))); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"m", "m/env.go", "m/versions", "m/versions/ae10_add_account.go", "m/versions/versions.go"}, listing(t, root)); diff != "" {
		t.Error(diff)
	}
	got, err := d.Read(t.Context())
	if err != nil || ids(got.Headers) != "ae10" || !cmp.Equal(got.Packages[0].Sets, []string{"Scripts"}) {
		t.Errorf("read back: %+v, %v", got, err)
	}
	_, err = d.Place(script.NewFile{ID: "ae10", Message: "add account"})
	if want := p.Path + " already exists; choose another message or --rev-id"; err == nil || err.Error() != want {
		t.Errorf("the name is taken: got %v", err)
	}
	if err := p.Write([]byte("other")); !errors.As(err, new(*script.ExistsError)) {
		t.Errorf("a file was overwritten: %v", err)
	}
	if src, _ := os.ReadFile(p.Path); string(src) != revisionFile("ae10") {
		t.Errorf("the file has become %q", src)
	}
	if p, err = d.Place(script.NewFile{ID: "ae11"}); err != nil || p.Fresh {
		t.Errorf("the second revision makes the package again: %+v, %v", p, err)
	}
}

func TestWriteLeavesNothing(t *testing.T) {
	root := tree(t, map[string]string{"keep.txt": "a file"})
	d := open(t, script.Options{Locations: []string{filepath.Join(root, "a", "b")}})
	p, err := d.Place(script.NewFile{ID: "ae10", Message: "x"})
	if err != nil {
		t.Fatal(err)
	}
	// The name becomes a directory after it was looked for, so that only the last step fails.
	if err := os.MkdirAll(filepath.Join(root, "a"), 0o700); err != nil {
		t.Fatal(err)
	}
	before := listing(t, root)
	p.Path = filepath.Join(filepath.Dir(p.Path), strings.Repeat("x", 300)+".go")
	if err := p.Write([]byte("package b")); err == nil {
		t.Fatal("a name of 300 bytes was written")
	}
	if diff := cmp.Diff(before, listing(t, root)); diff != "" {
		t.Error(diff)
	}
}

func TestPlacePackage(t *testing.T) {
	root := tree(t, map[string]string{
		"own/versions.go":     "package history\n\nimport s \"github.com/gomig-dev/gomig/script\"\n\nvar All s.Set\n",
		"set/elsewhere.go":    "package named\n\nimport \"github.com/gomig-dev/gomig/script\"\n\nvar Scripts script.Set\n",
		"broken/a.go":         "package kept\n\nfunc {",
		"lacking/versions.go": "package versions // no set",
	})
	for dir, want := range map[string]script.Place{
		"own":       {Package: "history", Set: "All"},
		"set":       {Package: "named", Set: "Scripts"},
		"broken":    {Package: "kept", Set: "Scripts", Fresh: true},
		"2026":      {Package: "v2026", Set: "Scripts", Fresh: true},
		"2026-11.x": {Package: "v2026_11_x", Set: "Scripts", Fresh: true},
		"type":      {Package: "versions", Set: "Scripts", Fresh: true},
		"main":      {Package: "versions", Set: "Scripts", Fresh: true},
		"Über_test": {Package: "über", Set: "Scripts", Fresh: true},
		"---":       {Package: "versions", Set: "Scripts", Fresh: true},
	} {
		got, err := open(t, script.Options{Locations: []string{filepath.Join(root, dir)}}).Place(script.NewFile{ID: "ae10"})
		if err != nil || got.Package != want.Package || got.Set != want.Set || got.Fresh != want.Fresh {
			t.Errorf("%s: %+v, %v", dir, got, err)
		}
	}
	_, err := open(t, script.Options{Locations: []string{filepath.Join(root, "lacking")}}).Place(script.NewFile{ID: "ae10"})
	if want := filepath.Join(root, "lacking", "versions.go") + ": there is no set to add revisions to; write `var Scripts script.Set`"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err := open(t, script.Options{Locations: []string{root}}).Place(script.NewFile{ID: "a:b"}); err == nil {
		t.Error("a bad ID was accepted")
	}
}

func TestPlaceLocation(t *testing.T) {
	root := t.TempDir()
	a, b := filepath.Join(root, "a"), filepath.Join(root, "b")
	nested := filepath.Join(a, "nested")
	d := open(t, script.Options{Locations: []string{a, b, nested}, Recursive: true})
	for want, f := range map[string]script.NewFile{
		a:      {VersionPath: a},
		b:      {Parent: filepath.Join(b, "2026", "x.go")},
		nested: {Parent: filepath.Join(nested, "x.go")},
	} {
		f.ID = "ae10"
		if p, err := d.Place(f); err != nil || filepath.Dir(p.Path) != want {
			t.Errorf("%s: got %s, %v", want, p.Path, err)
		}
	}
	_, err := d.Place(script.NewFile{ID: "ae10"})
	if want := "Multiple version locations present, please specify --version-path"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	_, err = d.Place(script.NewFile{ID: "ae10", VersionPath: root})
	if want := "Path " + root + " is not represented in current version locations (" + strings.Join([]string{a, b, nested}, ", ") + ")"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}
