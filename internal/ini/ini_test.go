package ini_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/gomig-dev/gomig/internal/ini"
)

const sample = `# a comment before everything
[DEFAULT]
root = /srv/%(name)s
name = shop

[alembic]
; another comment
script_location = %(here)s/migrations
Mixed.Case: Colon = and equals
empty =
list = one
  two
  # a comment inside

  three
after = %(root)s 100%%
url = mysql://u:${PASSWORD}@${HOST:-localhost}/%(name)s

[other]
name = own
`

func TestGet(t *testing.T) {
	f := parse(t, sample, map[string]string{"PASSWORD": "%(a)s${b}%"})
	want := map[string]string{
		"script_location": "/etc/50%/migrations",
		"mixed.case":      "Colon = and equals",
		"MIXED.CASE":      "Colon = and equals",
		"empty":           "",
		"list":            "one\ntwo\n\nthree",
		"after":           "/srv/shop 100%",
		"url":             "mysql://u:%(a)s${b}%@localhost/shop",
		"name":            "shop",
		"here":            "/etc/50%",
	}
	for key, value := range want {
		got, ok, err := f.Get("alembic", key)
		if got != value || !ok || err != nil {
			t.Errorf("Get(%q) = %q, %v, %v; want %q", key, got, ok, err, value)
		}
	}
	if got, ok, err := f.Get("alembic", "none"); got != "" || ok || err != nil {
		t.Errorf("Get(none) = %q, %v, %v; want nothing", got, ok, err)
	}
	if got, _, _ := f.Get("other", "root"); got != "/srv/own" {
		t.Errorf("an inherited value is read with the section's own: got %q", got)
	}
	if _, ok, _ := f.Get("nowhere", "root"); ok {
		t.Error("a section that is not there has inherited a value")
	}
}

func TestLists(t *testing.T) {
	f := parse(t, sample, nil)
	if diff := cmp.Diff([]string{"alembic", "other"}, f.Sections()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"script_location", "mixed.case", "empty", "list", "after", "url"}, f.Keys("alembic")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"root", "name"}, f.Keys(ini.DefaultSection)); diff != "" {
		t.Error(diff)
	}
	if raw, _ := f.Raw("alembic", "after"); raw != "%(root)s 100%%" {
		t.Errorf("Raw = %q", raw)
	}
	if pos, _ := f.Position("alembic", "list"); pos.String() != "alembic.ini:11" {
		t.Errorf("Position = %s", pos)
	}
}

