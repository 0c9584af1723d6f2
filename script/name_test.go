package script_test

import (
	"bytes"
	"errors"
	"go/build"
	"go/token"
	"io"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/module"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/script"
)

func TestNewID(t *testing.T) {
	got, err := script.NewID(bytes.NewReader([]byte{0x35, 0x12, 0xb9, 0x54, 0x65, 0x1e}))
	if got != "3512b954651e" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err = script.NewID(nil); len(got) != 12 || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err = script.NewID(strings.NewReader("abc")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
}

func TestCheckID(t *testing.T) {
	for id, want := range map[string]string{
		"3512b954651e": "", "v1.2_ä": "",
		"a@b-c+d:e":             "Character(s) '+, -, :, @' not allowed in revision identifier 'a@b-c+d:e'",
		"":                      `revision identifier "" must not be empty, nor hold spaces or control characters`,
		"a b":                   `revision identifier "a b" must not be empty, nor hold spaces or control characters`,
		"a\n":                   `revision identifier "a\n" must not be empty, nor hold spaces or control characters`,
		"\xff":                  `revision identifier "\xff" must not be empty, nor hold spaces or control characters`,
		"heads":                 `revision identifier "heads" is a symbol; choose another`,
		strings.Repeat("x", 33): `revision identifier "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" is too long: the version table holds 32 characters`,
	} {
		got := ""
		if err := script.CheckID(id); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", id, got, want)
		}
	}
}

// The wanted slugs without accents are Alembic's.
func TestSlug(t *testing.T) {
	for message, want := range map[string]string{
		"":                        "",
		"!?":                      "",
		"Add Account":             "add_account",
		"  it's  50% -- done_ ":   "it_s_50_done_",
		"Добавить таблицу":        "добавить_таблицу",
		"添加 账户 表":                 "添加_账户_表",
		"cafe\u0301 an\u0303adir": "cafe_anadir",
		"a long message that goes on and on until it is cut": "a_long_message_that_goes_on_and_on_",
		strings.Repeat("x", 41):                              strings.Repeat("x", 40) + "_",
		strings.Repeat("x", 40):                              strings.Repeat("x", 40),
	} {
		if got := script.Slug(message, 40); got != want {
			t.Errorf("%q: got %q, want %q", message, got, want)
		}
	}
}

func TestIdent(t *testing.T) {
	for id, want := range map[string]string{"3512b954651e": "3512b954651e", "A_1": "A_1", "1.2": "1_2_77ac319b", "ä": "__33e6d73f"} {
		if got := script.Ident(id); got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
	}
}

var nine = time.Date(2026, 1, 2, 9, 4, 5, 0, time.UTC)

