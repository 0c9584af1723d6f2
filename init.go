package gomig

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/templates"
)

// InitOptions are the options of Init.
type InitOptions struct {
	Template string // name of a template, or a folder; empty for generic
	// TemplatePath lists directories of a team's own templates, as $PATH does.
	TemplatePath string
	Dialect      string // the database to import the driver of; empty asks the URL, and then means sqlite
	Target       string // the metadata to compare with; empty looks for the only one in the module
	// Require makes the user's module require gomig and the driver, before any
	// file is written, and says in words what it did. Nil does nothing.
	Require func(ctx context.Context, moduleDir string, driver string) (did []string, err error)
}

// starts are what an environment begins with, by dialect.
var starts = map[string]struct{ driver, url string }{
	dburl.SQLite:     {"modernc.org/sqlite", "sqlite:///app.db"},
	dburl.MySQL:      {"github.com/go-sql-driver/mysql", "mysql://user:${DATABASE_PASSWORD:-}@127.0.0.1:3306/dbname"},
	dburl.MariaDB:    {"github.com/go-sql-driver/mysql", "mariadb://user:${DATABASE_PASSWORD:-}@127.0.0.1:3306/dbname"},
	dburl.TiDB:       {"github.com/go-sql-driver/mysql", "tidb://user:${DATABASE_PASSWORD:-}@127.0.0.1:4000/dbname"},
	dburl.PostgreSQL: {"github.com/jackc/pgx/v5/stdlib", "postgresql://user:${DATABASE_PASSWORD:-}@127.0.0.1:5432/dbname"},
}

// Init makes a migration environment in a new directory (alembic init). Every
// file is rendered before the first is written.
func Init(ctx context.Context, c *Config, dir string, o InitOptions) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("making the environment: %w", err)
	}
	if err := checkEmpty(abs); err != nil {
		return err
	}
	module, err := findModule(abs)
	if err != nil {
		return err
	}
	if err := module.checkImport(abs); err != nil {
		return misread(err)
	}
	data, err := c.initData(abs, module, o)
	if err != nil {
		return err
	}
	if o.Template == "" {
		o.Template = templates.Default
	}
	fsys, err := templates.Open(o.Template, o.TemplatePath)
	switch {
	case errors.As(err, new(*templates.UnknownError)):
		return misread(err)
	case err != nil:
		return err
	}
	files, err := templates.Render(fsys, data)
	if err != nil {
		return err
	}
	if o.Require != nil {
		did, err := o.Require(ctx, module.Dir, data.Driver)
		if err != nil {
			return err
		}
		for _, line := range did {
			c.status("%s", line)
		}
	}
	if err := c.writeEnvironment(abs, files); err != nil {
		return err
	}
	return c.nextSteps(dir, data)
}

// checkEmpty refuses a directory that holds anything.
func checkEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("making the environment: %w", err)
	case len(entries) > 0:
		return fmt.Errorf("Directory %s already exists and is not empty", dir) //nolint:staticcheck // Alembic's words
	}
	return nil
}

func (c *Config) initData(abs string, module goModule, o InitOptions) (templates.Data, error) {
	d := templates.Data{Package: packageName(abs), ModulePath: module.Path}
	d.Dir = abs
	if rel, err := filepath.Rel(c.Here(), abs); err == nil && filepath.IsLocal(rel) {
		d.Dir = rel
	}
	dialect := o.Dialect
	url, origin, err := c.DatabaseURL()
	if err != nil { // most often there is no ini file yet
		url, origin = os.Getenv("DATABASE_URL"), "DATABASE_URL"
	}
	if url != "" {
		u, err := dburl.Parse(url)
		if err != nil {
			return d, fmt.Errorf("%s: %w", origin, err)
		}
		if dialect == "" {
			dialect = u.Dialect
		}
	}
	if dialect == "" {
		dialect = dburl.SQLite
	}
	start, ok := starts[dialect]
	if !ok {
		return d, wrong("unknown dialect %q; known are %s", dialect, strings.Join(dburl.Dialects(), ", "))
	}
	d.Driver, d.DatabaseURL = start.driver, start.url
	if os.Getenv("DATABASE_URL") != "" {
		d.DatabaseURL = "${DATABASE_URL}"
	}
	target, err := c.initTarget(module, o.Target)
	d.Target = target
	return d, err
}

