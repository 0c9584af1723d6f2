package gomig

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/internal/dburl"
	"github.com/gomig-dev/gomig/internal/plural"
	"github.com/gomig-dev/gomig/script/picture"
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

// standing is what one database is at.
type standing struct {
	database string // its name, where the environment has several
	number   int    // its place among them
	rows     []string
}

// standings read the version table of every database that the environment has.
func (c *Config) standings(ctx context.Context, g *revision.Map) ([]standing, error) {
	var mu sync.Mutex
	var all []standing
	_, err := c.run(ctx, g, env.Task{Plan: func(_ context.Context, m *env.Migration, heads []string) (revision.Plan, error) {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, standing{m.Database(), m.Number(), heads})
		return revision.Plan{}, nil
	}})
	slices.SortStableFunc(all, func(a, b standing) int { return a.number - b.number })
	return all, err
}

// rows are the rows of the version table. Several databases must be at one place.
func (c *Config) rows(ctx context.Context, g *revision.Map) ([]string, error) {
	all, err := c.standings(ctx, g)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	first := all[0]
	for _, s := range all[1:] {
		if !slices.Equal(s.rows, first.rows) {
			return nil, fmt.Errorf("the databases are not all at one revision: %s is at %s, %s at %s; name one of them by -x, as the environment has it",
				first.database, first, s.database, s)
		}
	}
	return first.rows, nil
}

// String names the rows.
func (s standing) String() string {
	if len(s.rows) == 0 {
		return "base"
	}
	return commas(s.rows)
}

// Current prints the revisions that the database is at (alembic current). It
// never creates the version table.
func Current(ctx context.Context, c *Config, o CurrentOptions) error {
	need := places // a line says no more, and the compiled revisions know that
	if o.Verbose || c.JSON {
		need = messages
	}
	g, err := c.graph(need)
	if err != nil {
		return err
	}
	all, err := c.standings(ctx, g)
	if err != nil {
		return err
	}
	if err := c.printCurrent(g, all, o.Verbose); err != nil {
		return err
	}
	if !o.CheckHeads {
		return nil
	}
	var behind []string
	for _, s := range all {
		switch at, err := g.AtHeads(s.rows); {
		case err != nil:
			return err
		case !at:
			behind = append(behind, s.database)
		}
	}
	switch {
	case len(behind) == 0:
		return nil
	case len(all) == 1:
		return differs("Database is not on all head revisions; run `gomig upgrade heads`")
	}
	return differs("Databases are not on all head revisions: " + commas(behind) + "; run `gomig upgrade heads`")
}

func (c *Config) printCurrent(g *revision.Map, all []standing, verbose bool) error {
	found := []described{}
	for _, s := range all {
		nodes, err := g.EffectiveHeads(s.rows)
		if err != nil {
			return err
		}
		if c.JSON {
			for _, d := range c.describe(nodes, s.rows) {
				d.Database = s.database
				found = append(found, d)
			}
			continue
		}
		if err := c.printStanding(s, nodes, verbose); err != nil {
			return err
		}
	}
	if c.JSON {
		return c.printJSON(listing{Version: listingVersion, Revisions: found})
	}
	return nil
}

func (c *Config) printStanding(s standing, nodes []*revision.Node, verbose bool) error {
	if s.database != "" {
		if err := c.print("Current revision(s) for %s:", s.database); err != nil {
			return err
		}
	} else if verbose {
		if url, _, err := c.DatabaseURL(); err == nil && url != "" {
			if u, err := dburl.Parse(url); err == nil {
				if err := c.print("Current revision(s) for %s:", u); err != nil {
					return err
				}
			}
		}
	}
	return c.list(nodes, parts{}, verbose)
}

// HistoryOptions are the options of History.
type HistoryOptions struct {
	Range           string // START:END; empty for everything
	Verbose         bool
	IndicateCurrent bool // marks what the database is at
	Graph           bool // draws the lines of descent, with a line for each revision
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
	if o.Graph && (o.Verbose || c.JSON) {
		return wrong("history --graph has one form: leave out --verbose and --json")
	}
	always, err := c.RevisionEnvironment()
	if err != nil {
		return err
	}
	part, err := c.part(ctx, o, always || o.NeedsDatabase())
	if err != nil {
		return err
	}
	switch {
	case o.Graph:
		return picture.Text(c.out(), part, c.paint())
	case c.JSON:
		return c.printJSON(listing{Version: listingVersion, Revisions: c.describe(part.Nodes, part.Current)})
	}
	return c.list(part.Nodes, parts{parents: true, labels: true, doc: true, current: part.Current}, o.Verbose)
}

// part is the part of the history that the options ask for. It may run the
// environment, to ask the database.
func (c *Config) part(ctx context.Context, o HistoryOptions, environment bool) (part picture.History, err error) {
	var r revision.Range
	if o.Range != "" {
		if r, err = revision.ParseRange(o.Range); err != nil {
			return part, err
		}
	}
	g, err := c.graph(messages)
	if err != nil {
		return part, err
	}
	var rows []string
	if environment {
		if rows, err = c.rows(ctx, g); err != nil {
			return part, err
		}
		if err := g.CheckRows(rows); err != nil {
			return part, err
		}
	}
	if part.Nodes, err = g.History(r, rows); err != nil || !o.IndicateCurrent {
		return part, err
	}
	heads, err := g.EffectiveHeads(rows)
	part.Current = revision.IDs(heads)
	return part, err
}

// list prints a line, or the long form, of each revision.
func (c *Config) list(nodes []*revision.Node, p parts, verbose bool) error {
	p.paint = c.paint()
	for _, n := range nodes {
		text := p.line(n)
		if verbose {
			text = p.entry(n)
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
		return differs("there are " + plural.Count(len(nodes), "head") + "; join them by " + revision.MergeCommand(revision.IDs(nodes)...))
	}
	return err
}

// BranchesOptions are the options of Branches.
type BranchesOptions struct {
	Verbose bool
}

// Branches lists the revisions that more than one follows (alembic branches).
func Branches(c *Config, o BranchesOptions) error {
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
	p := parts{labels: true, paint: c.paint()}
	for _, n := range points {
		text := p.line(n)
		if o.Verbose {
			text = p.entry(n)
		}
		for _, child := range n.Children() {
			text += "\n" + strings.Repeat(" ", len(n.ID())) + " -> " + parts{labels: true, doc: o.Verbose, paint: p.paint}.line(child)
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
