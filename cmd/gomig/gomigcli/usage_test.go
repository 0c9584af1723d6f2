package gomigcli_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script"
)

// misuses are calls that are wrong whatever is in the files and the database.
var misuses = []struct {
	args []string
	want string // of the line
}{
	{[]string{"init", "-t", "unknown", "new"}, `there is no template "unknown"`},
	{[]string{"init", "--target", "models", "new"}, `reading target "models": it must be an import path and an exported variable`},
	{[]string{"init", "--dialect", "oracle", "new"}, `unknown dialect "oracle"`},
	{[]string{"init", "a b"}, "Go cannot import"},
	{[]string{"init", "vendor/new"}, "choose a folder that is not named vendor"},

	{[]string{"revision", "--sql", "--autogenerate"}, "using --sql with --autogenerate"},
	{[]string{"revision", "--sql"}, "revision_environment is not configured"},
	{[]string{"revision", "--from-history"}, "using --from-history without --autogenerate"},
	{[]string{"revision", "--rename", "a:b"}, "using --rename or --no-renames without --autogenerate"},
	{[]string{"revision", "--no-renames"}, "using --rename or --no-renames without --autogenerate"},
	{[]string{"revision", "--dev-url", "sqlite://"}, "using --dev-url without --autogenerate"},
	{[]string{"revision", "--autogenerate", "--dev-url", "shop"}, "--dev-url: reading the database URL"},
	{[]string{"revision", "--autogenerate", "--rename", "account"}, "--rename account: it takes OLD:NEW"},
	{[]string{"revision", "--autogenerate", "--rename", ":b"}, "--rename :b: it takes OLD:NEW"},
	{[]string{"revision", "--rev-id", "a b"}, `revision identifier "a b" must not be empty, nor hold spaces`},
	{[]string{"revision", "--rev-id", "head"}, `revision identifier "head" is a symbol`},
	{[]string{"revision", "--rev-id", strings.Repeat("a", 33)}, "is too long"},
	{[]string{"revision", "--branch-label", "a@b"}, "not allowed in branch label"},
	{[]string{"revision", "--branch-label", "heads"}, "the word has a meaning of its own"},
	{[]string{"revision", "--head", "a@b@c"}, "only one '@' is possible"},
	{[]string{"revision", "--depends-on", "a@b@c"}, "only one '@' is possible"},
	{[]string{"merge", "aa11", "--rev-id", "a:b"}, "not allowed in revision identifier"},
	{[]string{"merge", "aa11", "--branch-label", "a:b"}, "not allowed in branch label"},
	{[]string{"merge", "a:b"}, "Can't read revision symbol"},

	{[]string{"upgrade", "a:b"}, "range revision not allowed: START:END is for --sql"},
	{[]string{"upgrade", "a:b:c", "--sql"}, "History range requires"},
	{[]string{"upgrade", "head", "--sql", "--json"}, "leave one of them out"},
	{[]string{"upgrade", "head", "--lock-timeout", "soon"}, `argument --lock-timeout: "soon" is neither a number of seconds nor a duration`},
	{[]string{"upgrade", "head", "--lock-timeout", ""}, `argument --lock-timeout: "" is neither`},
	{[]string{"upgrade", "head", "--statement-timeout", "-1"}, `argument --statement-timeout: "-1" is neither`},
	{[]string{"upgrade", "head", "--statement-lock-timeout", "1y"}, `argument --statement-lock-timeout: "1y" is neither`},
	{[]string{"upgrade", "head", "--lock-retries", "x"}, `argument --lock-retries: "x" is no number of tries`},
	{[]string{"downgrade", "base", "--sql"}, "downgrade with --sql requires <fromrev>:<torev>"},
	{[]string{"downgrade", "a:b"}, "range revision not allowed: FROM:TO is for --sql"},
	{[]string{"downgrade", ""}, "it is empty"},
	{[]string{"stamp", "head", "--purge", "--sql"}, "can't use --purge with --sql mode"},
	{[]string{"stamp", "a:b"}, "range revision not allowed: a:b is for --sql"},
	{[]string{"stamp", "a:b", "c:d", "--sql"}, "only supports a single starting revision"},

	{[]string{"history", "-r", "aa11"}, "History range requires"},
	{[]string{"history", "--graph", "--json"}, "history --graph has one form"},
	{[]string{"history", "--graph", "--verbose"}, "history --graph has one form"},
	{[]string{"show", ""}, "it is empty"},
	{[]string{"show", "a:b"}, "a range is not possible here"},
	{[]string{"graph", "--format", "png"}, `there is no format "png"`},
	{[]string{"graph", "-r", "aa11"}, "History range requires"},
	{[]string{"rebase", "a@b@c", "--no-check"}, "only one '@' is possible"},
	{[]string{"squash", "aa11"}, "History range requires"},
	{[]string{"check", "--rename", "account"}, "--rename account: it takes OLD:NEW"},
	{[]string{"check", "--history", "--dev-url", "oracle://x"}, `--dev-url: reading the database URL: unknown dialect "oracle"`},

	{[]string{"inspect", "oracle://x"}, `unknown dialect "oracle"`},
	{[]string{"inspect", "--format", "pdf"}, `there is no format "pdf"`},
	{[]string{"inspect", "--format", "sql", "--split"}, "are for --format go"},
	{[]string{"inspect", "--format", "json", "--structs"}, "are for --format go"},
	{[]string{"inspect", "--split"}, "say where by -o DIRECTORY"},
	{[]string{"inspect", "--split", "-o", "x.go"}, "-o must be a directory"},
	{[]string{"inspect", "--package", "1x"}, "is no name of a package"},
	{[]string{"inspect", "--include", "["}, "is no pattern of tables"},
	{[]string{"import", "goose"}, "the following arguments are required: DIRECTORY"},
	{[]string{"import", "flyway", "."}, "is no tool that can be taken over"},
	{[]string{"import", "goose", ".", "--dialect", "oracle"}, `unknown dialect "oracle"`},
	{[]string{"import", "goose", ".", "--headers"}, "--headers and --schema are for alembic"},
	{[]string{"import", "alembic", ".", "--headers", "--stubs"}, "--headers and --schema are for alembic"},
	{[]string{"import", "alembic", ".", "--schema", "oracle://x"}, `--schema: reading the database URL: unknown dialect "oracle"`},
	{[]string{"import", "goose", ".", "--table", "x"}, "--table is where the tool keeps what is applied"},
	{[]string{"import", "goose", "--stamp", "--stubs"}, "--stubs says how to take migrations over"},
	{[]string{"generate", "--orm", "hibernate"}, `unknown library "hibernate"`},
	{[]string{"generate", "-o", "schema.txt"}, "schema.txt is no name of a Go file"},
	{[]string{"completion", "tcsh"}, `there is no completion for "tcsh"`},
}

