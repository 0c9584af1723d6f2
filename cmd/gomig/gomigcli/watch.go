package gomigcli

import (
	"context"
	"errors"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/gomig-dev/gomig"
)

// now is the clock of what is shown of a run.
func now() time.Time { return time.Now() } //nolint:forbidigo // durations and times of events are to be the real ones

var watchFlags = []cli.Flag{
	boolFlag("json", "write what happens as JSON, one object a line"),
	boolFlag("verbose", "say at the end how long each revision and operation took", "v"),
}

// watched lets a command that runs revisions tell of it: a line on a terminal,
// events for machines, times at the end.
func (r *run) watched(do act) act {
	return func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
		if err := limits(c, f); err != nil {
			return err
		}
		if f.Bool("json") {
			if f.Bool("sql") {
				return usage("--json tells what a run does, and with --sql nothing runs; leave one of them out")
			}
			w := gomig.NewEventWriter(r.program.Stdout, now)
			c.Observers = append(c.Observers, w.Observe)
			err := do(ctx, c, f)
			w.Fail(err)
			return errors.Join(err, w.Err())
		}
		if r.progress != nil {
			c.Observers = append(c.Observers, r.progress.observe)
		}
		if !f.Bool("verbose") {
			return do(ctx, c, f)
		}
		s := &summary{now: now}
		c.Observers = append(c.Observers, s.observe)
		err := do(ctx, c, f)
		s.print(r.program.Stderr)
		return err
	}
}
