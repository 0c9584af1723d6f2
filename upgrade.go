package gomig

import (
	"context"

	"github.com/gomig-dev/gomig/env"
	"github.com/gomig-dev/gomig/script/revision"
)

// RunOptions are the options of the commands that run revisions.
type RunOptions struct {
	SQL bool   // writes a script instead of running (--sql)
	Tag string // for the environment's own use (--tag)
}

// Upgrade runs revisions up to a target (alembic upgrade). With SQL the target
// may be a range, START:END.
func Upgrade(ctx context.Context, c *Config, target string, o RunOptions) error {
	start := ""
	if revision.IsRange(target) {
		if !o.SQL {
			return wrong("range revision not allowed: START:END is for --sql")
		}
		r, err := revision.ParseRange(target)
		if err != nil {
			return err
		}
		start, target = r.Start, r.End
	}
	return c.migrate(ctx, "upgrade", start, target, o, func(g *revision.Map, heads []string) (revision.Plan, error) {
		return g.Upgrade(heads, target)
	})
}

// Downgrade takes revisions back to a target (alembic downgrade). With SQL the
// target must be a range, FROM:TO.
func Downgrade(ctx context.Context, c *Config, target string, o RunOptions) error {
	start := ""
	if revision.IsRange(target) {
		if !o.SQL {
			return wrong("range revision not allowed: FROM:TO is for --sql")
		}
		r, err := revision.ParseRange(target)
		if err != nil {
			return err
		}
		start, target = r.Start, r.End
	} else if o.SQL {
		return wrong("downgrade with --sql requires <fromrev>:<torev>")
	}
	if err := revision.CheckTarget(target); err != nil {
		return err
	}
	return c.migrate(ctx, "downgrade", start, target, o, func(g *revision.Map, heads []string) (revision.Plan, error) {
		return g.Downgrade(heads, target)
	})
}

func (c *Config) migrate(ctx context.Context, command, start, target string, o RunOptions, plan func(*revision.Map, []string) (revision.Plan, error)) error {
	g, err := c.graph(places)
	if err != nil {
		return err
	}
	_, err = c.run(ctx, g, env.Task{
		Plan: c.withMessages(g, plan), Writes: true, Offline: o.SQL, Start: start, Destination: target, Tag: o.Tag, Command: command,
	})
	return err
}

// StampOptions are the options of Stamp.
type StampOptions struct {
	SQL   bool   // writes a script instead (--sql)
	Tag   string // for the environment's own use (--tag)
	Purge bool   // empties the version table first (--purge)
}

// Stamp brings the version table to targets without running any revision
// (alembic stamp). With SQL a target may be START:END; all starts must be equal.
func Stamp(ctx context.Context, c *Config, targets []string, o StampOptions) error {
	if o.Purge && o.SQL {
		return wrong("can't use --purge with --sql mode")
	}
	start, ends, err := stampRanges(targets, o.SQL)
	if err != nil {
		return err
	}
	g, err := c.graph(places)
	if err != nil {
		return err
	}
	_, err = c.run(ctx, g, env.Task{
		Plan: c.withMessages(g, func(g *revision.Map, heads []string) (revision.Plan, error) {
			return g.Stamp(heads, ends...)
		}),
		Writes: true, EnsureTable: true, Purge: o.Purge, Offline: o.SQL, Start: start, Destination: commas(ends), Tag: o.Tag, Command: "stamp",
	})
	return err
}

func stampRanges(targets []string, sql bool) (start string, ends []string, err error) {
	for i, t := range targets {
		from := ""
		if revision.IsRange(t) {
			if !sql {
				return "", nil, wrong("range revision not allowed: %s is for --sql", t)
			}
			r, err := revision.ParseRange(t)
			if err != nil {
				return "", nil, err
			}
			from, t = r.Start, r.End
		}
		if i > 0 && from != start {
			return "", nil, wrong("stamp operation with --sql only supports a single starting revision at a time")
		}
		start, ends = from, append(ends, t)
	}
	return start, ends, nil
}

// EnsureVersion creates the version table if it is not there (alembic ensure_version).
func EnsureVersion(ctx context.Context, c *Config, sql bool) error {
	g, err := c.graph(places)
	if err != nil {
		return err
	}
	_, err = c.run(ctx, g, env.Task{
		Plan: func(context.Context, *env.Migration, []string) (revision.Plan, error) {
			return revision.Plan{}, nil
		},
		Writes: true, EnsureTable: true, Offline: sql, Command: "ensure_version",
	})
	return err
}
