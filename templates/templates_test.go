package templates_test

import (
	gocmp "cmp"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"mvdan.cc/gofumpt/format"

	"github.com/gomig-dev/gomig/internal/ini"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/templates"
)

func render(t *testing.T, name string, d templates.Data) map[string]string {
	t.Helper()
	fsys, err := templates.Open(name, "")
	if err != nil {
		t.Fatal(err)
	}
	files, err := templates.Render(fsys, d)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]string{}
	for _, f := range files {
		byPath[f.Path] = string(f.Content)
	}
	return byPath
}

// data are ways to begin.
var data = map[string]templates.Data{
	"nothing known": {},
	"all known": {
		Package: "db", Dir: "internal/db", DatabaseURL: "postgresql://u:p%40@localhost/shop", Driver: "github.com/jackc/pgx/v5/stdlib",
		Target: templates.Target{Path: "shop/models", Expr: "models.Metadata"}, ModulePath: "shop",
	},
	"import renamed": {
		Dir: "/srv/50% ${x}/db", DatabaseURL: "${DATABASE_URL:-sqlite:///x.db}", Driver: "github.com/go-sql-driver/mysql",
		Target: templates.Target{Path: "example.com/shop/models/v2", Name: "m", Expr: "m.Metadata()"},
	},
}

func TestEveryTemplateRenders(t *testing.T) {
	t.Parallel()
	for _, tmpl := range templates.List("") {
		if tmpl.Description == "" {
			t.Errorf("%s: its README has no first line", tmpl.Name)
		}
		for name, d := range data {
			files := render(t, tmpl.Name, d)
			for _, need := range []string{"env.go", "versions/versions.go", templates.Config, templates.Script, "README"} {
				if files[need] == "" {
					t.Errorf("%s, %s: there is no %s", tmpl.Name, name, need)
				}
			}
			for path, src := range files {
				if filepath.Ext(path) != ".go" {
					continue
				}
				clean, err := format.Source([]byte(src), format.Options{LangVersion: "go1.26", ModulePath: d.ModulePath})
				if err != nil {
					t.Errorf("%s, %s: %s: %v", tmpl.Name, name, path, err)
				} else if diff := cmp.Diff(string(clean), src); diff != "" {
					t.Errorf("%s, %s: gofumpt changes %s:\n%s", tmpl.Name, name, path, diff)
				}
			}
			if diff := cmp.Diff(string(script.PackageFile("versions")), files["versions/versions.go"]); diff != "" {
				t.Errorf("%s: versions.go is not what later directories get (-later +template):\n%s", tmpl.Name, diff)
			}
		}
	}
}

func TestConfiguration(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, location, url string }{
		{"nothing known", "/here/migrations", "sqlite:///app.db"},
		{"all known", "/here/internal/db", "postgresql://u:p%40@localhost/shop"},
		{"import renamed", "/srv/50% ${x}/db", "sqlite:///y.db"},
	} {
		files := render(t, templates.Default, data[c.name])
		f, err := ini.Parse("alembic.ini", []byte(files[templates.Config]), ini.Options{
			Given:  map[string]string{"here": "/here"},
			Getenv: func(name string) (string, bool) { return "sqlite:///y.db", name == "DATABASE_URL" },
		})
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]string{"script_location": c.location, "database.url": c.url, "path_separator": "os"} {
			if got, _, err := f.Get("alembic", key); err != nil || got != want {
				t.Errorf("%s: %s is %q, %v; want %q", c.name, key, got, err, want)
			}
		}
		for _, section := range []string{"post_write_hooks", "loggers", "handlers", "formatters", "logger_gomig", "formatter_generic"} {
			if !f.Has(section) {
				t.Errorf("there is no section [%s]", section)
			}
		}
	}
}

