package script_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script"
)

const generated = `// add account
//
// Revision ID: 3512b954651e
// Revises: 2b1ae634e5cd
// Create Date: 2026-11-20 10:00:00

package versions

import (
	"context"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
)

var _ = Scripts.Add(script.Revision{
	ID: "3512b954651e", Down: script.Revises("2b1ae634e5cd"),
	Upgrade: upgrade3512b954651e, Downgrade: downgrade3512b954651e,
})

func upgrade3512b954651e(ctx context.Context, o *op.Operations) error {
	return o.DoesNotExist(1 + "x")
}
`

func TestReadHeaders(t *testing.T) {
	got, err := script.ReadHeaders("v/3512_add.go", []byte(generated))
	if err != nil {
		t.Fatal(err)
	}
	want := []script.Header{{
		ID: "3512b954651e", Down: []string{"2b1ae634e5cd"}, Doc: "add account",
		LongDoc: "add account\n\nRevision ID: 3512b954651e\nRevises: 2b1ae634e5cd\nCreate Date: 2026-11-20 10:00:00",
		Created: "2026-11-20 10:00:00", File: "v/3512_add.go", Line: 16, Package: "versions", HasUpgrade: true, HasDowngrade: true,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if at, ok := got[0].CreatedAt(); !ok || !at.Equal(time.Date(2026, 11, 20, 10, 0, 0, 0, time.Local)) {
		t.Errorf("CreatedAt = %v, %v", at, ok)
	}
}

// TestForms reads what hands may make of a generated file.
func TestForms(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []script.Header // File, Package and the comment left out
	}{
		"one line": {
			`package v; import "github.com/gomig-dev/gomig/script"; var _ = Scripts.Add(script.Revision{ID:"a",Down:script.Base()})`,
			[]script.Header{{ID: "a", Line: 1}},
		},
		"everything": {
			"package v\nvar _ = S.Add(\n script.Revision{\n Labels: []string{`l`, \"m\"},\n DependsOn: []string{\"d\"}, Down: script.Revises(\n\"a\",\n\"b\",\n),\nDowngrade: nil, Upgrade: func(ctx C, o *O) error { return nil }, ID: (\"x\" + `y`),\n},\n)",
			[]script.Header{{ID: "xy", Down: []string{"a", "b"}, DependsOn: []string{"d"}, Labels: []string{"l", "m"}, Line: 2, HasUpgrade: true}},
		},
		"another name for the package": {
			`package v
import mig "github.com/gomig-dev/gomig/script"
var _ = Scripts.Add(mig.Revision{ID: "a", Down: mig.Parents{"b"}, Labels: nil})`,
			[]script.Header{{ID: "a", Down: []string{"b"}, Line: 3}},
		},
		"no name for the package": {
			`package v
import . "github.com/gomig-dev/gomig/script"
var _ = Scripts.Add(Revision{ID: "a", Down: Revises()})`,
			[]script.Header{{ID: "a", Line: 3}},
		},
		"constants": {
			`package v
const ( id, before = "a", "b" + x
x = "c" )
var _ = Scripts.Add(script.Revision{ID: id, Down: script.Revises(before)})`,
			[]script.Header{{ID: "a", Down: []string{"bc"}, Line: 4}},
		},
		"several, in a group and in init": {
			`package v
var (
	first = Scripts.Add(script.Revision{ID: "a"})
	other, _ = 1, Scripts.Add(script.Revision{ID: "b"})
)
func init() { wg.Add(1); Scripts.Add(script.Revision{ID: "c"}) }
func other() { Scripts.Add(script.Revision{ID: "never"}) }`,
			[]script.Header{{ID: "a", Line: 3}, {ID: "b", Line: 4}, {ID: "c", Line: 6}},
		},
		"helper":         {"package v\nvar Scripts script.Set\nvar n = counter.Add(1)\nfunc init() {}", nil},
		"not this one":   {"package v\nvar _ = list.Add(other.Revision{ID: \"a\"})", nil},
		"not built here": {"//go:build ignore\n\npackage v\nvar _ = Scripts.Add(script.Revision{ID: \"a\"})", nil},
		"built here":     {"//go:build go1.20 && !ignore\n\npackage v\nvar _ = Scripts.Add(script.Revision{ID: \"a\"})", []script.Header{{ID: "a", Line: 4}}},
		"a label":        {"package v\nvar _ = Scripts.Add(script.Revision{ID: \"a\"},)\nfunc f() { x := `", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := script.ReadHeaders("f.go", []byte(c.src))
			if name == "a label" {
				if want := "f.go:3: raw string literal not terminated"; err == nil || err.Error() != want {
					t.Errorf("got %v, want %s", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				got[i].File, got[i].Package = "", ""
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestComments(t *testing.T) {
	add := func(id string) string { return "var _ = Scripts.Add(script.Revision{ID: \"" + id + "\"})\n" }
	for name, c := range map[string]struct {
		src            string
		docs, longDocs []string
	}{
		"attached to the clause": {"// add\n// account\npackage v\n" + add("a"), []string{"add account"}, []string{"add\naccount"}},
		"a licence in front": {
			"// Copyright us\n\n// add\n//\n// Revision ID: a\n\n// more\npackage v\n" + add("a"),
			[]string{"add"},
			[]string{"add\n\nRevision ID: a"},
		},
		"block":      {"/*\nadd\n\nwhy\n*/\npackage v\n" + add("a"), []string{"add"}, []string{"add\n\nwhy"}},
		"no message": {"// Revision ID: a\n\npackage v\n" + add("a"), []string{""}, []string{"Revision ID: a"}},
		"none":       {"package v\n// at the variable\n" + add("a"), []string{"at the variable"}, []string{"at the variable"}},
		"several":    {"// the file\npackage v\n" + add("a") + "// the second\n" + add("b"), []string{"the file", "the second"}, []string{"the file", "the second"}},
		"directive":  {"//go:build linux || !linux\n\n// add\npackage v\n" + add("a"), []string{"add"}, []string{"add"}},
	} {
		t.Run(name, func(t *testing.T) {
			headers, err := script.ReadHeaders("f.go", []byte(c.src))
			if err != nil {
				t.Fatal(err)
			}
			var docs, long []string
			for _, h := range headers {
				docs, long = append(docs, h.Doc), append(long, h.LongDoc)
			}
			if diff := cmp.Diff(c.docs, docs) + cmp.Diff(c.longDocs, long); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	const readable = ", so that it can be read without compiling"
	add := func(fields string) string { return "package v\n\nvar _ = Scripts.Add(script.Revision{" + fields + "})" }
	for src, want := range map[string]string{
		"package v\nfunc {":                      "f.go:2: expected 'IDENT', found '{'",
		"":                                       "f.go:1: expected 'package', found 'EOF'",
		add(`Down: script.Base()`):               "f.go:3: reading the revision: this revision has no ID",
		add(`ID: "a", Down: after("b")`):         `f.go:3: reading the revision: Down must be written as script.Revises("…") or script.Base()` + readable,
		add(`ID: "a", Down: Revises(list...)`):   `f.go:3: reading the revision: Down must be written as script.Revises("…") or script.Base()` + readable,
		add(`ID: "a", Down: Revises(1)`):         `f.go:3: reading the revision: Down must be written as script.Revises("…") or script.Base()` + readable,
		add(`ID: newID()`):                       "f.go:3: reading the revision: ID must be a text in quotes" + readable,
		add(`ID: elsewhere`):                     "f.go:3: reading the revision: ID must be a text in quotes" + readable,
		add(`ID: x`) + "\nconst x = x":           "f.go:4: reading the revision: ID must be a text in quotes" + readable,
		add(`ID: "a", Labels: labels`):           `f.go:3: reading the revision: Labels must be written as []string{"…"}` + readable,
		add("\nID: \"a\",\nDependsOn: f(),\n"):   `f.go:5: reading the revision: DependsOn must be written as []string{"…"}` + readable,
		add(`"a", nil`):                          "f.go:3: reading the revision: write the fields of the revision with their names, as ID: \"…\"",
		"package v\nvar _ = Scripts.Add(make())": "f.go:2: reading the revision: write the revision as script.Revision{…} in the call of Add" + readable,
	} {
		_, err := script.ReadHeaders("f.go", []byte(src))
		var typed *script.FileError
		if !errors.As(err, &typed) || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", src, err, want)
		}
	}
	_, err := script.ReadHeaders("v/drop_windows.go", []byte(add(`ID: "a"`)))
	if want := "v/drop_windows.go: by its name Go builds this file on one system only; rename it to drop_windows_.go"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestRoundTrip writes any header in the generated form and reads it back.
func TestRoundTrip(t *testing.T) {
	text := rapid.StringN(1, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		want := script.Header{
			ID: text.Draw(t, "id"), Down: rapid.SliceOfN(text, 0, 3).Draw(t, "down"),
			DependsOn: rapid.SliceOfN(text, 0, 3).Draw(t, "depends"), Labels: rapid.SliceOfN(text, 0, 3).Draw(t, "labels"),
			Doc: strings.Join(strings.Fields(rapid.StringMatching(`[a-zé漢 %"'*/]{0,30}`).Draw(t, "doc")), " "),
		}
		quote := func(list []string) string {
			var quoted []string
			for _, s := range list {
				quoted = append(quoted, fmt.Sprintf("%q", s))
			}
			return strings.Join(quoted, ", ")
		}
		src := fmt.Sprintf("// %s\n//\n// Revision ID: x\n\npackage v\n\nvar _ = Scripts.Add(script.Revision{\n"+
			"ID: %q, Down: script.Revises(%s), DependsOn: []string{%s}, Labels: []string{%s},\n})\n",
			want.Doc, want.ID, quote(want.Down), quote(want.DependsOn), quote(want.Labels))
		got, err := script.ReadHeaders("f.go", []byte(src))
		if err != nil || len(got) != 1 {
			t.Fatalf("%d headers, %v in\n%s", len(got), err, src)
		}
		h := got[0]
		if h.ID != want.ID || h.Doc != want.Doc || !equal(h.Down, want.Down) || !equal(h.DependsOn, want.DependsOn) || !equal(h.Labels, want.Labels) {
			t.Fatalf("got %+v\nwant %+v", h, want)
		}
	})
}

func equal(a, b []string) bool {
	return strings.Join(a, "\x00") == strings.Join(b, "\x00") && len(a) == len(b)
}

func FuzzReadHeaders(f *testing.F) {
	f.Add(generated)
	f.Add("package v\nvar _ = Scripts.Add(script.Revision{ID: x, Down: Revises(`a`)})\nconst x = \"1\" + x")
	f.Fuzz(func(t *testing.T, src string) {
		headers, err := script.ReadHeaders("f.go", []byte(src))
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("error of several lines: %q", err)
		}
		for _, h := range headers {
			if h.ID == "" || h.Line < 1 || strings.ContainsAny(h.Doc, "\n\r") {
				t.Errorf("%+v", h)
			}
		}
	})
}
