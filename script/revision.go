package script

import (
	"context"

	"github.com/gomig-dev/gomig/op"
)

// Func is one direction of a revision.
type Func func(ctx context.Context, o *op.Operations) error

// Revision is a revision as its file registers it (alembic.script.Script).
type Revision struct {
	ID        string
	Down      Parents  // what it follows (down_revision); Base() for nothing
	DependsOn []string // revisions or labels that must be applied before (depends_on)
	Labels    []string // names of the branch it begins (branch_labels)
	Replaces  []string // ids of revisions that were folded into this one (`gomig squash`), oldest first
	Upgrade   Func     // nil does nothing
	Downgrade Func     // nil does nothing; a downgrade that cannot be returns an error
}

// Parents are the revisions that a revision follows.
type Parents []string

// Revises names the revisions that a revision follows: one, or several for a merge.
func Revises(ids ...string) Parents { return ids }

// Base says that a revision follows nothing.
func Base() Parents { return nil }
