package script_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
)

const two = `package versions

import "example.com/x/script"

var (
	// Revision ID: a1
	// Revises:
	_ = Scripts.Add(script.Revision{ID: "a1", Upgrade: up1})

	// Revision ID: b2
	// Revises: a1
	_ = Scripts.Add(script.Revision{
		ID: "b2", Down: script.Revises("a1"), Upgrade: nil,
		Downgrade: func() { /* b2 */ },
	})
)
`

func TestFoldInOneFile(t *testing.T) {
	t.Parallel()
	src, err := script.Unregister("x.go", []byte(two), "a1", "revisiona1")
	if err != nil {
		t.Fatal(err)
	}
	src, err = script.SetBaseline("x.go", src, script.Baseline{
		ID: "b2", Replaces: []string{"a0", "a1"}, DependsOn: []string{"z9"}, Labels: []string{"l"}, Folded: []string{"revisiona1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	headers, err := script.ReadHeaders("x.go", src)
	if err != nil || len(headers) != 1 {
		t.Fatalf("%v %v\n%s", headers, err, src)
	}
	h := headers[0]
	if h.ID != "b2" || len(h.Down) > 0 || !slices.Equal(h.Replaces, []string{"a0", "a1"}) || !h.HasUpgrade || !h.HasDowngrade {
		t.Errorf("%+v", h)
	}
	for _, want := range []string{
		`revisiona1 = script.Revision{ID: "a1", Upgrade: up1}`,
		"// Revises:\n\t// Replaces: a0, a1\n\t_ = Scripts.Add(",
		"script.InOrder(\n\t\t\trevisiona1.Upgrade,\n\t\t)",
		"func() { /* b2 */ },\n\t\t\trevisiona1.Downgrade,\n",
	} {
		if !strings.Contains(strings.ReplaceAll(string(src), "\t\t\t", "\t\t"), strings.ReplaceAll(want, "\t\t\t", "\t\t")) {
			t.Errorf("no %q in\n%s", want, src)
		}
	}
}

func TestUnregisterRefuses(t *testing.T) {
	t.Parallel()
	for _, form := range []string{
		`var r = Scripts.Add(script.Revision{ID: "a1"})`,
		`func init() { Scripts.Add(script.Revision{ID: "a1"}) }`,
		`var _, _ = Scripts.Add(script.Revision{ID: "a1"}), 1`,
		`var _ = Scripts.Add(script.Revision{ID: "other"})`,
	} {
		var at *script.FileError
		if out, err := script.Unregister("x.go", []byte("package p\n\n"+form+"\n"), "a1", "v"); !errors.As(err, &at) || out != nil {
			t.Errorf("%s: %s, %v", form, out, err)
		}
	}
}

func TestInOrder(t *testing.T) {
	t.Parallel()
	var ran []string
	step := func(name string, err error) script.Func {
		return func(context.Context, *op.Operations) error {
			ran = append(ran, name)
			return err
		}
	}
	failed := errors.New("failed")
	err := script.InOrder(step("a", nil), nil, step("b", failed), step("c", nil))(t.Context(), nil)
	if !errors.Is(err, failed) || !slices.Equal(ran, []string{"a", "b"}) {
		t.Errorf("ran %v: %v", ran, err)
	}
	// A baseline is placed where it is registered, not where InOrder stands.
	var set script.Set
	set.Add(script.Revision{ID: "a1", Upgrade: script.InOrder()})
	if file, _ := set.Revisions()[0].Position(); !strings.HasSuffix(file, "fold_test.go") {
		t.Errorf("it is placed in %s", file)
	}
}

func TestReplaceAllOrNone(t *testing.T) {
	t.Parallel()
	first := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(first, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []script.Rewritten{{Path: first, Old: []byte("old"), New: []byte("new")}, {Path: first + ".missing"}}
	err := script.ReplaceAll(files)
	if got, _ := os.ReadFile(first); err == nil || string(got) != "old" {
		t.Errorf("%v; the first file holds %q", err, got)
	}
	err = script.ReplaceAll(files[:1])
	if got, _ := os.ReadFile(first); err != nil || string(got) != "new" {
		t.Errorf("%v; the file holds %q", err, got)
	}
}
