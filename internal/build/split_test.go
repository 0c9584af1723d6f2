package build_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/internal/build"
)

// manyRevisions is a versions package of 300 files that register themselves with the place they lie at, among them some that
// have to do with each other.
func manyRevisions() map[string]string {
	files := map[string]string{
		"script/script.go": `package script

import (
	"path/filepath"
	"runtime"
	"strings"
)

type Set struct{ Names []string }

func (s *Set) Add(name string) bool {
	_, file, _, _ := runtime.Caller(1)
	s.Names = append(s.Names, name+"@"+strings.ReplaceAll(filepath.ToSlash(file), " ", "_"))
	return true
}
`,
		"migrations/env.go":          "package migrations\n\nfunc Run() string { return \"many\" }\n",
		"migrations/versions/all.go": "package versions\n\nimport \"example.com/shop/script\"\n\nvar Scripts script.Set\n\nconst word = \"helped\"\n",
		"migrations/versions/0_helped.go": "package versions\n\nvar _ = Scripts.Add(word + own)\n\nconst own = \"1\"\n\n" +
			"func init() { Scripts.Names = append(Scripts.Names, \"init\") }\n",
	}
	for i := range 300 {
		files[fmt.Sprintf("migrations/versions/%03d_rev.go", i)] = revision(i, fmt.Sprint(i))
	}
	return files
}

func revision(i int, name string) string {
	return fmt.Sprintf("package versions\n\nvar _ = Scripts.Add(%q + x%d())\n\nfunc x%d() string { return \"\" }\n", name, i, i)
}

// many renders a main for Scripts that hold their Names.
func (p *project) many() {
	src := mainSource
	p.env.Main = func(pkgs build.Packages) ([]byte, error) {
		text, err := src(pkgs)
		return []byte(strings.ReplaceAll(string(text), ".Scripts...", ".Scripts.Names...")), err
	}
}

// A large package is compiled in parts, which nobody can tell from the whole but by the time it takes.
func TestLargePackagesAreSplit(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop, manyRevisions())
	p.do(os.Remove(p.path("migrations/versions/1_first.go")))
	p.many()
	before := snapshot(t, p.root)
	got := strings.Fields(p.output())
	if p.failures() != "" {
		t.Errorf("the parts did not compile:\n%s", p.failures())
	}
	place := func(name string) string {
		return "@" + strings.ReplaceAll(filepath.ToSlash(p.path("migrations/versions/"+name)), " ", "_")
	}
	want := []string{"many:", "helped1" + place("0_helped.go"), "init"}
	for i := range 300 {
		want = append(want, fmt.Sprint(i)+place(fmt.Sprintf("%03d_rev.go", i)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
	equal(t, "tree", before, snapshot(t, p.root))

	p.later(time.Minute)
	p.work()
	p.write("migrations/versions/300_rev.go", revision(300, "new"))
	p.write("migrations/versions/017_rev.go", revision(17, "changed"))
	out := p.output()
	if !strings.Contains(out, " new@") || !strings.Contains(out, " changed@") || strings.Contains(out, " 17@") || p.failures() != "" {
		t.Errorf("after a change: %s\n%s", out, p.failures())
	}
	equal(t, "work", "compile", p.work())
}

// What is wrong is said as if the package had not been split.
func TestErrorsInLargePackages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, text, want string }{
		{
			"undefined name", "017_rev.go", "package versions\n\nvar _ = Scripts.Add(nothing)\n",
			"migrations/versions/017_rev.go:3:21: undefined: nothing",
		},
		{
			"wrong type", "017_rev.go", "package versions\n\nvar _ = Scripts.Add(1)\n",
			"migrations/versions/017_rev.go:3:21: cannot use 1 (untyped int constant) as string value in argument to Scripts.Add",
		},
		{
			"declared in two files", "017_rev.go", revision(18, "again"),
			"migrations/versions/018_rev.go:5:6: x18 redeclared in this block\n\tmigrations/versions/017_rev.go:5:6: other declaration of x18",
		},
		{
			"syntax error", "017_rev.go", "package versions\n\nvar _ = (\n",
			"migrations/versions/017_rev.go:4:1: syntax error: unexpected EOF, expected expression",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t, shop, manyRevisions())
			p.do(os.Remove(p.path("migrations/versions/1_first.go")))
			p.many()
			p.write("migrations/versions/"+c.file, c.text)
			equal(t, "error", "the migration environment does not compile:\n"+c.want, p.text(p.fails()))
		})
	}
}

// Where the parts do not compile and the whole does, the whole counts: here a file uses a name of another only as a key, which
// the search for what belongs together does not see.
func TestPartsThatDoNotCompileAreCompiledWhole(t *testing.T) {
	t.Parallel()
	p := newProject(t, shop, manyRevisions())
	p.do(os.Remove(p.path("migrations/versions/1_first.go")))
	p.many()
	p.write("migrations/versions/017_rev.go", "package versions\n\nvar _ = Scripts.Add(map[string]string{word: \"by key\"}[\"helped\"])\n")
	if out := p.output(); !strings.Contains(out, " by key@") {
		t.Errorf("output %s", out)
	}
	if p.failures() == "" {
		t.Error("the parts did compile, so this test shows nothing")
	}
}
