package dialect

import (
	"fmt"
	"strings"

	"github.com/gomig-dev/gomig/ddl"
	"github.com/gomig-dev/gomig/schema"
)

// The most rows, and bytes of rows, in one INSERT; a single larger row is one INSERT
// all the same. Scripts stay readable, and rows of ordinary size stay below the
// limits of servers: MySQL's smallest default of max_allowed_packet is 1 MB, and so is
// SQLite's limit of a statement.
const (
	rowsPerInsert  = 500
	bytesPerInsert = 512 << 10
)

func insertRows(g Grammar, s ddl.InsertRows) ([]SQL, error) {
	table, err := QuoteName(g, s.Table)
	if err != nil {
		return nil, err
	}
	cols, err := QuoteList(g, s.Columns)
	if err != nil {
		return nil, err
	}
	var out []SQL
	var tuples []string
	size := 0
	flush := func() {
		if len(tuples) > 0 {
			out = append(out, SQL{Text: "INSERT INTO " + table + " (" + cols + ") VALUES " + strings.Join(tuples, ",\n    ")})
		}
		tuples, size = nil, 0
	}
	for i, row := range s.Rows {
		text, err := tuple(g, s.Columns, row)
		if err != nil {
			return nil, fmt.Errorf("row %d%w", i+1, err)
		}
		if len(tuples) == rowsPerInsert || size+len(text) > bytesPerInsert {
			flush()
		}
		tuples, size = append(tuples, text), size+len(text)
	}
	flush()
	return out, nil
}

// tuple spells the values of a row. The error goes on from the number of the row.
func tuple(g Grammar, columns []string, row []schema.Expr) (string, error) {
	if len(row) != len(columns) {
		return "", fmt.Errorf(" has %d values for %d columns", len(row), len(columns))
	}
	values := make([]string, len(row))
	for i, v := range row {
		var err error
		if values[i], err = g.Expr(v); err != nil {
			return "", fmt.Errorf(", column %q: %w", columns[i], err)
		}
	}
	return "(" + strings.Join(values, ", ") + ")", nil
}

func updateRows(g Grammar, s ddl.UpdateRows) ([]SQL, error) {
	table, err := QuoteName(g, s.Table)
	if err != nil {
		return nil, err
	}
	set := make([]string, len(s.Set))
	for i, a := range s.Set {
		col, value, err := assignment(g, a)
		if err != nil {
			return nil, err
		}
		set[i] = col + " = " + value
	}
	where, err := where(g, s.Where)
	if err != nil {
		return nil, err
	}
	return []SQL{{Text: "UPDATE " + table + " SET " + strings.Join(set, ", ") + where}}, nil
}

func deleteRows(g Grammar, s ddl.DeleteRows) ([]SQL, error) {
	table, err := QuoteName(g, s.Table)
	if err != nil {
		return nil, err
	}
	where, err := where(g, s.Where)
	if err != nil {
		return nil, err
	}
	return []SQL{{Text: "DELETE FROM " + table + where}}, nil
}

func where(g Grammar, conds []ddl.Assignment) (string, error) {
	if len(conds) == 0 {
		return "", nil
	}
	parts := make([]string, len(conds))
	for i, c := range conds {
		col, value, err := assignment(g, c)
		if err != nil {
			return "", err
		}
		if parts[i] = col + " = " + value; c.Value.Kind == schema.ExprNull {
			parts[i] = col + " IS NULL"
		}
	}
	return " WHERE " + strings.Join(parts, " AND "), nil
}

func assignment(g Grammar, a ddl.Assignment) (column, value string, err error) {
	if column, err = g.Quote(a.Column); err != nil {
		return "", "", err
	}
	if value, err = g.Expr(a.Value); err != nil {
		return "", "", fmt.Errorf("column %q: %w", a.Column, err)
	}
	return column, value, nil
}
