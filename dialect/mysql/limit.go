package mysql

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gomig-dev/gomig/dialect"
)

// Limit sets lock_wait_timeout, for tables, and innodb_lock_wait_timeout, for
// rows, in whole seconds; by default MySQL waits a year for a table. How long a
// statement may take only MariaDB bounds (max_statement_time): MySQL's
// max_execution_time is for SELECT alone.
//
// TiDB knows lock_wait_timeout and does not heed it, so that waiting for a table is left.
// https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_lock_wait_timeout
// https://mariadb.com/kb/en/aborting-statements/
func (d *Dialect) Limit(ctx context.Context, conn dialect.Conn, l dialect.Limits) (left dialect.Limits, restore func(context.Context) error, err error) {
	type change struct{ name, value string }
	var changes []change
	if l.Lock > 0 {
		seconds := strconv.FormatInt(int64(max((l.Lock+time.Second-1)/time.Second, 1)), 10)
		changes = append(changes, change{"innodb_lock_wait_timeout", seconds})
		if d.is(TiDB) {
			left.Lock = l.Lock
		} else {
			changes = append(changes, change{"lock_wait_timeout", seconds})
		}
	}
	switch {
	case l.Statement > 0 && d.is(MariaDB):
		changes = append(changes, change{"max_statement_time", strconv.FormatFloat(l.Statement.Seconds(), 'f', 6, 64)})
	default:
		left.Statement = l.Statement
	}
	var undo []change
	set := func(ctx context.Context, c change) error {
		if _, err := conn.ExecContext(ctx, "SET SESSION "+c.name+" = "+c.value); err != nil {
			return fmt.Errorf("setting %s to %s: %w", c.name, c.value, err)
		}
		return nil
	}
	restore = func(ctx context.Context) error {
		var errs []error
		for _, c := range undo {
			errs = append(errs, set(ctx, c))
		}
		return errors.Join(errs...)
	}
	for _, c := range changes {
		was := c
		if err := conn.QueryRowContext(ctx, "SELECT @@SESSION."+c.name).Scan(&was.value); err != nil {
			return left, restore, fmt.Errorf("reading %s: %w", c.name, err)
		}
		if err := set(ctx, c); err != nil {
			return left, restore, err
		}
		undo = append(undo, was)
	}
	return left, restore, nil
}

// Hindrance knows errors by their text, in the driver's form.
// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html
func (d *Dialect) Hindrance(err error) dialect.Hindrance {
	if err == nil {
		return dialect.NoHindrance
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "Error 1205 "):
		return dialect.LockTimeout
	case strings.Contains(text, "Error 1213 "):
		return dialect.Deadlock
	case strings.Contains(text, "Error 1969 "), strings.Contains(text, "Error 3024 "):
		return dialect.TooLong
	}
	return dialect.NoHindrance
}

var _ dialect.Limiter = (*Dialect)(nil)
