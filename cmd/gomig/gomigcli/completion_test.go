package gomigcli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
)

// team is an environment with a fork: its env.go does not compile, which is no
// matter here.
func team(t *testing.T) (ini string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("alembic.ini", "[alembic]\nscript_location = %(here)s/migrations\n[second]\nscript_location = %(here)s/none\n[loggers]\nkeys = root\n")
	write("migrations/env.go", "package")
	for _, r := range []struct{ id, rest, doc string }{
		{"a100", "Down: script.Base()", "first"},
		{"b100", `Down: script.Revises("a100"), Labels: []string{"app"}`, "ours: a\ttab"},
		{"c100", `Down: script.Revises("a100")`, "theirs"},
	} {
		write("migrations/versions/"+r.id+".go", fmt.Sprintf("// %s\n\npackage versions\n\nimport \"github.com/gomig-dev/gomig/script\"\n\n"+
			"var _ = Scripts.Add(script.Revision{ID: %q, %s})\n", r.doc, r.id, r.rest))
	}
	return filepath.Join(dir, "alembic.ini")
}

func TestComplete(t *testing.T) {
	t.Setenv("GOMIG_CACHE", t.TempDir())
	ini := team(t)
	for _, tt := range []struct {
		words string // behind -c FILE, the last is what is being written
		want  string
	}{
		{"up", "upgrade|upgrade to a later revision\n"},
		{"upgrade ", "head|the newest revision\nheads|all heads\n+1|the next revision\napp|branch label\napp@head|the head of the branch\n" +
			"b100|ours: a tab\nc100|theirs\na100|first\n"},
		{"upgrade b", "b100|ours: a tab\n"},
		{"upgrade app@", "app@head|the head of the branch\napp@heads|the heads of the branch\napp@base|before the branch\n" +
			"app@+1|the next revision of the branch\napp@-1|the revision of the branch before\napp@b100|ours: a tab\n"},
		{"upgrade a100 ", ""},
		{"upgrade --sql c", "c100|theirs\n"},
		{"downgrade -", "--sql|write an SQL script instead of running; a range START:END says where it begins\n--tag|arbitrary TAG for the environment's own use\n" +
			"--json|write what happens as JSON, one object a line\n--verbose|say at the end how long each revision and operation took\n" +
			"--lock-timeout|wait at most DURATION, such as 90s or 2m, for another run to end; 60s if none is given\n" +
			"--statement-lock-timeout|let a statement wait at most DURATION for a lock in the database\n" +
			"--statement-timeout|let a statement take at most DURATION\n" +
			"--lock-retries|try again N times what waited for a lock in vain, as far as it can be undone\n" +
			"--config|the ini FILE; $GOMIG_CONFIG, $ALEMBIC_CONFIG or alembic.ini if none is given\n--name|SECTION of the ini file to use\n" +
			"--raiseerr|show the types behind an error\n--quiet|leave out progress\n--version|print the version\n--help|show help\n-1|the revision before\n"},
		{"merge b100 ", "heads|all heads\napp|branch label\napp@head|the head of the branch\nc100|theirs\na100|first\n"},
		{"history -r a100:", "a100:base|before every revision\na100:head|the newest revision\na100:current|what the database is at\n" +
			"a100:app|branch label\na100:app@head|the head of the branch\na100:b100|ours: a tab\na100:c100|theirs\na100:a100|first\n"},
		{"history --rev-range=:c", "--rev-range=:current|what the database is at\n--rev-range=:c100|theirs\n"},
		{"history --rev-r=", ""},
		{"revision --depends-on c", "c100|theirs\n"},
		{"revision -m ", ""},
		{"graph --format ", "svg\nhtml\ndot\nmermaid\n"},
		{"graph --format=s", "--format=svg\n"},
		{"graph -o ", "::files\n"},
		{"init ", "::directories\n"},
		{"init migrations --template g", "generic\n"},
		{"init --dialect m", "mysql\nmariadb\n"},
		{"completion ", "bash\nzsh\nfish\n"},
		{"-n ", "alembic\nsecond\n"},
		{"-n second upgrade ", ""},
		{"frobnicate ", "branches"},
		{"heads x", ""},
	} {
		words := append([]string{"zsh", "-c", ini}, strings.Split(tt.words, " ")...)
		got := strings.ReplaceAll(gomigcli.Complete(words...), "\t", "|")
		if tt.words == "frobnicate " {
			tt.want = got // what stands behind no command does not matter, as long as it is answered
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q: %s", tt.words, diff)
		}
	}
}

// Bash parts words at these, and wants to be told the last part only.
func TestCompleteForBash(t *testing.T) {
	t.Setenv("GOMIG_CACHE", t.TempDir())
	ini := team(t)
	for _, tt := range []struct{ line, breaks, want string }{
		{"history -r a100:b", " :@=", "base\nb100\n"},
		{"history --rev-range=a100:b", " :@=", "base\nb100\n"},
		{"upgrade app@he", " :@=", "head\nheads\n"},
		{"upgrade app@he", " ", "app@head\napp@heads\n"},
		{"upgrade 'app@he", " ", "app@head\napp@heads\n"},
		{"gra", "", "graph\n"},
	} {
		if got := gomigcli.Complete("bash", "gomig -c '"+ini+"' "+tt.line, tt.breaks); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.line, got, tt.want)
		}
	}
	for _, args := range [][]string{nil, {"bash"}, {"bash", ""}, {"zsh"}, {"bash", "gomig", " "}, {"zsh", "-c", "/none", "upgrade", ""}, {"zsh", "upgrade"}} {
		gomigcli.Complete(args...) // says nothing, or not much, and ends
	}
}

func TestSplitLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"gomig":                           {},
		"gomig ":                          {""},
		"gomig up":                        {"up"},
		"A=1 B=2 gomig up":                {"up"},
		`gomig -m "a b" 'c "d' e\ f g`:    {"-m", "a b", `c "d`, "e f", "g"},
		`gomig "open `:                    {"open "},
		"gomig  upgrade\thead ":           {"upgrade", "head", ""},
		`gomig ""  x`:                     {"", "x"},
		"":                                {},
		"x=1":                             {},
		`gomig -x tenant=a,b upgrade he`:  {"-x", "tenant=a,b", "upgrade", "he"},
		`gomig history -r app@base:head-`: {"history", "-r", "app@base:head-"},
	} {
		if diff := cmp.Diff(want, append([]string{}, gomigcli.SplitLine(line)...)); diff != "" {
			t.Errorf("%q: %s", line, diff)
		}
	}
}

func FuzzComplete(f *testing.F) {
	f.Add("gomig upgrade head@", ":@")
	f.Add("A=1 gomig -c 'x", "")
	f.Fuzz(func(_ *testing.T, line, breaks string) {
		if strings.Contains(line, "-c") {
			return // other files are not the test's
		}
		gomigcli.Complete("bash", line, breaks)
	})
}
