package dialect

import (
	"context"
	"time"
)

// Limits bound the statements of a session. Zero leaves what the server has.
type Limits struct {
	Lock      time.Duration // how long a statement waits for a lock, on a table or a row
	Statement time.Duration // how long a statement may take
}

// Limiter is a dialect whose server bounds how long a session's statements wait
// and run. Without it nothing but the context does.
type Limiter interface {
	// Limit sets the limits of a session that is in no transaction, and gives what
	// puts back the ones it had. left are those that the server cannot keep.
	Limit(ctx context.Context, conn Conn, l Limits) (left Limits, restore func(context.Context) error, err error)
	// Hindrance tells from the error of a statement what kept it from being done.
	Hindrance(err error) Hindrance
}

// Adviser is a dialect that knows what to do about an error that its statements may
// meet. Without it the server's own words must do.
type Adviser interface {
	// Advice says what can be done about the error of a statement, behind it; empty
	// for nothing to say.
	Advice(sql string, err error) string
}

// Hindrance is what kept a statement from being done that may be done another time.
type Hindrance uint8

// The hindrances.
const (
	NoHindrance Hindrance = iota // another error, or none
	LockTimeout                  // it waited in vain for a lock
	Deadlock                     // it was chosen to give way to one that it waited for
	TooLong                      // it took longer than it may
)

// Progress is how far a statement is, in the server's words and numbers.
type Progress struct {
	Phase       string // what it does: "building index: scanning table", or what it waits for
	Done, Total int64  // of what the server counts; Total is 0 where it does not tell
}

// ProgressReporter is a dialect whose server tells how far the statement of a
// session is.
type ProgressReporter interface {
	// Progress begins to look at a session from another connection. stop puts back
	// what had to be changed on the server for it.
	Progress(ctx context.Context, other Conn, session string) (read func(context.Context) (Progress, error), stop func(context.Context) error, err error)
}
