package gomig

import (
	"context"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/env"
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

	Renames   []string // new names of tables and columns, OLD:NEW as table:table or table.column:table.column (--rename)
	NoRenames bool     // what looks like a rename and was not declared is none (--no-renames)
	Ask       AskFunc  // asks about such; nil where nobody can be asked, which is an error then
}

// Revision makes a new revision file (alembic revision).
func Revision(ctx context.Context, c *Config, o RevisionOptions) error {
	environment, err := c.RevisionEnvironment()
	switch {
	case err != nil:
		return err
	case o.SQL && o.Autogenerate:
		return wrong("using --sql with --autogenerate does not make any sense")
	case o.FromHistory && !o.Autogenerate:
		return wrong("using --from-history without --autogenerate does not make any sense")
	case c.DevURL != "" && !o.Autogenerate:
		return wrong("using --dev-url without --autogenerate does not make any sense")
	case (len(o.Renames) > 0 || o.NoRenames) && !o.Autogenerate:
		return wrong("using --rename or --no-renames without --autogenerate does not make any sense")
	case o.SQL && !environment:
		return wrong("using --sql with the revision command when revision_environment is not configured does not make any sense")
	}
	if err := checkNames(o.RevID, o.BranchLabel); err != nil {
		return err
	}
	if err := checkRenames(o.Renames); err != nil {
		return err
	}
	base := autogen.MigrationScript{
		ID: o.RevID, Message: o.Message, Splice: o.Splice, BranchLabel: o.BranchLabel, VersionPath: o.VersionPath, DependsOn: o.DependsOn,
	}
	if o.Head != "" {
		base.Heads = []string{o.Head}
	}
	w, err := c.newWriter(base)
	if err != nil {
		return err
	}
	if o.Autogenerate {
		w.scripts.compared = true
		names := &renames{given: o.Renames, ask: o.Ask}
		if o.NoRenames {
			names.guess = dropAndAdd
		}
		if w.environment, err = c.compare(ctx, env.Task{Autogenerate: true, History: o.FromHistory}, names, w.take); err != nil {
			return err
		}
	} else if environment {
		if err := w.runEnvironment(ctx, o.SQL); err != nil {
			return err
		}
	}
	return w.write(ctx)
}

// checkNames refuses an id and a label that no revision can have; empty ones are
// not given.
func checkNames(id, label string) error {
	if id != "" {
		if err := script.CheckID(id); err != nil {
			return misread(err)
		}
	}
	if label != "" {
		return misread(revision.CheckLabel(label))
	}
	return nil
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
	if err := checkNames(o.RevID, o.BranchLabel); err != nil {
		return err
	}
	base := autogen.MigrationScript{ID: o.RevID, Message: o.Message, Heads: symbols, Splice: o.Splice, BranchLabel: o.BranchLabel}
	w, err := c.newWriter(base)
	if err != nil {
		return err
	}
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
