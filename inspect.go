package gomig

import (
	"context"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/internal/inspect"
)

// InspectFormat is a form in which Inspect shows a schema.
type InspectFormat string

// The formats.
const (
	InspectGo      InspectFormat = "go"      // a declaration in Go
	InspectSQL     InspectFormat = "sql"     // the statements that make the schema
	InspectJSON    InspectFormat = "json"    // for programs; docs/inspect.md describes it
	InspectMermaid InspectFormat = "mermaid" // an entity-relationship diagram for Markdown pages
	InspectSVG     InspectFormat = "svg"     // a picture
	InspectHTML    InspectFormat = "html"    // a page with the picture that can be searched
)

// InspectOptions are the options of Inspect.
type InspectOptions struct {
	URL     string        // of the database; empty for that of the configuration
	Format  InspectFormat // empty for Go
	Output  string        // a file, or the directory of a Go package; empty for the config's Stdout
	Package string        // name of the Go package; empty for that of the directory
	Structs bool          // Go structs with tags, as Generate reads them, instead of the declaration
	Split   bool          // a Go file for each table and view; needs Output
	Force   bool          // writes over Go files that are there

	Schemas []string // the schemas to show; nil for the connection's default one, "*" for all
	Include []string // patterns of the tables, views and sequences to show, as [path.Match] has them, a slash being a letter: "user_*", "auth.*"; nil for all
	Exclude []string // patterns of what to leave out, other objects too
}

// Inspect shows what a database holds. It needs no environment: the drivers must
// be linked into the program, as they are into gomig. What the format cannot say
// is logged as warnings, and listed in a comment where the format has such.
func Inspect(ctx context.Context, c *Config, o InspectOptions) error {
	write, ok := map[InspectFormat]func(context.Context, *Config, *inspect.Schema, InspectOptions) error{
		"": inspectGo, InspectGo: inspectGo, InspectSQL: inspectText((*inspect.Schema).SQL), InspectJSON: inspectText((*inspect.Schema).JSON),
		InspectMermaid: inspectText((*inspect.Schema).Mermaid), InspectSVG: inspectText((*inspect.Schema).SVG), InspectHTML: inspectText((*inspect.Schema).HTML),
	}[o.Format]
	if !ok {
		return wrong("inspecting the database: there is no format %q; choose go, sql, json, mermaid, svg or html", o.Format)
	}
	if err := o.check(); err != nil {
		return fmt.Errorf("inspecting the database: %w", err)
	}
	s, err := c.inspect(ctx, o)
	if err != nil {
		return err
	}
	return write(ctx, c, s, o)
}

// check refuses options that exclude each other.
func (o InspectOptions) check() error {
	isGo := o.Format == "" || o.Format == InspectGo
	switch {
	case !isGo && (o.Split || o.Structs || o.Package != "" || o.Force):
		return wrong("--structs, --split, --package and --force are for --format go")
	case o.Split && o.Output == "":
		return wrong("--split writes several files; say where by -o DIRECTORY")
	case o.Split && strings.HasSuffix(o.Output, ".go"):
		return wrong("--split writes several files; -o must be a directory, not %s", o.Output)
	case o.Package != "" && (!token.IsIdentifier(o.Package) || o.Package == "main"):
		return wrong("%q is no name of a package that can be imported", o.Package)
	}
	if o.URL != "" {
		if _, err := dburl.Parse(o.URL); err != nil {
			return misread(err)
		}
	}
	return misread(o.filter().Check())
}

func (o InspectOptions) filter() inspect.Filter {
	return inspect.Filter{Schemas: o.Schemas, Include: o.Include, Exclude: o.Exclude}
}

// inspect reads the database.
func (c *Config) inspect(ctx context.Context, o InspectOptions) (s *inspect.Schema, err error) {
	url := o.URL
	if url == "" {
		if url, _, err = c.DatabaseURL(); err != nil {
			return nil, err
		}
	}
	u, err := dburl.Parse(url)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(filepath.Base(filepath.ToSlash(u.Database)), ".db")
	err = c.connected(ctx, url, func(d dialect.Dialect, conn dialect.Conn) error {
		s, err = inspect.Read(ctx, d, conn, o.filter())
		return err
	})
	if err != nil {
		return nil, err
	}
	s.Title = "Schema of " + name
	switch o.Format {
	case InspectGo, "":
		s.Notes = slices.Concat(s.Notes, s.ViewOptions(), s.UnusedEnums())
	case InspectSQL:
		s.Notes = slices.Concat(s.Notes, s.ViewOptions())
	case InspectMermaid, InspectSVG, InspectHTML:
		s.Notes = slices.Concat(s.Notes, s.Undrawn())
	case InspectJSON:
	}
	for _, n := range s.Notes {
		c.log().Warn("not shown: " + n)
	}
	return s, nil
}

// connected opens a database, and calls f with a connection to it.
func (c *Config) connected(ctx context.Context, url string, f func(dialect.Dialect, dialect.Conn) error) (err error) {
	u, err := dburl.Parse(url)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(c.systems(), func(s dialect.System) bool { return slices.Contains(s.Flavors(), u.Dialect) })
	if i < 0 {
		return fmt.Errorf("opening %s: unknown dialect %q", u, u.Dialect)
	}
	if u.Dialect == dburl.SQLite && !u.InMemory() {
		if _, err := os.Stat(strings.TrimPrefix(u.Database, "file:")); err != nil {
			return fmt.Errorf("opening %s: %w", u, err) // it would be made by being opened
		}
	}
	e := env.New(env.Setup{Config: c.Config, Systems: c.systems(), Logger: c.log()})
	db, err := e.Open(ctx, url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connecting to %s: %w", u, err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	d, err := c.systems()[i].Detect(ctx, conn)
	if err != nil {
		return fmt.Errorf("asking %s what it is: %w", u, err)
	}
	return f(d, conn)
}

// inspectText is a format that is one text.
func inspectText(write func(*inspect.Schema, context.Context, io.Writer) error) func(context.Context, *Config, *inspect.Schema, InspectOptions) error {
	return func(ctx context.Context, c *Config, s *inspect.Schema, o InspectOptions) error {
		return c.output(o.Output, func(w io.Writer) error { return write(s, ctx, w) })
	}
}
