package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// Limit sets lock_timeout and statement_timeout. Set outside a transaction they
// outlive every rollback of the run.
// https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT
func (s server) Limit(ctx context.Context, conn dialect.Conn, l dialect.Limits) (left dialect.Limits, restore func(context.Context) error, err error) {
	var undo []func(context.Context) error
	restore = func(ctx context.Context) error {
		var errs []error
		for _, f := range undo {
			errs = append(errs, f(ctx))
		}
		return errors.Join(errs...)
	}
	for _, p := range []struct {
		name  string
		value time.Duration
	}{{"lock_timeout", l.Lock}, {"statement_timeout", l.Statement}} {
		if p.value <= 0 {
			continue
		}
		var was string
		if err := conn.QueryRowContext(ctx, "SELECT current_setting($1)", p.name).Scan(&was); err != nil {
			return left, restore, fmt.Errorf("reading %s: %w", p.name, err)
		}
		if err := setting(ctx, conn, p.name, strconv.FormatInt(max(p.value.Milliseconds(), 1), 10)); err != nil {
			return left, restore, err
		}
		undo = append(undo, func(ctx context.Context) error { return setting(ctx, conn, p.name, was) })
	}
	return left, restore, nil
}

func setting(ctx context.Context, conn dialect.Conn, name, value string) error {
	var now string
	if err := conn.QueryRowContext(ctx, "SELECT set_config($1, $2, false)", name, value).Scan(&now); err != nil {
		return fmt.Errorf("setting %s to %s: %w", name, value, err)
	}
	return nil
}

// Hindrance knows errors by SQLSTATE, which every driver's error has. A cancelled
// statement (57014) tells only by its words what cancelled it.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
func (s server) Hindrance(err error) dialect.Hindrance {
	var state interface{ SQLState() string }
	if !errors.As(err, &state) {
		return dialect.NoHindrance
	}
	switch state.SQLState() {
	case "55P03":
		return dialect.LockTimeout
	case "40P01":
		return dialect.Deadlock
	case "57014":
		if strings.Contains(err.Error(), "statement timeout") {
			return dialect.TooLong
		}
	}
	return dialect.NoHindrance
}

var _ dialect.Limiter = server{}
