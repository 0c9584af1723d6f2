package gomig

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/dburl"
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
	Split   bool          // a Go file for each table; needs Output
	Force   bool          // writes over Go files that are there

	Schemas []string // the schemas to show; nil for the connection's default one, "*" for all
	Include []string // patterns of the tables, views and sequences to show, as [path.Match] has them: "user_*", "auth.*"; nil for all
	Exclude []string // patterns of what to leave out, other objects too
}

// Inspect shows what a database holds. It needs no environment: the drivers must
// be linked into the program, as they are into gomig. What the format cannot say
// is logged as warnings, and listed in a comment where the format has such.
func Inspect(ctx context.Context, c *Config, o InspectOptions) error {
	write, ok := map[InspectFormat]func(context.Context, *Config, inspected, InspectOptions) error{
		"": inspectGo, InspectGo: inspectGo, InspectSQL: inspectText(inspected.sql), InspectJSON: inspectText(inspected.json),
		InspectMermaid: inspectText(inspected.mermaid), InspectSVG: inspectText(inspected.svg), InspectHTML: inspectText(inspected.html),
	}[o.Format]
	if !ok {
		return fmt.Errorf("inspecting the database: there is no format %q; choose go, sql, json, mermaid, svg or html", o.Format)
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
		return errors.New("--structs, --split, --package and --force are for --format go")
	case o.Split && o.Output == "":
		return errors.New("--split writes several files; say where by -o DIRECTORY")
	}
	return o.checkPatterns()
}

// draws reports whether the format is a picture.
func (o InspectOptions) draws() bool {
	return slices.Contains([]InspectFormat{InspectMermaid, InspectSVG, InspectHTML}, o.Format)
}

// inspected is the part of a database that is shown.
type inspected struct {
	dialect dialect.Dialect
	*dialect.Reflection
	notes []string // what is there and not shown
	title string   // of a picture
}

// inspect reads the database.
func (c *Config) inspect(ctx context.Context, o InspectOptions) (s inspected, err error) {
	url := o.URL
	if url == "" {
		if url, _, err = c.DatabaseURL(); err != nil {
			return inspected{}, err
		}
	}
	u, err := dburl.Parse(url)
	if err != nil {
		return inspected{}, err
	}
	name := strings.TrimSuffix(filepath.Base(filepath.ToSlash(u.Database)), ".db")
	err = c.connected(ctx, url, func(d dialect.Dialect, conn dialect.Conn) error {
		r, err := reflected(ctx, d, conn, o)
		if err != nil {
			return err
		}
		s = o.choose(d, r)
		s.title = "Schema of " + name
		return nil
	})
	for _, n := range s.notes {
		c.log().Warn("not shown: " + n)
	}
	return s, err
}

// reflected reads tables, views and sequences.
func reflected(ctx context.Context, d dialect.Dialect, conn dialect.Conn, o InspectOptions) (*dialect.Reflection, error) {
	r, err := d.Reflect(ctx, conn, o.scope())
	if err == nil {
		err = dialect.ReadObjects(ctx, d, conn, o.scope(), r)
	}
	if err != nil {
		return nil, fmt.Errorf("reflecting the database: %w", err)
	}
	return r, nil
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
func inspectText(write func(inspected, context.Context, io.Writer) error) func(context.Context, *Config, inspected, InspectOptions) error {
	return func(ctx context.Context, c *Config, s inspected, o InspectOptions) error {
		return c.output(o.Output, func(w io.Writer) error { return write(s, ctx, w) })
	}
}
