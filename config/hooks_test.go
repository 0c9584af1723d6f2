package config_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/config"
)

func TestHooks(t *testing.T) {
	o := project(t, `[post_write_hooks]
hooks = fmt, Lint own
fmt.type = go_run
fmt.package = mvdan.cc/gofumpt@v0.9.2
fmt.options = -w
lint.type = exec
lint.executable = golangci-lint
lint.options = run --fix 'REVISION_SCRIPT_FILENAME' "a \"b\" \n" c\ d
lint.cwd = sub
own.type = stamp_copyright
own.year = 2026
unused.type = exec
`)
	got, err := load(t, o).PostWriteHooks()
	if err != nil {
		t.Fatal(err)
	}
	want := []config.Hook{
		{
			Name: "fmt", Type: "go_run", Package: "mvdan.cc/gofumpt@v0.9.2", Options: []string{"-w"},
			Keys: map[string]string{"type": "go_run", "package": "mvdan.cc/gofumpt@v0.9.2", "options": "-w"},
		},
		{
			Name: "Lint", Type: "exec", Executable: "golangci-lint", Cwd: filepath.Join(o.Dir, "sub"),
			Options: []string{"run", "--fix", "REVISION_SCRIPT_FILENAME", `a "b" \n`, "c d"},
			Keys: map[string]string{
				"type": "exec", "executable": "golangci-lint", "cwd": "sub",
				"options": `run --fix 'REVISION_SCRIPT_FILENAME' "a \"b\" \n" c\ d`,
			},
		},
		{Name: "own", Type: "stamp_copyright", Keys: map[string]string{"type": "stamp_copyright", "year": "2026"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	commands := [][]string{
		{"go", "run", "mvdan.cc/gofumpt@v0.9.2", "/a b.go", "-w"},
		{"golangci-lint", "run", "--fix", "/a b.go", `a "b" \n`, "c d"},
		nil,
	}
	for i, want := range commands {
		if diff := cmp.Diff(want, got[i].Command("/a b.go")); diff != "" {
			t.Error(diff)
		}
	}
}

func TestHookErrors(t *testing.T) {
	for section, want := range map[string]string{
		"hooks = a\n":                             `alembic.ini:2: reading "hooks" in [post_write_hooks]: Key 'a.type' is required for post write hook 'a'`,
		"hooks = a\na.type = exec\n":              `alembic.ini:2: reading "hooks" in [post_write_hooks]: Key 'a.executable' is required for post write hook 'a'`,
		"hooks = a\na.type = go_run\n":            `alembic.ini:2: reading "hooks" in [post_write_hooks]: Key 'a.package' is required for post write hook 'a'`,
		"hooks = a\na.type = console_scripts\n":   `alembic.ini:3: reading "a.type" in [post_write_hooks]: console_scripts runs Python; write exec (with a.executable) or go_run (with a.package)`,
		"hooks = a\na.type = x\na.options = 'b\n": `alembic.ini:4: reading "a.options" in [post_write_hooks]: a quotation is not closed`,
		"hooks = a\na.type = x\na.options = b\\":  `alembic.ini:4: reading "a.options" in [post_write_hooks]: nothing follows the backslash at its end`,
	} {
		_, err := load(t, project(t, "[post_write_hooks]\n"+section)).PostWriteHooks()
		wantError(t, err, want)
	}
	if hooks, err := load(t, project(t, "[post_write_hooks]\nhooks =\n")).PostWriteHooks(); hooks != nil || err != nil {
		t.Errorf("no hooks: %v, %v", hooks, err)
	}
}
