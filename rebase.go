package gomig

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/gomig-dev/gomig/script"
	"github.com/gomig-dev/gomig/script/revision"
)

// RebaseOptions are the options of Rebase.
type RebaseOptions struct {
	Onto string // the revision to follow; empty for the other head
	// NoCheck does not look whether the revisions are applied, and so needs
	// neither the environment nor a database.
	NoCheck bool
}

// Rebase lets a revision, with all that follows it, follow the other head
// instead of what it follows now, by rewriting the header of its file: what
// `git rebase` is to commits, in place of a merge.
//
// It refuses what is applied in the database at hand. Other databases it cannot
// ask: move only what no one else has run yet.
func Rebase(ctx context.Context, c *Config, symbol string, o RebaseOptions) error {
	g, err := c.graph(messages)
	if err != nil {
		return err
	}
	move, err := g.Move(symbol, o.Onto)
	if err != nil {
		return err
	}
	if !o.NoCheck {
		if err := c.checkUnapplied(ctx, g, move); err != nil {
			return err
		}
	}
	n := move.Revision
	src, err := os.ReadFile(n.File())
	if err != nil {
		return fmt.Errorf("rewriting revision %q: %w", n.ID(), err)
	}
	if src, err = script.SetParents(n.File(), src, n.ID(), move.Onto.ID()); err != nil {
		return err
	}
	if err := script.Replace(n.File(), src); err != nil {
		return err
	}
	c.status("Rewriting %s ...  done", n.File())
	c.status("%s follows %s now instead of %s", n.ID(), move.Onto.ID(), parentList(n))
	return nil
}

// checkUnapplied refuses to move what the database has run: it would then hold
// what follows revisions that it lacks.
func (c *Config) checkUnapplied(ctx context.Context, g *revision.Map, move revision.Move) error {
	rows, err := c.rows(ctx, g)
	if err != nil {
		return fmt.Errorf("looking whether %s is applied (--no-check does not look): %w", move.Revision.ID(), err)
	}
	applied, err := g.Applied(rows)
	if err != nil {
		return err
	}
	for _, n := range applied {
		if slices.Contains(move.Moved, n) {
			return appliedError(n, move)
		}
	}
	return nil
}

func appliedError(applied *revision.Node, move revision.Move) error {
	text := fmt.Sprintf("revision %s is applied in the database and cannot be moved: take it back first by `gomig downgrade %s`", applied.ID(), below(move.Revision))
	heads := []*revision.Node{move.Onto}
	for _, n := range move.Moved {
		if n.IsHead() {
			heads = append(heads, n)
		}
	}
	if move.Onto.IsHead() {
		text += ", or join the heads by " + revision.MergeCommand(revision.IDs(heads)...)
	}
	return errors.New(text)
}

// below is where a database is without a revision, but with the other branches.
func below(n *revision.Node) string {
	if n.IsBase() {
		return n.ID() + "@base"
	}
	return n.ID() + "@" + n.Down()[0].ID()
}
