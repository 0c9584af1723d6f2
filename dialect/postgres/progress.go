package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// What the server tells of indexes being built, of tables being copied (CLUSTER,
// VACUUM FULL), and of who is waited for. Without the right to see other users'
// sessions the last is a number alone.
// https://www.postgresql.org/docs/current/progress-reporting.html
const progressQuery = `SELECT phase, done, total FROM (
  SELECT 1 AS rank, 'waiting for ' || string_agg(concat_ws(', ', 'process ' || b.pid, 'user ' || a.usename, nullif(a.application_name, '')), '; ' ORDER BY b.pid) AS phase,
    0::bigint AS done, 0::bigint AS total
  FROM unnest(pg_catalog.pg_blocking_pids($1)) AS b(pid) LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
  HAVING count(*) > 0
  UNION ALL
  SELECT 2, phase, CASE WHEN tuples_total > 0 THEN tuples_done ELSE blocks_done END, CASE WHEN tuples_total > 0 THEN tuples_total ELSE blocks_total END
  FROM pg_catalog.pg_stat_progress_create_index WHERE pid = $1
  UNION ALL
  SELECT 3, phase, heap_blks_scanned, heap_blks_total FROM pg_catalog.pg_stat_progress_cluster WHERE pid = $1
) AS p ORDER BY rank LIMIT 1`

// Progress asks the server's own views.
func (s server) Progress(_ context.Context, other dialect.Conn, session string) (read func(context.Context) (dialect.Progress, error), stop func(context.Context) error, err error) {
	number, _, _ := strings.Cut(session, " ") // behind it stands when it began
	pid, err := strconv.Atoi(number)
	if err != nil {
		return nil, nil, fmt.Errorf("looking at session %q: %w", session, err)
	}
	read = func(ctx context.Context) (p dialect.Progress, err error) {
		err = other.QueryRowContext(ctx, progressQuery, pid).Scan(&p.Phase, &p.Done, &p.Total)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return p, err
	}
	return read, func(context.Context) error { return nil }, nil
}

var _ dialect.ProgressReporter = server{}
