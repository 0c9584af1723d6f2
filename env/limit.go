package env

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/config"
	"github.com/gomig-dev/gomig/dialect"
)

// The waits between the tries of what found no lock.
const (
	defaultRetryWait = time.Second
	longestRetryWait = 30 * time.Second
)

// configured fills in what the configuration says of locks and limits, where the
// options leave it open.
func (o *Options) configured(c *config.Config) error {
	if c == nil {
		return nil
	}
	for _, d := range []struct {
		key   string
		value *time.Duration
	}{
		{"lock_timeout", &o.LockTimeout},
		{"statement_lock_timeout", &o.StatementLockTimeout},
		{"statement_timeout", &o.StatementTimeout},
		{"lock_retry_wait", &o.LockRetryWait},
	} {
		if *d.value != 0 {
			continue
		}
		var err error
		if *d.value, err = duration(c, d.key); err != nil {
			return err
		}
	}
	if o.LockRetries != 0 {
		return nil
	}
	text, _, err := c.MainOption(retriesKey)
	if text = strings.TrimSpace(text); err != nil || text == "" {
		return err
	}
	if o.LockRetries, err = tries(text); err != nil {
		return fmt.Errorf("reading %s: %w", retriesKey, err)
	}
	return nil
}

// retriesKey is the one of the limits that is no time.
const retriesKey = "lock_retries"

// CheckLimit refuses a value that one of the limits does not take, such as
// statement_timeout or lock_retries.
func CheckLimit(key, value string) (err error) {
	value = strings.TrimSpace(value)
	if key == retriesKey {
		_, err = tries(value)
	} else {
		_, err = positive(value)
	}
	return err
}

// tries is a number of them.
func tries(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%q is no number of tries, such as 5", text)
	}
	return n, nil
}

// positive is a time in seconds or as a duration such as 2m.
func positive(text string) (time.Duration, error) {
	d, err := seconds(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%q is neither a number of seconds nor a duration such as 2m", text)
	}
	return d, nil
}

// duration is what the configuration says of a time, in seconds or as a duration
// such as 2m; 0 if it says nothing.
func duration(c *config.Config, key string) (time.Duration, error) {
	text, _, err := c.MainOption(key)
	if text = strings.TrimSpace(text); err != nil || text == "" {
		return 0, err
	}
	d, err := positive(text)
	if err != nil {
		return 0, fmt.Errorf("reading %s: %w", key, err)
	}
	return d, nil
}

// limit bounds the statements of the run on its connection, and gives what puts
// the session back.
func (m *Migration) limit(ctx context.Context) (restore func(context.Context) error, err error) {
	l := dialect.Limits{Lock: max(m.options.StatementLockTimeout, 0), Statement: max(m.options.StatementTimeout, 0)}
	undo := func(context.Context) error { return nil }
	if l == (dialect.Limits{}) {
		return undo, nil
	}
	left := l
	if d, ok := m.dialect.(dialect.Limiter); ok {
		left, undo, err = d.Limit(ctx, m.conn, l)
	}
	if err == nil && left.Lock > 0 && l.Statement == 0 {
		m.log.Warn(m.dialect.Name() + " cannot bound how long a statement waits for a table: statement_lock_timeout has no effect on that; statement_timeout has")
	}
	m.bound = left.Statement
	return func(ctx context.Context) error {
		m.bound = 0
		// A transaction of the caller's that failed puts them back itself, and a
		// connection that is spoilt nobody gets.
		if err := undo(ctx); err != nil && !m.inCallers() && !m.spoilt {
			return err
		}
		return nil
	}, err
}

// execBounded executes one statement on the connection, no longer than it may
// take where the server does not see to that.
func (m *Migration) execBounded(ctx context.Context, query string, args []any) (sql.Result, error) {
	if m.bound <= 0 {
		return m.conn.ExecContext(ctx, query, args...)
	}
	bounded, cancel := context.WithTimeout(ctx, m.bound)
	defer cancel()
	res, err := m.conn.ExecContext(bounded, query, args...)
	if err != nil && ctx.Err() == nil && bounded.Err() != nil {
		m.overdue = true
		return nil, &LimitError{Hindrance: dialect.TooLong, Limit: m.bound, Err: err}
	}
	return res, err
}

// hindered is the error of a statement, in more words if a limit ended it.
func (m *Migration) hindered(err error) error {
	d, ok := m.dialect.(dialect.Limiter)
	if err == nil || !ok || errors.As(err, new(*LimitError)) {
		return err
	}
	e := &LimitError{Hindrance: d.Hindrance(err), Err: err}
	switch e.Hindrance {
	case dialect.NoHindrance:
		return err
	case dialect.LockTimeout:
		e.Limit = max(m.options.StatementLockTimeout, 0)
	case dialect.TooLong:
		e.Limit = max(m.options.StatementTimeout, 0)
	case dialect.Deadlock:
	}
	return e
}

// LimitError says that a statement waited longer for a lock, or ran longer, than it may.
type LimitError struct {
	Hindrance dialect.Hindrance
	Limit     time.Duration // 0 if it is not the options' but the server's own
	Err       error

	tried bool // as often as the options say
}

// Error says what the limit is and what can be done.
func (e *LimitError) Error() string {
	limit := ""
	if e.Limit > 0 {
		limit = " " + e.Limit.String()
	}
	switch e.Hindrance {
	case dialect.LockTimeout:
		limit = strings.Replace(limit, " ", " in ", 1)
		return fmt.Sprintf("another session did not let go of what this statement locks%s: %v; let that session end, or raise statement_lock_timeout or lock_retries", limit, e.Err)
	case dialect.Deadlock:
		return fmt.Sprintf("another session and this statement waited for each other: %v; run it again, or set lock_retries", e.Err)
	case dialect.TooLong:
		return fmt.Sprintf("the statement took longer than it may%s: %v; raise statement_timeout", limit, e.Err)
	case dialect.NoHindrance:
	}
	return e.Err.Error()
}

// Unwrap is the server's error.
func (e *LimitError) Unwrap() error { return e.Err }

// blocked reports whether an error says that others were in the way, so that
// another try may go through.
func blocked(err error) bool {
	var e *LimitError
	return errors.As(err, &e) && !e.tried && (e.Hindrance == dialect.LockTimeout || e.Hindrance == dialect.Deadlock)
}

// retry waits before another try of what was blocked; it is false if there is
// none left. tries are those that failed.
func (m *Migration) retry(ctx context.Context, what string, tries int, err error) (again bool, waitErr error) {
	if tries > m.options.LockRetries || ctx.Err() != nil {
		if e := (*LimitError)(nil); errors.As(err, &e) {
			e.tried = true
		}
		return false, nil
	}
	pause := m.options.LockRetryWait
	if pause <= 0 {
		pause = defaultRetryWait
	}
	for range tries - 1 {
		pause = min(2*pause, max(longestRetryWait, m.options.LockRetryWait))
	}
	m.log.Warn(fmt.Sprintf("%s could not lock what it changes; trying again in %s (%d of %d)", what, pause, tries, m.options.LockRetries), "error", err)
	ctx, end := m.observed(ctx, WaitEvent{Err: err, Pause: pause, Try: tries, Of: m.options.LockRetries})
	defer func() { end(waitErr) }()
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false, fmt.Errorf("waiting to try again after %w: %w", err, context.Cause(ctx))
	case <-timer.C:
		return true, nil
	}
}
