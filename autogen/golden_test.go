package autogen_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/schema"
)

var update = flag.Bool("update", false, "write the golden files anew")

// difference is a database, a declaration, and a way of comparing them. What is
// found is in a golden file.
type difference struct {
	name       string
	traits     dialect.Traits
	have, want []*schema.Table
	enums      []dialect.Enum // in the database
	options    autogen.Options
}

// golden compares the differences with testdata/<file>.golden.
func golden(t *testing.T, file string, cases []difference) {
	t.Helper()
	var b strings.Builder
	for _, c := range cases {
		d := &fake{traits: c.traits, found: dialect.Reflection{Enums: c.enums}}
		fmt.Fprintf(&b, "== %s\n", c.name)
		describe(t, &b, compare(t, d, c.have, c.want, c.options))
	}
	path := filepath.Join("testdata", file+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("run with -update and look at what changes (-want +got):\n%s", diff)
	}
}

func describe(t *testing.T, b *strings.Builder, r *autogen.Result) {
	t.Helper()
	for _, l := range r.Detected {
		fmt.Fprintf(b, "Detected %s\n", l)
	}
	for _, l := range r.Warnings {
		fmt.Fprintf(b, "Warning: %s\n", l)
	}
	fmt.Fprintf(b, "up:\n%sdown:\n%s", body(t, r.Upgrade), body(t, r.Downgrade))
}

// body is operations as a revision says them.
func body(t *testing.T, ops []op.Operation) string {
	t.Helper()
	if len(ops) == 0 {
		return ""
	}
	f, err := gen.Body(ops, gen.BodyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.TrimSpace(strings.TrimSuffix(f.String(), "return o.Err()"))
	return "\t" + strings.ReplaceAll(lines, "\n", "\n\t") + "\n"
}
