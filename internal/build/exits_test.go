package build_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/internal/build"
)

// TestExits refuses revisions that end the process, and nothing that looks like it.
func TestExits(t *testing.T) {
	t.Parallel()
	const says = " in a revision ends the run half-way, and nobody could tell; return an error instead"
	for _, c := range []struct{ name, file, src, want string }{
		{"of os", "2.go", "import \"os\"\n\nfunc f() { os.Exit(0) }\n", "2.go:5:12: os.Exit" + says},
		{"by another name", "2.go", "import sys \"os\"\n\nvar f = sys.Exit\n", "2.go:5:9: os.Exit" + says},
		{"of syscall", "2.go", "import \"syscall\"\n\nfunc f() { syscall.Exit(3) }\n", "2.go:5:12: syscall.Exit" + says},
		{"a variable", "2.go", "type door struct{}\n\nfunc (door) Exit(int) {}\n\nfunc f() { var os door; os.Exit(0) }\n", ""},
		{"a comment", "2.go", "import \"os\"\n\n// os.Exit(0) is for others.\nvar _ = os.Args\n", ""},
		{"a test", "2_test.go", "import \"os\"\n\nfunc f() { os.Exit(0) }\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newProject(t, shop)
			p.write("migrations/versions/"+c.file, "package versions\n\n"+c.src)
			if c.want == "" {
				equal(t, "output", "secret: first", p.output())
				return
			}
			want := "the migration environment does not compile:\nmigrations/versions/" + c.want
			for range 2 { // it must not be in the cache the second time
				if _, err := p.b.Ensure(t.Context(), p.env); err == nil || err.Error() != want {
					t.Errorf("got  %v\nwant %s", err, want)
				}
			}
			out := p.path("migrate")
			if err := p.b.Build(t.Context(), p.env, out, build.BuildOptions{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("building: %v", err)
			}
			if _, err := os.Stat(out); err == nil {
				t.Error("it was built")
			}
		})
	}
}
