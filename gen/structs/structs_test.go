package structs_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/gomig-dev/gomig/gen/structs"
)

var update = flag.Bool("update", false, "write what is generated into testdata")

// TestRead reads the modules of testdata. Each is an archive: the source, what
// is generated from it (want), or the errors, and the structs that are skipped.
func TestRead(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir, want := extract(t, archive)
			got := map[string]string{}
			for name, text := range generate(t, dir, options(t, string(archive.Comment))) {
				if text != "" {
					got[name] = text
				}
			}
			if *update {
				write(t, file, archive, got)
				return
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("it differs (-want +got):\n%s", d)
			}
		})
	}
}

// results are the files of an archive that are compared, in their order.
var results = []string{"want", "skipped", "errors"}

func extract(t *testing.T, a *txtar.Archive) (dir string, want map[string]string) {
	t.Helper()
	dir, want = t.TempDir(), map[string]string{}
	for _, f := range a.Files {
		if isResult(f.Name) {
			want[f.Name] = string(f.Data)
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, want
}

func isResult(name string) bool {
	return slices.Contains(results, name)
}

// options reads the lines of an archive's comment that begin with "option ".
func options(t *testing.T, comment string) (o structs.Options) {
	t.Helper()
	for line := range strings.Lines(comment) {
		key, ok := strings.CutPrefix(strings.TrimSpace(line), "option ")
		if !ok {
			continue
		}
		key, value, _ := strings.Cut(key, " ")
		switch key {
		case "comments":
			o.Comments = true
		case "orm":
			o.ORM = structs.ORM(value)
		case "types":
			o.Types = strings.Split(value, ",")
		default:
			t.Fatalf("unknown option %q", key)
		}
	}
	return o
}

func generate(t *testing.T, dir string, o structs.Options) map[string]string {
	t.Helper()
	o.Dir = dir
	got := map[string]string{}
	packages, err := structs.Read(t.Context(), o)
	if err != nil {
		got["errors"] = err.Error() + "\n"
		return got
	}
	var last []byte
	for _, p := range packages {
		for range 2 { // the same bytes, whatever is there
			src, err := structs.Source(p, structs.Apart{})
			if err != nil {
				got["errors"] += err.Error() + "\n"
				break
			}
			if last != nil && string(last) != string(src) {
				t.Error("generated twice it is not the same")
			}
			last = src
		}
		got["want"] += string(last)
		if len(p.Notes) > 0 {
			got["skipped"] += strings.Join(p.Notes, "\n") + "\n"
		}
	}
	return got
}

func write(t *testing.T, file string, a *txtar.Archive, got map[string]string) {
	t.Helper()
	out := &txtar.Archive{Comment: a.Comment}
	for _, f := range a.Files {
		if !isResult(f.Name) {
			out.Files = append(out.Files, f)
		}
	}
	for _, name := range results {
		if got[name] != "" {
			out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(got[name])})
		}
	}
	if err := os.WriteFile(file, txtar.Format(out), 0o666); err != nil {
		t.Fatal(err)
	}
}
