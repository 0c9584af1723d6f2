package gomigcli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// atOnce is within what time two interrupts are one: programs such as timeout
// send theirs to the process and to its group.
const atOnce = time.Second

// interruptible is a context that an interrupt ends. A revision need not heed
// that, so that another interrupt, which comes later, calls leave.
func interruptible(ctx context.Context, now func() time.Time, leave func()) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		var first time.Time
		for {
			select {
			case <-done:
				return
			case <-signals:
			}
			switch at := now(); {
			case first.IsZero():
				first = at
				cancel()
			case at.Sub(first) >= atOnce:
				leave()
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel()
	}
}
