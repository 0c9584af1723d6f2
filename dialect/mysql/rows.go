package mysql

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"

	"github.com/gomig-dev/gomig/dialect"
)

// row is one row of a catalogue, all of it text.
type row struct{ values []sql.NullString }

func (r *row) text(i int) string { return r.values[i].String }
func (r *row) null(i int) bool   { return !r.values[i].Valid }
func (r *row) clone() *row       { return &row{values: slices.Clone(r.values)} }

// number is a count or a position, 0 if it is none.
func (r *row) number(i int) int {
	n, err := strconv.Atoi(r.text(i))
	if err != nil {
		return 0
	}
	return n
}

// query reads all rows of a catalogue query.
func query(ctx context.Context, conn dialect.Conn, text string, each func(*row)) (err error) {
	rows, err := conn.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	r := &row{values: make([]sql.NullString, len(cols))}
	into := make([]any, len(cols))
	for i := range into {
		into[i] = &r.values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		each(r)
	}
	return rows.Err()
}