// refusals are calls that may be right in another project, or on another day.
var refusals = []struct {
	args []string
	want string
}{
	{[]string{"init", "migrations"}, "already exists and is not empty"},
	{[]string{"init", "-t", "./none", "new"}, "reading the template ./none"},
	{[]string{"init", "--target", "models.Metadata", "new"}, "has no package"},
	{[]string{"revision", "--rev-id", "aa11"}, `revision "aa11" exists already`},
	{[]string{"revision", "--head", "zz99"}, "Can't locate revision identified by 'zz99'"},
	{[]string{"revision", "--version-path", "none"}, "is not represented in current version locations"},
	{[]string{"show", "zz99"}, "Can't locate revision identified by 'zz99'"},
	{[]string{"upgrade", "head"}, "the environment ran"},
	{[]string{"-n", "none", "heads"}, "has no section [none]"},
	{[]string{"-c", "none.ini", "heads"}, "there is no file none.ini"},
	{[]string{"inspect", "sqlite:///none.db"}, "no such file"},
	{[]string{"build", "-o", "none/migrate"}, "its directory does not exist"},
}

// TestExitCodes tells what is wrong with a call from what is wrong with the
// project or its database. The first is said before anything is looked at.
func TestExitCodes(t *testing.T) {
	project(t)
	for _, c := range misuses {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) { failsWith(t, 2, "gomig: error: ", c.args, c.want) })
	}
	for _, c := range refusals {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) { failsWith(t, 3, "FAILED: ", c.args, c.want) })
	}
}

func failsWith(t *testing.T, code int, begins string, args []string, want string) {
	t.Helper()
	var scripts script.Set
	scripts.Add(script.Revision{ID: "aa11", Down: script.Base()})
	var out, errs bytes.Buffer
	got := gomigcli.Main(t.Context(), gomigcli.Program{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
		Environment: &gomigcli.Environment{Scripts: []*script.Set{&scripts}, Run: func(context.Context, *env.Context) error {
			return errors.New("the environment ran")
		}},
	})
	line := errs.String()
	if got != code || !strings.HasPrefix(line, begins) || !strings.Contains(line, want) || strings.Count(line, "\n") != 1 {
		t.Errorf("exit code %d, want %d, with %s… %s; stderr\n%s", got, code, begins, want, line)
	}
	if out.Len() > 0 && code == 2 {
		t.Errorf("stdout\n%s", out.String())
	}
}

// project makes a project with one revision of the working directory.
func project(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                          "module example.com/shop\n\ngo 1.26\n",
		"alembic.ini":                     "[alembic]\nscript_location = %(here)s/migrations\ndatabase.url = sqlite:///app.db\n",
		"migrations/env.go":               "package migrations\n",
		"migrations/versions/versions.go": "package versions\n\nimport \"github.com/gomig-dev/gomig/script\"\n\nvar Scripts script.Set\n",
		"migrations/versions/aa11_one.go": "package versions\n\nimport \"github.com/gomig-dev/gomig/script\"\n\nvar _ = Scripts.Add(script.Revision{ID: \"aa11\", Down: script.Base()})\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("DATABASE_URL", "")
	t.Setenv("GOMIG_CACHE", t.TempDir())
	t.Chdir(dir)
}
