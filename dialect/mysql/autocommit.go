package mysql

import (
	"context"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
	"github.com/gomig-dev/gomig/internal/pattern"
)

// SetAutocommit switches the session's autocommit. Switching it on commits what
// is open: https://dev.mysql.com/doc/refman/8.4/en/commit.html
func (d *Dialect) SetAutocommit(ctx context.Context, conn dialect.Conn, on bool) (was bool, err error) {
	if err := conn.QueryRowContext(ctx, "SELECT @@SESSION.autocommit").Scan(&was); err != nil {
		return false, fmt.Errorf("reading autocommit: %w", err)
	}
	if was == on {
		return was, nil
	}
	value := map[bool]string{true: "1", false: "0"}[on]
	if _, err := conn.ExecContext(ctx, "SET SESSION autocommit = "+value); err != nil {
		return was, fmt.Errorf("setting autocommit to %s: %w", value, err)
	}
	return was, nil
}

var (
	// committing are the statements that end a transaction, by their first words:
	// https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html
	// https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/
	committing = pattern.Lazy(`(?i)^(?:(?:ALTER|CREATE|DROP|RENAME|TRUNCATE|GRANT|REVOKE|INSTALL|UNINSTALL|ANALYZE|CACHE|CHECK|CHECKSUM|FLUSH|OPTIMIZE|REPAIR|RESET|LOCK|UNLOCK|BEGIN|START|STOP|CHANGE|COMMIT|IMPORT|LOAD\s+INDEX|SET\s+PASSWORD)(?:\W|$)|/\*!)`)
	temporary  = pattern.Lazy(`(?i)^(CREATE|DROP)\s+TEMPORARY\s+TABLE\b`)
	leading    = pattern.Lazy(`^(\s+|--[ \t][^\n]*(\n|$)|#[^\n]*(\n|$)|(?s:/\*[^!].*?\*/))+`)
)

// CommitsItself reports whether a statement committed implicitly. A syntax error
// (1064) is found before that; the error is known by its text, in the driver's form.
func (d *Dialect) CommitsItself(sql string, err error) bool {
	if err != nil && strings.Contains(err.Error(), "Error 1064 ") {
		return false
	}
	sql = leading().ReplaceAllString(sql, "")
	return committing().MatchString(sql) && !temporary().MatchString(sql)
}

var _ dialect.SelfCommitter = (*Dialect)(nil)
