package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gomig-dev/gomig/config"
)

// project writes an alembic.ini into a new directory and returns the options to load it.
func project(t *testing.T, ini string, env ...string) config.Options {
	t.Helper()
	dir := t.TempDir()
	if ini != "" {
		if err := os.WriteFile(filepath.Join(dir, "alembic.ini"), []byte(ini), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return config.Options{Dir: dir, Getenv: environment(env...)}
}

func environment(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for _, p := range pairs {
			if k, v, _ := strings.Cut(p, "="); k == name {
				return v, true
			}
		}
		return "", false
	}
}

func load(t *testing.T, o config.Options) *config.Config {
	t.Helper()
	c, err := config.Load(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// main is a file with these lines in its main section.
func main(lines ...string) string { return "[alembic]\n" + strings.Join(lines, "\n") + "\n" }

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
}

func TestChooseFile(t *testing.T) {
	for _, c := range []struct {
		file string
		env  []string
		want string
	}{
		{"", nil, "alembic.ini"},
		{"", []string{"ALEMBIC_CONFIG=a.ini"}, "a.ini"},
		{"", []string{"ALEMBIC_CONFIG=a.ini", "GOMIG_CONFIG=g.ini"}, "g.ini"},
		{"", []string{"ALEMBIC_CONFIG=x/pyproject.toml"}, "alembic.ini"},
		{"c.ini", []string{"GOMIG_CONFIG=g.ini"}, "c.ini"},
	} {
		o := project(t, "", c.env...)
		o.File = c.file
		if got := load(t, o); got.File() != c.want || got.Path() != filepath.Join(o.Dir, c.want) || got.Found() {
			t.Errorf("%q %v: got %s", c.file, c.env, got.Path())
		}
	}
	o := project(t, "")
	o.File = "pyproject.toml"
	_, err := config.Load(o)
	wantError(t, err, "pyproject.toml holds Python's settings, which gomig does not read: put them into an ini file and name that with -c")
}

func TestNoFile(t *testing.T) {
	c := load(t, project(t, ""))
	_, err := c.ScriptLocation()
	wantError(t, err, "No 'script_location' key found in configuration: there is no file alembic.ini; run `gomig init migrations` to make one, or name another with -c")
	_, err = c.VersionLocations()
	wantError(t, err, "No 'script_location' key found in configuration: there is no file alembic.ini; run `gomig init migrations` to make one, or name another with -c")
	_, _, err = c.DatabaseURL()
	wantError(t, err, "there is no database URL: set DATABASE_URL (for example sqlite:///app.db), or run `gomig init migrations` to make alembic.ini")
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	c.SetMainOption("script_location", "100%")
	if got, err := c.ScriptLocation(); err != nil || got != filepath.Join(c.Dir(), "100%") {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestMissing(t *testing.T) {
	c := load(t, project(t, "[other]\n"))
	_, err := c.ScriptLocation()
	wantError(t, err, "alembic.ini has no section [alembic] (it has [other]); add it, or choose one of those with -n")
	o := project(t, main())
	c = load(t, o)
	_, err = c.ScriptLocation()
	wantError(t, err, "No 'script_location' key found in configuration: add it to [alembic] in alembic.ini, for example `script_location = %(here)s/migrations`")
	_, _, err = c.DatabaseURL()
	wantError(t, err, "there is no database URL: add `database.url = sqlite:///app.db` to [alembic] in alembic.ini, or set DATABASE_URL")
}

func TestPaths(t *testing.T) {
	o := project(t, main("script_location = %(here)s/migrations"))
	c := load(t, o)
	if got, err := c.ScriptLocation(); got != filepath.Join(o.Dir, "migrations") || err != nil {
		t.Errorf("script location %s, %v", got, err)
	}
	if got, err := c.VersionLocations(); err != nil || !cmp.Equal(got, []string{filepath.Join(o.Dir, "migrations", "versions")}) {
		t.Errorf("version locations %v, %v", got, err)
	}
	for separator, value := range map[string]string{
		"path_separator = os":            "a" + string(os.PathListSeparator) + " %(here)s/b",
		"path_separator = space":         "a  b",
		"path_separator = newline":       "a\n  b",
		"path_separator = :":             "a:b:",
		"path_separator = ;":             "a;b",
		"version_path_separator = space": "a b",
		"":                               "a, b",
	} {
		o = project(t, main("script_location = x", separator, "version_locations = "+value))
		got, err := load(t, o).VersionLocations()
		if err != nil || !cmp.Equal(got, []string{filepath.Join(o.Dir, "a"), filepath.Join(o.Dir, "b")}) {
			t.Errorf("%s: %v, %v", separator, got, err)
		}
	}
}

func TestValues(t *testing.T) {
	c := load(t, project(t, main()))
	template, _ := c.FileTemplate()
	length, _ := c.TruncateSlugLength()
	zone, _ := c.Timezone()
	recursive, _ := c.RecursiveVersionLocations()
	environment, _ := c.RevisionEnvironment()
	encoding, _ := c.OutputEncoding()
	if template != "%(rev)s_%(slug)s" || length != 40 || zone != time.Local || recursive || environment || encoding != "utf-8" {
		t.Errorf("defaults: %q %d %v %v %v %q", template, length, zone, recursive, environment, encoding)
	}
	c = load(t, project(t, main(
		"file_template = %%(year)d/%%(rev)s", "truncate_slug_length = 60", "timezone = utc",
		"recursive_version_locations = TRUE", "revision_environment = on", "output_encoding = UTF-8",
	)))
	template, _ = c.FileTemplate()
	length, _ = c.TruncateSlugLength()
	zone, err := c.Timezone()
	recursive, _ = c.RecursiveVersionLocations()
	environment, _ = c.RevisionEnvironment()
	if template != "%(year)d/%(rev)s" || length != 60 || err != nil || zone.String() != "UTC" || !recursive || !environment {
		t.Errorf("set: %q %d %v %v %v", template, length, zone, recursive, environment)
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
}

func TestInvalid(t *testing.T) {
	for line, want := range map[string]string{
		"script_location =":                 `"script_location" in [alembic]: it is empty; write a path such as %(here)s/migrations`,
		"script_location = app:migrations":  `"script_location" in [alembic]: "app:migrations" is Python's package:path; write the path of a directory`,
		"script_location = a\n  b":          `"script_location" in [alembic]: a path cannot hold a line break; indented lines after the key are part of its value`,
		"script_location = %(nowhere)s":     `"script_location" in [alembic]: %(nowhere)s refers to a key that is neither in [alembic] nor in [DEFAULT]; write %%(nowhere)s if it is to stay as it is`,
		"file_template = %(rev)s_%(slug)s":  `"file_template" in [alembic]: %(rev)s refers to a key that is neither in [alembic] nor in [DEFAULT]; write %%(rev)s if it is to stay as it is`,
		"truncate_slug_length = many":       `"truncate_slug_length" in [alembic]: "many" is not a whole number; write for example 40`,
		"truncate_slug_length = -1":         `"truncate_slug_length" in [alembic]: "-1" is not a whole number; write for example 40`,
		"timezone = Mars/Olympus":           `"timezone" in [alembic]: Can't locate timezone: Mars/Olympus; write a name such as Europe/Berlin or UTC`,
		"revision_environment = perhaps":    `"revision_environment" in [alembic]: "perhaps" is neither true nor false`,
		"recursive_version_locations =":     `"recursive_version_locations" in [alembic]: "" is neither true nor false`,
		"output_encoding = latin-1":         `"output_encoding" in [alembic]: "latin-1" is not possible, since Go source is UTF-8; remove the key`,
		"timezone = ${TZ}":                  `"timezone" in [alembic]: the environment variable TZ is not set; set it, or give a default with ${TZ:-…}`,
		"[x]\n[loggers]\nkeys = a":          `"keys" in [loggers]: there is no section [logger_a]`,
		"[post_write_hooks]\nhooks = black": `"hooks" in [post_write_hooks]: Key 'black.type' is required for post write hook 'black'`,
	} {
		err := load(t, project(t, main(line))).Validate()
		if err == nil || !strings.HasPrefix(err.Error(), "alembic.ini:") || !strings.HasSuffix(err.Error(), "reading "+want) {
			t.Errorf("%s\n got %v\nwant %s", line, err, want)
		}
	}
	c := load(t, project(t, main("script_location = x", "version_locations = a", "path_separator = comma")))
	wantError(t, c.Validate(), `alembic.ini:4: reading "path_separator" in [alembic]: "comma" is not a separator; expecting space, newline, os, : or ;`)
}

func TestDatabaseURL(t *testing.T) {
	both := main("sqlalchemy.url = sqlite:///s.db", "database.url = sqlite:///d.db")
	only := main("sqlalchemy.url = sqlite:///s.db")
	for _, c := range []struct {
		ini        string
		set        func(*config.Options)
		url, where string
	}{
		{only, nil, "sqlite:///s.db", "alembic.ini:2: sqlalchemy.url"},
		{both, nil, "sqlite:///d.db", "alembic.ini:3: database.url"},
		{both, func(o *config.Options) { o.Getenv = environment("DATABASE_URL=e://") }, "sqlite:///d.db", "alembic.ini:3: database.url"},
		{both, func(o *config.Options) { o.X = []string{"a", "database.url=x://a=b"} }, "x://a=b", "-x database.url"},
		{both, func(o *config.Options) { o.X, o.URL = []string{"database.url=x://"}, "f://" }, "f://", "the database URL on the command line"},
		{"", func(o *config.Options) { o.Getenv = environment("DATABASE_URL=e://") }, "e://", "DATABASE_URL"},
		{main(), func(o *config.Options) { o.Getenv = environment("DATABASE_URL=e://") }, "e://", "DATABASE_URL"},
		{main("database.url = mysql://u:${PW}@h/db"), func(o *config.Options) { o.Getenv = environment("PW=100%$") }, "mysql://u:100%$@h/db", "alembic.ini:2: database.url"},
	} {
		o := project(t, c.ini)
		if c.set != nil {
			c.set(&o)
		}
		if url, where, err := load(t, o).DatabaseURL(); url != c.url || where != c.where || err != nil {
			t.Errorf("%q: got %s, %s, %v", c.ini, url, where, err)
		}
	}
	o := project(t, "", "DATABASE_URL=e://")
	o.File = "gone.ini"
	_, _, err := load(t, o).DatabaseURL()
	wantError(t, err, "there is no file gone.ini; run `gomig init migrations` to make it, or leave out -c to use DATABASE_URL")
}

func TestXAndSections(t *testing.T) {
	o := project(t, "[DEFAULT]\nd = 1\n[one]\nk = %(d)s\n[two]\n")
	o.X, o.Section = []string{"tenant=a,b=c", "flag", "tenant=z"}, "one"
	c := load(t, o)
	if diff := cmp.Diff(map[string]string{"tenant": "z", "flag": ""}, c.XMap()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"tenant=a,b=c", "flag", "tenant=z"}, c.X()); diff != "" {
		t.Error(diff)
	}
	if v, ok, err := c.MainOption("K"); v != "1" || !ok || err != nil {
		t.Errorf("MainOption = %q, %v, %v", v, ok, err)
	}
	got, err := c.Section("one")
	if diff := cmp.Diff(map[string]string{"d": "1", "k": "1"}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if got, err := c.Section("three"); got != nil || err != nil {
		t.Errorf("a section that is not there: %v, %v", got, err)
	}
}

func TestParse(t *testing.T) {
	dir := t.TempDir()
	c, err := config.Parse([]byte(main("script_location = %(here)s/m%(extra)s")), config.Options{
		File: filepath.Join(dir, "embedded.ini"), Given: map[string]string{"extra": "x"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.ScriptLocation(); got != filepath.Join(dir, "mx") || err != nil {
		t.Errorf("got %s, %v", got, err)
	}
	_, err = config.Parse([]byte("x = 1"), config.Options{})
	wantError(t, err, "alembic.ini:1: there is no [section] before this line")
}

func TestWarnings(t *testing.T) {
	o := project(t, main(
		"script_location = x", "prepend_sys_path = .", "sourceless = true", "version_locations = a b",
		"file_templete = x", "file-template = y", "tenant = own", "sqlalchemy.url2 = own",
		"lock_timeot = 5", "tenants_names = a",
	), "ALEMBIC_CONFIG=pyproject.toml")
	want := []string{
		"ALEMBIC_CONFIG names a pyproject.toml, which gomig does not read",
		"alembic.ini:3: prepend_sys_path means nothing here, since Go finds packages by go.mod; it is ignored",
		"alembic.ini:4: sourceless means nothing here, since Go has no files of compiled revisions; it is ignored",
		"alembic.ini:5: version_locations is split at spaces and commas, which is deprecated; add path_separator = os",
		"alembic.ini:6: file_templete is no key that gomig reads; did you mean file_template?",
		"alembic.ini:7: file-template is no key that gomig reads; did you mean file_template?",
		"alembic.ini:10: lock_timeot is no key that gomig reads; did you mean lock_timeout?",
		"alembic.ini:11: tenants_names is no key that gomig reads; did you mean tenants.names?",
	}
	if diff := cmp.Diff(want, load(t, o).Warnings()); diff != "" {
		t.Error(diff)
	}
	if got := load(t, project(t, "")).Warnings(); got != nil {
		t.Errorf("without a file: %q", got)
	}
}

func TestPasswordsDoNotShow(t *testing.T) {
	c := load(t, project(t, main("database.url = mysql://u:sec%ret@h/db")))
	_, _, err := c.DatabaseURL()
	wantError(t, err, `alembic.ini:2: reading "database.url" in [alembic]: a % must be followed by another % or by (; write %% for a plain percent sign`)
}
