package mysql

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// SessionID is the number of the connection.
func (d *Dialect) SessionID(ctx context.Context, conn dialect.Conn) (string, error) {
	var id uint64
	if err := conn.QueryRowContext(ctx, "SELECT CONNECTION_ID()").Scan(&id); err != nil {
		return "", fmt.Errorf("asking for the connection's number: %w", err)
	}
	return strconv.FormatUint(id, 10), nil
}

// Kill ends a connection of the same user's. "Unknown thread id" (1094) says
// that it is gone. https://dev.mysql.com/doc/refman/8.4/en/kill.html
func (d *Dialect) Kill(ctx context.Context, other dialect.Conn, session string) error {
	id, err := strconv.ParseUint(session, 10, 64)
	if err == nil {
		_, err = other.ExecContext(ctx, "KILL "+strconv.FormatUint(id, 10))
	}
	if err != nil && !strings.Contains(err.Error(), "Error 1094 ") {
		return fmt.Errorf("ending connection %s: %w", session, err)
	}
	return nil
}

var _ dialect.Killer = (*Dialect)(nil)
