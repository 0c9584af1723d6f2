package gomig

import (
	"context"
	"strings"

	"github.com/gomig-dev/gomig/autogen"
	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script/revision"
)

// CheckOptions are the options of Check.
type CheckOptions struct {
	History bool     // compares what the revisions make of an empty database, in a scratch one (--history)
	Renames []string // new names of tables and columns, OLD:NEW (--rename)
}

// Check compares the database with the declared schema (alembic check). The
// error of a difference is of the kind [ErrDifferent].
func Check(ctx context.Context, c *Config, o CheckOptions) error {
	if err := checkRenames(o.Renames); err != nil {
		return err
	}
	scripts := newScripts(autogen.MigrationScript{}, nil)
	names := &renames{given: o.Renames, guess: dropAndAdd} // a likely rename is a difference, whichever it is
	if _, err := c.compare(ctx, env.Task{History: o.History}, names, scripts.take); err != nil {
		return err
	}
	found := scripts.differences()
	if c.JSON {
		if err := c.printJSON(struct {
			Version     int      `json:"version"`
			Differences []string `json:"differences"`
		}{listingVersion, some(found)}); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		return differs("New upgrade operations detected: [" + strings.Join(found, "; ") + "]")
	}
	if !c.JSON {
		return c.print("No new upgrade operations detected.")
	}
	return nil
}

// compare runs the environment and compares each database it configures with
// the declaration. The database must be at all heads; with t.History a scratch
// database is brought there. take gets what was found while the connection is there.
func (c *Config) compare(ctx context.Context, t env.Task, names *renames, take func(context.Context, *env.Migration, *autogen.Result) error) (*env.Context, error) {
	g, err := c.graph(places)
	if err != nil {
		return nil, err
	}
	t.Plan = func(ctx context.Context, m *env.Migration, heads []string) (revision.Plan, error) {
		at, err := g.AtHeads(heads)
		if err != nil {
			return revision.Plan{}, err
		}
		if !at {
			return revision.Plan{}, errNotUpToDate
		}
		r, err := names.compare(ctx, m)
		if err != nil {
			return revision.Plan{}, err
		}
		log := c.log()
		if name := m.Database(); name != "" {
			log = log.With("database", name)
		}
		for _, w := range r.Warnings {
			log.Warn(w)
		}
		for _, d := range r.Detected {
			log.Info("Detected " + d)
		}
		return revision.Plan{}, take(ctx, m, r)
	}
	e, err := c.run(ctx, g, t)
	if err == nil {
		err = names.check()
	}
	return e, err
}

type refusal string

func (r refusal) Error() string { return string(r) }

const errNotUpToDate = refusal("Target database is not up to date. Run `gomig upgrade head` first.")
