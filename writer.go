package gomig

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// writer makes the revision files of one command: one, or as many as the
// environment's hook makes of it.
type writer struct {
	config      *Config
	dir         directory
	graph       *revision.Map // with the revisions that are ready to be written
	environment *env.Context  // that ran for the command; nil if none did
	scripts     *scripts
}

// newWriter refuses, before anything runs, an id or a label that is taken,
// parents that there are not, and hooks that cannot run.
func (c *Config) newWriter(base autogen.MigrationScript) (*writer, error) {
	if _, err := c.OutputEncoding(); err != nil {
		return nil, err
	}
	if _, err := c.PostWriteHooks(); err != nil {
		return nil, err
	}
	w := &writer{config: c}
	var err error
	if w.dir, err = c.directory(); err != nil {
		return nil, err
	}
	if w.graph, err = w.dir.Map(); err != nil {
		return nil, err
	}
	if base.ID == "" {
		if base.ID, err = script.NewID(c.random()); err != nil {
			return nil, err
		}
	}
	if _, err := w.resolve(&base); err != nil {
		return nil, err
	}
	list, _, err := c.MainOption("databases")
	if err != nil {
		list = "" // there is no configuration to name any
	}
	w.scripts = newScripts(base, config.List(list))
	return w, nil
}

// take is what a comparison found, with what the environment's hook makes of it.
func (w *writer) take(ctx context.Context, m *env.Migration, r *autogen.Result) error {
	return w.scripts.take(ctx, m, r)
}

// runEnvironment lets the environment say what it has for the template, and its
// hook what it makes of the revision.
func (w *writer) runEnvironment(ctx context.Context, offline bool) error {
	e, err := w.config.run(ctx, w.graph, env.Task{
		Offline: offline,
		Plan: func(ctx context.Context, m *env.Migration, _ []string) (revision.Plan, error) {
			return revision.Plan{}, w.take(ctx, m, &autogen.Result{})
		},
	})
	if err == nil {
		w.environment = e
	}
	return err
}

// lineage is where a script stands in the history.
type lineage struct {
	parents   []*revision.Node
	dependsOn []string
	labels    []string
}

// resolve finds a script's place, and refuses an id or a label that is taken.
func (w *writer) resolve(s *autogen.MigrationScript) (p lineage, err error) {
	if err := script.CheckID(s.ID); err != nil {
		return p, err
	}
	if n := w.graph.Get(s.ID); n != nil {
		return p, fmt.Errorf("revision %q exists already, in %s; choose another --rev-id", s.ID, n.File())
	}
	if label := s.BranchLabel; label != "" {
		if err := revision.CheckLabel(label); err != nil {
			return p, err
		}
		if n := w.graph.Get(label); n != nil {
			return p, fmt.Errorf("branch label %q is the id of a revision; choose another", label)
		}
		if slices.Contains(w.graph.Labels(), label) {
			return p, fmt.Errorf("branch label %q is used already; choose another", label)
		}
		p.labels = []string{label}
	}
	if p.parents, err = w.graph.Parents(revision.NewParents{Symbols: s.Heads, Splice: s.Splice}); err != nil {
		return p, err
	}
	p.dependsOn, err = w.graph.Dependencies(s.DependsOn...)
	return p, err
}

// file is a revision file that is ready to be written.
type file struct {
	place   script.Place
	source  []byte
	summary string // of what it does, for the terminal
}

// write renders the files, writes them when all are ready, and runs the hooks on them.
func (w *writer) write(ctx context.Context) error {
	c := w.config
	var files []file
	for _, s := range w.scripts.list {
		f, err := w.prepare(s)
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		c.status("No revision is written: the environment's hook gave none")
		return nil
	}
	hooks, err := w.hooks(ctx)
	if err != nil {
		return err
	}
	for i, f := range files {
		if err := f.place.Write(f.source); err != nil {
			for _, before := range files[:i] {
				_ = os.Remove(before.place.Path) // all of them, or none
			}
			return err
		}
	}
	for _, f := range files {
		c.status("Generating %s ...  done", f.place.Path)
		if f.summary != "" {
			c.status("  %s", f.summary)
		}
	}
	for _, f := range files {
		if err := c.runHooks(ctx, hooks, f.place.Path); err != nil {
			return err
		}
	}
	return nil
}

// prepare renders a script, and puts it into the history for those behind it.
func (w *writer) prepare(s *autogen.MigrationScript) (file, error) {
	if s.ID == "" {
		var err error
		if s.ID, err = script.NewID(w.config.random()); err != nil {
			return file{}, err
		}
	}
	at, err := w.resolve(s)
	if err != nil {
		return file{}, err
	}
	parent := ""
	if len(at.parents) > 0 {
		parent = at.parents[0].File()
	}
	f := file{}
	f.place, err = w.dir.Place(script.NewFile{ID: s.ID, Message: s.Message, Now: w.config.now(), VersionPath: s.VersionPath, Parent: parent})
	if err != nil {
		return file{}, err
	}
	if f.source, err = w.render(s, at, f.place); err != nil {
		return file{}, err
	}
	f.summary = w.scripts.summary(s)
	revs := make([]revision.Revision, 0, w.graph.Len()+1)
	for _, n := range w.graph.All() {
		revs = append(revs, n.Revision())
	}
	w.graph, err = revision.NewMap(append(revs, revision.Revision{
		ID: s.ID, Down: revision.IDs(at.parents), DependsOn: at.dependsOn, Labels: at.labels, Doc: s.Message, File: f.place.Path,
	}))
	return f, err
}

func (w *writer) render(s *autogen.MigrationScript, at lineage, to script.Place) ([]byte, error) {
	data := gen.Data{
		Message: s.Message, UpRevision: s.ID, DownRevision: revision.IDs(at.parents), BranchLabels: at.labels, DependsOn: at.dependsOn,
	}
	if w.environment != nil {
		data.Args = w.environment.TemplateArgs()
	}
	if err := w.scripts.fill(&data, s); err != nil {
		return nil, err
	}
	return w.config.frame(w.dir, to, data)
}

// frame is a revision file: what it says, in the frame of the user's template.
func (c *Config) frame(dir directory, to script.Place, data gen.Data) ([]byte, error) {
	data.TemplateName = filepath.Join(dir.Dir(), templateFile)
	tmpl, err := os.ReadFile(data.TemplateName)
	if err != nil {
		return nil, fmt.Errorf("reading the revision template: %w; `gomig init` makes one", err)
	}
	data.CreateDate, data.Package = to.Created, to.Package
	data.Config = func(key string) string {
		v, _, _ := c.MainOption(key)
		return v
	}
	if m, err := findModule(filepath.Dir(to.Path)); err == nil {
		data.ModulePath = m.Path
		data.PackagePath = m.importPath(filepath.Dir(to.Path))
	}
	return gen.File(string(tmpl), data)
}

// templateFile is the template of revisions, in the environment's directory (script.py.mako).
const templateFile = "script.go.tmpl"
