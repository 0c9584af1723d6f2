package gomigcli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
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

// outlive lets a run go on when nobody reads what it says any longer, as in
// `gomig upgrade head 2>&1 | head`: it would end in the middle of a revision.
// Where SIGPIPE is asked for, what writes gets an error instead
// (https://pkg.go.dev/os/signal#hdr-SIGPIPE).
func outlive() (stop func()) {
	broken := make(chan os.Signal, 1)
	signal.Notify(broken, syscall.SIGPIPE)
	return func() { signal.Stop(broken) }
}

// told is the error of a run with that of telling of it: whether it ran is what
// counts, and what a job reads is cut short.
func told(err, writing error) error {
	switch {
	case writing == nil:
		return err
	case err == nil:
		return fmt.Errorf("the run is done, but not all of its events could be written: %w", writing)
	}
	return fmt.Errorf("%w; and not all events could be written: %w", err, writing)
}

// watched lets a command that runs revisions tell of it: a line on a terminal,
// events for machines, times at the end.
func (r *run) watched(do act) act {
	return func(ctx context.Context, c *gomig.Config, f *cli.Context) error {
		if err := limits(c, f); err != nil {
			return err
		}
		if !f.Bool("sql") {
			defer outlive()()
		}
		if f.Bool("json") {
			if f.Bool("sql") {
				return usage("--json tells what a run does, and with --sql nothing runs; leave one of them out")
			}
			w := gomig.NewEventWriter(r.program.Stdout, now)
			c.Observers = append(c.Observers, w.Observe)
			err := do(ctx, c, f)
			w.Fail(err)
			return told(err, w.Err())
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
