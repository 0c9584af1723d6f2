package env

import (
	"context"
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/dialect"
)

// sink is the only writer: a connection, or a script.
type sink interface {
	exec(ctx context.Context, q dialect.SQL) error
}

// connected executes on a connection.
type connected struct{ m *Migration }

func (s *connected) exec(ctx context.Context, q dialect.SQL) error {
	res, err := s.m.exec(ctx, q.Text, q.Args)
	if err != nil {
		return &SQLError{SQL: q.Text, Err: s.m.advised(q.Text, ofTable(s.m.hindered(err), q))}
	}
	if !q.OneRow {
		return nil
	}
	n, err := res.RowsAffected()
	if err != nil {
		return &SQLError{SQL: q.Text, Err: err}
	}
	if n != 1 {
		return &RowCountError{SQL: q.Text, Rows: n}
	}
	return nil
}

// ofTable is an error about a copy as one about the table that it is to become,
// which is the one that people know.
func ofTable(err error, q dialect.SQL) error {
	if q.Copy == "" || !strings.Contains(err.Error(), q.Copy) {
		return err
	}
	return &tableError{strings.ReplaceAll(err.Error(), q.Copy, q.Table), err}
}

// advised is an error with what the dialect knows to do about it.
func (m *Migration) advised(sql string, err error) error {
	if d, ok := m.dialect.(dialect.Adviser); ok {
		if advice := d.Advice(sql, err); advice != "" {
			return fmt.Errorf("%w: %s", err, advice)
		}
	}
	return err
}

// tableError is an error in other words.
type tableError struct {
	text string
	err  error
}

func (e *tableError) Error() string { return e.text }

func (e *tableError) Unwrap() error { return e.err }

// SQLError is the failure of one statement.
type SQLError struct {
	SQL string
	Err error
}

// Error is the server's message with the statement, in one line.
func (e *SQLError) Error() string {
	return oneLine(e.Err.Error(), 2000) + " [SQL: " + oneLine(e.SQL, 600) + "]"
}

// Unwrap is the driver's error.
func (e *SQLError) Unwrap() error { return e.Err }

// RowCountError says that a change of the version table did not hit one row.
type RowCountError struct {
	SQL  string
	Rows int64
}

// Error says what was expected.
func (e *RowCountError) Error() string {
	return fmt.Sprintf("online migration expected to match one row; %d found [SQL: %s]: the version table was changed by someone else meanwhile", e.Rows, oneLine(e.SQL, 600))
}

// oneLine folds white space and shortens what is longer than most characters.
func oneLine(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
