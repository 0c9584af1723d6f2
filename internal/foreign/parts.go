package foreign

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/gomig-dev/gomig/internal/pattern"
	"github.com/gomig-dev/gomig/internal/sqlscript"
)

var errRollback = errors.New("it holds a ROLLBACK, and would undo what gomig does in that transaction; take it out")

// split is a script as parts: what stands between its own COMMIT and BEGIN, and
// what no transaction may hold, runs outside of gomig's transaction. A script
// without such things stays as it is written.
func split(dialect, text string, autocommit bool) ([]Part, error) {
	statements, err := sqlscript.Split(dialect, text)
	if err != nil || len(statements) == 0 {
		return nil, err
	}
	var parts []Part
	var group []string
	own, outside, plain := autocommit, autocommit, true
	flush := func() error {
		if len(group) == 0 {
			return nil
		}
		sql, err := join(dialect, group)
		parts, group = append(parts, Part{SQL: sql, Autocommit: outside}), nil
		return err
	}
	for _, s := range statements {
		kind, err := kindOf(dialect, s)
		if err != nil {
			return nil, err
		}
		want := own || kind == alone
		switch kind {
		case rollback:
			return nil, errRollback
		case begin:
			own, plain, want = false, false, false
		case commit:
			own, plain, want = true, false, true
		case alone, other:
		}
		if want != outside {
			if err := flush(); err != nil {
				return nil, err
			}
			outside = want
		}
		if kind == alone || kind == other {
			group = append(group, s)
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	if len(parts) == 1 && plain {
		parts[0].SQL = strings.TrimLeft(strings.TrimRight(text, " \t\r\n"), "\r\n") + "\n"
	}
	return parts, nil
}

// join writes statements as a script that is split into the same ones again.
func join(dialect string, statements []string) (string, error) {
	var b strings.Builder
	for _, s := range statements {
		text, err := whole(dialect, s)
		if err != nil {
			return "", err
		}
		b.WriteString(text + "\n")
	}
	return b.String(), nil
}

// whole writes a statement so that it stays one, whatever semicolons it holds.
func whole(dialect, statement string) (string, error) {
	statement = strings.TrimRight(statement, "; \t\r\n")
	if strings.TrimSpace(statement) == "" {
		return "", nil
	}
	end := ";"
	if sqlscript.Commented(statement) {
		end = "\n;" // or it would belong to the comment
	}
	list, err := sqlscript.Split(dialect, statement+end)
	if err != nil {
		return "", err
	}
	if len(list) == 1 {
		return statement + end + "\n", nil
	}
	mark := "//"
	for strings.Contains(statement, mark) {
		mark += "/"
	}
	return fmt.Sprintf("DELIMITER %s\n%s\n%[1]s\nDELIMITER ;\n", mark, statement), nil
}

// kind tells the statements that matter for transactions.
type kind uint8

const (
	other kind = iota
	begin
	commit
	rollback
	alone // must not stand in a transaction
)

var kinds = []struct {
	kind
	dialect string // empty for all
	match   func() *regexp.Regexp
}{
	{begin, "", pattern.Lazy(`(?i)^(BEGIN(\s+(WORK|TRANSACTION|DEFERRED|IMMEDIATE|EXCLUSIVE|ISOLATION|READ|NOT|,).*)?|START\s+TRANSACTION.*)$`)},
	{commit, "", pattern.Lazy(`(?i)^(COMMIT|END)(\s+(WORK|TRANSACTION|AND).*)?$`)},
	{rollback, "", pattern.Lazy(`(?i)^(ROLLBACK|ABORT)(\s+(WORK|TRANSACTION|AND).*)?$`)},
	// https://www.postgresql.org/docs/current/sql-createindex.html and the pages of the other commands
	{alone, "postgresql", pattern.Lazy(`(?i)^((CREATE(\s+UNIQUE)?|DROP)\s+INDEX\s+CONCURRENTLY|REINDEX\s.*\bCONCURRENTLY|REINDEX\s+(DATABASE|SYSTEM)|` +
		`VACUUM|(CREATE|DROP)\s+(DATABASE|TABLESPACE)|ALTER\s+SYSTEM|ALTER\s+TYPE\s.*\sADD\s+VALUE|ALTER\s+TABLE\s.*\sDETACH\s+PARTITION\s.*\sCONCURRENTLY)\b`)},
	// https://www.sqlite.org/pragma.html: this one does nothing inside a transaction
	{alone, "sqlite", pattern.Lazy(`(?i)^(VACUUM|ATTACH|DETACH|PRAGMA\s+(\S+\.)?(foreign_keys|journal_mode|page_size|auto_vacuum))\b`)},
}

// kindOf looks at the code of a statement, without comments and what is quoted.
func kindOf(dialect, statement string) (kind, error) {
	code, err := sqlscript.Code(dialect, statement)
	if err != nil {
		return other, err
	}
	code = strings.TrimRight(strings.Join(strings.Fields(code), " "), "; ")
	for _, k := range kinds {
		if (k.dialect == "" || k.dialect == dialect) && k.match().MatchString(code) {
			return k.kind, nil
		}
	}
	return other, nil
}
