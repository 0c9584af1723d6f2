package dialect

import (
	"context"

	"github.com/gomig-dev/gomig/schema"
)

// View is a view as a server has it.
type View struct {
	Name         schema.Name
	Materialized bool
	Definition   string             // its query with what follows it, in the server's words
	Canonical    string             // the same for comparison; empty if it could not be read
	Columns      []string           // names and types, where replacing it in place depends on them
	Uses         []ViewUse          // what it rests on, where the server minds changes of that
	Indexes      []*schema.IndexDef // of a materialized view
	Options      string             // what a definition does not say and making it anew would lose; empty for nothing
}

// ViewUse is a table or view that a view rests on, with the columns.
type ViewUse struct {
	Name    schema.Name
	Columns []string
}

// Viewer is a dialect with views. Without it declared views are an error.
type Viewer interface {
	// Views reads the views in scope, by name.
	Views(ctx context.Context, conn Conn, scope Scope) ([]View, error)
	// NormalizeViews makes views in a scratch place, in the order given, on the
	// tables given and what else the database holds, and reads them back. One that
	// the server refuses is in the map of errors. Names have no default schema.
	NormalizeViews(ctx context.Context, conn Conn, tables []*schema.Table, views []*schema.View) ([]View, map[schema.Name]error, error)
}

// Replacing says how one view may take the place of another.
type Replacing uint8

// How a view is replaced.
const (
	ReplaceNever   Replacing = iota // it is dropped and made again
	ReplaceGrowing                  // in place, if it has the columns before and perhaps more behind
	ReplaceAny                      // in place
)

// Sequencer is a dialect with sequences that stand by themselves. Without it
// declared sequences are an error.
type Sequencer interface {
	// Sequences reads the sequences of these names, as far as they are there, in
	// canonical form.
	Sequences(ctx context.Context, conn Conn, names []schema.Name) ([]*schema.Sequence, error)
	// CanonicalSequence is a sequence without what the server would choose itself.
	CanonicalSequence(s *schema.Sequence) *schema.Sequence
}
