package autogen

import (
	"context"
	"maps"
	"slices"

	"github.com/gomig-dev/gomig/op"
)

// MigrationScript is what is to become one revision file (MigrationScript). A
// hook may change all of it; what it leaves alone is as the command line says.
type MigrationScript struct {
	ID          string   // empty for a generated one
	Message     string   // of the revision
	Heads       []string // the revisions to follow, as symbols; nil for head (head)
	Splice      bool     // allows a parent that is not a head
	BranchLabel string
	VersionPath string   // the directory, if there are several
	DependsOn   []string // what must be applied before

	Body                       // upgrade_ops, downgrade_ops
	Databases map[string]*Body // of several databases, by their names (upgrade_ops_list, downgrade_ops_list)
}

// Body is what a script says to one database.
type Body struct {
	Upgrade   []op.Operation // upgrade_ops
	Downgrade []op.Operation // downgrade_ops
	Stays     []string       // sentences on what the downgrade leaves as the upgrade made it, for a comment in it
}

// Empty reports whether nothing is said.
func (b Body) Empty() bool { return len(b.Upgrade) == 0 && len(b.Downgrade) == 0 }

// Bodies are all bodies of the script: its own, and those of several databases by name.
func (s *MigrationScript) Bodies() []*Body {
	out := []*Body{&s.Body}
	for _, name := range slices.Sorted(maps.Keys(s.Databases)) {
		out = append(out, s.Databases[name])
	}
	return out
}

// Empty reports whether the script says nothing to any database.
func (s *MigrationScript) Empty() bool {
	return !slices.ContainsFunc(s.Bodies(), func(b *Body) bool { return !b.Empty() })
}

// Process looks at the scripts of a command and gives those that shall be written
// (process_revision_directives): the same, changed ones, more of them, or none. An
// environment of several databases calls it once for each, with the scripts as they
// are so far. An error ends the command, and nothing is written.
type Process func(ctx context.Context, scripts []*MigrationScript) ([]*MigrationScript, error)
