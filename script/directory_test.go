package script_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// tree writes files, slashed path and content, below a new directory. A content of one word is a revision of that ID.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if !strings.Contains(content, " ") {
			content = revisionFile(content)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func revisionFile(id string) string {
	return fmt.Sprintf("// add %[1]s\n\npackage versions\n\nimport \"github.com/gomig-dev/gomig/script\"\n\nvar _ = Scripts.Add(script.Revision{ID: %[1]q})\n", id)
}

func open(t testing.TB, o script.Options) *script.Directory {
	t.Helper()
	d, err := script.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ids(headers []script.Header) string {
	var list []string
	for _, h := range headers {
		list = append(list, h.ID)
	}
	return strings.Join(list, " ")
}

const scripts = "package versions\n\nimport \"github.com/gomig-dev/gomig/script\"\n\nvar Scripts script.Set\n"

func TestRead(t *testing.T) {
	root := tree(t, map[string]string{
		"m/versions/versions.go":    scripts,
		"m/versions/b.go":           "two",
		"m/versions/a.go":           "three",
		"m/versions/c/1.go":         "four",
		"m/versions/Z/1.go":         "five",
		"m/versions/helper.go":      "package versions // nothing here",
		"m/versions/a_test.go":      "package versions // } not Go",
		"m/versions/.#a.go":         "package versions // } not Go",
		"m/versions/_a.go":          "package versions // } not Go",
		"m/versions/testdata/a.go":  "never",
		"m/versions/.git/a.go":      "never",
		"m/versions/mod/go.mod":     "module other // of its own",
		"m/versions/mod/a.go":       "never",
		"m/versions/notes.txt":      "not Go",
		"second/versions/z/zero.go": "six",
	})
	versions, second := filepath.Join(root, "m", "versions"), filepath.Join(root, "second", "versions")
	got, err := open(t, script.Options{Dir: filepath.Join(root, "m")}).Headers(t.Context())
	if err != nil || ids(got) != "three two" {
		t.Errorf("default location: %s, %v", ids(got), err)
	}
	if want := []revision.Revision{
		{ID: "three", Doc: "add three", File: filepath.Join(versions, "a.go")}, {ID: "two", Doc: "add two", File: filepath.Join(versions, "b.go")},
	}; !cmp.Equal(want, script.Revisions(got)) {
		t.Error(cmp.Diff(want, script.Revisions(got)))
	}
	d := open(t, script.Options{Locations: []string{second, versions, filepath.Join(root, "gone")}, Recursive: true})
	all, err := d.Read(t.Context())
	if err != nil || ids(all.Headers) != "six three two five four" || all.Warnings != nil {
		t.Errorf("recursive: %s, %v, %v", ids(all.Headers), all.Warnings, err)
	}
	want := []script.Package{
		{Dir: filepath.Join(second, "z"), Name: "versions", Revisions: 1},
		{Dir: versions, Name: "versions", Sets: []string{"Scripts"}, Revisions: 2},
		{Dir: filepath.Join(versions, "Z"), Name: "versions", Revisions: 1},
		{Dir: filepath.Join(versions, "c"), Name: "versions", Revisions: 1},
	}
	if diff := cmp.Diff(want, all.Packages); diff != "" {
		t.Error(diff)
	}
}

func TestReadTwice(t *testing.T) {
	root := tree(t, map[string]string{"v/a.go": "one", "v/sub/b.go": "two"})
	v := filepath.Join(root, "v")
	if err := os.Symlink(filepath.Join(v, "a.go"), filepath.Join(v, "z.go")); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := os.Symlink(v, filepath.Join(root, "other")); err != nil {
		t.Fatal(err)
	}
	got, err := open(t, script.Options{Locations: []string{v, filepath.Join(v, "sub"), filepath.Join(root, "other")}, Recursive: true}).Read(t.Context())
	if err != nil || ids(got.Headers) != "one two" {
		t.Fatalf("%s, %v", ids(got.Headers), err)
	}
	var want []string
	for _, f := range []string{"v/z.go", "v/sub/b.go", "other/a.go", "other/z.go", "other/sub/b.go"} {
		want = append(want, fmt.Sprintf("File %s loaded twice! ignoring. Please ensure version_locations is unique.", filepath.Join(root, filepath.FromSlash(f))))
	}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Error(diff)
	}
}

func TestDuplicates(t *testing.T) {
	root := tree(t, map[string]string{"v/a.go": "one", "v/b.go": "two", "v/c.go": "one"})
	v := filepath.Join(root, "v")
	_, err := open(t, script.Options{Locations: []string{v}}).Headers(t.Context())
	want := fmt.Sprintf(`revision "one" is registered twice: %s:7 and %s:7; give one of them another ID`, filepath.Join(v, "a.go"), filepath.Join(v, "c.go"))
	if !errors.As(err, new(*script.DuplicateError)) || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}

func TestReadFaults(t *testing.T) {
	root := tree(t, map[string]string{"v/a.go": "one", "v/b.go": "package versions\n\nfunc {", "v/c.go": "package versions }"})
	d := open(t, script.Options{Locations: []string{filepath.Join(root, "v")}})
	_, err := d.Headers(t.Context())
	if want := filepath.Join(root, "v", "b.go") + ":3: expected 'IDENT', found '{'"; !errors.As(err, new(*script.FileError)) || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Headers(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	_, err = script.Open(script.Options{Dir: filepath.Join(root, "none")})
	if want := "Path doesn't exist: " + filepath.Join(root, "none") + ".  Please use the 'init' command to create a new scripts folder."; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err = script.Open(script.Options{}); err == nil {
		t.Error("no directory was accepted")
	}
}

func BenchmarkHeaders(b *testing.B) {
	for _, n := range []int{1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			files := map[string]string{}
			for i := range n {
				id := fmt.Sprintf("%012x", i)
				files["v/"+id+"_add.go"] = strings.ReplaceAll(generated, "3512b954651e", id) + strings.Repeat(body, 2)
			}
			d := open(b, script.Options{Locations: []string{filepath.Join(tree(b, files), "v")}})
			for b.Loop() {
				if headers, err := d.Headers(b.Context()); err != nil || len(headers) != n {
					b.Fatal(len(headers), err)
				}
			}
		})
	}
}

const body = `
func change(ctx context.Context, o *op.Operations) error {
	o.CreateTable("account",
		schema.Column("id", schema.BigInteger(), schema.PrimaryKey(), schema.AutoIncrement()),
		schema.Column("name", schema.String(50), schema.NotNull()),
		schema.Column("email", schema.String(50), schema.NotNull()),
		schema.Column("note", schema.Text()),
		schema.Column("created_at", schema.DateTime(), schema.NotNull(), schema.ServerDefault(schema.Now())),
	)
	o.CreateIndex("ix_account_name", "account", "name")
	return o.Err()
}
`