// initTarget is the metadata named, or the only one that the module declares.
func (c *Config) initTarget(module goModule, named string) (templates.Target, error) {
	if named != "" {
		t, err := ParseTarget(named)
		if err != nil {
			return templates.Target{}, wrong("reading target %q: %w", named, err)
		}
		if t.ImportPath, err = module.resolve(t.ImportPath); err != nil {
			return templates.Target{}, fmt.Errorf("reading target %q: %w", named, err)
		}
		return templates.Target{Path: t.ImportPath, Expr: t.Package + "." + t.Variable}, nil
	}
	found, err := findTargets(module.Dir, module.Path)
	if err != nil || len(found) != 1 {
		return templates.Target{}, err
	}
	t := found[0]
	c.status("Found %s.%s: env.go compares the database with it", t.ImportPath, t.Variable)
	return templates.Target{Path: t.ImportPath, Name: differentName(t), Expr: t.Package + "." + t.Variable}, nil
}

// differentName is the package's name where its import path ends in another.
func differentName(t Target) string {
	if strings.HasSuffix("/"+t.ImportPath, "/"+t.Package) {
		return ""
	}
	return t.Package
}

// writeEnvironment writes the files. alembic.ini goes where the configuration is
// looked for; one that is there already stays.
func (c *Config) writeEnvironment(dir string, files []templates.File) (err error) {
	var made []string
	defer func() {
		if err != nil {
			for _, path := range slices.Backward(made) {
				_ = os.Remove(path)
			}
		}
	}()
	mkdir := func(d string) error {
		if _, err := os.Stat(d); err == nil {
			return nil
		}
		dirs, err := script.MakeDirs(d)
		made = append(made, dirs...)
		if err != nil {
			return fmt.Errorf("making the environment: %w", err)
		}
		c.status("Creating directory %s ...  done", d)
		return nil
	}
	for _, d := range []string{dir, filepath.Join(dir, "versions")} {
		if err := mkdir(d); err != nil {
			return err
		}
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if f.Path == templates.Config {
			path = c.Path()
			if _, err := os.Stat(path); err == nil {
				c.status("File %s already exists, skipping", path)
				continue
			}
		}
		if err := mkdir(filepath.Dir(path)); err != nil {
			return err
		}
		if err := script.WriteNew(path, f.Content); err != nil {
			return err
		}
		made = append(made, path)
		c.status("Generating %s ...  done", path)
	}
	return nil
}

func (c *Config) nextSteps(dir string, d templates.Data) error {
	c.status("Please edit configuration/connection/logging settings in %s before proceeding.", c.Path())
	c.status("Next:")
	if d.Target.Expr == "" {
		c.status("  edit %s             put your schema.Metadata into target", filepath.Join(dir, "env.go"))
	}
	c.status("  %s revision --autogenerate -m \"first revision\"", c.program())
	c.status("  %s upgrade head", c.program())
	return nil
}

// program is how gomig is called with this configuration.
func (c *Config) program() string {
	if file := shown(c.Path()); file != "alembic.ini" {
		return "gomig -c " + flag(file)
	}
	return "gomig"
}

// packageName makes a package name of a directory: its letters and digits, lower case.
func packageName(dir string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return unicode.ToLower(r)
		}
		return -1
	}, filepath.Base(dir))
	if !token.IsIdentifier(name) {
		name = "migrations" + strings.TrimFunc(name, func(r rune) bool { return !unicode.IsLetter(r) })
	}
	if !token.IsIdentifier(name) || name == "main" {
		return "migrations"
	}
	return name
}

// ListTemplates lists the templates of Init (alembic list_templates), with those
// in the directories that templatePath lists as $PATH does.
func ListTemplates(c *Config, templatePath string) error {
	if err := c.print("Available templates:\n"); err != nil {
		return err
	}
	for _, t := range templates.List(templatePath) {
		if err := c.print("%s - %s", t.Name, t.Description); err != nil {
			return err
		}
	}
	return c.print("\nTemplates are used via the 'init' command, e.g.:\n\n  gomig init --template generic ./migrations")
}