// TestConfigurations reads that of every template: where the environment is, what all have, and the database.
func TestConfigurations(t *testing.T) {
	t.Parallel()
	sections := map[string]string{"multidb": "engine1"}
	for _, tmpl := range templates.List("") {
		for name, d := range data {
			f, err := ini.Parse("alembic.ini", []byte(render(t, tmpl.Name, d)[templates.Config]), ini.Options{
				Given:  map[string]string{"here": "/here"},
				Getenv: func(string) (string, bool) { return "sqlite:///y.db", true },
			})
			if err != nil {
				t.Errorf("%s, %s: %v", tmpl.Name, name, err)
				continue
			}
			for key, section := range map[string]string{
				"script_location": "alembic", "path_separator": "alembic", "database.url": gocmp.Or(sections[tmpl.Name], "alembic"),
				"class": "handler_console", "qualname": "logger_gomig",
			} {
				if v, _, err := f.Get(section, key); err != nil || v == "" {
					t.Errorf("%s, %s: [%s] %s is %q, %v", tmpl.Name, name, section, key, v, err)
				}
			}
			if !f.Has("post_write_hooks") {
				t.Errorf("%s, %s: there is no section for hooks", tmpl.Name, name)
			}
		}
	}
}

// What is commented out in the configuration holds once the mark is taken away.
func TestConfigurationExamples(t *testing.T) {
	t.Parallel()
	text := render(t, templates.Default, templates.Data{})[templates.Config]
	for line := range strings.Lines(text) {
		key, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "# "), " = ")
		if !strings.HasPrefix(line, "# ") || !ok || strings.Contains(key, " ") {
			continue
		}
		f, err := ini.Parse("alembic.ini", []byte("[alembic]\n"+key+" = "+value), ini.Options{Given: map[string]string{"here": "/here"}})
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if _, _, err := f.Get("alembic", key); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	own := t.TempDir()
	for _, f := range []string{"env.go.tmpl", templates.Script} {
		if err := os.WriteFile(filepath.Join(own, f), []byte("package {{.Package}}"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(map[string]string{"env.go": "package migrations\n", templates.Script: "package {{.Package}}"}, render(t, own, templates.Data{})); diff != "" {
		t.Errorf("a folder of one's own (-want +got):\n%s", diff)
	}
	empty := t.TempDir()
	for name, want := range map[string]string{
		"generc":    `there is no template "generc"; did you mean "generic"?`,
		"GENERIC":   `there is no template "GENERIC"; did you mean "generic"?`,
		"nonsense":  `there is no template "nonsense"; there are app, generic, multidb, pool, tenants, and a folder of your own by its path, such as ./nonsense`,
		"":          `there is no template ""; there are app, generic, multidb, pool, tenants, and a folder of your own by its path, such as ./`,
		"./nowhere": `reading the template ./nowhere: stat ./nowhere: no such file or directory`,
		empty:       `reading the template ` + empty + `: it has no env.go.tmpl; begin with a copy of what ` + "`gomig init`" + ` makes`,
	} {
		if _, err := templates.Open(name, ""); err == nil || err.Error() != want {
			t.Errorf("%q: %v\nwant %s", name, err, want)
		}
	}
	_, err := templates.Open("nonsense", "")
	var unknown *templates.UnknownError
	if !errors.As(err, &unknown) || unknown.Name != "nonsense" {
		t.Errorf("%v is no UnknownError", err)
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	fsys, err := templates.Open(templates.Default, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		d    templates.Data
		want string
	}{
		{templates.Data{Package: "a b"}, `"a b" is no name of a package`},
		{templates.Data{Driver: "a\"b"}, `"a\"b" is no import path`},
		{templates.Data{Target: templates.Target{Expr: "x"}}, "the target has an import path or an expression, but not both"},
		{templates.Data{Target: templates.Target{Path: "a.b/c", Expr: "x; y"}}, `the target "x; y" is no Go expression: 1:2: expected 'EOF', found ';'`},
		{templates.Data{Target: templates.Target{Path: "a.b/c", Name: "1", Expr: "x"}}, `"1" is no name for an import`},
		{
			templates.Data{DatabaseURL: "sqlite://\nx"},
			`alembic.ini.tmpl:6:38: executing "alembic.ini.tmpl" at <ini .DatabaseURL>: error calling ini: "sqlite://\nx" cannot stand in alembic.ini: it holds a line break`,
		},
	} {
		_, err := templates.Render(fsys, c.d)
		if want := "rendering the environment: " + c.want; err == nil || err.Error() != want {
			t.Errorf("%v\nwant %s", err, want)
		}
	}
}
