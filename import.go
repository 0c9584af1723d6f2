package gomig

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/internal/foreign"
	"github.com/gomig-dev/gomig/internal/plural"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// Tool is another migration tool, whose history can be taken over.
type Tool string

// The tools.
const (
	Goose         Tool = "goose"
	GolangMigrate Tool = "golang-migrate"
	PlainSQL      Tool = "sql" // a folder of SQL scripts
	Alembic       Tool = "alembic"
)

// ImportOptions are the options of Import.
type ImportOptions struct {
	Dialect     string // whose rules the SQL follows; empty for that of the configured database
	Head        string // the revision that the first one follows, or "base"; empty where there is no choice
	VersionPath string // the directory for the files, if there are several
	Headers     bool   // of Alembic's revisions only the headers, which needs no Alembic: ids and order, but no SQL
	Schema      string // URL of a database that Alembic has migrated: one revision that makes its schema takes the place of all; implies Headers
	Stubs       bool   // keeps a place for migrations written in Go instead of refusing them
}

// tools are what each tool is read by, and says of itself.
var tools = map[Tool]struct {
	read  func(dir string, o foreign.Options) ([]foreign.Migration, error)
	table string // where it keeps what is applied; empty for nowhere
}{
	Goose:         {foreign.Goose, "goose_db_version"},
	GolangMigrate: {foreign.GolangMigrate, "schema_migrations"},
	PlainSQL:      {foreign.Plain, ""},
	Alembic:       {foreign.Alembic, ""},
}

func (t Tool) check() error {
	if _, ok := tools[t]; !ok {
		return wrong("%q is no tool that can be taken over; choose alembic, goose, golang-migrate or sql", string(t))
	}
	return nil
}

// Import takes the history of another tool over: each of its migrations becomes
// a revision of the same number, with its SQL in files embedded beside it.
// Migrations that are revisions already are passed over, so that it can be done
// again when the other tool has new ones. Nothing is written if one cannot be
// taken over, and no database is touched: see [ImportStamp].
func Import(ctx context.Context, c *Config, tool Tool, dir string, o ImportOptions) error {
	w, err := c.newImporter(tool, dir, o)
	if err != nil {
		return fmt.Errorf("importing %s: %w", dir, err)
	}
	if err := w.write(ctx); err != nil {
		return fmt.Errorf("importing %s: %w", dir, err)
	}
	return nil
}

// importer writes the revisions of one history.
type importer struct {
	config  *Config
	tool    Tool
	options ImportOptions
	dir     directory
	graph   *revision.Map
	list    []foreign.Migration // to write
	passed  int                 // that are revisions already
}

func (c *Config) newImporter(tool Tool, dir string, o ImportOptions) (*importer, error) {
	if err := tool.check(); err != nil {
		return nil, err
	}
	o.Headers = o.Headers || o.Schema != ""
	if o.Headers && (tool != Alembic || o.Stubs) {
		return nil, wrong("--headers and --schema are for alembic, and without --stubs: no code is read")
	}
	if o.Schema != "" {
		if _, err := dburl.Parse(o.Schema); err != nil {
			return nil, misread(fmt.Errorf("--schema: %w", err))
		}
	}
	var err error
	if o.Dialect == "" && !o.Headers {
		if o.Dialect, err = c.urlDialect(); err != nil {
			return nil, err
		}
	}
	if !slices.Contains(dburl.Dialects(), o.Dialect) && !o.Headers {
		return nil, wrong("unknown dialect %q; choose one of %s", o.Dialect, strings.Join(dburl.Dialects(), ", "))
	}
	w := &importer{config: c, tool: tool, options: o}
	if w.dir, err = c.directory(); err != nil {
		return nil, err
	}
	if w.graph, err = w.dir.Map(); err != nil {
		return nil, err
	}
	all, err := w.read(dir)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("there are no migrations of %s in it", tool)
	}
	return w, w.choose(all)
}

// read reads the history.
func (w *importer) read(dir string) ([]foreign.Migration, error) {
	if !w.options.Headers {
		return tools[w.tool].read(dir, foreign.Options{Dialect: w.options.Dialect, Stubs: w.options.Stubs})
	}
	where, ini, err := foreign.AlembicPlace(dir)
	if err != nil {
		return nil, err
	}
	locations, recursive := []string{filepath.Join(where, "versions")}, false
	if ini != "" {
		c, err := config.Load(config.Options{File: ini, Dir: filepath.Dir(ini), Getenv: os.LookupEnv})
		if err != nil {
			return nil, err
		}
		if said, ok, err := c.MainOption("version_locations"); err != nil {
			return nil, err
		} else if ok && said != "" {
			if locations, err = c.VersionLocations(); err != nil {
				return nil, err
			}
		}
		if recursive, err = c.RecursiveVersionLocations(); err != nil {
			return nil, err
		}
	}
	return foreign.AlembicHeaders(locations, recursive)
}

