package gomigcli_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig/cmd/gomig/gomigcli"
)

func TestPermute(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		args []string
		want []string
	}{
		{"nothing", nil, nil},
		{"only a command", []string{"heads"}, []string{"heads"}},
		{"a flag behind the argument", []string{"upgrade", "head", "--sql"}, []string{"upgrade", "--sql", "--", "head"}},
		{"a flag before the argument", []string{"upgrade", "--sql", "head"}, []string{"upgrade", "--sql", "--", "head"}},
		{"a relative revision", []string{"downgrade", "-1"}, []string{"downgrade", "--", "-1"}},
		{"a relative revision upwards", []string{"upgrade", "+2"}, []string{"upgrade", "--", "+2"}},
		{"a relative range behind a flag", []string{"downgrade", "--sql", "-1:base"}, []string{"downgrade", "--sql", "--", "-1:base"}},
		{"a relative range before a flag", []string{"downgrade", "-2:-1", "--sql"}, []string{"downgrade", "--sql", "--", "-2:-1"}},
		{"several arguments", []string{"stamp", "a", "--purge", "b"}, []string{"stamp", "--purge", "--", "a", "b"}},

		{"x before the command", []string{"-x", "a=1,b=2", "-x", "c", "current"}, []string{"-x=a=1,b=2", "-x=c", "current"}},
		{"x behind the command", []string{"upgrade", "-x", "a=1", "head", "-x=b=2"}, []string{"-x=a=1", "-x=b=2", "upgrade", "--", "head"}},
		{"x with its value attached", []string{"upgrade", "-xa=1,b=2", "head"}, []string{"-x=a=1,b=2", "upgrade", "--", "head"}},
		{"x with an empty value", []string{"-x=", "heads"}, []string{"-x=", "heads"}},

		{"a relative value", []string{"history", "-r", "-3:current"}, []string{"history", "--rev-range=-3:current"}},
		{"a relative value attached", []string{"history", "-r-3:"}, []string{"history", "--rev-range=-3:"}},
		{"a relative value of a long flag", []string{"history", "--rev-range=-3:"}, []string{"history", "--rev-range=-3:"}},
		{"a message attached", []string{"revision", "-mfoo"}, []string{"revision", "--message=foo"}},
		{"a message attached with =", []string{"revision", "-mx=y"}, []string{"revision", "--message=x=y"}},
		{"a long message with =", []string{"revision", "--message=x=y"}, []string{"revision", "--message=x=y"}},
		{"an empty message", []string{"revision", "-m", ""}, []string{"revision", "--message="}},
		{"a message that begins with a dash", []string{"revision", "-m", "- fix"}, []string{"revision", "--message=- fix"}},
		{"a message that is a flag", []string{"revision", "-m=--autogenerate"}, []string{"revision", "--message=--autogenerate"}},
		{"the flag of Alembic that stands for help", []string{"revision", "-m", "help"}, []string{"revision", "--message=help"}},

		{"a beginning of a flag", []string{"revision", "--auto", "-m", "x"}, []string{"revision", "--autogenerate", "--message=x"}},
		{"a beginning with a value", []string{"revision", "--mess=x"}, []string{"revision", "--message=x"}},
		{"a beginning that is the command's before it is global", []string{"current", "--ver"}, []string{"current", "--verbose"}},
		{"a beginning of a global flag", []string{"heads", "--qui"}, []string{"--quiet", "heads"}},

		{"-c is the command's behind current", []string{"current", "-c"}, []string{"current", "--check-heads"}},
		{"-c is the file's before current", []string{"-c", "x.ini", "current", "-c"}, []string{"--config=x.ini", "current", "--check-heads"}},
		{"-c is the file's behind upgrade", []string{"upgrade", "head", "-c", "x.ini"}, []string{"--config=x.ini", "upgrade", "--", "head"}},
		{"-n behind the command", []string{"upgrade", "head", "-n", "other"}, []string{"--name=other", "upgrade", "--", "head"}},
		{"-n is no flag of merge", []string{"merge", "a", "b", "-nother"}, []string{"--name=other", "merge", "--", "a", "b"}},
		{"several short flags in one", []string{"history", "-vi"}, []string{"history", "--verbose", "--indicate-current"}},
		{"several short flags in one, the last with a value", []string{"history", "-vir", "a:b"}, []string{"history", "--verbose", "--indicate-current", "--rev-range=a:b"}},

		{"two dashes", []string{"upgrade", "--sql", "--", "-1"}, []string{"upgrade", "--sql", "--", "-1"}},
		{"two dashes before what looks like a flag", []string{"show", "--", "--sql"}, []string{"show", "--", "--sql"}},
		{"two dashes and nothing", []string{"heads", "--"}, []string{"heads"}},
		{"a dash alone", []string{"show", "-"}, []string{"show", "--", "-"}},
		{"an empty argument", []string{"show", ""}, []string{"show", "--", ""}},
		{"a NUL", []string{"show", "a\x00b"}, []string{"show", "--", "a\x00b"}},
		{"letters of any script", []string{"revision", "-m", "таблица 表", "--rev-id", "é"}, []string{"revision", "--message=таблица 表", "--rev-id=é"}},

		{"help", []string{"help"}, []string{"--help"}},
		{"help of a command", []string{"help", "upgrade"}, []string{"upgrade", "--help"}},
		{"help as a flag", []string{"upgrade", "-h"}, []string{"upgrade", "--help"}},
		{"version behind a command", []string{"upgrade", "head", "--version"}, []string{"--version", "upgrade", "--", "head"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := gomigcli.Permute(tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" && len(tt.want)+len(got) > 0 {
				t.Errorf("%q (-want +got):\n%s", tt.args, diff)
			}
		})
	}
}

func TestPermuteRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"upgrade", "head", "--dry-run"}, "unrecognized arguments: --dry-run"},
		{[]string{"--dry-run", "upgrade", "head"}, "unrecognized arguments: --dry-run"},
		{[]string{"upgrade", "head", "--sqll"}, "unrecognized arguments: --sqll; did you mean --sql?"},
		{[]string{"upgrade", "head", "-z"}, "unrecognized arguments: -z"},
		{[]string{"upgrade", "head", "-w"}, "unrecognized arguments: -w"},
		{[]string{"upgrade", "head", "-ü"}, "unrecognized arguments: -ü"},
		{[]string{"upgrade", "head", "---sql"}, "unrecognized arguments: ---sql; did you mean --sql?"},
		{[]string{"upgrad", "-z"}, `there is no command "upgrad"; did you mean "upgrade"?`},
		{[]string{"-1", "upgrade"}, "unrecognized arguments: -1"},
		{[]string{"revision", "--s"}, "ambiguous option: --s could match --splice, --sql"},
		{[]string{"revision", "--he"}, "ambiguous option: --he could match --head, --help"},
		{[]string{"upgrade", "head", "--sql=yes"}, `argument --sql: ignored explicit argument "yes"`},
		{[]string{"history", "-v=yes"}, `argument --verbose: ignored explicit argument "yes"`},
		{[]string{"history", "-vz"}, "unrecognized arguments: -z (in -vz)"},
		{[]string{"history", "-v-i"}, `argument --verbose: ignored explicit argument "-i"`},
		{[]string{"revision", "-m"}, "argument -m: expected one argument"},
		{[]string{"revision", "-m", "--"}, "argument -m: expected one argument"},
		{[]string{"revision", "--message"}, "argument --message: expected one argument"},
		{[]string{"history", "-ir"}, "argument -r: expected one argument (in -ir)"},
		{
			[]string{"revision", "-m", "--autogenerate"},
			"argument -m: expected one argument, and --autogenerate is a flag; write -m=--autogenerate if it is meant",
		},
		{[]string{"upgrade", "head", "-x", "--sql"}, "argument -x: expected one argument, and --sql is a flag; write -x=--sql if it is meant"},
	} {
		_, err := gomigcli.Permute(tt.args)
		switch {
		case err == nil:
			t.Errorf("%q was understood", tt.args)
		case !gomigcli.IsUsage(err):
			t.Errorf("%q: %T is no error of usage", tt.args, err)
		case err.Error() != tt.want:
			t.Errorf("%q:\n got %s\nwant %s", tt.args, err, tt.want)
		}
	}
}

// Two flags of one command must not share a name, and a command's -c hides the
// global one only where Alembic's does.
func TestFlagsAreUnique(t *testing.T) {
	t.Parallel()
	app := gomigcli.App()
	for _, c := range app.Commands {
		seen := map[string]bool{"help": true, "h": true}
		for _, f := range c.Flags {
			for _, n := range f.Names() {
				if seen[n] {
					t.Errorf("%s has two flags %q", c.Name, n)
				}
				seen[n] = true
			}
		}
		for _, f := range app.Flags {
			for _, n := range f.Names() {
				if seen[n] && c.Name+" "+n != "current c" {
					t.Errorf("%s hides the global flag %q", c.Name, n)
				}
			}
		}
	}
}

// FuzzPermute looks at what must hold for any arguments: what becomes of them
// becomes itself, and urfave/cli finds the same arguments in it as stand behind
// its two dashes, with no flag among them.
func FuzzPermute(f *testing.F) {
	for _, seed := range []string{
		"upgrade\nhead\n--sql", "-x\na=1,b=2\n-x\nc\ncurrent\n-c", "downgrade\n-1", "history\n-r-3:", "revision\n--auto\n-mfoo",
		"--\nupgrade\n--sql", "help\nupgrade", "-1\nupgrade", "stamp\n\n--purge\n\x00\né", "history\n-vir=x", "show\n--\n--",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		args := strings.Split(text, "\n")
		once, err := gomigcli.Permute(args)
		if err != nil {
			if !gomigcli.IsUsage(err) {
				t.Fatalf("%q: %T is no error of usage", args, err)
			}
			return
		}
		if slices.Contains(args, "--") {
			return
		}
		if twice, err := gomigcli.Permute(once); err != nil || !slices.Equal(once, twice) {
			t.Fatalf("%q became %q, and that %q, %v", args, once, twice, err)
		}
		checkArguments(t, args, once)
	})
}

// checkArguments lets urfave/cli read permuted arguments.
func checkArguments(t *testing.T, args, permuted []string) {
	t.Helper()
	var want []string
	if i := slices.Index(permuted, "--"); i >= 0 {
		want = permuted[i+1:]
	}
	app := gomigcli.App()
	app.Writer, app.ErrWriter = io.Discard, io.Discard
	for _, c := range app.Commands {
		c.Action = func(ctx *cli.Context) error {
			if got := ctx.Args().Slice(); !slices.Equal(got, want) {
				t.Errorf("%q became %q, in which urfave/cli finds the arguments %q", args, permuted, got)
			}
			return nil
		}
	}
	app.Action = func(*cli.Context) error { return nil }
	app.Before = nil
	if err := app.Run(append([]string{"gomig"}, permuted...)); err != nil && !slices.Contains(permuted, "--help") {
		t.Errorf("%q became %q, which urfave/cli refuses: %v", args, permuted, err)
	}
}