func TestSet(t *testing.T) {
	f := parse(t, sample, nil)
	f.Set("alembic", "Name", "50%(x)s ${y}")
	f.Set("new", "key", "value")
	got, _, err := f.Get("alembic", "name")
	if got != "50%(x)s ${y}" || err != nil {
		t.Errorf("a value set by the program was interpolated: %q, %v", got, err)
	}
	if got, _, _ = f.Get("alembic", "after"); got != "/srv/50%(x)s ${y} 100%" {
		t.Errorf("Get(after) = %q", got)
	}
	if got, _, _ = f.Get("new", "key"); got != "value" {
		t.Errorf("Get(new, key) = %q", got)
	}
	f.Remove("alembic", "NAME")
	if got, _, _ = f.Get("alembic", "name"); got != "shop" {
		t.Errorf("after Remove the inherited value should show, got %q", got)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"no header", "a = 1\n", `alembic.ini:1: there is no [section] before this line`},
		{"no key", "[s]\n= 1\n", "alembic.ini:2: reading [s]: there is no key before the `=`"},
		{"neither", "[s]\na = 1\nnonsense\n", "alembic.ini:3: reading [s]: expecting `key = value` (a value that goes on must be indented deeper than its key)"},
		{"section twice", "[s]\n[t]\n[s]\n", `alembic.ini:3: reading [s]: this section is already in the file; put its keys together`},
		{"key twice", "[s]\nk = 1\n\nK: 2\n", `alembic.ini:4: reading "k" in [s]: this key is already set in line 2`},
		{"not UTF-8", "[s]\nk = \xff\n", `alembic.ini:2: reading [s]: this line is not UTF-8`},
		{"lone percent", "[s]\nk = a\n  b\n  100%\n", `alembic.ini:4: reading "k" in [s]: a % must be followed by another % or by (; write %% for a plain percent sign`},
		{"open reference", "[s]\nk = %(here\n", `alembic.ini:2: reading "k" in [s]: a %( must go on as %(name)s; write %%( for a plain one`},
		{"format", "[s]\nk = %(here)d\n", `alembic.ini:2: reading "k" in [s]: a %( must go on as %(name)s; write %%( for a plain one`},
		{"unknown", "[s]\nk = %(rev)s\n", `alembic.ini:2: reading "k" in [s]: %(rev)s refers to a key that is neither in [s] nor in [DEFAULT]; write %%(rev)s if it is to stay as it is`},
		{"itself", "[s]\nk = %(k)s\n", `alembic.ini:2: reading "k" in [s]: its %(…)s references go deeper than 10 values; does one refer to itself?`},
		{"unset", "[s]\nj = ${SECRET}\nk = x %(j)s\n", `alembic.ini:2: reading "j" in [s]: the environment variable SECRET is not set; set it, or give a default with ${SECRET:-…}`},
		{"not closed", "[s]\nk = ${A\n", `alembic.ini:2: reading "k" in [s]: a ${ is not closed; write $${ for a plain one`},
		{"no name", "[s]\nk = ${A B}\n", `alembic.ini:2: reading "k" in [s]: a ${ must go on as ${NAME} or ${NAME:-default}; write $${ for a plain one`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := ini.Parse("alembic.ini", []byte(c.src), ini.Options{Given: map[string]string{"here": "/etc"}})
			if err == nil {
				_, _, err = f.Get("s", "k")
			}
			var typed *ini.Error
			if !errors.As(err, &typed) {
				t.Fatalf("got %v, want an *ini.Error", err)
			}
			if got := err.Error(); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestGrowthIsBounded(t *testing.T) {
	for _, seed := range []string{"", "x"} {
		src := "[s]\nk0 = " + seed + "\n"
		for i := range 9 {
			ref := "%(k" + string(rune('0'+i)) + ")s"
			src += "k" + string(rune('1'+i)) + " = " + strings.Repeat(ref, 20) + "\n"
		}
		f := parse(t, src, nil)
		if _, _, err := f.Get("s", "k9"); err == nil {
			t.Error("20^9 references were expanded")
		}
	}
}

func TestEnvironment(t *testing.T) {
	env := map[string]string{"A": "1", "EMPTY": ""}
	for raw, want := range map[string]string{
		"${A}":                  "1",
		"x${A}y${A}":            "x1y1",
		"${EMPTY}":              "",
		"${EMPTY:-d}":           "d",
		"${NONE:-}":             "",
		"${NONE:-%(here)s/x}":   "/etc/50%/x",
		"${NONE:-${A}}!":        "1!",
		"${A:-${NONE}}":         "1",
		"$A $ 5$ pa$$word":      "$A $ 5$ pa$$word",
		"$${A}":                 "${A}",
		"$$${A}":                "$1",
		"$$$${A}":               "$${A}",
		"${NONE:-a}b}":          "ab}",
		"${NONE:-mysql://h:1/}": "mysql://h:1/",
	} {
		f := parse(t, "[s]\nk = "+raw+"\n", env)
		if got, _, err := f.Get("s", "k"); got != want || err != nil {
			t.Errorf("%s = %q, %v; want %q", raw, got, err, want)
		}
	}
}

// TestAsConfigParser holds what configparser.ConfigParser of Python 3.11 made of the same text.
func TestAsConfigParser(t *testing.T) {
	for _, c := range []struct {
		src  string
		want map[string]string // nil: refused
	}{
		{"[s]\na=1\n b=2\n", map[string]string{"a": "1\nb=2"}},
		{"[s]\n a=1\nb=2\n", map[string]string{"a": "1", "b": "2"}},
		{"[s]\n a=1\n b=2\n", map[string]string{"a": "1", "b": "2"}},
		{"[s]\na=\n\n\n  x\n\n\nb=\n", map[string]string{"a": "\n\n\nx", "b": ""}},
		{"[s] trailing\na = b # kept ; too\n", map[string]string{"a": "b # kept ; too"}},
		{"[s]\n  [t]\na=1\n", map[string]string{}},
		{"[s]\na=1\n  [t]\n", map[string]string{"a": "1\n[t]"}},
		{"[s]\na b = c d\n", map[string]string{"a b": "c d"}},
		{"[s]\r\na=1\rb=2\r\n", map[string]string{"a": "1", "b": "2"}},
		{"[s]\na\u00a0=\u20031\u3000\n", map[string]string{"a": "1"}},
		{"[s]\nÄ=1\n", map[string]string{"ä": "1"}},
		{"[DEFAULT]\na=1\n[s]\n[DEFAULT]\nb=%(a)s\n", map[string]string{"a": "1", "b": "1"}},
		{"[s]\na=%%(b)s\n", map[string]string{"a": "%(b)s"}},
		{"[s]\na=%(B)s\nb=1\n", map[string]string{"a": "1", "b": "1"}},
		{"[s]\na=1\n#c\n  #d\n  2\n", map[string]string{"a": "1\n2"}},
		{"[]\na=1\n", nil},
		{"[s]\na\n", nil},
	} {
		f, err := ini.Parse("x.ini", []byte(c.src), ini.Options{})
		got := map[string]string{}
		if err == nil && f.Has("s") {
			for _, key := range append(f.Keys("DEFAULT"), f.Keys("s")...) {
				if got[key], _, err = f.Get("s", key); err != nil {
					break
				}
			}
		}
		if c.want == nil {
			if err == nil {
				t.Errorf("%q: got %q, want it refused", c.src, got)
			}
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", c.src, err, diff)
		}
	}
}

// TestRoundTrip writes any value with its percent signs doubled and its dollar braces escaped, and reads it back.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringMatching(`([!-~äß漢]([ -~äß漢]{0,20}[!-~äß漢])?)?`).Draw(t, "value")
		dollars := strings.NewReplacer("%", "%%", "${", "${:-")
		if strings.Contains(want, "${") {
			t.Skip("escaping runs of dollar signs is tested in TestEnvironment")
		}
		f, err := ini.Parse("x.ini", []byte("[s]\nk = "+dollars.Replace(want)+"\n"), ini.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err := f.Get("s", "k"); got != want || err != nil {
			t.Fatalf("got %q, %v; want %q", got, err, want)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("[s]\nk = ${A:-%(k)s}$${\n  more\n")
	f.Fuzz(func(t *testing.T, src string) {
		file, err := ini.Parse("x.ini", []byte(src), ini.Options{
			Given:  map[string]string{"here": "/"},
			Getenv: func(string) (string, bool) { return "v", true },
		})
		if err != nil {
			oneLine(t, err)
			return
		}
		for _, s := range file.Sections() {
			for _, k := range file.Keys(s) {
				if _, _, err := file.Get(s, k); err != nil {
					oneLine(t, err)
				}
				if pos, ok := file.Position(s, k); !ok || pos.Line < 1 {
					t.Errorf("%q in [%s] stands nowhere", k, s)
				}
			}
		}
	})
}

func oneLine(t *testing.T, err error) {
	t.Helper()
	if strings.ContainsAny(err.Error(), "\n\r") {
		t.Errorf("error of several lines: %q", err)
	}
}

func parse(t *testing.T, src string, env map[string]string) *ini.File {
	t.Helper()
	f, err := ini.Parse("alembic.ini", []byte(src), ini.Options{
		Given:  map[string]string{"here": "/etc/50%"},
		Getenv: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}
