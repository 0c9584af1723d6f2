package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// Progress reads the list of processes, where MariaDB counts the stages of an
// ALTER and all say what is waited for; on MySQL also performance_schema's stages,
// whose consumer is off by default. It is switched on if the user may, and off
// again behind it.
// https://mariadb.com/kb/en/progress-reporting/
// https://dev.mysql.com/doc/refman/8.4/en/monitor-alter-table-performance-schema.html
func (d *Dialect) Progress(ctx context.Context, other dialect.Conn, session string) (read func(context.Context) (dialect.Progress, error), stop func(context.Context) error, err error) {
	id, err := strconv.ParseUint(session, 10, 64)
	if err != nil {
		return nil, nil, fmt.Errorf("looking at connection %q: %w", session, err)
	}
	stop = func(context.Context) error { return nil }
	if d.is(MariaDB) {
		return func(ctx context.Context) (dialect.Progress, error) { return mariaProgress(ctx, other, id) }, stop, nil
	}
	stages := false
	if !d.is(TiDB) {
		stages, stop = watchStages(ctx, other)
	}
	return func(ctx context.Context) (dialect.Progress, error) {
		if stages {
			if p, err := stageProgress(ctx, other, id); err == nil && p.Phase != "" {
				return p, nil
			}
		}
		var p dialect.Progress
		err := one(other.QueryRowContext(ctx, "SELECT COALESCE(STATE, '') FROM information_schema.PROCESSLIST WHERE ID = ?", id).Scan(&p.Phase))
		return p, err
	}, stop, nil
}

// one takes a row that is not there for an empty one.
func one(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// mariaProgress has each stage as 100 of the whole.
func mariaProgress(ctx context.Context, other dialect.Conn, id uint64) (p dialect.Progress, err error) {
	var stage, most int64
	var percent float64
	err = one(other.QueryRowContext(ctx, "SELECT COALESCE(STATE, ''), STAGE, MAX_STAGE, PROGRESS FROM information_schema.PROCESSLIST WHERE ID = ?", id).
		Scan(&p.Phase, &stage, &most, &percent))
	if err == nil && most > 0 {
		p.Done, p.Total = (stage-1)*100+int64(percent), most*100
	}
	return p, err
}

const consumer = "events_stages_current"

// watchStages switches the consumer of stages on, if it is off and that is allowed.
func watchStages(ctx context.Context, conn dialect.Conn) (on bool, stop func(context.Context) error) {
	set := func(ctx context.Context, value string) error {
		_, err := conn.ExecContext(ctx, "UPDATE performance_schema.setup_consumers SET ENABLED = ? WHERE NAME = ?", value, consumer)
		return err
	}
	stop = func(context.Context) error { return nil }
	var enabled string
	if err := conn.QueryRowContext(ctx, "SELECT ENABLED FROM performance_schema.setup_consumers WHERE NAME = ?", consumer).Scan(&enabled); err != nil {
		return false, stop
	}
	if enabled == "YES" {
		return true, stop
	}
	if set(ctx, "YES") != nil {
		return false, stop
	}
	return true, func(ctx context.Context) error {
		if err := set(ctx, "NO"); err != nil {
			return fmt.Errorf("switching performance_schema's %s off again: %w", consumer, err)
		}
		return nil
	}
}

// stageProgress is the stage of InnoDB that a connection is in.
func stageProgress(ctx context.Context, other dialect.Conn, id uint64) (p dialect.Progress, err error) {
	var done, total sql.NullInt64
	err = one(other.QueryRowContext(ctx, `SELECT s.EVENT_NAME, s.WORK_COMPLETED, s.WORK_ESTIMATED
FROM performance_schema.events_stages_current s JOIN performance_schema.threads t ON t.THREAD_ID = s.THREAD_ID
WHERE t.PROCESSLIST_ID = ? AND s.WORK_ESTIMATED IS NOT NULL`, id).Scan(&p.Phase, &done, &total))
	p.Phase = p.Phase[strings.LastIndexByte(p.Phase, '/')+1:]
	p.Done, p.Total = done.Int64, total.Int64
	return p, err
}

var _ dialect.ProgressReporter = (*Dialect)(nil)
