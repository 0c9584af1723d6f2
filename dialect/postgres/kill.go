package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// SessionID is the number of the server process and the time it began: a number
// alone may be another's by the time somebody asks for its end.
func (s server) SessionID(ctx context.Context, conn dialect.Conn) (string, error) {
	var id string
	const query = `SELECT pid || ' ' || extract(epoch FROM backend_start)
FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid()`
	if err := conn.QueryRowContext(ctx, query).Scan(&id); err != nil {
		return "", fmt.Errorf("asking for the session's number: %w", err)
	}
	return id, nil
}

// Kill ends a session of the same user's. A server that runs a statement notices
// only at its end that its client is gone, up to version 13 always, and from 14 on
// unless client_connection_check_interval is set.
// https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
func (s server) Kill(ctx context.Context, other dialect.Conn, session string) error {
	pid, began, _ := strings.Cut(session, " ")
	const query = `SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
WHERE pid::text = $1 AND extract(epoch FROM backend_start)::text = $2`
	if _, err := other.ExecContext(ctx, query, pid, began); err != nil {
		return fmt.Errorf("ending session %s: %w", pid, err)
	}
	return nil
}

var _ dialect.Killer = server{}
