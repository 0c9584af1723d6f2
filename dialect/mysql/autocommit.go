package mysql

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
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
	// staysOpen are the statements that leave a transaction open. Whatever else
	// there is ends it, or might: https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html
	staysOpen = regexp.MustCompile(`(?i)^(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CALL|DO|SET|SHOW|DESC|DESCRIBE|EXPLAIN|VALUES|TABLE|HANDLER|USE|EXECUTE|PREPARE|DEALLOCATE|SAVEPOINT|RELEASE|KILL)\b|^\(`)
	temporary = regexp.MustCompile(`(?i)^(CREATE|DROP)\s+TEMPORARY\s+TABLE\b`)
	leading   = regexp.MustCompile(`^(\s+|--[ \t][^\n]*(\n|$)|#[^\n]*(\n|$)|(?s:/\*[^!].*?\*/))+`)
)

// CommitsItself reports whether a statement commits implicitly.
func (d *Dialect) CommitsItself(sql string) bool {
	sql = strings.TrimSpace(leading.ReplaceAllString(sql, ""))
	return sql != "" && !staysOpen.MatchString(sql) && !temporary.MatchString(sql)
}

var _ dialect.SelfCommitter = (*Dialect)(nil)
