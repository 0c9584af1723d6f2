package script_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script"
)

const imported = "\npackage versions\n\nimport \"github.com/gomig-dev/gomig/script\"\n\n"

func TestSetParents(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, src, want string
		parents         []string
	}{
		{
			"one for one",
			"// add\n//\n// Revision ID: b1\n// Revises: a1\n// Create Date: x\n" + imported + "var _ = Scripts.Add(script.Revision{\n\tID:   \"b1\", Down: script.Revises(\"a1\"), // Revises: a1\n})\n",
			"// add\n//\n// Revision ID: b1\n// Revises: c1\n// Create Date: x\n" + imported + "var _ = Scripts.Add(script.Revision{\n\tID:   \"b1\", Down: script.Revises(\"c1\"), // Revises: a1\n})\n",
			[]string{"c1"},
		},
		{
			"one for none",
			"// Revision ID: b1\n// Revises:\n" + imported + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Base(), Labels: []string{\"app\"}})\n",
			"// Revision ID: b1\n// Revises: c1\n" + imported + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Revises(\"c1\"), Labels: []string{\"app\"}})\n",
			[]string{"c1"},
		},
		{
			"one where nothing was said",
			imported[1:] + "var _ = Scripts.Add(script.Revision{ID: \"b1\"})\n",
			imported[1:] + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Revises(\"c1\")})\n",
			[]string{"c1"},
		},
		{
			"none for one",
			"// Revises: a1  \n" + imported + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Revises(\"a1\")})\n",
			"// Revises:  \n" + imported + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Base()})\n",
			nil,
		},
		{
			"two for one, in a list, of an import with another name",
			"\npackage versions\n\nimport s \"github.com/gomig-dev/gomig/script\"\n\nvar _ = Scripts.Add(s.Revision{ID: \"b1\", Down: []string{\n\t\"a1\",\n}})\n",
			"\npackage versions\n\nimport s \"github.com/gomig-dev/gomig/script\"\n\nvar _ = Scripts.Add(s.Revision{ID: \"b1\", Down: s.Revises(\"c1\", \"d1\")})\n",
			[]string{"c1", "d1"},
		},
		{
			"lines that end as on Windows, and a comment between slashes and stars",
			"/*\r\nadd\r\n\r\nRevision ID: b1\r\nRevises: a1 */\r\n" + strings.ReplaceAll(imported, "\n", "\r\n") + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Revises(\"a1\")})\r\n",
			"/*\r\nadd\r\n\r\nRevision ID: b1\r\nRevises: c1 */\r\n" + strings.ReplaceAll(imported, "\n", "\r\n") + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Revises(\"c1\")})\r\n",
			[]string{"c1"},
		},
		{
			"the second of two",
			"// Revision ID: a1\n// Revises: z1\n" + imported + "var _ = Scripts.Add(script.Revision{ID: \"a1\", Down: script.Revises(\"z1\")})\n\n// Revises: a1\nvar _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Revises(\"a1\")})\n",
			"// Revision ID: a1\n// Revises: z1\n" + imported + "var _ = Scripts.Add(script.Revision{ID: \"a1\", Down: script.Revises(\"z1\")})\n\n// Revises: c1\nvar _ = Scripts.Add(script.Revision{ID: \"b1\", Down: script.Revises(\"c1\")})\n",
			[]string{"c1"},
		},
		{
			"an id that is a constant, with quotes around the new one",
			imported + "const id = \"b1\"\n\nfunc init() { Scripts.Add(script.Revision{ID: id, Down: script.Revises(first + \"1\")}) }\n\nconst first = `a`\n",
			imported + "const id = \"b1\"\n\nfunc init() { Scripts.Add(script.Revision{ID: id, Down: script.Revises(\"c\\\"1\")}) }\n\nconst first = `a`\n",
			[]string{`c"1`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := script.SetParents("b1.go", []byte(tt.src), "b1", tt.parents...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSetParentsErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, src, want string }{
		{"no Go", "package", "b1.go:1: expected 'IDENT', found 'EOF'"},
		{"another revision", imported + "var _ = Scripts.Add(script.Revision{ID: \"a1\"})\n", `b1.go: rewriting the revision: there is no registration of "b1"`},
		{
			"a list that is made elsewhere", imported + "var _ = Scripts.Add(script.Revision{ID: \"b1\", Down: parents})\n",
			`b1.go:6: reading the revision: Down must be written as script.Revises("…") or script.Base(), so that it can be read without compiling`,
		},
	} {
		_, err := script.SetParents("b1.go", []byte(tt.src), "b1", "c1")
		var file *script.FileError
		if !errors.As(err, &file) || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// What a revision follows can be changed there and back, and nothing else changes.
func TestSetParentsThereAndBack(t *testing.T) {
	t.Parallel()
	id := rapid.StringMatching(`[a-z0-9]{1,12}`)
	rapid.Check(t, func(t *rapid.T) {
		before, after := rapid.SliceOfN(id, 1, 3).Draw(t, "before"), rapid.SliceOfN(id, 1, 3).Draw(t, "after")
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end")
		lines := []string{"// " + rapid.StringMatching(`[ -~]{0,20}`).Draw(t, "message"), "//", "// Revision ID: b1", "// Revises: " + strings.Join(before, ", "), "// Revises: twice", "", "package versions", "", `import "github.com/gomig-dev/gomig/script"`, "", `var _ = Scripts.Add(script.Revision{`, "\t" + `ID: "b1",   Down: script.Revises("` + strings.Join(before, `", "`) + `"),`, "})"}
		src := strings.Join(lines, end) + end
		if strings.Contains(lines[0], "Revis") {
			t.Skip("the message looks like one of the lines")
		}
		there, err := script.SetParents("b1.go", []byte(src), "b1", after...)
		if err != nil {
			t.Fatal(err)
		}
		headers, err := script.ReadHeaders("b1.go", there)
		if err != nil || len(headers) != 1 || !cmp.Equal(headers[0].Down, after) || !strings.Contains(headers[0].LongDoc, "Revises: "+strings.Join(after, ", ")+"\n") {
			t.Fatalf("%+v, %v", headers, err)
		}
		back, err := script.SetParents("b1.go", there, "b1", before...)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(src, string(back)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzSetParents(f *testing.F) {
	f.Add([]byte(revisionFile("b1")))
	f.Add([]byte("/*\r\nRevises: a1\r\n*/\r\npackage versions\r\nvar _ = Scripts.Add(script.Revision{ID: \"b1\"})"))
	f.Fuzz(func(t *testing.T, src []byte) {
		out, err := script.SetParents("b1.go", src, "b1", "c1", "d1")
		if err != nil {
			return
		}
		if again, err := script.SetParents("b1.go", out, "b1", "c1", "d1"); err != nil || string(again) != string(out) {
			t.Errorf("rewriting once more: %v\n%s\n%s", err, out, again)
		}
	})
}

func TestReplace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, link := filepath.Join(dir, "a.go"), filepath.Join(dir, "b.go")
	if err := os.WriteFile(file, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	if err := script.Replace(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != "new" {
		t.Errorf("%q, %v", got, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
	if err := script.Replace(filepath.Join(dir, "none.go"), nil); err == nil || !strings.HasPrefix(err.Error(), "rewriting ") {
		t.Errorf("a file that is not there: %v", err)
	}
}