// urlDialect is the dialect of the configured database.
func (c *Config) urlDialect() (string, error) {
	url, _, err := c.DatabaseURL()
	if err != nil {
		return "", fmt.Errorf("whose SQL is it? %w; or say --dialect", err)
	}
	u, err := dburl.Parse(url)
	return u.Dialect, err
}

// choose takes the migrations that are not revisions yet.
func (w *importer) choose(all []foreign.Migration) error {
	replaced := map[string]bool{} // what a baseline stands for
	for _, n := range w.graph.All() {
		for _, id := range n.Revision().Replaces {
			replaced[id] = true
		}
	}
	known := func(m foreign.Migration) bool { return w.graph.Get(m.ID) != nil || replaced[m.ID] }
	early := slices.IndexFunc(all, func(m foreign.Migration) bool { return !known(m) })
	if early >= 0 && w.tool != Alembic { // whose revisions say themselves what they follow
		if i := slices.IndexFunc(all[early:], known); i >= 0 {
			return fmt.Errorf("%s comes before %s, which is a revision already; give it a number behind that", all[early].File, all[early+i].File)
		}
	}
	for _, m := range all {
		if err := script.CheckID(m.ID); err != nil {
			return fmt.Errorf("%s: %w", m.File, err)
		}
		if known(m) {
			w.passed++
			continue
		}
		if len(m.Parents) == 0 {
			parents, err := w.first(m)
			if err != nil {
				return err
			}
			m.Parents = parents
		}
		w.list = append(w.list, m)
	}
	return nil
}

// first says what the first of a history follows.
func (w *importer) first(m foreign.Migration) ([]string, error) {
	switch {
	case w.options.Head == "base", w.options.Head == "" && w.graph.Len() == 0:
		return nil, nil
	case w.options.Head == "":
		return nil, fmt.Errorf("there are revisions in %s already; say by --head which of them %s follows, or --head base for none", w.dir.Dir(), m.File)
	}
	nodes, err := w.graph.Parents(revision.NewParents{Symbols: []string{w.options.Head}})
	return revision.IDs(nodes), err
}

// write writes all files, or none.
func (w *importer) write(ctx context.Context) (err error) {
	var made []string
	defer func() {
		if err != nil { // after which nothing is left of what was made
			for _, path := range slices.Backward(made) {
				_ = os.Remove(path)
			}
		}
	}()
	var all []rendered
	var places []script.Place
	list := w.list
	if w.options.Schema != "" {
		files, place, err := w.baseline(ctx)
		if err != nil {
			return err
		}
		all, places, list = files, []script.Place{place}, nil
	}
	for _, m := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		files, place, err := w.render(m)
		if err != nil {
			return fmt.Errorf("%s: %w", m.File, err)
		}
		all, places = append(all, files...), append(places, place)
	}
	for _, f := range all {
		dirs, err := script.MakeDirs(filepath.Dir(f.path))
		made = append(made, dirs...)
		if err != nil {
			return err
		}
		if f.revision {
			err = places[0].Write(f.content)
			places = places[1:]
		} else {
			err = script.WriteNew(f.path, f.content)
		}
		switch {
		case err == nil:
			made = append(made, f.path)
		case !f.shared || !errors.As(err, new(*script.ExistsError)):
			return err
		}
	}
	w.report()
	return nil
}

func (w *importer) report() {
	c := w.config
	before := ""
	if w.passed > 0 {
		before = fmt.Sprintf("; %d were there already", w.passed)
	}
	c.status("Imported %s of %s%s", plural.Count(len(w.list), "revision"), w.tool, before)
	switch {
	case w.options.Schema != "":
		c.status("One revision makes the schema of all of them, and no rows. A database that is between must be upgraded by %s first.", w.tool)
	case w.options.Headers && len(w.list) > 0:
		c.status("They hold no SQL: running one fails until its operations are written. docs/adopting.md says how a new database gets the schema.")
	}
	if w.tool == Alembic {
		c.status("The ids are the same: a database that Alembic has migrated goes on with `%s upgrade head`.", c.program())
	}
	if table := tools[w.tool].table; table != "" && len(w.list) > 0 {
		c.status("Next, on each database that %s has migrated:\n  %[3]s import %[1]s --stamp     reads %[2]s, and puts the revision into the version table", w.tool, table, c.program())
	}
}

// rendered is a file to write.
type rendered struct {
	path     string
	content  []byte
	revision bool // the Go file of a revision
	shared   bool // it may be there already
}

// table is where a tool keeps what is applied.
func (t Tool) table(named string) (string, error) {
	if err := t.check(); err != nil {
		return "", err
	}
	name := cmp.Or(named, tools[t].table)
	switch {
	case t == Alembic:
		return "", errors.New("alembic_version is gomig's version table too, and stands as it is: there is nothing to do")
	case name == "":
		return "", errors.New("a folder of SQL scripts keeps no account of what is applied; say it by `gomig stamp REVISION`")
	}
	return name, nil
}
