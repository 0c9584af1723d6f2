package gomig

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/script/revision"
)

// ErrDifferent is behind every error that says that things differ, rather than
// that something failed: the program then exits with 1.
var ErrDifferent = errors.New("there are differences")

// differs is an error of the kind [ErrDifferent] with a text of its own.
type differs string

func (d differs) Error() string { return string(d) }

// Is reports whether target is ErrDifferent.
func (d differs) Is(target error) bool { return target == ErrDifferent }

// CurrentOptions are the options of Current.
type CurrentOptions struct {
	Verbose    bool
	CheckHeads bool // an error if the database is not at all heads
}

// heads reads the rows of the version table.
func (c *Config) rows(ctx context.Context, g *revision.Map) (rows []string, err error) {
	_, err = c.run(ctx, g, env.Task{Plan: func(_ context.Context, _ *env.Migration, heads []string) (revision.Plan, error) {
		rows = heads
		return revision.Plan{}, nil
	}})
	return rows, err
}

// Current prints the revisions that the database is at (alembic current). It
// never creates the version table.
func Current(ctx context.Context, c *Config, o CurrentOptions) error {
	g, err := c.graph(messages)
	if err != nil {
		return err
	}
	rows, err := c.rows(ctx, g)
	if err != nil {
		return err
	}
	nodes, err := g.EffectiveHeads(rows)
	if err != nil {
		return err
	}
	if err := c.printCurrent(g, nodes, rows, o.Verbose); err != nil {
		return err
	}
	if !o.CheckHeads {
		return nil
	}
	at, err := g.AtHeads(rows)
	if err == nil && !at {
		err = differs("Database is not on all head revisions; run `gomig upgrade heads`")
	}
	return err
}

func (c *Config) printCurrent(_ *revision.Map, nodes []*revision.Node, rows []string, verbose bool) error {
	if c.JSON {
		return c.printJSON(listing{Version: listingVersion, Revisions: c.describe(nodes, rows)})
	}
	if verbose {
		if url, _, err := c.DatabaseURL(); err == nil && url != "" {
			if u, err := dburl.Parse(url); err == nil {
				if err := c.print("Current revision(s) for %s:", u); err != nil {
					return err
				}
			}
		}
	}
	p := parts{}
	for _, n := range nodes {
		text := p.line(n)
		if verbose {
			text = c.entry(n, nil)
		}
		if err := c.print("%s", text); err != nil {
			return err
		}
	}
	return nil
}

// entry is the long form of a revision with its path.
func (c *Config) entry(n *revision.Node, current []string) string {
	return entry(n, n.File(), current)
}

// HistoryOptions are the options of History.
type HistoryOptions struct {
	Range           string // START:END; empty for everything
	Verbose         bool
	IndicateCurrent bool // marks what the database is at
}

// NeedsDatabase reports whether the options ask what the database is at.
func (o HistoryOptions) NeedsDatabase() bool {
	return o.IndicateCurrent || strings.Contains(o.Range, "current") || relativeOnly(o.Range)
}

// relativeOnly reports whether a side of a range counts from the database's rows.
func relativeOnly(r string) bool {
	for side := range strings.SplitSeq(r, ":") {
		if s, err := revision.ParseSymbol(side); err == nil && s.Relative && s.Name == "" {
			return true
		}
	}
	return false
}

// History lists revisions, newest first (alembic history).
func History(ctx context.Context, c *Config, o HistoryOptions) error {
	var r revision.Range
	if o.Range != "" {
		if !revision.IsRange(o.Range) {
			return errors.New("history range requires [start]:[end], [start]:, or :[end]")
		}
		var err error
		if r, err = revision.ParseRange(o.Range); err != nil {
			return err
		}
	}
	g, err := c.graph(messages)
	if err != nil {
		return err
	}
	var rows, marked []string
	if o.NeedsDatabase() {
		if rows, err = c.rows(ctx, g); err != nil {
			return err
		}
		if err := g.CheckRows(rows); err != nil {
			return err
		}
	}
	nodes, err := g.History(r, rows)
	if err != nil {
		return err
	}
	if o.IndicateCurrent {
		heads, err := g.EffectiveHeads(rows)
		if err != nil {
			return err
		}
		marked = revision.IDs(heads)
	}
	if c.JSON {
		return c.printJSON(listing{Version: listingVersion, Revisions: c.describe(nodes, marked)})
	}
	p := parts{parents: true, labels: true, doc: true, current: marked}
	return c.list(nodes, p, o.Verbose)
}

// list prints a line, or the long form, of each revision.
func (c *Config) list(nodes []*revision.Node, p parts, verbose bool) error {
	for _, n := range nodes {
		text := p.line(n)
		if verbose {
			text = c.entry(n, p.current)
		}
		if err := c.print("%s", text); err != nil {
			return err
		}
	}
	return nil
}

// HeadsOptions are the options of Heads.
type HeadsOptions struct {
	Verbose             bool
	ResolveDependencies bool // treats what others depend on as no head
	Check               bool // an error if there is more than one head
}

// Heads lists the heads (alembic heads).
func Heads(c *Config, o HeadsOptions) error {
	g, err := c.graph(messages)
	if err != nil {
		return err
	}
	nodes := g.Heads()
	if o.ResolveDependencies {
		nodes = g.RealHeads()
	}
	slices.SortFunc(nodes, func(a, b *revision.Node) int { return strings.Compare(a.ID(), b.ID()) })
	if c.JSON {
		err = c.printJSON(listing{Version: listingVersion, Revisions: c.describe(nodes, nil)})
	} else {
		err = c.list(nodes, parts{labels: true, noTree: true}, o.Verbose)
	}
	if err == nil && o.Check && len(nodes) > 1 {
		return differs("there are " + plural(len(nodes), "head") + "; join them by `gomig merge -m \"merge heads\" " + strings.Join(revision.IDs(nodes), " ") + "`")
	}
	return err
}

// Branches lists the revisions that more than one follows (alembic branches).
func Branches(c *Config, verbose bool) error {
	g, err := c.graph(messages)
	if err != nil {
		return err
	}
	var points []*revision.Node
	nodes, err := g.History(revision.Range{}, nil)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if n.IsBranchPoint() {
			points = append(points, n)
		}
	}
	if c.JSON {
		return c.printJSON(listing{Version: listingVersion, Revisions: c.describe(points, nil)})
	}
	for _, n := range points {
		text := parts{labels: true}.line(n)
		if verbose {
			text = c.entry(n, nil)
		}
		for _, child := range n.Children() {
			text += "\n" + strings.Repeat(" ", len(n.ID())) + " -> " + parts{labels: true, doc: verbose}.line(child)
		}
		if err := c.print("%s\n", text); err != nil {
			return err
		}
	}
	return nil
}

// Show prints the long form of what a symbol names (alembic show).
func Show(ctx context.Context, c *Config, symbol string) error {
	nodes, err := c.lookup(ctx, symbol)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.printJSON(listing{Version: listingVersion, Revisions: c.describe(nodes, nil)})
	}
	return c.list(nodes, parts{}, true)
}

// lookup finds the revisions that a symbol names; "current" asks the database.
func (c *Config) lookup(ctx context.Context, symbol string) ([]*revision.Node, error) {
	g, err := c.graph(messages)
	if err != nil {
		return nil, err
	}
	if symbol != "current" {
		return g.Resolve(symbol, nil)
	}
	rows, err := c.rows(ctx, g)
	if err != nil {
		return nil, err
	}
	return g.EffectiveHeads(rows)
}
