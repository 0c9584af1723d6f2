package build

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What a file has to do with others of its package decides whether it is compiled apart. The files are a base with Scripts, and
// the one under test, with what it says and what another says.
func TestMovable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file, other string
		want              []string // of file.go, other.go and free.go
	}{
		{"for itself", "var _ = Scripts.Add(1)", "", []string{"file.go", "free.go", "other.go"}},
		{"calls its own function", "var _ = Scripts.Add(f)\nfunc f() {}", "", []string{"file.go", "free.go", "other.go"}},
		{"uses another's function", "var _ = f()", "func f() int { return 1 }", []string{"free.go"}},
		{"uses another's type in a method", "func (t *typ) m() {}", "type typ int", []string{"free.go"}},
		{"uses another's type in a type", "type mine struct{ typ }", "type typ int", []string{"free.go"}},
		{"has a local name like another's", "func g() { f := 1; _ = f }", "func f() {}", []string{"file.go", "free.go", "other.go"}},
		{"has a field like another's name", "type s struct{ f int }\nvar v = s{f: 1}.f", "func f() {}", []string{"file.go", "free.go", "other.go"}},
		{"passes Scripts on", "var _ = len(Scripts)", "", []string{"free.go", "other.go"}},
		{"takes the address of Scripts", "var p = &Scripts", "", []string{"free.go", "other.go"}},
		{"is exported", "func Exported() {}", "", []string{"free.go", "other.go"}},
		{"has an init function", "func init() {}", "func init() {}", []string{"file.go", "free.go", "other.go"}},
		{"talks to the compiler", "//go:noinline\nfunc f() {}", "", []string{"free.go", "other.go"}},
		{"is generated", "//go:generate date\nfunc f() {}", "", []string{"file.go", "free.go", "other.go"}},
		{"moves its lines", "//line x.go:1\nfunc f() {}", "", []string{"free.go", "other.go"}},
		{"imports all names", "import . \"strings\"\nvar _ = ToUpper(\"x\")", "", []string{"free.go", "other.go"}},
		{"uses C", "import \"C\"", "", []string{"free.go", "other.go"}},
		{"imports under another's name", "import f \"strings\"\nvar _ = f.ToUpper(\"\")", "var f = 1", []string{"free.go"}},
		{"declares what another does", "func f() {}", "func f() {}", nil},
		{"declares a name of the language", "type error string", "", nil},
		{"does not parse", "func", "", nil},
		{"is of another package", "\x00", "", nil},
	} {
		dir := t.TempDir()
		sources := map[string]string{
			"base.go": "package v\nvar Scripts set\ntype set int\nfunc (s set) Add(any) int { return 0 }", "free.go": "package v\nvar _ = Scripts.Add(2)",
			"file.go": "package v\n" + c.file, "other.go": "package v\n" + c.other, "ignored.go": "package v\nfunc f() {}\nfunc Scripts() {}",
		}
		if c.file == "\x00" {
			sources["file.go"] = "package w\n"
		}
		var files []file
		for _, name := range sortedKeys(sources) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(sources[name]), 0o600); err != nil {
				t.Fatal(err)
			}
			f := file{name: name}
			if name == "ignored.go" {
				f.shape = decisive
			}
			files = append(files, f)
		}
		_, got := movable(dir, files)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("a file that %s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestPartsKeepEveryFileInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[ab0]{1,8}`), 1, 200, rapid.ID[string]).Draw(t, "names")
		for i := range names {
			names[i] += ".go"
		}
		slices.Sort(names)
		most := rapid.IntRange(1, 40).Draw(t, "most")
		var all, prefixes []string
		for _, p := range parts(names, 0, most) {
			if len(p.files) == 0 || len(p.files) > most {
				t.Fatalf("%d files in a part of at most %d", len(p.files), most)
			}
			for _, f := range p.files {
				if !strings.HasPrefix(f, p.prefix) {
					t.Fatalf("%s is in part %s", f, p.prefix)
				}
			}
			all, prefixes = append(all, p.files...), append(prefixes, p.prefix)
		}
		if diff := cmp.Diff(names, all); diff != "" {
			t.Fatal(diff)
		}
		if !slices.IsSorted(prefixes) || len(slices.Compact(slices.Clone(prefixes))) != len(prefixes) {
			t.Fatalf("prefixes %q", prefixes)
		}
	})
}
