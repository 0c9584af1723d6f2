package sqlite

import (
	"context"
	"fmt"

	"github.com/gomig-dev/gomig/dialect"
)

// Limit sets how long a statement waits for other connections (busy_timeout),
// which is above all how long COMMIT waits for those that read. How long a
// statement may take SQLite cannot bound.
func (d database) Limit(ctx context.Context, conn dialect.Conn, l dialect.Limits) (left dialect.Limits, restore func(context.Context) error, err error) {
	left.Statement = l.Statement
	restore = func(context.Context) error { return nil }
	if l.Lock <= 0 {
		return left, restore, nil
	}
	was, err := takePatience(ctx, conn)
	if err != nil {
		return left, restore, fmt.Errorf("reading PRAGMA busy_timeout: %w", err)
	}
	restore = func(ctx context.Context) error { return setPatience(ctx, conn, was) }
	if err := setPatience(ctx, conn, int(max(l.Lock.Milliseconds(), 1))); err != nil {
		return left, restore, fmt.Errorf("setting PRAGMA busy_timeout: %w", err)
	}
	return left, restore, nil
}

// Hindrance tells whether another connection was in the way.
func (d database) Hindrance(err error) dialect.Hindrance {
	if err != nil && busy(err) {
		return dialect.LockTimeout
	}
	return dialect.NoHindrance
}

var _ dialect.Limiter = database{}