// name places a file and returns it relative to its location, with slashes.
func name(t interface {
	Helper()
	Fatal(...any)
}, template string, f script.NewFile,
) string {
	t.Helper()
	const dir = "/nowhere/versions"
	d, err := script.Open(script.Options{Locations: []string{dir}, FileTemplate: template, Recursive: true, Timezone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	f.Now = nine
	p, err := d.Place(f)
	if err != nil {
		t.Fatal(err)
	}
	rel, err := filepath.Rel(dir, p.Path)
	if err != nil || !filepath.IsLocal(rel) {
		t.Fatal("the file lies outside of its location: ", p.Path)
	}
	return filepath.ToSlash(rel)
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ template, id, message, want string }{
		{"", "ae10", "add account", "ae10_add_account.go"},
		{"", "ae10", "", "ae10_.go"},
		{"", "ae10", "add test", "ae10_add_test_.go"},
		{"", "ae10", "drop windows", "ae10_drop_windows_.go"},
		{"", "ae10", "linux amd64", "ae10_linux_amd64_.go"},
		{"", "ae10", "linux test", "ae10_linux_test_.go"},
		{"", "ae10", "../../etc/passwd", "ae10_etc_passwd.go"},
		{"", "ae10", "添加账户", "ae10_添加账户.go"},
		{"", "ae10", "x²", "ae10_x_.go"},
		{"", "ae10", strings.Repeat("ü", 300), "ae10_" + strings.Repeat("ü", 40) + "_.go"},
		{"", "a/../b", "x", "a_.._b_x.go"},
		{"", "_x", "y", "x_y.go"},
		{"", "...", "", "revision_" + script.Ident("...") + ".go"},
		{"%(slug)s", "ae10", "", "ae10.go"},
		{"%(slug)s", "ae10", "con", "con_.go"},
		{"%(slug)s", "ae10", "_linux", "linux.go"},
		{"%(slug)s", "ae10", "versions", "versions_.go"},
		{"a_%(slug)s.v2", "ae10", "windows", "a_windows_.v2.go"},
		{"%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s", "ae10", "x", "2026_01_02_0904-ae10_x.go"},
		{"%(year)d/%(month).2d/%(epoch)s_%(rev).2s", "ae10", "x", "2026/01/1767344645_ae.go"},
		{"%(slug)s/%(rev)s", "ae10", "internal", "internal_/ae10.go"},
		{"%(slug)s/%(rev)s", "ae10", "添加", "ae10.go"},
		{"%(slug)s/%(rev)s", "ae10", "", "ae10.go"},
	} {
		if got := name(t, c.template, script.NewFile{ID: c.id, Message: c.message}); got != c.want {
			t.Errorf("%q %q %q: got %s, want %s", c.template, c.id, c.message, got, c.want)
		}
	}
}

func TestTemplateErrors(t *testing.T) {
	const known = " (known: rev, slug, epoch, year, month, day, hour, minute, second)"
	for template, want := range map[string]string{
		"../%(rev)s": `file_template "../%(rev)s" leads out of the directory of the revisions; take the .. out of it`,
		"/tmp/x":     `file_template "/tmp/x" is an absolute path; it must be relative to the directory of the revisions`,
		"%(day)d/x":  `file_template "%(day)d/x" puts revisions into folders: set recursive_version_locations = true, or they are not found`,
		"%(month)f":  `filling file_template "%(month)f": %(month): expecting one of s d i u o x X after the name` + known,
		"%(user)s":   `filling file_template "%(user)s": %(user)s: there is no "user"` + known,
		"100%":       `filling file_template "100%": a % must go on as %(name)s, or be doubled` + known,
	} {
		_, err := script.Open(script.Options{Locations: []string{"v"}, FileTemplate: template})
		if err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", template, err, want)
		}
	}
}

// TestNamesAlwaysCompile places a revision with any message and ID: Go builds the file on every system, ignores it on
// none, and a module with it can be published.
func TestNamesAlwaysCompile(t *testing.T) {
	words := rapid.SampledFrom([]string{"windows", "linux", "amd64", "test", "con", "..", "/", `\`, "_", ".", "-", "go", "ü", "添", "²", "versions", " ", "\x00", "internal"})
	hostile := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(words, 0, 6).Draw(t, "words"), "_") })
	ids := rapid.OneOf(rapid.StringMatching(`[0-9a-f]{12}`), hostile, rapid.String())
	templates := rapid.SampledFrom([]string{"", "%(slug)s", "%(slug)s%(rev)s", "_%(slug)s.%(rev)s", "%(slug)s/%(rev)s/%(slug)s", "%(rev)s/.%(slug)s", "x_%(slug)s_test"})
	// No file of this context's system or architecture exists, so any that is meant for one only does not match.
	nowhere := build.Context{GOOS: "none", GOARCH: "none", Compiler: "gc", OpenFile: func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("package v\n")), nil
	}}
	rapid.Check(t, func(t *rapid.T) {
		f := script.NewFile{ID: ids.Draw(t, "id"), Message: rapid.OneOf(hostile, rapid.String()).Draw(t, "message")}
		if script.CheckID(f.ID) != nil {
			f.ID = "ae10"
		}
		rel := name(t, templates.Draw(t, "template"), f)
		base := path.Base(rel)
		if ok, err := nowhere.MatchFile("/v", base); !ok || err != nil || strings.HasSuffix(base, "_test.go") || base == "versions.go" {
			t.Fatalf("Go does not build %q everywhere (%v)", rel, err)
		}
		if err := module.CheckFilePath(rel); err != nil {
			t.Fatal(err)
		}
		if dir := path.Dir(rel); dir != "." {
			if err := module.CheckImportPath("example.com/" + dir); err != nil {
				t.Fatal(err)
			}
			for e := range strings.SplitSeq(dir, "/") {
				if e[0] == '_' || e[0] == '.' || e == "internal" || e == "testdata" || e == "vendor" {
					t.Fatalf("Go ignores the directory %q", e)
				}
			}
		}
		if len(base) > 255 {
			t.Fatalf("a name of %d bytes", len(base))
		}
		if !token.IsIdentifier("upgrade" + script.Ident(f.ID)) {
			t.Fatalf("upgrade%s is no identifier", script.Ident(f.ID))
		}
	})
}
