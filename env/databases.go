package env

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/config"
)

// Databases are the names of the databases of an environment that has several:
// `databases` in the main section of alembic.ini, or those of them that the
// arguments `-x engine=NAME` name.
func (e *Context) Databases() ([]string, error) {
	all, err := e.list("databases")
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, errors.New("there is no list of databases: add `databases = engine1, engine2` to alembic.ini, with a section for each, or name the file by -c")
	}
	wanted := e.xValues("engine")
	for _, name := range wanted {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("-x engine=%s: there is no such database; `databases` in alembic.ini names %s", name, strings.Join(all, ", "))
		}
	}
	if len(wanted) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(all, func(name string) bool { return !slices.Contains(wanted, name) }), nil
}

// list reads a list of names from the main section.
func (e *Context) list(key string) ([]string, error) {
	if e.setup.Config == nil {
		return nil, nil
	}
	text, _, err := e.setup.Config.MainOption(key)
	return config.List(text), err
}

// xValues are the values of all arguments -x key=…, which may hold lists.
func (e *Context) xValues(key string) []string {
	var out []string
	for _, a := range e.setup.XArgs {
		if k, v, _ := strings.Cut(a, "="); k == key {
			out = append(out, config.List(v)...)
		}
	}
	return out
}

// RunDatabases does what the command wants on several databases, so that all of
// them are changed or none (the engines of the template multidb): each keeps
// its transaction open until the last has done its part. What a database
// commits by itself stays, as every schema change does on the MySQL family; the
// error, a [*DatabasesError], says of each database what became of it.
//
// Should a commit fail, those that were committed before it stay changed: there
// is no two-phase commit.
func (e *Context) RunDatabases(ctx context.Context, all ...Options) (err error) {
	switch {
	case len(all) == 0:
		return errors.New("configuring the environment: there is no database to run on")
	case e.migration != nil && e.migration.busy:
		return errBusy
	}
	if err := e.Close(); err != nil {
		return err
	}
	e.migration = nil
	g := &group{task: e.setup.Task, failed: -1}
	defer func() {
		for _, m := range g.members {
			err = errors.Join(err, m.Close())
		}
	}()
	for _, o := range all {
		m, err := e.configure(ctx, e.setup, o)
		if err != nil {
			return ofDatabase(o, err)
		}
		m.number = len(g.members)
		g.members = append(g.members, m)
	}
	g.ended = make([]bool, len(all))
	return g.report(g.run(ctx, 0))
}

func ofDatabase(o Options, err error) error {
	if o.Database == "" {
		return err
	}
	return fmt.Errorf("%s: %w", o.Database, err)
}

// group is several databases that are changed together.
type group struct {
	task    Task
	members []*Migration
	begun   int
	ended   []bool // the run, its commit included
	failed  int    // the first that failed; -1 for none
}

// run runs the databases from the i-th on, each inside the one before it.
func (g *group) run(ctx context.Context, i int) error {
	if i == len(g.members) {
		return nil
	}
	m := g.members[i]
	if name := m.options.Database; name != "" && g.task.Writes {
		m.log.Info("Migrating database " + name)
	}
	g.begun = i + 1
	inside := m.conn != nil && g.task.Writes
	if inside {
		m.next = func(ctx context.Context) error { return g.run(ctx, i+1) }
	}
	err := m.run(ctx)
	m.next = nil
	if g.ended[i] = err == nil; err == nil && !inside {
		return g.run(ctx, i+1)
	}
	if err != nil && g.failed < 0 {
		g.failed = i
	}
	return err
}

// report is the error of the database that failed, with what became of the others.
func (g *group) report(err error) error {
	if err == nil || g.failed < 0 || len(g.members) == 1 {
		return err
	}
	d := &DatabasesError{Database: g.name(g.failed), Err: err}
	for i, m := range g.members {
		switch {
		case i == g.failed || !g.task.Writes:
		case i >= g.begun:
			d.NotBegun = append(d.NotBegun, g.name(i))
		case m.conn == nil || m.ran == 0:
		case m.stay > 0:
			d.Changed = append(d.Changed, g.name(i))
		default:
			d.RolledBack = append(d.RolledBack, g.name(i))
		}
	}
	return d
}

func (g *group) name(i int) string {
	if n := g.members[i].options.Database; n != "" {
		return n
	}
	return fmt.Sprintf("database %d", i+1)
}

// DatabasesError says that one of several databases failed, and what became of the others.
type DatabasesError struct {
	Database   string   // the one that failed
	RolledBack []string // are what they were
	Changed    []string // keep what was committed in them
	NotBegun   []string
	Err        error
}

// Error names the database that failed, the cause, and the others.
func (e *DatabasesError) Error() string {
	text := e.Database + ": " + e.Err.Error()
	for _, part := range []struct {
		names []string
		what  string
	}{
		{e.Changed, "changed, and staying so since it is committed"},
		{e.RolledBack, "rolled back with it"},
		{e.NotBegun, "not begun"},
	} {
		if len(part.names) > 0 {
			text += "; " + part.what + ": " + strings.Join(part.names, ", ")
		}
	}
	if len(e.Changed) > 0 {
		text += ". Put right what failed and run it again: it goes on where each database is"
	}
	return text
}

// Unwrap is the cause.
func (e *DatabasesError) Unwrap() error { return e.Err }
