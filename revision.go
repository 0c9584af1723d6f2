package gomig

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/gen"
	"github.com/gomig-dev/gomig/op"
	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// RevisionOptions are the options of Revision.
type RevisionOptions struct {
	Message      string
	Autogenerate bool     // fills the revision with what differs
	FromHistory  bool     // compares what the revisions make of an empty database, not the database itself
	SQL          bool     // runs the environment without connecting; only with revision_environment
	Head         string   // the revision to follow; empty for head
	Splice       bool     // allows a parent that is not a head
	BranchLabel  string   // names the branch that begins here
	VersionPath  string   // the directory, if there are several
	RevID        string   // the id; empty for a generated one
	DependsOn    []string // what must be applied before
}

// Revision makes a new revision file (alembic revision).
func Revision(ctx context.Context, c *Config, o RevisionOptions) error {
	environment, err := c.RevisionEnvironment()
	switch {
	case err != nil:
		return err
	case o.SQL && o.Autogenerate:
		return errors.New("using --sql with --autogenerate does not make any sense")
	case o.FromHistory && !o.Autogenerate:
		return errors.New("using --from-history without --autogenerate does not make any sense")
	case o.SQL && !environment:
		return errors.New("using --sql with the revision command when revision_environment is not configured does not make any sense")
	}
	var symbols []string
	if o.Head != "" {
		symbols = []string{o.Head}
	}
	w, err := c.newWriter(o.RevID, o.BranchLabel)
	if err != nil {
		return err
	}
	if w.parents, err = w.graph.Parents(revision.NewParents{Symbols: symbols, Splice: o.Splice}); err != nil {
		return err
	}
	if w.dependsOn, err = w.graph.Dependencies(o.DependsOn...); err != nil {
		return err
	}
	w.message, w.versionPath = o.Message, o.VersionPath
	if o.Autogenerate {
		results, e, err := c.compare(ctx, env.Task{History: o.FromHistory})
		if err != nil {
			return err
		}
		w.results, w.args, w.environment = results, e.TemplateArgs(), e
	} else if environment {
		if err := w.runEnvironment(ctx, o.SQL); err != nil {
			return err
		}
	}
	return w.write(ctx)
}

// MergeOptions are the options of Merge.
type MergeOptions struct {
	Message     string
	BranchLabel string
	RevID       string
	Splice      bool // allows revisions that are not heads
}

// Merge makes a revision that follows several (alembic merge).
func Merge(ctx context.Context, c *Config, symbols []string, o MergeOptions) error {
	w, err := c.newWriter(o.RevID, o.BranchLabel)
	if err != nil {
		return err
	}
	if w.parents, err = w.graph.Parents(revision.NewParents{Symbols: symbols, Splice: o.Splice}); err != nil {
		return err
	}
	w.message = o.Message
	environment, err := c.RevisionEnvironment()
	if err != nil {
		return err
	}
	if environment {
		if err := w.runEnvironment(ctx, false); err != nil {
			return err
		}
	}
	return w.write(ctx)
}

// writer makes one revision file.
type writer struct {
	config      *Config
	dir         directory
	graph       *revision.Map
	id, message string
	labels      []string
	parents     []*revision.Node
	dependsOn   []string
	versionPath string
	environment *env.Context // that ran for the command; nil if none did
	results     []*autogen.Result
	args        map[string]any
}

// newWriter refuses, before anything runs, an id or a label that is taken, and
// hooks that cannot run.
func (c *Config) newWriter(id, label string) (*writer, error) {
	if _, err := c.OutputEncoding(); err != nil {
		return nil, err
	}
	if _, err := c.PostWriteHooks(); err != nil {
		return nil, err
	}
	w := &writer{config: c, id: id}
	var err error
	if w.dir, err = c.directory(); err != nil {
		return nil, err
	}
	if w.graph, err = w.dir.Map(); err != nil {
		return nil, err
	}
	if w.id == "" {
		if w.id, err = script.NewID(c.random()); err != nil {
			return nil, err
		}
	}
	if err := script.CheckID(w.id); err != nil {
		return nil, err
	}
	if n := w.graph.Get(w.id); n != nil {
		return nil, fmt.Errorf("revision %q exists already, in %s; choose another --rev-id", w.id, n.File())
	}
	if label == "" {
		return w, nil
	}
	if err := revision.CheckLabel(label); err != nil {
		return nil, err
	}
	if n := w.graph.Get(label); n != nil {
		return nil, fmt.Errorf("branch label %q is the id of a revision; choose another", label)
	}
	for _, l := range w.graph.Labels() {
		if l == label {
			return nil, fmt.Errorf("branch label %q is used already; choose another", label)
		}
	}
	w.labels = []string{label}
	return w, nil
}

// runEnvironment lets the environment say what it has for the template.
func (w *writer) runEnvironment(ctx context.Context, offline bool) error {
	e, err := w.config.run(ctx, w.graph, env.Task{
		Offline: offline,
		Plan: func(context.Context, *env.Migration, []string) (revision.Plan, error) {
			return revision.Plan{}, nil
		},
	})
	if err == nil {
		w.args, w.environment = e.TemplateArgs(), e
	}
	return err
}

// write renders the file, writes it at once, and runs the hooks on it.
func (w *writer) write(ctx context.Context) error {
	c := w.config
	parent := ""
	if len(w.parents) > 0 {
		parent = w.parents[0].File()
	}
	place, err := w.dir.Place(script.NewFile{ID: w.id, Message: w.message, Now: c.now(), VersionPath: w.versionPath, Parent: parent})
	if err != nil {
		return err
	}
	src, err := w.render(place)
	if err != nil {
		return err
	}
	hooks, err := w.hooks(ctx)
	if err != nil {
		return err
	}
	if err := place.Write(src); err != nil {
		return err
	}
	c.status("Generating %s ...  done", place.Path)
	return c.runHooks(ctx, hooks, place.Path)
}

func (w *writer) render(place script.Place) ([]byte, error) {
	name := filepath.Join(w.dir.Dir(), templateFile)
	tmpl, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the revision template: %w; `gomig init` makes one", err)
	}
	var up, down []op.Operation
	for _, r := range w.results {
		up, down = append(up, r.Upgrade...), append(down, r.Downgrade...)
	}
	data := gen.Data{
		Message: w.message, UpRevision: w.id, DownRevision: revision.IDs(w.parents), BranchLabels: w.labels,
		DependsOn: w.dependsOn, CreateDate: place.Created, Args: w.args, TemplateName: name, Package: place.Package,
		Config: func(key string) string {
			v, _, _ := w.config.MainOption(key)
			return v
		},
	}
	if data.Upgrades, err = gen.Body(up, gen.BodyOptions{}); err != nil {
		return nil, err
	}
	if data.Downgrades, err = gen.Body(down, gen.BodyOptions{}); err != nil {
		return nil, err
	}
	if m, err := findModule(filepath.Dir(place.Path)); err == nil {
		data.ModulePath = m.Path
		data.PackagePath = m.importPath(filepath.Dir(place.Path))
	}
	return gen.File(string(tmpl), data)
}

// templateFile is the template of revisions, in the environment's directory (script.py.mako).
const templateFile = "script.go.tmpl"
